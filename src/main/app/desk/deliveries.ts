import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { companyOfGrant } from '#shared/contract/packages.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { withMappedFaults } from '#main/platform/faults.ts';
import { copyWithChecksum } from '#main/platform/files.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import type { Client } from '#shared/contract/client.ts';
import type { DeskFiles } from './desk-files.ts';
import type { DeskHost } from './desk-host.ts';
import type { ProgramPort } from './program-port.ts';

/** What of a desk a delivery needs. */
interface Sender {
	readonly program: ProgramPort;
	readonly host: DeskHost;
	readonly files: DeskFiles;
	client(): Client;
}

export interface Delivery {
	readonly outcome: 'SAVED' | 'CANCELLED' | 'DOWNLOAD';
	/** Where to fetch it, once. */
	readonly url: string | null;
	readonly fileName: string;
}

/** A file that may be sent now. */
export interface Download {
	/** Real and absolute. */
	readonly path: string;
	readonly fileName: string;
	readonly contentType: string;
	readonly bytes: number;
	/** Called once it was sent whole. */
	done(): Promise<void>;
}

interface Grant {
	readonly place: string;
	readonly untilMs: number;
}

const TOKEN_BYTES = 32;
const CONTENT_TYPES: Readonly<Record<string, string>> = {
	pdf: 'application/pdf',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	zip: 'application/zip',
	json: 'application/json',
	csv: 'text/csv; charset=utf-8',
};

/** What leaves one desk for the person: saved by the system's dialog, or fetched once with a grant that only this desk takes. */
export class Deliveries {
	readonly #desk: Sender;
	readonly #grants = new Map<string, Grant>();

	constructor(desk: Sender) {
		this.#desk = desk;
	}

	/** What was written at a place. Refuses NOT_ALLOWED (no place of this desk) and NOT_FOUND (nothing was written there). */
	async deliver(place: string): Promise<Delivery> {
		const { path, name } = this.#desk.files.resolve(place, 'place');
		await lengthOf(path, name);
		const { saveAs } = this.#desk.host;
		if (saveAs === null) return { outcome: 'DOWNLOAD', url: `/download/${this.#grant(place)}`, fileName: name };
		const target = await saveAs(name);
		if (target === null) return { outcome: 'CANCELLED', url: null, fileName: name };
		await withMappedFaults(() => copyWithChecksum(path, target));
		await this.#desk.files.forget(place);
		return { outcome: 'SAVED', url: null, fileName: basename(target) };
	}

	/** The package of a job. The grant is issued, used and logged by the books. Refuses what grantDownload and redeemGrant refuse. */
	async deliverPackage(companyId: string, jobId: string): Promise<Delivery> {
		const client = this.#desk.client();
		const { saveAs } = this.#desk.host;
		const { grant, fileName } = await client.packages.grantDownload({ companyId, jobId });
		if (saveAs === null) return { outcome: 'DOWNLOAD', url: `/download/${grant}`, fileName };
		const target = await saveAs(fileName);
		if (target === null) return { outcome: 'CANCELLED', url: null, fileName };
		const { file } = await client.packages.redeemGrant({ companyId, grant });
		await withMappedFaults(() => copyWithChecksum(file, target));
		return { outcome: 'SAVED', url: null, fileName: basename(target) };
	}

	/** Uses a grant up. Refuses DOWNLOAD_REFUSED: `details.reason` is EXPIRED, USED or UNKNOWN. */
	async redeem(grant: string): Promise<Download> {
		const companyId = companyOfGrant(grant);
		if (companyId !== null) {
			const { file, fileName, contentType, bytes } = await this.#desk.client().packages.redeemGrant({ companyId, grant });
			return { path: file, fileName, contentType, bytes, done: async () => undefined };
		}
		const key = sha256Hex(grant);
		const found = this.#grants.get(key);
		this.#grants.delete(key);
		if (found === undefined) throw refused('UNKNOWN');
		if (this.#desk.program.clock.now().getTime() >= found.untilMs) throw refused('EXPIRED');
		const { path, name } = this.#desk.files.resolve(found.place, 'place');
		return {
			path,
			fileName: name,
			contentType: CONTENT_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream',
			bytes: await lengthOf(path, name),
			done: () => this.#desk.files.forget(found.place),
		};
	}

	#grant(place: string): string {
		const token = randomBytes(TOKEN_BYTES).toString('base64url');
		const { clock, limits } = this.#desk.program;
		this.#grants.set(sha256Hex(token), { place, untilMs: clock.now().getTime() + limits.downloadSeconds * 1000 });
		return token;
	}
}

async function lengthOf(path: string, name: string): Promise<number> {
	const found = await stat(path).catch(() => null);
	if (found?.isFile()) return found.size;
	throw new AppError('NOT_FOUND', `"${name}" was not written. Do the same again.`, { name });
}

const WORDS = {
	UNKNOWN: 'This link is not one of yours, or was used already; each is good for one download.',
	EXPIRED: 'The time of this link is over.',
} as const;

function refused(reason: keyof typeof WORDS): AppError {
	return new AppError('DOWNLOAD_REFUSED', `${WORDS[reason]} Do the same again for a new one.`, { reason });
}
