import { utf8Text } from './bytes.ts';
import type { FindingList } from './findings.ts';
import { type ByteSink, type FileDigest, lineSink } from './package-source.ts';
import { parseCanonicalJson } from './parsed.ts';
import type { CloseSeal, YearSeal } from './seal-document.ts';
import { reconciliationShape, type SealedReconciliation, type SealedStatement, statementShape } from './sealed-reconciliations.ts';
import { nullable, object, type Shape, type StoredSum, storedSum, text } from './strict-shape.ts';

/** A row of the sealed table `balances`: one for each account and currency; minor units, signed, debit positive; the closing entry included. */
export interface SealedBalance {
	/** The account's ref. */
	readonly account: string;
	readonly code: string;
	readonly currency: string;
	readonly openingMinor: StoredSum;
	readonly debitMinor: StoredSum;
	readonly creditMinor: StoredSum;
	readonly closingMinor: StoredSum;
	readonly baseOpeningMinor: StoredSum;
	readonly baseDebitMinor: StoredSum;
	readonly baseCreditMinor: StoredSum;
	readonly baseClosingMinor: StoredSum;
}

/** A row of the sealed table `accounts`, as at the close. */
export interface SealedAccount {
	readonly ref: string;
	readonly code: string;
	readonly name: string;
	readonly type: string;
	readonly subtype: string | null;
	readonly currency: string | null;
}

// Both tables may gain columns without a new format: what is read here stays.
const balanceShape = object<SealedBalance>(
	{
		account: text,
		code: text,
		currency: text,
		openingMinor: storedSum,
		debitMinor: storedSum,
		creditMinor: storedSum,
		closingMinor: storedSum,
		baseOpeningMinor: storedSum,
		baseDebitMinor: storedSum,
		baseCreditMinor: storedSum,
		baseClosingMinor: storedSum,
	},
	true,
);

const accountShape = object<SealedAccount>({ ref: text, code: text, name: text, type: text, subtype: nullable(text), currency: nullable(text) }, true);

const FOLDER = 'data/sealed-tables/';

/** Where a sealed table lies in the package. */
export function sealedTableFile(name: string): string {
	return `${FOLDER}${name}.jsonl`;
}

export interface SealedTablesCheck {
	/** Takes the bytes of the file of a sealed table; undefined for any other file. */
	sinkFor(file: string): ByteSink | undefined;
	readonly accounts: readonly SealedAccount[];
	readonly balances: readonly SealedBalance[];
	/** Empty where the close sealed none. */
	readonly reconciliations: readonly SealedReconciliation[];
	readonly statements: readonly SealedStatement[];
	/** Row counts and hashes against the seal, once all files were read. */
	finish(digests: ReadonlyMap<string, FileDigest>): void;
}

/** Reads the sealed tables as they stream by: all for their rows and hashes, those that other files are compared with for their contents. */
export function createSealedTablesCheck(seal: CloseSeal | YearSeal, list: FindingList): SealedTablesCheck {
	const accounts: SealedAccount[] = [];
	const balances: SealedBalance[] = [];
	const reconciliations: SealedReconciliation[] = [];
	const statements: SealedStatement[] = [];
	const rowCounts = new Map<string, number>();
	return {
		accounts,
		balances,
		reconciliations,
		statements,
		sinkFor(file) {
			if (!file.startsWith(FOLDER)) return undefined;
			rowCounts.set(file, 0);
			return lineSink(
				(line, lineNo) => {
					rowCounts.set(file, lineNo);
					if (file === sealedTableFile('accounts')) keep(line, lineNo, accountShape, accounts, file, list);
					if (file === sealedTableFile('balances')) keep(line, lineNo, balanceShape, balances, file, list);
					if (file === sealedTableFile('reconciliations')) keep(line, lineNo, reconciliationShape, reconciliations, file, list);
					if (file === sealedTableFile('statements')) keep(line, lineNo, statementShape, statements, file, list);
				},
				(lineNo) => list.add('TABLE_CHANGED', `Line ${lineNo} of ${file} is cut off.`, { file }),
				() => {},
			);
		},
		finish(digests) {
			const sealed = new Set(seal.tables.map((table) => sealedTableFile(table.name)));
			for (const table of seal.tables) {
				const file = sealedTableFile(table.name);
				const digest = digests.get(file);
				const rows = rowCounts.get(file) ?? 0;
				const place = { file, table: table.name };
				if (digest === undefined) list.add('FILE_MISSING', `The sealed table ${table.name} is missing.`, place);
				else if (rows !== table.rows) list.add('TABLE_CHANGED', `The sealed table ${table.name} has ${rows} rows; ${table.rows} were sealed.`, place);
				else if (digest.sha256 !== table.sha256)
					list.add('TABLE_CHANGED', `The sealed table ${table.name} was changed: its SHA-256 is not the sealed one.`, place);
			}
			for (const file of rowCounts.keys()) if (!sealed.has(file)) list.add('FILE_EXTRA', `${file} is no table of this seal.`, { file });
			for (const required of ['accounts', 'balances']) {
				if (!sealed.has(sealedTableFile(required))) list.add('SEAL_INVALID', `The seal names no table ${required}.`, { table: required });
			}
		},
	};
}

function keep<T>(line: Uint8Array, lineNo: number, shape: Shape<T>, rows: T[], file: string, list: FindingList): void {
	const parsed = parseCanonicalJson(utf8Text(line) ?? '', shape);
	if (parsed.ok) rows.push(parsed.value);
	else list.add('TABLE_CHANGED', `Line ${lineNo} of ${file} is no row of this table: ${parsed.problem}.`, { file });
}
