import type { ImportsContract } from '#shared/contract/imports.contract.ts';
import type { Handlers } from '#main/platform/run/handlers.ts';
import { importFile } from './import.service.ts';
import { listImports } from './imports.queries.ts';
import { undoImport } from './undo.service.ts';

export { type ImportQuestion, needsAnswer } from './question.rules.ts';
export { serveStaging, type StagingThreadData } from './staging-thread.ts';

export const importsHandlers: Handlers<ImportsContract> = {
	importJournal: { task: (context, actor, { path, options }) => importFile(context, actor, path, 'JOURNAL', options ?? {}) },
	importOpening: { task: (context, actor, { path, options }) => importFile(context, actor, path, 'OPENING', options ?? {}) },
	list: {
		query: (db, { company }) => ({
			imports: listImports(db, company.id).map(({ id: _id, uuid, rejected: _rejected, ...row }) => ({ importId: uuid, ...row })),
		}),
	},
	undo: {
		command: (tx, actor, { importId }) => undoImport(tx, actor, importId),
		audit: (_input, output) => ({ ...output }),
	},
};
