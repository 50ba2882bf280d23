import { assert } from '#shared/kernel/assert.ts';
import type { CivilDate } from '#shared/kernel/civil-date.ts';
import { shillings } from './amounts.ts';

/**
 * Where the sample's statements and its books differ on purpose. Amounts are minor units, money in above zero. What is not in this table is on the statement
 * on the day it was booked, with one exception: card settlements are booked after closing and reach the bank on its next working day. M-Pesa
 * also charges its tariff for money that it sends (see the till's lines), which the books never have.
 */
export type Untidiness =
	/** The bank has it on a later day than the books; null: not within the three months. */
	| { readonly kind: 'LATE'; readonly reference: string; readonly bankDate: CivilDate | null }
	/** Two receipts that went to the bank on one slip: one line. */
	| { readonly kind: 'COMBINED'; readonly references: readonly string[]; readonly bankDate: CivilDate; readonly text: string }
	/** One payment that was keyed with two digits exchanged. The bank paid what was due. */
	| { readonly kind: 'TRANSPOSED'; readonly party: string; readonly date: CivilDate; readonly paidMinor: number; readonly keyedMinor: number }
	/** Equal payments of one day with different parties, told apart by their texts alone. */
	| { readonly kind: 'TWINS'; readonly references: readonly string[] }
	/** One line of the books that the statement has as several; equal parts are lines identical to the letter. */
	| { readonly kind: 'SPLIT'; readonly reference: string; readonly partsMinor: readonly number[] }
	/** What the bank booked and the books never saw. */
	| {
			readonly kind: 'BANK_ONLY';
			readonly as: 'fee' | 'interest' | 'bank_error';
			readonly date: CivilDate;
			readonly amountMinor: number;
			readonly text: string;
	  }
	/** The statement line carries no reference. */
	| { readonly kind: 'NO_REFERENCE'; readonly references: readonly string[] }
	/** A till row that moved no money. */
	| { readonly kind: 'NOT_COMPLETED'; readonly date: CivilDate; readonly status: 'Failed' | 'Pending'; readonly amountMinor: number; readonly receipt: string };

const fee = (date: CivilDate, amount: number, text: string): Untidiness => ({ kind: 'BANK_ONLY', as: 'fee', date, amountMinor: -shillings(amount), text });
const interest = (date: CivilDate, amountMinor: number, text: string): Untidiness => ({ kind: 'BANK_ONLY', as: 'interest', date, amountMinor, text });
const bankError = (date: CivilDate, amountMinor: number, text: string): Untidiness => ({ kind: 'BANK_ONLY', as: 'bank_error', date, amountMinor, text });
const late = (reference: string, bankDate: CivilDate | null): Untidiness => ({ kind: 'LATE', reference, bankDate });

export const UNTIDINESS: readonly Untidiness[] = [
	// Bank, January
	{ kind: 'TWINS', references: ['FT26006ZKGP', 'FT26006SLNA'] },
	{ kind: 'COMBINED', references: ['CHQ 728375', 'DEP 5533'], bankDate: '2026-01-07', text: 'MIXED DEP 2 ITEMS BR 014' },
	fee('2026-01-08', 750, 'CHQ BOOK 50 LEAVES'),
	fee('2026-01-08', 150, 'EXCISE DUTY ON CHQ BOOK'),
	late('FT26008ZK2P', '2026-01-09'),
	{ kind: 'TWINS', references: ['FT26013BXTG', 'FT26013W860'] },
	late('CHQ 000412', '2026-01-14'),
	late('UADDCCJK3H', '2026-01-14'),
	late('CHQ 780524', '2026-01-14'),
	{ kind: 'TRANSPOSED', party: 'Kite String Internet', date: '2026-01-15', paidMinor: shillings(7_540), keyedMinor: shillings(7_450) },
	late('FT26022YX7T', '2026-01-23'),
	late('CHQ 205469', '2026-01-30'),
	fee('2026-01-30', 215, 'SMS ALERTS JAN26 43 MSGS'),
	interest('2026-01-30', 184_235, 'CR INTEREST JAN26'),
	// Over the end of January
	late('CHQ 000413', '2026-02-03'),
	late('CHQ 000414', '2026-02-09'),
	late('DEP 5543', '2026-02-02'),

	// Bank, February
	late('FT260363XJU', '2026-02-06'),
	fee('2026-02-16', 120, 'COIN HANDLING FEE'),
	fee('2026-02-16', 120, 'COIN HANDLING FEE'),
	late('CHQ 000415', '2026-02-19'),
	late('CHQ 000416', '2026-02-20'),
	{ kind: 'COMBINED', references: ['CHQ 403148', 'CHQ 117331'], bankDate: '2026-02-25', text: 'CHQ DEP 2 ITEMS BR 014' },
	bankError('2026-02-26', -shillings(23_750), 'CHQ PRESENTED 008815'),
	bankError('2026-03-03', shillings(23_750), 'REV 26FEB CHQ 008815 WRONG A/C'),
	fee('2026-02-27', 230, 'SMS ALERTS FEB26 46 MSGS'),
	interest('2026-02-27', 161_048, 'CR INTEREST FEB26'),
	// Over the end of February
	late('CHQ 000417', '2026-03-05'),
	late('CHQ 000418', '2026-03-18'),
	late('DEP 5555', '2026-03-02'),

	// Bank, March
	late('CHQ 680527', '2026-03-11'),
	fee('2026-03-12', 500, 'STMT COPY FEE'),
	fee('2026-03-12', 100, 'EXCISE DUTY ON STMT COPY'),
	late('FT260718HJS', '2026-03-13'),
	late('CHQ 000419', '2026-03-16'),
	late('CHQ 801095', '2026-03-16'),
	{ kind: 'COMBINED', references: ['CHQ 556805', 'DEP 5562'], bankDate: '2026-03-16', text: 'MIXED DEP 2 ITEMS BR 014' },
	{ kind: 'TRANSPOSED', party: 'Polished Penguin Supplies', date: '2026-03-17', paidMinor: shillings(87_551), keyedMinor: shillings(85_751) },
	late('CHQ 000420', '2026-03-24'),
	fee('2026-03-31', 245, 'SMS ALERTS MAR26 49 MSGS'),
	interest('2026-03-31', 192_716, 'CR INTEREST MAR26'),
	// Over the end of March
	late('CHQ 000421', null),
	late('CHQ 000422', null),

	// Bank lines whose reference the bank left out
	{ kind: 'NO_REFERENCE', references: ['DEP 5536', 'FT26012VSZB', 'CARD 260120', 'FT26026KZBR', 'DEP 5541'] },
	{ kind: 'NO_REFERENCE', references: ['DEP 5548', 'UBDLXVYG3R', 'FT26048J63E', 'FT2605062F0', 'CARD 260224'] },
	{ kind: 'NO_REFERENCE', references: ['DEP 5557', 'FT260641FSV', 'UCDA1KRMUA', 'FT26075S1XR', 'CARD 260326'] },

	// M-Pesa till
	{ kind: 'NOT_COMPLETED', date: '2026-01-14', status: 'Failed', amountMinor: shillings(4_500), receipt: 'UAE0K4P9TQ' },
	{ kind: 'NOT_COMPLETED', date: '2026-02-19', status: 'Pending', amountMinor: shillings(12_750), receipt: 'UBJ7WQ2M5A' },
	{ kind: 'NOT_COMPLETED', date: '2026-03-25', status: 'Failed', amountMinor: shillings(2_300), receipt: 'UCP3X8R1ZD' },

	// Card clearing: two terminals on one till roll
	{ kind: 'SPLIT', reference: 'Z260102', partsMinor: [shillings(7_435), shillings(7_435)] },
	{ kind: 'SPLIT', reference: 'Z260221', partsMinor: [shillings(11_090), shillings(7_190)] },
	{ kind: 'SPLIT', reference: 'Z260307', partsMinor: [shillings(12_870), shillings(9_830)] },
];

/** The rows of one kind. */
export function untidy<Kind extends Untidiness['kind']>(kind: Kind): readonly Extract<Untidiness, { readonly kind: Kind }>[] {
	return UNTIDINESS.filter((row): row is Extract<Untidiness, { readonly kind: Kind }> => row.kind === kind);
}

/** What was keyed for a payment of `dueMinor`: the same, but for the two that the table has. */
export function keyedMinor(date: CivilDate, party: string, dueMinor: number): number {
	const slip = untidy('TRANSPOSED').find((row) => row.date === date && row.party === party);
	if (!slip) return dueMinor;
	assert(slip.paidMinor === dueMinor, `${party} is paid ${slip.paidMinor} on ${date}`);
	return slip.keyedMinor;
}
