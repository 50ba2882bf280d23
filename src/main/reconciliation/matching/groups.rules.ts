import { DayIndex } from './day-index.rules.ts';
import type { PreparedBank, PreparedBook } from './prepared-lines.rules.ts';
import { shareReference } from './prepared-lines.rules.ts';
import { datePoints, isSameDirection, meanPoints, textPoints } from './score.rules.ts';
import { bestSum, type SumMember } from './subset-sum.rules.ts';
import {
	DAYS_AFTER_BOOK,
	DAYS_BEFORE_BOOK,
	GROUP_LINES,
	GROUP_LOOKS,
	GROUP_POOL,
	KINDRED_POINTS,
	POINTS,
	SUGGESTED_SCORE,
	UNRELATED_GROUP_LINES,
} from './weights.rules.ts';

/** Lines of one side that together are one line of the other. */
export interface Group {
	readonly bank: readonly PreparedBank[];
	readonly books: readonly PreparedBook[];
	readonly score: number;
	/** The largest distance in days of a member to the one line. */
	readonly daysApart: number;
	readonly sharesReference: boolean;
}

interface Member<Line> extends SumMember {
	readonly line: Line;
	readonly sharesReference: boolean;
	readonly textPoints: number;
}

/** What differs between one bank line with several ledger lines and the other way round. */
interface Side<One, Many> {
	/** Days of the many, counted from the day of the one. */
	readonly from: number;
	readonly to: number;
	readonly compare: (one: One, many: Many) => { readonly sharesReference: boolean; readonly textPoints: number };
	readonly groupOf: (one: One, many: readonly Many[]) => Pick<Group, 'bank' | 'books'>;
}

const ONE_TO_MANY: Side<PreparedBank, PreparedBook> = {
	from: -DAYS_AFTER_BOOK,
	to: DAYS_BEFORE_BOOK,
	compare: (bank, book) => ({ sharesReference: shareReference(bank, book), textPoints: textPoints(bank, book) }),
	groupOf: (bank, books) => ({ bank: [bank], books: inOrder(books) }),
};

const MANY_TO_ONE: Side<PreparedBook, PreparedBank> = {
	from: -DAYS_BEFORE_BOOK,
	to: DAYS_AFTER_BOOK,
	compare: (book, bank) => ({ sharesReference: shareReference(bank, book), textPoints: textPoints(bank, book) }),
	groupOf: (book, bank) => ({ bank: inOrder(bank), books: [book] }),
};

/** Said no to by a person, or worse than what stands: then the next best set is taken. */
export type IsGroupAllowed = (group: Group) => boolean;

/** Groups of the free lines, none of them certain, each line in at most one: from the highest score down, then nearer dates, then ids. */
export function findGroups(bank: readonly PreparedBank[], books: readonly PreparedBook[], isAllowed: IsGroupAllowed): Group[] {
	const taken = new Set<PreparedBank | PreparedBook>();
	const groups: Group[] = [];
	// A line whose set was taken by a better group looks once more among what is left.
	for (let round = 0; round < ROUNDS; round++) {
		const freeBank = bank.filter((line) => !taken.has(line));
		const freeBooks = books.filter((line) => !taken.has(line));
		const found = [...groupsOf(freeBank, freeBooks, ONE_TO_MANY, isAllowed), ...groupsOf(freeBooks, freeBank, MANY_TO_ONE, isAllowed)].sort(byRank);
		for (const group of found) {
			const members = [...group.bank, ...group.books];
			if (members.some((line) => taken.has(line))) continue;
			for (const line of members) taken.add(line);
			groups.push(group);
		}
		if (found.length === 0) break;
	}
	return groups;
}

const ROUNDS = 3;

function byRank(one: Group, other: Group): number {
	const firstId = (lines: readonly { readonly index: number }[]) => lines[0]?.index ?? 0;
	return (
		other.score - one.score ||
		one.daysApart - other.daysApart ||
		one.bank.length + one.books.length - other.bank.length - other.books.length ||
		firstId(one.bank) - firstId(other.bank) ||
		firstId(one.books) - firstId(other.books)
	);
}

type EitherLine = PreparedBank | PreparedBook;

function* groupsOf<One extends EitherLine, Many extends EitherLine>(
	ones: readonly One[],
	many: readonly Many[],
	side: Side<One, Many>,
	isAllowed: IsGroupAllowed,
): Generator<Group> {
	const moneyIn = new DayIndex(many.filter(({ amountMinor }) => amountMinor > 0));
	const moneyOut = new DayIndex(many.filter(({ amountMinor }) => amountMinor < 0));
	for (const one of ones) {
		const group = groupOf(one, one.amountMinor > 0 ? moneyIn : moneyOut, side, isAllowed);
		if (group) yield group;
	}
}

function groupOf<One extends EitherLine, Many extends EitherLine>(
	one: One,
	index: DayIndex<Many>,
	side: Side<One, Many>,
	isAllowed: IsGroupAllowed,
): Group | null {
	const pool = poolOf(one, index, side);
	if (pool.length < 2) return null;
	const target = Math.abs(one.amountMinor);
	const found: Group[] = [];
	for (const { members, most } of familiesOf(pool)) {
		const set = bestSum(members, target, most, (chosen) => isAllowedSet(one, chosen, side, isAllowed));
		if (set) found.push(groupFrom(one, set, side));
	}
	return found.sort(byRank)[0] ?? null;
}

function isAllowedSet<One extends EitherLine, Many extends EitherLine>(
	one: One,
	set: readonly Member<Many>[],
	side: Side<One, Many>,
	isAllowed: IsGroupAllowed,
): boolean {
	const group = groupFrom(one, set, side);
	return group.score >= SUGGESTED_SCORE && isAllowed(group);
}

/** The lines that may take part: nearest in time, then those with most in common. */
function poolOf<One extends EitherLine, Many extends EitherLine>(one: One, index: DayIndex<Many>, side: Side<One, Many>): Member<Many>[] {
	const places = index.between(one.day + side.from, one.day + side.to);
	return index
		.nearest(places, one.day, index.placeOf(one.day), GROUP_LOOKS)
		.filter((line) => isSameDirection(line.amountMinor, one.amountMinor) && Math.abs(line.amountMinor) < Math.abs(one.amountMinor))
		.map((line) => {
			const compared = side.compare(one, line);
			const points = compared.textPoints + (compared.sharesReference ? POINTS.REFERENCE_EQUAL : 0);
			return { ...compared, line, points, index: line.index, amountMinor: Math.abs(line.amountMinor), daysApart: Math.abs(line.day - one.day) };
		})
		.sort((left, right) => right.points - left.points || left.daysApart - right.daysApart || left.index - right.index)
		.slice(0, GROUP_POOL);
}

/** Sets that are searched by themselves: any two lines; lines that have something in common with the one; lines of one day. */
function* familiesOf<Many extends EitherLine>(pool: readonly Member<Many>[]): Generator<{ readonly members: readonly Member<Many>[]; readonly most: number }> {
	yield { members: pool, most: UNRELATED_GROUP_LINES };
	const kindred = pool.filter(({ points }) => points >= KINDRED_POINTS);
	if (kindred.length > UNRELATED_GROUP_LINES) yield { members: kindred, most: GROUP_LINES };
	for (const day of new Set(pool.map(({ line }) => line.day))) {
		const members = pool.filter(({ line }) => line.day === day);
		if (members.length > UNRELATED_GROUP_LINES) yield { members, most: GROUP_LINES };
	}
}

function groupFrom<One extends EitherLine, Many extends EitherLine>(one: One, set: readonly Member<Many>[], side: Side<One, Many>): Group {
	const daysApart = Math.max(...set.map((member) => member.daysApart));
	const sharesReference = set.every((member) => member.sharesReference);
	const text = meanPoints(set.map((member) => member.textPoints));
	const score = POINTS.AMOUNT_EQUAL + datePoints(daysApart) + text + (sharesReference ? POINTS.REFERENCE_EQUAL : 0);
	return {
		...side.groupOf(
			one,
			set.map(({ line }) => line),
		),
		score,
		daysApart,
		sharesReference,
	};
}

function inOrder<Many extends EitherLine>(lines: readonly Many[]): Many[] {
	return [...lines].sort((one, other) => one.index - other.index);
}
