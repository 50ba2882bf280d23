import { Group, Tooltip, UnstyledButton } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { formatAddress } from '#renderer/lib/address.ts';
import type { Period } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { PERIOD_LABELS } from '#renderer/ui/period-badge.tsx';
import classes from './year-strip.module.css';

const SHOWN = 12;

/** The newest year's worth of periods, one small square each: a lock where it is closed. */
export function YearStrip({ companyId, periods }: { readonly companyId: string; readonly periods: readonly Period[] }) {
	const text = useText();
	const [, setPath] = useLocation();
	const newest = newestOf(periods);
	return (
		<Group gap={2} wrap="nowrap">
			{newest.map((period) => {
				const label = `${period.name}: ${text(PERIOD_LABELS[period.status])}`;
				const Icon = period.status === 'CLOSED' ? IconLock : IconLockOpen;
				return (
					<Tooltip key={period.periodId} label={label}>
						<UnstyledButton
							className={classes.period}
							data-status={period.status}
							aria-label={label}
							onClick={() => setPath(formatAddress({ companyId, period: period.name, place: 'close' }))}
						>
							<Icon size={12} aria-hidden />
						</UnstyledButton>
					</Tooltip>
				);
			})}
		</Group>
	);
}

function newestOf(periods: readonly Period[]): readonly Period[] {
	const ordinary = periods.filter(({ kind }) => kind !== 'OPENING' && kind !== 'YEAR').sort((one, other) => one.start.localeCompare(other.start));
	return ordinary.slice(-SHOWN);
}
