import { useMemo } from 'react';
import { civilDateAt } from '#shared/kernel/civil-date.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';

/** The days that ledgers show: the period in hand, or today where there is none yet. */
export function useLedgerSpan(): { readonly from: string; readonly to: string } {
	const { period } = useCompany();
	return useMemo(() => {
		if (period !== null) return { from: period.start, to: period.end };
		const today = civilDateAt(new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone);
		return { from: today, to: today };
	}, [period]);
}
