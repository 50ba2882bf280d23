import { AppError } from '#shared/kernel/app-error.ts';
import type { Limits } from '#main/platform/run/handlers.ts';

const DOWNLOAD_VARIABLE = 'EXPORT_URL_TTL_SECONDS';
const DOWNLOAD_SECONDS = 300;

/** What the environment sets, or the values that hold without. Refuses INPUT_INVALID. */
export function limitsFrom(env: Readonly<Record<string, string | undefined>>): Limits {
	const text = env[DOWNLOAD_VARIABLE] || String(DOWNLOAD_SECONDS);
	if (/^[1-9]\d{0,4}$/.test(text)) return { downloadSeconds: Number(text) };
	throw new AppError('INPUT_INVALID', `${DOWNLOAD_VARIABLE} is "${text}". Set it to a number of seconds from 1 to 99999, or remove it.`, {
		variable: DOWNLOAD_VARIABLE,
		value: text,
	});
}
