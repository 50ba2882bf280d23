import { Button, Center, Group, Stack, Text, Title } from '@mantine/core';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import type { ListView } from './journal-address.ts';
import { useJournalGo } from './use-journal-go.ts';
import quiet from './journal.module.css';

/** Nothing to list: either nothing agrees with the filters, or nothing was posted yet. */
export function JournalEmpty({ view }: { readonly view: ListView }) {
	const text = useText();
	const go = useJournalGo();
	const { period, may } = useCompany();
	const isFiltered = Object.keys(view).some((field) => !['order', 'at', 'dates'].includes(field));
	const isOfPeriod = view.dates !== 'all' && view.from === undefined && view.to === undefined && period !== null;
	return (
		<Center style={{ flex: 1 }} p="xl">
			<Stack align="center" gap="xs" maw={460}>
				<Title order={2}>{text(isFiltered ? 'journal.empty.filtered' : 'journal.empty.title')}</Title>
				<Text className={quiet.quiet} ta="center">
					{isFiltered || (isOfPeriod && period)
						? text('journal.empty.elsewhere', { period: isOfPeriod && period ? period.name : 'none' })
						: text('journal.empty.text')}
				</Text>
				<Group>
					{isOfPeriod && (
						<Button variant="default" onClick={() => go({ page: 'list', view: { ...view, dates: 'all' } }, { replace: true })}>
							{text('journal.filter.allDates')}
						</Button>
					)}
					{!isFiltered && may('PostJournal') && <Button onClick={() => go({ page: 'new' })}>{text('journal.new')}</Button>}
					{!isFiltered && may('PostJournal') && (
						<Button variant="default" onClick={() => go({ page: 'import' })}>
							{text('journal.import')}
						</Button>
					)}
				</Group>
			</Stack>
		</Center>
	);
}
