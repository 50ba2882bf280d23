/** Where a request says that it comes from. */
export interface RequestSource {
	readonly method: string;
	readonly host: string | undefined;
	readonly origin: string | undefined;
	/** Sec-Fetch-Site: sent by browsers, and no page can change it. */
	readonly fetchSite: string | undefined;
}

export type SourceRefusal = 'HOST' | 'ORIGIN' | 'SITE';

/**
 * Judges where a request comes from; null where it may go on. Host: only our address under one of its two names, so that a foreign name which
 * resolves to 127.0.0.1 (DNS rebinding) reaches nothing. Origin: our own; it must be there wherever something is changed, and on an upgrade.
 * Sec-Fetch-Site: same-origin, or none (a person opened the address).
 */
export function judgeSource({ method, host, origin, fetchSite }: RequestSource, port: number, isUpgrade = false): SourceRefusal | null {
	if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return 'HOST';
	const isReading = (method === 'GET' || method === 'HEAD') && !isUpgrade;
	if (origin === undefined ? !isReading : origin !== `http://${host}`) return 'ORIGIN';
	if (fetchSite !== undefined && fetchSite !== 'same-origin' && !(isReading && fetchSite === 'none')) return 'SITE';
	return null;
}
