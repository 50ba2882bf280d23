import { fromDayNumber } from '#shared/kernel/civil-date.ts';
import { formatAmount } from '#shared/kernel/money.ts';
import type { StatementsContract } from '#shared/contract/statements.contract.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import type { ParsedStatement } from '../formats/parsed-statement.ts';
import { sumMinor } from '../statement-arithmetic.rules.ts';
import { type ImportPlan, planImport, prepareStatements } from './import-plan.service.ts';
import type { StatementImport } from './import.service.ts';
import { amountOrNull, MAX_LISTED } from './import-view.service.ts';
import { openQuestions } from './statement-doubts.rules.ts';
import type { FileAccount } from './statement-choice.rules.ts';
import { readStatementFile, readStatements, type StatementReading } from './statement-file.service.ts';
import { standingStatementOf } from './statements.queries.ts';
import { chooseFrom, chosenAccount, type TargetAccount, targetAccount } from './target-account.service.ts';

type PreviewView = OutputOf<StatementsContract['preview']>;

/**
 * Everything that an import of a file would do, without writing: what it is, what it holds, which lines are new, and what would be asked.
 * Refuses only what leaves nothing to show: a file that cannot be read, or that can be read in two ways.
 */
export async function previewStatement(context: TaskContext, { company }: Actor, input: StatementImport, reading: StatementReading): Promise<PreviewView> {
	const options = input.options ?? {};
	const target = context.read((db) => targetAccount(db, company, input.account));
	const file = await readStatementFile(input.path);
	const { parsed, format } = readStatements(file, reading, options, { currency: target.currency, saved: target.layout });
	const choice = chooseFrom(parsed.statements, target, options.statementAccount);
	const chosen = choice.kind === 'ASK' ? null : chosenAccount(choice, target);
	const known = context.read((db) => ({
		standing: standingStatementOf(db, company.id, target.id, file.sha256),
		plan: chosen === null ? null : planImport(db, company, target, prepareStatements(target, chosen, options)),
	}));
	const statements = parsed.statements.map((statement) => statementSummary(statement, target, chosen));
	const head = {
		account: { code: target.code, name: target.name },
		currency: target.currency,
		format,
		dialect: parsed.dialect,
		sha256: file.sha256,
		statements,
	};
	const questions = choice.kind === 'ASK' ? [choice.question] : openQuestions(known.plan?.doubts ?? [], options.accept ?? []);
	const open = questions.map((question) => ({ ...question, choices: [...question.choices] }));
	return {
		...head,
		standingStatementId: known.standing?.uuid ?? null,
		...planView(known.plan, target.currency, known.standing !== undefined),
		questions: open,
	};
}

function statementSummary(statement: ParsedStatement, { currency: own }: TargetAccount, chosen: FileAccount<ParsedStatement> | null) {
	const currency = statement.currency ?? own;
	return {
		bankAccount: statement.accountId,
		currency,
		number: statement.number,
		from: statement.from,
		to: statement.to,
		openingBalance: amountOrNull(statement.opening?.amountMinor ?? null, currency),
		closingBalance: amountOrNull(statement.closing?.amountMinor ?? null, currency),
		lines: statement.lines.length,
		sum: formatAmount(sumMinor(statement.lines), currency),
		pending: statement.pending,
		rejected: statement.rejected.length,
		isChosen: chosen?.statements.includes(statement) ?? false,
	};
}

function planView(plan: ImportPlan | null, currency: string, isStanding: boolean) {
	if (plan === null) {
		const nothing = { lines: 0, duplicates: 0, sum: formatAmount(0, currency), from: null, to: null, openingBalance: null, closingBalance: null, pending: 0 };
		return { ...nothing, doubts: [], notes: [], rejected: [], rejectedCount: 0 };
	}
	// The same file in the same account adds nothing, whatever it says.
	const lines = isStanding ? 0 : plan.added;
	return {
		lines,
		duplicates: plan.lines.length - lines,
		sum: formatAmount(sumMinor(plan.lines), currency),
		from: fromDayNumber(plan.fromDay),
		to: fromDayNumber(plan.toDay),
		openingBalance: amountOrNull(plan.openingMinor, currency),
		closingBalance: amountOrNull(plan.closingMinor, currency),
		pending: plan.pending,
		doubts: [...plan.doubts],
		notes: [...plan.notes],
		rejected: plan.rejected.slice(0, MAX_LISTED),
		rejectedCount: plan.rejected.length,
	};
}
