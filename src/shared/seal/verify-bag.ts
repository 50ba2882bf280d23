import { utf8Text } from './bytes.ts';
import type { FindingList } from './findings.ts';
import { type FileDigest, type PackageSource, readSmallFile } from './package-source.ts';

export const MANIFEST = 'manifest-sha256.txt';
const TAG_MANIFEST = 'tagmanifest-sha256.txt';
export const PACKAGE_SEAL = 'package-seal.json';
export const PACKAGE_SIGNATURE = 'package-seal.sig';
const BAGIT = 'bagit.txt';
const BAG_INFO = 'bag-info.txt';
const BAGIT_TEXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';
const MANIFEST_LIMIT = 64 * 1024 * 1024;
const TAG_LIMIT = 1024 * 1024;

// Not listed in a tag manifest of their own making, or signed by themselves.
const MAY_BE_UNLISTED: ReadonlySet<string> = new Set([TAG_MANIFEST, PACKAGE_SEAL, PACKAGE_SIGNATURE]);

/** What the manifests say of the files that are there. */
export interface BagListing {
	/** Each name once. */
	readonly names: ReadonlySet<string>;
	/** Name to SHA-256, of both manifests. */
	readonly expected: ReadonlyMap<string, string>;
	/** Payload-Oxum of bag-info.txt: bytes and number of payload files. */
	readonly payload: { readonly bytes: number; readonly files: number } | null;
}

/** Structure of the bag after RFC 8493: declaration, both manifests, each file listed and each listed file there. */
export async function readBagListing(source: PackageSource, list: FindingList): Promise<BagListing> {
	const names = uniqueNames(source.list(), list);
	for (const required of [BAGIT, MANIFEST, TAG_MANIFEST, PACKAGE_SEAL]) {
		if (!names.has(required)) list.add('FILE_MISSING', `${required} is missing.`, { file: required });
	}
	if (names.has('fetch.txt'))
		list.add('BAG_INVALID', 'The bag refers to files elsewhere (fetch.txt). A package holds everything itself.', { file: 'fetch.txt' });
	const declaration = await readTag(source, names, BAGIT, TAG_LIMIT);
	if (names.has(BAGIT) && declaration !== BAGIT_TEXT) list.add('BAG_INVALID', 'bagit.txt does not declare a BagIt 1.0 bag in UTF-8.', { file: BAGIT });

	const expected = new Map<string, string>();
	for (const manifest of [MANIFEST, TAG_MANIFEST]) {
		const listed = parseManifest(await readTag(source, names, manifest, MANIFEST_LIMIT), manifest, names.has(manifest), list);
		for (const [name, sha256] of listed) expected.set(name, sha256);
	}
	for (const name of expected.keys()) {
		if (!names.has(name)) list.add('FILE_MISSING', `${name} is listed in the manifest and is missing.`, { file: name });
	}
	for (const name of names) {
		if (!expected.has(name) && !MAY_BE_UNLISTED.has(name)) list.add('FILE_EXTRA', `${name} is not listed in the manifest.`, { file: name });
	}
	const oxum = /^Payload-Oxum: (\d{1,15})\.(\d{1,15})$/m.exec((await readTag(source, names, BAG_INFO, TAG_LIMIT)) ?? '');
	return { names, expected, payload: oxum ? { bytes: Number(oxum[1]), files: Number(oxum[2]) } : null };
}

/** Compares the digests of all files with the manifests. */
export function compareDigests(listing: BagListing, digests: ReadonlyMap<string, FileDigest>, list: FindingList): void {
	let payloadBytes = 0;
	let payloadFiles = 0;
	for (const [name, digest] of digests) {
		const expected = listing.expected.get(name);
		if (expected !== undefined && expected !== digest.sha256) {
			if (name === MANIFEST) list.add('MANIFEST_CHANGED', `${MANIFEST} is not the one that ${TAG_MANIFEST} lists.`, { file: name });
			else list.add('FILE_CHANGED', `${name} was changed: its SHA-256 is not the one in the manifest.`, { file: name });
		}
		if (!name.startsWith('data/')) continue;
		payloadBytes += digest.bytes;
		payloadFiles++;
	}
	if (listing.payload !== null && (listing.payload.bytes !== payloadBytes || listing.payload.files !== payloadFiles)) {
		list.add(
			'BAG_INVALID',
			`${BAG_INFO} counts ${listing.payload.files} payload files of ${listing.payload.bytes} bytes; there are ${payloadFiles} of ${payloadBytes}.`,
			{
				file: BAG_INFO,
			},
		);
	}
}

function uniqueNames(listed: readonly string[], list: FindingList): ReadonlySet<string> {
	const names = new Set<string>();
	for (const name of listed) {
		if (names.has(name)) list.add('FILE_DUPLICATE', `${name} stands in the archive twice; programs may show either.`, { file: name });
		else if (isUnsafe(name)) list.add('FILE_NAME_UNSAFE', `${JSON.stringify(name)} is no name that a package may hold.`, { file: name });
		else names.add(name);
	}
	return names;
}

function isUnsafe(name: string): boolean {
	return name === '' || /[\\\p{Cc}]/u.test(name) || name.split('/').some((step) => step === '' || step === '.' || step === '..');
}

function parseManifest(text: string | null, manifest: string, exists: boolean, list: FindingList): Map<string, string> {
	const listed = new Map<string, string>();
	if (text === null) {
		if (exists) list.add('BAG_INVALID', `${manifest} cannot be read.`, { file: manifest });
		return listed;
	}
	const lines = text.split('\n');
	if (lines.pop() !== '') list.add('BAG_INVALID', `${manifest} does not end with a line end.`, { file: manifest });
	for (const [index, line] of lines.entries()) {
		const parts = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
		// RFC 8493 section 2.1.3: only LF, CR and % are percent-encoded in a manifest.
		const name = parts?.[2]?.replace(/%(0A|0D|25)/gi, (code) => decodeURIComponent(code));
		const payload = name?.startsWith('data/') ?? false;
		if (name === undefined || payload !== (manifest === MANIFEST) || listed.has(name) || name === TAG_MANIFEST) {
			list.add('BAG_INVALID', `Line ${index + 1} of ${manifest} is no line of a manifest.`, { file: manifest });
			continue;
		}
		listed.set(name, parts?.[1] ?? '');
	}
	return listed;
}

async function readTag(source: PackageSource, names: ReadonlySet<string>, name: string, limit: number): Promise<string | null> {
	const bytes = names.has(name) ? await readSmallFile(source, name, limit) : null;
	return bytes === null ? null : utf8Text(bytes);
}
