import { Button, Group, Table, Text, TextInput, Title } from '@mantine/core';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { CURRENT_PERIOD, formatAddress } from '#renderer/lib/address.ts';
import { useAsk } from '#renderer/lib/queries.ts';
import { usePageTitle } from '#renderer/lib/page-title.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { OutsidePage } from '#renderer/ui/outside-page.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { BoardRow } from './board-row.tsx';
import { OpenSample } from './open-sample.tsx';

/** All companies of the practice: what each is at, and what keeps it from being closed. */
export function PracticeBoard() {
	const text = useText();
	usePageTitle(text('frame.company.all'));
	const { data, error, refetch } = useAsk('companies', 'list', undefined);
	const [search, setSearch] = useState('');
	const [, setPath] = useLocation();
	const queries = useQueryClient();
	const found = data?.companies.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase())) ?? [];
	return (
		<OutsidePage isWide>
			<Group justify="space-between" mb="md">
				<Title order={1}>{text('frame.company.all')}</Title>
				<Group gap="sm">
					<TextInput
						aria-label={text('companies.find')}
						placeholder={text('companies.find')}
						leftSection={<IconSearch size={16} aria-hidden />}
						value={search}
						onChange={(event) => setSearch(event.currentTarget.value)}
					/>
					<Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setPath('/new')}>
						{text('frame.company.new')}
					</Button>
				</Group>
			</Group>
			{error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
			{!data && !error && <Waiting what={text('frame.connecting')} />}
			{data && (
				<Table highlightOnHover withTableBorder verticalSpacing={6} aria-label={text('frame.company.all')}>
					<Table.Thead>
						<Table.Tr>
							<Table.Th>{text('frame.company')}</Table.Th>
							<Table.Th>{text('companies.currency')}</Table.Th>
							<Table.Th>{text('companies.board.year')}</Table.Th>
							<Table.Th>{text('companies.board.inHand')}</Table.Th>
							<Table.Th>{text('companies.board.reconciled')}</Table.Th>
							<Table.Th>{text('companies.board.lastClose')}</Table.Th>
						</Table.Tr>
					</Table.Thead>
					<Table.Tbody>
						{found.map((company) => (
							<BoardRow key={company.companyId} company={company} />
						))}
					</Table.Tbody>
				</Table>
			)}
			{data && found.length === 0 && (
				<Text p="md" c="dimmed">
					{text(data.companies.length === 0 ? 'companies.board.empty' : 'frame.search.nothing')}
				</Text>
			)}
			{data?.companies.length === 0 && (
				<OpenSample
					onOpened={(companyId) => {
						void queries.invalidateQueries();
						setPath(formatAddress({ companyId, period: CURRENT_PERIOD, place: 'close' }));
					}}
				/>
			)}
		</OutsidePage>
	);
}
