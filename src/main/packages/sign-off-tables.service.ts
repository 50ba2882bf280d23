import type { DocumentCell, DocumentFrame, DocumentRow, DocumentTable } from '#main/platform/documents/table-document.ts';
import { major, textOf as text } from './csv-files.service.ts';
import { instantWords } from './document-frame.service.ts';
import type { Material } from './material.service.ts';
import { AGES, sealedOutstanding } from './outstanding-file.service.ts';
import type { PackedReconciliation } from './reconciliation-rows.rules.ts';

const SIDES = [
	['receivable', 'Receivables'],
	['payable', 'Payables'],
] as const;

const line = (cells: readonly DocumentCell[]): DocumentRow => ({ kind: 'line', cells });

/** Open receivables and payables by party and age, in the company's currency; nothing where the close did not seal them. */
export function outstandingTables(material: Material): DocumentTable[] {
	if (!material.seal.tables.some(({ name }) => name === 'open_items')) return [];
	const { currency } = material.seal.company;
	const open = [...sealedOutstanding(material)];
	const columns = [...AGES, 'Total'];
	const withTotal = (sums: readonly bigint[]): bigint[] => [...sums, sums.reduce((total, sum) => total + sum, 0n)];
	const shown = (sums: readonly bigint[]): DocumentCell[] => withTotal(sums).map((sum) => (sum === 0n ? null : major(sum, currency)));
	const summed = (sums: readonly bigint[]): string[] => withTotal(sums).map((sum) => major(sum, currency));
	const rows = SIDES.flatMap(([side, title]): DocumentRow[] => {
		const own = open.filter((item) => item.side === side);
		const byParty = new Map<string, bigint[]>();
		const all = AGES.map(() => 0n);
		for (const { partyRef, item, age } of own) {
			const sums = byParty.get(partyRef) ?? AGES.map(() => 0n);
			byParty.set(partyRef, sums);
			for (const list of [sums, all]) list[AGES.indexOf(age)] = (list[AGES.indexOf(age)] ?? 0n) + item.baseOpenMinor;
		}
		return [
			{ kind: 'heading', text: title },
			...[...byParty].map(([ref, sums]) => line([ref === '' ? '(none)' : material.partyName(ref), ...shown(sums)])),
			{ kind: 'total', cells: [`Total ${title.toLowerCase()}`, ...summed(all)], formulas: [null, ...columns.map(() => ({ sum: 'group' as const }))] },
		];
	});
	return [
		{
			title: 'Outstanding by party and age',
			details: `by due date, in ${currency}`,
			columns: [{ title: 'Party', kind: 'text', weight: 3 }, ...columns.map((title) => ({ title, kind: 'amount' as const }))],
			rows: () => rows,
			notes: ['Age in days overdue. Each bill, advance and credit stands in the workbook and in csv/outstanding.csv.'],
		},
	];
}

/** What the validation found, and who accepted it with which words. */
export function validationTable(material: Material, { dateFormat }: DocumentFrame): DocumentTable {
	const rows = material.rows('validations').map((row) => {
		const at = row.acknowledgedAt === null || row.acknowledgedAt === undefined ? '' : instantWords(text(row.acknowledgedAt), dateFormat);
		const by = row.acknowledged === true ? `${text(row.acknowledgedBy)}, ${at}` : '';
		return line([text(row.severity), text(row.code), text(row.message), by, text(row.note)]);
	});
	return {
		title: 'Validation report',
		columns: [
			{ title: 'Severity', kind: 'text', weight: 1 },
			{ title: 'Check', kind: 'text', weight: 2 },
			{ title: 'What was found', kind: 'text', weight: 5 },
			{ title: 'Accepted by', kind: 'text', weight: 2 },
			{ title: 'With the note', kind: 'text', weight: 3 },
		],
		orientation: 'landscape',
		rows: () => rows,
		notes: [rows.length === 0 ? 'Nothing was found.' : 'An error would have kept the period from being closed. A warning had to be accepted in writing.'],
	};
}

/** Who answers for what, in order of time. */
export function signOffTable(material: Material, { dateFormat }: DocumentFrame): DocumentTable {
	const names = new Map(material.rows('users').map((user) => [text(user.login), text(user.name)]));
	const people = (login: string): string => {
		const name = names.get(login) ?? '';
		return name === '' || name === login ? login : `${name} (${login})`;
	};
	const rows = signOffs(material)
		.filter(({ by, at }) => text(by) !== '' && text(at) !== '')
		.sort((one, other) => (text(one.at) < text(other.at) ? -1 : text(one.at) > text(other.at) ? 1 : 0))
		.map(({ what, by, at, note }) => line([what, people(text(by)), instantWords(text(at), dateFormat), text(note)]));
	return {
		title: 'Sign-offs',
		columns: [
			{ title: 'What', kind: 'text', weight: 6 },
			{ title: 'By', kind: 'text', weight: 2 },
			{ title: 'At', kind: 'text', weight: 2 },
			{ title: 'Note', kind: 'text', weight: 4 },
		],
		rows: () => rows,
		notes: ['Times are of the computers on which this was done: a claim. The chain of entries and seals gives the order.'],
	};
}

interface SignOff {
	readonly what: string;
	readonly by: unknown;
	readonly at: unknown;
	readonly note: unknown;
}

function signOffs(material: Material): SignOff[] {
	const { seal, accountOf } = material;
	const named = (ref: unknown): string => {
		const { code, name } = accountOf(text(ref));
		return `${code} ${name}`;
	};
	const reconciliations = material.rows('reconciliations') as unknown as readonly PackedReconciliation[];
	return [
		...material.rows('exemptions').map(({ account, by, at, reason }) => ({ what: `Exempt from reconciliation: ${named(account)}`, by, at, note: reason })),
		...(seal.supersedes === null
			? []
			: [{ what: 'Reopened the earlier close', by: seal.supersedes.reopenedBy, at: seal.supersedes.reopenedAt, note: seal.supersedes.reopenReason }]),
		...material.rows('reconciliation_sessions').flatMap(({ startedBy, startedAt, closedBy, closedAt, notes }) => [
			{ what: 'Began to reconcile', by: startedBy, at: startedAt, note: notes },
			{ what: 'Ended reconciling', by: closedBy, at: closedAt, note: '' },
		]),
		...reconciliations.flatMap(({ account, preparedBy, preparedAt, verifiedBy, verifiedAt, status }) => [
			{ what: `Prepared the balance of ${named(account)}`, by: preparedBy, at: preparedAt, note: '' },
			{ what: `Verified the balance of ${named(account)}`, by: verifiedBy, at: verifiedAt, note: status === 'VERIFIED' ? '' : status.toLowerCase() },
		]),
		...material
			.rows('validations')
			.filter(({ acknowledged }) => acknowledged === true)
			.map(({ code, acknowledgedBy, acknowledgedAt, note }) => ({ what: `Accepted the warning ${text(code)}`, by: acknowledgedBy, at: acknowledgedAt, note })),
		{ what: `Closed ${seal.period.name}`, by: seal.closedBy, at: seal.closedAt, note: seal.closeReason },
	];
}
