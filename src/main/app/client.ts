import type { Contract } from '#shared/contract/index.ts';
import type { User } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#main/platform/run/handlers.ts';
import { type CallOptions, dispatch } from './dispatch.ts';
import type { App } from './open-app.ts';
import type { DomainName } from './router.ts';

type Call<Procedure> =
	InputOf<Procedure> extends undefined
		? (input?: undefined, options?: CallOptions) => Promise<OutputOf<Procedure>>
		: (input: InputOf<Procedure>, options?: CallOptions) => Promise<OutputOf<Procedure>>;

/** The contract as functions: `client.reports.trialBalance({ companyId, asOf })`. */
export type Client = {
	readonly [Domain in keyof Contract]: { readonly [Name in keyof Contract[Domain]]: Call<Contract[Domain][Name]> };
};

/** Calls the program in its own process, as the user who signed in. */
export function createClient(app: App, user: User | null): Client {
	const domain = (name: DomainName) =>
		new Proxy(
			{},
			{
				get: (_target, procedure) => (input: unknown, options?: CallOptions) => dispatch(app, user, name, String(procedure), input, options),
			},
		);
	return new Proxy({} as Client, { get: (_target, name) => domain(String(name) as DomainName) });
}
