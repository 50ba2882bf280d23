import { shownAmount, shownSide } from '#renderer/lib/amounts.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import classes from './amount.module.css';

/** An amount (plain decimal text) in the company's grouping; negative in parentheses, never by colour alone. */
export function Amount({ value, side = false }: { readonly value: string; readonly side?: boolean }) {
	const { grouping } = useCompany();
	return <span className={classes.amount}>{side ? shownSide(value, grouping) : shownAmount(value, grouping)}</span>;
}
