import type { Desk } from '#main/app/desk/desk.ts';
import { digestOf, isSecret, newSecret } from './secrets.ts';

/** One tab: its desk, and the connections that keep it. */
export interface Tab {
	readonly desk: Desk;
	readonly digest: Buffer;
	readonly connections: Set<{ close(): void }>;
	/** Ends the tab some time after its last connection went. */
	leaving: NodeJS.Timeout | null;
}

const MOST_TABS = 32;

/**
 * Who may speak to this host: the one browser that brought the one-time token, by its cookie, and in it each tab by a secret of its own. Cookies
 * of 127.0.0.1 reach every port of the machine, so a cookie alone opens nothing but the door to a new tab's secret.
 */
export class Sessions {
	readonly #makeDesk: () => Desk;
	readonly #keepMs: number;
	#token: Buffer | null;
	#cookie: Buffer | null = null;
	readonly #tabs = new Set<Tab>();

	/** `keepMs`: how long a tab's files and sign-in stay after its last connection went, as when it is loaded again. */
	constructor(token: string, makeDesk: () => Desk, keepMs: number) {
		this.#token = digestOf(token);
		this.#makeDesk = makeDesk;
		this.#keepMs = keepMs;
	}

	/** A cookie's secret for the token, once; null where it is not the token, or was used. */
	exchange(token: string): string | null {
		if (this.#token === null || !isSecret(token, this.#token)) return null;
		this.#token = null;
		const cookie = newSecret();
		this.#cookie = digestOf(cookie);
		return cookie;
	}

	isCookie(cookie: string | undefined): boolean {
		return this.#cookie !== null && isSecret(cookie, this.#cookie);
	}

	/** A new tab's secret; null where there are too many. */
	openTab(): string | null {
		if (this.#tabs.size >= MOST_TABS) return null;
		const secret = newSecret();
		const tab: Tab = { desk: this.#makeDesk(), digest: digestOf(secret), connections: new Set(), leaving: null };
		this.#tabs.add(tab);
		this.#leaveLater(tab);
		return secret;
	}

	/** The tab that knows the cookie and its own secret. */
	tab(cookie: string | undefined, secret: string | undefined): Tab | null {
		if (!this.isCookie(cookie)) return null;
		let found: Tab | null = null;
		// Every one is compared: how long it takes says nothing about which it is.
		for (const tab of this.#tabs) if (isSecret(secret, tab.digest)) found = tab;
		return found;
	}

	connect(tab: Tab, connection: { close(): void }): void {
		if (tab.leaving) clearTimeout(tab.leaving);
		tab.leaving = null;
		tab.connections.add(connection);
	}

	disconnect(tab: Tab, connection: { close(): void }): void {
		tab.connections.delete(connection);
		if (tab.connections.size === 0 && this.#tabs.has(tab)) this.#leaveLater(tab);
	}

	/** Closes all connections, cancels what can be cancelled and waits for the rest. */
	async close(): Promise<void> {
		this.#token = null;
		this.#cookie = null;
		await Promise.all([...this.#tabs].map((tab) => this.#end(tab)));
	}

	#leaveLater(tab: Tab): void {
		if (tab.leaving) clearTimeout(tab.leaving);
		tab.leaving = setTimeout(() => void this.#end(tab), this.#keepMs);
		tab.leaving.unref();
	}

	async #end(tab: Tab): Promise<void> {
		this.#tabs.delete(tab);
		if (tab.leaving) clearTimeout(tab.leaving);
		for (const connection of tab.connections) connection.close();
		await tab.desk.close();
	}
}
