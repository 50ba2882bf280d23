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
import { AccountForm } from './account-form.tsx';
import { type AccountRow, accountRows, foundRows } from './account-rows.ts';
import { LedgerPanel } from './ledger-panel.tsx';
import { useLedgerSpan } from './ledger-span.ts';
import classes from './accounts.module.css';

/** The chart of accounts with what each stands at when the period in hand ends; the ledger of the chosen one beside it. */
export function AccountsView({ chosen }: { readonly chosen: string }) {
	const text = useText();
	const go = useGo();
	const company = useCompany();
	const { companyId, currency } = company;
	const span = useLedgerSpan();
	const listed = useAsk('ledger', 'listAccounts', { companyId });
	const balances = useAsk('reports', 'trialBalance', { companyId, asOf: span.to }, { keepPrevious: true });
	const [typed, setTyped] = useState('');
	const [form, setForm] = useState<'none' | 'new' | 'edit'>('none');
	const rows = useMemo(() => accountRows(listed.data?.accounts ?? [], balances.data?.rows ?? [], currency), [listed.data, balances.data, currency]);
	const columns = useAccountColumns(chosen !== '');
	const account = rows.find(({ code }) => code === chosen);
	const mayChange = company.may('ManageCompany');
	if (listed.error) return <ErrorNotice error={listed.error} onRetry={() => void listed.refetch()} />;
	if (!listed.data) return <Waiting what={text('accounts.loading')} />;
	return (
		<div className={classes.view}>
			<div className={classes.list}>
				<div className={classes.tools}>
					<TextInput
						aria-label={text('accounts.find')}
						placeholder={text('accounts.find')}
						leftSection={<IconSearch size={16} aria-hidden />}
						value={typed}
						onChange={(event) => setTyped(event.currentTarget.value)}
						style={{ flex: 1 }}
					/>
					{mayChange && (
						<Button leftSection={<IconPlus size={16} aria-hidden />} variant="default" onClick={() => setForm('new')}>
							{text('accounts.new')}
						</Button>
					)}
				</div>
				<div className={classes.table}>
					<DataTable
						label={text('accounts.chart')}
						columns={columns}
						rows={foundRows(rows, typed)}
						rowKey={({ code }) => code}
						openKey={chosen}
						onOpen={({ code }) => go({ rest: `chart/${encodeURIComponent(code)}` })}
						empty={<Text c="dimmed">{text(typed === '' ? 'accounts.empty' : 'frame.search.nothing')}</Text>}
					/>
				</div>
			</div>
			{account && (
				<LedgerPanel
					key={account.code}
					title={`${account.code} ${account.name}`}
					asked={{ companyId, account: account.code, ...span }}
					actions={
						mayChange && (
							<Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setForm('edit')}>
								{text('accounts.edit')}
							</Button>
						)
					}
					onClose={() => go({ rest: 'chart' })}
				/>
			)}
			{form !== 'none' && <AccountForm account={form === 'edit' ? (account ?? null) : null} onClose={() => setForm('none')} />}
		</div>
	);
}

/** Beside an open ledger there is room for what names an account and what it stands at. */
function useAccountColumns(isNarrow: boolean): readonly DataColumn<AccountRow>[] {
	const text = useText();
	return useMemo(() => {
		const all: (DataColumn<AccountRow> & { readonly only?: 'wide' | 'narrow' })[] = [
			{ id: 'code', header: text('accounts.code'), width: '60px', cell: ({ code }) => <span title={code}>{code}</span>, sortBy: ({ code }) => code },
			{
				id: 'name',
				header: text('accounts.name'),
				width: isNarrow ? 'minmax(96px, 1fr)' : 'minmax(140px, 1fr)',
				cell: ({ name, active }) => (
					<span title={name} className={active ? undefined : classes.inactive}>
						{name}
					</span>
				),
				sortBy: ({ name }) => name,
			},
			{ id: 'type', header: text('accounts.type'), width: '90px', cell: ({ type }) => text(`accounts.type.${type}`), sortBy: ({ type }) => type, only: 'wide' },
			{
				id: 'subtype',
				header: text('accounts.subtype'),
				width: '130px',
				cell: ({ subtype }) => (subtype === null ? '' : text(`accounts.subtype.${subtype}`)),
				sortBy: ({ subtype }) => subtype ?? '',
				only: 'wide',
			},
			{
				id: 'currency',
				header: text('accounts.currency'),
				width: '76px',
				cell: ({ currency }) => currency ?? '',
				sortBy: ({ currency }) => currency ?? '',
				only: 'wide',
			},
			{
				id: 'debit',
				header: text('accounts.debit'),
				width: '116px',
				align: 'end',
				cell: ({ debit }) => debit !== '' && <Amount value={debit} />,
				sortBy: ({ balance }) => balance ?? 0n,
				only: 'wide',
			},
			{
				id: 'credit',
				header: text('accounts.credit'),
				width: '116px',
				align: 'end',
				cell: ({ credit }) => credit !== '' && <Amount value={credit} />,
				sortBy: ({ balance }) => -(balance ?? 0n),
				only: 'wide',
			},
			{
				id: 'balance',
				header: text('accounts.ledger.balance'),
				width: '106px',
				align: 'end',
				cell: ({ debit, credit }) => (debit !== '' || credit !== '') && <Amount value={debit === '' ? `-${credit}` : debit} />,
				sortBy: ({ balance }) => balance ?? 0n,
				only: 'narrow',
			},
		];
		return all.filter(({ only = null }) => only === null || (only === 'narrow') === isNarrow);
	}, [text, isNarrow]);
}
