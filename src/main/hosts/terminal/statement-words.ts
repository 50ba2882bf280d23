import type { StatementsContract } from '#shared/contract/statements.contract.ts';
import type { Client } from '#shared/contract/client.ts';
import { formatTable } from './table.ts';
import { counted, type Figures, instantWords } from './words.ts';

type Answer<Name extends keyof StatementsContract> = Awaited<ReturnType<Client['statements'][Name]>>;
type Amounts = Pick<Figures, 'amount'>;

const REJECTED_SHOWN = 20;

export function importedWords(answer: Answer<'import'>, { amount }: Amounts): string {
	const { lines, duplicates, pending, account, no, from, to, currency, openingBalance, closingBalance, accepted, layoutSaved } = answer;
	const sentences = [`Took in ${counted(lines, 'line')} for ${account.code} ${account.name} from ${from} to ${to} (statement ${no}).`];
	if (duplicates > 0) sentences.push(`${counted(duplicates, 'line was', 'lines were')} in the books already.`);
	if (pending > 0) sentences.push(`Left out ${counted(pending, 'line')} that the bank has not booked yet.`);
	const balances = [
		openingBalance === null ? '' : `opening ${amount(openingBalance)}`,
		closingBalance === null ? '' : `closing ${amount(closingBalance)}`,
	].filter((text) => text !== '');
	if (balances.length > 0) sentences.push(`Balances in ${currency}: ${balances.join(', ')}.`);
	if (layoutSaved) sentences.push('Kept how the file was read for the next one.');
	const acceptedText = accepted.map(({ code, message }) => `  recorded ${code}: ${message}\n`).join('');
	return `${sentences.join(' ')}\n${acceptedText}${notesWords(answer.notes)}${rejectedText(answer)}`;
}

function notesWords(notes: readonly { readonly code: string; readonly message: string }[]): string {
	return notes.map(({ code, message }) => `  note ${code}: ${message}\n`).join('');
}

function rejectedText({ rejected, rejectedCount }: Pick<Answer<'import'>, 'rejected' | 'rejectedCount'>): string {
	return rejectedCount === 0 ? '' : `Left out ${counted(rejectedCount, 'line')}:\n${rejectedWords(rejected, rejectedCount)}\n`;
}

export function rejectedWords(rejected: Answer<'import'>['rejected'], count: number): string {
	const lines = rejected.slice(0, REJECTED_SHOWN).map(({ row, code, message }) => `  line ${row}: ${message} (${code})`);
	if (count > lines.length) lines.push(`  and ${counted(count - lines.length, 'more line')}`);
	return lines.join('\n');
}

export function previewWords(answer: Answer<'preview'>, { amount }: Amounts): string {
	const table = formatTable(
		[
			{ header: '' },
			{ header: 'Account', maxWidth: 34 },
			{ header: 'Number', maxWidth: 20 },
			{ header: 'From' },
			{ header: 'To' },
			{ header: 'Opening', align: 'right' },
			{ header: 'Lines', align: 'right' },
			{ header: 'Sum', align: 'right' },
			{ header: 'Closing', align: 'right' },
			{ header: '' },
		],
		answer.statements.map((one) => [
			one.isChosen ? '*' : '',
			one.bankAccount ?? '',
			one.number ?? '',
			one.from ?? '',
			one.to ?? '',
			one.openingBalance === null ? '' : amount(one.openingBalance),
			String(one.lines),
			amount(one.sum),
			one.closingBalance === null ? '' : amount(one.closingBalance),
			one.currency,
		]),
	);
	const { account, dialect, lines, duplicates, pending, questions } = answer;
	const would = `Would take in ${counted(lines, 'line')} for ${account.code} ${account.name}; ${counted(duplicates, 'stands', 'stand')} already, ${pending} pending.`;
	const asked = questions.map(({ id, question }) => `  would ask ${id}: ${question}\n`).join('');
	return `${dialect}\n${table}${would} Nothing was written.\n${asked}${notesWords(answer.notes)}${rejectedText(answer)}`;
}

export function listTable({ statements, breaks }: Answer<'list'>, { amount }: Amounts): string {
	const table = formatTable(
		[
			{ header: 'No', align: 'right' },
			{ header: 'Account', maxWidth: 30 },
			{ header: 'From' },
			{ header: 'To' },
			{ header: 'Opening', align: 'right' },
			{ header: 'Closing', align: 'right' },
			{ header: 'Lines', align: 'right' },
			{ header: 'Added', align: 'right' },
			{ header: 'File', maxWidth: 30 },
			{ header: 'When' },
			{ header: 'Status' },
		],
		statements.map((one) => [
			String(one.no),
			`${one.account.code} ${one.account.name}`,
			one.from,
			one.to,
			one.openingBalance === null ? '' : amount(one.openingBalance),
			one.closingBalance === null ? '' : amount(one.closingBalance),
			String(one.lineCount),
			String(one.added),
			one.fileName,
			instantWords(one.importedAt),
			one.status.toLowerCase(),
		]),
	);
	const told = breaks.map(({ kind, account, from, openingBalance, before, expectedBalance }) => {
		const what = kind === 'GAP' ? 'no statement for the days before' : 'it does not follow';
		return `  ${account}: the statement from ${from} opens with ${amount(openingBalance)}, the one to ${before} closed with ${amount(expectedBalance)}: ${what}\n`;
	});
	return `${table}${told.join('')}`;
}

export function shownTable(answer: Answer<'show'>, { amount }: Amounts): string {
	const { account, from, to, currency, openingBalance, closingBalance, matched, suggested, unmatched, status } = answer;
	const head = `Statement ${answer.no} of ${account.code} ${account.name}, ${from} to ${to}, ${currency}${status === 'UNDONE' ? ', undone' : ''}`;
	const table = formatTable(
		[
			{ header: 'Line', align: 'right' },
			{ header: 'Date' },
			{ header: 'Amount', align: 'right' },
			{ header: 'Description', maxWidth: 50 },
			{ header: 'Reference', maxWidth: 20 },
			{ header: 'Status' },
			{ header: 'Match', align: 'right' },
			{ header: 'Entries' },
		],
		answer.lines.map((line) => [
			String(line.no),
			line.date,
			amount(line.amount),
			line.description,
			line.reference ?? '',
			line.status.toLowerCase(),
			line.match === null ? '' : String(line.match.no),
			line.match === null ? '' : line.match.entries.map(({ no }) => String(no)).join(', '),
		]),
	);
	const balances = `opening ${openingBalance === null ? 'not stated' : amount(openingBalance)}, closing ${closingBalance === null ? 'not stated' : amount(closingBalance)}`;
	return `${head}\n${balances}\n${table}${matched} matched, ${unmatched} unmatched (${suggested} of them with a suggestion)\n`;
}
