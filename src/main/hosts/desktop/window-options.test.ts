import { expect, test } from 'vitest';
import { LEAST_SIZE, windowOptions } from './window-options.ts';

const surroundings = {
	bounds: { x: 10, y: 20, width: 1280, height: 800 },
	preload: '/program/out/preload/index.cjs',
	icon: '/program/resources/icons/icon.png',
	isDevelopment: false,
	isDark: false,
};

test('the page lives in a sandbox of its own, without Node, without the web beyond its own files', () => {
	expect(windowOptions(surroundings).webPreferences).toEqual({
		preload: '/program/out/preload/index.cjs',
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
		spellcheck: false,
		devTools: false,
		backgroundThrottling: false,
	});
});

test('developer tools are there in development only, and nothing else is loosened', () => {
	const released = windowOptions(surroundings).webPreferences;
	const development = windowOptions({ ...surroundings, isDevelopment: true }).webPreferences;
	expect(development).toEqual({ ...released, devTools: true });
});

test('a window opens where it is told, at no less than the tables need, and unseen until it has painted', () => {
	const options = windowOptions(surroundings);
	expect(options).toMatchObject({ x: 10, y: 20, width: 1280, height: 800, minWidth: LEAST_SIZE.width, minHeight: LEAST_SIZE.height, show: false });
	expect(windowOptions({ ...surroundings, isDark: true }).backgroundColor).not.toBe(options.backgroundColor);
});
