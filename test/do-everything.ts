import type { CallOptions } from '#shared/contract/client.ts';
import { type OpenFolder, reconcilePeriod } from './closed-books.ts';
import { EVERY_PROCEDURE, type Ids } from './every-procedure.ts';
import { monthToMatch, namedOf } from './matching-month.ts';

type Calls = Readonly<Record<string, Readonly<Record<string, (input: unknown, options?: CallOptions) => Promise<unknown>>>>>;

/** Every procedure in its order, done for real; `look` is called around each. */
export async function doEverything(
	books: OpenFolder,
	ids: Ids,
	look: (domain: string, name: string, call: (options?: CallOptions) => Promise<unknown>) => Promise<unknown>,
) {
	const order = [
		'companies',
		'access',
		'ledger',
		'imports',
		'statements',
		'matching',
		'reconciliation',
		'reports',
		'periods',
		'close',
		'packages',
		'audit',
	] as const;
	const calls = books.client as unknown as Calls;
	for (const domain of order) {
		if (domain === 'matching') await monthToMatch(books.client, ids.companyId, ids.folder);
		for (const [name, ask] of Object.entries(EVERY_PROCEDURE[domain] as Record<string, (ids: Ids) => object>)) {
			if (`${domain}.${name}` === 'close.close') reconcilePeriod(books, ids.companyId, '2026-01');
			if (name === 'deleteDraft') ids.otherDraftId = (await books.client.ledger.saveDraft({ companyId: ids.companyId, draft: {} })).id;
			if (name === 'share') await books.client.companies.set({ companyId: ids.companyId, key: 'shared_folder', value: ids.folder });
			const call = (options?: CallOptions) => {
				const run = calls[domain]?.[name];
				if (!run) throw new Error(`${domain}.${name} is not there`);
				return run({ companyId: ids.companyId, ...ask(ids) }, options);
			};
			const answer = (await look(domain, name, call)) as
				| { id?: string; importId?: string; statementId?: string; jobId?: string; grant?: string; allocations?: { id: string }[] }
				| undefined;
			if (name === 'saveDraft') ids.draftId = answer?.id ?? '';
			if (name === 'importJournal') ids.importId = answer?.importId ?? '';
			if (domain === 'statements' && name === 'import') ids.statementId = answer?.statementId ?? '';
			if (domain === 'matching' && name === 'match') ids.named = await namedOf(books.client, ids.companyId);
			if (name === 'createReconciliation') ids.reconciliationId = answer?.id ?? '';
			if (name === 'allocate') ids.allocationId = answer?.allocations?.[0]?.id ?? '';
			if (name === 'build') ids.jobId = answer?.jobId ?? '';
			if (name === 'grantDownload') ids.grant = answer?.grant ?? '';
		}
	}
}
