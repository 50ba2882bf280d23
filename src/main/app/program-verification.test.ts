import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { present } from '#shared/kernel/assert.ts';
import { openTestProgram } from '#test/open-program.ts';
import { makeProgramCompany, rent } from '#test/program-company.ts';
import { temporaryFolder } from '#test/temporary-folder.ts';
import { createProgramClient } from './program-client.ts';
import { openProgram, type ProgramThreads } from './program-threads.ts';

const PATIENT = { timeout: 60_000 };
const TEST_PROGRAM = { env: { LEDGERSEAL_SECRET_STORE: 'file' }, onWarning: () => undefined, checkOutputs: true } as const;

const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-test-'));
const started: string[] = [];
let opened: ProgramThreads | null = null;
let packed: string | null = null;

/** Books whose January is closed, and its package, for all tests of this file. */
beforeAll(async () => {
	const program = await openProgram({
		...TEST_PROGRAM,
		dataFolder: join(folder, 'data'),
		startThread: ({ place }, start) => {
			started.push(place);
			return start();
		},
	});
	opened = program;
	const clientOf = async () => createProgramClient(program, await program.signIn(undefined, undefined));
	const companyId = await makeProgramCompany({ client: clientOf });
	const client = await clientOf();
	await client.ledger.post({ companyId, entries: [rent('2026-01-05', '10.00')] });
	await client.close.close({ companyId, period: '2026-01', acknowledge: ['all'], note: 'Seen, an invented company.' });
	packed = await vi.waitFor(async () => {
		const { jobs } = await client.packages.list({ companyId });
		return present(jobs.find(({ period }) => period === '2026-01')?.file, 'the package of January');
	}, PATIENT);
}, PATIENT.timeout);

afterAll(async () => {
	await opened?.close();
	rmSync(folder, { recursive: true, force: true });
});

const withPackage = () => ({ program: present(opened, 'the program'), file: present(packed, 'the package') });

describe('a package that is handed over', () => {
	it('is verified where what takes long is read, beside the keys of these books', async () => {
		const { program, file } = withPackage();
		const before = started.length;
		const told: number[] = [];
		const answer = await program.verifyPackage(file, { onProgress: ({ fraction }) => told.push(fraction) });
		expect(answer).toMatchObject({ result: 'VERIFIED', signer: { known: true }, company: 'Example Traders', period: '2026-01' });
		expect(started.slice(before)).toEqual(['heavy']);
		expect(told.length).toBeGreaterThan(0);
		expect(told).toEqual(told.toSorted((one, other) => one - other));
		expect(told.every((fraction) => fraction > 0 && fraction <= 1)).toBe(true);
	});

	it('by other books is signed by a key that they do not know', async () => {
		const { file } = withPackage();
		const other = await openTestProgram();
		expect(await other.program.verifyPackage(file)).toMatchObject({ result: 'VERIFIED', signer: { known: false } });
	});

	it('is altered, or none: a finding or a refusal, as data', async () => {
		const { program, file } = withPackage();
		const own = temporaryFolder();
		const bytes = readFileSync(file);
		const middle = Math.floor(bytes.length / 2);
		bytes.writeUInt8(bytes.readUInt8(middle) ^ 0xff, middle);
		const altered = join(own, 'altered.zip');
		writeFileSync(altered, bytes);
		expect(await program.verifyPackage(altered)).toMatchObject({ result: 'ALTERED' });
		const letter = join(own, 'letter.zip');
		writeFileSync(letter, 'This is a letter.');
		for (const path of [letter, join(own, 'none.zip')])
			await expect(program.verifyPackage(path), path).rejects.toMatchObject({ name: 'AppError', code: 'PACKAGE_UNREADABLE' });
	});

	it('is verified until the person cancels, and the next one is verified', async () => {
		const { program, file } = withPackage();
		for (const when of ['before it was begun', 'while it is on'] as const) {
			const cancel = new AbortController();
			if (when === 'before it was begun') cancel.abort();
			const verifying = program.verifyPackage(file, { signal: cancel.signal, onProgress: () => cancel.abort() });
			await expect(verifying, when).rejects.toMatchObject({ name: 'AppError', code: 'CANCELLED' });
		}
		const copy = join(temporaryFolder(), 'copy.zip');
		copyFileSync(file, copy);
		expect(await program.verifyPackage(copy)).toMatchObject({ result: 'VERIFIED' });
	});

	it('is refused when its thread ends, and when the program is left', async () => {
		const endless: Worker[] = [];
		const program = await openProgram({
			...TEST_PROGRAM,
			dataFolder: join(temporaryFolder(), 'data'),
			// What takes long never comes to an end here.
			startThread: ({ place }, start) => {
				if (place !== 'heavy') return start();
				const worker = new Worker('for (;;) ;', { eval: true });
				endless.push(worker);
				return worker;
			},
		});
		onTestFinished(() => program.close());
		const verifying = program.verifyPackage('/none.zip');
		await Promise.all([endless[0]?.terminate(), expect(verifying).rejects.toMatchObject({ code: 'WORK_INTERRUPTED', retryable: true })]);
		await program.close();
		await expect(program.verifyPackage('/none.zip')).rejects.toMatchObject({ code: 'CANCELLED' });
	});
});
