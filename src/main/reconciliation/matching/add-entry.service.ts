import { AppError } from '#shared/kernel/app-error.ts';
import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount, parseAmountMinor } from '#shared/kernel/money.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { checkOpen, joinLines, viewAfter } from './decide.service.ts';
import { findLine, newMatch } from './join.service.ts';
import { negated, postForLines, sided } from './post-for-lines.service.ts';

export interface CounterLine {
	readonly account: string;
	/** Major units; a share of the line's amount, negative the other way. */
	readonly amount?: string | undefined;
	readonly party?: string | undefined;
	readonly memo?: string | undefined;
}

export interface AddEntryInput {
	readonly line: string;
	readonly lines: readonly CounterLine[];
	readonly date?: string | undefined;
	readonly description?: string | undefined;
	readonly rate?: string | undefined;
	readonly inSession?: boolean | undefined;
}

/**
 * Posts what only the bank has, with the line's date, amount, description and reference, and matches it at once.
 * Refuses NOT_FOUND, MATCH_REFUSED, MATCH_UNEQUAL (the counter lines do not add up), INPUT_INVALID and the codes of posting.
 */
export function addEntry(tx: WriteTx, actor: Actor, input: AddEntryInput) {
	const { company, user } = actor;
	const line = findLine(tx, company, input.line);
	checkOpen(tx, company, [line.id], []);
	const currency = line.accountCurrency ?? company.currency;
	const counter = counterLines(input.lines, line.amountMinor, currency);
	const posted = postForLines(tx, actor, {
		date: input.date ?? fromDayNumber(line.day),
		description: input.description ?? line.description,
		...(line.reference === null ? {} : { reference: line.reference }),
		...(input.rate === undefined ? {} : { rates: { [currency]: input.rate } }),
		inSession: input.inSession ?? false,
		lines: [
			{ account: line.code, currency, ...sided(formatAmount(line.amountMinor, currency)) },
			...counter.map(({ amount, ...each }) => ({ ...each, currency, ...sided(negated(amount)) })),
		],
	});
	const { day, ...entry } = posted;
	const entryLines = [[entry.no, 1]] as const;
	const throughDay = Math.max(line.day, day);
	const id = newMatch(tx, company, { accountId: line.accountId, kind: 'ENTRY', lineIds: [line.id], entryLines, throughDay });
	joinLines(tx, company, id, [line.id], entryLines, user.id);
	return { ...viewAfter(tx, company, id), entry };
}

/** Counter lines with the sign of the bank line. */
function counterLines(lines: readonly CounterLine[], amountMinor: number, currency: string): (CounterLine & { readonly amount: string })[] {
	const [only] = lines;
	if (lines.length === 1 && only && only.amount === undefined) return [{ ...only, amount: formatAmount(amountMinor, currency) }];
	const side = amountMinor < 0 ? -1 : 1;
	const shares = lines.map((line) => {
		if (line.amount === undefined) {
			throw new AppError('INPUT_INVALID', `Say how much of the amount goes to account ${line.account}: where there are several, each has its share.`, {
				account: line.account,
			});
		}
		return { ...line, minor: side * parseAmountMinor(line.amount, currency) };
	});
	const differenceMinor = BigInt(amountMinor) - shares.reduce((sum, { minor }) => sum + BigInt(minor), 0n);
	if (differenceMinor !== 0n) {
		const [amount, difference] = [amountMinor, differenceMinor].map((minor) => formatAmount(minor, currency));
		throw new AppError('MATCH_UNEQUAL', `The shares do not add up to ${amount} ${currency}: ${difference} is left.`, { amount, difference, currency });
	}
	return shares.map(({ minor, ...line }) => ({ ...line, amount: formatAmount(minor, currency) }));
}
