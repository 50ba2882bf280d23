import { type CivilDate, daysInMonth, makeDate } from '#shared/kernel/civil-date.ts';

export interface WrittenDay {
	readonly date: CivilDate;
	/** The calendar has no such day (30 February): the month's last one was taken. */
	readonly isDoubtful: boolean;
}

// Compact (OFX) or with hyphens (XML); a time and a zone may follow. The day is the one written: a zone never moves it.
const SHAPE = /^\s*(\d{4})(-?)(\d{2})\2(\d{2})(?!\d)|^\s*(\d{4})(\d{2})(\d{2})\d{2,}/;

/** The day at the start of a date or an instant as banks write them; null where there is none. */
export function writtenDay(text: string | null | undefined): WrittenDay | null {
	const parts = SHAPE.exec((text ?? '').slice(0, 40));
	if (!parts) return null;
	const [year, month, day] = [Number(parts[1] ?? parts[5]), Number(parts[3] ?? parts[6]), Number(parts[4] ?? parts[7])];
	if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
	const last = daysInMonth(year, month);
	return { date: makeDate(year, month, Math.min(day, last)), isDoubtful: day > last };
}
