import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import { formatAmount, isNilAmount } from '#shared/kernel/money.ts';
import { typedAmount } from '#renderer/lib/typed-amount.ts';

/** A line as it stands on the screen: amounts are what was typed. */
export interface FormLine {
	readonly key: number;
	readonly account: string;
	readonly party: string;
	readonly debit: string;
	readonly credit: string;
	/** '' for the company's own. */
	readonly currency: string;
	/** In the company's currency, for a line in another. '' leaves it to the day's rate. */
	readonly base: string;
	readonly dueDate: string;
	readonly reference: string;
	readonly memo: string;
}

export type LineField = Exclude<keyof FormLine, 'key'>;

export interface EntryForm {
	readonly date: string;
	readonly description: string;
	readonly reference: string;
	readonly lines: readonly FormLine[];
}

export type EntryInput = InputOf<LedgerContract['post']>['entries'][number];
export type DraftInput = InputOf<LedgerContract['saveDraft']>['draft'];
export type Entry = OutputOf<LedgerContract['showEntry']>;

let lastKey = 0;

export function blankLine(values: Partial<FormLine> = {}): FormLine {
	return { account: '', party: '', debit: '', credit: '', currency: '', base: '', dueDate: '', reference: '', memo: '', ...values, key: ++lastKey };
}

export function isBlank(line: FormLine): boolean {
	return Object.entries(line).every(([field, value]) => field === 'key' || field === 'currency' || value === '');
}

/** The form for a new entry: a line to debit and one to credit. */
export function newForm(date: string): EntryForm {
	return { date, description: '', reference: '', lines: [blankLine(), blankLine()] };
}

/** A draft as it was left, or an entry to enter anew. */
export function formOf(entry: Entry, companyCurrency: string): EntryForm {
	const lines = entry.lines.map((line) => {
		const isForeign = line.currency !== companyCurrency;
		const base = isNilAmount(line.baseDebit) ? `-${line.baseCredit}` : line.baseDebit;
		return blankLine({
			account: line.code,
			party: line.party ?? '',
			debit: isNilAmount(line.debit) ? '' : line.debit,
			credit: isNilAmount(line.credit) ? '' : line.credit,
			currency: isForeign ? line.currency : '',
			base: isForeign && !isNilAmount(base) ? base : '',
			dueDate: line.dueDate ?? '',
			reference: line.reference ?? '',
			memo: line.memo ?? '',
		});
	});
	const padding = Array.from({ length: Math.max(0, 2 - lines.length) }, () => blankLine());
	return { date: entry.date, description: entry.description, reference: entry.reference ?? '', lines: [...lines, ...padding] };
}

/** Debits and credits of one currency, in minor units. */
export interface Total {
	readonly currency: string;
	readonly debit: bigint;
	readonly credit: bigint;
}

/**
 * Totals by the currency that an entry is added up in: a foreign line with its own base amount counts in the company's currency,
 * one that waits for the day's rate in its own. The company's currency comes first, always.
 */
export function totals(lines: readonly FormLine[], companyCurrency: string): Total[] {
	const sums = new Map<string, { debit: bigint; credit: bigint }>([[companyCurrency, { debit: 0n, credit: 0n }]]);
	for (const line of lines) {
		const { currency, minor } = countedAs(line, companyCurrency);
		const sum = sums.get(currency) ?? { debit: 0n, credit: 0n };
		if (minor > 0n) sum.debit += minor;
		else sum.credit -= minor;
		sums.set(currency, sum);
	}
	return [...sums].map(([currency, sum]) => ({ currency, ...sum }));
}

/** Signed, debit positive; what can't be read counts nothing, its cell says so. */
function countedAs(line: FormLine, companyCurrency: string): { readonly currency: string; readonly minor: bigint } {
	const currency = line.currency === '' ? companyCurrency : line.currency;
	const minor = minorOf(line.debit, currency) - minorOf(line.credit, currency);
	if (currency === companyCurrency || line.base.trim() === '') return { currency, minor };
	const base = minorOf(line.base, companyCurrency);
	const magnitude = base < 0n ? -base : base;
	return { currency: companyCurrency, minor: minor < 0n ? -magnitude : magnitude };
}

function minorOf(typed: string, currency: string): bigint {
	const amount = typedAmount(typed, currency);
	return 'minor' in amount ? amount.minor : 0n;
}

/** The line with the amount that makes the entry balance, on the side where it is missing. */
export function balanced(lines: readonly FormLine[], index: number, companyCurrency: string): FormLine[] {
	const line = lines[index];
	if (!line) return [...lines];
	const currency = line.currency === '' ? companyCurrency : line.currency;
	const others = lines.filter((_, other) => other !== index);
	const total = totals(others, companyCurrency).find((sum) => sum.currency === currency);
	const missing = (total?.credit ?? 0n) - (total?.debit ?? 0n);
	const debit = missing > 0n ? formatAmount(missing, currency) : '';
	const credit = missing < 0n ? formatAmount(-missing, currency) : '';
	return lines.map((other) => (other === line ? { ...line, debit, credit, base: '' } : other));
}

/** Where something can't be sent as it stands. `line` counts the form's lines from 0; null: the entry's head. */
export interface FormProblem {
	readonly line: number | null;
	readonly field: LineField | 'date' | 'description';
	/** Key of the text behind `journal.problem.`. */
	readonly problem: 'date' | 'amount' | 'decimals' | 'tooLarge' | 'negative' | 'bothSides' | 'noAmount' | 'noAccount';
}

/** What keeps an entry from being posted, as far as the screen can tell by itself; the rest the program says. */
export function problemsOf(form: EntryForm, companyCurrency: string, isDate: (text: string) => boolean): FormProblem[] {
	const problems: FormProblem[] = isDate(form.date) ? [] : [{ line: null, field: 'date', problem: 'date' }];
	form.lines.forEach((line, index) => {
		if (isBlank(line)) return;
		problems.push(...amountProblems(line, index, companyCurrency));
		if (line.account.trim() === '') problems.push({ line: index, field: 'account', problem: 'noAccount' });
		if (line.dueDate !== '' && !isDate(line.dueDate)) problems.push({ line: index, field: 'dueDate', problem: 'date' });
	});
	return problems;
}

/** Amounts that can't be read, or can't be an amount of a line. */
export function amountProblems(line: FormLine, index: number, companyCurrency: string): FormProblem[] {
	const currency = line.currency === '' ? companyCurrency : line.currency;
	const problems: FormProblem[] = [];
	for (const field of ['debit', 'credit', 'base'] as const) {
		const amount = typedAmount(line[field], field === 'base' ? companyCurrency : currency);
		if ('problem' in amount) problems.push({ line: index, field, problem: amount.problem });
		else if (amount.minor < 0n && field !== 'base') problems.push({ line: index, field, problem: 'negative' });
	}
	if (problems.length > 0) return problems;
	const sides = [minorOf(line.debit, currency), minorOf(line.credit, currency)].filter((minor) => minor !== 0n).length;
	if (sides === 1) return [];
	return [{ line: index, field: sides === 2 ? 'credit' : 'debit', problem: sides === 2 ? 'bothSides' : 'noAmount' }];
}

/** The entry to post, and which line of the form each of its lines is: blank lines are left out. */
export function entryOf(form: EntryForm, companyCurrency: string): { readonly entry: EntryInput; readonly formLines: readonly number[] } {
	const kept = form.lines.map((line, index) => ({ line, index })).filter(({ line }) => !isBlank(line));
	const lines = kept.map(({ line }) => ({ ...draftLine(line, companyCurrency), account: line.account.trim() }));
	const reference = form.reference.trim();
	return {
		entry: { date: form.date, description: form.description.trim(), ...(reference === '' ? {} : { reference }), lines },
		formLines: kept.map(({ index }) => index),
	};
}

/** What of the form can be kept as a draft; an amount or date that can't be read is left out. */
export function draftOf(form: EntryForm, companyCurrency: string, isDate: (text: string) => boolean): DraftInput {
	const reference = form.reference.trim();
	return {
		...(isDate(form.date) ? { date: form.date } : {}),
		description: form.description.trim(),
		...(reference === '' ? {} : { reference }),
		lines: form.lines.filter((line) => !isBlank(line)).map((line) => draftLine(isDate(line.dueDate) ? line : { ...line, dueDate: '' }, companyCurrency)),
	};
}

function draftLine(line: FormLine, companyCurrency: string): NonNullable<DraftInput['lines']>[number] {
	const currency = line.currency === '' ? companyCurrency : line.currency;
	const debit = plainAmount(line.debit, currency);
	const credit = plainAmount(line.credit, currency);
	const base = plainAmount(line.base, companyCurrency);
	const isCredit = credit !== undefined && debit === undefined;
	return {
		...(line.account.trim() === '' ? {} : { account: line.account.trim() }),
		...(debit === undefined ? {} : { debit }),
		...(credit === undefined ? {} : { credit }),
		...(line.currency === '' ? {} : { currency: line.currency }),
		...(base === undefined || line.currency === '' ? {} : { baseAmount: isCredit && !base.startsWith('-') ? `-${base}` : base }),
		...(line.party.trim() === '' ? {} : { party: line.party.trim() }),
		...(line.memo.trim() === '' ? {} : { memo: line.memo.trim() }),
		...(line.reference.trim() === '' ? {} : { reference: line.reference.trim() }),
		...(line.dueDate === '' ? {} : { dueDate: line.dueDate }),
	};
}

function plainAmount(typed: string, currency: string): string | undefined {
	const amount = typedAmount(typed, currency);
	return 'minor' in amount && amount.minor !== 0n ? formatAmount(amount.minor, currency) : undefined;
}
