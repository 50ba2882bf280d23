import { statementReaders } from '../formats/readers.ts';
import { recogniseStatement } from '../formats/recognise.ts';
import type { StatementReading } from './statement-file.service.ts';

/** The formats of statement files, as the program reads them. */
export const readStatementFormats: StatementReading = { recognise: recogniseStatement, readers: statementReaders };
