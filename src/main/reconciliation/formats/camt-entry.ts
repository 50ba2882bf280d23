import { AppError } from '#shared/kernel/app-error.ts';
import { textOrNull, joinedText } from './statement-text.rules.ts';
import { all, at, textAt, type XmlElement } from './xml-reader.ts';

/** What one Ntry says, taken out of the XML; amounts and days are still as written. */
export interface CamtEntry {
	/** Its number in the file, from 1. */
	readonly row: number;
	readonly amount: string;
	readonly currency: string | null;
	readonly side: 'CRDT' | 'DBIT' | null;
	readonly isBooked: boolean;
	readonly bookDay: string | null;
	readonly valueDay: string | null;
	readonly bankId: string | null;
	readonly reference: string | null;
	readonly party: string | null;
	readonly description: string;
}

/** A batch with more transactions than this is described by its entry alone: a pay run of a thousand names is no description. */
const MAX_DESCRIBED = 10;

// Where a bank has nothing to say but the schema wants an element.
const NOTHING = new Set(['NOTPROVIDED', 'NOTAVAILABLE', 'NONREF', 'NOREF']);

/** Reads one Ntry. Refuses FILE_UNREADABLE where its amount breaks the format: negative, with a comma, or no number. */
export function camtEntry(entry: XmlElement, row: number): CamtEntry {
	const details = all(entry, 'NtryDtls').flatMap((group) => all(group, 'TxDtls'));
	const only = details.length === 1 ? details[0] : undefined;
	const side = directionOf(entry);
	const isReversal = /^(?:true|1)$/.test(textAt(entry, 'RvslInd') ?? '');
	const bankId = given(textAt(entry, 'AcctSvcrRef')) ?? given(textAt(only, 'Refs', 'AcctSvcrRef'));
	const reference = only ? detailReference(only) : given(textAt(entry, 'NtryDtls', 'Btch', 'PmtInfId'));
	const party = sharedText(details.map((detail) => partyOf(detail, side, isReversal)));
	return {
		row,
		amount: writtenAmount(at(entry, 'Amt'), `entry ${row}`, row),
		currency: at(entry, 'Amt')?.attributes.get('Ccy') ?? null,
		side,
		isBooked: isBooked(entry),
		bookDay: dayOf(at(entry, 'BookgDt')),
		valueDay: dayOf(at(entry, 'ValDt')),
		bankId,
		reference: reference === bankId ? null : reference,
		party,
		description: describe(entry, details, party),
	};
}

export function directionOf(element: XmlElement): 'CRDT' | 'DBIT' | null {
	const written = textAt(element, 'CdtDbtInd');
	return written === 'CRDT' || written === 'DBIT' ? written : null;
}

/** The day of a choice between Dt and DtTm, as written; null where the element holds neither. */
export function dayOf(choice: XmlElement | undefined): string | null {
	return textAt(choice, 'Dt') ?? textAt(choice, 'DtTm');
}

/** An amount as plain decimal text. `what` names where it stood. Refuses FILE_UNREADABLE: an amount of this format has no sign and no comma. */
export function writtenAmount(element: XmlElement | undefined, what: string, row: number | null): string {
	const text = element?.text.trim() ?? '';
	const parts = /^\+?(\d*)(?:\.(\d*))?$/.exec(text);
	if (!parts || (!parts[1] && !parts[2])) {
		throw new AppError(
			'FILE_UNREADABLE',
			`The amount of ${what} is "${text.slice(0, 40)}"; this format has amounts such as 1250.00, never with a sign or a comma. Nothing was read; get the file again.`,
			{ reason: 'AMOUNT', row },
		);
	}
	return `${parts[1] || '0'}${parts[2] ? `.${parts[2]}` : ''}`;
}

// Without a status an entry is booked: statements hold booked entries, and some banks leave the status out.
function isBooked(entry: XmlElement): boolean {
	const status = at(entry, 'Sts');
	const code = textAt(status, 'Cd') ?? textAt(status, 'Prtry') ?? textAt(status);
	return code === null || code === 'BOOK';
}

function given(text: string | null): string | null {
	const clean = textOrNull(text);
	return clean === null || NOTHING.has(clean.toUpperCase().replace(/[^A-Z]/g, '')) ? null : clean;
}

function detailReference(detail: XmlElement): string | null {
	const structured = textAt(detail, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref');
	return given(textAt(detail, 'Refs', 'ChqNb')) ?? given(textAt(detail, 'Refs', 'EndToEndId')) ?? given(structured);
}

// Who paid us, or whom we paid. Of a reversal the parties are still those of the payment that came back.
function partyOf(detail: XmlElement, side: CamtEntry['side'], isReversal: boolean): string | null {
	const parties = at(detail, 'RltdPties');
	const isFromOther = (side === 'CRDT') !== isReversal;
	const names = isFromOther ? ['Dbtr', 'UltmtDbtr'] : ['Cdtr', 'UltmtCdtr'];
	for (const name of names) {
		const said = given(textAt(parties, name, 'Nm') ?? textAt(parties, name, 'Pty', 'Nm') ?? textAt(parties, name, 'Agt', 'FinInstnId', 'Nm'));
		if (said !== null) return said;
	}
	return null;
}

function sharedText(texts: readonly (string | null)[]): string | null {
	const [first = null] = texts;
	return texts.every((text) => text === first) ? first : null;
}

function describe(entry: XmlElement, details: readonly XmlElement[], party: string | null): string {
	const own = [given(textAt(entry, 'AddtlNtryInf'))];
	const told = details.length > MAX_DESCRIBED ? [] : details.flatMap(remittance);
	const text = joinedText([party, ...told, ...own]);
	if (text !== '') return text;
	const code = at(entry, 'BkTxCd');
	const family = [textAt(code, 'Domn', 'Cd'), textAt(code, 'Domn', 'Fmly', 'Cd'), textAt(code, 'Domn', 'Fmly', 'SubFmlyCd')];
	return textOrNull(textAt(code, 'Prtry', 'Cd') ?? family.filter((part) => part !== null).join(' ')) ?? '';
}

function remittance(detail: XmlElement): (string | null)[] {
	const information = at(detail, 'RmtInf');
	const structured = all(information, 'Strd').flatMap((part) => [
		textAt(part, 'CdtrRefInf', 'Ref'),
		...all(part, 'RfrdDocInf').map((document) => textAt(document, 'Nb')),
		...all(part, 'AddtlRmtInf').map((addition) => textAt(addition)),
	]);
	const free = all(information, 'Ustrd').map((line) => textAt(line));
	return [...free, ...structured, textAt(detail, 'AddtlTxInf')].map(given);
}
