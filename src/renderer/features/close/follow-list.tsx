import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type Address, formatAddress } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { type Follow, followsOf, journalRest, listRest, reconcileRest } from './follow.ts';
import { countOf, type IssueGroup } from './steps.ts';
import classes from './issue-list.module.css';

/** The drafts of a period, by their ids. */
function useDraftNames(period: Period, enabled: boolean): ReadonlyMap<string, string> {
	const { companyId, dateFormat } = useCompany();
	const { data } = useAsk('ledger', 'listEntries', { companyId, from: period.start, to: period.end, status: 'DRAFT', limit: 100 }, { enabled });
	return new Map(data?.entries.map(({ id, date, description }) => [id, `${shownDate(date, dateFormat)} ${description}`]));
}

/** Ways to everything that a reason names: entries, drafts, accounts, periods. */
export function FollowList({ group, period }: { readonly group: IssueGroup; readonly period: Period }) {
	const text = useText();
	const follows = followsOf(group.issues);
	const drafts = useDraftNames(
		period,
		follows.some(({ kind }) => kind === 'draft'),
	);
	if (follows.length === 0) return null;
	const named = follows.filter(({ kind }) => kind === 'entry' || kind === 'draft').length;
	const all = group.issues.reduce((sum, issue) => sum + countOf(issue), 0);
	return (
		<ul className={classes.follows} aria-label={text('close.follow')}>
			{follows.map((follow) => (
				<li key={JSON.stringify(follow)}>
					<FollowLink follow={follow} period={period} drafts={drafts} />
				</li>
			))}
			{named > 0 && all > named && (
				<li>
					<To to={{ place: 'journal', rest: listRest({ from: period.start, to: period.end }) }}>{text('close.follow.more', { count: all - named })}</To>
				</li>
			)}
			{follows.some(({ kind }) => kind === 'draft') && (
				<li>
					<To to={{ place: 'journal', rest: listRest({ status: 'DRAFT', from: period.start, to: period.end }) }}>{text('close.follow.drafts')}</To>
				</li>
			)}
		</ul>
	);
}

function FollowLink({ follow, period, drafts }: { readonly follow: Follow; readonly period: Period; readonly drafts: ReadonlyMap<string, string> }) {
	const text = useText();
	const { dateFormat } = useCompany();
	const rest = journalRest(follow, period);
	switch (follow.kind) {
		case 'entry':
			return <To to={{ place: 'journal', rest: rest ?? '' }}>{text('close.follow.entry', { no: follow.no })}</To>;
		case 'draft':
			return <To to={{ place: 'journal', rest: rest ?? '' }}>{drafts.get(follow.id) ?? text('close.follow.draft')}</To>;
		case 'account':
			return (
				<>
					<To to={{ place: 'journal', rest: rest ?? '' }}>{accountName(follow)}</To>
					{follow.amount !== null && (
						<Text span size="sm">
							{' '}
							<Amount value={follow.amount} /> {follow.currency}
						</Text>
					)}
					{follow.date !== null && (
						<Text span size="sm">
							{' '}
							{text('close.follow.on', { date: shownDate(follow.date, dateFormat) })}
						</Text>
					)}
				</>
			);
		case 'reconcile':
			return <To to={{ place: 'close', rest: reconcileRest(follow.code) }}>{accountName(follow)}</To>;
		case 'period':
			return <To to={{ place: 'close', period: follow.name, rest: '' }}>{follow.name}</To>;
		case 'chart':
			return <To to={{ place: 'accounts', rest: '' }}>{text('close.follow.chart')}</To>;
	}
}

const accountName = ({ code, name }: { readonly code: string; readonly name: string }): string => (code === name ? code : `${code} ${name}`);

function To({ to, children }: { readonly to: Pick<Address, 'place' | 'rest'> & { readonly period?: string }; readonly children: ReactNode }) {
	const { companyId, period } = useCompany();
	return (
		<Anchor component={Link} size="sm" href={formatAddress({ companyId, period: to.period ?? period?.name ?? 'current', place: to.place, rest: to.rest })}>
			{children}
		</Anchor>
	);
}
