import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useRef, useState } from 'react';
import { isCivilDate } from '#shared/kernel/civil-date.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { draftOf, type EntryForm, entryOf, isBlank, problemsOf } from './entry-form.ts';
import { type RefusalPlace, refusalPlace } from './refusals.ts';
import { type EntryFormState, faultKey } from './use-entry-form.ts';

/** What the editor works on. */
export type EditorSubject = { readonly kind: 'new' } | { readonly kind: 'draft'; readonly id: string } | { readonly kind: 'correct'; readonly no: number };

interface Saving {
	readonly subject: EditorSubject;
	readonly state: EntryFormState;
	readonly onPosted: (no: number) => void;
}

/** Posts the entry under way, keeps it as a draft, and sees to it that leaving loses nothing. */
export function useEntrySaving({ subject, state, onPosted }: Saving) {
	const text = useText();
	const { client } = useProgram();
	const { companyId, currency } = useCompany();
	const [refusal, setRefusal] = useState<RefusalPlace | null>(null);
	const [isBusy, setBusy] = useState(false);
	const draftId = useRef(subject.kind === 'draft' ? subject.id : null);
	const isOver = useRef(false);
	const work = useRefusable(state, setRefusal, setBusy);
	const keep = useCallback(
		async (form: EntryForm): Promise<string> => {
			const draft = draftOf(form, currency, isCivilDate);
			const { id } = await client.ledger.saveDraft({ companyId, draft, ...(draftId.current ? { id: draftId.current } : {}) });
			draftId.current = id;
			return id;
		},
		[client, companyId, currency],
	);
	const post = async (): Promise<void> => {
		const problems = problemsOf(state.form, currency, isCivilDate);
		if (problems.length > 0) {
			state.setFaults(new Map(problems.map(({ line, field, problem }) => [faultKey(line, field), text(`journal.problem.${problem}`)])));
			setRefusal({
				line: problems[0]?.line ?? null,
				field: problems[0]?.field ?? null,
				message: text('journal.problems', { count: problems.length }),
				period: null,
			});
			return;
		}
		const { entry, formLines } = entryOf(state.form, currency);
		const posted = await work(async () => {
			if (subject.kind === 'correct') return client.ledger.correct({ companyId, no: subject.no, entry });
			if (draftId.current === null) return client.ledger.post({ companyId, entries: [entry] });
			await keep(state.form);
			return client.ledger.postDraft({ companyId, id: draftId.current });
		}, formLines);
		const no = posted?.entries.at(-1)?.no;
		if (no === undefined) return;
		isOver.current = true;
		state.markSaved();
		notifications.show({ position: 'top-right', message: text('journal.posted', { no: String(no) }), color: 'teal' });
		onPosted(no);
	};
	const saveDraft = async (): Promise<string | null> => {
		const id = await work(() => keep(state.form));
		if (id !== null) {
			state.markSaved();
			notifications.show({ position: 'top-right', message: text('journal.draftKept') });
		}
		return id;
	};
	const throwAway = async (): Promise<boolean> => {
		isOver.current = true;
		const id = draftId.current;
		return id === null || (await work(() => client.ledger.deleteDraft({ companyId, id }))) !== null;
	};
	const leaveAsItWas = (): void => {
		isOver.current = true;
	};
	useKeptOnLeaving({
		isWanted: () => state.isDirty && !isOver.current && hasContent(state.form),
		keep: () => keep(state.form).then(state.markSaved),
		told: text('journal.draftKept'),
	});
	return { post, saveDraft, throwAway, leaveAsItWas, refusal, isBusy, hasDraft: () => draftId.current !== null };
}

type Work = <Output>(job: () => Promise<Output>, formLines?: readonly number[]) => Promise<Output | null>;

/** Runs what the program may refuse, and puts the refusal where it belongs in the form. null: it was refused. */
function useRefusable(state: EntryFormState, setRefusal: (refusal: RefusalPlace | null) => void, setBusy: (isBusy: boolean) => void): Work {
	const text = useText();
	return async (job, formLines = []) => {
		setBusy(true);
		setRefusal(null);
		try {
			return await job();
		} catch (error) {
			const credits = new Set(state.form.lines.flatMap((line, index) => (line.credit === '' ? [] : [index])));
			const place = refusalPlace(error, formLines, credits, text);
			setRefusal(place);
			if (place.field !== null) state.setFaults(new Map([[faultKey(place.line, place.field), place.message]]));
			return null;
		} finally {
			setBusy(false);
		}
	};
}

export function hasContent(form: EntryForm): boolean {
	return form.description.trim() !== '' || form.reference.trim() !== '' || form.lines.some((line) => !isBlank(line));
}

interface Leaving {
	readonly isWanted: () => boolean;
	readonly keep: () => Promise<void>;
	readonly told: string;
}

/** Keeps a draft when the window is hidden or the person goes elsewhere in it; the browser asks before the page is closed. */
function useKeptOnLeaving(leaving: Leaving): void {
	const now = useRef(leaving);
	now.current = leaving;
	useEffect(() => {
		const keep = () => {
			if (!now.current.isWanted()) return;
			const { told } = now.current;
			void now.current.keep().then(
				() => notifications.show({ position: 'top-right', message: told }),
				() => undefined,
			);
		};
		const hide = () => document.visibilityState === 'hidden' && keep();
		const ask = (event: BeforeUnloadEvent) => now.current.isWanted() && event.preventDefault();
		document.addEventListener('visibilitychange', hide);
		window.addEventListener('beforeunload', ask);
		return () => {
			document.removeEventListener('visibilitychange', hide);
			window.removeEventListener('beforeunload', ask);
			keep();
		};
	}, []);
}
