import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { type Connection, openStagingConnection } from '#main/platform/database/connection.ts';
import { type ChainStart, chainEntries } from './entry-chain.service.ts';
import type { StagedBatch } from './staged-batch.rules.ts';
import { createStaging, type StagingWriter } from './staging.queries.ts';

/** Files of one staging. All are gone when its import ends. */
export interface StagingFiles {
	/** Absolute. */
	readonly database: string;
	readonly texts: string;
	readonly hashes: string;
}

export function stagingFiles(base: string): StagingFiles {
	return { database: `${base}.db`, texts: `${base}.texts`, hashes: `${base}.hashes` };
}

export function removeStaging(files: StagingFiles): void {
	for (const path of Object.values(files) as string[]) rmSync(path, { force: true });
}

const TEXTS_PER_WRITE = 256 * 1024;

/** Writes what is staged: lines and entries into a database, entry texts into a file of their own, which only hashing reads. */
export class StagingWork {
	readonly #files: StagingFiles;
	readonly #connection: Connection;
	readonly #writer: StagingWriter;
	readonly #textsFile: number;
	#texts = '';
	#isOpen = true;

	constructor(files: StagingFiles) {
		this.#files = files;
		this.#connection = openStagingConnection(files.database);
		this.#writer = createStaging(this.#connection);
		this.#textsFile = openSync(files.texts, 'w');
	}

	take(batch: StagedBatch): void {
		this.#writer.take(batch);
		this.#texts += batch.texts;
		if (this.#texts.length >= TEXTS_PER_WRITE) this.#writeTexts();
	}

	#writeTexts(): void {
		writeFileSync(this.#textsFile, this.#texts);
		this.#texts = '';
	}

	/** Everything is in the files, which are closed. */
	finish(): void {
		this.#writer.finish();
		this.#writeTexts();
		this.close();
	}

	/** Hashes what was staged. The texts are of no use after that. */
	chain(start: ChainStart, onProgress: () => void): void {
		chainEntries(this.#files.texts, this.#files.hashes, start, onProgress);
		rmSync(this.#files.texts);
	}

	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		closeSync(this.#textsFile);
		this.#connection.close();
	}
}
