import type { z } from 'zod';
import type { party } from '#shared/contract/ledger.contract.ts';
import { parseAmountBig } from '#shared/kernel/money.ts';

export type Party = z.output<typeof party>;

export interface PartyRow extends Party {
	/** Open at the day asked, in the company's currency; null: nothing. */
	readonly receivable: string | null;
	readonly payable: string | null;
	readonly receivableMinor: bigint;
	readonly payableMinor: bigint;
}

interface Standing {
	readonly party: string;
	readonly total: string;
}

/** The directory with what is open on either side. */
export function partyRows(parties: readonly Party[], receivables: readonly Standing[], payables: readonly Standing[], currency: string): PartyRow[] {
	const owing = new Map(receivables.map(({ party: name, total }) => [name, total]));
	const owed = new Map(payables.map(({ party: name, total }) => [name, total]));
	const minor = (text: string | undefined): bigint => (text === undefined ? 0n : parseAmountBig(text, currency));
	return parties.map((one) => ({
		...one,
		receivable: owing.get(one.name) ?? null,
		payable: owed.get(one.name) ?? null,
		receivableMinor: minor(owing.get(one.name)),
		payableMinor: minor(owed.get(one.name)),
	}));
}

/** What a person typed with commas or line breaks between, as a list. */
export function listOf(typed: string): string[] {
	return typed
		.split(/[,;\n]+/)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}
