import type { CompaniesContract } from '#shared/contract/companies.contract.ts';
import { listCharts } from './chart.service.ts';
import { listCompanies } from './companies.queries.ts';
import { companySettings, setSetting } from './companies.service.ts';
import type { Handlers, InstanceActor } from '#main/platform/run/handlers.ts';
import type { Company } from '#main/platform/run/actor.ts';

export {
	ACCOUNT_TYPES,
	type AccountType,
	addAccount,
	addChart,
	checkReconcilable,
	checkSubtype,
	type NewAccount,
	PAYMENT_METHOD_SUBTYPES,
} from './chart.service.ts';
export { type AccountRow, accountById, findCompany, listAccounts, listCompanies, updateBooksFrom } from './companies.queries.ts';
export { companySettings, createCompany, type NewCompany, setSetting } from './companies.service.ts';
export type { CompanySettings } from './settings.rules.ts';

export const summaryOf = (company: Company) => ({ companyId: company.uuid, name: company.name, currency: company.currency });

type InstanceProcedures = Pick<CompaniesContract, 'list' | 'charts'>;
type CompanyProcedures = Pick<CompaniesContract, 'show' | 'set'>;

export const companiesInstanceHandlers: Handlers<InstanceProcedures, InstanceActor> = {
	list: { query: (db) => ({ companies: listCompanies(db).map(summaryOf) }) },
	charts: { query: () => ({ charts: listCharts() }) },
};

export const companiesHandlers: Handlers<CompanyProcedures> = {
	show: {
		query: (db, { company }) => ({
			...summaryOf(company),
			timezone: company.timezone,
			booksFrom: company.booksFrom,
			settings: { ...companySettings(db, company.id), internal_domains: [...companySettings(db, company.id).internal_domains] },
		}),
	},
	set: {
		command: (tx, { company }, { key, value }) => ({ key, value: setSetting(tx, company, key, value) }),
		audit: ({ key }, { value }) => ({ key, value }),
	},
};
