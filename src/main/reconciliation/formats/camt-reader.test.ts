import { describe, expect, test } from 'vitest';
import { type AppError, isAppError } from '#shared/kernel/app-error.ts';
import { readCamtStatements } from './camt-reader.ts';
import type { ParsedLine, ParsedStatement } from './parsed-statement.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const ACCOUNT = '<Id>S1</Id><Acct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id><Ccy>EUR</Ccy></Acct>';

const document = (inside: string, namespace = NAMESPACE) => `${DECLARATION}<Document xmlns="${namespace}"><BkToCstmrStmt>${inside}</BkToCstmrStmt></Document>`;
const camt = (...inside: string[]) => document(`<Stmt>${ACCOUNT}${inside.join('')}</Stmt>`);
const balance = (code: string, amount: string, side: string | null, day = '2024-01-31', kind = '') =>
	`<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry>${kind}</Tp><Amt Ccy="EUR">${amount}</Amt>${side === null ? '' : `<CdtDbtInd>${side}</CdtDbtInd>`}<Dt><Dt>${day}</Dt></Dt></Bal>`;
const amountOf = (amount: string, side = 'CRDT', currency = 'EUR') => `<Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${side}</CdtDbtInd>`;
const BOOKED = '<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2024-01-15</Dt></BookgDt>';
const details = (...inside: string[]) => `<NtryDtls>${inside.map((one) => `<TxDtls>${one}</TxDtls>`).join('')}</NtryDtls>`;
const entry = (inside = '', amount = amountOf('12.50')) => `<Ntry>${amount}${BOOKED}${inside}</Ntry>`;

const read = (text: string | Uint8Array) => readCamtStatements(typeof text === 'string' ? Buffer.from(text) : text, { currency: 'USD' });
const only = (text: string | Uint8Array): ParsedStatement => read(text).statements[0] as ParsedStatement;
const line = (inside: string, amount?: string): ParsedLine => only(camt(entry(inside, amount))).lines[0] as ParsedLine;
const codes = (one: ParsedStatement) => one.doubts.map((doubt) => doubt.code);

function refusal(text: string | Uint8Array): AppError {
	try {
		read(text);
	} catch (error) {
		if (isAppError(error)) return error;
		throw error;
	}
	throw new Error('it was read');
}

describe('one statement', () => {
	test('account, days, balances and lines', () => {
		const detail = details(
			'<Refs><EndToEndId>E2E-1</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Acme</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>Invoice 7</Ustrd></RmtInf>',
		);
		const range = '<FrToDt><FrDtTm>2024-01-01T00:00:00</FrDtTm><ToDtTm>2024-01-31T23:59:59+01:00</ToDtTm></FrToDt>';
		const inside = [range, balance('OPBD', '100.00', 'CRDT', '2024-01-01'), balance('CLBD', '87.50', 'CRDT')];
		const out = entry(`<ValDt><Dt>2024-01-16</Dt></ValDt><AcctSvcrRef>B1</AcctSvcrRef>${detail.replaceAll('Dbtr>', 'Cdtr>')}`, amountOf('12.50', 'DBIT'));
		expect(read(camt(...inside, out))).toEqual({
			format: 'camt053',
			dialect: 'camt.053.001.08',
			statements: [
				{
					accountId: 'DE89370400440532013000',
					currency: 'EUR',
					number: 'S1',
					from: '2024-01-01',
					to: '2024-01-31',
					opening: { amountMinor: 100_00, date: '2024-01-01' },
					closing: { amountMinor: 87_50, date: '2024-01-31' },
					lines: [
						{
							row: 1,
							bookDate: '2024-01-15',
							valueDate: '2024-01-16',
							amountMinor: -12_50,
							description: 'Acme Invoice 7',
							party: 'Acme',
							bankId: 'B1',
							reference: 'E2E-1',
							runningBalanceMinor: null,
						},
					],
					pending: 0,
					doubts: [],
					rejected: [],
				},
			],
		});
	});

	test.each([
		['an overdraft', [balance('OPBD', '5.00', 'DBIT'), balance('CLBD', '7.50', 'CRDT')], -5_00, 7_50],
		['the closing of the one before', [balance('PRCD', '1.00', 'CRDT'), balance('CLBD', '13.50', 'CRDT')], 1_00, 13_50],
		['both: the opening counts', [balance('PRCD', '9.00', 'CRDT'), balance('OPBD', '1.00', 'CRDT'), balance('CLBD', '13.50', 'CRDT')], 1_00, 13_50],
		['a page: interim at both ends', [balance('ITBD', '1.00', 'CRDT'), balance('ITBD', '13.50', 'CRDT')], 1_00, 13_50],
		['a last page', [balance('OPBD', '1.00', 'CRDT', '2024-01-31', '<SubTp><Cd>INTM</Cd></SubTp>'), balance('CLBD', '13.50', 'CRDT')], 1_00, 13_50],
		['available balances are none', [balance('OPAV', '1.00', 'CRDT'), balance('CLAV', '1.00', 'CRDT'), balance('FWAV', '1.00', 'CRDT')], null, null],
		['interim beside the booked ones', [balance('OPBD', '1.00', 'CRDT'), balance('ITBD', '9.00', 'CRDT'), balance('CLBD', '13.50', 'CRDT')], 1_00, 13_50],
	])('balances: %s', (_, balances, opening, closing) => {
		const one = only(camt(...balances, entry()));
		expect([one.opening?.amountMinor ?? null, one.closing?.amountMinor ?? null, one.doubts]).toEqual([opening, closing, []]);
	});

	test('number of an account that has no IBAN; currency of the balance where the account names none; dates with a time', () => {
		const acct = '<Acct><Id><Othr><Id>0112 345</Id></Othr></Id></Acct>';
		const timed = balance('CLBD', '5000', 'CRDT')
			.replace('EUR', 'JPY')
			.replace('<Dt><Dt>2024-01-31</Dt></Dt>', '<Dt><DtTm>2024-01-31T23:30:00-05:00</DtTm></Dt>');
		expect(only(document(`<Stmt>${acct}${timed}</Stmt>`))).toMatchObject({
			accountId: '0112345',
			currency: 'JPY',
			closing: { amountMinor: 5000, date: '2024-01-31' },
		});
	});

	test('several statements; pages of one are brought together, and their balances with them', () => {
		const page = (number: number, ...inside: string[]) =>
			`<Stmt><Id>S9</Id><StmtPgntn><PgNb>${number}</PgNb><LastPgInd>${number === 2}</LastPgInd></StmtPgntn>${ACCOUNT.replace('<Id>S1</Id>', '')}${inside.join('')}</Stmt>`;
		const first = page(1, balance('OPBD', '1.00', 'CRDT'), balance('CLBD', '13.50', 'CRDT', '2024-01-31', '<SubTp><Cd>INTM</Cd></SubTp>'), entry());
		const second = page(2, balance('OPBD', '13.50', 'CRDT', '2024-01-31', '<SubTp><Cd>INTM</Cd></SubTp>'), balance('CLBD', '26.00', 'CRDT'), entry());
		const other = `<Stmt>${ACCOUNT.replace('S1', 'S10')}${entry()}</Stmt>`;
		expect(read(document(first + second.replace('<PgNb>2', '<PgNb>3'))).statements).toHaveLength(2);
		const { statements } = read(document(first + second + other));
		expect(statements.map((one) => [one.number, one.opening?.amountMinor, one.closing?.amountMinor, one.lines.map(({ row }) => row), codes(one)])).toEqual([
			['S9', 1_00, 26_00, [1, 2], []],
			['S10', undefined, undefined, [3], []],
		]);
	});

	test('elements of one prefix, CDATA, comments, blanks around an amount', () => {
		const plain = camt(
			balance('CLBD', '12.50', 'CRDT'),
			entry(details('<RmtInf><Ustrd><![CDATA[A & <b>]]><!-- no --> c</Ustrd></RmtInf>'), amountOf('\n <!-- c -->12.50<![CDATA[]]> ')),
		);
		const prefixed = plain
			.replaceAll(/<(\/?)(?=[A-Z])/g, '<$1n:')
			.replace('xmlns=', 'xmlns:n=')
			.replace('<n:b>', '<b>');
		for (const text of [plain, prefixed]) expect(only(text)).toMatchObject({ lines: [{ amountMinor: 12_50, description: 'A & <b> c' }], doubts: [] });
	});
});

describe('entries', () => {
	test.each([
		['.02', '<Sts>BOOK</Sts>', 1, 0],
		['.08', '<Sts><Cd>BOOK</Cd></Sts>', 1, 0],
		['without a status', '', 1, 0],
		['pending', '<Sts>PDNG</Sts>', 0, 1],
		['pending .08', '<Sts><Cd>PDNG</Cd></Sts>', 0, 1],
		['for information', '<Sts><Cd>INFO</Cd></Sts>', 0, 1],
		['in the future', '<Sts><Cd>FUTR</Cd></Sts>', 0, 1],
	])('status %s', (_, status, lines, pending) => {
		const one = only(camt(`<Ntry>${amountOf('1.00')}${status}<BookgDt><Dt>2024-01-15</Dt></BookgDt></Ntry>`));
		expect([one.lines.length, one.pending, one.rejected]).toEqual([lines, pending, []]);
	});

	test('a reversal is signed as it stands, and its parties are those of the payment that came back', () => {
		const parties = details('<RltdPties><Dbtr><Nm>We</Nm></Dbtr><Cdtr><Nm>Acme</Nm></Cdtr></RltdPties>');
		expect(line(parties, amountOf('12.50', 'DBIT'))).toMatchObject({ amountMinor: -12_50, party: 'Acme' });
		expect(line(`<RvslInd>true</RvslInd>${parties}`, amountOf('12.50', 'CRDT'))).toMatchObject({ amountMinor: 12_50, party: 'Acme' });
		expect(line(parties, amountOf('12.50', 'CRDT'))).toMatchObject({ amountMinor: 12_50, party: 'We' });
	});

	test.each([
		['booked', '<BookgDt><Dt>2024-01-15</Dt></BookgDt><ValDt><Dt>2024-01-17</Dt></ValDt>', '2024-01-15', '2024-01-17', []],
		['with a time: the day as written', '<BookgDt><DtTm>2024-01-15T23:30:00-05:00</DtTm></BookgDt>', '2024-01-15', null, []],
		['with a zone', '<BookgDt><Dt>2024-01-15+02:00</Dt></BookgDt>', '2024-01-15', null, []],
		['value date only', '<ValDt><Dt>2024-01-17</Dt></ValDt>', '2024-01-17', '2024-01-17', []],
		['no day: the closing day, with a doubt', '', '2024-01-31', null, ['DATE_DOUBTFUL']],
		['a day that does not exist', '<BookgDt><Dt>2023-02-30</Dt></BookgDt>', '2023-02-28', null, ['DATE_DOUBTFUL']],
	])('date: %s', (_, dates, bookDate, valueDate, doubts) => {
		const one = only(
			camt(balance('OPBD', '0', 'CRDT', '2024-01-01'), balance('CLBD', '1.00', 'CRDT'), `<Ntry>${amountOf('1.00')}<Sts>BOOK</Sts>${dates}</Ntry>`),
		);
		expect([one.lines[0]?.bookDate, one.lines[0]?.valueDate, codes(one)]).toEqual([bookDate, valueDate, doubts]);
	});

	test('no day anywhere: the line is rejected', () => {
		expect(only(camt(`<Ntry>${amountOf('1.00')}</Ntry>`)).rejected).toMatchObject([{ row: 1, code: 'DATE_INVALID' }]);
	});

	test.each([
		['more decimals than the currency has', amountOf('1.005'), 'AMOUNT_INVALID'],
		['no direction', '<Amt Ccy="EUR">1.00</Amt>', 'AMOUNT_INVALID'],
		['another currency', amountOf('1.00', 'CRDT', 'GBP'), 'CURRENCY_MISMATCH'],
		['too large', amountOf('99999999999999999'), 'AMOUNT_TOO_LARGE'],
		['endless', amountOf('9'.repeat(1000)), 'AMOUNT_TOO_LARGE'],
	])('%s: the line is rejected, the others stay', (_, amount, code) => {
		const one = only(camt(entry('', amount), entry()));
		expect([one.rejected.map((each) => [each.row, each.code]), one.lines.map(({ row }) => row)]).toEqual([[[1, code]], [2]]);
	});

	test('what a bank adds of its own is no entry, whatever it is called', () => {
		expect(only(camt(entry(), `<SplmtryData><Envlp>${entry()}</Envlp></SplmtryData>`)).lines).toHaveLength(1);
	});

	test('zeros after the decimals of the currency are no decimals', () => {
		expect(line('', amountOf('8.85000')).amountMinor).toBe(8_85);
		expect(line('', amountOf('+.5')).amountMinor).toBe(50);
	});
});

describe('what the bank says it was', () => {
	const remittance = (...lines: string[]) => `<RmtInf>${lines.map((text) => `<Ustrd>${text}</Ustrd>`).join('')}</RmtInf>`;
	const creditor = '<RmtInf><Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>';
	test.each([
		['lines of remittance', details(remittance('Invoice 7', 'of May')), 'Invoice 7 of May'],
		['what is said twice', `${details(remittance('Invoice 7'))}<AddtlNtryInf>INVOICE 7 of May</AddtlNtryInf>`, 'INVOICE 7 of May'],
		['a structured reference', details(creditor), 'RF18539007547034'],
		['the entry alone', '<AddtlNtryInf>Fee</AddtlNtryInf>', 'Fee'],
		['the code of the bank', '<BkTxCd><Prtry><Cd>ATSISK</Cd></Prtry></BkTxCd>', 'ATSISK'],
		['the code of the standard', '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>', 'PMNT RCDT ESCT'],
		['nothing', '', ''],
	])('%s', (_, inside, description) => {
		expect(line(inside).description).toBe(description);
	});

	test.each([
		['end to end', details('<Refs><EndToEndId>E1</EndToEndId></Refs>'), null, 'E1'],
		['none given', details('<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>'), null, null],
		['cheque before it', details('<Refs><EndToEndId>E1</EndToEndId><ChqNb>1042</ChqNb></Refs>'), null, '1042'],
		['of the creditor', details(`<Refs><EndToEndId>NOT PROVIDED</EndToEndId></Refs>${creditor}`), null, 'RF18539007547034'],
		["the bank's id again", `<AcctSvcrRef>B1</AcctSvcrRef>${details('<Refs><EndToEndId>B1</EndToEndId></Refs>')}`, 'B1', null],
		['the id in the detail', details('<Refs><AcctSvcrRef>B2</AcctSvcrRef></Refs>'), 'B2', null],
	])('reference: %s', (_, inside, bankId, reference) => {
		expect(line(inside)).toMatchObject({ bankId, reference });
	});

	test('a batch is one line with the amount of the entry', () => {
		const paid = (name: string) =>
			`<Refs><EndToEndId>${name}</EndToEndId></Refs><Amt Ccy="EUR">1.00</Amt><RltdPties><Dbtr><Nm>${name}</Nm></Dbtr></RltdPties>${remittance(`from ${name}`)}`;
		const batch = (count: number) => details(...Array.from({ length: count }, (_, index) => paid(`P${index + 10}`)));
		const small = camt(entry(`<AddtlNtryInf>Card takings</AddtlNtryInf>${batch(3)}`));
		expect(only(small).lines).toMatchObject([{ amountMinor: 12_50, description: 'from P10 from P11 from P12 Card takings', party: null, reference: null }]);
		expect(line(`<AddtlNtryInf>Card takings</AddtlNtryInf>${batch(11)}`)).toMatchObject({ description: 'Card takings', reference: null });
		expect(line(batch(2).replace('<NtryDtls>', '<NtryDtls><Btch><PmtInfId>RUN-7</PmtInfId></Btch>')).reference).toBe('RUN-7');
	});
});

describe('doubts', () => {
	const good = camt(balance('OPBD', '0.00', 'CRDT', '2024-01-01'), balance('CLBD', '12.50', 'CRDT'), entry());
	const report = (name: string, part: string, number: string) =>
		good.replaceAll('BkToCstmrStmt', name).replaceAll('Stmt>', `${part}>`).replaceAll('camt.053', `camt.${number}`);
	test.each([
		['none', good, []],
		['version .02', good.replace('001.08', '001.02'), []],
		['closing balance', good.replace('12.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>', '12.51</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>'), ['CLOSING_DIFFERS']],
		['no signs', good.replaceAll('</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt>', '</Amt><Dt>'), ['BALANCE_SIGN_MISSING', 'BALANCE_SIGN_MISSING']],
		['a balance in another currency', good.replace('<Amt Ccy="EUR">0.00', '<Amt Ccy="GBP">0.00'), ['AMOUNT_DOUBTFUL']],
		['no namespace', good.replace(` xmlns="${NAMESPACE}"`, ''), ['FORMAT_DOUBTFUL']],
		['a namespace of its own', good.replace(NAMESPACE, 'urn:my:bank'), ['FORMAT_DOUBTFUL']],
		['a version to come', good.replace('001.08', '001.14'), ['FORMAT_DOUBTFUL']],
		['an interim report', report('BkToCstmrAcctRpt', 'Rpt', '052'), ['NOT_A_STATEMENT']],
		['an advice', report('BkToCstmrDbtCdtNtfctn', 'Ntfctn', '054'), ['NOT_A_STATEMENT']],
		['a report that calls itself a statement', report('BkToCstmrAcctRpt', 'Rpt', '053'), ['NOT_A_STATEMENT', 'FORMAT_DOUBTFUL']],
	])('%s', (_, text, expected) => {
		const one = only(text);
		expect([codes(one), one.lines.length]).toEqual([expected, 1]);
	});

	test.each([
		['UTF-8', 'UTF-8', 'utf8', []],
		['latin-1', 'ISO-8859-1', 'latin1', []],
		['UTF-16 without a mark', 'UTF-16', 'utf16le', []],
		['UTF-8 that is latin-1', 'UTF-8', 'latin1', ['ENCODING_DOUBTFUL']],
		['latin-1 that is UTF-8', 'ISO-8859-1', 'utf8', ['ENCODING_DOUBTFUL']],
		['an encoding that nobody knows', 'KLINGON', 'utf8', ['ENCODING_DOUBTFUL']],
	] as const)('encoding: %s', (_, declared, actual, doubts) => {
		const text = camt(entry(details('<RmtInf><Ustrd>Zoë</Ustrd></RmtInf>'))).replace('encoding="UTF-8"', `encoding="${declared}"`);
		const one = only(Buffer.from(text, actual));
		expect([one.lines[0]?.description, codes(one)]).toEqual(['Zoë', doubts]);
	});

	test('a wrong encoding over plain ASCII changes nothing and is no doubt', () => {
		for (const declared of ['ISO-8859-1', 'UTF-16', 'us-ascii']) expect(only(good.replace('encoding="UTF-8"', `encoding="${declared}"`)).doubts).toEqual([]);
	});
});

describe('what is refused', () => {
	const good = camt(entry());
	const typed = (declarations: string) => good.replace('<Document', `<!DOCTYPE Document ${declarations}><Document`);
	test.each([
		['an empty file', '', 'FILE_EMPTY', undefined],
		['no XML', 'Date;Amount\n', 'FILE_NOT_RECOGNISED', undefined],
		['XML of another kind', '<a/>', 'FILE_NOT_RECOGNISED', undefined],
		['no statement inside', document('<GrpHdr/>'), 'FILE_NOT_RECOGNISED', undefined],
		['entities that multiply', typed('[<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]'), 'FILE_UNREADABLE', 'DOCTYPE'],
		['a file of the machine', typed('[<!ENTITY f SYSTEM "file:///etc/hostname">]'), 'FILE_UNREADABLE', 'DOCTYPE'],
		['a document type elsewhere', typed('SYSTEM "http://127.0.0.1:9/x.dtd"'), 'FILE_UNREADABLE', 'DOCTYPE'],
		['an entity that nothing declares', camt(entry('<AddtlNtryInf>&f;</AddtlNtryInf>')), 'FILE_UNREADABLE', 'NOT_WELL_FORMED'],
		['a name of the language as an entity', camt(entry('<AddtlNtryInf>&constructor;</AddtlNtryInf>')), 'FILE_UNREADABLE', 'NOT_WELL_FORMED'],
		['elements too deep', camt('<a>'.repeat(100) + '</a>'.repeat(100)), 'FILE_UNREADABLE', 'TOO_DEEP'],
		['cut short', good.slice(0, -20), 'FILE_UNREADABLE', 'CUT_SHORT'],
		['tags that cross', good.replace('</Amt><CdtDbtInd>', '<CdtDbtInd></Amt>'), 'FILE_UNREADABLE', 'NOT_WELL_FORMED'],
		['a character that XML forbids', camt(entry('<AddtlNtryInf>\u0004</AddtlNtryInf>')), 'FILE_UNREADABLE', 'NOT_WELL_FORMED'],
		['a negative amount', camt(entry('', amountOf('-1.00'))), 'FILE_UNREADABLE', 'AMOUNT'],
		['a comma', camt(entry('', amountOf('1,00'))), 'FILE_UNREADABLE', 'AMOUNT'],
		['an empty amount', camt(entry('', amountOf(''))), 'FILE_UNREADABLE', 'AMOUNT'],
		['a negative balance', camt(balance('CLBD', '-1.00', 'CRDT')), 'FILE_UNREADABLE', 'AMOUNT'],
		['a currency that is none', good.replace('<Ccy>EUR', '<Ccy>EURO'), 'FILE_UNREADABLE', 'CURRENCY'],
	])('%s', (_, text, code, reason) => {
		const error = refusal(text);
		expect([error.code, error.details['reason']]).toEqual([code, reason]);
	});

	test('what is broken is said with its line', () => {
		expect(refusal(`${DECLARATION}<Document>\n<a>\n</b>`)).toMatchObject({ details: { row: 4 } });
		expect(refusal(good.slice(0, -20)).message).toContain('before it is complete');
	});
});
