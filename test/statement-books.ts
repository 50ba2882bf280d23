import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { present } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import { contentPath } from '#main/platform/files.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { TestBooks } from './books.ts';

/** What a statement is recorded in: test books, or the books of a data folder that is open. */
export type StatementBooks = Pick<TestBooks, 'company' | 'clock' | 'account' | 'runner' | 'actor'>;

export interface BankLineExtra {
	readonly bankId?: string;
	readonly reference?: string;
	readonly party?: string;
	/** Which of several equal lines it is. */
	readonly occurrence?: number;
}

/** Date, amount in major units (money in positive), what the bank says, and what else the line has. */
export type TestBankLine = readonly [date: string, amount: string, description: string, extra?: BankLineExtra];

export interface TestStatement {
	readonly from: string;
	readonly to: string;
	/** Major units; left out: the bank does not say. */
	readonly opening?: string;
	readonly closing?: string;
	readonly lines: readonly TestBankLine[];
	/** Where the file itself is kept; left out: nobody asks for it. */
	readonly contentFolder?: string;
}

export interface RecordedStatement {
	readonly id: number;
	readonly uuid: string;
	/** Of the file. */
	readonly sha256: string;
	/** Ids of the statement lines, in the order given. */
	readonly lineIds: readonly number[];
}

/** A statement straight into the tables, for tests of what comes after an import. */
export function recordStatement(books: StatementBooks, accountCode: string, statement: TestStatement): RecordedStatement {
	const { company, clock } = books;
	const account = books.account(accountCode);
	const currency = present(account.currency, 'the currency of a payment-method account');
	const minor = (text: string | undefined): number | null => (text === undefined ? null : parseAmountMinor(text, currency));
	const uuid = uuidV7(clock);
	const file = fileOf(uuid, statement);
	const sha256 = createHash('sha256').update(file).digest('hex');
	if (statement.contentFolder !== undefined) {
		const path = contentPath(statement.contentFolder, sha256);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, file);
	}
	return books.runner.write((tx) => {
		const next = (table: string): number => (tx.value<number>(`SELECT max(id) FROM ${table} WHERE company_id = ?`, company.id) ?? 0) + 1;
		const id = next('bank_statements');
		const [from, to] = [dayNumber(statement.from), dayNumber(statement.to)];
		const [opening, closing] = [minor(statement.opening), minor(statement.closing)];
		const count = statement.lines.length;
		tx.run(
			`INSERT INTO bank_statements (company_id, id, uuid, account_id, currency, format, dialect, file_name, file_sha256, file_bytes, from_day, to_day,
				opening_minor, closing_minor, line_count, added_count, status, imported_at, imported_by)
			VALUES (?, ?, ?, ?, ?, 'csv', 'test', 'statement.csv', ?, ?, ?, ?, ?, ?, ?, ?, 'IMPORTED', ?, ?)`,
			company.id,
			id,
			uuid,
			account.id,
			currency,
			sha256,
			Buffer.byteLength(file),
			from,
			to,
			opening,
			closing,
			count,
			count,
			tx.instant,
			books.actor.user.id,
		);
		tx.run('INSERT INTO statement_pages VALUES (?, ?, 1, NULL, ?, ?, ?, ?, ?)', company.id, id, from, to, opening, closing, count);
		const lineIds = statement.lines.map(([date, amount, description, extra = {}], index) => {
			const lineId = next('statement_lines');
			tx.run(
				`INSERT INTO statement_lines (company_id, id, uuid, account_id, statement_id, day, amount_minor, description, party, bank_id, reference, text_key, occurrence)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				company.id,
				lineId,
				uuidV7(clock),
				account.id,
				id,
				dayNumber(date),
				parseAmountMinor(amount, currency),
				description,
				extra.party ?? null,
				extra.bankId ?? null,
				extra.reference ?? null,
				description.toLowerCase(),
				extra.occurrence ?? 1,
			);
			tx.run('INSERT INTO statement_page_lines VALUES (?, ?, ?, 1, ?)', company.id, id, index + 1, lineId);
			return lineId;
		});
		return { id, uuid, sha256, lineIds };
	});
}

function fileOf(uuid: string, { lines }: TestStatement): string {
	return [`Statement ${uuid}`, ...lines.map(([date, amount, description]) => `${date},${amount},"${description}"`), ''].join('\n');
}
