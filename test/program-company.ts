import { writeFileSync } from 'node:fs';
import type { EntryInput } from './closed-books.ts';
import type { OpenProgram } from './open-program.ts';

const CHART = [
	['1100', 'Bank', 'ASSET', ''],
	['3000', 'Capital', 'EQUITY', ''],
	['3100', 'Retained earnings', 'EQUITY', 'RETAINED_EARNINGS'],
	['3900', 'Opening balances', 'EQUITY', 'OPENING_EQUITY'],
	['4000', 'Sales', 'INCOME', ''],
	['5000', 'Rent', 'EXPENSE', ''],
] as const;

/** An invented company without an account that needs to be reconciled; its books begin with 2026. */
export async function makeProgramCompany({ client }: Pick<OpenProgram, 'client'>, name = 'Example Traders'): Promise<string> {
	const chartRows = CHART.map(([code, account, type, subtype]) => ({ code, name: account, type, subtype, currency: '' }));
	const { companyId } = await (await client()).companies.create({ name, currency: 'INR', fiscalYearStart: '01-01', chartRows, timezone: 'UTC' });
	await (await client()).companies.set({ companyId, key: 'books_from', value: '2026-01-01' });
	return companyId;
}

/** Rent, paid. */
export function rent(date: string, amount: string): EntryInput {
	return {
		date,
		description: 'Rent',
		lines: [
			{ account: '5000', debit: amount },
			{ account: '1100', credit: amount },
		],
	};
}

/** A file of so many entries of rent in January, each with its own number. Answers its path. */
export function journalFile(path: string, entries: number): string {
	const lines = Array.from({ length: entries }, (_, place) => {
		const day = String(1 + (place % 28)).padStart(2, '0');
		return `J${place},2026-01-${day},5000,Rent ${place},7.00,\nJ${place},2026-01-${day},1100,Rent ${place},,7.00\n`;
	});
	writeFileSync(path, `entry_no,date,account_code,description,debit,credit\n${lines.join('')}`);
	return path;
}
