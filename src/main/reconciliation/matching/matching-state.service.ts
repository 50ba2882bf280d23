import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { matchKey, type RejectedMatch } from './lines.rules.ts';
import { decidedAgainst } from './match-rows.queries.ts';
import { clearingAccounts, openBankLines, openBookLines, type StatementAccount, statementAccounts } from './open-lines.queries.ts';
import { type AccountLines, type MatchDetail, type MatchingState, transferKey } from './propose-all.rules.ts';

interface Refusals {
	readonly transfers: Set<string>;
	readonly settlements: Set<string>;
}

/** All that is open in the accounts of a currency that have statements, and what people said of it. */
export function matchingState(db: ReadDb, company: Company, currency: string): MatchingState {
	const lineCurrency = currency === company.currency ? null : currency;
	const refusals: Refusals = { transfers: new Set(), settlements: new Set() };
	const accounts = statementAccounts(db, company.id, currency).map((account) => accountLines(db, company, account, lineCurrency, refusals));
	const clearing = clearingAccounts(db, company.id, currency).map((accountId) => ({
		accountId,
		bookLines: openBookLines(db, company.id, accountId, lineCurrency),
	}));
	return { accounts, clearing, rejectedTransfers: refusals.transfers, rejectedSettlements: refusals.settlements };
}

function accountLines(db: ReadDb, company: Company, { id }: StatementAccount, currency: string | null, refusals: Refusals): AccountLines {
	const rejected: RejectedMatch[] = [];
	const unmatched = new Set<string>();
	for (const { kind, status, lineIds, entryLines, detail } of decidedAgainst(db, company.id, id)) {
		const bankIds = JSON.parse(lineIds) as number[];
		const bookLines = (JSON.parse(entryLines) as [number, number][]).map(([entryId, lineNo]) => ({ entryId, lineNo }));
		const { toLineId, clearingLines } = JSON.parse(detail) as MatchDetail;
		if (status === 'UNMATCHED') unmatched.add(matchKey(bankIds, bookLines));
		else if (kind === 'TRANSFER' && toLineId !== undefined) refusals.transfers.add(transferKey(bankIds[0] ?? 0, toLineId));
		else if (kind === 'SETTLEMENT' && clearingLines) {
			const settled = clearingLines.map(([entryId, lineNo]) => ({ entryId, lineNo }));
			refusals.settlements.add(matchKey(bankIds, settled));
		} else rejected.push({ bankIds, bookLines });
	}
	return {
		accountId: id,
		bankLines: openBankLines(db, company.id, id),
		bookLines: openBookLines(db, company.id, id, currency),
		rejected,
		unmatched,
	};
}
