import type { CompaniesContract } from '#shared/contract/companies.contract.ts';
import { ensureFirstUser, storeRole } from '#main/access/index.ts';
import { createCompany, summaryOf } from '#main/companies/index.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { CommandHandler, InstanceActor } from '#main/platform/run/handlers.ts';

type Create = CompaniesContract['create'];

/** Makes a company and its Admin: who asks, or the first user of the data folder, who comes to be with it. */
export const createOwnedCompany: CommandHandler<InstanceActor, InputOf<Create>, OutputOf<Create>> = {
	command: (tx, { user }, input) => {
		const { company, accounts } = createCompany(tx, input);
		storeRole(tx, company.id, (user ?? ensureFirstUser(tx)).id, 'ADMIN');
		return { ...summaryOf(company), accounts };
	},
	audit: (input, output) => ({
		company: output.companyId,
		name: output.name,
		currency: output.currency,
		chart: input.chart ?? 'none',
		accounts: output.accounts,
	}),
};
