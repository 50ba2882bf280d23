import { type ClipboardEvent, type KeyboardEvent, useRef } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { AmountCell, DateCell, TextCell } from './cells.tsx';
import type { FormLine, LineField } from './entry-form.ts';
import { NameCell } from './name-cell.tsx';
import { isTable, pastedLines } from './pasted-lines.ts';
import { typedDate } from '#renderer/lib/typed-date.ts';
import { useDateContext } from './use-date-context.ts';
import { type EntryFormState, faultKey } from './use-entry-form.ts';
import type { Names } from './use-names.ts';
import classes from './editor.module.css';

const PLAIN: readonly LineField[] = ['account', 'party', 'debit', 'credit', 'memo'];
const FOREIGN: readonly LineField[] = ['currency', 'base'];
const MORE: readonly LineField[] = ['dueDate', 'reference'];

interface EntryGridProps {
	readonly state: EntryFormState;
	readonly names: Names;
	readonly withCurrency: boolean;
	readonly withMore: boolean;
}

/** The lines of an entry under way. Tab moves, Enter goes down and adds a line, `=` balances, a table can be pasted. */
export function EntryGrid({ state, names, withCurrency, withMore }: EntryGridProps) {
	const text = useText();
	const { currency } = useCompany();
	const dates = useDateContext();
	const table = useRef<HTMLTableElement>(null);
	const fields = [...PLAIN, ...(withCurrency ? FOREIGN : []), ...(withMore ? MORE : [])];
	const { form } = state;
	const focus = (row: number, field: string): void => {
		// The new line is in the document after React has drawn it.
		requestAnimationFrame(() => table.current?.querySelector<HTMLInputElement>(`[data-row="${row}"][data-field="${field}"]`)?.focus());
	};
	const onKeyDown = (row: number, field: LineField) => (event: KeyboardEvent<HTMLInputElement>) => {
		const isModified = event.ctrlKey || event.metaKey;
		if (event.key === 'Enter' && !isModified) {
			event.preventDefault();
			if (row === form.lines.length - 1) state.addLine();
			focus(row + 1, 'account');
		} else if (event.key === '=' && (field === 'debit' || field === 'credit')) {
			event.preventDefault();
			state.balance(row);
		} else if (isModified && (event.key === 'Delete' || event.key === 'Backspace') && event.shiftKey) {
			event.preventDefault();
			state.removeLine(row);
			focus(Math.max(0, Math.min(row, form.lines.length - 2)), field);
		} else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && !isModified) {
			event.preventDefault();
			focus(row + (event.key === 'ArrowDown' ? 1 : -1), field);
		}
	};
	const onPaste = (event: ClipboardEvent): void => {
		const pasted = event.clipboardData.getData('text/plain');
		if (!isTable(pasted)) return;
		event.preventDefault();
		const row = Number((event.target as HTMLElement).dataset.row ?? 0);
		const context = { currency, accounts: names.activeAccounts, parties: names.parties, dateOf: (typed: string) => typedDate(typed, dates) };
		state.paste(row, pastedLines(pasted, context), (problem) => text(`journal.pasted.${problem as 'account'}`));
	};
	return (
		<table ref={table} className={classes.grid} onPaste={onPaste} aria-label={text('journal.lines')}>
			<thead>
				<tr>
					<th scope="col" aria-label={text('journal.line')} />
					{fields.map((field) => (
						<th key={field} scope="col" className={isAmount(field) ? classes.right : undefined} style={{ width: WIDTHS[field] }}>
							{field === 'base' ? text('journal.field.base', { currency }) : text(`journal.field.${field}`)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{form.lines.map((line, row) => (
					<tr key={line.key}>
						<td className={`${classes.plain} ${classes.lineNo}`}>{row + 1}</td>
						{fields.map((field) => (
							<td key={field}>
								<LineCell line={line} row={row} field={field} state={state} names={names} onKeyDown={onKeyDown(row, field)} />
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}

const WIDTHS: Readonly<Partial<Record<LineField, string>>> = {
	account: '26%',
	party: '16%',
	debit: '130px',
	credit: '130px',
	currency: '80px',
	base: '130px',
	dueDate: '110px',
	reference: '120px',
};

function isAmount(field: LineField): boolean {
	return field === 'debit' || field === 'credit' || field === 'base';
}

interface LineCellProps extends Pick<EntryGridProps, 'state' | 'names'> {
	readonly line: FormLine;
	readonly row: number;
	readonly field: LineField;
	readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

function LineCell({ line, row, field, state, names, onKeyDown }: LineCellProps) {
	const text = useText();
	const { currency } = useCompany();
	const cell = {
		label: `${field === 'base' ? text('journal.field.base', { currency }) : text(`journal.field.${field}`)} ${row + 1}`,
		value: line[field],
		onChange: (value: string) => state.setLine(row, field, value),
		fault: state.faults.get(faultKey(row, field)),
		place: { 'data-row': row, 'data-field': field },
		onKeyDown,
	};
	const setAccount = (value: string) => {
		state.setLine(row, 'account', value);
		const own = names.accountCurrencies.get(value);
		if (own !== undefined && own !== currency) state.setLine(row, 'currency', own);
	};
	switch (field) {
		case 'account':
			return <NameCell {...cell} all={names.activeAccounts} onChange={setAccount} />;
		case 'party':
			return <NameCell {...cell} all={names.parties} />;
		case 'debit':
		case 'credit':
			return <AmountCell {...cell} currency={/^[A-Z]{3}$/.test(line.currency) ? line.currency : currency} />;
		case 'base':
			return <AmountCell {...cell} currency={currency} />;
		case 'dueDate':
			return <DateCell {...cell} />;
		case 'currency':
			return <TextCell {...cell} onChange={(value) => cell.onChange(value.toUpperCase() === currency ? '' : value.toUpperCase())} />;
		default:
			return <TextCell {...cell} />;
	}
}
