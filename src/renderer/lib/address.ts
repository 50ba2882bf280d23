import { useCallback } from 'react';
import { useLocation } from 'wouter';
import { type Place, PLACES } from '#shared/contract/places.ts';

export { PLACES };
export type PlaceName = Place;

/** Stands in the address for the period that the company is at: the oldest that is not closed. */
export const CURRENT_PERIOD = 'current';

/** Where a person is: `#/c/<company>/<period>/<place>/<rest>`. */
export interface Address {
	readonly companyId: string;
	readonly period: string;
	readonly place: PlaceName;
	/** What of the place: an entry, an account. '' for the place itself. */
	readonly rest: string;
}

export function formatAddress({ companyId, period, place, rest = '' }: Omit<Address, 'rest'> & { readonly rest?: string }): string {
	return `/c/${companyId}/${encodeURIComponent(period)}/${place}${rest === '' ? '' : `/${rest}`}`;
}

export function parseAddress(path: string): Address | null {
	const found = /^\/c\/([0-9a-f-]{36})\/([^/]+)\/([a-z]+)(?:\/(.*))?$/.exec(path);
	const place = PLACES.find((name) => name === found?.[3]);
	if (found === null || place === undefined) return null;
	return { companyId: found[1] ?? '', period: decodeURIComponent(found[2] ?? ''), place, rest: found[4] ?? '' };
}

/** Goes somewhere else in the same company and period, unless another is named. */
export function useGo(): (to: Partial<Address>) => void {
	const [path, setPath] = useLocation();
	return useCallback(
		(to) => {
			const here = parseAddress(path);
			const companyId = to.companyId ?? here?.companyId;
			if (companyId === undefined) return;
			const isElsewhere = companyId !== here?.companyId;
			setPath(
				formatAddress({
					companyId,
					period: to.period ?? (isElsewhere ? CURRENT_PERIOD : (here?.period ?? CURRENT_PERIOD)),
					place: to.place ?? here?.place ?? 'close',
					rest: to.rest ?? '',
				}),
			);
		},
		[path, setPath],
	);
}
