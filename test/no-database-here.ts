// Loaded before a host (`node --import test/no-database-here.ts …`): its main thread may open no database. The sources may not even name
// the library there; of the build, where many modules are one file, it may not start the library's native code. Threads may do both.
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const REFUSAL = 'the main thread of a host that stays open opens a database';

if (isMainThread) {
	const load = process.dlopen.bind(process);
	process.dlopen = (module: object, file: string, flags?: number) => {
		if (file.includes('better_sqlite3') || file.includes('better-sqlite3')) throw new Error(REFUSAL);
		if (flags === undefined) load(module, file);
		else load(module, file, flags);
	};
	registerHooks({
		resolve: (specifier, context, next) => {
			if (specifier === 'better-sqlite3' && !context.parentURL?.includes('/out/main/')) throw new Error(REFUSAL);
			return next(specifier, context);
		},
	});
}
