import { AppError } from '#shared/kernel/app-error.ts';
import { hasContent, removeContent, storeContent } from '#main/platform/files.ts';
import type { TaskContext } from '#main/platform/run/handlers.ts';
import type { StatementBytes } from './statement-file.service.ts';
import { isContentNamed } from './statements.queries.ts';

/**
 * Keeps a statement's file byte for byte under its SHA-256 while `work` records it. Where the work is refused, a file that was not there
 * before and that no row names goes away again: under the lock of the books, so that another program's import of the same file, which found
 * it stored already, either has its row by then or sees that it is gone (requireEvidence).
 */
export async function withEvidence<Output>(context: Pick<TaskContext, 'paths' | 'write'>, file: StatementBytes, work: () => Output): Promise<Output> {
	const folder = context.paths.content;
	const wasThere = hasContent(folder, file.sha256);
	await storeContent(folder, file.bytes);
	try {
		return work();
	} catch (error) {
		if (!wasThere) dropUnnamed(context, file.sha256);
		throw error;
	}
}

/** To be asked inside the database transaction that names the file. Refuses DATABASE_BUSY (retryable). */
export function requireEvidence(context: Pick<TaskContext, 'paths'>, { sha256 }: StatementBytes): void {
	if (hasContent(context.paths.content, sha256)) return;
	throw new AppError(
		'DATABASE_BUSY',
		'Another program was taking in the same file and gave up. Nothing was taken in; do the same again.',
		{},
		{ retryable: true },
	);
}

function dropUnnamed(context: Pick<TaskContext, 'paths' | 'write'>, sha256: string): void {
	try {
		context.write('statements.import', (tx) => {
			if (!isContentNamed(tx, sha256)) removeContent(context.paths.content, sha256);
			return { output: null, audit: null };
		});
	} catch {
		// Why the import was refused is what the person has to hear. A file that no row names is in nobody's way.
	}
}
