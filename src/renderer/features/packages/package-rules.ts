import type { z } from 'zod';
import type { packageJob } from '#shared/contract/packages.contract.ts';

export type PackageJob = z.output<typeof packageJob>;

/** What may be done with a package as it stands. */
export function packageActions(status: PackageJob['status']): { readonly download: boolean; readonly regenerate: boolean; readonly cancel: boolean } {
	return {
		download: status === 'READY' || status === 'SUPERSEDED',
		regenerate: status !== 'QUEUED' && status !== 'RUNNING',
		cancel: status === 'QUEUED' || status === 'RUNNING',
	};
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const;

/** A size for the eye, in whole units below ten thousand: `812 B`, `1234 KiB`. */
export function shownSize(bytes: number): string {
	let size = bytes;
	let unit = 0;
	while (size >= 10_000 && unit < UNITS.length - 1) {
		size = Math.round(size / 1024);
		unit += 1;
	}
	return `${size} ${UNITS[unit]}`;
}

/** An instant as the person's clock shows it, with the company's way of writing dates. */
export function shownInstant(instant: string, dateFormat: string): string {
	const local = new Date(instant);
	const two = (value: number): string => String(value).padStart(2, '0');
	const date = dateFormat
		.replace('YYYY', String(local.getFullYear()))
		.replace('MM', two(local.getMonth() + 1))
		.replace('DD', two(local.getDate()));
	return `${date} ${two(local.getHours())}:${two(local.getMinutes())}`;
}
