import { readFileSync } from 'node:fs';
import path from 'node:path';
import { atMonthEnds, type JournalBook, judgeJournal } from './journal-book.ts';
import { type JournalRow, journalRows } from './journal-rows.ts';
import { type KnownAnswers, type KnownBalance, readMonthEnds } from './known-answers.ts';
import { beancountAsJournal, hledgerCsv, statedPrices } from './other-programs.ts';
import { failed, type Outcome } from './outcome.ts';
import type { Program } from './program.ts';

export interface JournalFile {
	readonly books: string;
	readonly file: string;
	/** Final balances by file name, for books that have no month-end answers. */
	readonly finals: ReadonlyMap<string, readonly KnownBalance[]>;
	/** Programs that are not installed. */
	readonly missing: ReadonlySet<string>;
}

/** Brings a journal through its own program to `hledger print -O csv`, then imports and compares it. */
export async function judgeJournalFile(program: Program, { books, file, finals, missing }: JournalFile): Promise<Outcome> {
	const name = path.relative(books, file).replaceAll(path.sep, '/');
	const isCsv = file.endsWith('.csv');
	const isBeancount = file.endsWith('.beancount');
	const needed = isCsv ? [] : isBeancount ? ['bean-report', 'hledger'] : ['hledger'];
	const lacking = needed.filter((tool) => missing.has(tool));
	if (lacking.length > 0) return { book: name, lines: 0, compared: 0, result: 'not compared', note: `${lacking.join(' and ')} not installed` };
	try {
		const exported = isBeancount ? beancountAsJournal(file, program.folder) : { journal: file };
		if ('refusal' in exported) return refused(name, exported.refusal);
		const csv = isCsv ? { text: readFileSync(file, 'utf8') } : hledgerCsv(exported.journal);
		if ('refusal' in csv) return refused(name, csv.refusal);
		const rows = journalRows(csv.text);
		const final = finals.get(path.basename(file));
		const book: JournalBook = {
			name,
			csv: csv.text,
			answers: final && name.startsWith('ledger-tests/') ? finalAnswers(rows, final) : atMonthEnds(rows, monthEndAnswers(books, file)),
			hasRealAnswers: name.startsWith('ledger-tests/'),
			nameOf: isBeancount ? plainName : undefined,
			prices: isCsv ? [] : statedPrices(exported.journal),
		};
		return await judgeJournal(program, book);
	} catch (error) {
		return failed(name, error);
	}
}

/** Beancount has no blanks in names and wants a capital: `VatReceivable` is what others call `VAT receivable`. */
function plainName(account: string): string {
	return account.toLowerCase().replace(/[^\p{L}\p{N}:]/gu, '');
}

function refused(book: string, note: string): Outcome {
	return { book, lines: 0, compared: 0, result: 'refused', note };
}

function finalAnswers(rows: readonly JournalRow[], final: readonly KnownBalance[]): KnownAnswers {
	const last =
		rows
			.map(({ date }) => date)
			.sort()
			.at(-1) ?? '';
	return new Map(last === '' ? [] : [[last, final]]);
}

function monthEndAnswers(books: string, file: string): KnownAnswers | null {
	const truth = path.join(path.dirname(file), 'truth', 'tb.csv');
	const name = path.relative(books, file).split(path.sep).join('__');
	return readMonthEnds(truth) ?? readMonthEnds(path.join(books, 'expected', `${name}.tb.csv`));
}
