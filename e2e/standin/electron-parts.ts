import type { app, BrowserWindow, dialog, Menu, Notification, powerMonitor, shell } from 'electron';

/** What a journey may use of Electron, with the runtime and with the stand-in alike. */
export interface ElectronParts {
	readonly app: typeof app;
	readonly BrowserWindow: typeof BrowserWindow;
	readonly dialog: typeof dialog;
	readonly Menu: typeof Menu;
	readonly Notification: typeof Notification;
	readonly powerMonitor: typeof powerMonitor;
	readonly shell: typeof shell;
}
