/** The scheme and the host that the program's own pages come from; nothing else is ever shown in a window. */
export const OWN_SCHEME = 'ledgerseal';
export const OWN_HOST = 'app';
export const OWN_PAGE = `${OWN_SCHEME}://${OWN_HOST}/`;

/** The pages that a window may show: the program's own, and in development the ones of the dev server. */
export interface OwnPages {
	/** Where a window begins. */
	readonly start: string;
}

/** `developmentServer` is what electron-vite says; a packaged program ignores it, or any environment could bring pages of its own. */
export function ownPages(developmentServer: string | undefined, isPackaged: boolean): OwnPages {
	return { start: isPackaged || !developmentServer ? OWN_PAGE : new URL('/', developmentServer).href };
}

/** Is it an address of the program's own pages? Scheme, host and port decide: the path is the page's own business. */
export function isOwnAddress(address: string, pages: OwnPages): boolean {
	const asked = parsed(address);
	const own = parsed(pages.start);
	// `origin` is "null" for every scheme that the parser does not know, so that it would compare equal for strangers.
	return asked !== null && own !== null && asked.protocol === own.protocol && asked.host === own.host && asked.username === '' && asked.password === '';
}

/** May the frame go there? Only to the same pages, and only the window's own frame: the program has no frames in frames. */
export function mayNavigate(address: string, isMainFrame: boolean, pages: OwnPages): boolean {
	return isMainFrame && isOwnAddress(address, pages);
}

/** What a page asks the system for: to copy its own text for the person, and nothing else. */
export function mayUse(permission: string, address: string, pages: OwnPages): boolean {
	return permission === 'clipboard-sanitized-write' && isOwnAddress(address, pages);
}

/** What may be opened in the system's browser: whole addresses that the program itself names, nothing built from data. */
export const LICENCE = 'https://www.apache.org/licenses/LICENSE-2.0';
const LINKS: readonly string[] = [LICENCE, 'https://datatracker.ietf.org/doc/html/rfc8493', 'https://openfontlicense.org/'];

/** The address to hand to the system, or null where it is none of ours. A fragment may point into the document. */
export function allowedLink(address: string): string | null {
	const asked = parsed(address);
	if (asked === null) return null;
	const withoutFragment = new URL(asked.href);
	withoutFragment.hash = '';
	return LINKS.some((link) => new URL(link).href === withoutFragment.href) ? asked.href : null;
}

/** What Electron tells of the frame that sent a message. */
export interface SendingFrame {
	readonly url: string;
	/** null for a window's own frame. */
	readonly parent: object | null;
}

/** Why a message is not listened to, or null. `frame` is null once the frame has gone to another page or was closed. */
export function senderRefusal(frame: SendingFrame | null, pages: OwnPages): string | null {
	if (frame === null) return 'the page that asked is gone';
	if (frame.parent !== null) return 'a frame inside a page asked';
	if (!isOwnAddress(frame.url, pages)) return 'a page that is none of the program asked';
	return null;
}

function parsed(address: string): URL | null {
	return URL.canParse(address) ? new URL(address) : null;
}
