// Takes in the books, statements and broken files of others, and compares with what is known of them: npm run conformance -- DIR
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { judgeBankFile, readKnownStatements } from './conformance/bank-file.ts';
import { judgeSeries } from './conformance/bank-series.ts';
import { judgeCanonicalFile } from './conformance/canonical-book.ts';
import { judgeJournalFile } from './conformance/journal-file.ts';
import { readFinalBalances } from './conformance/known-answers.ts';
import { judgeMalformedFile, readMalformedFiles } from './conformance/malformed-file.ts';
import { isInstalled } from './conformance/other-programs.ts';
import { judgeMatchedBook } from './conformance/matching-book.ts';
import { type MatchingFigures, matchingTable } from './conformance/matching-truth.ts';
import { exitCodeOf, type Outcome, outcomeTable, outcomeTotals } from './conformance/outcome.ts';
import { Program } from './conformance/program.ts';

const USAGE = `npm run conformance -- DIR [books] [bank] [malformed]\n(DIR holds books/hledger, books/expected and the like, bank/expected.csv, malformed/generated; all of it unless sections are named)`;

const LEGEND =
	'refused: entries that are no company’s books were refused by name; where days were compared, all the rest of that book agrees with its answers.';

const JOURNAL_FOLDERS = ['hledger', 'beancount', 'beancount-fava', 'ledger', 'ledger-tests', 'csv-journal', 'smallbiz-ke', 'smallbiz-in'];
const JOURNAL_FILE = /(?:\.journal|\.ledger|\.dat|\.beancount|\.journal\.csv)$/;

const CANONICAL_BOOKS = [
	{ folder: 'smallbiz-ke', currency: 'KES', fiscalYearStart: '01-01' },
	{ folder: 'smallbiz-in', currency: 'INR', fiscalYearStart: '04-01' },
] as const;
const CANONICAL_FILES = ['books.csv', 'books.eu.csv'] as const;

function filesBelow(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name))
		.sort();
}

async function judgeAll(program: Program, books: string): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	for (const { folder, currency, fiscalYearStart } of CANONICAL_BOOKS) {
		for (const file of CANONICAL_FILES) {
			const full = path.join(books, folder, file);
			if (existsSync(full)) outcomes.push(await judgeCanonicalFile(program, { name: `${folder}/${file}`, file: full, currency, fiscalYearStart }));
		}
	}
	const finalPath = path.join(books, 'expected', 'ledger-tests-final.csv');
	const finals = existsSync(finalPath) ? readFinalBalances(finalPath) : new Map();
	const missing = new Set(['hledger', 'bean-report'].filter((tool) => !isInstalled(tool)));
	for (const file of JOURNAL_FOLDERS.flatMap((folder) => filesBelow(path.join(books, folder)))) {
		if (JOURNAL_FILE.test(file)) outcomes.push(await judgeJournalFile(program, { books, file, finals, missing }));
	}
	return outcomes;
}

/** Accounts of the daily series, each with a closing balance that opens its next day. */
const SERIES_ACCOUNTS = ['LT625883379695428516', 'LT414319056143772570'] as const;
/** Files that broke other programs: whatever they are, the answer is clean and leaves nothing behind. */
const BROKEN_FOLDERS = ['ofx-libofx', 'ofx-ofxgo'] as const;

async function judgeBank(program: Program, bank: string): Promise<Outcome[]> {
	const company = await program.company('Bank files', 'EUR');
	const outcomes: Outcome[] = [];
	for (const [file, known] of Map.groupBy(readKnownStatements(path.join(bank, 'expected.csv')), (row) => row.file)) {
		outcomes.push(await judgeBankFile(company, bank, file, known));
	}
	const series = path.join(bank, 'camt', 'subite-daily');
	return existsSync(series) ? [...outcomes, ...(await judgeSeries(program, series, SERIES_ACCOUNTS))] : outcomes;
}

async function judgeMalformed(program: Program, malformed: string): Promise<Outcome[]> {
	const generated = path.join(malformed, 'generated');
	const outcomes: Outcome[] = [];
	for (const file of readMalformedFiles(path.join(generated, 'expect.csv'))) outcomes.push(await judgeMalformedFile(program, generated, file));
	for (const file of BROKEN_FOLDERS.flatMap((folder) => filesBelow(path.join(malformed, folder)))) {
		const broken = { file: path.relative(malformed, file), format: 'ofx', expect: 'any', lines: '', sum: '', note: '' } as const;
		outcomes.push(await judgeMalformedFile(program, malformed, broken));
	}
	return outcomes;
}

const BANK_OF_BOOKS = 'Assets:Current:Bank:Operating';

async function judgeMatching(program: Program, books: string): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const figures: MatchingFigures[] = [];
	for (const { folder, currency, fiscalYearStart } of CANONICAL_BOOKS) {
		const full = path.join(books, folder);
		if (!existsSync(path.join(full, 'stmt'))) continue;
		const judged = await judgeMatchedBook(program, { folder: full, name: folder, currency, fiscalYearStart, account: BANK_OF_BOOKS });
		outcomes.push(...judged.outcomes);
		figures.push(...judged.figures);
	}
	console.log(`${matchingTable(figures)}\n`);
	return outcomes;
}

interface Section {
	/** Folder of the data that it needs. */
	readonly folder: string;
	readonly legend: string;
	readonly judge: (program: Program, folder: string) => Promise<Outcome[]>;
}

const SECTIONS: Readonly<Record<string, Section>> = {
	books: { folder: 'books', legend: LEGEND, judge: judgeAll },
	bank: { folder: 'bank', legend: 'not gated: the known answer does not add up itself, or was read from a file that is no statement.', judge: judgeBank },
	matching: {
		folder: 'books',
		legend: 'equal: no certain match is wrong, nine tenths of single lines are certain, nineteen of twenty first proposals are right.',
		judge: judgeMatching,
	},
	malformed: {
		folder: 'malformed',
		legend: 'equal: taken in, asked, left out in part or refused as expected, and nothing left behind by a refusal.',
		judge: judgeMalformed,
	},
};

const [given, ...named] = process.argv.slice(2);
// npm runs scripts in the project's folder; the path was written where npm was called.
const data = path.resolve(process.env['INIT_CWD'] ?? '.', given ?? '');
const sections = Object.entries(SECTIONS).filter(([name, { folder }]) => (named.length === 0 || named.includes(name)) && existsSync(path.join(data, folder)));
if (given === undefined || sections.length === 0) {
	console.error(given === undefined ? USAGE : `${data} holds nothing to compare with.\n${USAGE}`);
	process.exitCode = 2;
} else {
	const program = await Program.start();
	process.exitCode = 0;
	try {
		for (const [name, { folder, legend, judge }] of sections) {
			const outcomes = await judge(program, path.join(data, folder));
			console.log(`${name}\n${outcomeTable(outcomes)}\n\n${legend}\n${outcomeTotals(outcomes)}\n`);
			if (exitCodeOf(outcomes) !== 0) process.exitCode = 1;
		}
	} finally {
		await program.stop();
	}
}
