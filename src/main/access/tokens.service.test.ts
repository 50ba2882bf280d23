import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { openTestBooks, type TestBooks } from '#test/books.ts';
import { addUser, bearerOf, setRole } from './index.ts';
import { createToken, listTokens, revokeToken } from './tokens.service.ts';

const NOW = '2026-03-10T12:00:00.000Z';

function books(): TestBooks {
	return openTestBooks();
}

function made(shop: TestBooks, input: Parameters<typeof createToken>[2]) {
	return shop.runner.write((tx) => createToken(tx, shop.actor, input));
}

/** Who a token is, or the code of its refusal. */
function judged(shop: TestBooks, token: string, instant = NOW): unknown {
	try {
		return bearerOf(shop.runner.db, token, instant);
	} catch (error) {
		return error instanceof AppError ? error.code : error;
	}
}

describe('tokens for REST', () => {
	it('are told once and stored as a hash, reach one company, and hold what their maker may do', () => {
		const shop = books();
		const companyId = shop.company.uuid;
		const { token, ...shown } = made(shop, { companyId, name: ' Payroll ' });
		expect(token).toMatch(/^lsk_[A-Za-z0-9_-]{43}$/);
		expect(shown).toMatchObject({ name: 'Payroll', login: 'owner', expiresAt: null, revokedAt: null });
		expect(listTokens(shop.runner.db, shop.actor)).toEqual({ tokens: [shown] });
		expect(JSON.stringify(shop.runner.db.all('SELECT * FROM access_tokens'))).not.toContain(token.slice(4));
		expect(judged(shop, token)).toMatchObject({ login: 'owner', within: { companyId, permissions: shown.permissions } });
		expect(shown.permissions).toContain('CloseAccountingPeriod');
	});

	it.each([
		['UTC', '2027-04-01T00:00:00.000Z'],
		['Asia/Kolkata', '2027-03-31T18:30:00.000Z'],
		['America/New_York', '2027-04-01T04:00:00.000Z'],
		['Pacific/Kiritimati', '2027-03-31T10:00:00.000Z'],
	])('are good until the end of their last day in %s', (timezone, end) => {
		const shop = books();
		const there = { ...shop.actor, company: { ...shop.company, timezone } };
		const { token, expiresAt } = shop.runner.write((tx) =>
			createToken(tx, there, { companyId: shop.company.uuid, name: 'Until March', expires: '2027-03-31' }),
		);
		expect(expiresAt).toBe(end);
		expect(judged(shop, token, end)).toBe('LOGIN_REFUSED');
		expect(judged(shop, token, new Date(Date.parse(end) - 1).toISOString())).toMatchObject({ login: 'owner' });
	});

	it('are good no more once they were revoked, and that stays as it was', () => {
		const shop = books();
		const { token, tokenId } = made(shop, { companyId: shop.company.uuid, name: 'x' });
		const revoke = () => shop.runner.write((tx) => revokeToken(tx, shop.actor, { tokenId }));
		const { revokedAt } = revoke();
		expect(judged(shop, token)).toBe('LOGIN_REFUSED');
		expect(revoke().revokedAt).toBe(revokedAt);
	});

	it.each([
		['a day that is over', { expires: '2020-01-01' }, 'INPUT_INVALID'],
		['a day that is none', { expires: '2027-02-30' }, 'INPUT_INVALID'],
	])('are refused for %s', (_what, input, code) => {
		const shop = books();
		expect(() => made(shop, { companyId: shop.company.uuid, name: 'x', ...input })).toThrow(expect.objectContaining({ code }));
	});

	it('never hold more than their maker, and lose what the maker loses', () => {
		const shop = books();
		const companyId = shop.company.uuid;
		expect(made(shop, { companyId, name: 'narrow', permissions: ['ViewReports'] }).permissions).toEqual(['ViewReports']);
		const accountant = shop.runner.write((tx) => {
			addUser(tx, shop.actor, { login: 'bora', role: 'ACCOUNTANT' });
			setRole(tx, shop.actor, { login: 'bora', role: 'ACCOUNTANT' });
			return { id: Number(tx.value('SELECT id FROM users WHERE login = ?', 'bora')) };
		});
		const actor = { ...shop.actor, user: { ...shop.actor.user, id: accountant.id, login: 'bora' } };
		const ask = () => shop.runner.write((tx) => createToken(tx, actor, { companyId, name: 'too much', permissions: ['CloseAccountingPeriod'] }));
		expect(ask).toThrow(expect.objectContaining({ code: 'NOT_ALLOWED' }));
	});

	it.each(['', 'x', 'lsk_', `lsk_${'A'.repeat(43)}`, `lsk_${'A'.repeat(44)}`])('nobody comes in with "%s"', (token) => {
		expect(judged(books(), token)).toBe('LOGIN_REFUSED');
	});

	it('a token of another company is none of this one', () => {
		const shop = books();
		const { tokenId } = made(shop, { companyId: shop.company.uuid, name: 'x' });
		const other = { ...shop.actor, company: { ...shop.company, id: shop.company.id + 1 } };
		expect(() => shop.runner.write((tx) => revokeToken(tx, other, { tokenId }))).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
	});

	it.each([
		['is never deleted', 'DELETE FROM access_tokens'],
		['never gets more permissions', `UPDATE access_tokens SET permissions = '["ManageUsers"]'`],
		['is never put back after it was revoked', 'UPDATE access_tokens SET revoked_at = NULL, revoked_by = NULL'],
		['never gets another hash', `UPDATE access_tokens SET token_sha256 = '${'0'.repeat(64)}'`],
	])('by plain SQL, a token %s', (_what, sql) => {
		const shop = books();
		const { tokenId } = made(shop, { companyId: shop.company.uuid, name: 'x', permissions: ['ViewReports'] });
		shop.runner.write((tx) => revokeToken(tx, shop.actor, { tokenId }));
		expect(() => shop.runner.write((tx) => tx.run(sql))).toThrow(/token|NEVER/);
	});
});
