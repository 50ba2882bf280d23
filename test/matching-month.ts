import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '#shared/contract/client.ts';

const ENTRIES = [
	['2026-03-05', 'Sale to Blue Lantern', '1100', '30.00'],
	['2026-03-06', 'Sale to Quiet Harbour', '1100', '31.00'],
	['2026-03-10', 'Card sale', '1150', '100.00'],
	['2026-03-17', 'Card sale', '1150', '100.00'],
] as const;
const BANK = `Date,Description,Amount
2026-03-05,SALE BLUE LANTERN,30.00
2026-03-06,SALE QUIET HARBOUR,31.00
2026-03-09,TO WALLET,-50.00
2026-03-11,CARD SETTLEMENT,97.50
2026-03-18,CARD SETTLEMENT,97.50
2026-03-20,FEE MARCH,-2.00
2026-03-21,FEE CHEQUE BOOK,-3.00
2026-03-22,WRONG ACCOUNT,12.00
2026-03-29,ENTERED TWICE,-12.00
`;
const WALLET = 'Date,Description,Amount\n2026-03-09,TO WALLET,50.00\n';

/** A month in which a bank account has one of each kind of thing to match. */
export async function monthToMatch(client: Client, companyId: string, folder: string): Promise<void> {
	await client.ledger.addAccount({ companyId, code: '1150', name: 'Card clearing', type: 'ASSET', subtype: 'CLEARING' });
	await client.ledger.addAccount({ companyId, code: '1160', name: 'Wallet', type: 'ASSET', subtype: 'MOBILE_MONEY' });
	const entries = ENTRIES.map(([date, description, account, amount]) => ({
		date,
		description,
		lines: [
			{ account, debit: amount },
			{ account: '4000', credit: amount },
		],
	}));
	await client.ledger.post({ companyId, entries });
	for (const [account, text] of [
		['1100', BANK],
		['1160', WALLET],
	] as const) {
		const path = join(folder, `march-${account}.csv`);
		writeFileSync(path, text);
		await client.statements.import({ companyId, path, account });
	}
}

/** The numbers by which they are named, once they were matched. */
export async function namedOf(client: Client, companyId: string): Promise<Record<string, string>> {
	const { lines } = await client.matching.lines({ companyId, account: '1100' });
	const lineOf = (words: string) => lines.find(({ description }) => description === words);
	const match = (words: string) => String(lineOf(words)?.match?.no);
	return {
		sale: match('SALE BLUE LANTERN'),
		otherSale: match('SALE QUIET HARBOUR'),
		transfer: match('TO WALLET'),
		settlement: match('CARD SETTLEMENT'),
		error: String(lineOf('WRONG ACCOUNT')?.no),
		errorBack: String(lineOf('ENTERED TWICE')?.no),
		fee: String(lineOf('FEE MARCH')?.no),
	};
}
