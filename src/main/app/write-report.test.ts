import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFolder } from '#test/closed-books.ts';
import { journalFile, makeProgramCompany } from '#test/program-company.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

const ENTRIES = 600;

describe('a long report that is written', () => {
	// The first pass goes by the lines that were counted before; the next ones know its rows: opening, totals and closing are rows too.
	it.each([
		['ledger', { report: 'ledger', account: '5000' }, [0, 500 / 600], [0, 500 / 603]],
		['ledger of another currency', { report: 'ledger', account: '5000', currency: 'USD' }, [0], [0]],
		['day book', { report: 'dayBook' }, [0, 500 / 1200, 1000 / 1200], [0, 500 / 1201, 1000 / 1201]],
	] as const)('says how far it is, in pages and in a workbook: %s', async (_name, asked, first, next) => {
		const folder = temporaryFolder();
		const books = await openFolder();
		const companyId = await makeProgramCompany({ client: async () => books.client });
		const { client } = books;
		await client.imports.importJournal({ companyId, path: journalFile(join(folder, 'journal.csv'), ENTRIES) });
		for (const [format, passes] of [
			['pdf', 3],
			['xlsx', 2],
		] as const) {
			const fractions = Array.from({ length: passes }, (_, pass) => (pass === 0 ? first : next).map((ofPass) => (pass + ofPass) / passes)).flat();
			const told: number[] = [];
			const file = join(folder, `report.${format}`);
			const onProgress = ({ fraction }: { fraction: number }) => told.push(fraction);
			await client.reports.write({ companyId, from: '2026-01-01', to: '2026-01-31', ...asked, format, file }, { onProgress });
			expect(told, format).toEqual(fractions.map((fraction) => expect.closeTo(fraction, 10)));
		}
	});
});
