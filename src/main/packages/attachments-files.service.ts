import { columnsOf, csvFile } from './csv-files.service.ts';
import { checkedContent } from './evidence-content.service.ts';
import type { Material } from './material.service.ts';

interface Evidence {
	readonly entryNo: number;
	readonly sha256: string;
	readonly name: string;
	readonly bytes: number;
}

export interface EvidenceFile {
	/** In the archive: by SHA-256, with the extension that the first name gave it, where that is a plain one. */
	readonly file: string;
	readonly content: () => AsyncIterable<Uint8Array>;
}

const FOLDER = 'data/attachments/';
const PLAIN_EXTENSION = /\.([A-Za-z0-9]{1,8})$/;

function evidenceOf(material: Material): Evidence[] {
	return material.rows('attachments') as unknown as Evidence[];
}

function fileNames(evidence: readonly Evidence[]): Map<string, string> {
	const names = new Map<string, string>();
	for (const { sha256, name } of evidence) {
		const extension = PLAIN_EXTENSION.exec(name)?.[1]?.toLowerCase();
		if (!names.has(sha256)) names.set(sha256, extension === undefined ? sha256 : `${sha256}.${extension}`);
	}
	return names;
}

/** The evidence of the period's entries, each file once, in order of SHA-256. */
export function evidenceFiles(material: Material, contentFolder: string): EvidenceFile[] {
	const evidence = evidenceOf(material);
	const names = fileNames(evidence);
	return [...names.keys()].sort().map((sha256) => {
		const entryNo = evidence.find((row) => row.sha256 === sha256)?.entryNo ?? 0;
		return { file: `${FOLDER}${names.get(sha256)}`, content: () => checkedContent(contentFolder, sha256, `The evidence of entry ${entryNo}`, { entryNo }) };
	});
}

/** data/attachments/index.csv: which file belongs to which entry, and what it was called; null where there is no evidence. */
export function evidenceIndex(material: Material): { readonly file: string; readonly content: Iterable<string> } | null {
	const evidence = evidenceOf(material);
	if (evidence.length === 0) return null;
	const names = fileNames(evidence);
	const rows = evidence.map((row) => [row.entryNo, row.sha256, names.get(row.sha256), row.name, row.bytes]);
	return { file: `${FOLDER}index.csv`, content: csvFile(columnsOf('entry_no# sha256 file name bytes#'), rows) };
}
