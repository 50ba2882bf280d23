import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import { AppError } from '#shared/kernel/app-error.ts';

// scrypt with the parameters that OWASP's password storage cheat sheet names for N = 2^17.
const COST = { N: 131_072, r: 8, p: 1, maxmem: 256 * 1024 * 1024 } as const;
const KEY_BYTES = 32;

export function hashPassword(password: string): string {
	if (password.length < 8) throw new AppError('INPUT_INVALID', 'A password has at least 8 characters.', { field: 'password' });
	const salt = randomBytes(16);
	const key = scryptSync(password.normalize('NFC'), salt, KEY_BYTES, COST);
	return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64')}$${key.toString('base64')}`;
}

export function passwordMatches(password: string, stored: string): boolean {
	const [scheme, n, r, p, salt, key] = stored.split('$');
	if (scheme !== 'scrypt' || !n || !r || !p || !salt || !key) return false;
	const expected = Buffer.from(key, 'base64');
	const actual = scryptSync(password.normalize('NFC'), Buffer.from(salt, 'base64'), expected.length, {
		N: Number(n),
		r: Number(r),
		p: Number(p),
		maxmem: COST.maxmem,
	});
	return timingSafeEqual(actual, expected);
}
