import { Stack, Title } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';
import { CloseForm } from './close-form.tsx';
import { CloseHistory } from './close-history.tsx';
import { ClosedFacts } from './closed-facts.tsx';
import { ClosingEntry } from './closing-entry.tsx';
import { IssueList } from './issue-list.tsx';
import type { CloseView } from './use-close-view.ts';

/** Before the close: exactly what will happen. After it: who, when, why, and the seal. */
export function CloseStep({ view }: { readonly view: CloseView }) {
	const text = useText();
	const { period, closes } = view;
	const standing = closes.at(-1);
	if (period.status === 'CLOSED' && standing) {
		return (
			<Stack gap="md">
				<ClosedFacts period={period} close={standing} job={view.job} />
				<CloseHistory period={period} closes={closes} />
			</Stack>
		);
	}
	return (
		<Stack gap="sm">
			<Title order={2}>{text('close.will.title', { period: period.name })}</Title>
			<IssueList groups={view.groups.filter(({ step }) => step === 'close')} period={period} />
			<ClosingEntry period={period}>
				<CloseForm view={view} />
			</ClosingEntry>
			<CloseHistory period={period} closes={closes} />
		</Stack>
	);
}
