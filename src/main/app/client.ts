import type { CallOptions, Client } from '#shared/contract/client.ts';
import type { User } from '#main/platform/run/actor.ts';
import { dispatch } from './dispatch.ts';
import type { App } from './open-app.ts';
import type { DomainName } from './router.ts';

/** Makes a call wherever the procedures are served. */
type Caller = (domain: DomainName, name: string, input: unknown, options: CallOptions | undefined) => Promise<unknown>;

/** The contract as functions over one way to call. */
export function clientOver(call: Caller): Client {
	const domain = (name: DomainName) =>
		new Proxy(
			{},
			{
				get: (_target, procedure) => (input: unknown, options?: CallOptions) => call(name, String(procedure), input, options),
			},
		);
	return new Proxy({} as Client, { get: (_target, name) => domain(String(name) as DomainName) });
}

/** Calls the program in its own process, as the user who signed in. */
export function createClient(app: App, user: User | null): Client {
	return clientOver((domain, name, input, options) => dispatch(app, user, domain, name, input, options));
}
