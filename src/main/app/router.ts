import type { Contract } from '#shared/contract/index.ts';
import type { Handlers, InstanceActor } from '#main/platform/run/handlers.ts';

/** The handlers of one domain: what happens inside a company, and what concerns the data folder as a whole. */
interface DomainModule<Name extends keyof Contract> {
	readonly contract: Contract[Name];
	readonly handlers: Readonly<Record<string, unknown>>;
}

type Loaders = { readonly [Name in keyof Contract]: () => Promise<DomainModule<Name>> };

/** Binds what a contract declares to what a domain does. A compile error here is a procedure without a handler. */
function bind<Procedures>(contract: Procedures, handlers: Handlers<Procedures>) {
	return { contract, handlers: handlers as Readonly<Record<string, unknown>> };
}

let closeHooksRegistered: (() => void) | null = null;

/** Every domain, loaded when it is first asked: a start reads only what it needs. */
export const domains: Loaders = {
	companies: async () => {
		const [{ companiesContract }, { companiesHandlers, companiesInstanceHandlers }, { createOwnedCompany }] = await Promise.all([
			import('#shared/contract/companies.contract.ts'),
			import('#main/companies/index.ts'),
			import('./create-company.ts'),
		]);
		const handlers: Handlers<Pick<typeof companiesContract, 'show' | 'set'>> & Handlers<Omit<typeof companiesContract, 'show' | 'set'>, InstanceActor> = {
			...companiesHandlers,
			...companiesInstanceHandlers,
			create: createOwnedCompany,
		};
		return { contract: companiesContract, handlers };
	},
	access: async () => {
		const [{ accessContract }, { accessHandlers }] = await Promise.all([import('#shared/contract/access.contract.ts'), import('#main/access/index.ts')]);
		return bind(accessContract, accessHandlers);
	},
	audit: async () => {
		const [{ auditContract }, { auditHandlers }] = await Promise.all([import('#shared/contract/audit.contract.ts'), import('#main/audit/index.ts')]);
		return bind(auditContract, auditHandlers);
	},
	periods: async () => {
		const [{ periodsContract }, { periodsHandlers }] = await Promise.all([import('#shared/contract/periods.contract.ts'), import('#main/periods/index.ts')]);
		return bind(periodsContract, periodsHandlers);
	},
	ledger: async () => {
		const [{ ledgerContract }, { ledgerHandlers }] = await Promise.all([import('#shared/contract/ledger.contract.ts'), import('#main/ledger/index.ts')]);
		return bind(ledgerContract, ledgerHandlers);
	},
	imports: async () => {
		const [{ importsContract }, { importsHandlers }] = await Promise.all([import('#shared/contract/imports.contract.ts'), import('#main/imports/index.ts')]);
		return bind(importsContract, importsHandlers);
	},
	statements: async () => {
		const [{ statementsContract }, { statementsHandlers }] = await Promise.all([
			import('#shared/contract/statements.contract.ts'),
			import('#main/reconciliation/index.ts'),
		]);
		return bind(statementsContract, statementsHandlers);
	},
	matching: async () => {
		const [{ matchingContract }, { matchingHandlers }] = await Promise.all([
			import('#shared/contract/matching.contract.ts'),
			import('#main/reconciliation/index.ts'),
		]);
		return bind(matchingContract, matchingHandlers);
	},
	reconciliation: async () => {
		const [{ reconciliationContract }, { reconciliationHandlers }] = await Promise.all([
			import('#shared/contract/reconciliation.contract.ts'),
			import('#main/reconciliation/index.ts'),
		]);
		return bind(reconciliationContract, reconciliationHandlers);
	},
	reports: async () => {
		const [{ reportsContract }, { reportsHandlers }] = await Promise.all([import('#shared/contract/reports.contract.ts'), import('#main/reports/index.ts')]);
		const handlers: Handlers<typeof reportsContract> = {
			...reportsHandlers,
			// What draws pages is large, and most reports are only looked at.
			write: { task: async (...given) => (await import('./write-report.ts')).writeReport(...given) },
		};
		return bind(reportsContract, handlers);
	},
	close: async () => {
		const [{ closeContract }, { closeHandlers, registerCloseHooks }, { packageCloseHooks }] = await Promise.all([
			import('#shared/contract/close.contract.ts'),
			import('#main/close/index.ts'),
			import('#main/packages/index.ts'),
		]);
		// A close queues its package, a reopening marks it; the domain of closes knows nothing of packages.
		closeHooksRegistered ??= registerCloseHooks(packageCloseHooks);
		return bind(closeContract, closeHandlers);
	},
	packages: async () => {
		const [{ packagesContract }, { packagesHandlers }] = await Promise.all([
			import('#shared/contract/packages.contract.ts'),
			import('#main/packages/index.ts'),
		]);
		return bind(packagesContract, packagesHandlers);
	},
};

export type DomainName = keyof Contract;
