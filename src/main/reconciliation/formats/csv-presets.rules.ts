/** What is known of one kind of CSV statement beforehand. Data only: a new bank is one more of these. */
export interface StatementPreset {
	/** Stable: saved column maps and scripts name it. */
	readonly id: string;
	/** For a person. */
	readonly name: string;
	/** Header words (lower case, without blanks and signs) that say it is this kind; none where it has to be named. */
	readonly recognisedBy: readonly string[];
	/** Words of the column of each field, where they differ from the general ones. */
	readonly columns: Readonly<Record<string, string>>;
	/** Money out is written positive in the amount column. */
	readonly invertSigns: boolean;
	/** Where a status is given, the only one that means booked; null: every status but those that say it is pending. */
	readonly bookedStatus: string | null;
}

export const PRESETS: readonly StatementPreset[] = [
	{
		id: 'mpesa',
		name: 'M-PESA organisation or till statement',
		recognisedBy: ['receiptno', 'completiontime', 'details', 'paidin', 'withdrawn', 'balance'],
		columns: {
			date: 'completiontime',
			description: 'details',
			party: 'otherpartyinfo',
			// Both sides have the receipt number, so it is the bank's id and a reference at once.
			bank_id: 'receiptno',
			reference: 'receiptno',
			debit: 'withdrawn',
			credit: 'paidin',
			balance: 'balance',
			status: 'transactionstatus',
		},
		invertSigns: false,
		bookedStatus: 'completed',
	},
	{ id: 'generic-bank', name: 'Bank statement, columns by their names', recognisedBy: [], columns: {}, invertSigns: false, bookedStatus: null },
	{ id: 'card-inverted', name: 'Card statement that writes purchases without a minus', recognisedBy: [], columns: {}, invertSigns: true, bookedStatus: null },
];
