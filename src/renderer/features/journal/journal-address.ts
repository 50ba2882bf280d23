import { isCivilDate } from '#shared/kernel/civil-date.ts';

const FIELDS = ['dates', 'from', 'to', 'status', 'source', 'text', 'account', 'party', 'amount', 'order', 'at'] as const;

/** What the list shows, as the address says it. */
export interface ListView {
	/** `all`: whatever the date. Otherwise the period in hand, unless `from` or `to` say more. */
	readonly dates?: string;
	readonly from?: string;
	readonly to?: string;
	readonly status?: string;
	readonly source?: string;
	readonly text?: string;
	readonly account?: string;
	readonly party?: string;
	/** `1200`, `1000..2000`, `1000..`, `..50`. */
	readonly amount?: string;
	/** `oldest`: the oldest entry first. */
	readonly order?: string;
	/** Number or draft id of the row that was left, so that Back returns to it. */
	readonly at?: string;
}

/** Where in the journal: what stands behind `#/c/<company>/<period>/journal/`. */
export type JournalAddress =
	| { readonly page: 'list'; readonly view: ListView }
	| { readonly page: 'entry'; readonly no: number }
	| { readonly page: 'draft'; readonly id: string }
	| { readonly page: 'correct'; readonly no: number }
	| { readonly page: 'new' }
	| { readonly page: 'import' };

export function parseJournalAddress(rest: string): JournalAddress {
	const [page = '', value = ''] = rest.split(/\/(.*)/s);
	const no = /^[1-9]\d{0,15}$/.test(value) ? Number(value) : 0;
	if (page === 'entry' && no > 0) return { page, no };
	if (page === 'correct' && no > 0) return { page, no };
	if (page === 'draft' && /^[0-9a-f-]{36}$/.test(value)) return { page, id: value };
	if (page === 'new' || page === 'import') return { page };
	return { page: 'list', view: parseView(page === 'list' ? value : '') };
}

export function formatJournalAddress(address: JournalAddress): string {
	switch (address.page) {
		case 'entry':
		case 'correct':
			return `${address.page}/${address.no}`;
		case 'draft':
			return `draft/${address.id}`;
		case 'list':
			return formatView(address.view);
		default:
			return address.page;
	}
}

function parseView(query: string): ListView {
	const given = new URLSearchParams(query);
	const view: Record<string, string> = {};
	for (const field of FIELDS) {
		const value = given.get(field)?.trim();
		if (value && (!['from', 'to'].includes(field) || isCivilDate(value))) view[field] = value;
	}
	return view;
}

// Blanks as %20: an address is also read by people, and by what takes + for itself.
function formatView(view: ListView): string {
	const parts = FIELDS.flatMap((field) => (view[field] ? [`${field}=${encodeURIComponent(view[field])}`] : []));
	return parts.length === 0 ? '' : `list/${parts.join('&')}`;
}
