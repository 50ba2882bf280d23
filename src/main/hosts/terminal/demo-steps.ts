import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSampleCompany, type SampleCompany } from '#main/app/sample-company.ts';
import type { SampleStep } from '#main/app/sample-steps.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { isNilAmount } from '#shared/kernel/money.ts';
import type { TerminalContext } from './context.ts';
import type { Issue } from './issue-words.ts';
import { longWork } from './long-work.ts';
import { verifyFile } from './verify-file.ts';
import { figuresOf } from './words.ts';

/** How a step is told: what was done, and what came of it. */
type TellStep = (done: string, detail?: string) => void;

/** What the demo made, for its closing words and for scripts. */
export interface DemoResult extends SampleCompany {
	readonly dataFolder: string;
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

/** Makes the sample company, books three months, reconciles and closes the first, and builds and verifies its package. */
export async function runDemo(context: TerminalContext, dataFolder: string, tell: TellStep): Promise<DemoResult> {
	const { surroundings } = context;
	// The operating system's keychain is for real books: a demo leaves nothing behind there.
	const env = { ...surroundings.env, LEDGERSEAL_SECRET_STORE: surroundings.env.LEDGERSEAL_SECRET_STORE ?? 'file' };
	const app = await context.openFolder(dataFolder, env);
	let currency = '';
	const made = await makeSampleCompany(
		{
			client: () => context.signIn(app),
			longWork: (label, work) => longWork(context, label, work),
			tell: (step) => {
				if (step.kind === 'COMPANY') currency = step.currency;
				for (const [done, detail] of stepWords(step, currency)) tell(done, detail);
			},
		},
		{ laterStatements: false },
	);
	const answer = await verifyFile(context, made.package, { dataFolder });
	tell('Verified it from the file alone', `${answer.result}: ${answer.statement}`);
	return { ...made, dataFolder, verified: answer.result === 'VERIFIED', fingerprint: answer.signer?.fingerprint ?? null };
}

type Line = readonly [done: string, detail: string];

const amount = (plain: string): string => figuresOf('western').amount(plain);

function stepWords(step: SampleStep, currency: string): readonly Line[] {
	switch (step.kind) {
		case 'COMPANY':
			return [[`Made ${step.name}`, `${step.accounts} accounts, books in ${currency}`]];
		case 'OPENING':
			return [['Opening balances', `${step.lines} lines at 2025-12-31, with ${step.parties} parties`]];
		case 'JOURNAL':
			return [['Three months of trade', `${step.entries} entries with ${step.lines} lines, January to March 2026`]];
		case 'BALANCES': {
			const verdict = step.balanced ? 'they balance' : 'they do NOT balance';
			return [[`Trial balance at ${step.asOf}`, `debits ${amount(step.debit)}, credits ${amount(step.credit)} ${currency}: ${verdict}`]];
		}
		case 'STATEMENT':
			return [[`Statement of ${step.account}`, `${step.name}: ${step.lines} lines, ${step.format}, closing balance ${amount(step.closing)} ${currency}`]];
		case 'VALIDATED':
			return [
				[`Validated ${step.period}`, step.canClose ? issueCounts(step.issues) : 'it cannot be closed'],
				...step.issues.map(({ severity, message }): Line => ['', `${severity.toLowerCase()}: ${message}`]),
			];
		case 'CLOSED': {
			const profit = `net profit ${amount(step.netProfit)} ${currency}`;
			return [
				[`Closed ${step.period}`, `${profit}${step.closingEntryNo === null ? '' : `, closing entry ${step.closingEntryNo}`}`],
				['', `close hash ${step.closeHash}`],
			];
		}
		case 'PACKAGE':
			return [['Built its close package', `${amount(String(step.bytes))} bytes`]];
		default:
			return reconciliationWords(step, currency);
	}
}

function reconciliationWords(
	step: Extract<SampleStep, { kind: 'CERTAIN' | 'SUGGESTED' | 'CHARGES' | 'CORRECTED' | 'MATCHED' | 'VERIFIED' }>,
	currency: string,
): readonly Line[] {
	switch (step.kind) {
		case 'CERTAIN':
			return [['Matched by themselves', `${step.count} certain matches, each with its reasons`]];
		case 'SUGGESTED':
			return [['Suggestions confirmed', `${step.count}, among them ${step.groups} groups of several lines`]];
		case 'CHARGES':
			return [['Bank charges and interest', `${step.rules} rules made ${step.drafts} drafts of what the books did not have; looked at and posted`]];
		case 'CORRECTED':
			return [
				[`Corrected entry ${step.no}`, `two digits exchanged: reversed and entered again as ${step.by} with ${amount(step.amount)}`],
				...(step.hint === null ? [] : [['', `the explainer had said: ${step.hint}`] as const]),
			];
		case 'MATCHED':
			return [['Matched', `${step.matched} of ${step.statementLines} statement lines; every match adds up to the cent`]];
		case 'VERIFIED': {
			const agreed = isNilAmount(step.variance) && step.items === 0;
			const difference = agreed ? 'they agree' : `variance ${amount(step.variance)}, explained by ${step.items} items`;
			const actual = `${step.isCounted ? 'counted' : 'bank'} ${amount(step.actual)} ${currency}`;
			return [[`Verified ${step.code}`, `${step.name}: books ${amount(step.expected)}, ${actual}: ${difference}`]];
		}
	}
}

function issueCounts(issues: readonly Issue[]): string {
	const count = (severity: Issue['severity']): number => issues.filter((found) => found.severity === severity).length;
	return `errors ${count('ERROR')}, warnings ${count('WARNING')}, notes ${count('INFO')}`;
}
