import { AppError } from '#shared/kernel/app-error.ts';
import { assert, present } from '#shared/kernel/assert.ts';
import { dayNumber } from '#shared/kernel/civil-date.ts';
import { bookText } from '#shared/kernel/text.ts';
import { needsAnswer } from '#main/imports/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { AuditDetail, TaskContext } from '#main/platform/run/handlers.ts';
import type { RejectedLine, StatementFormat } from '../formats/parsed-statement.ts';
import { requireEvidence, withEvidence } from './evidence.service.ts';
import { type ImportPlan, planImport, type PreparedStatements, prepareStatements, type StatementFacts } from './import-plan.service.ts';
import { importedView, type ImportedView, MAX_LISTED, standingView } from './import-view.service.ts';
import { type Accepted, acceptedDoubts, openQuestions } from './statement-doubts.rules.ts';
import {
	type LayoutOptions,
	picked,
	readStatementFile,
	readStatements,
	type ReadStatements,
	type StatementBytes,
	type StatementReading,
} from './statement-file.service.ts';
import { insertLine, insertPageLine, nextLineId } from './statement-lines.queries.ts';
import { insertPage, insertStatement, saveLayout, standingStatementOf } from './statements.queries.ts';
import { chooseFrom, chosenAccount, type TargetAccount, targetAccount } from './target-account.service.ts';

export interface ImportOptions extends LayoutOptions, StatementFacts {
	readonly format?: StatementFormat | 'auto' | undefined;
	/** Which account of the file, where it holds several. */
	readonly statementAccount?: string | undefined;
	/** Codes of doubts, or `all`. */
	readonly accept?: readonly string[] | undefined;
	readonly note?: string | undefined;
	readonly saveLayout?: boolean | undefined;
}

export interface StatementImport {
	readonly path: string;
	readonly account: string;
	readonly options?: ImportOptions | undefined;
}

/**
 * Takes a statement file in for an account: read once, compared with what stands, kept as evidence, and recorded with its lines in one
 * database transaction, or not at all. The same file in the same account adds nothing. Refuses the codes of statements.import.
 */
export async function importStatement(context: TaskContext, actor: Actor, input: StatementImport, reading: StatementReading): Promise<ImportedView> {
	const { company } = actor;
	const options = input.options ?? {};
	const target = context.read((db) => targetAccount(db, company, input.account));
	context.progress({ fraction: 0, text: 'Reading' });
	const file = await readStatementFile(input.path);
	const standing = context.read((db) => standingView(db, company, standingStatementOf(db, company.id, target.id, file.sha256)));
	if (standing) return standing;
	const read = readStatements(file, reading, options, { currency: target.currency, saved: target.layout });
	const chosen = chosenAccount(chooseFrom(read.parsed.statements, target, options.statementAccount), target);
	context.progress({ fraction: 0.4, text: 'Comparing' });
	const prepared = prepareStatements(target, chosen, options);
	context.read((db) => accept(planImport(db, company, target, prepared), options));
	if (context.signal.aborted) throw new AppError('CANCELLED', 'Cancelled. Nothing was taken in.');
	context.progress({ fraction: 0.6, text: 'Recording' });
	return withEvidence(context, file, () => context.write('statements.import', (tx) => record(tx, actor, { context, target, file, read, prepared, options })));
}

/** What is recorded as accepted. Refuses IMPORT_REJECTED and NEEDS_ANSWER where something is left to be said. */
function accept(plan: ImportPlan, options: ImportOptions): Accepted[] {
	if (plan.rejected.length > 0 && !options.keepGoing) throw rejectedRefusal(plan.rejected);
	const questions = openQuestions(plan.doubts, options.accept ?? []);
	if (questions.length > 0) throw needsAnswer(questions);
	return [...acceptedDoubts(plan.doubts), ...plan.recorded];
}

function rejectedRefusal(rejected: readonly RejectedLine[]): AppError {
	const [first] = rejected;
	const count = rejected.length === 1 ? 'One line' : `${rejected.length} lines`;
	return new AppError(
		'IMPORT_REJECTED',
		`${count} of the file cannot be read, the first in line ${first?.row ?? 0}: ${first?.message ?? ''} Nothing was taken in. Get the file again, or keep going without them: --keep-going.`,
		{ rejected: rejected.slice(0, MAX_LISTED), rejectedCount: rejected.length },
	);
}

interface Recording {
	readonly context: TaskContext;
	readonly target: TargetAccount;
	readonly file: StatementBytes;
	readonly read: ReadStatements;
	readonly prepared: PreparedStatements;
	readonly options: ImportOptions;
}

function record(tx: WriteTx, actor: Actor, recording: Recording): { output: ImportedView; audit: AuditDetail | null } {
	const { company, user } = actor;
	const { context, target, file, read, prepared, options } = recording;
	// Once more, now that nobody else can write.
	const standing = standingView(tx, company, standingStatementOf(tx, company.id, target.id, file.sha256));
	if (standing) return { output: standing, audit: null };
	requireEvidence(context, file);
	const plan = planImport(tx, company, target, prepared);
	const accepted = accept(plan, options);
	const note = options.note?.trim() ? bookText(options.note.trim(), 'note') : null;
	const clock = { now: () => new Date(tx.instant) };
	const { fromDay, toDay, openingMinor, closingMinor } = plan;
	const row = { format: read.format, dialect: bookText(read.parsed.dialect, 'dialect'), fileName: file.fileName, sha256: file.sha256 };
	const statement = {
		...row,
		uuid: uuidV7(clock),
		accountId: target.id,
		currency: target.currency,
		fileBytes: file.bytes.length,
		bankAccount: prepared.chosen.accountId,
		fromDay,
		toDay,
		openingMinor,
		closingMinor,
		lineCount: plan.lines.length,
		addedCount: plan.added,
		accepted: JSON.stringify(accepted),
		acceptedNote: accepted.length > 0 ? note : null,
		importedBy: user.id,
	};
	const statementId = insertStatement(tx, company.id, statement);
	for (const page of plan.pages) insertPage(tx, company.id, { ...page, statementId, lineCount: page.lines.length });
	recordLines(tx, company.id, target.id, statementId, plan);
	const layoutSaved = options.saveLayout === true;
	if (layoutSaved) saveLayout(tx, company.id, target.id, user.id, { format: read.format, ...picked(read.layout) });
	const output = importedView(tx, company, present(standingStatementOf(tx, company.id, target.id, file.sha256), 'the new statement'), plan, layoutSaved);
	const { lines, duplicates, from, to, openingBalance, closingBalance } = output;
	return {
		output,
		audit: {
			statementId: statement.uuid,
			account: target.code,
			...row,
			from,
			to,
			openingBalance,
			closingBalance,
			lines,
			duplicates,
			rejected: plan.rejected.length,
			accepted,
			note: statement.acceptedNote,
			layoutSaved,
		},
	};
}

function recordLines(tx: WriteTx, companyId: number, accountId: number, statementId: number, plan: ImportPlan): void {
	const clock = { now: () => new Date(tx.instant) };
	const ids: number[] = [];
	let nextId = nextLineId(tx, companyId);
	for (const [index, line] of plan.lines.entries()) {
		const placement = present(plan.placements[index], 'the place of a line');
		if (placement.kind === 'NEW') {
			const { source } = line;
			insertLine(tx, companyId, accountId, statementId, {
				id: nextId,
				uuid: uuidV7(clock),
				day: line.day,
				valueDay: source.valueDate === null ? null : dayNumber(source.valueDate),
				amountMinor: source.amountMinor,
				description: bookText(source.description, 'description'),
				party: source.party === null ? null : bookText(source.party, 'party'),
				bankId: source.bankId,
				reference: source.reference === null ? null : bookText(source.reference, 'reference'),
				runningBalanceMinor: source.runningBalanceMinor,
				textKey: line.textKey,
				occurrence: placement.occurrence,
				isBankIdReused: placement.isBankIdReused,
			});
		}
		const lineId = placement.kind === 'NEW' ? nextId++ : placement.kind === 'STANDING' ? placement.lineId : ids[placement.index];
		assert(lineId !== undefined, 'what a line repeats stands before it');
		ids.push(lineId);
		insertPageLine(tx, companyId, statementId, index + 1, line.page, lineId);
	}
}
