import type { ClosingVoucherAnswer } from '#shared/contract/close.contract.ts';
import { type BodyRow, type ReportTable, sumsIn, tableOf } from '#main/reports/report-table.rules.ts';

/** The closing entry, and below it who closed, when and why, and who lifted it where it was reopened. */
export function closingVoucherTable(voucher: ClosingVoucherAnswer): ReportTable {
	const { entry, currency } = voucher;
	const isForeign = entry?.lines.some((line) => line.currency !== currency) ?? false;
	const reopened =
		voucher.reopenedAt === null
			? []
			: [
					{ name: `Reopened by ${voucher.reopenedBy ?? ''} at ${voucher.reopenedAt}: ${voucher.reopenReason ?? ''}` },
					...(voucher.reversalEntryNo === null ? [] : [{ name: `Reversed by entry ${voucher.reversalEntryNo}` }]),
				];
	return tableOf({
		title: entry
			? `Closing entry ${entry.no} of ${entry.date}, ${voucher.period} close ${voucher.closeNumber}, ${currency}`
			: `${voucher.period} close ${voucher.closeNumber}: nothing was to be brought to nil, so there is no closing entry`,
		heading: {
			name: entry ? `Closing entry ${entry.no}, ${voucher.period} close ${voucher.closeNumber}` : `${voucher.period} close ${voucher.closeNumber}`,
			span: entry ? { start: null, end: entry.date } : null,
			currency,
		},
		columns: [
			{ key: 'code', label: 'Code', kind: 'text' },
			{ key: 'name', label: 'Account', kind: 'text' },
			...(isForeign
				? [
						{ key: 'currency', label: 'Currency', kind: 'text' as const },
						{ key: 'debit', label: 'Debit', kind: 'amount' as const },
						{ key: 'credit', label: 'Credit', kind: 'amount' as const },
					]
				: []),
			{ key: 'baseDebit', label: isForeign ? `Debit in ${currency}` : 'Debit', kind: 'amount' },
			{ key: 'baseCredit', label: isForeign ? `Credit in ${currency}` : 'Credit', kind: 'amount' },
		],
		body: function* (): Generator<BodyRow, void, void> {
			for (const line of entry?.lines ?? []) yield { kind: 'line', cells: { ...line } };
			if (entry) {
				const { debit, credit } = entry.totals;
				yield { kind: 'total', cells: { name: 'Total', baseDebit: debit, baseCredit: credit }, formulas: sumsIn(['baseDebit', 'baseCredit'], 'all') };
			}
			yield { kind: 'total', cells: { name: 'Net profit', baseCredit: voucher.netProfit } };
			yield { kind: 'total', cells: { name: `Closed by ${voucher.closedBy} at ${voucher.closedAt}${voucher.reason === '' ? '' : `: ${voucher.reason}`}` } };
			for (const cells of reopened) yield { kind: 'total', cells };
		},
	});
}
