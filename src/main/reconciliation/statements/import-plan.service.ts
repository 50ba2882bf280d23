import { AppError } from '#shared/kernel/app-error.ts';
import { type CivilDate, civilDate, dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { parseAmountMinor } from '#shared/kernel/money.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { ParsedLine, ParsedStatement, RejectedLine } from '../formats/parsed-statement.ts';
import { closingDoubt } from '../statement-arithmetic.rules.ts';
import { type BalancePage, type Break, chainBreaks } from './continuity.rules.ts';
import { type FileLine, type Placement, placeLines, textKey } from './dedup.rules.ts';
import { type Accepted, acceptedDoubts, type Doubt, gapNote, type Note, openingDiffers } from './statement-doubts.rules.ts';
import { type FileAccount, isSameBankAccount } from './statement-choice.rules.ts';
import { bankIdsOutside, standingLines } from './statement-lines.queries.ts';
import { inTimeOrder, takePages, type TakenPage, type TypedFact } from './statement-pages.rules.ts';
import { knownBankAccounts, type PageRow, pageSum, standingPages } from './statements.queries.ts';
import type { TargetAccount } from './target-account.service.ts';

/** What a person says about the statements themselves, where the file does not. */
export interface StatementFacts {
	readonly from?: string | undefined;
	readonly to?: string | undefined;
	/** Major units. */
	readonly opening?: string | undefined;
	readonly closing?: string | undefined;
	readonly keepGoing?: boolean | undefined;
}

export interface PlannedLine extends FileLine {
	readonly source: ParsedLine;
}

/** Everything that an import would do, worked out without writing. */
export interface ImportPlan {
	readonly pages: readonly TakenPage<ParsedLine>[];
	/** In the order of the file. */
	readonly lines: readonly PlannedLine[];
	readonly placements: readonly Placement[];
	readonly added: number;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly pending: number;
	readonly rejected: readonly RejectedLine[];
	/** What a person has to accept. */
	readonly doubts: readonly Doubt[];
	/** What was typed or follows from --keep-going: recorded without being asked. */
	readonly recorded: readonly Accepted[];
	readonly notes: readonly Note[];
}

/** One account of a file as it is to be taken in, whatever the books hold. */
export interface PreparedStatements {
	readonly chosen: FileAccount<ParsedStatement>;
	readonly pages: readonly TakenPage<ParsedLine>[];
	/** In the order of the file. */
	readonly lines: readonly PlannedLine[];
	readonly fromDay: number;
	readonly toDay: number;
	/** Readers' doubts and sums that do not come out. */
	readonly doubts: readonly Doubt[];
	readonly recorded: readonly Accepted[];
}

/** Days, balances and lines of one account of a file. Refuses INPUT_INVALID where something typed contradicts the file, NEEDS_ANSWER where no day is known. */
export function prepareStatements(target: TargetAccount, chosen: FileAccount<ParsedStatement>, facts: StatementFacts): PreparedStatements {
	const { statements } = chosen;
	const taken = takePages(
		statements.map((statement) => ({ ...statement, rejectedCount: statement.rejected.length })),
		typedFacts(facts, target),
	);
	const [contradicted] = taken.contradicted;
	if (contradicted !== undefined) throw contradiction(contradicted);
	if (taken.isUndated) throw undated();
	const { pages } = taken;
	const { asked, recorded } = doubtsOf(statements, pages, target, facts.keepGoing ?? false);
	return {
		chosen,
		pages,
		lines: plannedLines(pages),
		fromDay: pages.reduce((first, page) => Math.min(first, page.fromDay), Number.MAX_SAFE_INTEGER),
		toDay: pages.reduce((last, page) => Math.max(last, page.toDay), Number.MIN_SAFE_INTEGER),
		doubts: asked,
		recorded: [...typedRecords(taken.used, facts, target), ...recorded, ...leftOutRecords(statements, facts)],
	};
}

/** Plans the import of what was prepared: which lines are new, and what is doubtful against what the books hold. */
export function planImport(db: ReadDb, company: Company, target: TargetAccount, prepared: PreparedStatements): ImportPlan {
	const { chosen, pages, lines, fromDay, toDay } = prepared;
	const { statements } = chosen;
	const order = inTimeOrder(pages, (page) => page);
	const ids = new Set(lines.flatMap(({ bankId }) => (bankId === null ? [] : [bankId])));
	const standing = standingLines(db, company.id, target.id, fromDay, toDay);
	const outside = bankIdsOutside(db, company.id, target.id, { fromDay, toDay }, ids);
	const { placements, lookalikes } = placeLines(lines, standing, outside);
	const breaks = newBreaks(db, company, target, pages);
	const reused = placements.filter((placement) => placement.kind === 'NEW' && placement.isBankIdReused).length;
	return {
		pages,
		lines,
		placements,
		added: placements.filter(({ kind }) => kind === 'NEW').length,
		fromDay,
		toDay,
		openingMinor: order[0]?.openingMinor ?? null,
		closingMinor: order.at(-1)?.closingMinor ?? null,
		pending: statements.reduce((sum, statement) => sum + statement.pending, 0),
		rejected: statements.flatMap(({ rejected }) => rejected),
		doubts: [...prepared.doubts, ...breaks.doubts],
		recorded: prepared.recorded,
		notes: [...breaks.notes, ...notesOn(db, company, target, chosen, { reused, lookalikes })],
	};
}

function typedFacts({ from, to, opening, closing }: StatementFacts, { currency }: TargetAccount) {
	const date = (text: string | undefined): CivilDate | null => (text === undefined ? null : civilDate(text));
	const minor = (text: string | undefined): number | null => (text === undefined ? null : parseAmountMinor(text, currency));
	const typed = { from: date(from), to: date(to), openingMinor: minor(opening), closingMinor: minor(closing) };
	if (typed.from !== null && typed.to !== null && typed.from > typed.to) {
		throw new AppError('INPUT_INVALID', `The statement cannot cover the days from ${typed.from} to ${typed.to}.`, { from: typed.from, to: typed.to });
	}
	return typed;
}

function contradiction(fact: TypedFact): AppError {
	const what = { from: 'its first day', to: 'its last day', opening: 'its opening balance', closing: 'its closing balance' }[fact];
	return new AppError('INPUT_INVALID', `The file says ${what} itself, and something else than was given. Leave out --${fact}.`, { option: fact });
}

function undated(): AppError {
	const question = 'The file names no day and holds no line. Which days does the statement cover?';
	const questions = (['from', 'to'] as const).map((id) => ({ id, question, choices: [], example: null }));
	return new AppError('NEEDS_ANSWER', question, { questions });
}

function plannedLines(pages: readonly TakenPage<ParsedLine>[]): PlannedLine[] {
	return pages.flatMap((page) =>
		page.lines.map((source) => ({
			page: page.pageNo,
			day: dayNumber(source.bookDate),
			amountMinor: source.amountMinor,
			textKey: textKey(source.description),
			bankId: source.bankId,
			runningBalanceMinor: source.runningBalanceMinor,
			source,
		})),
	);
}

interface SumDoubts {
	readonly asked: readonly Doubt[];
	/** Where lines were left out on purpose the sum cannot come out. */
	readonly recorded: readonly Accepted[];
}

/** What the readers doubt, and sums that do not come out: recomputed, because balances may have been typed and lines left out. */
function doubtsOf(
	statements: readonly ParsedStatement[],
	pages: readonly TakenPage<ParsedLine>[],
	{ currency }: TargetAccount,
	keepsGoing: boolean,
): SumDoubts {
	const isExpected = (code: string, rejectedCount: number): boolean => code === 'CLOSING_DIFFERS' && keepsGoing && rejectedCount > 0;
	const told = statements.flatMap(({ doubts, rejected }) => doubts.map((doubt) => ({ doubt, rejectedCount: rejected.length })));
	const sums = pages.flatMap((page) => {
		const doubt = closingDoubt(page, currency);
		return doubt === null || told.some(({ doubt: { message } }) => message === doubt.message) ? [] : [{ doubt, rejectedCount: page.rejectedCount }];
	});
	const all = [...told, ...sums];
	return {
		asked: all.filter(({ doubt, rejectedCount }) => !isExpected(doubt.code, rejectedCount)).map(({ doubt }) => doubt),
		recorded: acceptedDoubts(all.filter(({ doubt, rejectedCount }) => isExpected(doubt.code, rejectedCount)).map(({ doubt }) => doubt)),
	};
}

function typedRecords(used: readonly TypedFact[], facts: StatementFacts, { currency }: TargetAccount): Accepted[] {
	return used.map((fact) => {
		const value = facts[fact] ?? '';
		if (fact === 'from' || fact === 'to') return { code: 'DAYS_TYPED', message: `The ${fact === 'from' ? 'first' : 'last'} day was typed: ${value}.` };
		return { code: fact === 'opening' ? 'OPENING_TYPED' : 'CLOSING_TYPED', message: `The ${fact} balance was typed: ${value} ${currency}.` };
	});
}

const MAX_NAMED = 20;

function leftOutRecords(statements: readonly ParsedStatement[], { keepGoing }: StatementFacts): Accepted[] {
	const rejected = statements.flatMap((statement) => statement.rejected);
	if (rejected.length === 0 || !keepGoing) return [];
	const named = rejected.slice(0, MAX_NAMED).map(({ row, message }) => `line ${row}: ${message}`);
	const more = rejected.length > MAX_NAMED ? ` And ${rejected.length - MAX_NAMED} more.` : '';
	return [{ code: 'LINES_LEFT_OUT', message: `${rejected.length} lines could not be read and were left out. ${named.join(' ')}${more}` }];
}

/** The breaks in the account's chain that this import would make, questions and information. */
function newBreaks(db: ReadDb, company: Company, target: TargetAccount, pages: readonly TakenPage<ParsedLine>[]): { doubts: Doubt[]; notes: Note[] } {
	const standing = chainOf(db, company, target.id);
	const known = new Set(chainBreaks(standing).map(breakKey));
	const fresh = pages.map((page): BalancePage => {
		const sumBefore = (day: number): bigint => page.lines.reduce((sum, line) => (dayNumber(line.bookDate) < day ? sum + BigInt(line.amountMinor) : sum), 0n);
		return { ...page, key: `new ${page.pageNo}`, sumBefore, sum: () => sumBefore(Number.MAX_SAFE_INTEGER) };
	});
	const made = chainBreaks([...standing, ...fresh]).filter((found) => !known.has(breakKey(found)));
	const words = ({ page, neighbour, expectedMinor }: Break) => ({
		from: fromDayNumber(page.fromDay),
		opening: page.openingMinor ?? 0,
		before: fromDayNumber(neighbour.toDay),
		expected: expectedMinor,
		currency: target.currency,
		isStanding: !page.key.startsWith('new '),
	});
	return {
		doubts: made.filter(({ kind }) => kind === 'DIFFERS').map((found) => openingDiffers(words(found))),
		notes: made.filter(({ kind }) => kind === 'GAP').map((found) => gapNote(words(found))),
	};
}

const breakKey = ({ kind, page }: Break): string => `${kind} ${page.key}`;

/** An account's standing statements with their balances, for judging how they follow each other. */
export function chainOf(db: ReadDb, company: Company, accountId: number): BalancePage[] {
	return standingPages(db, company.id, accountId).map((page: PageRow) => ({
		...page,
		key: `${page.statementId} ${page.pageNo}`,
		sumBefore: (day) => pageSum(db, company.id, page, day),
		sum: () => pageSum(db, company.id, page, null),
	}));
}

function notesOn(
	db: ReadDb,
	company: Company,
	target: TargetAccount,
	{ accountId }: FileAccount<ParsedStatement>,
	{ reused, lookalikes }: { readonly reused: number; readonly lookalikes: number },
): Note[] {
	const notes: Note[] = [];
	const known = knownBankAccounts(db, company.id, target.id);
	if (accountId !== null && known.length > 0 && !known.some((other) => isSameBankAccount(other, accountId))) {
		notes.push({
			code: 'ACCOUNT_DIFFERS',
			message: `The file is of ${accountId}; statements of ${known.join(', ')} were taken in for ${target.code} before. Undo this one if it is of another account.`,
		});
	}
	if (reused > 0)
		notes.push({ code: 'BANK_ID_REUSED', message: `New lines with an id that the bank gives to another line too: ${reused}. They were taken in.` });
	if (lookalikes > 0) {
		notes.push({
			code: 'LOOKALIKES',
			message: `New lines with the day and the amount of a line that was taken in before, and another text: ${lookalikes}. Check that they are not the same.`,
		});
	}
	return notes;
}
