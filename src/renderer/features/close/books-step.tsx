import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from 'wouter';
import { formatAddress } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { IssueList } from './issue-list.tsx';
import { listRest } from './follow.ts';
import type { CloseView } from './use-close-view.ts';

/** Drafts, unbalanced entries, suspense, missing evidence: each with the way to its entries. */
export function BooksStep({ view }: { readonly view: CloseView }) {
	const text = useText();
	const { companyId } = useCompany();
	const { period } = view;
	const groups = view.groups.filter(({ step }) => step === 'books');
	const isClosed = period.status === 'CLOSED';
	const hasErrors = groups.some(({ severity }) => severity === 'ERROR');
	return (
		<Stack gap="sm">
			<Group justify="space-between" align="baseline">
				<Title order={2}>{text('close.books.title')}</Title>
				<Anchor
					component={Link}
					size="sm"
					href={formatAddress({ companyId, period: period.name, place: 'journal', rest: listRest({ from: period.start, to: period.end }) })}
				>
					{text('close.books.entries', { period: period.name })}
				</Anchor>
			</Group>
			{isClosed && <AllWell>{text('close.books.closed')}</AllWell>}
			{!isClosed && !hasErrors && <AllWell>{text('close.books.done', { period: period.name })}</AllWell>}
			<IssueList groups={groups} period={period} />
		</Stack>
	);
}

/** Nothing is missing here, in words. */
export function AllWell({ children }: { readonly children: string }) {
	return (
		<Group gap="xs" wrap="nowrap">
			<IconCircleCheck size={18} color="light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))" aria-hidden style={{ flex: 'none' }} />
			<Text>{children}</Text>
		</Group>
	);
}
