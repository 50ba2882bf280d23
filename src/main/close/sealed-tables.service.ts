import { type SealedAccount, type SealedBalance, type SealedTableDigest } from '#shared/seal/index.ts';
import { companySettings, listAccounts } from '#main/companies/index.ts';
import { canonicalLines, keepStandingItems, listPartyRows, packed, packedChanges } from '#main/ledger/index.ts';
import type { Period } from '#main/periods/index.ts';
import { reconciliationTables, type SealedRows } from '#main/reconciliation/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { insertSealedTable, type StoredTable } from './closes.queries.ts';
import type { Issue } from './validation.rules.ts';
import type { ControlLines } from './control-lines.ts';
import { freezeOpenItems } from './open-items.service.ts';
import { evidenceOf, exemptionsOf, membersToSeal } from './sealed-tables.queries.ts';
import { balanceSnapshots, type SnapshotRow } from './snapshots.queries.ts';

export interface SealedClose {
	readonly id: number;
	readonly closeNumber: number;
	readonly sealedThroughSeq: number;
	readonly issues: readonly Issue[];
	readonly note: string;
	readonly controlLines: ControlLines;
}

/** Writes the tables of a close, each the canonical JSON lines of its rows. Answers their digests in order of name, for the seal. */
export function storeSealedTables(tx: WriteTx, actor: Actor, period: Period, close: SealedClose): SealedTableDigest[] {
	const { company } = actor;
	const frozen = freezeOpenItems(tx, company, period, close.controlLines);
	const { openItems, base } = frozen;
	const tables: { readonly name: string; readonly rows: readonly object[]; readonly text?: string }[] = [
		...ownTables(tx, actor, period, close),
		frozen.allocations,
		openItems,
		...reconciliationTables(tx, company, period),
	];
	const digests = tables
		.sort((left, right) => (left.name < right.name ? -1 : 1))
		.map(({ name, rows, text: written = canonicalLines(rows) }) => {
			const text = Buffer.from(written, 'utf8');
			const digest = { name, rows: rows.length, sha256: sha256Hex(text) };
			const stored = name === openItems.name ? packedChanges(tx, company.id, text, base) : { ...storedAs(name, text), baseCloseId: null };
			insertSealedTable(tx, company.id, close.id, { name, rowCount: digest.rows, sha256: digest.sha256, ...stored });
			return digest;
		});
	// A year ends with its last period, whose open items are at hand already.
	if (period.kind !== 'YEAR') keepStandingItems(tx, company.id, close.id, frozen.groups);
	return digests;
}

/** Allocations grow with the lines of a period and are compressed; what else is sealed can be read in any SQLite shell. */
function storedAs(name: string, text: Uint8Array): Pick<StoredTable, 'content' | 'encoding'> {
	return name === 'allocations' ? packed(text) : { content: text, encoding: 'PLAIN' };
}

function ownTables(tx: WriteTx, actor: Actor, period: Period, close: SealedClose): SealedRows[] {
	const { company } = actor;
	return [
		{ name: 'accounts', rows: accountRows(tx, company) },
		{ name: 'attachments', rows: evidenceOf(tx, company.id, period.start, period.end, close.sealedThroughSeq).map((row) => ({ ...row })) },
		{ name: 'balances', rows: balanceSnapshots(tx, company.id, period.id, close.closeNumber).map((row) => ({ ...balanceRow(row) })) },
		{ name: 'company', rows: [companyRow(tx, company)] },
		{ name: 'exemptions', rows: exemptionsOf(tx, company.id).map((row) => ({ ...row })) },
		{
			name: 'parties',
			rows: listPartyRows(tx, company.id)
				.map(({ ref, name }) => ({ ref, name }))
				.sort((left, right) => (left.ref < right.ref ? -1 : 1)),
		},
		{ name: 'users', rows: membersToSeal(tx, company.id).map((row) => ({ ...row })) },
		{ name: 'validations', rows: close.issues.map((issue) => validationRow(issue, actor, tx.instant, close.note)) },
	];
}

function accountRows(db: ReadDb, company: Company): Record<string, unknown>[] {
	return listAccounts(db, company.id)
		.map((account) => {
			const sealed: SealedAccount = {
				ref: account.ref,
				code: account.code,
				name: account.name,
				type: account.type,
				subtype: account.subtype,
				currency: account.currency,
			};
			return { ...sealed, requiresReconciliation: account.requiresReconciliation === 1, active: account.active === 1 };
		})
		.sort((left, right) => (left.ref < right.ref ? -1 : 1));
}

/** A balance as the sealed table holds it: integers where they are safe, decimal texts beyond. */
export function balanceRow(row: SnapshotRow): SealedBalance {
	return {
		account: row.ref,
		code: row.code,
		currency: row.currency,
		openingMinor: storedSum(row.opening),
		debitMinor: storedSum(row.debit),
		creditMinor: storedSum(row.credit),
		closingMinor: storedSum(row.closing),
		baseOpeningMinor: storedSum(row.baseOpening),
		baseDebitMinor: storedSum(row.baseDebit),
		baseCreditMinor: storedSum(row.baseCredit),
		baseClosingMinor: storedSum(row.baseClosing),
	};
}

function storedSum(sum: bigint): number | string {
	const number = Number(sum);
	return Number.isSafeInteger(number) ? number : String(sum);
}

function companyRow(db: ReadDb, company: Company): Record<string, unknown> {
	const settings = companySettings(db, company.id);
	return {
		name: company.name,
		currency: company.currency,
		timezone: company.timezone,
		language: settings.language,
		number_format: settings.number_format,
		date_format: settings.date_format,
		settings: { ...settings },
	};
}

/** An issue of the close with who acknowledged it, when it is a warning. Metadata goes through JSON, so that what is sealed is what is read back. */
function validationRow(issue: Issue, { user }: Actor, instant: string, note: string): Record<string, unknown> {
	const acknowledged = issue.severity === 'WARNING';
	return {
		code: issue.code,
		severity: issue.severity,
		message: issue.message,
		metadata: JSON.parse(JSON.stringify(issue.metadata)) as unknown,
		acknowledged,
		note: acknowledged ? note : null,
		acknowledgedBy: acknowledged ? user.login : null,
		acknowledgedAt: acknowledged ? instant : null,
	};
}
