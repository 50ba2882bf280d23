import { Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useUnsaved } from '#renderer/lib/unsaved.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormButtons } from '#renderer/ui/form-buttons.tsx';
import { accountChange, type AccountFields, fieldsOf } from './account-change.ts';
import { AccountChoices, AccountNames, AccountSwitches } from './account-fields.tsx';
import type { Account } from './account-rows.ts';

/** A new account, or the one that is changed. What the books do not allow is refused with its reason and nothing is lost of the form. */
export function AccountForm({ account, onClose }: { readonly account: Account | null; readonly onClose: () => void }) {
	const text = useText();
	const { companyId } = useCompany();
	const [form, setForm] = useState<AccountFields>(() => fieldsOf(account));
	const [isTouched, setTouched] = useState(false);
	const add = useDo('ledger', 'addAccount', { onDone: onClose });
	const change = useDo('ledger', 'setAccount', { onDone: onClose });
	const error = add.error ?? change.error;
	useUnsaved(isTouched);
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		const { given, changed } = accountChange(account, form);
		if (account === null) add.mutate({ companyId, ...given });
		else if (Object.keys(changed).length === 0) onClose();
		else change.mutate({ companyId, account: account.ref, ...changed });
	};
	const fields = {
		account,
		form,
		set: (field: Partial<AccountFields>) => {
			setForm({ ...form, ...field });
			setTouched(true);
		},
	};
	return (
		<Modal
			opened
			onClose={onClose}
			closeOnClickOutside={!isTouched}
			title={text(account === null ? 'accounts.new' : 'accounts.edit')}
			closeButtonProps={{ 'aria-label': text('frame.close') }}
		>
			<form onSubmit={submit}>
				<Stack gap="sm">
					<AccountNames {...fields} />
					<AccountChoices {...fields} />
					<AccountSwitches {...fields} />
					{error && <ErrorNotice error={error} />}
					<FormButtons isSaving={add.isPending || change.isPending} onCancel={onClose} />
				</Stack>
			</form>
		</Modal>
	);
}
