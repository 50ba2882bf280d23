import { createContext, use } from 'react';
import type { z } from 'zod';
import type { PERMISSIONS } from '#shared/contract/define.ts';
import type { period } from '#shared/contract/periods.contract.ts';
import type { NumberGrouping } from '#shared/kernel/grouping.ts';
import { present } from '#shared/kernel/assert.ts';

export type Period = z.output<typeof period>;
export type PermissionName = (typeof PERMISSIONS)[number];

/** The company and the period in hand, as every screen inside a company needs them. */
export interface CompanyView {
	readonly companyId: string;
	readonly name: string;
	readonly currency: string;
	readonly grouping: NumberGrouping;
	/** How the company writes dates: `DD/MM/YYYY`, `YYYY-MM-DD`. */
	readonly dateFormat: string;
	readonly booksFrom: string | null;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly periods: readonly Period[];
	/** null before the first entry. */
	readonly period: Period | null;
	readonly may: (permission: PermissionName) => boolean;
}

export const CompanyContext = createContext<CompanyView | null>(null);

export function useCompany(): CompanyView {
	return present(use(CompanyContext), 'a screen of a company is shown inside one');
}
