import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TERMINAL = fileURLToPath(new URL('../../src/main/terminal.ts', import.meta.url));

/** What the terminal answered with --json. */
export interface TerminalAnswer {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** The code of the refusal; null where it was none. */
	readonly code: string | null;
	readonly message: string;
}

/** Runs one command line in a process of its own, behind another program (`prlimit`, `setpriv`) where one is named. */
export function runTerminal(dataFolder: string, argv: readonly string[], behind: readonly string[] = []): Promise<TerminalAnswer> {
	const [program, ...others] = [...behind, process.execPath, TERMINAL, ...argv, '--json'];
	const env = { ...process.env, LEDGERSEAL_DATA_DIR: dataFolder, LEDGERSEAL_SECRET_STORE: 'file' };
	return new Promise((resolve, reject) => {
		const child = spawn(program, others, { env, stdio: ['ignore', 'pipe', 'pipe'] });
		let stdout = '';
		let stderr = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
		child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
		child.on('error', reject);
		child.on('close', (status) => resolve({ status, stdout, stderr, ...refusalOf(stdout) }));
	});
}

function refusalOf(stdout: string): { code: string | null; message: string } {
	const { error } = JSON.parse(stdout === '' ? '{}' : stdout) as { error?: { code: string; message: string } };
	return { code: error?.code ?? null, message: error?.message ?? '' };
}

/** A disk that can be filled to the last byte, and emptied again. */
export interface SmallDisk {
	readonly folder: string;
	/** Leaves this much room. */
	leaveBytes(bytes: number): void;
	/** Takes away what fills it. */
	makeRoom(): void;
	remountReadOnly(): void;
	remove(): void;
}

/** Whether this process may mount: root with CAP_SYS_ADMIN. A container often has none. */
export function canMount(): boolean {
	const probe = join(tmpdir(), `ledgerseal-mount-${process.pid}`);
	mkdirSync(probe);
	try {
		execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
		execFileSync('umount', [probe], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	} finally {
		rmSync(probe, { recursive: true });
	}
}

/** A disk of its own, in memory. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk {
	mkdirSync(folder);
	execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder]);
	const ballast = join(folder, 'ballast');
	return {
		folder,
		leaveBytes: (bytes) => {
			rmSync(ballast, { force: true });
			const { bavail, bsize } = statfsSync(folder);
			writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
		},
		makeRoom: () => rmSync(ballast, { force: true }),
		remountReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', folder]),
		remove: () => {
			execFileSync('umount', [folder]);
			rmSync(folder, { recursive: true });
		},
	};
}

/** Takes the right to write from every folder and file; gives the way back. */
export function forbidWriting(folder: string): () => void {
	const paths = [folder, ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))];
	execFileSync('chmod', ['-R', 'a-w', folder]);
	return () => {
		for (const path of paths) chmodSync(path, 0o700);
	};
}

/** Before a command line, so that the modes of files hold for root as well. */
export const WITHOUT_OVERRIDE: readonly string[] =
	process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override', '--inh-caps=-dac_override', '--'] : [];
