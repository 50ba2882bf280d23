import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

export default defineConfig({
	testDir: 'e2e',
	// Emptied at each start: beside it lies the report of the unit tests.
	outputDir: 'test-results/journeys',
	fullyParallel: false,
	workers: 1,
	retries: 0,
	timeout: 60_000,
	forbidOnly: process.env.CI === 'true',
	reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
	use: {
		trace: 'retain-on-failure',
		launchOptions: existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] } : {},
	},
});
