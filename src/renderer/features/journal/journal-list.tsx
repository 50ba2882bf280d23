import { Button, Group, Text, Title } from '@mantine/core';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { useCallback, useMemo, useRef } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { EntryRows, type EntryRowsHandle } from './entry-rows.tsx';
import type { Order } from './entry-pages.ts';
import { FilterBar } from './filter-bar.tsx';
import type { ListView } from './journal-address.ts';
import { filterOf } from './list-filter.ts';
import { useEntryRows } from './use-entry-rows.ts';
import { useJournalGo } from './use-journal-go.ts';
import { useKeys } from './use-keys.ts';
import classes from './journal.module.css';

/** All entries that agree with the filters, by date and number. */
export function JournalList({ view }: { readonly view: ListView }) {
	const text = useText();
	const { companyId, currency, period, may } = useCompany();
	const go = useJournalGo();
	const order: Order = view.order === 'oldest' ? 'OLDEST_FIRST' : 'NEWEST_FIRST';
	// The row that was left is no part of what is asked.
	const { at: _, ...asked } = view;
	const key = JSON.stringify([companyId, asked, period?.start, period?.end, currency]);
	const filter = useMemo(() => filterOf(companyId, view, period, currency), [key]);
	const rows = useEntryRows(filter, order);
	const table = useRef<EntryRowsHandle>(null);
	const search = useRef<HTMLInputElement>(null);
	const change = useCallback(
		(changed: Partial<Record<keyof ListView, string | undefined>>) => {
			const next = Object.fromEntries(Object.entries({ ...view, at: undefined, ...changed }).filter(([, value]) => value)) as ListView;
			go({ page: 'list', view: next }, { replace: true });
		},
		[view, go],
	);
	useKeys({
		n: () => may('PostJournal') && go({ page: 'new' }),
		i: () => may('PostJournal') && go({ page: 'import' }),
		'/': () => search.current?.focus(),
	});
	return (
		<div className={classes.place}>
			<Group justify="space-between" px="md" pt="sm" pb={6} wrap="nowrap">
				<Group gap="sm" align="baseline">
					<Title order={1}>{text('frame.place.journal')}</Title>
					<Text className={classes.quiet} role="status">
						{rows.isCounting ? text('journal.counting') : text('journal.count', { count: rows.total })}
					</Text>
				</Group>
				{may('PostJournal') && (
					<Group gap="xs">
						<Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={() => go({ page: 'import' })}>
							{text('journal.import')}
						</Button>
						<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => go({ page: 'new' })}>
							{text('journal.new')}
						</Button>
					</Group>
				)}
			</Group>
			<FilterBar view={view} onChange={change} searchRef={search} onLeave={() => table.current?.focus()} />
			{rows.error ? (
				<ErrorNotice error={rows.error} onRetry={() => void rows.retry()} />
			) : (
				<EntryRows
					key={JSON.stringify([key, order])}
					ref={table}
					filter={filter}
					order={order}
					rows={rows}
					view={view}
					onOrder={() => change({ order: order === 'NEWEST_FIRST' ? 'oldest' : undefined })}
				/>
			)}
		</div>
	);
}
