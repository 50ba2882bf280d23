import type { ReopenDifferenceAnswer } from '#shared/contract/reopen-difference-shapes.ts';
import { present } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { SealedAccount, SealedBalance } from '#shared/seal/index.ts';
import { type EntryReading, readEntryTexts } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { altered } from './altered.ts';
import { closingSums } from './closing-sums.queries.ts';
import { type AccountDifference, accountDifferences, FIGURES, type Figure, type Figures, figuresMoved, sealedFigures } from './reopen-difference.rules.ts';
import { sealedChanges, tableDifference } from './sealed-changes.rules.ts';
import type { SealedClose } from './sealed-close.service.ts';

type Entry = ReopenDifferenceAnswer['entries'][number];
type Reopening = ReopenDifferenceAnswer['reopenings'][number];
type Books = Pick<Company, 'id' | 'uuid' | 'currency'>;

/** What changed between two closes. `entries` reads them anew at each call, so that they need not stand in memory. */
export type CloseDifference = Omit<ReopenDifferenceAnswer, 'entries'> & { readonly entries: () => Generator<Entry, void, undefined> };

/**
 * Compares the first with the last of some closes of one period that follow each other, from their seals, their sealed tables and the entries
 * between them. `fiscalYearStart` is that of the year that holds the period's end. Refuses PACKAGE_DIFFERS for an entry that is not the one posted.
 */
export function compareCloses(db: ReadDb, company: Books, closes: readonly SealedClose[], fiscalYearStart: CivilDate): CloseDifference {
	const [earlier, later] = [present(closes[0], 'an earlier close'), present(closes.at(-1), 'a later close')];
	const { period } = later.seal;
	const base = later.seal.company.currency;
	const names = namesAt(earlier, later);
	const figuresOf = ({ seal, rows }: SealedClose) =>
		sealedFigures(
			rows('balances') as unknown as readonly SealedBalance[],
			closingSums(db, company.id, base, { start: fiscalYearStart, end: period.end }, seal.sealedThroughSeq),
		);
	const moved = figuresMoved(sealedEntries(db, company, earlier, later), period, fiscalYearStart);
	const accounts = accountDifferences(figuresOf(earlier), figuresOf(later), moved)
		.map((difference) => accountRow(difference, names.accountOf(difference.account), base))
		.sort((one, other) => compareTexts(one.code, other.code) || compareTexts(one.currency, other.currency));
	const reopenings = reopeningsOf(closes);
	return {
		period: period.name,
		start: period.start,
		end: period.end,
		currency: base,
		earlier: closeView(earlier),
		later: closeView(later),
		reopenings,
		accounts,
		changes: sealedChanges(earlier.rows, later.rows),
		tables: tableNames(earlier, later).flatMap((name) => tableDifference({ name, before: earlier.lines(name), after: later.lines(name) }) ?? []),
		explained: accounts.every(({ explained }) => explained),
		entries: function* () {
			for (const reading of readingsBetween(db, company, earlier, later)) yield entryView(reading, names, base, reopenedBefore(reading.no, closes, reopenings));
		},
	};
}

/** Entries dated up to the period's end that the later close sealed and the earlier one did not, in order of number. */
function* readingsBetween(db: ReadDb, company: Books, earlier: SealedClose, later: SealedClose): Generator<EntryReading, void, undefined> {
	const span = { by: 'number' as const, from: earlier.seal.sealedThroughSeq + 1, through: later.seal.sealedThroughSeq };
	for (const reading of readEntryTexts(db, company, span)) {
		if (reading.date > later.seal.period.end) continue;
		if (reading.text === null || sha256Hex(reading.text) !== reading.storedHash) throw altered(`entry ${reading.no}`, { entryNo: reading.no });
		yield reading;
	}
}

function* sealedEntries(db: ReadDb, company: Books, earlier: SealedClose, later: SealedClose): Generator<EntryReading['entry'], void, undefined> {
	for (const { entry } of readingsBetween(db, company, earlier, later)) yield entry;
}

/** Names as at the later close; the earlier one knows who has left since. */
interface SealedNames {
	readonly accountOf: (ref: string) => SealedAccount;
	readonly partyName: (ref: string) => string;
	readonly loginOf: (uuid: string) => string;
}

function namesAt(earlier: SealedClose, later: SealedClose): SealedNames {
	const both = (table: string) => [...earlier.rows(table), ...later.rows(table)];
	const accounts = new Map((both('accounts') as unknown as SealedAccount[]).map((account) => [account.ref, account]));
	const parties = new Map(both('parties').map(({ ref, name }) => [String(ref), String(name)]));
	const logins = new Map(both('users').map(({ id, login }) => [String(id), String(login)]));
	return {
		accountOf: (ref) => {
			const account = accounts.get(ref);
			if (account === undefined) throw altered(`the account ${ref}, which the sealed accounts do not hold`, { account: ref });
			return account;
		},
		partyName: (ref) => parties.get(ref) ?? ref,
		loginOf: (uuid) => logins.get(uuid) ?? uuid,
	};
}

function closeView({ seal, sealSha256 }: SealedClose): ReopenDifferenceAnswer['earlier'] {
	return {
		closeNumber: seal.closeNumber,
		closedAt: seal.closedAt,
		closedBy: seal.closedBy,
		reason: seal.closeReason ?? '',
		closeHash: seal.closeHash,
		sealNo: seal.sealNo,
		sealSha256,
		netProfit: formatAmount(BigInt(seal.netProfitMinor), seal.company.currency),
		entries: seal.closeHashFields.totalJournalCount,
		sealedThrough: seal.sealedThroughSeq,
	};
}

/** How each close but the last was reopened, as the seal of the next one tells it. */
function reopeningsOf(closes: readonly SealedClose[]): Reopening[] {
	return closes.slice(1).map(({ seal }) => {
		const { reopenedAt, reopenedBy, reopenReason } = present(seal.supersedes, 'the close that a later close supersedes');
		return { closeNumber: seal.closeNumber - 1, reopenedAt, reopenedBy, reason: reopenReason };
	});
}

/** The reopening that let an entry in: that of the last close that did not seal it. */
function reopenedBefore(no: number, closes: readonly SealedClose[], reopenings: readonly Reopening[]): Reopening {
	const at = closes.findLastIndex(({ seal }) => seal.sealedThroughSeq < no);
	return present(reopenings[at], 'the reopening before an entry');
}

function tableNames(earlier: SealedClose, later: SealedClose): string[] {
	return [...new Set([...earlier.seal.tables, ...later.seal.tables].map(({ name }) => name))].sort();
}

function accountRow(difference: AccountDifference, { code, name, type }: SealedAccount, base: string): ReopenDifferenceAnswer['accounts'][number] {
	const { account, currency, kind, before, after, change, explained } = difference;
	const texts = (of: 'amount' | 'base', unit: string) => {
		const text = (figures: Figures, figure: Figure): string => formatAmount(figures[figure], unit);
		const rows = FIGURES.map((figure) => [figure, { before: text(before[of], figure), after: text(after[of], figure), change: text(change[of], figure) }]);
		return Object.fromEntries(rows) as ReopenDifferenceAnswer['accounts'][number]['figures'];
	};
	return {
		ref: account,
		code,
		name,
		type: type as ReopenDifferenceAnswer['accounts'][number]['type'],
		currency,
		kind,
		figures: texts('amount', currency),
		baseFigures: texts('base', base),
		explained,
	};
}

function entryView({ entry }: EntryReading, names: SealedNames, base: string, reopening: Reopening): Entry {
	const { no, externalNo, date, description, reference, source, reverses, postedAt } = entry;
	return {
		no,
		externalNo,
		date,
		description,
		reference,
		source,
		reverses,
		postedAt,
		postedBy: names.loginOf(entry.postedBy),
		afterClose: reopening.closeNumber,
		reason: reopening.reason,
		lines: entry.lines.map((line) => {
			const { code, name } = names.accountOf(line.account);
			return {
				ref: line.account,
				code,
				name,
				party: line.party === null ? null : names.partyName(line.party),
				currency: line.currency,
				debit: formatAmount(line.debit, line.currency),
				credit: formatAmount(line.credit, line.currency),
				baseDebit: formatAmount(line.baseDebit, base),
				baseCredit: formatAmount(line.baseCredit, base),
				memo: line.memo,
			};
		}),
	};
}

/** Order by code units: the same on every machine, whatever its language. */
function compareTexts(one: string, other: string): number {
	if (one === other) return 0;
	return one < other ? -1 : 1;
}
