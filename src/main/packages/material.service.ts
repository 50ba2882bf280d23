import { present } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import type { DateSpan } from '#shared/kernel/period.ts';
import {
	type CloseSeal,
	parseSeal,
	type SealedAccount,
	type SealedBalance,
	signedRotationText,
	toBase64,
	utf8Text,
	type YearSeal,
	type KeyRotation,
} from '#shared/seal/index.ts';
import { type EntryReading, type EntrySpan, readEntryTexts, sealedContent } from '#main/ledger/index.ts';
import { altered } from '#main/close/index.ts';
import { fiscalYearAt } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { closeById, type CloseToPackage, signingKeys } from './material.queries.ts';

export { altered };

/** Everything that a package is made of: the seal, its sealed tables, and the entries up to where it goes. Nothing else is read. */
export interface Material {
	readonly db: ReadDb;
	readonly company: Pick<Company, 'id' | 'uuid' | 'currency'>;
	readonly close: CloseToPackage;
	readonly seal: CloseSeal | YearSeal;
	/** In order of code. */
	readonly accounts: readonly SealedAccount[];
	readonly accountOf: (ref: string) => SealedAccount;
	/** In order of code and currency. */
	readonly balances: readonly SealedBalance[];
	/** The name of a party as at the close. */
	readonly partyName: (ref: string) => string;
	/** The login of a user, by uuid, as at the close. */
	readonly loginOf: (uuid: string) => string;
	/** First day of the books, fixed by the first close. */
	readonly booksFrom: CivilDate | null;
	readonly fiscalYearAt: (date: CivilDate) => DateSpan;
	/** Parsed rows of a sealed table; empty where the close sealed none of that name. */
	readonly rows: (name: string) => readonly Readonly<Record<string, unknown>>[];
	/** The bytes of a sealed table as they were sealed. */
	readonly table: (name: string) => Uint8Array;
}

/** Reads what a close sealed, and refuses PACKAGE_DIFFERS where the books no longer hold it. */
export function readMaterial(db: ReadDb, company: Pick<Company, 'id' | 'uuid' | 'currency' | 'booksFrom'>, closeId: number): Material {
	const close = present(closeById(db, company.id, closeId), 'the close of a package');
	const parsed = parseSeal(close.document);
	if (!parsed.ok || parsed.value.kind === 'REOPEN' || sha256Hex(close.document) !== close.sealSha256) {
		throw altered('the seal', { closeNumber: close.closeNumber });
	}
	const seal = parsed.value;
	const table = (name: string): Uint8Array => {
		const content = sealedContent(db, company, closeId, name);
		const sealed = seal.tables.find((one) => one.name === name);
		if (content === undefined || sealed === undefined || sha256Hex(content) !== sealed.sha256) throw altered(`the sealed table ${name}`, { table: name });
		return content;
	};
	const rows = (name: string) => (seal.tables.some((one) => one.name === name) ? parseRows(table(name)) : []);
	const accounts = [...(rows('accounts') as unknown as SealedAccount[])].sort((one, other) => compareTexts(one.code, other.code));
	const byRef = new Map(accounts.map((account) => [account.ref, account]));
	const parties = new Map(rows('parties').map((party) => [String(party.ref), String(party.name)]));
	const logins = new Map(rows('users').map((user) => [String(user.id), String(user.login)]));
	const balances = [...(rows('balances') as unknown as SealedBalance[])].sort(
		(one, other) => compareTexts(one.code, other.code) || compareTexts(one.currency, other.currency),
	);
	return {
		db,
		company,
		close,
		seal,
		accounts,
		accountOf: (ref) => {
			const account = byRef.get(ref);
			if (account === undefined) throw altered(`the account ${ref}, which the sealed accounts do not hold`, { account: ref });
			return account;
		},
		balances,
		partyName: (ref) => parties.get(ref) ?? ref,
		loginOf: (uuid) => logins.get(uuid) ?? uuid,
		booksFrom: company.booksFrom,
		fiscalYearAt: fiscalYears(seal, company.booksFrom),
		rows,
		table,
	};
}

// The settings that the seal records, not those of today.
function fiscalYears(seal: CloseSeal | YearSeal, booksFrom: CivilDate | null): (date: CivilDate) => DateSpan {
	const { fiscal_year_start: start, first_year_end: firstEnd } = seal.policies;
	const settings = { fiscal_year_start: typeof start === 'string' ? start : '01-01', first_year_end: typeof firstEnd === 'string' ? firstEnd : null };
	// Before the books' first day fiscal years are of the usual length.
	return (date) => fiscalYearAt(booksFrom !== null && date < booksFrom ? { ...settings, first_year_end: null } : settings, booksFrom, date);
}

function parseRows(content: Uint8Array): Readonly<Record<string, unknown>>[] {
	const text = present(utf8Text(content), 'the text of a sealed table');
	return text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/** Order by code units: the same on every machine, whatever its language. */
function compareTexts(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}

/** The period's entries in order of date and number, as far as the seal goes. */
export function entriesByDate(material: Material): Generator<EntryReading, void, undefined> {
	const { db, company, seal } = material;
	const span: EntrySpan = { by: 'date', from: seal.period.start, to: seal.period.end, throughNo: seal.sealedThroughSeq };
	return readEntryTexts(db, company, span);
}

/**
 * The statements by which older keys named newer ones, from the first key to the one that signs the package: lines of key-rotations.jsonl.
 * Later ones are left out, because the package is a function of the close.
 */
export function keyRotations(db: ReadDb, companyId: number, signingKeyId: string | null): string[] {
	const keys = signingKeys(db, companyId);
	const last = keys.findIndex(({ keyId }) => keyId === signingKeyId);
	return keys.slice(0, last + 1).flatMap(({ statement, statementSignature }) => {
		if (statement === null || statementSignature === null) return [];
		return [signedRotationText({ statement: JSON.parse(statement) as KeyRotation, signature: toBase64(statementSignature) })];
	});
}
