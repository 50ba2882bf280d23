import { Checkbox, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useUnsaved } from '#renderer/lib/unsaved.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormButtons } from '#renderer/ui/form-buttons.tsx';
import { listOf, type Party } from './party-rows.ts';

/** A new party, or the one that is changed. */
export function PartyForm({ party, onClose }: { readonly party: Party | null; readonly onClose: () => void }) {
	const text = useText();
	const { companyId } = useCompany();
	const [name, setName] = useState(party?.name ?? '');
	const [aliases, setAliases] = useState(party?.aliases.join(', ') ?? '');
	const [emails, setEmails] = useState(party?.emails.join(', ') ?? '');
	const [active, setActive] = useState(party?.active ?? true);
	const add = useDo('ledger', 'addParty', { onDone: onClose });
	const change = useDo('ledger', 'setParty', { onDone: onClose });
	const [isTouched, setTouched] = useState(false);
	useUnsaved(isTouched);
	const error = add.error ?? change.error;
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		const given = { companyId, name: name.trim(), aliases: listOf(aliases), emails: listOf(emails) };
		if (party === null) add.mutate(given);
		else change.mutate({ ...given, party: party.ref, active });
	};
	return (
		<Modal
			opened
			onClose={onClose}
			closeOnClickOutside={!isTouched}
			title={text(party === null ? 'accounts.parties.new' : 'accounts.edit')}
			closeButtonProps={{ 'aria-label': text('frame.close') }}
		>
			<form onSubmit={submit} onChange={() => setTouched(true)}>
				<Stack gap="sm">
					<TextInput
						data-autofocus
						label={text('accounts.name')}
						required
						maxLength={400}
						value={name}
						onChange={(event) => setName(event.currentTarget.value)}
					/>
					<Textarea
						label={text('accounts.parties.aliases')}
						description={text('accounts.parties.aliases.how')}
						autosize
						value={aliases}
						onChange={(event) => setAliases(event.currentTarget.value)}
					/>
					<Textarea label={text('accounts.parties.emails')} autosize value={emails} onChange={(event) => setEmails(event.currentTarget.value)} />
					{party !== null && <Checkbox label={text('accounts.active')} checked={active} onChange={(event) => setActive(event.currentTarget.checked)} />}
					{error && <ErrorNotice error={error} />}
					<FormButtons isSaving={add.isPending || change.isPending} onCancel={onClose} />
				</Stack>
			</form>
		</Modal>
	);
}
