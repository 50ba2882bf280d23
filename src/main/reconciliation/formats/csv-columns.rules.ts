import { dateProof } from '#main/imports/date-style.rules.ts';
import { headerWord, type SampleRow } from '#main/imports/header.rules.ts';
import { decimalProof } from '#main/imports/number-style.rules.ts';
import type { ImportQuestion } from '#main/imports/question.rules.ts';
import { PRESETS, type StatementPreset } from './csv-presets.rules.ts';

/** What a column of a statement may hold. The names are those of a column map. */
export const STATEMENT_FIELDS = [
	'date',
	'value_date',
	'amount',
	'debit',
	'credit',
	'type',
	'description',
	'party',
	'reference',
	'bank_id',
	'balance',
	'currency',
	'status',
	'account',
] as const;
export type StatementField = (typeof STATEMENT_FIELDS)[number];

/** Column numbers (from 0) by field, best first. A description may stand in several, in the file's order. */
export type StatementColumns = Readonly<Partial<Record<StatementField, readonly number[]>>>;

// Best words first: of two columns for a field, the one whose word stands further to the left here is taken.
const WORDS: Readonly<Record<StatementField, string>> = {
	date: `posteddate postingdate postdate bookingdate bookdate buchungstag buchungsdatum buchung completiontime datecomptable boekdatum fechacontable datacontabile
		date transactiondate txndate trandate datum fecha data dateoperation datedeloperation fechaoperacion dataoperazione created transactiondatetime tarih dato`,
	value_date:
		'valuedate valuedat valutadate valuta valutadatum wertstellung wertstellungstag wert datevaleur datedevaleur fechavalor datavaluta valeur rentedatum interestdate',
	amount: `amount transactionamount net netamount value betrag umsatz montant montantdeloperation importe importo valor bedrag belob kwota suma amountincurrency
		amounteur amountusd amountgbp amountkes amountinr`,
	debit: `debit debits debitamount dr withdrawal withdrawals withdrawalamt withdrawalamount withdrawn paidout moneyout out soll sollbetrag lastschrift cargo cargos debe
		uscite dare af afschrijving debito debitos spent payments`,
	credit: `credit credits creditamount cr deposit deposits depositamt depositamount paidin moneyin in haben habenbetrag gutschrift abono abonos haber entrate avere bij
		bijschrijving credito creditos received receipts`,
	type: 'drcr crdr debitcredit creditdebit debcred afbij sollhaben sollhabenkennzeichen sens dc transactiontype type richting balanceimpact indicator',
	description: `description descriptions desc narration narrative particulars details detail transactiondetails memo text buchungstext verwendungszweck libelle
		detaildelecriture description1 description2 description3 omschrijving mededeling mededelingen concepto descripcion descrizione causale historico remarks remark reason note notes additionaldescription
		originaldescription paymentreference transaction vwz1 vwz2 vwz3 vwz4 vwz5 vwz6 vwz7 vwz8 vwz9 vwz10 vwz11 vwz12 vwz13 vwz14 beschreibung bezeichnung opis tekst`,
	party: `payee payer party counterparty partnername otherpartyinfo name merchantname merchant auftraggeberempfanger beguenstigterzahlungspflichtiger begunstigterzahlungspflichtiger
		empfanger naamtegenpartij tegenpartij beneficiary beneficiario contrepartie tiers`,
	reference: `reference ref refno referenceno referencenumber chequeno chequenumber checknumber checkno chqno chqrefno chequerefno check cheque num customerreference clientreference
		kundenreferenz separeference invoicenumber referenz referencia kenmerk betalingskenmerk`,
	bank_id: `transactionid txnid trxid transactionno transactionnumber ndetransaction numerodetransaction bankreference bankref fitid receiptno receiptnumber id
		numerodocumento numerododocumento numdocumento`,
	balance:
		'balance runningbalance closingbalance availablebalance balanceafter balanceamt saldo kontostand solde saldonachbuchung saldonamutatie saldoneto bakiye',
	currency: 'currency currencycode ccy wahrung waehrung devise monn monnaie moneda divisa valutacode munt muntsoort',
	status: 'status transactionstatus state statetype bookingstatus',
	account:
		'accountnumber accountno accountid account accountname iban kontonummer konto auftragskonto rekening rekeningnummer compte numerodecompte cuenta conto produit',
};

const RANKS = new Map<string, { readonly field: StatementField; readonly rank: number }>(
	Object.entries(WORDS).flatMap(([field, words]) => words.split(/\s+/).map((word, rank) => [word, { field: field as StatementField, rank }] as const)),
);

/** Of two columns for these nobody may pick one unasked where their words are as good. */
const SINGLE: ReadonlySet<StatementField> = new Set(['date', 'amount', 'debit', 'credit', 'balance']);
/** Where one column of these is empty in a row, the next best may say it. */
const FIRST_FILLED: ReadonlySet<StatementField> = new Set(['party', 'reference', 'bank_id']);

/** More columns than this do not make one text. */
const MAX_TEXT_COLUMNS = 40;

export interface StatementHeader {
	/** Position among the sample rows; -1 where columns are named by number and every row is a line. */
	readonly index: number;
	readonly columns: StatementColumns;
	/** ISO code that the amount's own header names: `Amount (EUR)`. */
	readonly currency: string | null;
	readonly preset: StatementPreset | null;
}

export type StatementHeaderResult = StatementHeader | { readonly question: ImportQuestion };

/** `Amount (EUR)` without its currency. */
const word = (cell: string) => headerWord(cell.replace(/\(([A-Z]{3})\)/, ''));

/**
 * The header of a statement below whatever stands above it, by a person's map, by a preset or by its words. Asks for the map
 * where there is none, where a column that matters is missing, and where two may be the same.
 */
export function findStatementHeader(rows: readonly SampleRow[], map: Readonly<Record<string, string>>, presetId: string | undefined): StatementHeaderResult {
	const given = Object.entries(map) as [StatementField, string][];
	let best: { readonly index: number; readonly known: number } | null = null;
	for (const [index, row] of rows.entries()) {
		const known = knownCells(row.fields, given);
		if (known >= 2 && (best === null || known > best.known) && !hasValues(row.fields)) best = { index, known };
	}
	if (best === null) {
		const isNumbered = given.length > 0 && given.every(([, name]) => /^\s*#\d+/.test(name));
		return isNumbered ? numberedColumns(rows, given) : { question: mapQuestion(rows[0], 'The file has no header row that is recognised.') };
	}
	const row = rows[best.index] as SampleRow;
	const preset = presetOf(row.fields, presetId);
	const { columns, twice, absent } = readColumns(row.fields, given, preset);
	if (absent !== null) return { question: mapQuestion(row, `The header in line ${row.line} has no column "${absent}".`) };
	if (twice !== null) return { question: mapQuestion(row, `Several columns of the file may be "${twice}".`) };
	const missing = missingField(columns);
	if (missing !== null) return { question: mapQuestion(row, `The header in line ${row.line} has no column for ${missing}.`) };
	const amountCell = row.fields[columns.amount?.[0] ?? columns.debit?.[0] ?? -1] ?? '';
	return { index: best.index, columns, currency: /\(([A-Z]{3})\)/.exec(amountCell)?.[1] ?? null, preset };
}

function knownCells(fields: readonly string[], given: readonly [StatementField, string][]): number {
	const names = given.flatMap(([, name]) => pieces(name, fields));
	return fields.filter((cell) => RANKS.has(word(cell)) || names.some((name) => isNamed(cell, name))).length;
}

// A row of data may hold such a word too; a header holds neither amounts nor dates.
const hasValues = (fields: readonly string[]) =>
	fields.some((cell) => /\d/.test(cell) && (dateProof(cell) !== 'NOT_A_DATE' || decimalProof(cell) !== 'NOT_A_NUMBER'));

function presetOf(fields: readonly string[], id: string | undefined): StatementPreset | null {
	const words = new Set(fields.map(word));
	if (id !== undefined) return PRESETS.find((preset) => preset.id === id) ?? null;
	return PRESETS.find((preset) => preset.recognisedBy.length > 0 && preset.recognisedBy.every((needed) => words.has(needed))) ?? null;
}

const isNamed = (cell: string, name: string) => cell.trim() === name.trim() || (headerWord(cell) !== '' && headerWord(cell) === headerWord(name));

/** A name that is a column's own, or several joined with plus signs: `Text + Details`. */
function pieces(name: string, fields: readonly string[]): string[] {
	return fields.some((cell) => cell.trim() === name.trim()) ? [name] : name.split('+').map((piece) => piece.trim());
}

interface ReadColumns {
	readonly columns: StatementColumns;
	readonly twice: StatementField | null;
	readonly absent: string | null;
}

function readColumns(fields: readonly string[], given: readonly [StatementField, string][], preset: StatementPreset | null): ReadColumns {
	const columns: Partial<Record<StatementField, number[]>> = {};
	const taken = new Set<number>();
	let twice: StatementField | null = null;
	for (const [field, name] of given) {
		for (const piece of pieces(name, fields)) {
			const found = columnsNamed(fields, piece);
			const [first] = found;
			if (first === undefined) return { columns, twice, absent: piece };
			if (found.length > 1) twice = field;
			(columns[field] ??= []).push(first);
			taken.add(first);
		}
	}
	const isGiven = (field: StatementField) => given.some(([name]) => name === field);
	for (const [field, words] of Object.entries(preset?.columns ?? {}) as [StatementField, string][]) {
		const index = isGiven(field) ? -1 : fields.findIndex((cell) => words.split(' ').includes(word(cell)));
		if (index === -1) continue;
		columns[field] = [index];
		taken.add(index);
	}
	const fixed = new Set(Object.keys(columns));
	const byWord = fields.flatMap((cell, index) => {
		const known = taken.has(index) ? undefined : RANKS.get(word(cell));
		return known === undefined || fixed.has(known.field) ? [] : [{ index, ...known }];
	});
	for (const field of new Set(byWord.map((column) => column.field))) {
		const inOrder = byWord.filter((column) => column.field === field);
		const byRank = inOrder.toSorted((one, other) => one.rank - other.rank);
		if (SINGLE.has(field) && byRank[1]?.rank === byRank[0]?.rank) twice ??= field;
		const chosen = field === 'description' ? inOrder.slice(0, MAX_TEXT_COLUMNS) : FIRST_FILLED.has(field) ? byRank : byRank.slice(0, 1);
		columns[field] = chosen.map((column) => column.index);
	}
	return { columns: settled(columns, isGiven), twice, absent: null };
}

function columnsNamed(fields: readonly string[], name: string): number[] {
	if (/^#\d+$/.test(name)) return Number(name.slice(1)) >= 1 && Number(name.slice(1)) <= fields.length ? [Number(name.slice(1)) - 1] : [];
	const exact = fields.flatMap((cell, index) => (cell.trim() === name.trim() ? [index] : []));
	return exact.length > 0 ? exact : fields.flatMap((cell, index) => (isNamed(cell, name) ? [index] : []));
}

// Where the bank gives both, the two columns say without a sign what the amount says with one.
function settled(columns: Partial<Record<StatementField, number[]>>, isGiven: (field: StatementField) => boolean): StatementColumns {
	const { date, value_date: valueDate, amount, debit, credit, ...others } = columns;
	const bySide = debit !== undefined && credit !== undefined && (amount === undefined || !isGiven('amount'));
	const byAmount = bySide ? { debit, credit } : amount !== undefined ? { amount } : { ...(debit && { debit }), ...(credit && { credit }) };
	const dates = date !== undefined ? { date, ...(valueDate && { value_date: valueDate }) } : { ...(valueDate && { date: valueDate }) };
	return { ...others, ...dates, ...byAmount };
}

function missingField(columns: StatementColumns): string | null {
	if (columns.date === undefined) return 'the date';
	if (columns.amount === undefined && (columns.debit === undefined || columns.credit === undefined))
		return 'the amount (or one each for money out and money in)';
	return null;
}

function numberedColumns(rows: readonly SampleRow[], given: readonly [StatementField, string][]): StatementHeaderResult {
	const [first] = rows;
	const { columns, absent } = readColumns(first?.fields ?? [], given, null);
	const named = new Set(given.map(([field]) => field));
	const only: StatementColumns = Object.fromEntries(Object.entries(columns).filter(([field]) => named.has(field as StatementField)));
	const missing = absent === null ? missingField(only) : `"${absent}"`;
	if (missing !== null) return { question: mapQuestion(first, `The columns that were named are not enough: there is no column for ${missing}.`) };
	const isHeader = !/\d/.test(first?.fields[only.date?.[0] ?? 0] ?? '');
	return { index: isHeader ? 0 : -1, columns: only, currency: null, preset: null };
}

function mapQuestion(row: SampleRow | undefined, seen: string): ImportQuestion {
	return {
		id: 'map',
		question: `${seen} Say which column holds what, for instance --map date=Datum,amount=Betrag,description=Text (or debit= and credit=); #1 is the first column.`,
		choices: (row?.fields ?? []).map((cell, index) => ({ value: `#${index + 1}`, meaning: cell })),
		example: row === undefined ? null : { line: row.line, value: row.fields.join(' | ') },
	};
}
