import type { Client } from '#shared/contract/client.ts';
import type { User } from '#main/platform/run/actor.ts';
import { clientOver } from './client-over.ts';
import type { ProgramThreads } from './program-threads.ts';

/** Calls a program in its threads, as the user who signed in. */
export function createProgramClient(program: ProgramThreads, user: User | null): Client {
	return clientOver((domain, name, input, options) => program.call(user, domain, name, input, options));
}
