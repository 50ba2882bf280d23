import { ActionIcon, Anchor, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowLeft, IconEdit } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { CURRENT_PERIOD, formatAddress } from '#renderer/lib/address.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { AttachmentList } from './attachment-list.tsx';
import type { Entry } from './entry-form.ts';
import { EntryLines } from './entry-lines.tsx';
import { ReverseDialog } from './reverse-dialog.tsx';
import { useJournalBack, useJournalGo } from './use-journal-go.ts';
import { useKeys } from './use-keys.ts';
import classes from './editor.module.css';
import quiet from './journal.module.css';

/** A posted entry: it never changes. It can be reversed, or corrected by a reversal and a new entry. */
export function EntryPage({ no }: { readonly no: number }) {
	const text = useText();
	const { companyId } = useCompany();
	const back = useJournalBack();
	const { data: entry, error, refetch } = useAsk('ledger', 'showEntry', { companyId, no });
	useKeys({ Escape: back });
	if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!entry) return <Waiting what={text('journal.loading')} />;
	return (
		<div className={classes.page}>
			<EntryTop entry={entry} no={no} onBack={back} />
			<div className={classes.body}>
				<EntryLines entry={entry} />
				<Group align="flex-start" gap={48} mt="md" wrap="nowrap">
					<EntryFacts entry={entry} />
					<AttachmentList entry={entry} no={no} />
				</Group>
			</div>
		</div>
	);
}

function EntryTop({ entry, no, onBack }: { readonly entry: Entry; readonly no: number; readonly onBack: () => void }) {
	const text = useText();
	const { dateFormat, may } = useCompany();
	const go = useJournalGo();
	const [isReversing, setReversing] = useState(false);
	const canChange = may('PostJournal') && entry.reversedBy === null && entry.source !== 'CLOSING';
	const correct = () => canChange && go({ page: 'correct', no });
	const reverse = () => canChange && setReversing(true);
	useKeys({ r: reverse, c: correct });
	return (
		<Group justify="space-between" align="flex-start" px="md" py="sm" wrap="nowrap">
			<Group gap="sm" align="flex-start" wrap="nowrap">
				<Tooltip label={text('frame.back')}>
					<ActionIcon variant="subtle" color="gray" aria-label={text('frame.back')} onClick={onBack}>
						<IconArrowLeft size={18} aria-hidden />
					</ActionIcon>
				</Tooltip>
				<div>
					<Title order={1}>{text('journal.entry.title', { no: String(no), date: shownDate(entry.date, dateFormat) })}</Title>
					<Text>{entry.description}</Text>
					<Standing entry={entry} />
				</div>
			</Group>
			{canChange && (
				<Group gap="xs" wrap="nowrap">
					<Button variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={reverse}>
						{text('journal.reverse')}
					</Button>
					<Button variant="default" leftSection={<IconEdit size={16} aria-hidden />} onClick={correct}>
						{text('journal.correct')}
					</Button>
				</Group>
			)}
			<ReverseDialog entry={entry} no={no} opened={isReversing} onClose={() => setReversing(false)} />
		</Group>
	);
}

/** What stands in the way of changing it: reversed, a reversal, a closing entry. */
function Standing({ entry }: { readonly entry: Entry }) {
	const text = useText();
	const { companyId } = useCompany();
	const other = entry.reversedBy ?? entry.reverses;
	if (entry.source === 'CLOSING') return <Text className={quiet.quiet}>{text('journal.entry.closing')}</Text>;
	if (other === null) return null;
	return (
		<Anchor component={Link} href={formatAddress({ companyId, period: CURRENT_PERIOD, place: 'journal', rest: `entry/${other}` })}>
			{text(entry.reversedBy === null ? 'journal.reverses' : 'journal.reversedBy', { no: String(other) })}
		</Anchor>
	);
}

function EntryFacts({ entry }: { readonly entry: Entry }) {
	const text = useText();
	const facts: readonly (readonly [string, string | null])[] = [
		[text('journal.field.reference'), entry.reference],
		[text('journal.column.source'), text(`journal.source.${entry.source}`)],
		[text('journal.externalNo'), entry.externalNo],
		[text('journal.postedBy'), entry.postedBy],
		[text('journal.postedAt'), entry.postedAt?.replace('T', ' ').replace(/\.\d+Z$/, ' UTC') ?? null],
		[text('journal.hash'), entry.hash],
	];
	return (
		<dl className={classes.facts} style={{ flex: 1, minWidth: 0 }}>
			{facts
				.filter(([, value]) => value !== null && value !== '')
				.map(([name, value]) => (
					<div key={name} style={{ display: 'contents' }}>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</div>
				))}
		</dl>
	);
}
