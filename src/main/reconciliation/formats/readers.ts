import { readCamtStatements } from './camt-reader.ts';
import { readCsvStatements } from './csv-statements.ts';
import { readMt940Statements } from './mt940-reader.ts';
import { readOfxStatements } from './ofx-reader.ts';
import type { StatementFormat, StatementReader } from './parsed-statement.ts';
import { readQifStatements } from './qif-reader.ts';

/** The reader of each format. */
export const statementReaders: Readonly<Record<StatementFormat, StatementReader>> = {
	ofx: readOfxStatements,
	camt053: readCamtStatements,
	mt940: readMt940Statements,
	qif: readQifStatements,
	csv: readCsvStatements,
};
