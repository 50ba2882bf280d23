import { refuseSize } from './statement-bytes.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { camtEntry, type CamtEntry } from './camt-entry.ts';
import { camtStatement } from './camt-statement.ts';
import { asciiHead, decodeDeclared } from './declared-encoding.ts';
import type { ParsedStatement, ParsedStatementFile, StatementDoubt, StatementReader } from './parsed-statement.ts';
import { mergedPages } from './statement-pages.ts';
import { readXml, textAt, type XmlElement } from './xml-reader.ts';

/** The three messages that look alike, by the element that holds them. Only the first is a statement. */
const MESSAGES: ReadonlyMap<string, { readonly kind: string; readonly part: string; readonly is: string }> = new Map([
	['Stmt', { kind: '053', part: 'Stmt', is: 'a statement' }],
	['AcctRpt', { kind: '052', part: 'Rpt', is: 'an interim report of the day' }],
	['DbtCdtNtfctn', { kind: '054', part: 'Ntfctn', is: 'an advice of single debits or credits' }],
]);

// The first version wrote its number into the name of the element too.
const messageOf = (element: string) => MESSAGES.get(/^BkToCstmr(Stmt|AcctRpt|DbtCdtNtfctn)(?:V\d\d)?$/.exec(element)?.[1] ?? '');

// The versions whose elements this reader was written for.
const KNOWN_VERSIONS = new Set(['02', '03', '04', '05', '06', '07', '08']);

interface Found {
	readonly message: string;
	readonly namespace: string;
	readonly statements: { readonly element: XmlElement; readonly entries: readonly CamtEntry[] }[];
}

/** Bank-to-customer statements of ISO 20022, camt.053.001.02 to .08. One entry is one line, also where it is a batch. */
export const readCamtStatements: StatementReader = (bytes, options): ParsedStatementFile => {
	refuseSize(bytes);
	const declared = /<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(asciiHead(bytes))?.[1] ?? 'utf-8';
	const { text, doubt } = decodeDeclared(bytes, { declared, asked: options.encoding, mayLie: false });
	if (!/^\s*</.test(text)) throw notRecognised('It is no XML');
	const found = findStatements(text);
	const message = messageOf(found.message);
	if (!message) throw notRecognised('It is XML, but holds no BkToCstmrStmt');
	const named = /camt\.(\d{3})\.001\.(\d{2})/.exec(found.namespace);
	const doubts = [...(doubt ? [doubt] : []), ...doubtsOfMessage(message.kind, message.is, found.namespace, named)];
	const statements = found.statements.map(({ element, entries }) => {
		const page = Number(textAt(element, 'StmtPgntn', 'PgNb') ?? '0');
		return { page, statement: withDoubts(camtStatement(element, entries, options.currency), doubts) };
	});
	if (statements.length === 0) throw notRecognised(`It holds no ${message.part}, so no account`);
	return { format: 'camt053', dialect: named ? named[0] : `camt.${message.kind} without a version`, statements: mergedPages(statements, options.currency) };
};

function findStatements(text: string): Found {
	let message = '';
	let namespace = '';
	let row = 0;
	let entries: CamtEntry[] = [];
	const statements: Found['statements'] = [];
	readXml(text, {
		opened(path, uri) {
			const name = path.at(-1) ?? '';
			if (message === '' && messageOf(name)) [message, namespace] = [name, uri];
		},
		closed(element, path) {
			const parent = path.at(-2) ?? '';
			const part = messageOf(message)?.part;
			if (element.name === 'Ntry' && parent === part) {
				row++;
				entries.push(camtEntry(element, row));
				return false;
			}
			if (element.name === part && parent === message) {
				statements.push({ element, entries });
				entries = [];
				return false;
			}
			return true;
		},
	});
	return { message, namespace, statements };
}

function doubtsOfMessage(kind: string, is: string, namespace: string, named: RegExpExecArray | null): StatementDoubt[] {
	const doubts: StatementDoubt[] = [];
	if (kind !== '053') {
		doubts.push({ code: 'NOT_A_STATEMENT', message: `camt.${kind} is ${is}, not a statement: the bank may still change it or send it again.`, row: null });
	}
	const version = named?.[2] ?? '';
	const why =
		namespace === ''
			? 'The file has no namespace, so it does not say which version it is'
			: !named
				? `The namespace "${namespace.slice(0, 80)}" is not one of ISO 20022`
				: named[1] !== kind
					? `The file calls itself ${named[0]} and holds camt.${kind}`
					: kind === '053' && !KNOWN_VERSIONS.has(version)
						? `Version ${named[0]} is not one of .02 to .08`
						: null;
	if (why !== null) doubts.push({ code: 'FORMAT_DOUBTFUL', message: `${why}. It was read as camt.${kind}.`, row: null });
	return doubts;
}

function withDoubts(statement: ParsedStatement, doubts: readonly StatementDoubt[]): ParsedStatement {
	return doubts.length === 0 ? statement : { ...statement, doubts: [...doubts, ...statement.doubts] };
}

function notRecognised(what: string): AppError {
	return new AppError('FILE_NOT_RECOGNISED', `This is no camt.053 statement. ${what}. Ask the bank for an account statement in camt.053.`, {
		format: 'camt053',
	});
}
