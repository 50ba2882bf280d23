import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { chosenItems, offeredItems } from './items.service.ts';
import { subjectOf } from './prepare.service.ts';
import { figuresOf } from './reconciliation-view.ts';

const PAGE = 1000;

/** The chosen items of a reconciliation and, of a draft, what else may be chosen, by date; at most `limit` in all. Refuses NOT_FOUND. */
export function itemsPage(
	db: ReadDb,
	company: Company,
	request: { readonly id: string; readonly older?: boolean | undefined; readonly limit?: number | undefined },
) {
	const subject = subjectOf(db, company, request.id);
	const { reconciliation, account } = subject;
	const offered = reconciliation.status === 'DRAFT' ? offeredItems(db, subject, request.older ?? false) : [];
	const items = [...chosenItems(db, company, reconciliation), ...offered].sort((one, other) => (one.date < other.date ? -1 : Number(one.date > other.date)));
	const limit = request.limit ?? PAGE;
	return {
		id: reconciliation.uuid,
		code: account.code,
		date: fromDayNumber(reconciliation.endDay),
		status: reconciliation.status,
		...figuresOf(reconciliation),
		items: items.slice(0, limit),
		more: items.length > limit,
	};
}
