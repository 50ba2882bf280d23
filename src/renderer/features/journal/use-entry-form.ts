import { useCallback, useState } from 'react';
import { balanced, blankLine, type EntryForm, type FormLine, type LineField } from './entry-form.ts';
import type { PastedLines } from './pasted-lines.ts';

/** Faults in words, by `line.field` or the name of a field of the head. */
export type Faults = ReadonlyMap<string, string>;

export function faultKey(line: number | null, field: string | null): string {
	return line === null ? (field ?? '') : `${line}.${field ?? ''}`;
}

/** The entry under way: its fields, what is wrong with them, and whether there is anything to lose. */
export function useEntryForm(start: EntryForm, companyCurrency: string) {
	const [form, setForm] = useState(start);
	const [faults, setFaults] = useState<Faults>(new Map());
	const [isDirty, setDirty] = useState(false);
	const change = useCallback((next: (form: EntryForm) => EntryForm) => {
		setForm(next);
		setDirty(true);
	}, []);
	const forgive = useCallback((key: string) => setFaults((now) => (now.has(key) ? new Map([...now].filter(([other]) => other !== key)) : now)), []);
	const setHead = useCallback(
		(field: 'date' | 'description' | 'reference', value: string) => {
			change((now) => ({ ...now, [field]: value }));
			forgive(field);
		},
		[change, forgive],
	);
	const setLine = useCallback(
		(index: number, field: LineField, value: string) => {
			change((now) => ({ ...now, lines: now.lines.map((line, at) => (at === index ? withField(line, field, value) : line)) }));
			for (const cleared of field === 'debit' || field === 'credit' ? ['debit', 'credit'] : [field]) forgive(faultKey(index, cleared));
		},
		[change, forgive],
	);
	const addLine = useCallback(() => change((now) => ({ ...now, lines: [...now.lines, blankLine({ currency: now.lines.at(-1)?.currency ?? '' })] })), [change]);
	const removeLine = useCallback(
		(index: number) => {
			setFaults(new Map());
			change((now) => ({ ...now, lines: now.lines.length <= 1 ? [blankLine()] : now.lines.filter((_, at) => at !== index) }));
		},
		[change],
	);
	const balance = useCallback((index: number) => change((now) => ({ ...now, lines: balanced(now.lines, index, companyCurrency) })), [change, companyCurrency]);
	const paste = useCallback(
		(at: number, pasted: PastedLines, words: (problem: string) => string) => {
			change((now) => {
				const kept = now.lines.filter((line, index) => index < at || !isEmptyLine(line));
				return { ...now, lines: [...kept.slice(0, at), ...pasted.lines, ...kept.slice(at)] };
			});
			setFaults(new Map(pasted.problems.map(({ line, field, problem }) => [faultKey(at + line, field), words(problem)])));
		},
		[change],
	);
	const markSaved = useCallback(() => setDirty(false), []);
	return { form, faults, isDirty, setHead, setLine, addLine, removeLine, balance, paste, setFaults, markSaved };
}

export type EntryFormState = ReturnType<typeof useEntryForm>;

// An amount on one side takes it from the other.
function withField(line: FormLine, field: LineField, value: string): FormLine {
	const other = field === 'debit' ? 'credit' : field === 'credit' ? 'debit' : null;
	return { ...line, [field]: value, ...(other !== null && value.trim() !== '' ? { [other]: '' } : {}) };
}

function isEmptyLine(line: FormLine): boolean {
	return Object.entries(line).every(([field, value]) => field === 'key' || value === '');
}
