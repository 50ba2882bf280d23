import { present } from '#shared/kernel/assert.ts';
import { dayNumber, fromDayNumber } from '#shared/kernel/civil-date.ts';
import { type ControlAccount, controlLinesAt, type OpenItem, type SealedOpenItems, type SealedOpenLine } from '#main/ledger/index.ts';
import type { CsvValue } from '#main/platform/csv/csv-writer.ts';
import { bucketsOf, DEFAULT_BUCKETS, type ItemKind, statedItems, type StatedItem, statementsOf } from '#main/reports/index.ts';
import { columnsOf, type CsvFile, csvFile, major } from './csv-files.service.ts';
import { accountIds, partyRefs } from './material.queries.ts';
import type { Material } from './material.service.ts';

const OUTSTANDING = columnsOf(
	`side party_ref party account_code account_name entry_no# line_no# date due_date reference kind currency amount# open# base_open# days_overdue# age`,
);
const SIDES = [
	['receivable', 'RECEIVABLE'],
	['payable', 'PAYABLE'],
] as const;

/** Open receivables and payables at the period's end as the close sealed them, aged by due date; amounts are above zero where the side grows. */
export const outstandingCsv: CsvFile = (material) => csvFile(OUTSTANDING, outstandingRows(material));

function* outstandingRows(material: Material): Generator<CsvValue[], void, undefined> {
	const { seal, accountOf, partyName } = material;
	for (const { side, partyRef: ref, accountRef, item, age } of sealedOutstanding(material)) {
		const account = accountOf(accountRef);
		yield [side, ref, ref === '' ? '' : partyName(ref), account.code, account.name, ...itemCells(item, seal.company.currency, age)];
	}
}

/** An open item of a close with the names of what it belongs to; `partyRef` is empty where it has no party. */
export interface OutstandingItem {
	readonly side: 'receivable' | 'payable';
	readonly partyRef: string;
	readonly accountRef: string;
	readonly item: StatedItem;
	/** The label of its age class. */
	readonly age: string;
}

/** The labels of the age classes, youngest first. */
export const AGES: readonly string[] = bucketsOf(DEFAULT_BUCKETS).map(({ label }) => label);

/** By side and party, oldest first. */
export function* sealedOutstanding(material: Material): Generator<OutstandingItem, void, undefined> {
	const { db, company, seal } = material;
	const base = seal.company.currency;
	const sealed = sealedLines(material.rows('open_items') as unknown as readonly SealedOpenItems[]);
	const open = openItems(material, sealed);
	const ids = accountIds(db, company.id);
	const parties = new Map(partyRefs(db, company.id).map(({ id, ref }) => [id, ref]));
	const buckets = bucketsOf(DEFAULT_BUCKETS);
	for (const [side, subtype] of SIDES) {
		// As they were at the close, whatever they are called and used for now.
		const accounts = material.accounts
			.filter((account) => account.subtype === subtype)
			.map(({ ref, code, name }): ControlAccount => ({ id: present(ids.get(ref), 'the id of a sealed account'), ref, code, name, subtype }));
		const known = new Map(accounts.map((account) => [account.id, account]));
		const items = statedItems(
			db,
			{ id: company.id, currency: base },
			open.filter(({ accountId }) => known.has(accountId)),
			{
				accounts,
				asOfDay: dayNumber(seal.period.end),
				ageBy: 'due',
				buckets,
				throughNo: seal.sealedThroughSeq,
				kindOf: ({ no, lineNo }) => present(sealed.get(`${no}/${lineNo}`), 'a sealed item').kind,
			},
		);
		const refOf = (partyId: number): string => parties.get(partyId) ?? '';
		for (const { partyId, items: own } of statementsOf(items, refOf, buckets.length)) {
			const partyRef = partyId === null ? '' : refOf(partyId);
			for (const item of own) {
				const accountRef = present(known.get(item.accountId), 'the account of an item').ref;
				yield { side, partyRef, accountRef, item, age: buckets[item.bucket]?.label ?? '' };
			}
		}
	}
}

function itemCells(item: StatedItem, base: string, age: string): CsvValue[] {
	return [
		item.no,
		item.lineNo,
		item.day === null ? '' : fromDayNumber(item.day),
		item.dueDay === null ? '' : fromDayNumber(item.dueDay),
		item.reference,
		item.kind,
		item.currency,
		major(item.amountMinor, item.currency),
		major(item.openMinor, item.currency),
		major(item.baseOpenMinor, base),
		item.daysOverdue,
		age,
	];
}

type SealedLines = ReadonlyMap<string, { readonly kind: ItemKind; readonly line: SealedOpenLine }>;

function sealedLines(rows: readonly SealedOpenItems[]): SealedLines {
	const ofKind = (kind: ItemKind, lines: readonly SealedOpenLine[]) => lines.map((line) => [`${line[0]}/${line[1]}`, { kind, line }] as const);
	return new Map(rows.flatMap(({ bills, advances, credits }) => [...ofKind('BILL', bills), ...ofKind('ADVANCE', advances), ...ofKind('CREDIT', credits)]));
}

function openItems({ db, company }: Material, sealed: SealedLines): OpenItem[] {
	const places = [...sealed.values()].map(({ line }) => line);
	return controlLinesAt(db, company.id, places).map(([no, lineNo, day, partyId, reference, dueDate, amountMinor, baseMinor, accountId, currency]) => ({
		no,
		lineNo,
		day,
		dueDay: dueDate === null ? null : dayNumber(dueDate),
		reference,
		amountMinor,
		openMinor: present(sealed.get(`${no}/${lineNo}`), 'a sealed item').line[2] ?? amountMinor,
		baseMinor,
		accountId,
		partyId,
		currency,
	}));
}
