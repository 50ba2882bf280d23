import { lastOfMonth } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import { BANK_ACCOUNT } from './statements-camt.ts';
import type { Statement, StatementLine } from './statements-lines.ts';

/** OFX cuts a name after so many characters. */
const NAME_LENGTH = 32;

/** A statement as OFX 1.02 (SGML, elements without end tags). It has a closing balance only. */
export function ofxFile({ month, closingMinor, lines }: Statement): string {
	const first = `${month.replace('-', '')}01`;
	const last = lastOfMonth(`${month}-01`).replaceAll('-', '');
	return `OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>${last}235900[+3:EAT]<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS>
<CURDEF>KES
<BANKACCTFROM><BANKID>099<ACCTID>${BANK_ACCOUNT}<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST>
<DTSTART>${first}
<DTEND>${last}
${lines.map(transaction).join('\n')}
</BANKTRANLIST>
<LEDGERBAL><BALAMT>${formatAmount(closingMinor, 'KES')}<DTASOF>${last}235900[+3:EAT]</LEDGERBAL>
</STMTRS>
</STMTTRNRS></BANKMSGSRSV1>
</OFX>
`;
}

function transaction(line: StatementLine): string {
	const name = `${line.text} ${line.party ?? ''}`.trim();
	// A reference that the company gave stands in a field of its own, one that the sender gave in the memo.
	const isOut = line.amountMinor < 0;
	return [
		'<STMTTRN>',
		`<TRNTYPE>${typeOf(line)}`,
		`<DTPOSTED>${line.date.replaceAll('-', '')}120000[+3:EAT]`,
		`<TRNAMT>${formatAmount(line.amountMinor, 'KES')}`,
		`<FITID>${line.bankId}`,
		...optional('CHECKNUM', line.chequeNumber),
		...optional('REFNUM', isOut ? line.reference : undefined),
		`<NAME>${name.slice(0, NAME_LENGTH).trim()}`,
		...optional('MEMO', isOut ? undefined : line.reference),
		'</STMTTRN>',
	].join('\n');
}

function optional(element: string, value: string | undefined): readonly string[] {
	return value === undefined ? [] : [`<${element}>${value}`];
}

function typeOf(line: StatementLine): string {
	if (line.kind === 'fee') return 'SRVCHG';
	if (line.kind === 'interest') return 'INT';
	if (line.chequeNumber !== undefined) return 'CHECK';
	return line.amountMinor < 0 ? 'DEBIT' : 'CREDIT';
}
