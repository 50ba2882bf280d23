import type { WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Company } from '#main/platform/run/actor.ts';
import {
	accountsWithProposals,
	deleteProposal,
	insertMatch,
	insertProposedMembers,
	type NewMatchRow,
	nextMatchId,
	proposedRows,
} from './match-rows.queries.ts';
import { matchingState } from './matching-state.service.ts';
import { proposeAll, type ProposedMatch } from './propose-all.rules.ts';

export interface StoredProposals {
	readonly added: number;
	readonly removed: number;
	/** That stand now. */
	readonly proposed: number;
}

/** What stands of a proposal that is found again. */
interface Standing {
	readonly id: number;
	readonly uuid: string;
	readonly madeAt: string;
}

/**
 * Finds what belongs together in the accounts of a currency and stores it: what is proposed already keeps its row and its id, what does not hold any
 * more goes. Without a change in the books or the statements nothing is written.
 */
export function storeProposals(tx: WriteTx, company: Company, currency: string): StoredProposals {
	const proposals = new Map(proposeAll(matchingState(tx, company, currency)).map((proposal) => [keyOf(proposal), proposal]));
	const proposed = proposals.size;
	const changed: { readonly proposal: ProposedMatch; readonly standing: Standing }[] = [];
	const gone: number[] = [];
	for (const accountId of accountsWithProposals(tx, company.id, currency)) {
		for (const row of proposedRows(tx, company.id, accountId)) {
			const key = `${row.accountId} ${row.kind} ${row.lineIds} ${row.entryLines} ${row.detail}`;
			const proposal = proposals.get(key);
			if (!proposal) {
				gone.push(row.id);
				continue;
			}
			proposals.delete(key);
			const isEqual = row.score === proposal.score && row.certain === Number(proposal.certain) && row.reasons === JSON.stringify(proposal.reasons);
			// A proposal is never changed: it is written again under its id.
			if (!isEqual) changed.push({ proposal, standing: { id: row.id, uuid: row.uuid, madeAt: row.madeAt } });
		}
	}
	for (const id of gone) deleteProposal(tx, company.id, id);
	for (const { standing } of changed) deleteProposal(tx, company.id, standing.id);
	for (const { proposal, standing } of changed) store(tx, company, proposal, standing);
	const clock = { now: () => new Date(tx.instant) };
	let id = nextMatchId(tx, company.id);
	for (const proposal of proposals.values()) store(tx, company, proposal, { id: id++, uuid: uuidV7(clock), madeAt: tx.instant });
	return { added: proposals.size, removed: gone.length, proposed };
}

function keyOf({ accountId, kind, lineIds, entryLines, detail }: ProposedMatch): string {
	return `${accountId} ${kind} ${JSON.stringify(lineIds)} ${entryLinesText(entryLines)} ${JSON.stringify(detail)}`;
}

function entryLinesText(entryLines: ProposedMatch['entryLines']): string {
	return JSON.stringify(entryLines.map(({ entryId, lineNo }) => [entryId, lineNo]));
}

/** The row of a match that is or was proposed. */
export function rowOf(proposal: ProposedMatch, { id, uuid, madeAt }: Standing): NewMatchRow {
	return {
		id,
		uuid,
		madeAt,
		accountId: proposal.accountId,
		kind: proposal.kind,
		score: proposal.score,
		certain: Number(proposal.certain),
		reasons: JSON.stringify(proposal.reasons),
		lineIds: JSON.stringify(proposal.lineIds),
		entryLines: entryLinesText(proposal.entryLines),
		detail: JSON.stringify(proposal.detail),
		throughDay: proposal.throughDay,
	};
}

function store(tx: WriteTx, company: Company, proposal: ProposedMatch, standing: Standing): void {
	const { lineIds, entryLines, detail } = proposal;
	insertMatch(tx, company.id, rowOf(proposal, standing));
	const bank = detail.toLineId === undefined ? lineIds : [...lineIds, detail.toLineId];
	const books = [...entryLines.map(({ entryId, lineNo }) => [entryId, lineNo] as const), ...(detail.clearingLines ?? [])];
	insertProposedMembers(tx, company.id, standing.id, bank, books);
}
