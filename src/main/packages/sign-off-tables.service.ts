import type { DocumentCell, DocumentFrame, DocumentRow, DocumentTable } from '#main/platform/documents/table-document.ts';
import { textOf as text } from './csv-files.service.ts';
import { instantWords } from './document-frame.service.ts';
import type { Material } from './material.service.ts';
import type { PackedReconciliation } from './reconciliation-rows.rules.ts';

const line = (cells: readonly DocumentCell[]): DocumentRow => ({ kind: 'line', cells });

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
