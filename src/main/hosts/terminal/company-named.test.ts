import { describe, expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { findCompanyNamed } from './company-named.ts';

const alder = { companyId: '0198c0de-0000-7000-8000-000000000001', name: 'Alder Tools' };
const alderNorth = { companyId: '0198c0de-0000-7000-8000-000000000002', name: 'Alder Tools North' };
const birch = { companyId: '0198c0de-0000-7000-8000-000000000003', name: 'Birch & Co' };
const all = [alder, alderNorth, birch];

function refusal(companies: readonly (typeof alder)[], wanted?: string): string {
	try {
		findCompanyNamed(companies, wanted);
		return 'none';
	} catch (error) {
		expect(error).toBeInstanceOf(AppError);
		expect((error as AppError).details.companies).toEqual(companies);
		return (error as AppError).code;
	}
}

describe('findCompanyNamed', () => {
	it.each([
		['Birch & Co', birch],
		['birch & co', birch],
		['bir', birch],
		['ALDER TOOLS', alder],
		['alder tools n', alderNorth],
		[alderNorth.companyId, alderNorth],
		[alderNorth.companyId.toUpperCase(), alderNorth],
	])('%j is one', (wanted, company) => {
		expect(findCompanyNamed(all, wanted)).toBe(company);
	});

	it('needs no word where there is just one', () => {
		expect(findCompanyNamed([birch], undefined)).toBe(birch);
	});

	it.each([
		[all, undefined, 'COMPANY_AMBIGUOUS'],
		[all, 'alder', 'COMPANY_AMBIGUOUS'],
		[all, 'cedar', 'NOT_FOUND'],
		[all, '', 'NOT_FOUND'],
		[[], undefined, 'NOT_FOUND'],
		[[], 'birch', 'NOT_FOUND'],
	])('refuses, listing what there is', (companies, wanted, code) => {
		expect(refusal(companies, wanted)).toBe(code);
	});
});
