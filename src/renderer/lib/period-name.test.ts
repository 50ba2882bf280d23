import { expect, it } from 'vitest';
import { speaker } from './messages.ts';
import { shownPeriod } from './period-name.ts';

it.each([
	['opening', 'en', 'Opening balances'],
	['opening', 'mr', 'आरंभीच्या शिलका'],
	['2026-01', 'en', '2026-01'],
	['FY2026', 'mr', 'FY2026'],
] as const)('%s is called in %s: %s', (name, language, shown) => {
	expect(shownPeriod(name, speaker(language))).toBe(shown);
});
