import { present } from '#shared/kernel/assert.ts';
import { type CloseSeal, parseSeal, utf8Text, type YearSeal } from '#shared/seal/index.ts';
import { sealedContent } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import { altered } from './altered.ts';
import { sealOfClose } from './closes.queries.ts';

type SealedRow = Readonly<Record<string, unknown>>;

/** A close as it was sealed: its seal, and the rows that were frozen with it. Nothing live is in it. */
export interface SealedClose {
	readonly id: number;
	readonly seal: CloseSeal | YearSeal;
	readonly sealSha256: string;
	/** Lines of a sealed table, canonical JSON; none where the close sealed no such table. */
	readonly lines: (table: string) => readonly string[];
	readonly rows: (table: string) => readonly SealedRow[];
}

/** Reads what a close sealed. Refuses PACKAGE_DIFFERS where the seal or a table is not what was sealed. */
export function readSealedClose(db: ReadDb, companyId: number, closeId: number): SealedClose {
	const stored = present(sealOfClose(db, companyId, closeId), 'the seal of a close');
	const parsed = parseSeal(stored.document);
	if (!parsed.ok || parsed.value.kind === 'REOPEN' || sha256Hex(stored.document) !== stored.sha256) {
		throw altered(`the seal number ${stored.sealNo}`, { sealNo: stored.sealNo });
	}
	const seal = parsed.value;
	const lines = (name: string): readonly string[] => {
		const sealed = seal.tables.find((table) => table.name === name);
		if (sealed === undefined) return [];
		const content = sealedContent(db, { id: companyId, currency: seal.company.currency }, closeId, name);
		if (content === undefined || sha256Hex(content) !== sealed.sha256) {
			throw altered(`the sealed table ${name} of close ${seal.closeNumber} of ${seal.period.name}`, { table: name, closeNumber: seal.closeNumber });
		}
		return present(utf8Text(content), 'the text of a sealed table').split('\n').filter(Boolean);
	};
	return { id: closeId, seal, sealSha256: stored.sha256, lines, rows: (name) => lines(name).map((line) => JSON.parse(line) as SealedRow) };
}
