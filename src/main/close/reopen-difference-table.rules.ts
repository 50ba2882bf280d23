import type { ReopenDifferenceAnswer } from '#shared/contract/reopen-difference-shapes.ts';
import { formatAmount, isNilAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { amountColumn, type BodyRow, type ReportTable, sideColumn, type TableRow, tableOf, textColumn } from '#main/reports/report-table.rules.ts';
import { FIGURES } from './reopen-difference.rules.ts';

type Account = ReopenDifferenceAnswer['accounts'][number];
type Change = ReopenDifferenceAnswer['changes'][number];
type Figures = Account['figures'];

const FIGURE_WORDS: Readonly<Record<keyof Figures, string>> = {
	opening: 'Opening balance',
	debit: 'Debits',
	credit: 'Credits',
	closing: 'Closing balance',
	adjusted: 'Closing balance, adjusted basis',
};
const FIELD_WORDS: Readonly<Record<string, string>> = {
	requiresReconciliation: 'to be reconciled',
	active: 'in use',
	expected: 'expected balance',
	actual: 'actual balance',
	verifiedBy: 'verified by',
	verifiedAt: 'verified at',
};
const AMOUNT_FIELDS: ReadonlySet<string> = new Set(['expected', 'actual', 'variance', 'explained']);
const TABLE_WORDS: Readonly<Record<Change['table'], string>> = {
	accounts: 'Names and kinds of accounts',
	parties: 'Names of parties',
	reconciliations: 'Reconciliations',
};

/** What changed between two closes: who closed and reopened and why, each account with its figures and the entries that changed them, and what is called otherwise. */
export function reopenDifferenceTable(report: ReopenDifferenceAnswer): ReportTable {
	const { period, start, end, currency, earlier, later } = report;
	const isForeign = report.accounts.some((account) => account.currency !== currency);
	const name = `Difference between close ${earlier.closeNumber} and close ${later.closeNumber} of ${period}`;
	const hashes = [earlier, later].map(({ closeNumber, closeHash }) => `Close hash of close ${closeNumber}: ${closeHash}`);
	return tableOf({
		title: [`${name}, ${currency}`, ...hashes].join('\n'),
		heading: { name, span: { start, end }, currency },
		columns: [
			textColumn('account', 'Account'),
			textColumn('description', 'Figure or entry'),
			{ key: 'date', label: 'Date', kind: 'date' },
			{ key: 'no', label: 'Entry', kind: 'number' },
			{ key: 'reverses', label: 'Reverses', kind: 'number' },
			textColumn('by', 'By'),
			textColumn('reason', 'Reason'),
			sideColumn('debit', 'Debit'),
			sideColumn('credit', 'Credit'),
			...(isForeign ? [sideColumn('baseDebit', `Debit in ${currency}`), sideColumn('baseCredit', `Credit in ${currency}`)] : []),
			amountColumn('before', 'Before'),
			amountColumn('after', 'After'),
			amountColumn('change', 'Change'),
		],
		groupedBy: 'account',
		body: () => bodyOf(report),
		notes: hashes,
	});
}

function* bodyOf(report: ReopenDifferenceAnswer): Generator<BodyRow, void, void> {
	yield* groupOf('Closes', closeRows(report));
	for (const account of report.accounts) yield* groupOf(titleOf(account, report.currency), accountRows(account, report));
	for (const table of ['accounts', 'parties', 'reconciliations'] as const) {
		const changes = report.changes.filter((change) => change.table === table && change.field !== 'verifiedAt');
		yield* groupOf(TABLE_WORDS[table], changes.map(changeRow));
	}
	yield* groupOf(
		'Sealed tables',
		report.tables.map(({ name, before, after, added, removed }) => ({
			description: `${name}: ${before} rows, then ${after}; ${added} new, ${removed} gone`,
		})),
	);
	const { earlier, later, currency } = report;
	yield {
		kind: 'total',
		cells: { description: 'Net profit', before: earlier.netProfit, after: later.netProfit, change: less(later.netProfit, earlier.netProfit, currency) },
	};
	yield {
		kind: 'total',
		cells: {
			description: report.explained ? 'The entries explain every change' : 'The entries do NOT explain every change: run period verify',
		},
	};
}

function* groupOf(account: string, rows: readonly TableRow[]): Generator<BodyRow, void, void> {
	if (rows.length === 0) return;
	yield { kind: 'heading', text: account };
	for (const row of rows) yield { kind: 'line', cells: { account, ...row } };
}

function closeRows({ earlier, later, reopenings }: ReopenDifferenceAnswer): TableRow[] {
	const closed = ({ closeNumber, closedAt, closedBy, reason }: ReopenDifferenceAnswer['earlier']): TableRow => ({
		description: `Close ${closeNumber}, ${minute(closedAt)}`,
		by: closedBy,
		reason,
	});
	const reopened = reopenings.map(({ closeNumber, reopenedAt, reopenedBy, reason }) => ({
		description: `Close ${closeNumber} reopened, ${minute(reopenedAt)}`,
		by: reopenedBy,
		reason,
	}));
	return [closed(earlier), ...reopened, closed(later)];
}

/** "2026-02-03 10:00 UTC" */
const minute = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

function titleOf({ code, name, currency, kind }: Account, base: string): string {
	const own = `${code} ${name}${currency === base ? '' : `, ${currency}`}`;
	return kind === 'SUMS' ? `${own} (balance unchanged)` : own;
}

function accountRows(account: Account, { currency: base, entries, reopenings }: ReopenDifferenceAnswer): TableRow[] {
	const isForeign = account.currency !== base;
	const lines = entries.flatMap((entry) => {
		const { no, date, description, reverses, postedBy, reason } = entry;
		const own = entry.lines.filter(({ ref, currency }) => ref === account.ref && currency === account.currency);
		return own.map(
			({ debit, credit, baseDebit, baseCredit }): TableRow => ({
				description,
				date,
				no: String(no),
				reverses: reverses === null ? '' : String(reverses),
				by: postedBy,
				// Where there was one reopening only, its reason stands above, once.
				...(reopenings.length > 1 && { reason }),
				debit: filled(debit),
				credit: filled(credit),
				...(isForeign && { baseDebit: filled(baseDebit), baseCredit: filled(baseCredit) }),
			}),
		);
	});
	return [
		...figureRows(account.figures, ''),
		...(isForeign ? figureRows(account.baseFigures, ` in ${base}`) : []),
		...lines,
		...(account.explained ? [] : [{ description: 'NOT EXPLAINED by the entries' }]),
	];
}

/** The closing balance always, others where they say something else. */
function figureRows(figures: Figures, unit: string): TableRow[] {
	const isShown = (figure: keyof Figures): boolean => {
		if (figure === 'closing') return true;
		if (figure === 'adjusted') return figures.adjusted.before !== figures.closing.before || figures.adjusted.after !== figures.closing.after;
		return !isNilAmount(figures[figure].change);
	};
	return FIGURES.filter(isShown).map((figure) => ({ description: `${FIGURE_WORDS[figure]}${unit}`, ...figures[figure] }));
}

const filled = (amount: string): string => (isNilAmount(amount) ? '' : amount);

function changeRow({ name, field, before, after }: Change): TableRow {
	if (field === null) return { description: before === null ? `${name} is new` : `${name} is gone` };
	const what = `${name}, ${FIELD_WORDS[field] ?? field}`;
	if (AMOUNT_FIELDS.has(field)) return { description: what, before: before ?? '', after: after ?? '' };
	return { description: `${what}: ${before === '' ? '(none)' : before} became ${after === '' ? '(none)' : after}` };
}

function less(after: string, before: string, currency: string): string {
	return formatAmount(parseAmountBig(after, currency) - parseAmountBig(before, currency), currency);
}
