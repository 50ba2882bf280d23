import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { CURRENT_PERIOD, formatAddress, parseAddress } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { ClosePage } from './close-page.tsx';
import { EmptyBooks } from './empty-books.tsx';

/** The home of a company: one page on which a period is brought to its close. `rest` is the step. */
export function ClosePlace({ rest }: { readonly rest: string }) {
	const { period } = useCompany();
	useNamedPeriod(period?.name ?? null);
	if (period === null) return <EmptyBooks />;
	return <ClosePage key={period.periodId} period={period} chosen={rest} />;
}

/** Puts the period's name into the address: else the page would turn to the next one in the moment in which this one is closed. */
function useNamedPeriod(name: string | null): void {
	const [path, setPath] = useLocation();
	const address = parseAddress(path);
	const named = address?.period === CURRENT_PERIOD && address.place === 'close' && name !== null ? formatAddress({ ...address, period: name }) : null;
	useEffect(() => {
		if (named !== null) setPath(named, { replace: true });
	}, [named, setPath]);
}
