import { AppError } from '#shared/kernel/app-error.ts';
import type { ParsedStatement, RejectedLine, StatementDoubt, StatementReader } from './parsed-statement.ts';
import { amountText, openingAccount, openingBalance, qifLine } from './qif-lines.ts';
import { BANK_TYPES, fieldText, INVESTMENT_TYPES, LIST_TYPES, type QifSection, qifSections } from './qif-records.rules.ts';
import { type QifStyle, qifStyle } from './qif-style.rules.ts';
import { cutShort, statementText } from './statement-bytes.ts';
import { LineFault, textOrNull } from './statement-text.rules.ts';

/** QIF of banks, cards, cash and other accounts. Lists are passed over; investments are refused by name. */
export const readQifStatements: StatementReader = (bytes, options) => {
	const { text, doubts } = statementText(bytes, options, 'ask');
	const sections = qifSections(text);
	const accounts = byAccount(sections);
	if (accounts.length === 0) throw noBankAccount(sections);
	const records = accounts.flatMap((account) => account.sections).flatMap((section) => section.records);
	const dates = records.map((record) => ({ text: fieldText(record, 'D') ?? '', row: record.row }));
	const amounts = records.map((record) => ({ text: amountText(record) ?? '', row: record.row }));
	const style = qifStyle(dates, amounts, options);
	const statements = accounts.map((account, index) => statementOf(account, style, index === 0 ? doubts : []));
	const dialect = `QIF (${[...new Set(accounts.map((account) => account.type))].join(', ')})`;
	const leftOut = [...new Set(sections.filter(isOther).map((section) => `${notBank(section)} It was left out.`))];
	return { format: 'qif', dialect, statements, ...(leftOut.length > 0 ? { leftOut } : {}) };
};

interface QifAccount {
	readonly name: string | null;
	readonly type: string;
	readonly sections: QifSection[];
}

function isOther(section: QifSection): boolean {
	return !BANK_TYPES.has(section.type) && !LIST_TYPES.has(section.type);
}

/** Sections of one account brought together, in the order in which the accounts come first. */
function byAccount(sections: readonly QifSection[]): QifAccount[] {
	const accounts = new Map<string, QifAccount>();
	for (const section of sections) {
		if (!BANK_TYPES.has(section.type)) continue;
		const key = section.account ?? '';
		const account = accounts.get(key) ?? { name: section.account, type: section.type, sections: [] };
		accounts.set(key, account);
		account.sections.push(section);
	}
	return [...accounts.values()];
}

function notBank(section: QifSection): string {
	const name = section.account === null ? '' : ` "${section.account}"`;
	return INVESTMENT_TYPES.has(section.type)
		? `The investment account${name} holds shares and prices, not statement lines.`
		: `The section !Type:${section.type}${name} is not one that this program knows.`;
}

function noBankAccount(sections: readonly QifSection[]): AppError {
	const other = sections.find((section) => !LIST_TYPES.has(section.type));
	const seen = other ? notBank(other) : sections.length > 0 ? 'It holds lists only (categories, memorized lines).' : 'No line of it begins with !Type:.';
	return new AppError('FILE_NOT_RECOGNISED', `The file is no QIF of a bank account. ${seen} Export the bank, card or cash account as QIF.`, { format: 'qif' });
}

function statementOf(account: QifAccount, style: QifStyle, fileDoubts: readonly StatementDoubt[]): ParsedStatement {
	const lines: ParsedStatement['lines'][number][] = [];
	const doubts = [...fileDoubts];
	const rejected: RejectedLine[] = [];
	let opening: ParsedStatement['opening'] = null;
	let name = account.name;
	const records = account.sections.flatMap((section) => section.records);
	for (const [index, record] of records.entries()) {
		if (!record.isWhole) doubts.push(cutShort(`The record at line ${record.row} is not ended by "^": the file may be cut short there.`, record.row));
		try {
			const openedAccount = index === 0 ? openingAccount(record) : null;
			if (openedAccount === null) {
				lines.push(qifLine(record, style));
			} else {
				opening = openingBalance(record, style);
				name ??= openedAccount;
			}
		} catch (error) {
			if (!(error instanceof LineFault)) throw error;
			rejected.push(error.at(record.row));
		}
	}
	const accountId = textOrNull(name);
	return { accountId, currency: null, number: null, from: null, to: null, opening, closing: null, lines, pending: 0, doubts, rejected };
}
