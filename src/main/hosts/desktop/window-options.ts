import type { BrowserWindowConstructorOptions } from 'electron';
import type { Rectangle } from './window-place.ts';

export interface WindowSurroundings {
	readonly bounds: Rectangle;
	/** Absolute paths. */
	readonly preload: string;
	readonly icon: string;
	/** Developer tools only then. */
	readonly isDevelopment: boolean;
	/** What is seen until the page has painted. */
	readonly isDark: boolean;
}

/** The least that the tables of the screens need. */
export const LEAST_SIZE = { width: 960, height: 600 } as const;

/** How every window is made. The page is treated as what it may become: a stranger that shows the books. */
export function windowOptions({ bounds, preload, icon, isDevelopment, isDark }: WindowSurroundings): BrowserWindowConstructorOptions {
	return {
		...bounds,
		minWidth: LEAST_SIZE.width,
		minHeight: LEAST_SIZE.height,
		title: 'Ledgerseal',
		icon,
		// Shown when the page has painted, so that nobody looks at an empty frame.
		show: false,
		backgroundColor: isDark ? '#1a1b1e' : '#ffffff',
		webPreferences: {
			preload,
			contextIsolation: true,
			sandbox: true,
			nodeIntegration: false,
			nodeIntegrationInWorker: false,
			nodeIntegrationInSubFrames: false,
			webSecurity: true,
			allowRunningInsecureContent: false,
			experimentalFeatures: false,
			webviewTag: false,
			plugins: false,
			navigateOnDragDrop: false,
			safeDialogs: true,
			// Its dictionaries are fetched from a server, and names and account codes are no words.
			spellcheck: false,
			devTools: isDevelopment,
			// A build or an import goes on and is shown while the window is behind another one.
			backgroundThrottling: false,
		},
	};
}
