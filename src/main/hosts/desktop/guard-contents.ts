import { app, type Session, shell, type WebContents } from 'electron';
import { allowedLink, mayNavigate, mayUse, type OwnPages } from './own-address.ts';

/** Tells the log what a page tried. */
export type Refused = (what: string, address: string) => void;

/** Holds every page that will ever be, windows of the program and whatever a page might try to open, to the program's own pages. */
export function guardContents(pages: OwnPages, refused: Refused): void {
	app.on('web-contents-created', (_created, contents) => guard(contents, pages, refused));
}

/** No camera, no location, no devices, no downloads beside the desk: what a page may use is decided in own-address.ts. */
export function refusePermissions(session: Session, pages: OwnPages, refused: Refused): void {
	session.setPermissionRequestHandler((contents, permission, answer, { requestingUrl }) => {
		const isAllowed = mayUse(permission, requestingUrl, pages);
		if (!isAllowed) refused(`permission ${permission}`, contents.getURL());
		answer(isAllowed);
	});
	// Asked all the time and without a person having done anything: not worth a line of the log.
	session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin, pages));
	session.setDevicePermissionHandler(() => false);
	session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
	session.on('will-download', (event, item) => {
		event.preventDefault();
		refused('download', item.getURL());
	});
}

function guard(contents: WebContents, pages: OwnPages, refused: Refused): void {
	const hold = (details: { readonly url: string; readonly isMainFrame: boolean; preventDefault(): void }): void => {
		if (mayNavigate(details.url, details.isMainFrame, pages)) return;
		details.preventDefault();
		refused('navigation', details.url);
	};
	contents.on('will-frame-navigate', hold);
	contents.on('will-redirect', hold);
	contents.on('will-attach-webview', (event) => {
		event.preventDefault();
		refused('webview', contents.getURL());
	});
	contents.setWindowOpenHandler(({ url }) => {
		const link = allowedLink(url);
		if (link === null) refused('new window', url);
		else void shell.openExternal(link).catch(() => refused('link', link));
		return { action: 'deny' };
	});
}
