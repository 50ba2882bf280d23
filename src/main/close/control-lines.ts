import { dayNumber } from '#shared/kernel/civil-date.ts';
import type { SealedEntry, SealedLine } from '#shared/seal/index.ts';
import type { AccountRow } from '#main/companies/index.ts';
import type { ControlRow, PartyRow } from '#main/ledger/index.ts';
import type { Company } from '#main/platform/run/actor.ts';

/** Lines of receivables and payables as the settlement wants them, gathered while entries are read: nobody has to read them once more. */
export class ControlLines {
	readonly #currency: string;
	readonly #accountIds: ReadonlyMap<string, number>;
	readonly #partyIds: ReadonlyMap<string, number>;
	readonly #rows = new Map<string, ControlRow[]>();

	constructor(company: Company, accounts: readonly AccountRow[], parties: readonly PartyRow[]) {
		this.#currency = company.currency;
		this.#accountIds = new Map(accounts.map(({ ref, id }) => [ref, id]));
		this.#partyIds = new Map(parties.map(({ ref, id }) => [ref, id]));
	}

	/** The next line, in order of date, entry and line. What names no account or party is damage, which the validation says. */
	add({ no, date, reference }: SealedEntry, lineNo: number, line: SealedLine): void {
		const partyId = line.party === null ? null : (this.#partyIds.get(line.party) ?? null);
		const row: ControlRow = [
			no,
			lineNo,
			dayNumber(date),
			partyId,
			line.reference ?? reference,
			line.dueDate,
			line.debit - line.credit,
			line.baseDebit - line.baseCredit,
		];
		const key = keyOf(this.#accountIds.get(line.account) ?? Number.NaN, line.currency === this.#currency ? null : line.currency);
		const others = this.#rows.get(key);
		if (others) others.push(row);
		else this.#rows.set(key, [row]);
	}

	/** Those of an account in a currency (null: the company's own). */
	of(accountId: number, currency: string | null): readonly ControlRow[] {
		return this.#rows.get(keyOf(accountId, currency)) ?? [];
	}
}

function keyOf(accountId: number, currency: string | null): string {
	return `${accountId} ${currency ?? ''}`;
}
