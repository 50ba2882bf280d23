import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { PLACES } from '#shared/contract/places.ts';
import { menuTemplate } from './menu-template.ts';
import { type Language, speaker } from './texts.ts';

type Item = MenuItemConstructorOptions;

interface Chosen {
	readonly asked: string[];
	readonly template: Item[];
}

function menu(platform: NodeJS.Platform, { isDevelopment = false, language = 'en' }: { isDevelopment?: boolean; language?: Language } = {}): Chosen {
	const asked: string[] = [];
	const template = menuTemplate({
		text: speaker(language),
		platform,
		isDevelopment,
		places: [...PLACES, 'settings'].filter((place, index, all) => all.indexOf(place) === index),
		actions: {
			newWindow: () => asked.push('newWindow'),
			openFile: () => asked.push('openFile'),
			ask: (what, place) => asked.push(place === undefined ? what : `${what} ${place}`),
			openLogFolder: () => asked.push('logFolder'),
			openDataFolder: () => asked.push('dataFolder'),
			openLicence: () => asked.push('licence'),
		},
	});
	return { asked, template };
}

function items(template: readonly Item[]): Item[] {
	return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
}

/** Presses an item as Electron would, and says what it asked for. */
function press(id: string): string[] {
	const { asked, template } = menu('linux');
	const item = items(template).find((each) => each.id === id);
	(item?.click as (() => void) | undefined)?.();
	return asked;
}

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
	test.each(['en', 'mr'] as const)('has a text for every item in %s', (language) => {
		const named = items(menu(platform, { language, isDevelopment: true }).template).filter((item) => item.type !== 'separator');
		for (const item of named) expect(item.label?.trim()).toBeTruthy();
		const letters = language === 'mr' ? /\p{Script=Devanagari}/u : /[A-Za-z]/;
		expect(named.filter((item) => item.label !== 'Ledgerseal' && !letters.test(item.label ?? ''))).toEqual([]);
	});

	test('gives each accelerator once', () => {
		const accelerators = items(menu(platform).template).flatMap((item) => item.accelerator ?? []);
		expect(new Set(accelerators).size).toBe(accelerators.length);
	});

	test('has developer tools in development only', () => {
		const roles = (isDevelopment: boolean) => items(menu(platform, { isDevelopment }).template).map((item) => item.role);
		expect(roles(true)).toContain('toggleDevTools');
		expect(roles(false)).not.toContain('toggleDevTools');
		expect(roles(false)).not.toContain('reload');
	});

	test('can be quit, and shows the settings once', () => {
		const all = items(menu(platform).template);
		expect(all.filter((item) => item.role === 'quit')).toHaveLength(1);
		expect(all.filter((item) => item.id === 'go-settings')).toHaveLength(1);
	});
});

test.each<[string, string[]]>([
	['newWindow', ['newWindow']],
	['openFile', ['openFile']],
	['print', ['print']],
	['palette', ['palette']],
	['keyboardHelp', ['keyboardHelp']],
	['logFolder', ['logFolder']],
	['dataFolder', ['dataFolder']],
	['licence', ['licence']],
	['go-settings', ['go settings']],
	...PLACES.map((place): [string, string[]] => [`go-${place}`, [`go ${place}`]]),
])('%s asks for %j', (id, asked) => {
	expect(press(id)).toEqual(asked);
});
