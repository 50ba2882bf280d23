import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '#shared/contract/client.ts';
import { programFolder } from '#main/platform/database/program-folder.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import type { TerminalContext } from './context.ts';
import { type DemoReconciliation, reconcileMonth, type TellStep } from './demo-reconciliation.ts';
import type { Issue } from './issue-words.ts';
import { longWork } from './long-work.ts';
import { verifyFile } from './verify-file.ts';
import { figuresOf } from './words.ts';

const MONTH = '2026-01';
const MONTH_END = '2026-01-31';
const YEAR_TO_DATE_END = '2026-03-31';
const NOTE = 'Demo: looked through and accepted as they are.';

/** What the demo made, for its closing words and for scripts. */
export interface DemoResult {
	readonly companyId: string;
	readonly company: string;
	readonly currency: string;
	readonly dataFolder: string;
	readonly period: string;
	readonly entries: number;
	readonly lines: number;
	readonly reconciliation: DemoReconciliation;
	readonly netProfit: string;
	readonly acknowledged: readonly string[];
	readonly closeHash: string;
	readonly contentRoot: string;
	readonly package: string;
	readonly sha256: string;
	readonly bytes: number;
	readonly fingerprint: string | null;
	readonly verified: boolean;
}

/** A new folder for the demo: the one that was named, or one under the temporary folder. Refuses ALREADY_EXISTS where there are books. */
export async function demoFolder(context: TerminalContext): Promise<string> {
	if (context.globals.dataDir === undefined) return mkdtemp(join(tmpdir(), 'ledgerseal-demo-'));
	const folder = context.dataFolder;
	await mkdir(folder, { recursive: true, mode: 0o700 });
	if ((await readdir(folder)).includes('ledgerseal.db')) {
		throw new AppError('ALREADY_EXISTS', `${folder} holds books already, and the demo never touches any. Name a new folder, or leave --data-dir out.`, {
			folder,
		});
	}
	return folder;
}

interface SampleCompany {
	readonly name: string;
	readonly currency: string;
	readonly timezone: string;
	readonly fiscalYearStart: string;
	readonly chart: string;
}

/** Makes the sample company, books three months, reconciles and closes the first, and builds and verifies its package. */
export async function runDemo(context: TerminalContext, dataFolder: string, tell: TellStep): Promise<DemoResult> {
	const { surroundings } = context;
	// The operating system's keychain is for real books: a demo leaves nothing behind there.
	const env = { ...surroundings.env, LEDGERSEAL_SECRET_STORE: surroundings.env.LEDGERSEAL_SECRET_STORE ?? 'file' };
	const app = await context.openFolder(dataFolder, env);
	const sample = join(programFolder(), 'resources', 'sample');
	const settings = JSON.parse(await readFile(join(sample, 'company.json'), 'utf8')) as SampleCompany;
	const made = await (await context.signIn(app)).companies.create(settings);
	tell(`Made ${made.name}`, `${made.accounts} accounts, books in ${made.currency}`);

	// The first user came to be with the company.
	const client = await context.signIn(app);
	const { companyId } = made;
	const opening = await longWork(context, 'opening balances', (call) =>
		client.imports.importOpening({ companyId, path: join(sample, 'opening.csv'), options: { createAccounts: true } }, call),
	);
	tell('Opening balances', `${opening.lines} lines at 2025-12-31, with ${opening.partiesCreated} parties`);
	const journal = await longWork(context, 'importing', (call) =>
		client.imports.importJournal({ companyId, path: join(sample, 'journal.csv'), options: { createAccounts: true } }, call),
	);
	tell('Three months of trade', `${journal.entries} entries with ${journal.lines} lines, January to March 2026`);
	await tellBalances(client, companyId, made.currency, tell);
	const reconciliation = await reconcileMonth({ context, client, companyId, currency: made.currency, tell }, sample);
	const close = await closeMonth(client, companyId, made.currency, tell);
	const built = await buildPackage(context, client, companyId, tell);
	const verification = await verifyBuilt(context, dataFolder, built.package, tell);
	return {
		companyId,
		company: made.name,
		currency: made.currency,
		dataFolder,
		period: MONTH,
		entries: opening.entries + journal.entries,
		lines: opening.lines + journal.lines,
		reconciliation,
		...close,
		...built,
		...verification,
	};
}

async function tellBalances(client: Client, companyId: string, currency: string, tell: TellStep): Promise<void> {
	const figures = figuresOf('western');
	for (const asOf of [MONTH_END, YEAR_TO_DATE_END]) {
		const { totals, balanced } = await client.reports.trialBalance({ companyId, asOf });
		const verdict = balanced ? 'they balance' : 'they do NOT balance';
		tell(`Trial balance at ${asOf}`, `debits ${figures.amount(totals.debit)}, credits ${figures.amount(totals.credit)} ${currency}: ${verdict}`);
	}
}

async function closeMonth(client: Client, companyId: string, currency: string, tell: TellStep) {
	const { issues, canClose } = await client.close.validate({ companyId, period: MONTH });
	tell(`Validated ${MONTH}`, canClose ? issueCounts(issues) : 'it cannot be closed');
	for (const { severity, message } of issues) tell('', `${severity.toLowerCase()}: ${message}`);
	const warnings = [...new Set(issues.filter(({ severity }) => severity === 'WARNING').map(({ code }) => code))];
	const acknowledgement = warnings.length > 0 ? { acknowledge: warnings, note: NOTE } : {};
	const close = await client.close.close({ companyId, period: MONTH, reason: 'Demo: month end', ...acknowledgement });
	const profit = `${figuresOf('western').amount(close.netProfit)} ${currency}`;
	tell(`Closed ${MONTH}`, `net profit ${profit}${close.closingEntryNo === null ? '' : `, closing entry ${close.closingEntryNo}`}`);
	tell('', `close hash ${close.closeHash}`);
	return { netProfit: close.netProfit, acknowledged: warnings, closeHash: close.closeHash, contentRoot: close.contentRoot };
}

function issueCounts(issues: readonly Issue[]): string {
	const count = (severity: Issue['severity']): number => issues.filter((found) => found.severity === severity).length;
	return `errors ${count('ERROR')}, warnings ${count('WARNING')}, notes ${count('INFO')}`;
}

async function buildPackage(context: TerminalContext, client: Client, companyId: string, tell: TellStep) {
	const job = await longWork(context, 'building the package', (call) => client.packages.build({ companyId, period: MONTH }, call));
	if (job.status !== 'READY') throw new AppError('PACKAGE_NOT_READY', `The package could not be built: ${job.error ?? job.status}.`, { jobId: job.jobId });
	const file = present(job.file, 'the file of a finished package');
	const bytes = present(job.bytes, 'its length');
	tell('Built its close package', `${figuresOf('western').amount(String(bytes))} bytes`);
	return { package: file, bytes, sha256: present(job.sha256, 'its SHA-256') };
}

async function verifyBuilt(context: TerminalContext, dataFolder: string, file: string, tell: TellStep) {
	const answer = await verifyFile(context, file, { dataFolder });
	tell('Verified it from the file alone', `${answer.result}: ${answer.statement}`);
	return { verified: answer.result === 'VERIFIED', fingerprint: answer.signer?.fingerprint ?? null };
}
