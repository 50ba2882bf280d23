import { present } from '#shared/kernel/assert.ts';
import { canonicalJson } from '#shared/seal/index.ts';
import type { CsvValue } from '#main/platform/csv/csv-writer.ts';
import { sha256Hex } from '#main/platform/signing.ts';
import type { ZipContent } from '#main/platform/zip/zip-writer.ts';
import { columnsOf, csvFile, type CsvFile, major } from './csv-files.service.ts';
import { checkedContent } from './evidence-content.service.ts';
import type { Material } from './material.service.ts';
import {
	accountFolder,
	type PackedLine,
	type PackedMatch,
	type PackedReconciliation,
	type PackedStatement,
	statementFileName,
} from './reconciliation-rows.rules.ts';
import { reconciliationStatement } from './reconciliation-statement.rules.ts';
import { reconciliationText } from './reconciliation-text.rules.ts';

export interface ReconciliationFile {
	readonly name: string;
	readonly content: () => ZipContent;
}

const FOLDER = 'data/reconciliations/';

/** Whether the close sealed what was reconciled: an ordinary period's does, unless it was made before reconciliation was part of it. */
export function hasReconciliations({ seal }: Material): boolean {
	return seal.tables.some(({ name }) => name === 'reconciliations');
}

const reconciliationsOf = (material: Material) => material.rows('reconciliations') as unknown as readonly PackedReconciliation[];
const statementsOf = (material: Material) => material.rows('statements') as unknown as readonly PackedStatement[];
const linesOf = (material: Material) => material.rows('statement_lines') as unknown as readonly PackedLine[];
const matchesOf = (material: Material) => material.rows('statement_matches') as unknown as readonly PackedMatch[];

const folderOf = (ref: string): string => `${FOLDER}${accountFolder(ref, (text) => sha256Hex(Buffer.from(text, 'utf8')))}/`;

/** data/csv/reconciliations.csv: one row for each account, with the folder that holds the rest. */
export const reconciliationsCsv: CsvFile = (material) =>
	csvFile(
		columnsOf(
			'account name currency end strategy status expected# actual# variance# explained# items# prepared_at prepared_by verified_at verified_by folder id',
		),
		reconciliationsOf(material).map((row): CsvValue[] => {
			const { code, name } = material.accountOf(row.account);
			const amounts = [row.expectedMinor, row.actualMinor, row.varianceMinor, row.explainedMinor].map((minor) => major(minor, row.currency));
			const people = [row.preparedAt, row.preparedBy, row.verifiedAt, row.verifiedBy];
			return [code, name, row.currency, row.end, row.strategy, row.status, ...amounts, row.items.length, ...people, folderOf(row.account), row.id];
		}),
	);

/** data/csv/statement_lines.csv: bank lines of the period and those carried into it, with the entries that they were matched with. */
export const statementLinesCsv: CsvFile = (material) => {
	const statements = new Map(statementsOf(material).map((statement) => [statement.id, statement]));
	return csvFile(
		columnsOf('account name date value_date amount# currency description party bank_id reference running_balance# match entries statement id'),
		linesOf(material).map((line): CsvValue[] => {
			const { code, name } = material.accountOf(line.account);
			const currency = currencyOf(material, line.account, statements.get(line.statement));
			const running = line.runningBalanceMinor === null ? null : major(line.runningBalanceMinor, currency);
			const words = [line.description, line.party, line.bankId, line.reference];
			const amount = major(line.amountMinor, currency);
			return [code, name, line.date, line.valueDate, amount, currency, ...words, running, line.match, line.entries.join(' '), line.statement, line.id];
		}),
	);
};

function currencyOf(material: Material, ref: string, statement: PackedStatement | undefined): string {
	return statement?.currency ?? material.accountOf(ref).currency ?? material.seal.company.currency;
}

/** data/reconciliations/: for each account its statement files byte for byte, its matches, and its reconciliation statement. */
export function reconciliationMembers(material: Material, contentFolder: string): ReconciliationFile[] {
	if (!hasReconciliations(material)) return [];
	const reconciliations = new Map(reconciliationsOf(material).map((row) => [row.account, row]));
	const statements = statementsOf(material);
	const matches = matchesOf(material);
	const refs = new Set([...reconciliations.keys(), ...statements.map(({ account }) => account), ...matches.map(({ account }) => account)]);
	return [...refs].sort().flatMap((ref) => {
		const folder = folderOf(ref);
		const reconciliation = reconciliations.get(ref);
		const own = statements.filter(({ account }) => account === ref);
		const joined = matches.filter(({ account }) => account === ref);
		return [
			...(reconciliation === undefined
				? []
				: [
						{ name: `${folder}reconciliation-statement.txt`, content: () => [reconciliationText(reconciliation, material.accountOf(ref), own)] },
						{ name: `${folder}reconciliation-statement.csv`, content: () => statementCsv(reconciliation) },
					]),
			...(joined.length === 0 ? [] : [{ name: `${folder}matches.csv`, content: () => matchesCsv(material, ref, joined) }]),
			...own.map((statement) => ({ name: `${folder}${statementFileName(statement)}`, content: () => statementContent(material, contentFolder, statement) })),
		];
	});
}

function statementContent(material: Material, contentFolder: string, { account, fileName, sha256 }: PackedStatement) {
	const { code } = material.accountOf(account);
	return checkedContent(contentFolder, sha256, `The statement file ${fileName} of account ${code}`, { account: code, file: fileName });
}

function statementCsv(row: PackedReconciliation): Iterable<string> {
	const statement = reconciliationStatement(row);
	const total = (line: string, title: string, minor: bigint): CsvValue[] => [line, row.end, null, '', title, major(minor, row.currency), ''];
	return csvFile(columnsOf('line date entry_no# reference description amount# note'), [
		total(statement.actual.line, statement.actual.title, statement.actual.amountMinor),
		...statement.sections.flatMap(({ line, items }) =>
			items.map((item): CsvValue[] => [
				line,
				item.date,
				item.entryNo,
				item.reference ?? item.bankId,
				item.description,
				major(item.amountMinor, row.currency),
				item.note,
			]),
		),
		...(statement.unexplainedMinor === 0n ? [] : [total('NOT_EXPLAINED', 'Not explained', statement.unexplainedMinor)]),
		total('BALANCE_PER_BOOKS', 'Balance per books', statement.booksMinor),
	]);
}

function matchesCsv(material: Material, ref: string, matches: readonly PackedMatch[]): Iterable<string> {
	const lines = new Map(linesOf(material).map((line) => [line.id, line]));
	const currency = currencyOf(
		material,
		ref,
		statementsOf(material).find(({ account }) => account === ref),
	);
	const rows = function* (): Generator<CsvValue[], void, undefined> {
		for (const match of matches) {
			const common: CsvValue[] = [match.id, match.kind, match.score, yesOrNo(match.certain), yesOrNo(match.automatic), match.confirmedAt, match.confirmedBy];
			for (const id of match.lines) {
				const line = present(lines.get(id), 'a sealed line of a sealed match');
				yield [...common, 'BANK', line.date, major(line.amountMinor, currency), line.description, line.reference, null, null, id, ''];
			}
			for (const [index, entry] of match.entries.entries()) {
				const words = [entry.description, entry.reference];
				const reasons = index === 0 ? canonicalJson(match.reasons) : '';
				yield [...common, 'BOOK', entry.date, major(entry.amountMinor, currency), ...words, entry.no, entry.line, '', reasons];
			}
		}
	};
	return csvFile(
		columnsOf(
			'match kind score# certain automatic confirmed_at confirmed_by side date amount# description reference entry_no# line_no# statement_line reasons',
		),
		rows(),
	);
}

const yesOrNo = (flag: boolean): string => (flag ? 'yes' : 'no');
