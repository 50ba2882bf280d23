import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FileLine, placeLines, type StandingLine, textKey } from './dedup.rules.ts';

/** day, amount, text, then id, running balance and page where they matter. */
type Row = readonly [day: number, amount: number, text: string, extra?: { id?: string; balance?: number; page?: number }];

const fileLine = ([day, amountMinor, text, { id, balance, page = 1 } = {}]: Row): FileLine => ({
	day,
	amountMinor,
	textKey: textKey(text),
	bankId: id ?? null,
	runningBalanceMinor: balance ?? null,
	page,
});

/** What the books hold after these rows came in, one file after the other. */
class Bank {
	readonly lines: StandingLine[] = [];

	take(rows: readonly Row[]): string[] {
		const file = rows.map(fileLine);
		const days = file.map(({ day }) => day);
		const [from, to] = [days.reduce((a, b) => Math.min(a, b)), days.reduce((a, b) => Math.max(a, b))];
		const standing = this.lines.filter(({ day }) => day >= from && day <= to);
		const inside = new Set(standing);
		const outside = new Set(this.lines.flatMap((line) => (inside.has(line) || line.bankId === null ? [] : [line.bankId])));
		const { placements } = placeLines(file, standing, outside);
		placements.forEach((placement, index) => {
			const line = file[index];
			if (placement.kind === 'NEW' && line) this.lines.push({ ...line, id: this.lines.length + 1, occurrence: placement.occurrence });
		});
		return placements.map((placement) => (placement.kind === 'NEW' ? (placement.isBankIdReused ? 'NEW reused' : 'NEW') : placement.kind));
	}
}

describe('a line that stands already', () => {
	it.each<{ what: string; books: readonly Row[]; file: readonly Row[]; becomes: readonly string[] }>([
		{ what: 'same id, day and amount, another text', books: [[1, 500, 'Rent', { id: 'a' }]], file: [[1, 500, 'RENT MAY', { id: 'a' }]], becomes: ['STANDING'] },
		{ what: 'same id, another amount', books: [[1, 500, 'Rent', { id: 'a' }]], file: [[1, 600, 'Rent', { id: 'a' }]], becomes: ['NEW reused'] },
		{ what: 'same id, another day', books: [[1, 500, 'Rent', { id: 'a' }]], file: [[2, 500, 'Rent', { id: 'a' }]], becomes: ['NEW reused'] },
		{ what: 'other id, all else equal', books: [[1, 500, 'Rent', { id: 'a' }]], file: [[1, 500, 'Rent', { id: 'b' }]], becomes: ['NEW'] },
		{
			what: 'one id for two equal lines',
			books: [[1, 500, 'Fee', { id: 'a' }]],
			file: [
				[1, 500, 'Fee', { id: 'a' }],
				[1, 500, 'Fee', { id: 'a' }],
			],
			becomes: ['STANDING', 'NEW'],
		},
		{ what: 'no ids, the same text with other blanks and cases', books: [[1, 500, 'Rent  MAY']], file: [[1, 500, 'rent/may']], becomes: ['STANDING'] },
		{
			what: 'no ids, one more than the books hold',
			books: [
				[1, 500, 'Fee'],
				[1, 500, 'Fee'],
			],
			file: [
				[1, 500, 'Fee'],
				[1, 500, 'Fee'],
				[1, 500, 'Fee'],
			],
			becomes: ['STANDING', 'STANDING', 'NEW'],
		},
		{ what: 'no ids, another running balance', books: [[1, 500, 'Fee', { balance: 900 }]], file: [[1, 500, 'Fee', { balance: 400 }]], becomes: ['NEW'] },
		{ what: 'no ids, a running balance on one side only', books: [[1, 500, 'Fee', { balance: 900 }]], file: [[1, 500, 'Fee']], becomes: ['STANDING'] },
		{ what: 'first with ids, then without', books: [[1, 500, 'Rent', { id: 'a' }]], file: [[1, 500, 'Rent']], becomes: ['STANDING'] },
		{ what: 'first without ids, then with', books: [[1, 500, 'Rent']], file: [[1, 500, 'Rent', { id: 'a' }]], becomes: ['STANDING'] },
		{
			what: 'first with ids, then without, one twin more',
			books: [
				[1, 500, 'Fee', { id: 'a' }],
				[1, 500, 'Fee', { id: 'b' }],
			],
			file: [
				[1, 500, 'Fee'],
				[1, 500, 'Fee'],
				[1, 500, 'Fee'],
			],
			becomes: ['STANDING', 'STANDING', 'NEW'],
		},
		{
			what: 'one id for two lines: equal texts find each other first',
			books: [[1, 500, 'Fee', { id: 'a' }]],
			file: [
				[1, 500, 'Tax', { id: 'a' }],
				[1, 500, 'Fee', { id: 'a' }],
			],
			becomes: ['NEW', 'STANDING'],
		},
		{
			what: 'one with its id and one without: it is one of them, not both',
			books: [[1, 500, 'Fee', { id: 'a' }]],
			file: [
				[1, 500, 'Fee'],
				[1, 500, 'Fee', { id: 'a' }],
			],
			becomes: ['NEW', 'STANDING'],
		},
		{
			what: 'without an id in the books, with and without in the file',
			books: [[1, 500, 'Fee']],
			file: [
				[1, 500, 'Fee', { id: 'b' }],
				[1, 500, 'Fee'],
			],
			becomes: ['NEW', 'STANDING'],
		},
		{ what: 'with and without ids, another text', books: [[1, 500, 'Rent', { id: 'a' }]], file: [[1, 500, 'Gas']], becomes: ['NEW'] },
	])('$what', ({ books, file, becomes }) => {
		const bank = new Bank();
		bank.take(books);
		expect(bank.take(file)).toEqual(becomes);
	});

	it('is one line where two statements of a file hold it with its id', () => {
		const bank = new Bank();
		const row = (page: number): Row => [1, 500, 'Rent', { id: 'a', page }];
		expect(bank.take([row(1), row(2)])).toEqual(['NEW', 'REPEATED']);
		expect(bank.take([row(1), row(2)])).toEqual(['STANDING', 'STANDING']);
	});

	it('numbers its equals on from those that stand', () => {
		const bank = new Bank();
		bank.take([[1, 500, 'Fee']]);
		bank.take([
			[1, 500, 'Fee'],
			[1, 500, 'Fee'],
		]);
		expect(bank.lines.map(({ occurrence }) => occurrence)).toEqual([1, 2]);
	});

	it('is pointed out where day and amount are those of a line with another text', () => {
		const standing = [{ ...fileLine([1, 500, 'ACME Ltd', { id: 'a' }]), id: 1, occurrence: 1 }];
		expect(placeLines([fileLine([1, 500, 'Transfer ACME'])], standing).lookalikes).toBe(1);
		expect(placeLines([fileLine([1, 500, 'ACME Ltd']), fileLine([1, 500, 'Transfer'])], standing).lookalikes).toBe(0);
	});
});

const TEXTS = ['Fee', 'Rent', 'ACME Ltd'] as const;
const DAYS = 6;

/** A true list of lines by day, with many twins; each with an id of its own and the balance after it. */
const trueList = fc
	.array(fc.record({ day: fc.integer({ min: 1, max: DAYS }), amount: fc.constantFrom(100, -100, 250), text: fc.constantFrom(...TEXTS) }), { maxLength: 24 })
	.map((lines) => {
		let balance = 1000;
		return lines
			.toSorted((one, next) => one.day - next.day)
			.map(({ day, amount, text }, index) => ({ day, amount, text, id: `id${index}`, balance: (balance += amount) }));
	});
type TrueLine = ReturnType<typeof trueList.generate>['value'][number];

/** How a file shows the lines: the bank's format decides. */
const FORMS = {
	ids: ({ day, amount, text, id }: TrueLine): Row => [day, amount, text, { id }],
	plain: ({ day, amount, text }: TrueLine): Row => [day, amount, text.toUpperCase()],
	balances: ({ day, amount, text, balance }: TrueLine): Row => [day, amount, ` ${text}`, { balance }],
	all: ({ day, amount, text, id, balance }: TrueLine): Row => [day, amount, text, { id, balance }],
} as const;

const counted = (rows: readonly { day: number; amountMinor: number; textKey: string }[]): string[] =>
	rows.map(({ day, amountMinor, textKey: key }) => `${day} ${amountMinor} ${key}`).sort();
const asRows = (lines: readonly TrueLine[]): string[] => counted(lines.map((line) => fileLine(FORMS.plain(line))));

describe('overlapping files of one true list', () => {
	const span = fc.tuple(fc.integer({ min: 1, max: DAYS }), fc.integer({ min: 1, max: DAYS })).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
	const files = fc.array(fc.tuple(span, fc.constantFrom(...Object.keys(FORMS))), { maxLength: 8 });

	it('give exactly the lines of the days that any of them covers: every format, in any order, any number of times', () => {
		fc.assert(
			fc.property(trueList, files, (list, given) => {
				const bank = new Bank();
				for (const [[from, to], form] of given) {
					const slice = list.filter(({ day }) => day >= from && day <= to);
					if (slice.length > 0) bank.take(slice.map(FORMS[form as keyof typeof FORMS]));
				}
				const covered = list.filter(({ day }) => given.some(([[from, to]]) => day >= from && day <= to));
				expect(counted(bank.lines)).toEqual(asRows(covered));
			}),
			{ numRuns: 400 },
		);
	});

	it('give it also where files with ids begin and end in the middle of a day', () => {
		const cuts = fc.array(fc.tuple(fc.nat(24), fc.nat(24)), { maxLength: 8 });
		fc.assert(
			fc.property(trueList, cuts, (list, given) => {
				const bank = new Bank();
				const covered = new Set<TrueLine>();
				for (const [start, length] of given) {
					const slice = list.slice(start, start + length);
					for (const line of slice) covered.add(line);
					if (slice.length > 0) bank.take(slice.map(FORMS.ids));
				}
				expect(counted(bank.lines)).toEqual(asRows([...covered]));
				expect(new Set(bank.lines.map(({ bankId }) => bankId)).size).toBe(bank.lines.length);
			}),
			{ numRuns: 300 },
		);
	});

	it('add nothing the second time', () => {
		fc.assert(
			fc.property(trueList, files, (list, given) => {
				const bank = new Bank();
				const takeAll = (): void => {
					for (const [[from, to], form] of given) {
						const slice = list.filter(({ day }) => day >= from && day <= to);
						if (slice.length > 0) bank.take(slice.map(FORMS[form as keyof typeof FORMS]));
					}
				};
				takeAll();
				const before = bank.lines.length;
				takeAll();
				expect(bank.lines).toHaveLength(before);
			}),
			{ numRuns: 100 },
		);
	});
});

describe('twenty thousand equal lines', () => {
	it.each(['ids', 'plain', 'balances', 'all'] as const)('in the form %s are placed, and once', (form) => {
		const list = Array.from({ length: 20_000 }, (_, index): TrueLine => ({ day: 1, amount: 100, text: 'Fee', id: `id${index}`, balance: 100 * index }));
		const bank = new Bank();
		const rows = list.map(FORMS[form]);
		bank.take(rows);
		expect(bank.lines).toHaveLength(20_000);
		for (const again of ['ids', 'plain'] as const) expect(new Set(bank.take(list.map(FORMS[again])))).toEqual(new Set(['STANDING']));
	});
});

describe('the text of a line', () => {
	it.each([
		['SEPA  Überweisung/ACME', 'sepa überweisung acme'],
		['Ｆｕｌｌ width', 'full width'],
		['हिन्दी — bank', 'हिन्दी bank'],
		[' -- ', ''],
	])('%j identifies as %j', (text, key) => expect(textKey(text)).toBe(key));
});
