import type { StatementsContract } from '#shared/contract/statements.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { readStatementFormats } from './reading.ts';
import { importStatement } from './import.service.ts';
import { previewStatement } from './preview.service.ts';
import { listStatements, showStatement } from './statement-view.service.ts';
import { undoStatement } from './undo.service.ts';

export const statementsHandlers: Handlers<StatementsContract> = {
	import: { task: (context, actor, input) => importStatement(context, actor, input, readStatementFormats) },
	preview: { task: (context, actor, input) => previewStatement(context, actor, input, readStatementFormats) },
	list: { query: (db, { company }, { account }) => listStatements(db, company, account) },
	show: { query: (db, { company }, { statementId }) => showStatement(db, company, statementId) },
	undo: {
		command: undoStatement,
		audit: ({ reason }, output) => ({ ...output, reason }),
	},
};
