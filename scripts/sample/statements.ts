import { formatAmount } from '#shared/kernel/money.ts';
import { ACCOUNTS } from './accounts.ts';
import type { SampleEntry } from './sample-book.ts';
import { bankStatements } from './statements-bank.ts';
import { camtFile } from './statements-camt.ts';
import { clearingStatements } from './statements-clearing.ts';
import { assertTableApplies, bookLines, type Statement } from './statements-lines.ts';
import { mpesaFile } from './statements-mpesa.ts';
import { mt940File } from './statements-mt940.ts';
import { ofxFile } from './statements-ofx.ts';
import { tillStatements } from './statements-till.ts';

const MONTHS = ['2026-01', '2026-02', '2026-03'] as const;
const TRUTH_HEADER = 'file,line,bank_id,date,amount,kind,entries';

interface StatementFile {
	readonly name: string;
	readonly text: string;
	readonly statement: Statement;
}

/** The statements of the accounts that have any, as files by name. The bank changed from OFX to camt.053 in February. */
export function statementFiles(entries: readonly SampleEntry[]): readonly StatementFile[] {
	const bank = bookLines(entries, ACCOUNTS.bank);
	const till = bookLines(entries, ACCOUNTS.mobileMoney);
	const clearing = bookLines(entries, ACCOUNTS.cardClearing);
	assertTableApplies([...bank.lines, ...till.lines, ...clearing.lines]);
	const settledNet = new Map(bank.lines.map(({ entryNo, amountMinor }) => [entryNo, amountMinor]));
	return [
		...bankStatements(bank.openingMinor, bank.lines, MONTHS).map((statement) =>
			statement.month === '2026-01'
				? { name: `bank-1100-${statement.month}.ofx`, text: ofxFile(statement), statement }
				: { name: `bank-1100-${statement.month}.camt053.xml`, text: camtFile(statement), statement },
		),
		...tillStatements(till.openingMinor, till.lines, MONTHS).map((statement) => ({
			name: `mpesa-1150-${statement.month}.csv`,
			text: mpesaFile(statement),
			statement,
		})),
		...clearingStatements(clearing.openingMinor, clearing.lines, settledNet, MONTHS).map((statement) => ({
			name: `card-1170-${statement.month}.mt940`,
			text: mt940File(statement),
			statement,
		})),
	];
}

/** What each booked line of the statements is, as CSV: `line` counts the booked lines of the file from the oldest, 1; `entries` are divided by blanks. */
export function statementTruth(files: readonly StatementFile[]): string {
	const rows = files.flatMap(({ name, statement }) =>
		statement.lines.map((line, index) =>
			[name, index + 1, line.bankId ?? '', line.date, formatAmount(line.amountMinor, 'KES'), line.kind, line.entries.join(' ')].join(','),
		),
	);
	return `${[TRUTH_HEADER, ...rows].join('\n')}\n`;
}
