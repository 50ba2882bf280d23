import { type CivilDate, dateParts, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { Statement, StatementLine } from './statements-lines.ts';

/** The number of the bank account, plainly invented. */
export const BANK_ACCOUNT = '0140099000117';

/** A statement as ISO 20022 camt.053.001.08. */
export function camtFile({ month, openingMinor, closingMinor, lines }: Statement): string {
	const first = `${month}-01`;
	const last = lastOfMonth(first);
	const created = `${last}T23:59:00+03:00`;
	return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
	<BkToCstmrStmt>
		<GrpHdr>
			<MsgId>EOM-${month}-${BANK_ACCOUNT}</MsgId>
			<CreDtTm>${created}</CreDtTm>
		</GrpHdr>
		<Stmt>
			<Id>${BANK_ACCOUNT}-${month}</Id>
			<ElctrncSeqNb>${dateParts(first).month}</ElctrncSeqNb>
			<CreDtTm>${created}</CreDtTm>
			<FrToDt>
				<FrDtTm>${first}T00:00:00+03:00</FrDtTm>
				<ToDtTm>${created}</ToDtTm>
			</FrToDt>
			<Acct>
				<Id>
					<Othr>
						<Id>${BANK_ACCOUNT}</Id>
					</Othr>
				</Id>
				<Ccy>KES</Ccy>
				<Ownr>
					<Nm>MANGO LANE TRADERS SAMPLE</Nm>
				</Ownr>
			</Acct>
${balance('OPBD', openingMinor, first)}
${balance('CLBD', closingMinor, last)}
${lines.map(entry).join('\n')}
		</Stmt>
	</BkToCstmrStmt>
</Document>
`;
}

function balance(code: string, amountMinor: number, date: CivilDate): string {
	return `			<Bal>
				<Tp>
					<CdOrPrtry>
						<Cd>${code}</Cd>
					</CdOrPrtry>
				</Tp>
				${amount(amountMinor)}
				<Dt>
					<Dt>${date}</Dt>
				</Dt>
			</Bal>`;
}

function amount(minor: number): string {
	return `<Amt Ccy="KES">${formatAmount(Math.abs(minor), 'KES')}</Amt><CdtDbtInd>${minor < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`;
}

function entry(line: StatementLine, index: number): string {
	const side = line.amountMinor < 0 ? 'Cdtr' : 'Dbtr';
	const cheque = line.chequeNumber === undefined ? '' : `<ChqNb>${line.chequeNumber}</ChqNb>`;
	const party = line.party === undefined ? '' : `<RltdPties><${side}><Pty><Nm>${line.party}</Nm></Pty></${side}></RltdPties>`;
	const remittance = line.reference === undefined ? '' : `<RmtInf><Ustrd>REF ${line.reference}</Ustrd></RmtInf>`;
	// Half of the lines carry the reference as such, the others only in the remittance text.
	const endToEnd = line.reference !== undefined && index % 2 === 0 ? line.reference : 'NOTPROVIDED';
	const reversal = line.text.startsWith('REV ') ? '<RvslInd>true</RvslInd>' : '';
	return `			<Ntry>
				<NtryRef>${index + 1}</NtryRef>
				${amount(line.amountMinor)}${reversal}
				<Sts><Cd>BOOK</Cd></Sts>
				<BookgDt><Dt>${line.date}</Dt></BookgDt>
				<ValDt><Dt>${line.date}</Dt></ValDt>
				<AcctSvcrRef>${line.bankId}</AcctSvcrRef>
				<BkTxCd>${bankTransactionCode(line)}</BkTxCd>
				<NtryDtls><TxDtls><Refs><EndToEndId>${endToEnd}</EndToEndId>${cheque}</Refs>${party}${remittance}</TxDtls></NtryDtls>
				<AddtlNtryInf>${line.text}</AddtlNtryInf>
			</Ntry>`;
}

/** Domain, family and sub-family of ISO's list of bank transaction codes. */
function bankTransactionCode(line: StatementLine): string {
	const out = line.amountMinor < 0;
	if (line.kind === 'fee') return domain('ACMT', 'MDOP', 'CHRG');
	if (line.kind === 'interest') return domain('ACMT', 'MCOP', 'INTR');
	if (line.chequeNumber !== undefined) return domain('PMNT', 'ICHQ', 'CCHQ');
	if (line.text.startsWith('CHQ DEP')) return domain('PMNT', 'RCHQ', 'CCHQ');
	if (/^(?:CASH|MIXED) DEP/.test(line.text)) return domain('PMNT', 'CNTR', 'CDPT');
	if (line.text.startsWith('MERCH')) return domain('PMNT', 'MCRD', 'POSC');
	return domain('PMNT', out ? 'ICDT' : 'RCDT', 'DMCT');
}

function domain(code: string, family: string, subFamily: string): string {
	return `<Domn><Cd>${code}</Cd><Fmly><Cd>${family}</Cd><SubFmlyCd>${subFamily}</SubFmlyCd></Fmly></Domn>`;
}
