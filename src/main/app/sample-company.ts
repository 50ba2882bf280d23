import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import type { Client } from '#shared/contract/client.ts';
import { importLaterStatements, reconcileMonth, type SampleReconciliation } from './sample-reconciliation.ts';
import type { SampleMaker } from './sample-steps.ts';

const MONTH = '2026-01';
const MONTH_END = '2026-01-31';
const YEAR_TO_DATE_END = '2026-03-31';
const REASON = 'Sample: month end';
const NOTE = 'Sample: looked through and accepted as they are.';

export interface SampleOptions {
	/** Takes in the statements of February and March too, for whoever goes on from there. */
	readonly laterStatements: boolean;
}

export interface SampleCompany {
	readonly companyId: string;
	readonly company: string;
	readonly currency: string;
	readonly period: string;
	readonly entries: number;
	readonly lines: number;
	readonly reconciliation: SampleReconciliation;
	readonly netProfit: string;
	readonly acknowledged: readonly string[];
	readonly closeHash: string;
	readonly contentRoot: string;
	/** Absolute path. */
	readonly package: string;
	readonly sha256: string;
	readonly bytes: number;
}

interface Settings {
	readonly name: string;
	readonly currency: string;
	readonly timezone: string;
	readonly fiscalYearStart: string;
	readonly chart: string;
}

/**
 * Makes the sample company as a person should find it: three months are booked, January is reconciled, closed, sealed and packaged, February
 * and March are open. It stands beside whatever companies there are, under a name of its own; where it is cancelled, what was made stays.
 */
export async function makeSampleCompany(maker: SampleMaker, options: SampleOptions): Promise<SampleCompany> {
	const sample = join(programFolder(), 'resources', 'sample');
	const settings = JSON.parse(await readFile(join(sample, 'company.json'), 'utf8')) as Settings;
	const made = await createNamed(await maker.client(), settings);
	const { companyId, currency } = made;
	maker.tell({ kind: 'COMPANY', name: made.name, currency, accounts: made.accounts });

	const client = await maker.client();
	const booked = await book(maker, client, companyId, sample);
	for (const asOf of [MONTH_END, YEAR_TO_DATE_END]) {
		const { totals, balanced } = await client.reports.trialBalance({ companyId, asOf });
		maker.tell({ kind: 'BALANCES', asOf, debit: totals.debit, credit: totals.credit, balanced });
	}
	const reconciliation = await reconcileMonth({ maker, client, companyId }, sample);
	const close = await closeMonth(maker, client, companyId);
	const built = await buildPackage(maker, client, companyId);
	if (options.laterStatements) await importLaterStatements({ maker, client, companyId }, sample);
	return { companyId, company: made.name, currency, period: MONTH, ...booked, reconciliation, ...close, ...built };
}

/** Under its name, or with a number after it where there is a sample company already. */
async function createNamed(client: Client, settings: Settings) {
	for (let number = 1; ; number++) {
		try {
			return await client.companies.create({ ...settings, name: number === 1 ? settings.name : `${settings.name} ${number}` });
		} catch (error) {
			if (!isAppError(error, 'ALREADY_EXISTS') || number === 100) throw error;
		}
	}
}

async function book(maker: SampleMaker, client: Client, companyId: string, sample: string) {
	const options = { createAccounts: true };
	const opening = await maker.longWork('opening balances', (call) =>
		client.imports.importOpening({ companyId, path: join(sample, 'opening.csv'), options }, call),
	);
	maker.tell({ kind: 'OPENING', lines: opening.lines, parties: opening.partiesCreated });
	const journal = await maker.longWork('importing', (call) => client.imports.importJournal({ companyId, path: join(sample, 'journal.csv'), options }, call));
	maker.tell({ kind: 'JOURNAL', entries: journal.entries, lines: journal.lines });
	return { entries: opening.entries + journal.entries, lines: opening.lines + journal.lines };
}

async function closeMonth(maker: SampleMaker, client: Client, companyId: string) {
	const { issues, canClose } = await client.close.validate({ companyId, period: MONTH });
	maker.tell({ kind: 'VALIDATED', period: MONTH, canClose, issues });
	const warnings = [...new Set(issues.filter(({ severity }) => severity === 'WARNING').map(({ code }) => code))];
	const acknowledgement = warnings.length > 0 ? { acknowledge: warnings, note: NOTE } : {};
	const close = await client.close.close({ companyId, period: MONTH, reason: REASON, ...acknowledgement });
	const { netProfit, closingEntryNo, closeHash, contentRoot } = close;
	maker.tell({ kind: 'CLOSED', period: MONTH, netProfit, closingEntryNo, closeHash });
	return { netProfit, acknowledged: warnings, closeHash, contentRoot };
}

async function buildPackage(maker: SampleMaker, client: Client, companyId: string) {
	const job = await maker.longWork('building the package', (call) => client.packages.build({ companyId, period: MONTH }, call));
	if (job.status !== 'READY') throw new AppError('PACKAGE_NOT_READY', `The package could not be built: ${job.error ?? job.status}.`, { jobId: job.jobId });
	const bytes = present(job.bytes, 'its length');
	maker.tell({ kind: 'PACKAGE', bytes });
	return { package: present(job.file, 'the file of a finished package'), bytes, sha256: present(job.sha256, 'its SHA-256') };
}
