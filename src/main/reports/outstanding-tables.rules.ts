import type { MoneyBookAnswer, OutstandingAnswer } from '#shared/contract/reports.contract.ts';
import { isNilAmount } from '#shared/kernel/money.ts';
import { amountColumn as amount, type BodyRow, type ReportTable, type TableColumn, tableOf, type TableRow, textColumn as text } from './report-table.rules.ts';

const date = (key: string, label: string): TableColumn => ({ key, label, kind: 'date' });
const number = (key: string, label: string): TableColumn => ({ key, label, kind: 'number' });

const KINDS: Readonly<Record<OutstandingAnswer['parties'][number]['items'][number]['kind'], string>> = {
	BILL: '',
	ADVANCE: 'advance',
	CREDIT: 'credit',
	EXCHANGE_DIFFERENCE: 'exchange difference',
};
const SIDES = { receivable: 'Receivables', payable: 'Payables' } as const;

/** One row for each open item; below them what each party owes, then the age classes and the total. */
export function outstandingTable(report: OutstandingAnswer): ReportTable {
	const items = report.parties.flatMap((party) => party.items);
	const isForeign = items.some((item) => item.currency !== report.currency);
	const inSeveral = new Set(items.map((item) => item.code)).size > 1;
	const total = isForeign ? 'baseOpen' : 'open';
	const sums = [
		...(report.parties.length > 1 ? [{ heading: 'By party', parts: report.parties.map((own) => ({ party: own.party, [total]: own.total })) }] : []),
		{ heading: 'By age', parts: report.buckets.map(({ label, amount: sum }) => ({ party: ageWords(label), [total]: sum })) },
	];
	return tableOf({
		title: `${SIDES[report.side]} outstanding at ${report.asOf}, by ${report.ageBy === 'due' ? 'due date' : 'entry date'}, ${report.currency}`,
		heading: {
			name: `${SIDES[report.side]} outstanding by ${report.ageBy === 'due' ? 'due date' : 'entry date'}`,
			span: { start: null, end: report.asOf },
			currency: report.currency,
		},
		columns: [
			text('party', 'Party'),
			...(inSeveral ? [text('code', 'Account')] : []),
			number('no', 'Entry'),
			date('date', 'Date'),
			date('dueDate', 'Due'),
			text('reference', 'Reference'),
			text('what', 'What'),
			...(isForeign ? [text('currency', 'Currency')] : []),
			amount('amount', 'Amount'),
			amount('open', 'Open'),
			...(isForeign ? [amount('baseOpen', `Open in ${report.currency}`)] : []),
			number('daysOverdue', 'Days overdue'),
			text('bucket', 'Age'),
		],
		body: function* (): Generator<BodyRow, void, void> {
			for (const { party, items: own } of report.parties) for (const item of own) yield { kind: 'line', cells: itemRow(party, item) };
			yield { kind: 'total', cells: { party: 'Total', [total]: report.total }, formulas: { [total]: { sum: 'all' } } };
			if (!report.control.agrees) yield { kind: 'total', cells: { party: 'In the books', [total]: report.control.balance } };
			for (const { heading, parts } of sums) {
				yield { kind: 'heading', text: heading };
				for (const cells of parts) yield { kind: 'total', cells, isPart: true };
				yield { kind: 'total', cells: { party: 'Total', [total]: report.total }, formulas: { [total]: { sum: 'group' } } };
			}
		},
		parts: { key: 'party', saidOnce: ['party'] },
	});
}

/** "Not due", "31-60 days", "Over 90 days". */
function ageWords(label: string): string {
	const words = `${label.charAt(0).toUpperCase()}${label.slice(1)}`;
	return label === 'not due' ? words : `${words} days`;
}

function itemRow(party: string, item: OutstandingAnswer['parties'][number]['items'][number]): TableRow {
	return {
		party,
		code: item.code,
		no: item.no === null ? '' : String(item.no),
		date: item.date ?? '',
		dueDate: item.dueDate ?? '',
		reference: item.reference ?? '',
		what: KINDS[item.kind],
		currency: item.currency,
		amount: item.amount,
		open: item.open,
		baseOpen: item.baseOpen,
		daysOverdue: item.daysOverdue === null ? '' : String(item.daysOverdue),
		bucket: item.bucket,
	};
}

/** Each day's lines, and a row with what it brought, cost and ended with. */
export function moneyBookTable(report: MoneyBookAnswer): ReportTable {
	const title = report.kind === 'cash' ? 'Cash book' : 'Bank book';
	const { account } = report;
	return tableOf({
		heading: { name: `${title} of ${account.code} ${account.name}`, span: { start: report.from, end: report.to }, currency: report.currency },
		columns: [
			date('date', 'Date'),
			number('no', 'Entry'),
			text('party', 'Party'),
			text('description', 'Description'),
			text('reference', 'Reference'),
			amount('receipt', 'Receipts'),
			amount('payment', 'Payments'),
			amount('balance', 'Balance'),
		],
		body: function* (): Generator<BodyRow, void, void> {
			yield { kind: 'line', cells: { description: 'Opening balance', balance: report.opening } };
			for (const day of report.days) {
				for (const row of day.rows) yield { kind: 'line', cells: moneyRow(day.date, row) };
				const { receipts, payments, closing } = day;
				yield { kind: 'line', cells: { date: day.date, description: 'At the end of the day', receipt: receipts, payment: payments, balance: closing } };
			}
			const { receipts, payments, closing } = report;
			yield { kind: 'total', cells: { description: 'Closing balance', receipt: receipts, payment: payments, balance: closing } };
		},
	});
}

function moneyRow(day: string, row: MoneyBookAnswer['days'][number]['rows'][number]): TableRow {
	return {
		date: day,
		no: String(row.no),
		party: row.party ?? '',
		description: row.description,
		reference: row.reference ?? '',
		...(isNilAmount(row.receipt) ? {} : { receipt: row.receipt }),
		...(isNilAmount(row.payment) ? {} : { payment: row.payment }),
		balance: row.balance,
	};
}
