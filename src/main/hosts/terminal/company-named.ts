import { AppError } from '#shared/kernel/app-error.ts';

export interface CompanyName {
	readonly companyId: string;
	readonly name: string;
}

/**
 * The company that a person means: by uuid, by name in any case, or by a beginning of its name that only one has; without a word
 * the only one. Refuses NOT_FOUND and COMPANY_AMBIGUOUS, listing what there is in details.companies.
 */
export function findCompanyNamed<Company extends CompanyName>(companies: readonly Company[], wanted: string | undefined): Company {
	const [only, ...others] = companiesMeant(companies, wanted);
	if (only && others.length === 0) return only;
	const details = { companies: companies.map(({ companyId, name }) => ({ companyId, name })) };
	if (companies.length === 0) throw new AppError('NOT_FOUND', 'There is no company here yet. Make one with `ledgerseal company create`.', details);
	const names = companies.map(({ name }) => `"${name}"`).join(', ');
	if (only && wanted === undefined) {
		throw new AppError('COMPANY_AMBIGUOUS', `There are ${companies.length} companies here. Say which with --company: ${names}.`, details);
	}
	if (only) throw new AppError('COMPANY_AMBIGUOUS', `Several companies begin with "${wanted}". Write more of the name: ${names}.`, details);
	throw new AppError('NOT_FOUND', `There is no company "${wanted}" here. There is ${names}.`, details);
}

function companiesMeant<Company extends CompanyName>(companies: readonly Company[], wanted: string | undefined): readonly Company[] {
	if (wanted === undefined) return companies;
	const key = wanted.trim().normalize('NFC').toLowerCase();
	const exact = companies.filter(({ companyId, name }) => companyId === key || name.toLowerCase() === key);
	return exact.length > 0 ? exact : companies.filter(({ name }) => key !== '' && name.toLowerCase().startsWith(key));
}
