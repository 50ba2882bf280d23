import { needsPassword, signIn } from '#main/access/index.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from './client.ts';
import type { App } from './open-app.ts';

export interface Credentials {
	/** undefined: the only user, as long as that one has no password. */
	readonly login: string | undefined;
	/** Asked only where a password decides. */
	readonly password: (login: string) => Promise<string>;
}

/** The program as one user. Before the first user exists nobody is signed in: then only a company can be made. Refuses LOGIN_REFUSED. */
export async function signedInClient(app: App, { login, password }: Credentials): Promise<Client> {
	const isAsked = login !== undefined && app.runner.read((db) => needsPassword(db, login));
	const given = isAsked ? await password(login) : undefined;
	return createClient(
		app,
		app.runner.read((db) => signIn(db, login, given)),
	);
}
