import type { CsvValue } from '#main/platform/csv/csv-writer.ts';
import { columnsOf, type CsvFile, csvFile, major, openingDate, periodDays, sides } from './csv-files.service.ts';
import { iterateRegister } from './material.queries.ts';
import { entriesByDate, type Material } from './material.service.ts';

// The first columns are those of the program's own journal CSV, so that the file can be imported as it is.
const JOURNAL = columnsOf(
	`entry_no# date account_code account_name account_type party description debit# credit# currency reference due_date memo base_amount# ` +
		`external_no source entry_reference line_no# party_ref base_debit# base_credit# reverses# posted_at posted_by entry_hash`,
);

export const journalCsv: CsvFile = (material) => {
	const { accountOf, partyName, loginOf } = material;
	const base = material.seal.company.currency;
	const sideText = (minor: number, currency: string): string => (minor === 0 ? '' : major(minor, currency));
	const cells = function* (): Generator<CsvValue[], void, undefined> {
		for (const { entry, storedHash } of entriesByDate(material)) {
			for (const [index, line] of entry.lines.entries()) {
				const account = accountOf(line.account);
				yield [
					entry.no,
					entry.date,
					account.code,
					account.name,
					account.type,
					line.party === null ? '' : partyName(line.party),
					entry.description,
					sideText(line.debit, line.currency),
					sideText(line.credit, line.currency),
					line.currency,
					line.reference ?? entry.reference,
					line.dueDate,
					line.memo,
					line.currency === base ? '' : major(line.baseDebit - line.baseCredit, base),
					entry.externalNo,
					entry.source,
					entry.reference,
					index + 1,
					line.party,
					sideText(line.baseDebit, base),
					sideText(line.baseCredit, base),
					entry.reverses,
					entry.postedAt,
					loginOf(entry.postedBy),
					storedHash,
				];
			}
		}
	};
	return csvFile(JOURNAL, cells());
};

const LEDGER = columnsOf(
	`row account_code account_name account_type currency date entry_no# line_no# external_no source party description reference memo ` +
		`debit# credit# balance# base_debit# base_credit# base_balance#`,
);

/** By account and currency: opening balance, each line with the running balance, closing balance. Balances are signed, debit positive. */
export const generalLedgerCsv: CsvFile = (material) => csvFile(LEDGER, ledgerRows(material));

function* ledgerRows(material: Material): Generator<CsvValue[], void, undefined> {
	const { db, company, seal, accountOf, partyName } = material;
	const base = seal.company.currency;
	for (const row of material.balances) {
		const account = accountOf(row.account);
		const head = [account.code, account.name, account.type, row.currency];
		const blank = ['', '', '', '', '', '', '', ''];
		const shown = (kind: string, date: string, balance: bigint, baseBalance: bigint): CsvValue[] => {
			return [kind, ...head, date, ...blank, '', '', major(balance, row.currency), '', '', major(baseBalance, base)];
		};
		let balance = BigInt(row.openingMinor);
		let baseBalance = BigInt(row.baseOpeningMinor);
		yield shown('opening', openingDate(material), balance, baseBalance);
		const key = { ref: row.account, currency: row.currency === base ? null : row.currency };
		for (const line of iterateRegister(db, company.id, key, periodDays(material), seal.sealedThroughSeq)) {
			const [date, no, externalNo, source, description, entryReference, lineNo, party, debit, credit, baseDebit, baseCredit, reference, memo] = line;
			const amount = BigInt(debit) - BigInt(credit);
			const baseAmount = BigInt(baseDebit) - BigInt(baseCredit);
			balance += amount;
			baseBalance += baseAmount;
			const partyText = party === null ? '' : partyName(party);
			const texts = [externalNo, source, partyText, description, reference ?? entryReference, memo];
			const amounts = [...sides(amount, row.currency), major(balance, row.currency), ...sides(baseAmount, base), major(baseBalance, base)];
			yield ['line', ...head, date, no, lineNo, ...texts, ...amounts];
		}
		yield shown('closing', seal.period.end, BigInt(row.closingMinor), BigInt(row.baseClosingMinor));
	}
}
