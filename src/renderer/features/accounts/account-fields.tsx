import { Checkbox, Select, TextInput } from '@mantine/core';
import { accountSubtype, accountType } from '#shared/contract/companies.contract.ts';
import { allCurrencies } from '#shared/kernel/currency.ts';
import { useText } from '#renderer/lib/texts.ts';
import type { AccountFields } from './account-change.ts';
import type { Account } from './account-rows.ts';

interface FieldsProps {
	/** As it stands; null for a new one. */
	readonly account: Account | null;
	readonly form: AccountFields;
	readonly set: (field: Partial<AccountFields>) => void;
}

const CURRENCIES = [...allCurrencies()];

export function AccountNames({ form, set }: FieldsProps) {
	const text = useText();
	return (
		<>
			<TextInput
				data-autofocus
				label={text('accounts.code')}
				required
				maxLength={60}
				value={form.code}
				onChange={(event) => set({ code: event.currentTarget.value })}
			/>
			<TextInput label={text('accounts.name')} required maxLength={400} value={form.name} onChange={(event) => set({ name: event.currentTarget.value })} />
		</>
	);
}

export function AccountChoices({ form, set }: FieldsProps) {
	const text = useText();
	return (
		<>
			<Select
				label={text('accounts.type')}
				data={accountType.options.map((value) => ({ value, label: text(`accounts.type.${value}`) }))}
				value={form.type}
				allowDeselect={false}
				onChange={(type) => type !== null && set({ type })}
			/>
			<Select
				label={text('accounts.subtype')}
				description={text('accounts.subtype.how')}
				data={accountSubtype.options.map((value) => ({ value, label: text(`accounts.subtype.${value}`) }))}
				value={form.subtype}
				clearable
				searchable
				onChange={(subtype) => set({ subtype })}
			/>
			<Select
				label={text('accounts.currency')}
				description={text('accounts.currency.how')}
				data={CURRENCIES}
				value={form.currency}
				clearable
				searchable
				onChange={(currency) => set({ currency })}
			/>
		</>
	);
}

/** Whether it is reconciled, with the reason where it is no more, and whether it is in use. */
export function AccountSwitches({ account, form, set }: FieldsProps) {
	const text = useText();
	return (
		<>
			<Checkbox
				label={text('accounts.reconcile')}
				checked={form.requiresReconciliation}
				onChange={(event) => set({ requiresReconciliation: event.currentTarget.checked })}
			/>
			{account?.requiresReconciliation && !form.requiresReconciliation && (
				<TextInput label={text('accounts.reconcile.reason')} required value={form.reason} onChange={(event) => set({ reason: event.currentTarget.value })} />
			)}
			{account !== null && (
				<Checkbox label={text('accounts.active')} checked={form.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
			)}
		</>
	);
}
