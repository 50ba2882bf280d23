import { useMemo } from 'react';
import type { Address } from '#renderer/lib/address.ts';
import { CompanyContext, type CompanyView, type Period, type PermissionName } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { Frame } from './frame.tsx';
import { PlaceOf } from './place-of.tsx';

/** Loads what every screen of a company needs, then shows the frame with the place in it. */
export function CompanyFrame({ address }: { readonly address: Address }) {
	const text = useText();
	const { companyId } = address;
	const shown = useAsk('companies', 'show', { companyId });
	const listed = useAsk('periods', 'list', { companyId });
	const allowed = useAsk('access', 'permissions', { companyId });
	const view = useMemo((): CompanyView | null => {
		if (!shown.data || !listed.data || !allowed.data) return null;
		const { settings, booksFrom, name, currency } = shown.data;
		const { periods } = listed.data;
		const permissions = new Set<PermissionName>(allowed.data.permissions);
		return {
			companyId,
			name,
			currency,
			booksFrom,
			settings,
			periods,
			grouping: settings.number_format === 'indian' ? 'indian' : 'western',
			dateFormat: String(settings.date_format),
			period: periodInHand(periods, address.period),
			may: (permission) => permissions.has(permission),
		};
	}, [companyId, shown.data, listed.data, allowed.data, address.period]);
	const error = shown.error ?? listed.error ?? allowed.error;
	if (error) return <ErrorNotice error={error} onRetry={() => void Promise.all([shown.refetch(), listed.refetch(), allowed.refetch()])} />;
	if (view === null) return <Waiting what={text('frame.connecting')} isPage />;
	return (
		<CompanyContext value={view}>
			<Frame address={address}>
				<PlaceOf address={address} />
			</Frame>
		</CompanyContext>
	);
}

/** The named period; for `current` the oldest that is not closed, a year after its months; where all are closed the newest. */
function periodInHand(periods: readonly Period[], named: string): Period | null {
	const found = periods.find(({ name }) => name === named);
	if (found) return found;
	const inOrder = periods
		.filter(({ kind }) => kind !== 'OPENING')
		.sort((one, other) => one.end.localeCompare(other.end) || other.start.localeCompare(one.start));
	return inOrder.find(({ status }) => status !== 'CLOSED') ?? inOrder.at(-1) ?? null;
}
