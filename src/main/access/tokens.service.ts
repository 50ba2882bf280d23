import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { accessToken, AccessContract } from '#shared/contract/access.contract.ts';
import type { Permission } from '#shared/contract/define.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { addDays, civilDate, civilDateAt } from '#shared/kernel/civil-date.ts';
import { bookText } from '#shared/kernel/text.ts';
import { fixedClock } from '#main/platform/clock.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Bearer } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { roleOf, userById } from './access.queries.ts';
import { permissionsForToken } from './access.rules.ts';
import { insertToken, listTokenRows, revokeTokenRow, tokenByHash, tokenByUuid, type TokenRow } from './tokens.queries.ts';

const TOKEN_BYTES = 32;
/** How a token begins: whoever finds one in a file or a log knows what it is. */
const TOKEN_PREFIX = 'lsk_';
const TOKEN = /^lsk_[A-Za-z0-9_-]{43}$/;

type Token = z.output<typeof accessToken>;

/** A token of the caller's: 256 random bits, of which the books keep the SHA-256. It is told once, here. Refuses NOT_ALLOWED, INPUT_INVALID. */
export function createToken(tx: WriteTx, { company, user }: Actor, input: InputOf<AccessContract['createToken']>): OutputOf<AccessContract['createToken']> {
	const role = present(roleOf(tx, company.id, user.id), 'the role of who makes a token');
	const permissions = permissionsForToken(role, input.permissions);
	const token = `${TOKEN_PREFIX}${randomBytes(TOKEN_BYTES).toString('base64url')}`;
	const uuid = uuidV7(fixedClock(tx.instant));
	insertToken(tx, company.id, {
		uuid,
		userId: user.id,
		name: bookText(input.name.trim(), 'name'),
		tokenSha256: sha256Hex(token),
		permissions: JSON.stringify(permissions),
		expiresAt: input.expires === undefined ? null : endOfDay(input.expires, company.timezone, tx.instant),
	});
	return { ...shown(present(tokenByUuid(tx, company.id, uuid), 'the token')), token };
}

export function listTokens(db: ReadDb, { company }: Actor): { tokens: Token[] } {
	return { tokens: listTokenRows(db, company.id).map(shown) };
}

/** Ends a token at once; one that was revoked before stays as it is. Refuses NOT_FOUND. */
export function revokeToken(tx: WriteTx, { company, user }: Actor, { tokenId }: { readonly tokenId: string }): Token {
	const row = tokenByUuid(tx, company.id, tokenId);
	if (!row) throw new AppError('NOT_FOUND', 'There is no such token in this company. `token list` shows them.', { tokenId });
	if (row.revokedAt === null) revokeTokenRow(tx, company.id, row.id, user.id);
	return shown(present(tokenByUuid(tx, company.id, tokenId), 'the token'));
}

/**
 * Who asks with a token, as far as the token reaches. Whatever is wrong with it is one refusal (LOGIN_REFUSED): a stranger learns nothing.
 * What the maker may do no more is refused later, like any call of theirs.
 */
export function bearerOf(db: ReadDb, token: string, instant: string): Bearer {
	const row = TOKEN.test(token) ? tokenByHash(db, sha256Hex(token)) : undefined;
	const isGood = row !== undefined && row.revokedAt === null && row.disabled === 0 && (row.expiresAt === null || instant < row.expiresAt);
	if (!isGood) throw new AppError('LOGIN_REFUSED', 'This token is not good, or not any more. Ask an Admin of the company for a new one.', {});
	const { id, uuid, login, name } = present(userById(db, row.userId), 'the user of a token');
	return { id, uuid, login, name, within: { companyId: row.companyUuid, permissions: permissionsIn(row) } };
}

function shown(row: TokenRow): Token {
	const { uuid, name, login, issuedAt, expiresAt, revokedAt } = row;
	return { tokenId: uuid, name, login, permissions: [...permissionsIn(row)], issuedAt, expiresAt, revokedAt };
}

function permissionsIn({ permissions }: TokenRow): readonly Permission[] {
	return JSON.parse(permissions) as Permission[];
}

/** The first instant after a day of the company. Refuses INPUT_INVALID for a day that is over. */
function endOfDay(day: string, timezone: string, now: string): string {
	const next = addDays(civilDate(day), 1);
	// The zone's midnight: within a day of that of UTC, and the same date on its clock from then on.
	let at = Date.parse(`${next}T00:00:00Z`) - 14 * 3_600_000;
	while (civilDateAt(new Date(at), timezone) < next) at += 15 * 60_000;
	const instant = new Date(at).toISOString();
	if (instant <= now) throw new AppError('INPUT_INVALID', `${day} is over. Give a day to come, or leave it out.`, { expires: day });
	return instant;
}
