import { expect } from 'vitest';
import { isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { atRate, balanceAt, type Model, type ModelLine, opposite, plain } from './model.ts';
import type { Step } from './steps.ts';
import { amountOf, dateOf, filePath, IMPORTED, type World, YEAR } from './world.ts';

type Does<Name extends Step['does']> = Extract<Step, { does: Name }>;

/** One company of a world, as the steps see it. */
interface Table {
	readonly world: World;
	readonly companyId: string;
	readonly model: Model;
}

type Play<Name extends Step['does']> = (table: Table, step: Does<Name>) => Promise<void>;

/** Plays one step. Answers the code with which it was refused; null where it was done. A step without anything to do it to is `NOTHING`. */
export async function play(world: World, step: Step): Promise<string | null> {
	const { companyId, model } = present(world.companies[step.company], 'a company of the game');
	try {
		await (PLAYS[step.does] as (table: Table, step: Step) => Promise<void>)({ world, companyId, model }, step);
		return null;
	} catch (error) {
		if (error instanceof Nothing) return 'NOTHING';
		if (isAppError(error)) return error.code;
		throw error;
	}
}

class Nothing extends Error {}

function chosen<Value>(among: readonly Value[], pick: number): Value {
	const found = among[pick % Math.max(among.length, 1)];
	if (found === undefined) throw new Nothing();
	return found;
}

/** Books what the program says that it posted; the number is the one that comes next. */
function book({ model }: Table, posted: { readonly no: number; readonly date: string } | undefined, lines: readonly ModelLine[], isClosing = false): void {
	const { no, date } = present(posted, 'a posted entry');
	expect(no).toBe(model.entries.length + 1);
	model.entries.push({ no, date, lines, reversed: false, isClosing });
}

function entryOf(date: string, lines: readonly ModelLine[], description = 'Played') {
	return {
		date,
		description,
		lines: lines.map(({ code, base, foreign }) => {
			const side = base > 0n ? 'debit' : 'credit';
			if (foreign === 0n) return { account: code, [side]: amountOf(base < 0n ? -base : base) };
			return { account: code, [side]: amountOf(foreign < 0n ? -foreign : foreign), currency: 'USD', baseAmount: amountOf(base) };
		}),
	};
}

async function post(table: Table, date: string, lines: readonly ModelLine[]): Promise<void> {
	const { entries } = await table.world.client.ledger.post({ companyId: table.companyId, entries: [entryOf(date, lines)] });
	expect(entries).toMatchObject([{ date }]);
	book(table, entries[0], lines);
}

const reverse: Play<'reverse'> = async (table, { pick, day }) => {
	const entry = chosen(table.model.entries, pick);
	const { entries } = await table.world.client.ledger.reverse({
		companyId: table.companyId,
		no: entry.no,
		...(day === null ? {} : { date: dateOf(day) }),
	});
	expect({ reversed: entry.reversed, isClosing: entry.isClosing }).toEqual({ reversed: false, isClosing: false });
	entry.reversed = true;
	book(table, entries[0], opposite(entry.lines));
};

const correct: Play<'correct'> = async (table, { pick, day, minor }) => {
	const entry = chosen(table.model.entries, pick);
	const lines = plain('6000', '1000', minor);
	const { entries } = await table.world.client.ledger.correct({ companyId: table.companyId, no: entry.no, entry: entryOf(dateOf(day), lines, 'Corrected') });
	expect(entry.reversed || entry.isClosing).toBe(false);
	entry.reversed = true;
	book(table, entries[0], opposite(entry.lines));
	book(table, entries[1], lines);
};

const undo: Play<'undo'> = async (table, { pick }) => {
	const batch = chosen(table.model.imports, pick);
	const { reversed } = await table.world.client.imports.undo({ companyId: table.companyId, importId: batch.id });
	expect(batch.standing).toBe(true);
	batch.standing = false;
	const open = table.model.entries.filter(({ no, reversed: done }) => no >= batch.first && no <= batch.last && !done);
	expect(reversed).toBe(open.length);
	for (const entry of open) {
		entry.reversed = true;
		book(table, { no: table.model.entries.length + 1, date: entry.date }, opposite(entry.lines));
	}
};

const importFile: Play<'import'> = async (table, { file }) => {
	const { model, world, companyId } = table;
	const answer = await world.client.imports.importJournal({ companyId, path: filePath(world, file) });
	const rows = present(IMPORTED[file], 'a file of the game');
	const stands = model.imports.some((batch) => batch.file === file && batch.standing);
	expect(answer).toMatchObject(stands ? { entries: 0, duplicates: rows.length } : { entries: rows.length, duplicates: 0, lines: rows.length * 2 });
	if (stands) return;
	const first = model.entries.length + 1;
	for (const [day, debit, credit, minor] of rows) book(table, { no: model.entries.length + 1, date: dateOf(day) }, plain(debit, credit, minor));
	model.imports.push({ id: present(answer.importId, 'the id of an import'), file, first, last: model.entries.length, standing: true });
};

const revalue: Play<'revalue'> = async (table, { day, rate }) => {
	const { model, world, companyId } = table;
	const date = dateOf(day);
	const { base, foreign } = balanceAt(model, '1110', date);
	const change = atRate(foreign, rate) - base;
	const { entries } = await world.client.ledger.revalue({ companyId, date, rates: { USD: rate } });
	expect(entries).toHaveLength(change === 0n ? 0 : 1);
	if (change === 0n) return;
	book(table, entries[0], [
		{ code: '1110', base: change, foreign: 0n },
		{ code: '4900', base: -change, foreign: 0n },
	]);
};

const periodsOf = async ({ world, companyId }: Table) => (await world.client.periods.list({ companyId })).periods;

async function inside({ world, companyId }: Table, span: { readonly start: string; readonly end: string }) {
	const { client } = world;
	return {
		trialBalance: await client.reports.trialBalance({ companyId, asOf: span.end }),
		income: await client.reports.incomeStatement({ companyId, from: span.start, to: span.end }),
	};
}

/** Closes; what the month's reports said on the adjusted basis they say afterwards, and the close is verified at once. */
async function close(table: Table, period: { readonly name: string; readonly start: string; readonly end: string; readonly kind: string }): Promise<void> {
	const { world, companyId, model } = table;
	const before = await inside(table, period);
	const closed = await world.client.close.close({ companyId, period: period.name, acknowledge: ['all'], note: 'Seen.', reason: 'Done' });
	expect(await inside(table, period)).toEqual(before);
	if (closed.alreadyClosed) {
		expect(model.closes).toContainEqual(expect.objectContaining({ period: period.name, closeHash: closed.closeHash }));
		return;
	}
	// The first close takes the opening period with it.
	const { closes } = await world.client.close.closes({ companyId });
	const opening = closes.filter((one) => one.period === 'opening' && !model.closes.some((known) => known.closeHash === one.closeHash));
	if (period.kind !== 'OPENING') model.closes.push(...opening.map(({ period: name, closeNumber, closeHash }) => ({ period: name, closeNumber, closeHash })));
	if (period.kind !== 'YEAR') expect(closed.netProfit).toBe(before.income.netProfit);
	if (closed.closingEntryNo !== null) book(table, { no: closed.closingEntryNo, date: period.end }, [], true);
	model.closes.push({ period: period.name, closeNumber: closed.closeNumber, closeHash: closed.closeHash });
	expect(await world.client.close.verify({ companyId, period: period.name })).toMatchObject({ result: 'VERIFIED', signature: 'good', findings: [] });
}

async function reopen(table: Table, period: { readonly name: string; readonly start: string; readonly end: string } | undefined, soft: boolean): Promise<void> {
	if (!period) throw new Nothing();
	const { world, companyId } = table;
	const before = await inside(table, period);
	const reopened = await world.client.close.reopen({ companyId, period: period.name, reason: 'A bill came late', confirm: period.name, soft });
	expect(await inside(table, period)).toEqual(before);
	if (reopened.reversalEntryNo !== null) book(table, { no: reopened.reversalEntryNo, date: period.end }, [], true);
}

/** The next month or quarter; of days, those of a month, because closing entries stand on its last day. */
const closeNext: Play<'close-next'> = async (table) => {
	const open = (await periodsOf(table)).filter(({ status, kind }) => status !== 'CLOSED' && kind !== 'YEAR' && kind !== 'OPENING');
	const first = chosen(open, 0);
	await close(table, first);
	if (first.kind !== 'DAY') return;
	for (const period of open.slice(1, 31)) {
		try {
			await close(table, period);
		} catch (error) {
			// Something stands in the way of this day: those before it are closed.
			if (isAppError(error)) return;
			throw error;
		}
	}
};

const PLAYS: { readonly [Name in Step['does']]: Play<Name> } = {
	post: (table, { day, debit, credit, minor }) => post(table, dateOf(day), plain(debit, credit, minor)),
	'post-foreign': (table, { day, isDebit, cents, minor }) => {
		const lines: ModelLine[] = [
			{ code: '1110', base: BigInt(minor), foreign: BigInt(cents) },
			{ code: '4000', base: -BigInt(minor), foreign: 0n },
		];
		return post(table, dateOf(day), isDebit ? lines : opposite(lines));
	},
	'post-unbalanced': async ({ world, companyId }, { day, minor }) => {
		const entry = entryOf(dateOf(day), [...plain('1000', '4000', minor), { code: '6000', base: 1n, foreign: 0n }]);
		await world.client.ledger.post({ companyId, entries: [entryOf(dateOf(day), plain('1000', '4000', 1)), entry] });
		throw new Error('an entry was posted that does not balance');
	},
	reverse,
	correct,
	draft: async ({ world, companyId, model }, { day, minor }) => {
		const lines = plain('1300', '2100', minor);
		const { id } = await world.client.ledger.saveDraft({ companyId, draft: entryOf(dateOf(day), lines, 'Drafted') });
		model.drafts.push({ id, date: dateOf(day), lines });
	},
	'post-draft': async (table, { pick }) => {
		const { model, world, companyId } = table;
		const draft = chosen(model.drafts, pick);
		const { entries } = await world.client.ledger.postDraft({ companyId, id: draft.id });
		model.drafts.splice(model.drafts.indexOf(draft), 1);
		book(table, entries[0], draft.lines);
	},
	'delete-draft': async ({ model, world, companyId }, { pick }) => {
		const draft = chosen(model.drafts, pick);
		await world.client.ledger.deleteDraft({ companyId, id: draft.id });
		model.drafts.splice(model.drafts.indexOf(draft), 1);
	},
	import: importFile,
	undo,
	revalue,
	rename: async ({ world, companyId }, { pick, name }) => {
		const { accounts } = await world.client.ledger.listAccounts({ companyId });
		await world.client.ledger.setAccount({ companyId, account: chosen(accounts, pick).code, name });
	},
	'soft-close': async (table, { pick }) => {
		await table.world.client.periods.softClose({ companyId: table.companyId, period: chosen(await periodsOf(table), pick).name });
	},
	open: async (table, { pick }) => {
		await table.world.client.periods.open({ companyId: table.companyId, period: chosen(await periodsOf(table), pick).name, reason: 'Not done yet' });
	},
	'close-next': closeNext,
	close: async (table, { pick }) => close(table, chosen(await periodsOf(table), pick)),
	'reopen-last': async (table, { soft }) => {
		const periods = await periodsOf(table);
		const year = periods.find(({ kind, status }) => kind === 'YEAR' && status === 'CLOSED');
		await reopen(table, year ?? periods.filter(({ status }) => status === 'CLOSED').at(-1), soft);
	},
	reopen: async (table, { pick }) => reopen(table, chosen(await periodsOf(table), pick), false),
	'close-year': async (table) => {
		const periods = await periodsOf(table);
		const year = periods.find(({ name }) => name === YEAR);
		if (!year || periods.some(({ kind }) => kind === 'DAY')) throw new Nothing();
		for (const draft of table.model.drafts.splice(0)) await table.world.client.ledger.deleteDraft({ companyId: table.companyId, id: draft.id });
		for (const period of periods) if (period.kind !== 'YEAR' && period.kind !== 'OPENING' && period.start <= '2026-12-01') await close(table, period);
		await close(table, year);
	},
};
