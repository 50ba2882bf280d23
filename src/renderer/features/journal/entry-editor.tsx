import { Alert, Anchor, Button, Checkbox, Group, Kbd, TextInput, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { formatAddress } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import type { EntryForm } from './entry-form.ts';
import { EntryGrid } from './entry-grid.tsx';
import { EntryTotals } from './entry-totals.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import type { RefusalPlace } from './refusals.ts';
import { typedDate } from '#renderer/lib/typed-date.ts';
import { useDateContext } from './use-date-context.ts';
import { type EntryFormState, useEntryForm } from './use-entry-form.ts';
import { type EditorSubject, hasContent, useEntrySaving } from './use-entry-saving.ts';
import { useJournalBack, useJournalGo } from './use-journal-go.ts';
import { type Names, useNames } from './use-names.ts';
import classes from './editor.module.css';

interface EntryEditorProps {
	readonly subject: EditorSubject;
	readonly start: EntryForm;
	readonly title: string;
}

/** An entry under way: new, a draft, or the correction of a posted one. */
export function EntryEditor({ subject, start, title }: EntryEditorProps) {
	const text = useText();
	const { currency } = useCompany();
	const go = useJournalGo();
	const back = useJournalBack();
	const names = useNames();
	const state = useEntryForm(start, currency);
	const [isAsking, setAsking] = useState(false);
	const saving = useEntrySaving({ subject, state, onPosted: (no) => go({ page: 'entry', no }, { replace: true }) });
	const page = useRef<HTMLDivElement>(null);
	const keepDraft = async () => {
		const id = await saving.saveDraft();
		if (id !== null && subject.kind === 'new') history.replaceState(history.state, '', location.hash.replace(/\/new$/, `/draft/${id}`));
	};
	const leave = () => {
		if (state.isDirty && hasContent(state.form)) setAsking(true);
		else back();
	};
	useEditorKeys({ post: () => void saving.post(), keep: () => void keepDraft(), leave });
	useEffect(() => {
		if (saving.refusal !== null) page.current?.querySelector<HTMLInputElement>('input[aria-invalid="true"]')?.focus();
	}, [saving.refusal]);
	return (
		<div ref={page} className={classes.page}>
			<EntryHead title={title} state={state} />
			<div className={classes.body}>
				<Refusal refusal={saving.refusal} />
				<EditorLines state={state} names={names} />
			</div>
			<div className={classes.foot}>
				<EntryTotals lines={state.form.lines} />
				<Group gap="xs" wrap="nowrap">
					<Button variant="subtle" onClick={leave} rightSection={<Kbd size="xs">Esc</Kbd>}>
						{text('frame.cancel')}
					</Button>
					{subject.kind !== 'correct' && (
						<Button variant="default" disabled={saving.isBusy} onClick={() => void keepDraft()} rightSection={<Kbd size="xs">Ctrl S</Kbd>}>
							{text('journal.keepDraft')}
						</Button>
					)}
					<Button loading={saving.isBusy} onClick={() => void saving.post()} rightSection={<Kbd size="xs">Ctrl ↵</Kbd>}>
						{text(subject.kind === 'correct' ? 'journal.postCorrection' : 'journal.post')}
					</Button>
				</Group>
			</div>
			<LeaveDialog
				opened={isAsking}
				isDraft={subject.kind === 'draft' || saving.hasDraft()}
				onStay={() => setAsking(false)}
				onKeep={() => void saving.saveDraft().then((id) => id !== null && back())}
				onThrowAway={() => {
					if (subject.kind === 'draft') {
						saving.leaveAsItWas();
						back();
					} else void saving.throwAway().then((isDone) => isDone && back());
				}}
			/>
		</div>
	);
}

function EntryHead({ title, state }: { readonly title: string; readonly state: EntryFormState }) {
	const text = useText();
	const { dateFormat } = useCompany();
	const dates = useDateContext();
	const [isTypingDate, setTypingDate] = useState(false);
	const first = useRef<HTMLInputElement>(null);
	useEffect(() => {
		first.current?.focus();
		first.current?.select();
	}, []);
	const { form, faults, setHead } = state;
	const leaveDate = () => {
		setTypingDate(false);
		const date = typedDate(form.date, dates);
		if (date !== null && date !== form.date) setHead('date', date);
	};
	return (
		<>
			<Title order={1} px="md" pt="sm">
				{title}
			</Title>
			<Group px="md" py="xs" gap="sm" align="flex-start" wrap="nowrap">
				<TextInput
					ref={first}
					w={120}
					label={text('journal.field.date')}
					title={text('journal.date.hint')}
					value={isTypingDate || !/^\d{4}-/.test(form.date) ? form.date : shownDate(form.date, dateFormat)}
					error={faults.get('date')}
					onFocus={() => setTypingDate(true)}
					onChange={(event) => setHead('date', event.currentTarget.value)}
					onBlur={leaveDate}
				/>
				<TextInput
					style={{ flex: 1 }}
					label={text('journal.field.description')}
					value={form.description}
					error={faults.get('description')}
					onChange={(event) => setHead('description', event.currentTarget.value)}
				/>
				<TextInput
					w={180}
					label={text('journal.field.reference')}
					value={form.reference}
					onChange={(event) => setHead('reference', event.currentTarget.value)}
				/>
			</Group>
		</>
	);
}

function EditorLines({ state, names }: { readonly state: EntryFormState; readonly names: Names }) {
	const text = useText();
	const [wantsCurrency, setCurrency] = useState(false);
	const [wantsMore, setMore] = useState(false);
	const isForeign = state.form.lines.some((line) => line.currency !== '');
	const hasMore = state.form.lines.some((line) => line.dueDate !== '' || line.reference !== '');
	return (
		<>
			<Group gap="lg" pb={6}>
				<Checkbox
					size="xs"
					label={text('journal.showCurrency')}
					checked={wantsCurrency || isForeign}
					disabled={isForeign}
					onChange={(event) => setCurrency(event.currentTarget.checked)}
				/>
				<Checkbox
					size="xs"
					label={text('journal.showMore')}
					checked={wantsMore || hasMore}
					disabled={hasMore}
					onChange={(event) => setMore(event.currentTarget.checked)}
				/>
			</Group>
			<EntryGrid state={state} names={names} withCurrency={wantsCurrency || isForeign} withMore={wantsMore || hasMore} />
			<Button mt={6} size="xs" variant="subtle" onClick={state.addLine}>
				{text('journal.addLine')}
			</Button>
		</>
	);
}

/** What the program refused, with the way to where it can be settled. */
function Refusal({ refusal }: { readonly refusal: RefusalPlace | null }) {
	const text = useText();
	const { companyId } = useCompany();
	if (refusal === null) return null;
	return (
		<Alert color="red" role="alert" py="xs" mb="xs" title={refusal.line === null ? undefined : text('journal.atLine', { line: refusal.line + 1 })}>
			{refusal.message}{' '}
			{refusal.period !== null && (
				<Anchor component={Link} href={formatAddress({ companyId, period: refusal.period, place: 'close' })}>
					{text('journal.toPeriod', { period: refusal.period })}
				</Anchor>
			)}
		</Alert>
	);
}

interface EditorKeys {
	readonly post: () => void;
	readonly keep: () => void;
	readonly leave: () => void;
}

/** Ctrl/Cmd-Enter, Ctrl/Cmd-S and Escape, wherever in the editor the person is. */
function useEditorKeys(keys: EditorKeys): void {
	const now = useRef(keys);
	now.current = keys;
	useEffect(() => {
		const listen = (event: KeyboardEvent): void => {
			if (event.defaultPrevented || document.querySelector('[role="dialog"]') !== null) return;
			const isModified = event.ctrlKey || event.metaKey;
			const wanted =
				isModified && event.key === 'Enter' ? 'post' : isModified && event.key.toLowerCase() === 's' ? 'keep' : event.key === 'Escape' ? 'leave' : null;
			if (wanted === null) return;
			event.preventDefault();
			// What is typed in the cell counts before anything is sent.
			if (document.activeElement instanceof HTMLInputElement && wanted !== 'leave') document.activeElement.blur();
			setTimeout(() => now.current[wanted]());
		};
		document.addEventListener('keydown', listen);
		return () => document.removeEventListener('keydown', listen);
	}, []);
}
