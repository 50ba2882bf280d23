import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import type { HostName } from './e2e/support/host-name.ts';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

export default defineConfig<object, { host: HostName }>({
	testDir: 'e2e',
	// Emptied at each start: beside it lies the report of the unit tests.
	outputDir: 'test-results/journeys',
	fullyParallel: false,
	workers: 2,
	// On a machine that does other work a journey may come late; one that needs its second try is reported as flaky.
	retries: 1,
	timeout: 120_000,
	// Patient: other work may keep the machine busy.
	expect: { timeout: 20_000 },
	forbidOnly: process.env.CI === 'true',
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	// Every journey runs on the desktop host, but for what only a browser decides; those tagged @browser run unchanged on the browser host too.
	projects: [
		{ name: 'page', testMatch: 'verify-page.spec.ts' },
		{ name: 'desktop', testIgnore: ['verify-page.spec.ts', 'browser-*.spec.ts'], use: { host: 'desktop' } },
		{ name: 'browser', testIgnore: 'verify-page.spec.ts', grep: /@browser/, use: { host: 'browser' } },
	],
	use: {
		// A trace takes as long as the journey itself: `--trace retain-on-failure` where one fails and its last picture does not say why.
		trace: 'off',
		launchOptions: existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] } : {},
	},
});
