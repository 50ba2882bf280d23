import type { MenuItemConstructorOptions } from 'electron';
import { hasText, type Text } from './texts.ts';

type Item = MenuItemConstructorOptions;

/** What the items of the menu do. Those that ask do so in the window in front. */
export interface MenuActions {
	newWindow(): void;
	openFile(): void;
	ask(what: 'go' | 'print' | 'palette' | 'keyboardHelp', place?: string): void;
	openLogFolder(): void;
	openDataFolder(): void;
	openLicence(): void;
}

export interface MenuSurroundings {
	readonly text: Text;
	readonly platform: NodeJS.Platform;
	readonly isDevelopment: boolean;
	/** In the order of the frame; each has a text `frame.place.<place>`. */
	readonly places: readonly string[];
	readonly actions: MenuActions;
}

const SEPARATOR: Item = { type: 'separator' };
const SETTINGS = 'settings';

/** The menu of the application. Every item has a label of the catalogue: the ones Electron brings are English only. */
export function menuTemplate(surroundings: MenuSurroundings): Item[] {
	const { platform } = surroundings;
	return [
		...(platform === 'darwin' ? [applicationMenu(surroundings)] : []),
		fileMenu(surroundings),
		editMenu(surroundings),
		viewMenu(surroundings),
		goMenu(surroundings),
		windowMenu(surroundings),
		helpMenu(surroundings),
	];
}

function applicationMenu({ text, places, actions }: MenuSurroundings): Item {
	return {
		label: 'Ledgerseal',
		submenu: [
			{ role: 'about', label: text('desktop.menu.about') },
			...settings(places, text, actions),
			SEPARATOR,
			{ role: 'services', label: text('desktop.menu.services') },
			SEPARATOR,
			{ role: 'hide', label: text('desktop.menu.hide') },
			{ role: 'hideOthers', label: text('desktop.menu.hideOthers') },
			{ role: 'unhide', label: text('desktop.menu.showAll') },
			SEPARATOR,
			{ role: 'quit', label: text('desktop.menu.quit') },
		],
	};
}

function fileMenu({ text, platform, actions }: MenuSurroundings): Item {
	return {
		id: 'file',
		label: text('desktop.menu.file'),
		submenu: [
			{ id: 'newWindow', label: text('desktop.menu.newWindow'), accelerator: 'CmdOrCtrl+Shift+N', click: () => actions.newWindow() },
			{ id: 'openFile', label: text('desktop.menu.openFile'), accelerator: 'CmdOrCtrl+O', click: () => actions.openFile() },
			SEPARATOR,
			{ id: 'print', label: text('desktop.menu.print'), accelerator: 'CmdOrCtrl+P', click: () => actions.ask('print') },
			SEPARATOR,
			{ role: 'close', label: text('desktop.menu.closeWindow'), accelerator: 'CmdOrCtrl+W' },
			...(platform === 'darwin' ? [] : [{ role: 'quit', label: text('desktop.menu.quit'), accelerator: 'Ctrl+Q' } satisfies Item]),
		],
	};
}

function editMenu({ text }: MenuSurroundings): Item {
	return {
		id: 'edit',
		label: text('desktop.menu.edit'),
		submenu: [
			{ role: 'undo', label: text('desktop.menu.undo') },
			{ role: 'redo', label: text('desktop.menu.redo') },
			SEPARATOR,
			{ role: 'cut', label: text('desktop.menu.cut') },
			{ role: 'copy', label: text('desktop.menu.copy') },
			{ role: 'paste', label: text('desktop.menu.paste') },
			{ role: 'pasteAndMatchStyle', label: text('desktop.menu.pastePlain') },
			{ role: 'delete', label: text('desktop.menu.delete') },
			SEPARATOR,
			{ role: 'selectAll', label: text('desktop.menu.selectAll') },
		],
	};
}

function viewMenu({ text, isDevelopment, actions }: MenuSurroundings): Item {
	const forDevelopers: Item[] = [
		SEPARATOR,
		{ role: 'reload', label: text('desktop.menu.reload') },
		{ role: 'toggleDevTools', label: text('desktop.menu.developerTools') },
	];
	return {
		id: 'view',
		label: text('desktop.menu.view'),
		submenu: [
			{ id: 'palette', label: text('desktop.menu.palette'), accelerator: 'CmdOrCtrl+K', click: () => actions.ask('palette') },
			SEPARATOR,
			{ role: 'resetZoom', label: text('desktop.menu.actualSize') },
			{ role: 'zoomIn', label: text('desktop.menu.larger') },
			{ role: 'zoomOut', label: text('desktop.menu.smaller') },
			SEPARATOR,
			{ role: 'togglefullscreen', label: text('desktop.menu.fullScreen') },
			...(isDevelopment ? forDevelopers : []),
		],
	};
}

function goMenu({ text, platform, places, actions }: MenuSurroundings): Item {
	const numbered = places
		.filter((place) => place !== SETTINGS)
		.map((place, index): Item => ({ ...goTo(place, text, actions), accelerator: `CmdOrCtrl+${index + 1}` }));
	// On macOS the settings are where every program has them, in the menu of the application.
	return {
		id: 'go',
		label: text('desktop.menu.go'),
		submenu: platform === 'darwin' ? numbered : [...numbered, ...settings(places, text, actions)],
	};
}

function settings(places: readonly string[], text: Text, actions: MenuActions): Item[] {
	return places.includes(SETTINGS) ? [SEPARATOR, { ...goTo(SETTINGS, text, actions), accelerator: 'CmdOrCtrl+,' }] : [];
}

function goTo(place: string, text: Text, actions: MenuActions): Item {
	const key = `frame.place.${place}`;
	return { id: `go-${place}`, label: hasText(key) ? text(key) : place, click: () => actions.ask('go', place) };
}

function windowMenu({ text, platform }: MenuSurroundings): Item {
	const ofMac: Item[] = [{ role: 'zoom', label: text('desktop.menu.zoom') }, SEPARATOR, { role: 'front', label: text('desktop.menu.allToFront') }];
	return {
		role: 'window',
		label: text('desktop.menu.window'),
		submenu: [{ role: 'minimize', label: text('desktop.menu.minimise') }, ...(platform === 'darwin' ? ofMac : [])],
	};
}

function helpMenu({ text, platform, actions }: MenuSurroundings): Item {
	return {
		role: 'help',
		label: text('desktop.menu.help'),
		submenu: [
			{ id: 'keyboardHelp', label: text('desktop.menu.keyboard'), accelerator: 'F1', click: () => actions.ask('keyboardHelp') },
			SEPARATOR,
			{ id: 'logFolder', label: text('desktop.menu.logFolder'), click: () => actions.openLogFolder() },
			{ id: 'dataFolder', label: text('desktop.menu.dataFolder'), click: () => actions.openDataFolder() },
			SEPARATOR,
			{ id: 'licence', label: text('desktop.menu.licence'), click: () => actions.openLicence() },
			...(platform === 'darwin' ? [] : [{ role: 'about', label: text('desktop.menu.about') } satisfies Item]),
		],
	};
}
