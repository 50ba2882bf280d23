import type { ImportQuestion, QuestionChoice } from './question.rules.ts';

/** What a column of a journal file may mean. The names are those of `--map` and, but for four, of the canonical header. */
export const COLUMN_ROLES = [
	'entry_no',
	'date',
	'account',
	'account_code',
	'account_name',
	'account_type',
	'party',
	'description',
	'memo',
	'debit',
	'credit',
	'amount',
	'side',
	'currency',
	'reference',
	'due_date',
	'base_amount',
] as const;

export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** Column numbers (from 0) by what they mean. */
export type ColumnMap = Readonly<Partial<Record<ColumnRole, number>>>;

const WORDS: Readonly<Record<ColumnRole, string>> = {
	entry_no: `entryno entrynumber entryid entry txn txnid txnno txnidx trans transno transactionid transactionno transactionnumber voucher voucherno vouchernumber vchno
		journalno journalnumber journalid jeno document documentno documentnumber docno beleg belegnr belegnummer buchungsnr buchungsnummer
		piece pieceref npiece numeropiece ecriturenum asiento noasiento numeroasiento bilag boekstuk boekstuknummer`,
	date: 'date txndate transactiondate postingdate postdate entrydate journaldate voucherdate bookingdate datum buchungsdatum belegdatum buchungstag ecrituredate dateecriture fecha data boekdatum',
	account: 'account ledger ledgeraccount glaccount konto compte cuenta conto rekening particulars',
	account_code: 'accountcode accountno accountnumber accountid glcode ledgercode kontonummer kontonr comptenum numerocompte codigocuenta rekeningnummer',
	account_name: 'accountname ledgername kontoname kontobezeichnung comptelib libellecompte nombrecuenta',
	account_type: 'accounttype kontoart typecompte',
	party:
		'party partyname customer customername supplier suppliername vendor vendorname contact counterparty kunde lieferant geschaftspartner tiers client fournisseur complib cliente proveedor',
	description:
		'description narration text buchungstext libelle libelleecriture ecriturelib details particular payee concepto descripcion descrizione omschrijving beschreibung bezeichnung',
	memo: 'memo linememo linedescription note notes remark remarks bemerkung',
	debit: 'debit debits dr debitamount dramount soll sollbetrag debe dare debet',
	credit: 'credit credits cr creditamount cramount haben habenbetrag haber avere',
	amount: 'amount value betrag montant importe importo bedrag',
	side: 'side drcr debitcredit dc sollhaben sh shkennzeichen sollhabenkennzeichen sens',
	currency: 'currency currencycode ccy commodity wahrung waehrung devise idevise moneda divisa valuta',
	reference: 'reference ref refno referenceno referencenumber invoiceno invoicenumber invoice billno belegfeld1 rechnungsnr rechnungsnummer referenz',
	due_date: 'duedate due falligkeit faelligkeit falligkeitsdatum faelligkeitsdatum dateecheance echeance vencimiento',
	base_amount: 'baseamount base basis basisbetrag amountbase homeamount localamount functionalamount amountinbasecurrency montantbase',
};

const ROLE_BY_WORD = new Map<string, ColumnRole>(
	Object.entries(WORDS).flatMap(([role, words]) => words.split(/\s+/).map((word) => [word, role as ColumnRole] as const)),
);

/** A header cell as it is compared: lower case, without accents, blanks and punctuation. `Währung` -> `wahrung`. */
export function headerWord(cell: string): string {
	return cell
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase()
		.replace(/ß/g, 'ss')
		.replace(/[^\p{L}\p{N}]/gu, '');
}

export function roleOfHeader(cell: string): ColumnRole | null {
	return ROLE_BY_WORD.get(headerWord(cell)) ?? null;
}

/** A row of the sample with the physical line on which it begins. */
export interface SampleRow {
	readonly fields: readonly string[];
	readonly line: number;
}

export interface FoundHeader {
	readonly kind: 'header';
	/** Position in the sample; -1 where the file has no header row and columns were named by number. */
	readonly index: number;
	readonly line: number;
	readonly names: readonly string[];
	readonly columns: ColumnMap;
	/** The header is that of the canonical format: amounts with `.` and no grouping are then declared. */
	readonly isCanonical: boolean;
}

export type HeaderResult = FoundHeader | { readonly kind: 'question'; readonly question: ImportQuestion };

/** `role=header name` or `role=#3` (the third column) as a person gave them; keys are checked by `roleNamed`. */
export type GivenMap = Readonly<Partial<Record<ColumnRole, string>>>;

export function roleNamed(name: string): ColumnRole | null {
	const key = name.trim().toLowerCase().replace(/[ -]/g, '_');
	return COLUMN_ROLES.find((role) => role === key) ?? null;
}

const CANONICAL = ['entry_no', 'date', 'account_code', 'debit', 'credit'] as const;

/** True where the columns are enough to read journal lines: a date, an account, and an amount in one way or another. */
export function isJournalMap(columns: ColumnMap): boolean {
	const hasAccount = columns.account !== undefined || columns.account_code !== undefined || columns.account_name !== undefined;
	const hasAmount = columns.amount !== undefined || (columns.debit !== undefined && columns.credit !== undefined);
	return columns.date !== undefined && hasAccount && hasAmount;
}

/**
 * The header among the first rows of a file, below whatever stands above it. What a person mapped outweighs the words that
 * are recognised. Asks where there is none, or where a column that matters is there twice.
 */
export function findHeader(rows: readonly SampleRow[], given: GivenMap = {}): HeaderResult {
	const numbered = Object.values(given).filter((name) => /^#\d+$/.test(name)).length;
	let best: { readonly index: number; readonly known: number } | null = null;
	for (const [index, row] of rows.entries()) {
		const known = row.fields.filter((cell) => roleOfHeader(cell) !== null || Object.values(given).some((name) => sameName(cell, name))).length;
		if (known > 0 && isHeaderRow(row.fields, given) && (best === null || known > best.known)) best = { index, known };
	}
	if (best === null)
		return numbered > 0 && numbered === Object.keys(given).length
			? headerless(rows, given)
			: { kind: 'question', question: mapQuestion(rows[0], 'The file has no header row that is recognised.') };
	const row = rows[best.index] as SampleRow;
	const { columns, twice } = readHeader(row.fields, given);
	const absent = Object.entries(given).find(([role]) => columns[role as ColumnRole] === undefined);
	if (absent) return { kind: 'question', question: mapQuestion(row, `The header in line ${row.line} has no column "${absent[1]}".`) };
	if (twice !== null) return { kind: 'question', question: mapQuestion(row, `Several columns of the file may be "${twice}".`) };
	if (!isJournalMap(columns)) return { kind: 'question', question: mapQuestion(row, `The header in line ${row.line} has no ${missing(columns)}.`) };
	const words = new Set(row.fields.map((cell) => cell.trim().toLowerCase()));
	return {
		kind: 'header',
		index: best.index,
		line: row.line,
		names: row.fields,
		columns,
		isCanonical: Object.keys(given).length === 0 && CANONICAL.every((name) => words.has(name)),
	};
}

function missing(columns: ColumnMap): string {
	if (columns.date === undefined) return 'column for the date';
	if (columns.amount === undefined && (columns.debit === undefined || columns.credit === undefined))
		return 'column for the amount (or one each for debit and credit)';
	return 'column for the account';
}

// A row that holds data may hold the word "Sales" or "Cash" too; a header holds no amounts and no dates.
function isHeaderRow(fields: readonly string[], given: GivenMap): boolean {
	if (Object.values(given).some((name) => fields.some((cell) => sameName(cell, name)))) return true;
	return fields.filter((cell) => roleOfHeader(cell) !== null).length >= 2 && !fields.some((cell) => /^[-+(]?\d[\d.,'/ -]*\)?$/.test(cell.trim()));
}

const sameName = (cell: string, name: string) =>
	!/^#\d+$/.test(name) && (cell.trim() === name.trim() || (headerWord(cell) !== '' && headerWord(cell) === headerWord(name)));

interface ReadHeader {
	readonly columns: ColumnMap;
	/** A role that two columns claim alike, or null. */
	readonly twice: ColumnRole | null;
}

function readHeader(fields: readonly string[], given: GivenMap): ReadHeader {
	const columns: Partial<Record<ColumnRole, number>> = {};
	const taken = new Set<number>();
	let twice: ColumnRole | null = null;
	for (const [role, name] of Object.entries(given) as [ColumnRole, string][]) {
		const exact = fields.flatMap((cell, index) => (cell.trim() === name.trim() ? [index] : []));
		const found = /^#\d+$/.test(name)
			? [Number(name.slice(1)) - 1]
			: exact.length > 0
				? exact
				: fields.flatMap((cell, index) => (sameName(cell, name) ? [index] : []));
		const [first] = found;
		if (first === undefined || first < 0 || first >= fields.length) continue;
		if (found.length > 1) twice = role;
		columns[role] = first;
		taken.add(first);
	}
	for (const [index, cell] of fields.entries()) {
		const role = taken.has(index) ? null : roleOfHeader(cell);
		if (role === null || given[role] !== undefined) continue;
		const before = columns[role];
		if (before === undefined) columns[role] = index;
		else if (!isCanonicalWord(fields[before] as string, role) && isCanonicalWord(cell, role)) columns[role] = index;
		else if (isCanonicalWord(fields[before] as string, role) === isCanonicalWord(cell, role) && MATTERS.has(role)) twice = role;
	}
	return { columns: withoutRivals(columns, given), twice };
}

// Of two columns for a text the first is taken; of two for what is booked nobody may pick one unasked.
const MATTERS: ReadonlySet<ColumnRole> = new Set<ColumnRole>([
	'entry_no',
	'date',
	'account',
	'account_code',
	'debit',
	'credit',
	'amount',
	'side',
	'currency',
	'base_amount',
]);

const isCanonicalWord = (cell: string, role: ColumnRole) => cell.trim().toLowerCase() === role;

// Files such as hledger's have amount, debit and credit: the three say the same, and the two columns say it without a sign.
function withoutRivals(columns: Partial<Record<ColumnRole, number>>, given: GivenMap): ColumnMap {
	const { amount, debit, credit } = columns;
	if (amount === undefined || debit === undefined || credit === undefined) return columns;
	const { amount: _amount, ...bySide } = columns;
	if (given.amount === undefined || given.debit !== undefined) return bySide;
	const { debit: _debit, credit: _credit, ...bySign } = columns;
	return bySign;
}

function headerless(rows: readonly SampleRow[], given: GivenMap): HeaderResult {
	const first = rows[0];
	const { columns } = readHeader(first?.fields ?? [], given);
	if (!isJournalMap(columns))
		return { kind: 'question', question: mapQuestion(first, `The columns that were named are not enough: there is no ${missing(columns)}.`) };
	return { kind: 'header', index: -1, line: 0, names: (first?.fields ?? []).map((_cell, index) => `#${index + 1}`), columns, isCanonical: false };
}

function mapQuestion(row: SampleRow | undefined, seen: string): ImportQuestion {
	const choices: QuestionChoice[] = (row?.fields ?? []).map((cell, index) => ({ value: `#${index + 1}`, meaning: cell }));
	return {
		id: 'map',
		question: `${seen} Say which column holds what, for instance --map date=Datum,account=Konto,amount=Betrag; #1 is the first column.`,
		choices,
		example: row === undefined ? null : { line: row.line, value: row.fields.join(' | ') },
	};
}
