import { Button, Text, TextInput } from '@mantine/core';
import { IconPencil, IconPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { Amount } from '#renderer/ui/amount.tsx';
import { type DataColumn, DataTable } from '#renderer/ui/data-table.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { foundRows } from './account-rows.ts';
import { LedgerPanel } from './ledger-panel.tsx';
import { useLedgerSpan } from './ledger-span.ts';
import { PartyForm } from './party-form.tsx';
import { type PartyRow, partyRows } from './party-rows.ts';
import classes from './accounts.module.css';

/** Customers and suppliers with what is open of them when the period in hand ends; the ledger of the chosen one beside it. */
export function PartiesView({ chosen }: { readonly chosen: string }) {
	const text = useText();
	const go = useGo();
	const company = useCompany();
	const { companyId, currency } = company;
	const span = useLedgerSpan();
	const listed = useAsk('ledger', 'listParties', { companyId });
	const owing = useAsk('reports', 'outstanding', { companyId, side: 'receivable', asOf: span.to }, { keepPrevious: true });
	const owed = useAsk('reports', 'outstanding', { companyId, side: 'payable', asOf: span.to }, { keepPrevious: true });
	const [typed, setTyped] = useState('');
	const [form, setForm] = useState<'none' | 'new' | 'edit'>('none');
	const rows = useMemo(
		() => partyRows(listed.data?.parties ?? [], owing.data?.parties ?? [], owed.data?.parties ?? [], currency),
		[listed.data, owing.data, owed.data, currency],
	);
	const columns = usePartyColumns(chosen !== '');
	const party = rows.find(({ ref }) => ref === chosen);
	const mayChange = company.may('PostJournal');
	if (listed.error) return <ErrorNotice error={listed.error} onRetry={() => void listed.refetch()} />;
	if (!listed.data) return <Waiting what={text('accounts.loading')} />;
	return (
		<div className={classes.view}>
			<div className={`${classes.list} ${classes.listParties}`}>
				<div className={classes.tools}>
					<TextInput
						aria-label={text('accounts.parties.find')}
						placeholder={text('accounts.parties.find')}
						leftSection={<IconSearch size={16} aria-hidden />}
						value={typed}
						onChange={(event) => setTyped(event.currentTarget.value)}
						style={{ flex: 1 }}
					/>
					{mayChange && (
						<Button leftSection={<IconPlus size={16} aria-hidden />} variant="default" onClick={() => setForm('new')}>
							{text('accounts.parties.new')}
						</Button>
					)}
				</div>
				<div className={classes.table}>
					<DataTable
						label={text('accounts.parties')}
						columns={columns}
						rows={foundRows(rows, typed)}
						rowKey={({ ref }) => ref}
						openKey={chosen}
						onOpen={({ ref }) => go({ rest: `parties/${encodeURIComponent(ref)}` })}
						empty={<Text c="dimmed">{text(typed === '' ? 'accounts.parties.empty' : 'frame.search.nothing')}</Text>}
					/>
				</div>
			</div>
			{party && (
				<LedgerPanel
					key={party.ref}
					title={party.name}
					asked={{ companyId, party: party.ref, ...span }}
					actions={
						mayChange && (
							<Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setForm('edit')}>
								{text('accounts.edit')}
							</Button>
						)
					}
					onClose={() => go({ rest: 'parties' })}
				/>
			)}
			{form !== 'none' && <PartyForm party={form === 'edit' ? (party ?? null) : null} onClose={() => setForm('none')} />}
		</div>
	);
}

function usePartyColumns(isNarrow: boolean): readonly DataColumn<PartyRow>[] {
	const text = useText();
	return useMemo(() => {
		const all: (DataColumn<PartyRow> & { readonly wide?: boolean })[] = [
			{
				id: 'name',
				header: text('accounts.name'),
				width: 'minmax(90px, 1fr)',
				cell: ({ name, active }) => (
					<span title={name} className={active ? undefined : classes.inactive}>
						{name}
					</span>
				),
				sortBy: ({ name }) => name,
			},
			{ id: 'aliases', header: text('accounts.parties.aliases'), width: 'minmax(100px, 0.7fr)', cell: ({ aliases }) => aliases.join(', '), wide: true },
			{ id: 'emails', header: text('accounts.parties.emails'), width: 'minmax(120px, 0.8fr)', cell: ({ emails }) => emails.join(', '), wide: true },
			{
				id: 'receivable',
				header: text('accounts.parties.receivable'),
				width: '100px',
				align: 'end',
				cell: ({ receivable }) => receivable !== null && <Amount value={receivable} />,
				sortBy: ({ receivableMinor }) => receivableMinor,
			},
			{
				id: 'payable',
				header: text('accounts.parties.payable'),
				width: '100px',
				align: 'end',
				cell: ({ payable }) => payable !== null && <Amount value={payable} />,
				sortBy: ({ payableMinor }) => payableMinor,
			},
		];
		return isNarrow ? all.filter(({ wide }) => wide !== true) : all;
	}, [text, isNarrow]);
}
