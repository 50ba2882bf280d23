import { expect, it } from 'vitest';
import type { AppError } from '#shared/kernel/app-error.ts';
import { LoginLimit } from './login-limit.ts';

function waitOf(limit: LoginLimit, login: string): number {
	try {
		limit.require(login);
		return 0;
	} catch (error) {
		expect(error).toMatchObject({ code: 'LOGIN_REFUSED' });
		return Number((error as AppError).details.waitSeconds);
	}
}

it('from the fifth failure on the next attempt waits, each time twice as long, up to five minutes', () => {
	let nowMs = 0;
	const limit = new LoginLimit(() => nowMs);
	const waits: number[] = [];
	for (let failure = 1; failure <= 15; failure++) {
		limit.failed('asha');
		const wait = waitOf(limit, 'ASHA');
		waits.push(wait);
		nowMs += wait * 1000;
		expect(waitOf(limit, 'asha')).toBe(0);
	}
	expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
	expect(waitOf(limit, 'ravi')).toBe(0);
	limit.succeeded('Asha');
	limit.failed('asha');
	expect(waitOf(limit, 'asha')).toBe(0);
});
