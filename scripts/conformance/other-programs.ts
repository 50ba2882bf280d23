import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What another program wrote, or why it wrote nothing. */
export type Written = { readonly text: string } | { readonly refusal: string };

const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

export function isInstalled(program: string): boolean {
	return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
}

function run(program: string, args: readonly string[]): { readonly status: number | null; readonly output: string; readonly error: string } {
	const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: MAX_OUTPUT_BYTES, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
	return { status, output: stdout ?? '', error: stderr ?? '' };
}

/** A journal as `hledger print -O csv`. */
export function hledgerCsv(journal: string): Written {
	const { status, output, error } = run('hledger', ['-f', journal, 'print', '-O', 'csv']);
	return status === 0 ? { text: output } : { refusal: `hledger cannot read it: ${firstLines(error, journal)}` };
}

function firstLines(error: string, journal: string): string {
	const lines = error.replaceAll(journal, path.basename(journal)).split('\n');
	return lines
		.map((line) => line.trim())
		.filter((line) => line !== '' && !/^[|\d\s^]*\|?\s*\^*$/.test(line))
		.slice(0, 3)
		.join(' ');
}

/** The last price of each commodity in a currency that the journal states or pays: commodity, price, currency or sign. */
export function statedPrices(journal: string): { readonly commodity: string; readonly price: string; readonly in: string }[] {
	const { output } = run('hledger', ['-f', journal, 'prices', '--infer-market-prices', '--infer-reverse-prices']);
	return output.split('\n').flatMap((line) => {
		const parts = /^P \S+ ("[^"]+"|\S+) (\D*?)\s*([\d.]+)\s*(\D*)$/.exec(line);
		if (parts === null) return [];
		const [, commodity = '', before = '', price = '', after = ''] = parts;
		return [{ commodity: commodity.replaceAll('"', ''), price, in: (before || after).trim() }];
	});
}

/** A beancount book as a journal of hledger, through beancount's own exporter, written into a folder. */
export function beancountAsJournal(book: string, folder: string): { readonly journal: string } | { readonly refusal: string } {
	const { output, error } = run('bean-report', [book, 'hledger']);
	if (!/^\d{4}-\d{2}-\d{2} /m.test(output)) return { refusal: `bean-report exports nothing of it: ${firstLines(error, book)}` };
	mkdirSync(folder, { recursive: true });
	const journal = path.join(folder, `${path.basename(book)}.journal`);
	writeFileSync(journal, readableJournal(output));
	return { journal };
}

/**
 * What beancount 2.3.5 exports, as hledger reads it. The exporter writes the cost and the price of a lot that is sold, where hledger
 * reads one of them: the cost stays, at which beancount balances the entry. It writes posting flags that hledger takes for a part of
 * the account, queries of several lines of which the first alone is a comment, names of commodities without the quotation marks that
 * hledger wants, and lines of its own for what an entry lacks by rounding, which stand in no balance of beancount.
 */
export function readableJournal(exported: string): string {
	const lines: string[] = [];
	let isInsideText = false;
	for (const line of exported.split('\n')) {
		const isOddQuoted = (line.split('"').length - 1) % 2 === 1;
		const wasInsideText = isInsideText;
		if (isOddQuoted && (isInsideText || line.startsWith(';;'))) isInsideText = !isInsideText;
		if (wasInsideText || line.startsWith('commodity ') || /^\s+Equity:Rounding\s/.test(line)) continue;
		lines.push(line.replace(/^(\s+)[A-Z!&#?%*] (?=\S+:)/, '$1').replace(/^(\s+\S.* @ [\d.]+ \S+)\s+@ [\d.]+ \S+\s*$/, '$1'));
	}
	return lines.join('\n');
}
