import { type CurrencyCode, currencyDecimals } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';

/** What a bank would put into a file: enough for a test to say it once and read it back from any format. */
export interface WrittenStatement {
	readonly account: string;
	readonly currency: CurrencyCode;
	readonly openingMinor: number;
	readonly lines: readonly WrittenLine[];
	/** Last day of the statement, YYYY-MM-DD. */
	readonly to: string;
	readonly from: string;
}

export interface WrittenLine {
	readonly date: string;
	/** Money in is positive. */
	readonly amountMinor: number;
	readonly text: string;
	readonly id: string;
	readonly reference: string | null;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export function closingMinor({ openingMinor, lines }: WrittenStatement): number {
	return lines.reduce((sum, line) => sum + line.amountMinor, openingMinor);
}

/** An OFX file: 1.02 without end tags of values, or 2.11 with all of them. */
export function ofxFile(statement: WrittenStatement, syntax: 'sgml' | 'xml'): string {
	const value = (name: string, text: string) => (syntax === 'xml' ? `<${name}>${escaped(text)}</${name}>` : `<${name}>${escaped(text)}\n`);
	const group = (name: string, ...inside: string[]) => `<${name}>${inside.join('')}</${name}>\n`;
	const day = (date: string) => date.replaceAll('-', '');
	const amount = (minor: number) => formatMinor(minor, currencyDecimals(statement.currency));
	const lines = statement.lines.map((line) =>
		group(
			'STMTTRN',
			value('TRNTYPE', line.amountMinor < 0 ? 'DEBIT' : 'CREDIT'),
			value('DTPOSTED', `${day(line.date)}233000[-5:EST]`),
			value('TRNAMT', amount(line.amountMinor)),
			value('FITID', line.id),
			line.reference === null ? '' : value('CHECKNUM', line.reference),
			value('NAME', line.text),
		),
	);
	const body = group(
		'STMTRS',
		value('CURDEF', statement.currency),
		group('BANKACCTFROM', value('BANKID', '1'), value('ACCTID', statement.account), value('ACCTTYPE', 'CHECKING')),
		group('BANKTRANLIST', value('DTSTART', day(statement.from)), value('DTEND', day(statement.to)), ...lines),
		group('LEDGERBAL', value('BALAMT', amount(closingMinor(statement))), value('DTASOF', day(statement.to))),
	);
	const header =
		syntax === 'xml'
			? '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n'
			: 'OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:UTF-8\n\n';
	return header + group('OFX', group('BANKMSGSRSV1', group('STMTTRNRS', value('TRNUID', '1'), body)));
}

/** A camt.053 file of version 02 or 08, which differ in how they write a status and a party. */
export function camtFile(statement: WrittenStatement, version: '02' | '08'): string {
	const amount = (minor: number) =>
		`<Amt Ccy="${statement.currency}">${formatMinor(Math.abs(minor), currencyDecimals(statement.currency))}</Amt>` +
		`<CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
	const balance = (code: string, minor: number, date: string) =>
		`<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp>${amount(minor)}<Dt><Dt>${date}</Dt></Dt></Bal>\n`;
	const booked = version === '02' ? '<Sts>BOOK</Sts>' : '<Sts><Cd>BOOK</Cd></Sts>';
	const lines = statement.lines.map(
		(line) =>
			`<Ntry>${amount(line.amountMinor)}${booked}<BookgDt><Dt>${line.date}</Dt></BookgDt><AcctSvcrRef>${escaped(line.id)}</AcctSvcrRef>` +
			`<NtryDtls><TxDtls><Refs><EndToEndId>${escaped(line.reference ?? 'NOTPROVIDED')}</EndToEndId></Refs>` +
			`<RmtInf><Ustrd>${escaped(line.text)}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n`,
	);
	return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><Stmt><Id>S1</Id>
<FrToDt><FrDtTm>${statement.from}T00:00:00</FrDtTm><ToDtTm>${statement.to}T23:59:59</ToDtTm></FrToDt>
<Acct><Id><IBAN>${statement.account}</IBAN></Id><Ccy>${statement.currency}</Ccy></Acct>
${balance('OPBD', statement.openingMinor, statement.from)}${balance('CLBD', closingMinor(statement), statement.to)}${lines.join('')}</Stmt></BkToCstmrStmt></Document>
`;
}
