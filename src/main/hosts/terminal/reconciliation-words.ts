import type { ReconciliationAnswer, ReconcilingItemAnswer } from '#shared/contract/reconciliation.contract.ts';
import { formatFacts, formatTable } from './table.ts';
import { counted, instantWords } from './words.ts';

type Amount = (plain: string) => string;

const STATUS_WORDS = { DRAFT: 'draft', VERIFIED: 'verified', STALE: 'stale', UNDONE: 'undone' } as const;

/** Reconciliations as people read them. */
export const reconciliationText = { whole, items };

function whole(answer: ReconciliationAnswer, amount: Amount): string {
	const facts: [string, string | null][] = [
		['Id', answer.id],
		['Status', statusWords(answer)],
		['Expected', `${amount(answer.expected)} ${answer.currency}`],
		['Actual', `${amount(answer.actual)} ${answer.currency}, ${originWords(answer)}`],
		['Variance', amount(answer.variance)],
		['Explained', answer.items.length === 0 ? null : `${amount(answer.explained)} by ${counted(answer.items.length, 'item')}`],
		['Unexplained', amount(answer.unexplained)],
		['Prepared', `${instantWords(answer.preparedAt)} by ${answer.preparedBy}`],
		['Verified', answer.verifiedAt === null ? null : `${instantWords(answer.verifiedAt)} by ${answer.verifiedBy ?? '?'}`],
		['Undone', answer.undoneAt === null ? null : `${instantWords(answer.undoneAt)} by ${answer.undoneBy ?? '?'}: ${answer.undoReason ?? ''}`],
	];
	const shown = facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]]));
	const list = answer.items.length === 0 ? '' : `\n${items(answer.items, amount)}`;
	return `${answer.code} ${answer.name}, ${answer.period}, on ${answer.date}\n${formatFacts(shown)}${list}${nextStep(answer)}`;
}

function statusWords(answer: ReconciliationAnswer): string {
	return `${STATUS_WORDS[answer.status]}${answer.staleReason === null ? '' : `: ${answer.staleReason}`}`;
}

function originWords({ strategy, actualFrom: { typed, count, statement } }: ReconciliationAnswer): string {
	if (statement) return `from the statement of ${statement.from} to ${statement.to}`;
	if (count) {
		return `counted: ${Object.entries(count)
			.map(([face, pieces]) => `${pieces} of ${face}`)
			.join(', ')}`;
	}
	return typed ? 'typed' : strategy;
}

function nextStep({ status, strategy, unexplained, id }: ReconciliationAnswer): string {
	if (status !== 'DRAFT') return '';
	if (!/[1-9]/.test(unexplained)) return `It agrees. Sign it off with \`reconcile verify ${id}\`.\n`;
	if (strategy === 'cash-count') return `Count again, or book the difference: \`reconcile over-short ${id}\`.\n`;
	if (strategy === 'physical-count') return 'Book the difference with `journal post`, then verify.\n';
	return `Match or book what is missing, or choose what explains it: \`reconcile items ${id}\`, \`reconcile explain ${id}\`.\n`;
}

function items(list: readonly ReconcilingItemAnswer[], amount: Amount): string {
	if (list.length === 0) return 'Nothing is open.\n';
	return formatTable(
		[
			{ header: '' },
			{ header: 'Line' },
			{ header: 'Of' },
			{ header: 'Date' },
			{ header: 'Days', align: 'right' },
			{ header: 'Amount', align: 'right' },
			{ header: 'Description', maxWidth: 40 },
			{ header: 'Reference', maxWidth: 20 },
			{ header: 'Carried since' },
			{ header: 'Note', maxWidth: 40 },
		],
		list.map((item) => [
			item.chosen ? '*' : '',
			item.ref,
			item.kind === 'BOOK' ? 'books' : 'bank',
			item.date,
			String(item.ageDays),
			amount(item.amount),
			item.party === null ? item.description : `${item.party}: ${item.description}`,
			item.reference ?? '',
			item.carriedSince ?? (item.older ? 'before the first statement' : ''),
			item.note ?? '',
		]),
		{ withoutEmpty: true },
	);
}
