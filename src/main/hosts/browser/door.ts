import type { IncomingMessage } from 'node:http';
import type { ProgramPort } from '#main/app/desk/program-port.ts';
import type { FailureLimit } from './failure-limit.ts';
import { judgeSource } from './request-source.rules.ts';
import type { Sessions, Tab } from './sessions.ts';

/** What decides who comes in. */
export interface Door {
	readonly port: number;
	readonly sessions: Sessions;
	readonly failures: FailureLimit;
	readonly program: ProgramPort;
}

/** An answer that turns a request away; it says which check, never what would have passed it. */
export interface TurnedAway {
	readonly status: 400 | 403 | 404 | 405 | 413 | 429;
	readonly reason: string;
}

/** Checks that come before anything of a request is looked at. */
export function checkSource(door: Door, request: IncomingMessage, isUpgrade = false): TurnedAway | null {
	const { host, origin, 'sec-fetch-site': site } = request.headers;
	const refusal = judgeSource({ method: request.method ?? '', host, origin, fetchSite: Array.isArray(site) ? site[0] : site }, door.port, isUpgrade);
	return refusal === null ? null : { status: 403, reason: refusal };
}

/** Counts a request that knew no secret. */
export function failed(door: Door, reason: string): TurnedAway {
	return door.failures.isOver() ? { status: 429, reason: 'TOO_MANY_FAILURES' } : { status: 403, reason };
}

/** The tab that a request comes from. */
export function tabOf(door: Door, request: IncomingMessage, secret: string | undefined): Tab | TurnedAway {
	return door.sessions.tab(cookieOf(door, request), secret) ?? failed(door, 'TAB');
}

/** Named by the port: another program of ours on this machine has the same cookies. */
export function cookieName(door: Pick<Door, 'port'>): string {
	return `ledgerseal-${door.port}`;
}

export function cookieOf(door: Pick<Door, 'port'>, request: IncomingMessage): string | undefined {
	const prefix = `${cookieName(door)}=`;
	return request.headers.cookie
		?.split(';')
		.map((part) => part.trim())
		.find((part) => part.startsWith(prefix))
		?.slice(prefix.length);
}
