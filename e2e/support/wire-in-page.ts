import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { type Bridge, PORT_MESSAGE, PORT_WANTED } from '#shared/contract/bridge.ts';

type Call = (input?: unknown, options?: unknown) => Promise<unknown>;
type Client = { readonly [name: string]: Client & Call };

/** The wire as a journey uses it from inside a page; it takes the port from the screens, which then say that they lost the program. */
export interface PageWire {
	call(name: string, input?: unknown): Promise<unknown>;
	/** What the program asked of the screens since the wire was opened. */
	readonly asked: { readonly what: string; readonly value: string | null }[];
}

async function open(): Promise<PageWire> {
	const port = await new Promise<MessagePort>((resolve) => {
		window.addEventListener('message', (event) => {
			if (event.data === PORT_MESSAGE && event.ports[0]) resolve(event.ports[0]);
		});
		window.postMessage(PORT_WANTED, window.origin);
	});
	const client = createORPCClient(new RPCLink({ port })) as unknown as Client;
	port.start();
	const wire: PageWire = {
		asked: [],
		call: (name, input) => {
			const procedure = name.split('.').reduce((at: Client, step) => at[step] as Client, client) as unknown as Call;
			return procedure(input);
		},
	};
	void follow(wire).catch(() => undefined);
	return wire;
}

async function follow(wire: PageWire): Promise<void> {
	for await (const event of (await wire.call('desk.events')) as AsyncIterable<{ kind: string; what: string; value: string | null }>) {
		if (event.kind === 'ask') wire.asked.push({ what: event.what, value: event.value });
	}
}

declare global {
	interface Window {
		journeyWire: Promise<PageWire>;
		readonly ledgerseal?: Bridge;
	}
}
window.journeyWire = open();
