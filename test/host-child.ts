// A host that stays open, in a process of its own, and what a person does in it: the sample company, a package that is fetched and verified.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Client } from '#shared/contract/client.ts';
import type { deskContract } from '#shared/contract/desk.contract.ts';
import { openBrowserHost } from '#main/hosts/browser/browser-host.ts';

// What the desktop host is made of, too; it starts with Electron only.
await import('#main/hosts/desktop/start.ts');

interface Wire {
	readonly books: {
		readonly packages: { list(asked: { readonly input: object }): ReturnType<Client['packages']['list']> };
		readonly reports: { trialBalance(asked: { readonly input: object }): ReturnType<Client['reports']['trialBalance']> };
	};
	readonly desk: ContractRouterClient<typeof deskContract>;
}

const folder = mkdtempSync(join(tmpdir(), 'ledgerseal-host-'));
const screens = join(folder, 'screens');
mkdirSync(screens);
writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Screens</title>');
const host = await openBrowserHost({ dataFolder: join(folder, 'books'), env: { LEDGERSEAL_SECRET_STORE: 'file' }, port: 0, screens });
const origin = `http://127.0.0.1:${host.port}`;
try {
	const token = new URL(host.url).hash.replace('#token=', '');
	const session = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: JSON.stringify({ token }) });
	const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
	const { tab } = (await session.json()) as { tab: string };
	const headers = { origin, cookie, 'x-ledgerseal-tab': tab };
	const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['ledgerseal', `tab.${tab}`], { headers: { cookie, origin } });
	const { books, desk } = createORPCClient<never>(new RPCLink({ websocket: socket })) as unknown as Wire;

	await desk.show();
	const { companyId } = await lastOf<{ companyId: string }>(desk.openSample());
	const { balanced } = await books.reports.trialBalance({ input: { companyId, asOf: '2026-01-31' } });
	const { jobs } = await books.packages.list({ input: { companyId } });
	const { url, fileName } = await desk.deliverPackage({ companyId, jobId: jobs[0]?.jobId ?? '' });
	const fetched = await fetch(origin + url, { headers });
	const handed = await fetch(`${origin}/files?name=${fileName}`, { method: 'POST', headers, body: await fetched.arrayBuffer() });
	const { path } = (await handed.json()) as { path: string };
	const { result, signer } = await lastOf<{ result: string; signer: { known: boolean } }>(desk.verifyPackage({ path }));
	process.stdout.write(`${JSON.stringify({ balanced, result, isKnown: signer.known })}\n`);
	socket.terminate();
} finally {
	await host.close();
	rmSync(folder, { recursive: true, force: true });
}

async function lastOf<Output>(steps: Promise<AsyncIterable<object>>): Promise<Output> {
	let last: object = {};
	for await (const step of await steps) last = step;
	return (last as { output: Output }).output;
}
