import { defineConfig } from 'vitest/config';

/** `npm run test:long`: the fault and property suites at their full counts. */
export default defineConfig({
	test: {
		include: ['src/**/*.long.ts', 'test/**/*.long.ts'],
		globalSetup: ['test/supported-node.ts'],
		pool: 'forks',
		testTimeout: 3_600_000,
		hookTimeout: 60_000,
	},
});
