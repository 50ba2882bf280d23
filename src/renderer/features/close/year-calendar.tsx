import { ActionIcon, Anchor, Group, Text, Title, UnstyledButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconLock, IconLockOpen, IconLockPause } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Link } from 'wouter';
import { formatAddress, useGo } from '#renderer/lib/address.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { PERIOD_LABELS } from '#renderer/ui/period-badge.tsx';
import { type CalendarCell, calendarOf, type CalendarYear, moved, yearOf } from './calendar.ts';
import { monthName } from './month-name.ts';
import classes from './year-calendar.module.css';

const ICONS = { OPEN: IconLockOpen, CLOSING: IconLockPause, CLOSED: IconLock } as const;
const COLUMNS = 3;

/** The fiscal year, each month's state at a glance. Arrows go from month to month, Enter goes there. */
export function YearCalendar({ period }: { readonly period: Period }) {
	const text = useText();
	const { periods } = useCompany();
	const years = calendarOf(periods);
	const own = yearOf(years, period);
	const [offset, setOffset] = useState(0);
	const index = Math.min(Math.max(own + offset, 0), years.length - 1);
	const year = years[index];
	if (year === undefined) return null;
	return (
		<section aria-labelledby="calendar">
			<Group justify="space-between" mb={6} wrap="nowrap">
				<Title order={2} id="calendar" size="h3">
					{text('close.calendar', { year: year.name })}
				</Title>
				<Group gap={2} wrap="nowrap">
					<ActionIcon
						variant="subtle"
						color="gray"
						size="sm"
						aria-label={text('close.calendar.before')}
						disabled={index === 0}
						onClick={() => setOffset(index - 1 - own)}
					>
						<IconChevronLeft size={16} aria-hidden />
					</ActionIcon>
					<ActionIcon
						variant="subtle"
						color="gray"
						size="sm"
						aria-label={text('close.calendar.after')}
						disabled={index === years.length - 1}
						onClick={() => setOffset(index + 1 - own)}
					>
						<IconChevronRight size={16} aria-hidden />
					</ActionIcon>
				</Group>
			</Group>
			<Months key={year.name} year={year} period={period} />
			<YearLine year={year} />
		</section>
	);
}

function Months({ year, period }: { readonly year: CalendarYear; readonly period: Period }) {
	const text = useText();
	const go = useGo();
	const { companyId } = useCompany();
	const status = useAsk('reconciliation', 'currentPeriodStatus', { companyId });
	const { cells } = year;
	const current = cells.findIndex(({ periods }) => periods.includes(period.name));
	const [focused, setFocused] = useState(Math.max(current, 0));
	const buttons = useRef<(HTMLButtonElement | null)[]>([]);
	const onKeyDown = (event: KeyboardEvent): void => {
		const to = moved(focused, event.key, cells.length, COLUMNS);
		if (to === focused) return;
		event.preventDefault();
		setFocused(to);
		buttons.current[to]?.focus();
	};
	const counts = status.data?.counts;
	const missing = counts ? counts.missing + counts.draft + counts.stale : 0;
	const rows = Array.from({ length: Math.ceil(cells.length / COLUMNS) }, (_row, row) => cells.slice(row * COLUMNS, (row + 1) * COLUMNS));
	return (
		<div role="grid" aria-label={text('close.calendar', { year: year.name })} className={classes.grid} onKeyDown={onKeyDown} tabIndex={-1}>
			{rows.map((row, rowIndex) => (
				<div role="row" key={row[0]?.period} className={classes.row}>
					{row.map((cell, column) => {
						const index = rowIndex * COLUMNS + column;
						return (
							<div role="gridcell" key={cell.period} className={classes.cell} aria-selected={index === current}>
								<Month
									cell={cell}
									isCurrent={index === current}
									isReachable={index === focused}
									missing={status.data?.period?.name === cell.period ? missing : 0}
									setButton={(button) => {
										buttons.current[index] = button;
									}}
									onGo={() => go({ period: cell.period, place: 'close' })}
								/>
							</div>
						);
					})}
				</div>
			))}
		</div>
	);
}

interface MonthProps {
	readonly cell: CalendarCell;
	readonly isCurrent: boolean;
	/** By Tab: one of the grid is, the arrows reach the others. */
	readonly isReachable: boolean;
	/** Accounts that are not reconciled yet, where that is known. */
	readonly missing: number;
	readonly setButton: (button: HTMLButtonElement | null) => void;
	readonly onGo: () => void;
}

function Month({ cell, isCurrent, isReachable, missing, setButton, onGo }: MonthProps) {
	const text = useText();
	const language = useViewState((state) => state.language);
	const Icon = ICONS[cell.status];
	const name = cell.kind === 'QUARTER' ? (/Q\d$/.exec(cell.period)?.[0] ?? cell.period) : monthName(cell.start, language);
	const days = cell.periods.length > 1 ? text('close.calendar.days', { closed: cell.closed, all: cell.periods.length }) : '';
	const left = missing > 0 ? text('close.calendar.missing', { count: missing }) : '';
	return (
		<UnstyledButton
			ref={setButton}
			className={classes.month}
			data-status={cell.status}
			data-period={cell.period}
			tabIndex={isReachable ? 0 : -1}
			aria-current={isCurrent ? 'date' : undefined}
			onClick={onGo}
		>
			<span className={classes.name}>
				{name} <span className={classes.year}>{cell.start.slice(0, 4)}</span>
			</span>
			<span className={classes.state}>
				<Icon size={12} aria-hidden /> {text(PERIOD_LABELS[cell.status])}
			</span>
			{(days || left) && <span className={classes.left}>{days || left}</span>}
		</UnstyledButton>
	);
}

/** The close of the year itself. */
function YearLine({ year }: { readonly year: CalendarYear }) {
	const text = useText();
	const { companyId } = useCompany();
	const Icon = ICONS[year.status];
	return (
		<Group gap={6} mt={6} wrap="nowrap">
			<Icon size={14} aria-hidden />
			<Text size="sm">
				<Anchor component={Link} size="sm" href={formatAddress({ companyId, period: year.name, place: 'close' })}>
					{text('close.calendar.year', { year: year.name })}
				</Anchor>{' '}
				{text(PERIOD_LABELS[year.status])}
			</Text>
		</Group>
	);
}
