import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import english from '#resources/messages/en/close.json' with { type: 'json' };

/** Where issues of a validation are made. */
const SOURCES = ['src/main/close/validation.rules.ts', 'src/main/close/handlers.ts', 'src/main/reconciliation/at-close/reconciliation-issues.rules.ts'];
const CODE = /'([A-Z]+(?:_[A-Z]+)+)'/g;
/** Said of things that are no issues: subtypes, and what an open period never says. */
const NO_ISSUE = new Set(['OPENING_EQUITY', 'PERIOD_DATE_INVALID', 'RETAINED_EARNINGS', 'SESSION_NOT_ACTIVE', 'KEY_UNAVAILABLE', 'DISK_FULL']);

const codes = [...new Set(SOURCES.flatMap((source) => [...readFileSync(source, 'utf8').matchAll(CODE)].map(([, code]) => code ?? '')))].filter(
	(code) => !NO_ISSUE.has(code),
);

describe('an issue of a close', () => {
	it('is found in the sources', () => {
		expect(codes.length).toBeGreaterThan(25);
	});

	it.each(codes)('%s has words and a next step on the screen', (code) => {
		expect(english).toHaveProperty([`close.issue.${code}`]);
		expect(english).toHaveProperty([`close.issue.${code}.next`]);
	});
});
