import { randomUUID } from 'node:crypto';
import { createWriteStream, readdirSync, rmSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/kernel/app-error.ts';
import { withMappedFaults } from '#main/platform/faults.ts';
import { ensureFolder, requireWritableFolder } from '#main/platform/files.ts';
import { shownName } from './shown-name.ts';

/** How long a file may be that is handed over, in bytes: 2 GiB. */
export const MAX_HANDED_BYTES = 2 * 1024 ** 3;
const MAX_FILES = 1000;

interface KnownFile {
	/** Real and absolute. */
	readonly path: string;
	/** As the person calls it. */
	readonly name: string;
}

/** What a desk calls a file that a person handed over. */
export interface HandedFile {
	/** `handed:<uuid>` */
	readonly path: string;
	readonly name: string;
	readonly bytes: number;
}

/** The folders below `work` in which desks of this process keep files; each desk has its own names in them. */
export interface DeskFolders {
	readonly handed: string;
	readonly places: string;
}

/** Takes away what processes that are gone left, and answers with the folders of this one. */
export function openDeskFolders(work: string): DeskFolders {
	for (const kind of ['handed', 'places']) {
		for (const name of namesIn(join(work, kind))) {
			if (Number(name) === process.pid || !isRunning(Number(name))) rmSync(join(work, kind, name), { recursive: true, force: true });
		}
	}
	return { handed: join(work, 'handed', String(process.pid)), places: join(work, 'places', String(process.pid)) };
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder);
	} catch {
		return [];
	}
}

function isRunning(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/**
 * The files of one desk: what was handed over and what the program writes for it. Screens know them by names that nobody can guess;
 * a name of another desk, and a real path, is refused with NOT_ALLOWED.
 */
export class DeskFiles {
	readonly #folders: DeskFolders;
	readonly #maxBytes: number;
	readonly #known = new Map<string, KnownFile>();
	readonly #own = new Set<string>();

	constructor(folders: DeskFolders, maxBytes = MAX_HANDED_BYTES) {
		this.#folders = folders;
		this.#maxBytes = maxBytes;
	}

	/** Writes what comes in to a file of ours. Refuses INPUT_INVALID (too long, or too many), DISK_FULL, DISK_READ_ONLY. Nothing is left of what failed. */
	receive(name: string, content: AsyncIterable<Uint8Array>, announcedBytes: number | null): Promise<HandedFile> {
		return withMappedFaults(async () => {
			this.#requireRoom();
			if (announcedBytes !== null && announcedBytes > this.#maxBytes) throw this.#tooLong(name);
			const folder = join(this.#folders.handed, randomUUID());
			await ensureFolder(folder, 0o700);
			this.#own.add(folder);
			const path = join(folder, shownName(name));
			try {
				await requireWritableFolder(folder, announcedBytes ?? 0);
				await pipeline(this.#counted(name, content), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
			} catch (error) {
				await this.#remove(folder);
				throw error;
			}
			return this.#hand(path, shownName(name));
		});
	}

	/** A file of the person's own, where it lies (desktop). It is read there and never removed. Refuses FILE_UNREADABLE. */
	async handOver(path: string): Promise<HandedFile> {
		this.#requireRoom();
		return this.#hand(path, basename(path));
	}

	/** A place for a file to be written, under the name that the person will see. */
	makePlace(fileName: string): Promise<{ readonly path: string; readonly fileName: string }> {
		return withMappedFaults(async () => {
			this.#requireRoom();
			const folder = join(this.#folders.places, randomUUID());
			await ensureFolder(folder, 0o700);
			this.#own.add(folder);
			const name = shownName(fileName);
			return { path: this.#learn('place', { path: join(folder, name), name }), fileName: name };
		});
	}

	/** The real file behind a name that this desk gave out. */
	resolve(name: string, kind: 'handed' | 'place'): KnownFile {
		const known = name.startsWith(`${kind}:`) ? this.#known.get(name) : undefined;
		if (known) return known;
		throw new AppError(
			'NOT_ALLOWED',
			kind === 'handed'
				? 'This file is not one that was handed over here, or its time is over. Choose the file again.'
				: 'This place is not one that was made here, or its time is over. Do the same again.',
			{ kind },
		);
	}

	/** What screens see of a real path: what this desk calls it, or its bare name. A file beside one that was handed over becomes a place, so that it can be delivered. */
	shown(path: string): string {
		for (const [name, known] of this.#known) if (known.path === path) return name;
		if ([...this.#own].some((folder) => path.startsWith(folder + sep))) return this.#learn('place', { path, name: basename(path) });
		return basename(path);
	}

	/** The text with every real path of this desk's files in it replaced by the name the person knows. */
	withoutPaths(text: string): string {
		let shown = text;
		for (const { path, name } of this.#known.values()) shown = shown.replaceAll(path, name);
		for (const folder of this.#own) shown = shown.replaceAll(folder + sep, '');
		return shown;
	}

	/** Forgets a file; what the program wrote of it goes. */
	async forget(name: string): Promise<void> {
		const known = this.#known.get(name);
		this.#known.delete(name);
		if (known && this.#own.has(dirname(known.path))) await this.#remove(dirname(known.path));
	}

	async close(): Promise<void> {
		this.#known.clear();
		for (const folder of this.#own) await this.#remove(folder);
	}

	async #hand(path: string, name: string): Promise<HandedFile> {
		const found = await stat(path).catch(() => null);
		if (!found?.isFile()) throw new AppError('FILE_UNREADABLE', `"${name}" is no file that can be read. Choose another one.`, { name });
		return { path: this.#learn('handed', { path, name }), name, bytes: found.size };
	}

	#learn(kind: 'handed' | 'place', file: KnownFile): string {
		const name = `${kind}:${randomUUID()}`;
		this.#known.set(name, file);
		return name;
	}

	async *#counted(name: string, content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
		let bytes = 0;
		for await (const chunk of content) {
			bytes += chunk.byteLength;
			if (bytes > this.#maxBytes) throw this.#tooLong(name);
			yield chunk;
		}
	}

	#requireRoom(): void {
		if (this.#known.size < MAX_FILES) return;
		throw new AppError('INPUT_INVALID', 'Too many files were handed over here. Reload the page and choose them again.', { limit: MAX_FILES });
	}

	#tooLong(name: string): AppError {
		return new AppError('INPUT_INVALID', `"${shownName(name)}" is too long: a file may have ${this.#maxBytes} bytes. Divide it and hand over the parts.`, {
			limitBytes: this.#maxBytes,
		});
	}

	async #remove(folder: string): Promise<void> {
		this.#own.delete(folder);
		await rm(folder, { recursive: true, force: true });
	}
}
