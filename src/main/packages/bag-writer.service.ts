import { assert } from '#shared/kernel/assert.ts';
import { oneLine } from './books-text.rules.ts';
import { packageSealBytes, utf8Text, VERIFY_PAGE } from '#shared/seal/index.ts';
import { createSha256, sha256Hex } from '#main/platform/signing.ts';
import { createZip, type ZipContent, type ZipWriter } from '#main/platform/zip/zip-writer.ts';
import type { Material } from './material.service.ts';
import type { Member } from './members.service.ts';
import type { PackageFormat } from './package-format.ts';

/** Signs package-seal.json; null where the seal is not signed. */
export interface PackageSigner {
	readonly keyId: string;
	readonly sign: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
}

export interface BagRequest {
	/** Where the archive is put, whole or not at all. The folder exists. */
	readonly path: string;
	readonly topFolder: string;
	readonly material: Material;
	readonly format: PackageFormat;
	readonly members: readonly Member[];
	readonly signer: PackageSigner | null;
	/** verify.html */
	readonly page: Uint8Array;
	/** Called before each member; throws to stop. */
	readonly onMember: (name: string, index: number) => void;
	/** Called before the archive is put in its place; throws to leave what is there. */
	readonly beforePlacing: (tags: WrittenTags) => Promise<void>;
}

export interface WrittenTags {
	/** SHA-256 of tagmanifest-sha256.txt: the same for the same close on every machine and in every release of this format with the same verify.html. */
	readonly contentSha256: string;
	/** The text of package-seal.json, and its signature. */
	readonly packageSeal: string;
	readonly packageSignature: Uint8Array | null;
}

export interface WrittenBag extends WrittenTags {
	/** Of the archive. */
	readonly bytes: number;
	readonly sha256: string;
}

interface Listed {
	readonly name: string;
	readonly sha256: string;
}

/** Writes the bag (RFC 8493) as one archive, hashing while it streams. What a member throws is thrown here, and nothing is left. */
export async function writeBag(request: BagRequest): Promise<WrittenBag> {
	const zip = await createZip(request.path);
	try {
		const { payload, bytes } = await writePayload(zip, request);
		const tags = await writeTags(zip, request, payload, bytes);
		await request.beforePlacing(tags);
		const { bytes: length, sha256 } = await zip.finish();
		return { bytes: length, sha256, ...tags };
	} finally {
		await zip.abort();
	}
}

async function writePayload(zip: ZipWriter, { members, topFolder, onMember }: BagRequest): Promise<{ payload: Listed[]; bytes: number }> {
	const payload: Listed[] = [];
	let bytes = 0;
	for (const [index, member] of members.entries()) {
		onMember(member.name, index);
		const hash = createSha256();
		const counted = count(member.content(), (piece) => {
			hash.update(piece);
			bytes += piece.length;
		});
		await zip.add(`${topFolder}/${member.name}`, counted, { compress: member.compress ?? true });
		payload.push({ name: member.name, sha256: hash.digestHex() });
	}
	return { payload, bytes };
}

async function* count(content: ZipContent, take: (bytes: Uint8Array) => void): AsyncGenerator<Uint8Array, void, undefined> {
	for await (const piece of content instanceof Uint8Array ? [content] : content) {
		const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
		take(bytes);
		yield bytes;
	}
}

async function writeTags(zip: ZipWriter, request: BagRequest, payload: readonly Listed[], bytes: number): Promise<WrittenTags> {
	const { material, signer, topFolder } = request;
	const tags: Listed[] = [];
	const add = async (name: string, content: Uint8Array): Promise<string> => {
		const sha256 = sha256Hex(content);
		await zip.add(`${topFolder}/${name}`, content);
		tags.push({ name, sha256 });
		return sha256;
	};
	await add('bagit.txt', Buffer.from('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'));
	await add('bag-info.txt', Buffer.from(bagInfo(request, bytes, payload.length)));
	await add(VERIFY_PAGE, request.page);
	const manifestSha256 = await add('manifest-sha256.txt', Buffer.from(manifest(payload)));
	const packageSeal = packageSealBytes({
		sealSha256: material.close.sealSha256,
		manifestSha256,
		packageFormat: request.format,
		keyId: signer?.keyId ?? null,
	});
	const packageSignature = signer === null ? null : await signer.sign(packageSeal);
	await add('package-seal.json', packageSeal);
	if (packageSignature !== null) await add('package-seal.sig', packageSignature);
	const listing = Buffer.from(manifest(tags));
	const contentSha256 = await add('tagmanifest-sha256.txt', listing);
	return { contentSha256, packageSeal: utf8Text(packageSeal) ?? '', packageSignature };
}

/** Names hold none of the characters that a manifest would have to encode (RFC 8493, section 2.1.3). */
function manifest(files: readonly Listed[]): string {
	const inOrder = [...files].sort((one, other) => (one.name < other.name ? -1 : 1));
	return inOrder
		.map(({ name, sha256 }) => {
			assert(/^[A-Za-z0-9._/-]+$/.test(name), 'a file of a package has a plain name');
			return `${sha256}  ${name}\n`;
		})
		.join('');
}

function bagInfo({ material, topFolder, format }: BagRequest, bytes: number, files: number): string {
	const { seal } = material;
	return [
		`Source-Organization: ${oneLine(seal.company.name)}`,
		`External-Identifier: ${topFolder}`,
		`External-Description: Close ${seal.closeNumber} of ${oneLine(seal.period.name)}, ${seal.period.start} to ${seal.period.end}`,
		`Internal-Sender-Identifier: ${seal.company.id}`,
		`Bagging-Date: ${seal.closedAt.slice(0, 10)}`,
		`Bag-Software-Agent: Ledgerseal, package format ${format}`,
		`Payload-Oxum: ${bytes}.${files}`,
		'',
	].join('\n');
}
