import type { MoneyBookAnswer, OutstandingAnswer } from '#shared/contract/reports.contract.ts';
import type { ReportTable, TableColumn, TableRow } from './report-tables.rules.ts';

const text = (key: string, label: string): TableColumn => ({ key, label, kind: 'text' });
const amount = (key: string, label: string): TableColumn => ({ key, label, kind: 'amount' });
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
	return {
		title: `${SIDES[report.side]} outstanding at ${report.asOf}, by ${report.ageBy === 'due' ? 'due date' : 'entry date'}, ${report.currency}`,
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
		rows: report.parties.flatMap(({ party, items: own }) => own.map((item) => itemRow(party, item))),
		totals: [
			...(report.parties.length > 1 ? report.parties.map((party) => ({ party: party.party, what: 'party', [total]: party.total })) : []),
			...report.buckets.map(({ label, amount: sum }) => ({ party: 'All', what: 'age', [total]: sum, bucket: label })),
			{ party: 'Total', [total]: report.total },
			...(report.control.agrees ? [] : [{ party: 'In the books', [total]: report.control.balance }]),
		],
	};
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
	return {
		title: `${title} of ${report.account.code} ${report.account.name} from ${report.from} to ${report.to}, ${report.currency}`,
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
		rows: [
			{ description: 'Opening balance', balance: report.opening },
			...report.days.flatMap((day): TableRow[] => [
				...day.rows.map((row) => ({
					date: day.date,
					no: String(row.no),
					party: row.party ?? '',
					description: row.description,
					reference: row.reference ?? '',
					...(isNil(row.receipt) ? {} : { receipt: row.receipt }),
					...(isNil(row.payment) ? {} : { payment: row.payment }),
					balance: row.balance,
				})),
				{ date: day.date, description: 'At the end of the day', receipt: day.receipts, payment: day.payments, balance: day.closing },
			]),
		],
		totals: [{ description: 'Closing balance', receipt: report.receipts, payment: report.payments, balance: report.closing }],
	};
}

const isNil = (amountText: string): boolean => /^[0.]*$/.test(amountText);
