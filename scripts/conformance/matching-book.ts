// Books with the statements of their bank in every format, brought in and matched month by month through the contract.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { lastOfMonth } from '#shared/kernel/civil-date.ts';
import type { Client } from '#shared/contract/client.ts';
import type { BookLineKey, MatchKind, MatchProposal } from '#main/reconciliation/matching/lines.rules.ts';
import type { StatementOptions } from './bank-file.ts';
import { figuresOfRuns, firstShareOf, isMatchingGood, type MatchingFigures, type MatchingRun, readTruth, recallOf, type TrueMatch } from './matching-truth.ts';
import { failed, type Outcome } from './outcome.ts';
import type { CompanyBooks, Program } from './program.ts';

export interface MatchedBook {
	/** Folder with books.csv, stmt and truth. */
	readonly folder: string;
	readonly name: string;
	readonly currency: string;
	readonly fiscalYearStart: string;
	/** Whose statements they are. */
	readonly account: string;
}

export interface FormatFigures {
	readonly format: string;
	readonly figures: MatchingFigures;
	/** What became of each line of the truth, in its order: equal for two formats that gave the same result. */
	readonly result: string;
}

type Line = Awaited<ReturnType<Client['matching']['lines']>>['lines'][number];

/** What a person answers where a file alone leaves it open. */
const ANSWERS: Readonly<Record<string, StatementOptions>> = {
	csv: { dateFormat: 'DD/MM/YYYY' },
	'eu.csv': { dateFormat: 'DD.MM.YY', decimal: ',' },
	qif: { dateFormat: 'DD/MM/YY' },
};

/** Formats are told apart by the ends of the names: `2024-01.camt.xml`. */
export async function matchBook(program: Program, book: MatchedBook): Promise<FormatFigures[]> {
	const files = readdirSync(path.join(book.folder, 'stmt')).sort();
	const formats = [...new Set(files.map((file) => file.slice('2024-01.'.length)))];
	const found: FormatFigures[] = [];
	for (const format of formats) {
		const months = files.filter((file) => file.slice('2024-01.'.length) === format).map((file) => file.slice(0, '2024-01'.length));
		found.push(await matchFormat(program, book, format, months));
	}
	return found;
}

async function matchFormat(program: Program, book: MatchedBook, format: string, months: readonly string[]): Promise<FormatFigures> {
	const company = await program.company(`${book.name} ${format}`, book.currency, book.fiscalYearStart);
	const runs: MatchingRun[] = [];
	const seen = new Set<number>();
	for (const month of months) {
		await importMonth(program, company, book, month);
		const statement = path.join(book.folder, 'stmt', `${month}.${format}`);
		const { companyId, client } = company;
		const options: StatementOptions = { from: `${month}-01`, to: lastOfMonth(`${month}-01`), ...ANSWERS[format], accept: ['all'], note: 'Known' };
		await client.statements.import({ companyId, path: statement, account: book.account, options });
		await client.matching.match({ companyId, account: book.account });
		const lines = await linesOf(company, book.account);
		const fresh = new Set(lines.map(({ no }) => no).filter((no) => !seen.has(no)));
		for (const no of fresh) seen.add(no);
		runs.push({ proposals: proposalsOf(lines.filter(({ status }) => status === 'SUGGESTED')), fresh });
		await client.matching.match({ companyId, account: book.account, auto: true });
		// What became certain only when the rest was confirmed.
		const confirmed = (await linesOf(company, book.account)).filter(({ status }) => status === 'MATCHED');
		runs.push({ proposals: proposalsOf(confirmed), fresh: new Set() });
	}
	return resultOf(company, book, format, runs);
}

/** The entries of one month. */
async function importMonth(program: Program, company: CompanyBooks, { folder }: MatchedBook, month: string): Promise<void> {
	const [header = '', ...rows] = readFileSync(path.join(folder, 'books.csv'), 'utf8').split('\n');
	const column = header.split(',').indexOf('date');
	const file = path.join(program.folder, `${month}.csv`);
	writeFileSync(file, [header, ...rows.filter((row) => row.split(',')[column]?.startsWith(month)), ''].join('\n'));
	await company.importJournal(file, {});
}

async function linesOf({ client, companyId }: CompanyBooks, account: string): Promise<Line[]> {
	const lines: Line[] = [];
	for (;;) {
		const last = lines.at(-1);
		const page = await client.matching.lines({ companyId, account, after: last && { date: last.date, no: last.no }, limit: 1000 });
		lines.push(...page.lines);
		if (!page.more) return lines;
	}
}

function proposalsOf(lines: readonly Line[]): MatchProposal[] {
	const matches = new Map(lines.flatMap(({ match }) => (match === null ? [] : [[match.no, match] as const])));
	return [...matches.values()].map((match) => ({
		kind: match.kind as MatchKind,
		bankIds: match.lines.map(({ no }) => no),
		bookLines: match.entries.map(({ no, lineNo }) => ({ entryId: no, lineNo })),
		score: match.score,
		certain: match.certain,
		differenceMinor: 0,
		reasons: [],
	}));
}

async function resultOf(company: CompanyBooks, book: MatchedBook, format: string, runs: readonly MatchingRun[]): Promise<FormatFigures> {
	const rows: string[][] = parse(readFileSync(path.join(book.folder, 'truth', 'recon.csv'), 'utf8'), { bom: true });
	const lines = await linesOf(company, book.account);
	const numbers = numbersOf(rows, lines);
	const bookLines = await bookLinesOf(company, book.account, lines);
	const truth: TrueMatch[] = readTruth(
		rows,
		(id) => numbers.get(id),
		(id) => bookLines.get(id) ?? [],
	);
	const byNumber = new Map(lines.map((line) => [line.no, line]));
	const result = rows.slice(1).map(([id = '']) => {
		const match = byNumber.get(numbers.get(id) ?? 0)?.match;
		return match ? `${id} ${match.status} ${match.entries.map(({ externalNo }) => externalNo).join(' ')}` : id;
	});
	const texts = new Map([
		...lines.map((line) => [`bank ${line.no}`, `${line.amount} ${line.description}`] as const),
		...[...bookLines].flatMap(([externalNo, keys]) => keys.map(({ entryId, lineNo }) => [`book ${entryId}.${lineNo}`, externalNo] as const)),
	]);
	return { format, figures: figuresOfRuns(`${book.name} ${format}`, truth, runs, texts), result: result.join('\n') };
}

/** Lines of the ledger by the number of their entry in books.csv. */
async function bookLinesOf({ client, companyId }: CompanyBooks, account: string, lines: readonly Line[]) {
	const entries = new Map<string, BookLineKey[]>();
	const open = await client.matching.ledgerLines({ companyId, account, limit: 1000 });
	if (open.more) throw new Error('there are more open ledger lines than a page holds');
	const matched = lines.flatMap(({ match, status }) => (status === 'MATCHED' ? (match?.entries ?? []) : []));
	for (const { no, lineNo, externalNo } of [...open.lines, ...matched]) {
		const key = externalNo ?? '';
		const known = entries.get(key) ?? [];
		if (!known.some((each) => each.entryId === no && each.lineNo === lineNo)) entries.set(key, [...known, { entryId: no, lineNo }]);
	}
	return entries;
}

/** Numbers of the statement lines by the bank's id; where a format drops it, by day, amount and order. */
function numbersOf(rows: readonly (readonly string[])[], lines: readonly Line[]): ReadonlyMap<string, number> {
	const numbers = new Map<string, number>();
	const rest = new Map<string, number[]>();
	for (const line of lines) {
		const id = [line.bankId, line.reference].find((text) => text !== null && /^B\d{5}$/.test(text));
		if (id) numbers.set(id, line.no);
		else rest.set(`${line.date} ${line.amount}`, [...(rest.get(`${line.date} ${line.amount}`) ?? []), line.no]);
	}
	for (const [id = '', date = '', amount = ''] of rows.slice(1)) {
		if (numbers.has(id)) continue;
		const no = rest.get(`${date} ${amount}`)?.shift();
		if (no !== undefined) numbers.set(id, no);
	}
	return numbers;
}

/** Matches a book in every format and says how well, each judged by the gates of isMatchingGood, and whether all formats came to the same. */
export async function judgeMatchedBook(program: Program, book: MatchedBook): Promise<{ readonly outcomes: Outcome[]; readonly figures: MatchingFigures[] }> {
	try {
		const all = await matchBook(program, book);
		const [first] = all;
		const outcomes = all.map(({ format, figures, result }): Outcome => {
			const differing = result.split('\n').filter((line, place) => line !== first?.result.split('\n')[place]).length;
			const same = format === first?.format ? '' : differing === 0 ? `, the same as ${first?.format}` : `, ${differing} lines unlike ${first?.format}`;
			const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
			const note = `certain ${figures.certainRight} of ${figures.single} (${percent(recallOf(figures))}), wrong ${figures.certainWrong.length}, first right ${percent(firstShareOf(figures))}${same}`;
			return { book: figures.name, lines: result.split('\n').length, compared: figures.single, result: isMatchingGood(figures) ? 'equal' : 'different', note };
		});
		return { outcomes, figures: all.map(({ figures }) => figures) };
	} catch (error) {
		return { outcomes: [{ ...failed(book.name, error), result: 'different' }], figures: [] };
	}
}
