import { Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { hasText, type Text as Texts, type TextValues } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import { FollowList } from './follow-list.tsx';
import { countOf, type IssueGroup } from './steps.ts';
import classes from './issue-list.module.css';

const LOOKS = { ERROR: IconCircleX, WARNING: IconAlertTriangle, INFO: IconInfoCircle } as const;

interface IssueListProps {
	readonly groups: readonly IssueGroup[];
	readonly period: Period;
	/** Beneath each: what may be done about it here. */
	readonly children?: (group: IssueGroup) => ReactNode;
}

/** Reasons in words, each with the way to where it is put right. */
export function IssueList({ groups, period, children }: IssueListProps) {
	const text = useText();
	if (groups.length === 0) return null;
	return (
		<Stack gap="xs" component="ul" className={classes.list}>
			{groups.map((group) => (
				<Paper key={group.key} component="li" withBorder px="sm" py="xs" data-code={group.code} data-severity={group.severity}>
					<Reason group={group} period={period} text={text} />
					<FollowList group={group} period={period} />
					{children?.(group)}
				</Paper>
			))}
		</Stack>
	);
}

function Reason({ group, period, text }: { readonly group: IssueGroup; readonly period: Period; readonly text: Texts }) {
	const { dateFormat } = useCompany();
	const Icon = LOOKS[group.severity];
	const values = valuesOf(group, period, dateFormat);
	const title = `close.issue.${group.code}`;
	const next = `${title}.next`;
	return (
		<Group gap="xs" wrap="nowrap" align="flex-start">
			<Icon size={17} aria-hidden className={classes.icon} data-severity={group.severity} />
			<div>
				<Text fw={600} size="md">
					<span className={classes.severity} data-severity={group.severity}>
						{text(`close.severity.${group.severity}`)}
					</span>{' '}
					{hasText(title) ? text(title, values) : group.facts}
				</Text>
				{hasText(next) && <Text size="sm">{text(next, values)}</Text>}
			</div>
		</Group>
	);
}

/** What the texts of a code may name: how many, the period, and what its first issue says of itself. */
function valuesOf({ issues }: IssueGroup, period: Period, dateFormat: string): TextValues {
	const values: Record<string, string | number> = {
		accounts: issues.length,
		period: period.name,
		end: shownDate(period.end, dateFormat),
		reaches: '',
		reason: '',
		session: '',
		startedBy: '',
		today: '',
		days: 0,
	};
	for (const [name, value] of Object.entries(issues[0]?.metadata ?? {})) {
		if (typeof value === 'number') values[name] = value;
		else if (typeof value === 'string') values[name] = /^\d{4}-\d{2}-\d{2}$/.test(value) ? shownDate(value, dateFormat) : value;
	}
	return { ...values, count: issues.reduce((sum, issue) => sum + countOf(issue), 0) };
}
