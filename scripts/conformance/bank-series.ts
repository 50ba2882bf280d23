import { readdirSync } from 'node:fs';
import path from 'node:path';
import { importAccepted } from './bank-file.ts';
import { failed, type Outcome } from './outcome.ts';
import type { CompanyBooks, Program } from './program.ts';

/** A multiplier that shares no factor with the number of files puts each of them somewhere else. */
const SHUFFLE = 37;

/**
 * A bank's daily files of several accounts, taken in in order, then all again, and in another order into other books: the same lines, and
 * no break in the end.
 */
export async function judgeSeries(program: Program, folder: string, accountIds: readonly string[]): Promise<Outcome[]> {
	const files = readdirSync(folder).sort();
	const shuffled = files.map((_, index) => files[(index * SHUFFLE) % files.length] ?? '');
	const outcomes: Outcome[] = [];
	for (const accountId of accountIds) {
		const name = `daily series of ${accountId}`;
		try {
			const inOrder = await accountOf(program, accountId);
			const first = await takeInAll(inOrder, folder, files, accountId);
			const again = await takeInAll(inOrder, folder, files, accountId);
			const other = await accountOf(program, accountId);
			const second = await takeInAll(other, folder, shuffled, accountId);
			const [ordered, mixed] = [await state(inOrder), await state(other)];
			const note =
				`${first.added} lines in order (${first.notes} notes), ${again.added} the second time, ${second.added} shuffled (${second.notes} notes); ` +
				`breaks ${ordered.breaks} and ${mixed.breaks}`;
			const isEqual =
				new Set(shuffled).size === files.length &&
				again.added === 0 &&
				ordered.lines === mixed.lines &&
				ordered.breaks === 0 &&
				mixed.breaks === 0 &&
				!second.isAsked;
			outcomes.push({ book: name, lines: first.added, compared: files.length, result: isEqual && !first.isAsked ? 'equal' : 'different', note });
		} catch (error) {
			outcomes.push({ ...failed(name, error), result: 'different' });
		}
	}
	return outcomes;
}

async function accountOf(program: Program, accountId: string): Promise<CompanyBooks> {
	const company = await program.company(`Series ${accountId}`, 'EUR');
	await company.addBankAccount('1100', 'Bank', 'EUR');
	return company;
}

async function takeInAll(company: CompanyBooks, folder: string, files: readonly string[], accountId: string) {
	let [added, notes, isAsked] = [0, 0, false];
	for (const file of files) {
		const imported = await importAccepted(company, path.join(folder, file), '1100', { statementAccount: accountId });
		added += imported.lines;
		notes += imported.notes.length;
		isAsked ||= imported.doubts.some(({ code }) => code === 'OPENING_DIFFERS' || code === 'CLOSING_DIFFERS');
	}
	return { added, notes, isAsked };
}

/** Every line that stands, and where balances do not follow. */
async function state({ client, companyId }: CompanyBooks): Promise<{ lines: string; breaks: number }> {
	const { statements, breaks } = await client.statements.list({ companyId });
	const lines: string[] = [];
	for (const { statementId } of statements) {
		const shown = await client.statements.show({ companyId, statementId });
		for (const line of shown.lines) lines.push(JSON.stringify([line.date, line.amount, line.description, line.bankId, line.reference]));
	}
	return { lines: lines.sort().join('\n'), breaks: breaks.length };
}
