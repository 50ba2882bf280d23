import { useMemo } from 'react';
import type { OutputOf } from '#shared/contract/client.ts';
import type { Contract } from '#shared/contract/index.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { groupIssues, type IssueGroup, type StepView, stepsOf } from './steps.ts';
import { useWarningNotes } from './warning-notes.ts';

export type Close = OutputOf<Contract['close']['closes']>['closes'][number];
export type PackageJob = OutputOf<Contract['packages']['list']>['jobs'][number];

/** What stands in the way of a period's close, and what came of its closes. */
export interface CloseView {
	readonly period: Period;
	readonly groups: readonly IssueGroup[];
	readonly steps: readonly StepView[];
	/** Oldest first. */
	readonly closes: readonly Close[];
	/** The newest job of the standing close. */
	readonly job: PackageJob | null;
}

export function useCloseView(period: Period): { readonly view: CloseView | null; readonly error: unknown; readonly retry: () => void } {
	const { companyId } = useCompany();
	const isClosed = period.status === 'CLOSED';
	const validated = useAsk('close', 'validate', { companyId, period: period.name }, { enabled: !isClosed, keepPrevious: true });
	const closes = useAsk('close', 'closes', { companyId, period: period.name });
	const packages = useAsk('packages', 'list', { companyId });
	const { notes } = useWarningNotes(period.periodId);
	const issues = isClosed ? null : validated.data?.issues;
	const view = useMemo((): CloseView | null => {
		if (issues === undefined || !closes.data || !packages.data) return null;
		const groups = groupIssues(issues ?? []);
		const standing = closes.data.closes.at(-1);
		const job = (standing?.status === 'CLOSED' && newestJob(packages.data.jobs, period.name, standing.closeNumber)) || null;
		return { period, groups, closes: closes.data.closes, job, steps: stepsOf({ isClosed, groups, notes, packageStatus: job?.status ?? null }) };
	}, [issues, closes.data, packages.data, period, isClosed, notes]);
	return {
		view,
		error: validated.error ?? closes.error ?? packages.error,
		retry: () => void Promise.all([validated.refetch(), closes.refetch(), packages.refetch()]),
	};
}

function newestJob(jobs: readonly PackageJob[], period: string, closeNumber: number): PackageJob | undefined {
	return jobs
		.filter((job) => job.period === period && job.closeNumber === closeNumber)
		.reduce<PackageJob | undefined>((newest, job) => (newest === undefined || job.requestedAt >= newest.requestedAt ? job : newest), undefined);
}
