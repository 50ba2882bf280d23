import type { Client } from '#shared/contract/client.ts';
import type { User } from '#main/platform/run/actor.ts';
import { clientOver } from './client-over.ts';
import { dispatch } from './dispatch.ts';
import type { App } from './open-app.ts';

/** Calls the program in its own process, as the user who signed in. */
export function createClient(app: App, user: User | null): Client {
	return clientOver((domain, name, input, options) => dispatch(app, user, domain, name, input, options));
}
