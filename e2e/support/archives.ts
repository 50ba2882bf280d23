import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';

/** The files of an archive by their names in it. */
export async function unpacked(archive: string): Promise<Map<string, Buffer>> {
	const zip = await openPromise(archive);
	const files = new Map<string, Buffer>();
	for await (const entry of zip.eachEntry()) files.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
	return files;
}

/** Packs files anew, as somebody would who changed them; gives the bytes. */
export async function packed(files: ReadonlyMap<string, Buffer>, options: { readonly compress?: boolean } = {}): Promise<Buffer> {
	const zip = new ZipFile();
	for (const [name, content] of files) zip.addBuffer(content, name, options);
	zip.end();
	return buffer(zip.outputStream);
}

/** The same with one bit of one file changed. `name` is below the top folder. */
export async function withOneBitChanged(files: ReadonlyMap<string, Buffer>, name: string): Promise<Buffer> {
	const found = [...files.keys()].find((file) => file.slice(file.indexOf('/') + 1) === name);
	const content = found === undefined ? undefined : files.get(found);
	if (found === undefined || content === undefined) throw new Error(`the package has no file ${name}`);
	const changed = Buffer.from(content);
	const middle = Math.floor(changed.length / 2);
	changed[middle] = (changed[middle] ?? 0) ^ 1;
	return packed(new Map(files).set(found, changed));
}

/** Writes the files into a folder, as unpacking does. */
export function unpackTo(folder: string, files: ReadonlyMap<string, Buffer>): void {
	for (const [name, content] of files) {
		mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
		writeFileSync(path.join(folder, name), content);
	}
}
