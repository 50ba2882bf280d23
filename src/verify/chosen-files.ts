import type { FolderFile } from './archive/sources.ts';
import type { Chosen } from './run-verification.ts';

/** What a folder chooser gave. */
export function chosenFolder(files: readonly File[]): Chosen | null {
	const [first] = files;
	if (first === undefined) return null;
	const paths = files.map((file) => ({ path: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath, file }));
	return { kind: 'folder', name: paths[0]?.path.split('/')[0] ?? first.name, files: paths };
}

/** What was dropped: one file, or one folder with everything in it; null where it was neither. */
export async function dropped(transfer: DataTransfer): Promise<Chosen | null> {
	// The list is gone after the first pause, so its entries are taken at once.
	const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null)).filter((entry) => entry !== null);
	const [file] = transfer.files;
	const [entry] = entries;
	if (entry?.isDirectory) return { kind: 'folder', name: entry.name, files: await filesBelow(entry as FileSystemDirectoryEntry) };
	return file === undefined ? null : { kind: 'file', name: file.name, file };
}

async function filesBelow(top: FileSystemDirectoryEntry): Promise<FolderFile[]> {
	const found: FolderFile[] = [];
	const folders: { readonly folder: FileSystemDirectoryEntry; readonly path: string }[] = [{ folder: top, path: top.name }];
	for (const { folder, path } of folders) {
		const reader = folder.createReader();
		// A reader gives its entries in parts of a hundred or so, and nothing at the end.
		for (let part = await readPart(reader); part.length > 0; part = await readPart(reader)) {
			for (const entry of part) {
				const entryPath = `${path}/${entry.name}`;
				if (entry.isDirectory) folders.push({ folder: entry as FileSystemDirectoryEntry, path: entryPath });
				else found.push({ path: entryPath, file: await fileOf(entry as FileSystemFileEntry) });
			}
		}
	}
	return found;
}

function readPart(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
	return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
	return new Promise((resolve, reject) => entry.file(resolve, reject));
}
