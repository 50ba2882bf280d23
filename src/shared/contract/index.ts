import { accessContract } from './access.contract.ts';
import { auditContract } from './audit.contract.ts';
import { closeContract } from './close.contract.ts';
import { companiesContract } from './companies.contract.ts';
import { importsContract } from './imports.contract.ts';
import { ledgerContract } from './ledger.contract.ts';
import { matchingContract } from './matching.contract.ts';
import { packagesContract } from './packages.contract.ts';
import { periodsContract } from './periods.contract.ts';
import { reconciliationContract } from './reconciliation.contract.ts';
import { reportsContract } from './reports.contract.ts';
import { statementsContract } from './statements.contract.ts';

/** Everything that can be asked of the program, by domain. Every host serves this, and nothing else. */
export const contract = {
	companies: companiesContract,
	access: accessContract,
	audit: auditContract,
	periods: periodsContract,
	ledger: ledgerContract,
	imports: importsContract,
	statements: statementsContract,
	matching: matchingContract,
	reconciliation: reconciliationContract,
	reports: reportsContract,
	close: closeContract,
	packages: packagesContract,
};

export type Contract = typeof contract;
