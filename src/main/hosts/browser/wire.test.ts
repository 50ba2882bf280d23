import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CallOptions } from '#shared/contract/client.ts';
import { contract } from '#shared/contract/index.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { ERROR_CODES } from '#shared/kernel/error-codes.ts';
import type { ProgramPort } from '#main/app/desk/program-port.ts';
import { dataPaths } from '#main/app/data-paths.ts';
import { fixedClock } from '#main/platform/clock.ts';
import { openLog } from '#main/platform/log.ts';
import { allSteps, openTestHost, type TestTab } from '#test/browser-tab.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';

type Call = (procedure: string, input: unknown, options: CallOptions) => Promise<unknown>;

/** What the wire carries is looked at with a program whose every call answers as the test says. */
async function wireTo(call: Call): Promise<{ tab: TestTab; root: string } & Awaited<ReturnType<TestTab['connect']>>> {
	const root = temporaryFolder();
	const clock = fixedClock('2026-04-10T09:00:00Z');
	const log = openLog({ dataFolder: root, clock });
	const program: ProgramPort = {
		paths: dataPaths(root),
		limits: { downloadSeconds: 300 },
		clock,
		warnings: () => [],
		bearer: () => Promise.reject(new Error('nobody asks with a token here')),
		entrance: async () => 'FIRST_RUN',
		signIn: async () => null,
		verifyPackage: () => Promise.reject(new Error('nobody hands a package over here')),
		onChange: () => () => undefined,
		onJob: () => () => undefined,
		logFault: (error) => log.logFault(error),
		close: async () => undefined,
		call: (_user, domain, name, input, options = {}) => call(`${domain}.${name}`, input, options),
	};
	const { tab } = await (await openTestHost({ program })).openBrowser();
	return { tab, root, ...(await tab.connect()) };
}

/** Goes on until it is cancelled; `cancelled` says when. */
function endlessWork() {
	const cancelled = Promise.withResolvers<string>();
	const work: Call = (_procedure, _input, { signal, onProgress }) => {
		onProgress?.({ fraction: 0.25, text: 'a quarter' });
		return new Promise((_resolve, reject) => {
			signal?.addEventListener('abort', () => {
				cancelled.resolve('cancelled');
				reject(new AppError('CANCELLED', 'You cancelled.', {}));
			});
		});
	};
	return { work, cancelled: cancelled.promise };
}

describe('over the wire', () => {
	it('every refusal crosses as data, of a call and of a task', async () => {
		const { books } = await wireTo(async (_procedure, input) => {
			const { code } = input as { code: AppError['code'] };
			throw new AppError(code, `About ${code}.`, { rows: [1, 2], inner: { reason: code } }, { retryable: code === 'DISK_FULL' });
		});
		for (const code of ERROR_CODES) {
			const refusal = {
				defined: true,
				code,
				status: 422,
				message: `About ${code}.`,
				data: { details: { rows: [1, 2], inner: { reason: code } }, retryable: code === 'DISK_FULL' },
			};
			await expect(books.companies?.show?.({ input: { code } })).rejects.toMatchObject(refusal);
			await expect(allSteps(books.packages?.prove?.({ input: { code } }) as Promise<unknown>)).rejects.toMatchObject(refusal);
		}
	});

	it('every procedure of the contract is served under its name, with its input as it was sent', async () => {
		const asked: unknown[] = [];
		const { books } = await wireTo(async (procedure, input, { preview }) => {
			asked.push({ procedure, input, preview });
			return 'answered';
		});
		for (const [domain, procedures] of Object.entries(contract)) {
			for (const [name, procedure] of Object.entries(procedures)) {
				asked.length = 0;
				const answer = await books[domain]?.[name]?.({ input: { note: 'as it was' }, preview: true });
				const isTask = (procedure as { '~orpc': { meta: { kind: string } } })['~orpc'].meta.kind === 'task';
				const output = isTask ? (await allSteps(Promise.resolve(answer))).at(-1)?.output : answer;
				expect({ output, asked }).toEqual({ output: 'answered', asked: [{ procedure: `${domain}.${name}`, input: { note: 'as it was' }, preview: true }] });
			}
		}
	});

	it('a bug crosses as its incident alone', async () => {
		const { books, root } = await wireTo(async () => {
			throw new TypeError('secretly broken at /srv/books');
		});
		const crossed = await books.companies?.list?.({}).catch((error: unknown) => error);
		expect(crossed).toMatchObject({ defined: false, code: 'INTERNAL_SERVER_ERROR', data: { incidentId: expect.stringMatching(/^LS-/) } });
		expect(JSON.stringify(crossed)).not.toMatch(/secretly|srv/);
		const { incidentId } = (crossed as { data: { incidentId: string } }).data;
		expect(readFileSync(join(root, 'logs', 'ledgerseal.log'), 'utf8')).toContain(incidentId);
	});

	it('a task that is aborted by its caller is cancelled', async () => {
		const { work, cancelled } = endlessWork();
		const { books } = await wireTo(work);
		const leaving = new AbortController();
		const steps = (await books.packages?.build?.({ input: {} }, { signal: leaving.signal })) as AsyncIterator<unknown>;
		expect(await steps.next()).toMatchObject({ value: { kind: 'progress', fraction: 0.25, text: 'a quarter' } });
		leaving.abort();
		expect(await cancelled).toBe('cancelled');
	});

	it('a task that nobody reads on is cancelled', async () => {
		const { work, cancelled } = endlessWork();
		const { books } = await wireTo(work);
		const steps = (await books.packages?.build?.({ input: {} })) as AsyncIterator<unknown>;
		await steps.next();
		await steps.return?.();
		expect(await cancelled).toBe('cancelled');
	});

	it('a task whose tab went away is cancelled', async () => {
		const { work, cancelled } = endlessWork();
		const { books, socket } = await wireTo(work);
		const steps = (await books.packages?.build?.({ input: {} })) as AsyncIterator<unknown>;
		await steps.next();
		socket.terminate();
		expect(await cancelled).toBe('cancelled');
	});

	it('inputs of the desk are checked, and the refusal says which', async () => {
		const { desk } = await wireTo(async () => null);
		await expect(desk.makePlace({ fileName: '' })).rejects.toMatchObject({
			defined: true,
			code: 'INPUT_INVALID',
			message: expect.stringContaining('fileName'),
		});
		await expect(desk.openLink({ url: 'https://attacker.example/' })).rejects.toMatchObject({ defined: true, code: 'NOT_ALLOWED' });
		await expect(desk.pickFiles({ title: '', extensions: [], several: false })).rejects.toMatchObject({ defined: true, code: 'NOT_ALLOWED' });
	});
});
