// Imports the books of other programs and compares every balance with what those programs say: npm run conformance -- DIR
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { judgeCanonicalFile } from './conformance/canonical-book.ts';
import { judgeJournalFile } from './conformance/journal-file.ts';
import { readFinalBalances } from './conformance/known-answers.ts';
import { isInstalled } from './conformance/other-programs.ts';
import { exitCodeOf, type Outcome, outcomeTable, outcomeTotals } from './conformance/outcome.ts';
import { Program } from './conformance/program.ts';

const USAGE = 'npm run conformance -- DIR    (DIR holds books/hledger, books/beancount, books/expected and the like)';

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

const [given] = process.argv.slice(2);
// npm runs scripts in the project's folder; the path was written where npm was called.
const books = path.resolve(process.env['INIT_CWD'] ?? '.', given ?? '', 'books');
if (given === undefined || !existsSync(books)) {
	console.error(given === undefined ? USAGE : `${books} is no folder.\n${USAGE}`);
	process.exitCode = 2;
} else {
	const program = await Program.start();
	try {
		const outcomes = await judgeAll(program, books);
		console.log(`${outcomeTable(outcomes)}\n\n${LEGEND}\n${outcomeTotals(outcomes)}`);
		process.exitCode = exitCodeOf(outcomes);
	} finally {
		await program.stop();
	}
}
