import { join } from 'node:path';
import type { DataPaths } from '#main/platform/run/handlers.ts';

/** Where things lie in a data folder. `root` is absolute. */
export function dataPaths(root: string): DataPaths {
	return {
		root,
		database: join(root, 'ledgerseal.db'),
		content: join(root, 'content'),
		packages: join(root, 'packages'),
		secrets: join(root, 'secrets'),
		logs: join(root, 'logs'),
		backups: join(root, 'backups'),
		work: join(root, 'work'),
	};
}
