import { type App, openApp } from '#main/app/open-app.ts';
import type { Client } from '#shared/contract/client.ts';
import { createClient } from '#main/app/client.ts';
import { findCompany } from '#main/companies/index.ts';
import { signIn } from '#main/access/index.ts';
import { systemClock } from '#main/platform/clock.ts';
import type { Actor } from '#main/platform/run/actor.ts';

/** Books opened in this process, as the only user of their only company. */
export interface OpenBooks {
	readonly app: App;
	readonly client: Client;
	readonly actor: Actor;
	readonly companyId: string;
}

export async function withBooks<Output>(dataFolder: string, work: (books: OpenBooks) => Promise<Output> | Output): Promise<Output> {
	const app = await openApp({ dataFolder, env: { LEDGERSEAL_SECRET_STORE: 'file' }, clock: systemClock, onWarning: () => undefined });
	try {
		const user = app.runner.read((db) => signIn(db, undefined, undefined));
		const client = createClient(app, user);
		const { companies } = await client.companies.list();
		const companyId = companies[0]?.companyId ?? '';
		const company = app.runner.read((db) => findCompany(db, companyId));
		if (!user || !company) throw new Error('the books have a user and a company');
		return await work({ app, client, actor: { user, company }, companyId });
	} finally {
		await app.close();
	}
}
