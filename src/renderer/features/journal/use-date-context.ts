import { useMemo } from 'react';
import { civilDateAt } from '#shared/kernel/civil-date.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import type { DateContext } from '#renderer/lib/typed-date.ts';

/** How a typed date is understood here: near today where today is in the period in hand, else in that period. */
export function useDateContext(): DateContext {
	const { companyId, period, dateFormat } = useCompany();
	const timezone = useAsk('companies', 'show', { companyId }).data?.timezone ?? 'UTC';
	return useMemo(() => {
		const today = civilDateAt(new Date(), timezone);
		const isNow = period === null || (period.start <= today && today <= period.end);
		return { today, near: isNow ? today : period.end < today ? period.end : period.start, format: dateFormat };
	}, [timezone, period, dateFormat]);
}
