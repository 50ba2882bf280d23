import { formatAmount, parseAmountBig } from '#shared/kernel/money.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import type { Entry } from './entry-form.ts';
import classes from './editor.module.css';

/** The lines of an entry as they stand in the books, with their sum. */
export function EntryLines({ entry }: { readonly entry: Entry }) {
	const text = useText();
	const { currency } = useCompany();
	const { lines } = entry;
	const isForeign = lines.some((line) => line.currency !== currency);
	const has = (field: 'party' | 'dueDate' | 'reference' | 'memo') => lines.some((line) => line[field] !== null);
	const total = (side: 'baseDebit' | 'baseCredit') =>
		formatAmount(
			lines.reduce((sum, line) => sum + parseAmountBig(line[side], currency), 0n),
			currency,
		);
	const texts = (['party', 'dueDate', 'reference', 'memo'] as const).filter(has);
	return (
		<table className={classes.grid} aria-label={text('journal.lines')}>
			<thead>
				<tr>
					<th scope="col">{text('journal.field.account')}</th>
					{texts.map((field) => (
						<th key={field} scope="col">
							{text(`journal.field.${field}`)}
						</th>
					))}
					{isForeign && <th scope="col">{text('journal.field.currency')}</th>}
					<th scope="col" className={classes.right}>
						{text('journal.field.debit')}
					</th>
					<th scope="col" className={classes.right}>
						{text('journal.field.credit')}
					</th>
					{isForeign && (
						<th scope="col" className={classes.right}>
							{text('journal.field.base', { currency })}
						</th>
					)}
				</tr>
			</thead>
			<tbody>
				{lines.map((line) => (
					<LineRow key={line.lineNo} line={line} texts={texts} isForeign={isForeign} />
				))}
			</tbody>
			{!isForeign && (
				<tfoot>
					<tr>
						<th scope="row" colSpan={1 + texts.length}>
							{text('journal.totals')}
						</th>
						<th className={classes.right}>
							<Amount value={total('baseDebit')} />
						</th>
						<th className={classes.right}>
							<Amount value={total('baseCredit')} />
						</th>
					</tr>
				</tfoot>
			)}
		</table>
	);
}

type TextField = 'party' | 'dueDate' | 'reference' | 'memo';

function LineRow({ line, texts, isForeign }: { readonly line: Entry['lines'][number]; readonly texts: readonly TextField[]; readonly isForeign: boolean }) {
	const { dateFormat } = useCompany();
	return (
		<tr>
			<td className={classes.plain}>{line.code === line.name ? line.code : `${line.code} ${line.name}`}</td>
			{texts.map((field) => (
				<td key={field} className={classes.plain}>
					{field === 'dueDate' && line.dueDate ? shownDate(line.dueDate, dateFormat) : line[field]}
				</td>
			))}
			{isForeign && <td className={classes.plain}>{line.currency}</td>}
			<td className={`${classes.plain} ${classes.right}`}>
				<Amount value={line.debit} side />
			</td>
			<td className={`${classes.plain} ${classes.right}`}>
				<Amount value={line.credit} side />
			</td>
			{isForeign && (
				<td className={`${classes.plain} ${classes.right}`}>
					<Amount value={/[1-9]/.test(line.baseCredit) ? `-${line.baseCredit}` : line.baseDebit} />
				</td>
			)}
		</tr>
	);
}
