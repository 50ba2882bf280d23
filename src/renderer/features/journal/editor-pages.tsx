import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Waiting } from '#renderer/ui/waiting.tsx';
import { EntryEditor } from './entry-editor.tsx';
import { type Entry, formOf, newForm } from './entry-form.ts';
import { useDateContext } from './use-date-context.ts';
import { useKeptEntry } from './use-kept-entry.ts';

export function NewEntryPage() {
	const text = useText();
	const { near } = useDateContext();
	return <EntryEditor subject={{ kind: 'new' }} start={newForm(near)} title={text('journal.new.title')} />;
}

export function DraftPage({ id }: { readonly id: string }) {
	const text = useText();
	const { companyId, currency } = useCompany();
	const { data, error, refetch } = useAsk('ledger', 'showEntry', { companyId, id });
	// What is typed here is saved while it is typed: a later answer must not replace it.
	const entry = useKeptEntry(data);
	if (error && !entry) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!entry) return <Waiting what={text('journal.loading')} />;
	return <EntryEditor subject={{ kind: 'draft', id }} start={formOf(entry, currency)} title={text('journal.draft.title')} />;
}

export function CorrectPage({ no }: { readonly no: number }) {
	const text = useText();
	const { companyId, currency } = useCompany();
	const { data, error, refetch } = useAsk('ledger', 'showEntry', { companyId, no });
	const entry: Entry | undefined = useKeptEntry(data);
	if (error && !entry) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
	if (!entry) return <Waiting what={text('journal.loading')} />;
	return <EntryEditor subject={{ kind: 'correct', no }} start={formOf(entry, currency)} title={text('journal.correct.title', { no: String(no) })} />;
}
