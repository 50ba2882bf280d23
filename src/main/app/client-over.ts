import type { CallOptions, Client } from '#shared/contract/client.ts';
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
