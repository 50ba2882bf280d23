import { join } from 'node:path';
import { openReadSnapshot } from '#main/platform/database/read-snapshot.ts';
import { ensureFolder } from '#main/platform/files.ts';
import type { WorkDesk } from '#main/platform/jobs/job-kind.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { ZipContent } from '#main/platform/zip/zip-writer.ts';
import { type WrittenBag, type WrittenTags, writeBag } from './bag-writer.service.ts';
import { readMaterial } from './material.service.ts';
import { type Member, payloadMembers } from './members.service.ts';
import { type PackageFormat, periodFolder, topFolder } from './package-format.ts';
import { verifyPage } from './verify-page.service.ts';

/** What the work of a package job is given; paths are absolute. */
export interface PackageTask {
	readonly database: string;
	readonly content: string;
	readonly packages: string;
	readonly company: Company;
	readonly closeId: number;
	readonly format: PackageFormat;
}

/** A package in its place. */
export interface PlacedPackage {
	readonly bag: WrittenBag;
	/** Below the packages folder, with `/`. */
	readonly location: string;
}

/** What the work asks of the thread that holds the secret store and the books as they are now. */
export type PackageQuestion =
	/** Which key signs; answered with its id, or null where the seal is not signed. */
	| { readonly name: 'key'; readonly value: { readonly sealKeyId: string | null; readonly sealPublicKey: string | null } }
	/** Bytes to be signed with that key. */
	| { readonly name: 'sign'; readonly value: Uint8Array }
	/** May a package of this content be put in its place? Refused with PACKAGE_DIFFERS. */
	| { readonly name: 'place'; readonly value: WrittenTags };

/** Builds the package of a close and puts it in its place, whole or not at all. Reads a snapshot of its own and writes nothing to the books. */
export async function writePackage(task: PackageTask, desk: WorkDesk): Promise<PlacedPackage> {
	const snapshot = openReadSnapshot(task.database);
	const ask = <Answer>(question: PackageQuestion) => desk.ask<Answer>(question);
	try {
		const material = readMaterial(snapshot.db, task.company, task.closeId);
		const { keyId: sealKeyId, publicKey: sealPublicKey } = material.seal;
		const keyId = await ask<string | null>({ name: 'key', value: { sealKeyId, sealPublicKey } });
		const top = topFolder(material.seal);
		const folder = join(task.packages, task.company.uuid, periodFolder(material.seal));
		await ensureFolder(folder, 0o700);
		const members = payloadMembers(material, { contentFolder: task.content, packageKeyId: keyId, format: task.format }).map((member) => watched(member, desk));
		const bag = await writeBag({
			path: join(folder, `${top}.zip`),
			topFolder: top,
			material,
			format: task.format,
			members,
			signer: keyId === null ? null : { keyId, sign: (bytes) => ask<Uint8Array>({ name: 'sign', value: bytes }) },
			page: verifyPage(),
			onMember: (name, index) => {
				desk.checkpoint();
				desk.progress({ fraction: index / members.length, text: name });
			},
			beforePlacing: (tags) => ask({ name: 'place', value: tags }),
		});
		return { bag, location: `${task.company.uuid}/${periodFolder(material.seal)}/${top}.zip` };
	} finally {
		snapshot.close();
	}
}

/** The same member, which stops between two pieces where the work is to stop. */
function watched(member: Member, desk: WorkDesk): Member {
	const content = (): ZipContent => {
		const pieces = member.content();
		return pieces instanceof Uint8Array ? pieces : stoppable(pieces, desk);
	};
	return { ...member, content };
}

async function* stoppable(pieces: Exclude<ZipContent, Uint8Array>, desk: WorkDesk): AsyncGenerator<Uint8Array | string, void, undefined> {
	for await (const piece of pieces) {
		desk.checkpoint();
		yield piece;
	}
}
