import type { z } from 'zod';
import { MIN_PASSWORD_LENGTH, type packageJob } from '#shared/contract/packages.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { defineCommand, type TerminalContext } from '../context.ts';
import { longWork } from '../long-work.ts';
import { verifyFile } from '../verify-file.ts';
import { EXIT } from '../output.ts';
import { formatFacts, formatTable } from '../table.ts';
import { optionalNumber } from '../values.ts';
import { verificationText } from '../verification-words.ts';
import { instantWords, respond } from '../words.ts';

type PackageJob = z.input<typeof packageJob>;

const PERIOD = { name: 'P', summary: 'the closed period: 2026-01, FY2025-26, a date inside it, or its id' } as const;
const BUILD_OPTIONS = {
	'close-number': { type: 'string', value: 'N', summary: 'an earlier close of the period (default: the standing one)' },
	wait: { type: 'boolean', summary: 'waits until it is written, which this command always does' },
} as const;

export const packageBuild = defineCommand({
	path: ['package', 'build'],
	summary: 'builds the close package of a period, or all that are waiting',
	description: `A package that is there already and whole is answered as it is. Every close queues its package: without P all that wait are built, and
those that a crash interrupted.`,
	examples: ['package build 2026-01 --wait', 'package build 2026-01 --close-number 1 --json', 'package build'],
	options: BUILD_OPTIONS,
	positionals: [{ ...PERIOD, optional: true }],
	run: async (context, { options, positionals }) =>
		positionals.P === undefined ? buildWaiting(context) : makePackage(context, 'build', positionals.P, options['close-number']),
});

async function buildWaiting(context: TerminalContext): Promise<number> {
	const { client, companyId } = await context.inCompany();
	const { jobs } = await client.packages.list({ companyId });
	const built: PackageJob[] = [];
	for (const { period, closeNumber, status } of jobs) {
		if (status !== 'QUEUED' && status !== 'RUNNING') continue;
		built.push(await longWork(context, `building the package of ${period}`, (call) => client.packages.build({ companyId, period, closeNumber }, call)));
	}
	respond(context.output, { jobs: built }, () => (built.length === 0 ? 'No package is waiting.\n' : built.map(jobText).join('\n')));
	return built.some(({ status }) => status === 'FAILED') ? EXIT.refused : EXIT.done;
}

export const packageRegenerate = defineCommand({
	path: ['package', 'regenerate'],
	summary: 'builds a close package again and compares it with what was recorded',
	examples: ['package regenerate 2026-01 --wait'],
	options: BUILD_OPTIONS,
	positionals: [PERIOD],
	run: (context, { options, positionals }) => makePackage(context, 'regenerate', positionals.P, options['close-number']),
});

async function makePackage(context: TerminalContext, procedure: 'build' | 'regenerate', period: string, typed: string | undefined): Promise<number> {
	const closeNumber = optionalNumber('--close-number', typed);
	const { client, companyId } = await context.inCompany();
	const job = await longWork(context, 'building the package', (call) => client.packages[procedure]({ companyId, period, closeNumber }, call));
	respond(context.output, job, () => jobText(job));
	return job.status === 'FAILED' ? EXIT.refused : EXIT.done;
}

function jobText(job: PackageJob): string {
	const facts: [string, string | null][] = [
		['Period', `${job.period}, close number ${job.closeNumber}`],
		['Status', job.status.toLowerCase()],
		['File', job.file],
		['Bytes', job.bytes === null ? null : String(job.bytes)],
		['SHA-256', job.sha256],
		['Of the content', job.contentSha256],
		['Job', job.jobId],
		['Error', job.error],
	];
	return formatFacts(facts.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, value]])));
}

export const packageList = defineCommand({
	path: ['package', 'list'],
	summary: 'lists the close packages',
	examples: ['package list', 'package list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.packages.list({ companyId });
		respond(context.output, answer, () =>
			answer.jobs.length === 0
				? 'There is no package yet. Close a period, then build one with `ledgerseal package build P`.\n'
				: formatTable(
						[
							{ header: 'Period' },
							{ header: 'Close', align: 'right' },
							{ header: 'Status' },
							{ header: 'Made' },
							{ header: 'Bytes', align: 'right' },
							{ header: 'Job' },
						],
						answer.jobs.map(({ period, closeNumber, status, finishedAt, bytes, jobId }) => [
							period,
							String(closeNumber),
							status.toLowerCase(),
							finishedAt === null ? '' : instantWords(finishedAt),
							bytes === null ? '' : String(bytes),
							jobId,
						]),
					),
		);
	},
});

export const packageSave = defineCommand({
	path: ['package', 'save'],
	summary: 'saves a copy of a package, with its checksum checked',
	description: `With --password the copy is an archive encrypted with AES-256 that holds the package; 7-Zip, WinZip and others open it. The password is
asked for at the terminal, or is the first line of standard input; it is never an argument. The stored package is never encrypted.`,
	examples: ['package save 0198c0de-0000-7000-8000-000000000001 --to handover', 'package save 0198c0de-0000-7000-8000-000000000001 --to handover --password'],
	options: {
		to: { type: 'string', value: 'DIR', required: true, summary: 'the folder to put it in, or the file to write' },
		password: { type: 'boolean', summary: 'encrypts the copy with a password of 12 characters or more' },
	},
	positionals: [{ name: 'JOB', summary: 'the package, as `package list` shows it' }],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const password = options.password ? await copyPassword(context) : undefined;
		const job = await longWork(context, 'saving the package', (call) =>
			client.packages.save({ companyId, jobId: positionals.JOB, to: context.path(options.to), password }, call),
		);
		const what = password === undefined ? '' : ' encrypted';
		respond(context.output, job, () => `Saved ${job.file ?? ''}${what} (SHA-256 of the package ${job.sha256 ?? ''}).\n`);
	},
});

async function copyPassword({ prompt }: TerminalContext): Promise<string> {
	const option = 'the first line of standard input';
	const password = await prompt.password({ id: 'password', text: 'Password of the copy:', option });
	if (password.length < MIN_PASSWORD_LENGTH) {
		throw new AppError('INPUT_INVALID', `The password of a copy has at least ${MIN_PASSWORD_LENGTH} characters: several words are easy to remember.`, {
			minLength: MIN_PASSWORD_LENGTH,
		});
	}
	if (prompt.interactive && (await prompt.password({ id: 'again', text: 'The same again:', option })) !== password) {
		throw new AppError('INPUT_INVALID', 'The two passwords differ. Nothing was written.', {});
	}
	return password;
}

export const packageShare = defineCommand({
	path: ['package', 'share'],
	summary: "copies a period's package to the shared folder",
	description: `The folder (a network drive, a synced folder) is set with \`ledgerseal company set shared_folder FOLDER\`.
The package is built first where it is not there.`,
	examples: ['package share 2026-01', 'package share 2026-01 --close-number 1 --json'],
	options: { 'close-number': BUILD_OPTIONS['close-number'] },
	positionals: [PERIOD],
	run: async (context, { options, positionals }) => {
		const closeNumber = optionalNumber('--close-number', options['close-number']);
		const { client, companyId } = await context.inCompany();
		const job = await longWork(context, 'sharing the package', (call) => client.packages.share({ companyId, period: positionals.P, closeNumber }, call));
		respond(context.output, job, () => `Shared as ${job.file ?? ''} (SHA-256 ${job.sha256 ?? ''}).\n`);
	},
});

export const packageVerify = defineCommand({
	path: ['package', 'verify'],
	summary: 'verifies a close package from its file alone',
	description: `It needs no books: the file is checked against itself, entry by entry, and against its signature. Whose key signed it is known where the
books of this computer, --key or --previous say so; otherwise compare the fingerprint with one that you got another way.
Ends with exit status 1 where anything was altered.`,
	examples: [
		'package verify example-traders-2026-01-close1.zip',
		'package verify example-traders-2026-02-close1.zip --previous example-traders-2026-01-close1.zip',
		'package verify example-traders-2026-01-close1.zip --key public-key.pem --json',
	],
	options: {
		key: { type: 'string', value: 'PEM|FINGERPRINT', summary: 'the key that must have signed it: a PEM file or a fingerprint' },
		previous: { type: 'string', value: 'ZIP', summary: 'an earlier package of the same books' },
	},
	positionals: [{ name: 'FILE', summary: 'the package' }],
	run: async (context, { options, positionals }) => {
		const { readExpectedKey } = await import('../expected-key.ts');
		const expectedKey = options.key === undefined ? undefined : await readExpectedKey(context.path, options.key);
		const answer = await verifyFile(context, context.path(positionals.FILE), {
			dataFolder: context.dataFolder,
			expectedKey,
			previous: options.previous === undefined ? undefined : context.path(options.previous),
		});
		respond(context.output, answer, () => {
			const what = [answer.company, answer.period, answer.closeNumber === null ? null : `close number ${answer.closeNumber}`].filter((word) => word !== null);
			return `${what.length > 0 ? `${what.join(', ')}\n` : ''}${verificationText(answer)}`;
		});
		return answer.result === 'VERIFIED' ? EXIT.done : EXIT.refused;
	},
});
