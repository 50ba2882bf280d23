import { Badge } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { formatAmount } from '#shared/kernel/money.ts';
import { shownAmount } from '#renderer/lib/amounts.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { type FormLine, totals } from './entry-form.ts';
import classes from './editor.module.css';

/** Debits, credits and what is between them, always in sight. */
export function EntryTotals({ lines }: { readonly lines: readonly FormLine[] }) {
	const text = useText();
	const { currency: own, grouping } = useCompany();
	const sums = totals(lines, own);
	// While every line is in another currency, the company's own has nothing to show.
	const shown = sums.filter(({ debit, credit }, index) => index > 0 || sums.length === 1 || debit !== 0n || credit !== 0n);
	const say = (minor: bigint, currency: string) => shownAmount(formatAmount(minor, currency), grouping);
	return (
		<div className={classes.totals} role="status" aria-label={text('journal.totals')}>
			{shown.map(({ currency, debit, credit }) => {
				const difference = debit - credit;
				return (
					<div key={currency} style={{ display: 'contents' }}>
						<span>{currency}</span>
						<span>
							{text('journal.field.debit')} <b>{say(debit, currency)}</b>
						</span>
						<span>
							{text('journal.field.credit')} <b>{say(credit, currency)}</b>
						</span>
						{debit === 0n && credit === 0n ? (
							<span />
						) : difference === 0n ? (
							<Badge color="teal" variant="light" tt="none" leftSection={<IconCheck size={12} aria-hidden />}>
								{text('journal.balances')}
							</Badge>
						) : (
							<Badge color="orange" variant="light" tt="none">
								{text(difference > 0n ? 'journal.missing.credit' : 'journal.missing.debit', {
									amount: say(difference < 0n ? -difference : difference, currency),
								})}
							</Badge>
						)}
					</div>
				);
			})}
		</div>
	);
}
