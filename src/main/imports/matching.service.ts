import { isCleanText } from '#shared/kernel/text.ts';
import { type AccountRow, listAccounts, PAYMENT_METHOD_SUBTYPES } from '#main/companies/index.ts';
import { listPartyRows } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { accountSpellingKey, isAccountPath, type PathAccountType, pathMeaning } from './account-path.rules.ts';
import type { AccountCase } from './cell.rules.ts';
import { needsAnswer } from './question.rules.ts';
import type { RowFault, StagedLine } from './staged-entry.rules.ts';

/** An account that a line names: standing, or one that the import will make. */
export interface MatchedAccount {
	readonly id: number;
	readonly ref: string;
	readonly code: string;
	/** The one currency that it holds; null: any. */
	readonly currency: string | null;
}

/** An account that the import makes when it is booked. */
export interface PlannedAccount extends MatchedAccount {
	readonly name: string;
	readonly type: PathAccountType;
	readonly subtype: string | null;
	/** Currencies of its lines: a payment-method account is bound to the one, where it is one. */
	readonly currencies: Set<string>;
}

export interface PlannedParty {
	readonly id: number;
	readonly ref: string;
	readonly name: string;
}

const GENERATED_CODE = /^A-(\d{4,})$/;

/** Finds accounts and parties for the lines of a file, from what the books held when reading began, and plans the missing ones. */
export class Matching {
	readonly newAccounts: PlannedAccount[] = [];
	readonly newParties: PlannedParty[] = [];
	readonly #createAccounts: boolean;
	readonly #accountCase: AccountCase | undefined;
	readonly #accounts = new Map<string, MatchedAccount | RowFault>();
	/** Of the books' own accounts. Twins within the file were told apart, joined or asked about when it was read. */
	readonly #spellings = new Map<string, string>();
	readonly #parties = new Map<string, PlannedParty>();
	readonly #codes = new Set<string>();
	readonly #refs = new Set<string>();
	readonly #subtypes = new Map<string, MatchedAccount>();
	#hasResultAccount = false;
	#nextAccountId = 1;
	#nextPartyId = 1;
	#nextGenerated = 1;

	constructor(db: ReadDb, company: Company, options: { readonly createAccounts: boolean; readonly accountCase: AccountCase | undefined }) {
		this.#createAccounts = options.createAccounts;
		this.#accountCase = options.accountCase;
		for (const account of listAccounts(db, company.id)) this.#know(account);
		for (const party of listPartyRows(db, company.id)) {
			const known = { id: party.id, ref: party.ref, name: party.name };
			for (const alias of JSON.parse(party.aliases) as string[]) if (!this.#parties.has(alias)) this.#parties.set(alias, known);
			this.#parties.set(party.name, known);
			this.#nextPartyId = Math.max(this.#nextPartyId, party.id + 1);
		}
	}

	#know(account: AccountRow): void {
		const fault: RowFault = {
			code: 'ACCOUNT_INACTIVE',
			message: `Account ${account.code} ${account.name} is not in use any more. Make it active again, or change the row.`,
		};
		const known = account.active === 1 ? { id: account.id, ref: account.ref, code: account.code, currency: account.currency } : fault;
		// A code wins over a name that looks like it, so it is set whatever stands there.
		if (!this.#accounts.has(account.name)) this.#accounts.set(account.name, known);
		this.#accounts.set(account.code, known);
		this.#spellings.set(accountSpellingKey(account.name), account.name);
		this.#codes.add(account.code);
		this.#refs.add(account.ref);
		if (account.subtype !== null && 'id' in known) this.#subtypes.set(account.subtype, known);
		this.#hasResultAccount ||= account.subtype === 'RETAINED_EARNINGS';
		this.#nextAccountId = Math.max(this.#nextAccountId, account.id + 1);
		const generated = GENERATED_CODE.exec(account.code)?.[1];
		if (generated) this.#nextGenerated = Math.max(this.#nextGenerated, Number(generated) + 1);
	}

	/** The account of a line, or why there is none. */
	account(line: StagedLine): MatchedAccount | RowFault {
		const known = this.#accounts.get(line.account) ?? this.#meet(line);
		if ('code' in known && 'id' in known) {
			if (known.currency !== null && known.currency !== line.currency) {
				return { code: 'CURRENCY_MISMATCH', message: `Account ${known.code} holds ${known.currency} only; the line is in ${line.currency}.` };
			}
			if ('currencies' in known) (known as PlannedAccount).currencies.add(line.currency);
		}
		return known;
	}

	#meet(line: StagedLine): MatchedAccount | RowFault {
		const spelling = accountSpellingKey(line.account);
		const twin = this.#spellings.get(spelling);
		const met = twin !== undefined && twin !== line.account ? this.#twin(line, twin) : this.#plan(line);
		this.#accounts.set(line.account, met);
		return met;
	}

	#twin(line: StagedLine, twin: string): MatchedAccount | RowFault {
		if (this.#accountCase === 'different') return this.#plan(line);
		if (this.#accountCase === 'same') return this.#accounts.get(twin) ?? this.#plan(line);
		throw needsAnswer([
			{
				id: 'accountCase',
				question: `"${line.account}" and the account "${twin}" of the books differ only in their spelling. Are they the same account?`,
				choices: [
					{ value: 'same', meaning: `book it on "${twin}"` },
					{ value: 'different', meaning: 'they are two accounts' },
				],
				example: null,
			},
		]);
	}

	#plan(line: StagedLine): MatchedAccount | RowFault {
		if (!this.#createAccounts) {
			return { code: 'ACCOUNT_UNKNOWN', message: `There is no account "${line.account}". Add it, correct the row, or import with --create-accounts.` };
		}
		const name = isAccountPath(line.account) ? line.account : (line.accountName ?? line.account);
		const meaning = pathMeaning(name, line.accountType);
		if (meaning.type === null) {
			return {
				code: 'ACCOUNT_UNKNOWN',
				message: `There is no account "${line.account}", and its first word does not say whether it is an asset, a liability, equity, income or an expense. Add it first: account add.`,
			};
		}
		const code = isAccountPath(line.account) || line.account.length > 60 ? this.#generatedCode() : line.account;
		if (!isCleanText(code)) return { code: 'TEXT_INVALID', message: `The account "${JSON.stringify(line.account)}" holds a character that books cannot keep.` };
		const isSecondResult = meaning.subtype === 'RETAINED_EARNINGS' && this.#hasResultAccount;
		this.#hasResultAccount ||= meaning.subtype === 'RETAINED_EARNINGS';
		const planned: PlannedAccount = {
			id: this.#nextAccountId++,
			ref: this.#freeRef(code),
			code,
			name,
			type: meaning.type,
			subtype: isSecondResult ? null : meaning.subtype,
			currency: null,
			currencies: new Set(),
		};
		this.#codes.add(code);
		this.newAccounts.push(planned);
		return planned;
	}

	#generatedCode(): string {
		let code = '';
		do code = `A-${String(this.#nextGenerated++).padStart(4, '0')}`;
		while (this.#codes.has(code));
		return code;
	}

	#freeRef(code: string): string {
		let ref = code;
		for (let number = 2; this.#refs.has(ref); number++) ref = `${code}~${number}`;
		this.#refs.add(ref);
		return ref;
	}

	/** The account of this subtype in the books, for rounding and opening remainders. */
	ofSubtype(subtype: string): MatchedAccount | RowFault {
		const planned = this.newAccounts.find((account) => account.subtype === subtype);
		return (
			this.#subtypes.get(subtype) ??
			planned ?? { code: 'ACCOUNT_UNKNOWN', message: `The company has no account of subtype ${subtype}. Add one: account add --subtype ${subtype}.` }
		);
	}

	party(name: string): PlannedParty {
		const known = this.#parties.get(name);
		if (known) return known;
		const id = this.#nextPartyId++;
		const planned = { id, ref: `P${String(id).padStart(6, '0')}`, name };
		this.#parties.set(name, planned);
		this.newParties.push(planned);
		return planned;
	}
}

/** Subtype and currency that a planned account gets: several currencies make it no payment-method account. */
export function boundTo(account: PlannedAccount): { readonly subtype: string | null; readonly currency: string | null } {
	if (account.subtype === null || !PAYMENT_METHOD_SUBTYPES.includes(account.subtype)) return { subtype: account.subtype, currency: null };
	const [only] = account.currencies;
	return account.currencies.size === 1 && only !== undefined ? { subtype: account.subtype, currency: only } : { subtype: null, currency: null };
}
