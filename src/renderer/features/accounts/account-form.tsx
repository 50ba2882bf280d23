import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { accountSubtype, accountType } from '#shared/contract/companies.contract.ts';
import { allCurrencies } from '#shared/kernel/currency.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import type { Account } from './account-rows.ts';
import { accountChange } from './account-change.ts';

const CURRENCIES = [...allCurrencies()];

/** A new account, or the one that is changed. What the books do not allow is refused with its reason and nothing is lost of the form. */
export function AccountForm({ account, onClose }: { readonly account: Account | null; readonly onClose: () => void }) {
	const text = useText();
	const { companyId } = useCompany();
	const [form, setForm] = useState(() => ({
		code: account?.code ?? '',
		name: account?.name ?? '',
		type: account?.type ?? ('EXPENSE' as const),
		subtype: account?.subtype ?? null,
		currency: account?.currency ?? null,
		requiresReconciliation: account?.requiresReconciliation ?? false,
		reason: '',
		active: account?.active ?? true,
	}));
	const add = useDo('ledger', 'addAccount', { onDone: onClose });
	const change = useDo('ledger', 'setAccount', { onDone: onClose });
	const error = add.error ?? change.error;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		const { given, changed } = accountChange(account, form);
		if (account === null) add.mutate({ companyId, ...given });
		else if (Object.keys(changed).length === 0) onClose();
		else change.mutate({ companyId, account: account.ref, ...changed });
	};
	return (
		<Modal opened onClose={onClose} title={text(account === null ? 'accounts.new' : 'accounts.edit')} closeButtonProps={{ 'aria-label': text('frame.close') }}>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<TextInput
						data-autofocus
						label={text('accounts.code')}
						required
						maxLength={60}
						value={form.code}
						onChange={(event) => setForm({ ...form, code: event.currentTarget.value })}
					/>
					<TextInput
						label={text('accounts.name')}
						required
						maxLength={400}
						value={form.name}
						onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
					/>
					<Select
						label={text('accounts.type')}
						data={accountType.options.map((value) => ({ value, label: text(`accounts.type.${value}`) }))}
						value={form.type}
						allowDeselect={false}
						onChange={(type) => type !== null && setForm({ ...form, type })}
					/>
					<Select
						label={text('accounts.subtype')}
						description={text('accounts.subtype.how')}
						data={accountSubtype.options.map((value) => ({ value, label: text(`accounts.subtype.${value}`) }))}
						value={form.subtype}
						clearable
						searchable
						onChange={(subtype) => setForm({ ...form, subtype })}
					/>
					<Select
						label={text('accounts.currency')}
						description={text('accounts.currency.how')}
						data={CURRENCIES}
						value={form.currency}
						clearable
						searchable
						onChange={(currency) => setForm({ ...form, currency })}
					/>
					<Checkbox
						label={text('accounts.reconcile')}
						checked={form.requiresReconciliation}
						onChange={(event) => setForm({ ...form, requiresReconciliation: event.currentTarget.checked })}
					/>
					{account?.requiresReconciliation && !form.requiresReconciliation && (
						<TextInput
							label={text('accounts.reconcile.reason')}
							required
							value={form.reason}
							onChange={(event) => setForm({ ...form, reason: event.currentTarget.value })}
						/>
					)}
					{account !== null && (
						<Checkbox label={text('accounts.active')} checked={form.active} onChange={(event) => setForm({ ...form, active: event.currentTarget.checked })} />
					)}
					{error && <ErrorNotice error={error} />}
					<Group justify="end">
						<Button variant="default" onClick={onClose}>
							{text('frame.cancel')}
						</Button>
						<Button type="submit" loading={add.isPending || change.isPending}>
							{text('frame.save')}
						</Button>
					</Group>
				</Stack>
			</form>
		</Modal>
	);
}
