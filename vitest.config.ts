import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'test/**/*.test.ts', 'scripts/**/*.test.ts'],
		globalSetup: ['test/supported-node.ts'],
		// Processes: a fault in native code takes one test file with it, and says which.
		pool: 'forks',
		testTimeout: 60_000,
		hookTimeout: 60_000,
		restoreMocks: true,
	},
});
