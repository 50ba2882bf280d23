import { present } from '#shared/kernel/assert.ts';
import { type SealedEntry, REOPEN_DIFFERENCE_FILE, sealedTableFile, TRIAL_BALANCE_FILE } from '#shared/seal/index.ts';
import type { ZipContent } from '#main/platform/zip/zip-writer.ts';
import { evidenceFiles, evidenceIndex } from './attachments-files.service.ts';
import { beancountJournal, type BooksInput, hledgerJournal } from './books.rules.ts';
import { accountsCsv, auditCsv, balanceSheetCsv, type CsvFile, incomeStatementCsv, partiesCsv, trialBalanceCsv, validationsCsv } from './csv-files.service.ts';
import { signingKey } from './document-frame.service.ts';
import { documentMembers } from './documents.service.ts';
import { entriesJsonl } from './entries-file.service.ts';
import { outstandingCsv } from './outstanding-file.service.ts';
import type { PackageFormat } from './package-format.ts';
import { generalLedgerCsv, journalCsv } from './journal-files.service.ts';
import { entriesByDate, keyRotations, type Material } from './material.service.ts';
import { hasReconciliations, reconciliationMembers, reconciliationsCsv, statementLinesCsv } from './reconciliation-files.service.ts';
import { hasReopenDifference, reopenDifferenceCsv } from './reopen-difference-file.service.ts';
import { type ReadmeFacts, readmeText } from './readme.rules.ts';

/** A payload file of the bag. Its content is made when it is written, so that only one is under way. */
export interface Member {
	/** Below the top folder: `data/…`. */
	readonly name: string;
	readonly content: () => ZipContent;
	/** False for what is mostly compressed already. */
	readonly compress?: boolean;
}

const CSV_FILES: readonly (readonly [string, CsvFile])[] = [
	[TRIAL_BALANCE_FILE, trialBalanceCsv],
	['data/csv/income_statement.csv', incomeStatementCsv],
	['data/csv/balance_sheet.csv', balanceSheetCsv],
	['data/csv/general_ledger.csv', generalLedgerCsv],
	['data/csv/journal.csv', journalCsv],
	['data/csv/accounts.csv', accountsCsv],
	['data/csv/parties.csv', partiesCsv],
	['data/csv/validations.csv', validationsCsv],
	['data/csv/audit.csv', auditCsv],
];

const RECONCILIATION_FILES: typeof CSV_FILES = [
	['data/csv/reconciliations.csv', reconciliationsCsv],
	['data/csv/statement_lines.csv', statementLinesCsv],
];
/** Files of tables that closes of earlier programs did not seal: their packages stay what they were. */
const LATER_CSV_FILES: readonly (readonly [table: string, name: string, file: CsvFile])[] = [['open_items', 'data/csv/outstanding.csv', outstandingCsv]];

interface PayloadRequest {
	readonly contentFolder: string;
	/** The key that signs the package; null: none. */
	readonly packageKeyId: string | null;
	readonly format: PackageFormat;
}

/** Everything below data/, in a fixed order. */
export function payloadMembers(material: Material, { contentFolder, packageKeyId, format }: PayloadRequest): Member[] {
	const documents = format === 1 ? [] : documentMembers(material);
	const withDifference = format !== 1 && hasReopenDifference(material);
	const index = evidenceIndex(material);
	const evidence = evidenceFiles(material, contentFolder).map(({ file, content }) => ({ name: file, content, compress: false }));
	const rotations = keyRotations(material.db, material.company.id, packageKeyId);
	return [
		{
			name: 'data/README.txt',
			content: () => [
				readme(material, {
					hasAttachments: index !== null,
					hasRotations: rotations.length > 0,
					hasDocuments: documents.length > 0,
					hasReopenDifference: withDifference,
				}),
			],
		},
		...sealMembers(material, rotations),
		...documents,
		...[...CSV_FILES, ...(hasReconciliations(material) ? RECONCILIATION_FILES : [])].map(([name, file]) => ({ name, content: () => file(material) })),
		...LATER_CSV_FILES.filter(([table]) => material.seal.tables.some(({ name }) => name === table)).map(([, name, file]) => ({
			name,
			content: () => file(material),
		})),
		...(withDifference ? [{ name: REOPEN_DIFFERENCE_FILE, content: () => reopenDifferenceCsv(material) }] : []),
		{ name: 'data/books/journal.hledger', content: () => hledgerJournal(booksInput(material)) },
		{ name: 'data/books/journal.beancount', content: () => beancountJournal(booksInput(material)) },
		...material.seal.tables.map(({ name }) => ({ name: sealedTableFile(name), content: () => material.table(name) })),
		...reconciliationMembers(material, contentFolder),
		...(index === null ? [] : [{ name: index.file, content: () => index.content }]),
		...evidence,
	];
}

function sealMembers(material: Material, rotations: readonly string[]): Member[] {
	const { close, seal } = material;
	const members: Member[] = [{ name: 'data/seal/seal.json', content: () => [close.document] }];
	if (seal.publicKey !== null) {
		const publicKey = seal.publicKey;
		const signature = present(close.signature, 'the signature of a signed seal');
		members.push({ name: 'data/seal/seal.sig', content: () => signature }, { name: 'data/seal/public-key.pem', content: () => [publicKey] });
	}
	if (rotations.length > 0) members.push({ name: 'data/seal/key-rotations.jsonl', content: () => rotations.map((line) => `${line}\n`) });
	// First of the long ones: books that are not what was sealed are refused before the rest is written.
	members.push({ name: 'data/seal/entries.jsonl', content: () => entriesJsonl(material) });
	return members;
}

function booksInput(material: Material): BooksInput {
	const { seal, accounts, balances, partyName } = material;
	return { seal, accounts, balances, partyName, entries: () => entries(material) };
}

function* entries(material: Material): Generator<SealedEntry, void, undefined> {
	for (const { entry } of entriesByDate(material)) yield entry;
}

function readme(material: Material, holds: Omit<ReadmeFacts, 'seal' | 'sealSha256' | 'keyFingerprint' | 'hasReconciliations'>): string {
	return readmeText({
		seal: material.seal,
		sealSha256: material.close.sealSha256,
		keyFingerprint: signingKey(material),
		hasReconciliations: hasReconciliations(material),
		...holds,
	});
}
