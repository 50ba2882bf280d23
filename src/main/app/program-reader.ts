import { openConnection } from '#main/platform/database/connection.ts';
import { mapFault } from '#main/platform/faults.ts';
import { createReadRunner } from '#main/platform/run/write-path.ts';
import { refusingSecretStore } from '#main/platform/secrets/index.ts';
import { dataPaths } from './data-paths.ts';
import type { Served } from './dispatch.ts';
import { limitsFrom } from './limits.ts';
import { answerCalls, hear, type ThreadDesk } from './program-calls.ts';

/** A reader opens the books with its first call: by then the writer has made or migrated them. */
export function serveReader({ port, settings, clock, log, say }: ThreadDesk): void {
	let opened: { readonly served: Served; close(): void } | null = null;
	const open = () => {
		const paths = dataPaths(settings.dataFolder);
		const limits = limitsFrom(settings.env);
		const connection = openConnection(paths.database, 'read');
		const served: Served = {
			paths,
			clock,
			limits,
			runner: createReadRunner(connection, (error) => mapFault(error) ?? error),
			checkOutputs: settings.checkOutputs,
			// What only reads needs no secret; a keychain is not asked for nothing.
			secrets: async () => refusingSecretStore('a thread that reads'),
			onCommitted: undefined,
		};
		return { served, close: () => connection.close() };
	};
	const calls = answerCalls(
		() => {
			opened ??= open();
			return opened.served;
		},
		log,
		say,
	);
	hear(port, calls, async () => {
		await calls.done();
		opened?.close();
	});
}
