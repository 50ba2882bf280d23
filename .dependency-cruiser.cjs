// Who may import whom (docs/ARCHITECTURE.md). Every rule here has a planted breach in scripts/prove-nets.ts: add both together.

/** In this order: a domain may import the front door of those before it, never of those after it. */
const DOMAINS = [
	'companies',
	'access',
	'audit',
	'periods',
	'ledger',
	'imports',
	'reconciliation',
	'reports',
	'close',
	'packages',
	'safekeeping',
	'email',
	'schedules',
];
const ANY_DOMAIN = `^src/main/(${DOMAINS.join('|')})/`;
const TESTS = '\\.(test|long)\\.tsx?$';
const DATABASE = 'node_modules/(better-sqlite3|drizzle-orm)/';
const ELECTRON = 'node_modules/(electron|electron-updater)/|^electron$';

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const domainOrder = DOMAINS.slice(0, -1).map((domain, index) =>
	rule(
		`order-${domain}`,
		`${domain} comes before ${DOMAINS.slice(index + 1).join(', ')}: it must not look forward.`,
		{ path: `^src/main/${domain}/` },
		{ path: `^src/main/(${DOMAINS.slice(index + 1).join('|')})/` },
	),
);

module.exports = {
	forbidden: [
		rule('no-cycle', 'No cycles, type-only imports included.', {}, { circular: true }),
		rule('no-unresolved', 'An import that leads nowhere hides from every other rule.', {}, { couldNotResolve: true }),
		rule(
			'no-development-package',
			'What ships needs only dependencies (electron is there at run time).',
			{ path: '^src/', pathNot: TESTS },
			{ dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'], pathNot: ELECTRON },
		),
		rule('no-test-in-product', 'What ships never imports what tests it.', { path: '^src/', pathNot: TESTS }, { path: `^(test|e2e|scripts|bench)/|${TESTS}` }),

		rule('kernel-alone', 'The kernel imports itself only.', { path: '^src/shared/kernel/', pathNot: TESTS }, { pathNot: '^src/shared/kernel/' }),
		rule(
			'contract-alone',
			'A contract needs shared, zod and the contract builder.',
			{ path: '^src/shared/contract/', pathNot: TESTS },
			{ pathNot: '^src/shared/|node_modules/(zod|@orpc/contract)/' },
		),
		rule('shared-alone', 'Shared code imports no process-specific code.', { path: '^src/shared/', pathNot: TESTS }, { path: '^(src/(?!shared/)|test/)' }),
		rule(
			'shared-without-packages',
			'Only contracts use packages.',
			{ path: '^src/shared/', pathNot: `^src/shared/contract/|${TESTS}` },
			{ path: 'node_modules/' },
		),
		rule('shared-without-node', 'Shared code runs in any engine.', { path: '^src/shared/', pathNot: TESTS }, { dependencyTypes: ['core'] }),

		rule(
			'platform-alone',
			'The platform knows no domain, no composition, no host.',
			{ path: '^src/main/platform/' },
			{ path: '^src/(?!shared/|main/platform/)' },
		),
		...domainOrder,
		rule(
			'front-door',
			'Another domain is reached through its index.ts only (rules reach other rules: rules-pure).',
			{ path: '^src/main/([^/]+)/', pathNot: '\\.rules\\.ts$' },
			{ path: ANY_DOMAIN, pathNot: ['^src/main/$1/', '^src/main/[^/]+/index\\.ts$'] },
		),
		rule(
			'domain-downward',
			'A domain knows no composition, no worker, no host.',
			{ path: ANY_DOMAIN },
			{ path: '^src/(main/(app|hosts)/|main/[^/]+\\.ts$|preload/|renderer/)' },
		),
		rule(
			'database-in-queries',
			'SQL lives in the platform and in *.queries.ts.',
			{ path: '^src/', pathNot: `^src/main/platform/|\\.queries\\.ts$|${TESTS}` },
			{ path: DATABASE },
		),
		rule(
			'rules-pure',
			'Rules decide from what they are given: shared code and other rules only.',
			{ path: '\\.rules\\.ts$' },
			{ pathNot: '^src/shared/|\\.rules\\.ts$' },
		),
		rule(
			'app-without-hosts',
			'The composition serves every host and knows none.',
			{ path: '^src/main/app/' },
			{ path: '^src/(main/hosts/|main/[^/]+\\.ts$|preload/|renderer/)' },
		),
		rule(
			'host-through-app',
			'A host needs the composition, the platform and shared.',
			{ path: '^src/main/hosts/([^/]+)/', pathNot: TESTS },
			{ path: '^src/', pathNot: ['^src/main/hosts/', '^src/main/(app|platform)/', '^src/shared/'] },
		),
		rule(
			'host-alone',
			'A host never imports another host.',
			{ path: '^src/main/hosts/([^/]+)/' },
			{ path: '^src/main/hosts/', pathNot: '^src/main/hosts/$1/' },
		),
		rule(
			'worker-through-app',
			'The worker starts from the composition, never from a host.',
			{ path: '^src/main/worker\\.ts$' },
			{ path: '^src/', pathNot: ['^src/main/(app|platform)/', '^src/shared/'] },
		),
		rule(
			'electron-in-desktop',
			'Electron is known to the desktop host and the preload only.',
			{ pathNot: '^src/(main/hosts/desktop|preload)/|^e2e/standin/' },
			{ path: ELECTRON },
		),
		rule(
			'preload-narrow',
			'The preload is one bridge: the contract and electron.',
			{ path: '^src/preload/', pathNot: TESTS },
			{ pathNot: `^src/(shared/contract|preload)/|${ELECTRON}` },
		),
		rule('renderer-alone', 'Screens know src/shared only.', { path: '^src/renderer/' }, { path: '^src/(?!shared/|renderer/)' }),
		rule('renderer-without-node', 'Screens run in a sandbox without Node.', { path: '^src/renderer/', pathNot: TESTS }, { dependencyTypes: ['core'] }),
		rule(
			'renderer-without-database',
			'Screens reach data through the contract.',
			{ path: '^src/renderer/' },
			{ path: 'node_modules/(better-sqlite3|drizzle-orm|keytar|yazl|yauzl)/' },
		),
		rule(
			'verify-alone',
			'The page that verifies in a browser knows src/shared only.',
			{ path: '^src/verify/', pathNot: TESTS },
			{ pathNot: '^src/(shared|verify)/' },
		),
		rule(
			'journeys-outside',
			'End-to-end journeys know the screens and src/shared only.',
			{ path: '^e2e/', pathNot: '^e2e/standin/' },
			{ path: '^src/(?!shared/)' },
		),
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(out|dist|coverage)/' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'node', 'types', 'default'],
			mainFields: ['module', 'main', 'types'],
		},
	},
};
