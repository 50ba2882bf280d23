import { type KeyboardEvent, useId, useState } from 'react';
import { shownAmount } from '#renderer/lib/amounts.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { formatAmount } from '#shared/kernel/money.ts';
import { typedAmount } from '#renderer/lib/typed-amount.ts';
import { typedDate } from '#renderer/lib/typed-date.ts';
import { useDateContext } from './use-date-context.ts';
import classes from './editor.module.css';

export interface CellProps {
	readonly label: string;
	readonly value: string;
	readonly onChange: (value: string) => void;
	/** What is wrong with it, in words. */
	readonly fault: string | undefined;
	/** Where in the grid, for moving about. */
	readonly place: { readonly 'data-row'?: number; readonly 'data-field'?: string };
	readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
}

export function CellFault({ id, fault }: { readonly id: string; readonly fault: string | undefined }) {
	return fault === undefined ? null : (
		<span id={id} className={classes.fault} role="alert">
			{fault}
		</span>
	);
}

interface PlainCellProps extends CellProps {
	readonly shown?: string;
	readonly settle?: (typed: string) => string;
	readonly isNumber?: boolean;
}

/** A field of a line: what is typed stands as it is until the cell is left, then as the books would write it. */
export function TextCell({ label, value, onChange, fault, place, onKeyDown, shown = value, settle, isNumber = false }: PlainCellProps) {
	const faultId = useId();
	const [isEdited, setEdited] = useState(false);
	const leave = () => {
		setEdited(false);
		const settled = settle?.(value) ?? value;
		if (settled !== value) onChange(settled);
	};
	return (
		<>
			<input
				className={isNumber ? `${classes.cell} ${classes.right}` : classes.cell}
				aria-label={label}
				aria-invalid={fault !== undefined}
				aria-describedby={fault === undefined ? undefined : faultId}
				autoComplete="off"
				{...place}
				value={isEdited ? value : shown}
				onFocus={(event) => {
					setEdited(true);
					event.currentTarget.select();
				}}
				onChange={(event) => {
					setEdited(true);
					onChange(event.currentTarget.value);
				}}
				onBlur={leave}
				onKeyDown={onKeyDown}
			/>
			<CellFault id={faultId} fault={fault} />
		</>
	);
}

/** An amount in a currency: sums are worked out when the cell is left. */
export function AmountCell({ currency, ...cell }: CellProps & { readonly currency: string }) {
	const { grouping } = useCompany();
	const plain = (typed: string): string => {
		const amount = typedAmount(typed, currency);
		return 'minor' in amount && typed.trim() !== '' ? formatAmount(amount.minor, currency) : typed;
	};
	const settled = plain(cell.value);
	const shown = /^-?\d+(\.\d+)?$/.test(settled) ? shownAmount(settled, grouping) : settled;
	return <TextCell {...cell} shown={shown} settle={plain} isNumber />;
}

/** A date, typed as people do: `5`, `5/1`, `t`. */
export function DateCell(cell: CellProps) {
	const { dateFormat } = useCompany();
	const context = useDateContext();
	const settle = (typed: string) => typedDate(typed, context) ?? typed;
	return <TextCell {...cell} shown={/^\d{4}-\d{2}-\d{2}$/.test(cell.value) ? shownDate(cell.value, dateFormat) : cell.value} settle={settle} />;
}
