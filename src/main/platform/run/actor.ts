import type { TokenReach } from '#shared/contract/access.contract.ts';
import type { CurrencyCode } from '#shared/kernel/currency.ts';

/** A company as everything that works inside it needs it. */
export interface Company {
	/** Inside the database only. */
	readonly id: number;
	/** Whatever leaves the database names the company by this. */
	readonly uuid: string;
	readonly name: string;
	readonly currency: CurrencyCode;
	/** Number of decimals of the currency. */
	readonly decimals: number;
	readonly timezone: string;
	/** First day of the first period; null before the first entry. */
	readonly booksFrom: string | null;
}

export interface User {
	readonly id: number;
	readonly uuid: string;
	readonly login: string;
	readonly name: string;
	/** Who asks with a token: in this company only, and with these of the user's permissions only. */
	readonly within?: TokenReach;
}

/** Who asks with a token. */
export type Bearer = User & Required<Pick<User, 'within'>>;

/** Who acts, and in which company. Permissions were checked before anyone holds one. */
export interface Actor {
	readonly user: User;
	readonly company: Company;
}
