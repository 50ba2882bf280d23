import { describe, expect, it } from 'vitest';
import { pageTitle } from './page-title.ts';

describe('the name of a window', () => {
	it.each([
		[[], 'Ledgerseal'],
		[['All companies'], 'All companies – Ledgerseal'],
		[['Journal', '2026-02', 'Asha Traders'], 'Journal – 2026-02 – Asha Traders – Ledgerseal'],
		[['Journal', null, 'Asha Traders'], 'Journal – Asha Traders – Ledgerseal'],
	])('%j is "%s"', (parts, title) => {
		expect(pageTitle(parts)).toBe(title);
	});
});
