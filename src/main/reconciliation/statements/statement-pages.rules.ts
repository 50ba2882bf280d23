import { addDays, type CivilDate, dayNumber } from '#shared/kernel/civil-date.ts';

/** What a reader says of one line. */
interface PageLine {
	readonly bookDate: CivilDate;
	readonly amountMinor: number;
}

interface PageBalance {
	readonly amountMinor: number;
	readonly date: CivilDate | null;
}

/** What a reader says of one statement. */
export interface PageSource<Line extends PageLine> {
	readonly number: string | null;
	readonly from: CivilDate | null;
	readonly to: CivilDate | null;
	readonly opening: PageBalance | null;
	readonly closing: PageBalance | null;
	readonly lines: readonly Line[];
	readonly rejectedCount: number;
}

/** What a person said where the file does not. */
export interface TypedFacts {
	readonly from: CivilDate | null;
	readonly to: CivilDate | null;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
}

/** A statement of the file as it is taken in; in the file's order, numbered from 1. */
export interface TakenPage<Line extends PageLine> {
	readonly pageNo: number;
	readonly number: string | null;
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
	readonly lines: readonly Line[];
	readonly rejectedCount: number;
}

/** Which facts of a person were used, and which contradict the file. */
export type TypedFact = 'from' | 'to' | 'opening' | 'closing';

export interface TakenPages<Line extends PageLine> {
	readonly pages: readonly TakenPage<Line>[];
	readonly used: readonly TypedFact[];
	/** What was typed although the file says something else. */
	readonly contradicted: readonly TypedFact[];
	/** Neither the file nor the person names any day. */
	readonly isUndated: boolean;
}

/**
 * The statements of a file with the days that they cover: what the file says, else what was typed, else what the balances' dates and the
 * lines tell; always widened by the lines' days. Balances that were typed stand where the file has none: the opening one at the start of
 * the first statement in time, the closing one at the end of the last.
 */
export function takePages<Line extends PageLine>(sources: readonly PageSource<Line>[], typed: TypedFacts): TakenPages<Line> {
	const told = sources.filter(isTelling);
	const order = timeOrder(told, typed);
	const [first, last] = [order[0], order.at(-1)];
	const used: TypedFact[] = [];
	const contradicted: TypedFact[] = [];
	const fact = <Value>(name: TypedFact, said: Value | null, given: Value | null): Value | null => {
		if (given === null || said === given) return said;
		if (said !== null) contradicted.push(name);
		else used.push(name);
		return said ?? given;
	};
	const pages: TakenPage<Line>[] = [];
	let isUndated = told.length === 0;
	for (const [index, source] of told.entries()) {
		const from = source === first ? fact('from', source.from, typed.from) : source.from;
		const to = source === last ? fact('to', source.to, typed.to) : source.to;
		const days = coveredDays(source, from, to) ?? neighbourDays(pages) ?? onlyTyped(typed);
		isUndated ||= days === null;
		if (days === null) continue;
		pages.push({
			pageNo: index + 1,
			number: source.number,
			...days,
			openingMinor: source === first ? fact('opening', source.opening?.amountMinor ?? null, typed.openingMinor) : (source.opening?.amountMinor ?? null),
			closingMinor: source === last ? fact('closing', source.closing?.amountMinor ?? null, typed.closingMinor) : (source.closing?.amountMinor ?? null),
			lines: source.lines,
			rejectedCount: source.rejectedCount,
		});
	}
	return { pages, used, contradicted, isUndated };
}

/** The frame of a statement without days, balances and lines says nothing, unless it is all that there is. */
function isTelling<Line extends PageLine>(source: PageSource<Line>, _index: number, all: readonly PageSource<Line>[]): boolean {
	return all.length === 1 || source.lines.length > 0 || source.opening !== null || source.closing !== null || source.from !== null || source.rejectedCount > 0;
}

function timeOrder<Line extends PageLine>(sources: readonly PageSource<Line>[], typed: TypedFacts): PageSource<Line>[] {
	const days = new Map(sources.map((source) => [source, coveredDays(source, source.from, source.to) ?? onlyTyped(typed)]));
	return inTimeOrder(sources, (source) => ({
		fromDay: days.get(source)?.fromDay ?? 0,
		toDay: days.get(source)?.toDay ?? 0,
		openingMinor: source.opening?.amountMinor ?? null,
		closingMinor: source.closing?.amountMinor ?? null,
	}));
}

interface Placed {
	readonly fromDay: number;
	readonly toDay: number;
	readonly openingMinor: number | null;
	readonly closingMinor: number | null;
}

/** Statements by their days. Of several on one day the file's order decides, or its reverse where only that makes the balances follow. */
export function inTimeOrder<Page>(pages: readonly Page[], place: (page: Page) => Placed): Page[] {
	const byDay = (one: Page, next: Page): number => place(one).fromDay - place(next).fromDay || place(one).toDay - place(next).toDay;
	const breaks = (order: readonly Page[]): number =>
		order.filter((page, index) => {
			const before = order[index - 1];
			if (before === undefined) return false;
			const [closing, opening] = [place(before).closingMinor, place(page).openingMinor];
			return closing !== null && opening !== null && closing !== opening;
		}).length;
	const forward = pages.toSorted(byDay);
	const backward = pages.toReversed().sort(byDay);
	return breaks(backward) < breaks(forward) ? backward : forward;
}

interface Days {
	readonly fromDay: number;
	readonly toDay: number;
}

function coveredDays<Line extends PageLine>(source: PageSource<Line>, from: CivilDate | null, to: CivilDate | null): Days | null {
	const { opening, closing, lines } = source;
	const dates = lines.map((line) => line.bookDate);
	let first: CivilDate | null = null;
	let last: CivilDate | null = null;
	for (const date of dates) {
		if (first === null || date < first) first = date;
		if (last === null || date > last) last = date;
	}
	const opens = openingDay(opening?.date ?? null, first);
	const start = earliest(from ?? opens, first) ?? to ?? closing?.date ?? null;
	const end = latest(to ?? closing?.date ?? null, last) ?? from ?? opens;
	if (start === null || end === null) return null;
	if (start <= end) return { fromDay: dayNumber(start), toDay: dayNumber(end) };
	// The day after the opening balance lies past the closing one: an empty statement of one day.
	return { fromDay: dayNumber(end), toDay: dayNumber(from === null ? end : start) };
}

/** An opening balance is that of the evening before, unless its date is the first line's own. */
function openingDay(date: CivilDate | null, firstLine: CivilDate | null): CivilDate | null {
	if (date === null || (firstLine !== null && date >= firstLine)) return null;
	return addDays(date, 1);
}

const earliest = (one: CivilDate | null, other: CivilDate | null): CivilDate | null => (one === null || (other !== null && other < one) ? other : one);
const latest = (one: CivilDate | null, other: CivilDate | null): CivilDate | null => (one === null || (other !== null && other > one) ? other : one);

/** A statement without any day stands at the end of the one before it in the file. */
function neighbourDays(pages: readonly Days[]): Days | null {
	const before = pages.at(-1);
	return before ? { fromDay: before.toDay, toDay: before.toDay } : null;
}

function onlyTyped({ from, to }: TypedFacts): Days | null {
	const [start, end] = [from ?? to, to ?? from];
	return start === null || end === null ? null : { fromDay: dayNumber(start), toDay: dayNumber(end) };
}
