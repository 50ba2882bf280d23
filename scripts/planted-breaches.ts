/** A file that breaks one rule, and what each net must say of it. */
export type Breach = { readonly rule: string; readonly file: string; readonly source: string };

const imports = (...specifiers: string[]): string =>
	`${specifiers.map((specifier, index) => `import { planted as planted${index} } from '${specifier}';`).join('\n')}\nexport const planted = 1;\n`;
const typeImport = (specifier: string): string => `import type { Planted } from '${specifier}';\nexport type Mine = Planted;\n`;

/** In the order that .dependency-cruiser.cjs binds. */
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

/** Every domain that looks at the next one breaks the rule of its own name. */
const ORDER_BREACHES: readonly Breach[] = DOMAINS.slice(0, -1).flatMap((domain, index) => [
	{ rule: `order-${domain}`, file: `src/main/${domain}/looks-forward.ts`, source: imports(`#main/${DOMAINS[index + 1]}/index.ts`) },
	{ rule: `order-${domain}`, file: `src/main/${domain}/looks-far-forward.ts`, source: typeImport(`#main/${DOMAINS.at(-1)}/index.ts`) },
]);

export const IMPORT_BREACHES: readonly Breach[] = [
	...ORDER_BREACHES,
	{ rule: 'no-cycle', file: 'src/main/platform/cycle-one.ts', source: imports('./cycle-two.ts') },
	{ rule: 'no-cycle', file: 'src/shared/kernel/type-cycle-one.ts', source: `${typeImport('./type-cycle-two.ts')}export type Planted = 1;\n` },
	{ rule: 'no-unresolved', file: 'src/main/platform/unresolved.ts', source: imports('./nowhere.ts') },
	{ rule: 'no-development-package', file: 'src/main/platform/development-package.ts', source: imports('fast-check') },
	{ rule: 'no-test-in-product', file: 'src/main/platform/test-helper.ts', source: imports('#test/builders.ts') },
	{ rule: 'no-test-in-product', file: 'src/main/platform/test-module.ts', source: imports('./some.test.ts') },
	{ rule: 'kernel-alone', file: 'src/shared/kernel/upward.ts', source: imports('#shared/seal/chain.ts') },
	{ rule: 'kernel-alone', file: 'src/shared/kernel/package.ts', source: typeImport('zod') },
	{ rule: 'contract-alone', file: 'src/shared/contract/package.ts', source: imports('yazl') },
	{ rule: 'shared-alone', file: 'src/shared/contract/process-specific.ts', source: typeImport('#main/ledger/index.ts') },
	{ rule: 'shared-without-packages', file: 'src/shared/seal/package.ts', source: imports('zod') },
	{ rule: 'shared-without-node', file: 'src/shared/seal/node.ts', source: `import { createHash } from 'node:crypto';\nexport const planted = createHash;\n` },
	{ rule: 'platform-alone', file: 'src/main/platform/knows-domain.ts', source: typeImport('#main/ledger/index.ts') },
	{ rule: 'platform-alone', file: 'src/main/platform/knows-host.ts', source: imports('#main/hosts/terminal/program.ts') },
	{ rule: 'front-door', file: 'src/main/close/back-door.ts', source: imports('#main/ledger/ledger.service.ts') },
	{ rule: 'front-door', file: 'src/main/app/back-door.ts', source: typeImport('#main/ledger/ledger.service.ts') },
	{ rule: 'domain-downward', file: 'src/main/ledger/knows-app.ts', source: imports('#main/app/router.ts') },
	{ rule: 'domain-downward', file: 'src/main/ledger/knows-worker.ts', source: imports('#main/worker.ts') },
	{ rule: 'database-in-queries', file: 'src/main/ledger/posting.service.ts', source: imports('better-sqlite3') },
	{ rule: 'database-in-queries', file: 'src/main/ledger/typed.service.ts', source: typeImport('drizzle-orm') },
	{ rule: 'database-in-queries', file: 'src/main/app/deep.ts', source: imports('drizzle-orm/sqlite-core') },
	{
		rule: 'rules-pure',
		file: 'src/main/ledger/clock.rules.ts',
		source: `import { performance } from 'node:perf_hooks';\nexport const planted = performance;\n`,
	},
	{ rule: 'rules-pure', file: 'src/main/ledger/reading.rules.ts', source: typeImport('./ledger.service.ts') },
	{ rule: 'app-without-hosts', file: 'src/main/app/knows-host.ts', source: imports('#main/hosts/terminal/program.ts') },
	{ rule: 'host-through-app', file: 'src/main/hosts/terminal/knows-domain.ts', source: typeImport('#main/ledger/index.ts') },
	{ rule: 'host-alone', file: 'src/main/hosts/desktop/knows-host.ts', source: typeImport('#main/hosts/terminal/program.ts') },
	{ rule: 'worker-through-app', file: 'src/main/worker.ts', source: imports('#main/hosts/terminal/program.ts') },
	{ rule: 'electron-in-desktop', file: 'src/main/hosts/terminal/electron.ts', source: imports('electron') },
	{ rule: 'electron-in-desktop', file: 'src/main/app/electron-type.ts', source: typeImport('electron') },
	{ rule: 'preload-narrow', file: 'src/preload/node.ts', source: `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n` },
	{ rule: 'preload-narrow', file: 'src/preload/kernel.ts', source: imports('#shared/kernel/money.ts') },
	{ rule: 'renderer-alone', file: 'src/renderer/app/knows-main.tsx', source: typeImport('#main/ledger/index.ts') },
	{
		rule: 'renderer-without-node',
		file: 'src/renderer/app/node.ts',
		source: `import { readFileSync } from 'node:fs';\nexport const planted = readFileSync;\n`,
	},
	{ rule: 'renderer-without-database', file: 'src/renderer/app/database.ts', source: typeImport('drizzle-orm') },
	{ rule: 'verify-alone', file: 'src/verify/knows-main.ts', source: typeImport('#main/packages/index.ts') },
	{ rule: 'verify-alone', file: 'src/verify/package.ts', source: imports('zod') },
	{ rule: 'journeys-outside', file: 'e2e/knows-main.spec.ts', source: imports('#main/ledger/index.ts') },
];

/** What the planted breaches lead to, and what is allowed: no import rule may speak of these. */
export const LAWFUL: Readonly<Record<string, string>> = {
	'src/shared/kernel/money.ts': `export type Planted = 1;\nexport const planted = 1;\n`,
	// The second halves of the cycles: each cycle is reported once, at its first module.
	'src/main/platform/cycle-two.ts': imports('./cycle-one.ts'),
	'src/shared/kernel/type-cycle-two.ts': `${typeImport('./type-cycle-one.ts')}export type Planted = 1;\n`,
	'src/shared/seal/chain.ts': imports('#shared/kernel/money.ts'),
	'src/shared/contract/ledger.contract.ts': `import { oc } from '@orpc/contract';\nimport { z } from 'zod';\nexport const planted = oc.input(z.string());\n`,
	'src/main/platform/database.ts': `import Database from 'better-sqlite3';\nimport { readFileSync } from 'node:fs';\nexport const planted = [Database, readFileSync];\n`,
	'src/main/platform/some.test.ts': imports('#test/builders.ts', 'fast-check'),
	'src/main/ledger/ledger.queries.ts': `import { sql } from 'drizzle-orm';\nexport const planted = sql;\n`,
	'src/main/ledger/ledger.rules.ts': imports('#shared/kernel/money.ts'),
	'src/main/imports/assembler.rules.ts': imports('#main/ledger/ledger.rules.ts'),
	'src/main/ledger/ledger.service.ts': imports(
		'./ledger.queries.ts',
		'./ledger.rules.ts',
		'#main/platform/database.ts',
		'#main/companies/index.ts',
		'#shared/seal/chain.ts',
	),
	'src/main/app/router.ts': imports('#main/ledger/index.ts', '#main/schedules/index.ts', '#shared/contract/ledger.contract.ts'),
	'src/main/hosts/terminal/program.ts': imports('#main/app/router.ts', '#main/platform/database.ts'),
	'src/main/hosts/desktop/window.ts': imports('electron', '#main/app/router.ts'),
	'src/preload/bridge.ts': imports('electron', '#shared/contract/ledger.contract.ts'),
	'src/verify/page.ts': imports('#shared/seal/chain.ts'),
	'src/renderer/app/screen.tsx': imports('#shared/contract/ledger.contract.ts'),
	'test/builders.ts': `export const planted = 1;\n`,
	...Object.fromEntries(DOMAINS.map((domain) => [`src/main/${domain}/index.ts`, `export type Planted = 1;\nexport const planted = 1;\n`])),
};

/** `rule` is the tsconfig that must refuse the file. */
export const TYPE_BREACHES: readonly Breach[] = [
	{ rule: 'tsconfig.shared.json', file: 'src/shared/seal/uses-node.ts', source: `export const planted = process.cwd();\n` },
	{ rule: 'tsconfig.shared.json', file: 'src/shared/seal/uses-buffer.ts', source: `export const planted = Buffer.alloc(1);\n` },
	{ rule: 'tsconfig.shared.json', file: 'src/shared/seal/uses-dom.ts', source: `export const planted = document.title;\n` },
	{ rule: 'tsconfig.main.json', file: 'src/main/app/uses-dom.ts', source: `export const planted = document.title;\n` },
	{ rule: 'tsconfig.main.json', file: 'src/main/app/unchecked-index.ts', source: `export const planted = (words: string[]): string => words[0];\n` },
	{ rule: 'tsconfig.main.json', file: 'src/main/app/not-erasable.ts', source: `export enum Planted {\n\tOne,\n}\n` },
	{ rule: 'tsconfig.renderer.json', file: 'src/renderer/app/uses-node.ts', source: `export const planted = process.cwd();\n` },
	{ rule: 'tsconfig.verify.json', file: 'src/verify/uses-node.ts', source: `export const planted = process.cwd();\n` },
	{ rule: 'tsconfig.e2e.json', file: 'e2e/unchecked-index.ts', source: `export const planted = (words: string[]): string => words[0];\n` },
];

/** `rule` is the lint rule that must refuse the file. */
export const LINT_BREACHES: readonly Breach[] = [
	{
		rule: 'no-floating-promises',
		file: 'src/main/app/floating.ts',
		source: `async function later(): Promise<void> {\n\tawait Promise.resolve();\n}\nexport function planted(): void {\n\tlater();\n}\n`,
	},
	{
		rule: 'no-misused-promises',
		file: 'src/main/app/misused.ts',
		source: `export const planted = (later: () => Promise<boolean>): number => (later() ? 1 : 2);\n`,
	},
	{ rule: 'no-explicit-any', file: 'src/main/app/any.ts', source: `export const planted = (value: any): string => String(value);\n` },
	{ rule: 'no-default-export', file: 'src/main/app/default-export.ts', source: `export default 1;\n` },
	{ rule: 'no-restricted-globals', file: 'src/main/ledger/now.rules.ts', source: `export const planted = (): number => Date.now();\n` },
	{
		rule: 'no-focused-tests',
		file: 'src/main/app/focused.test.ts',
		source: `import { expect, it } from 'vitest';\nit.only('plants', () => {\n\texpect(1).toBe(1);\n});\n`,
	},
	{
		rule: 'no-disabled-tests',
		file: 'src/main/app/disabled.test.ts',
		source: `import { expect, it } from 'vitest';\nit.skip('plants', () => {\n\texpect(1).toBe(1);\n});\n`,
	},
];
