import type { ShortcutSection } from '#renderer/lib/shortcuts.ts';

export const JOURNAL_SHORTCUTS: readonly ShortcutSection[] = [
	{
		title: 'journal.help.list',
		keys: [
			[['↑', '↓', 'Page ↑', 'Page ↓', 'Home', 'End'], 'journal.help.move'],
			[['Enter'], 'journal.help.open'],
			[['/'], 'journal.help.search'],
			[['n'], 'journal.new'],
			[['i'], 'journal.import'],
		],
	},
	{
		title: 'journal.help.editor',
		keys: [
			[['Tab', 'Shift Tab'], 'journal.help.tab'],
			[['Enter'], 'journal.help.enter'],
			[['='], 'journal.help.balance'],
			[['mod Enter'], 'journal.help.post'],
			[['mod S'], 'journal.help.draft'],
			[['mod Shift Delete'], 'journal.help.remove'],
			[['mod V'], 'journal.help.paste'],
			[['Esc'], 'journal.help.leave'],
			[['5', '5/1', 't', 't-1'], 'journal.help.dates'],
			[['120+80', '(50)'], 'journal.help.sums'],
		],
	},
	{
		title: 'journal.help.entry',
		keys: [
			[['r'], 'journal.reverse'],
			[['c'], 'journal.correct'],
			[['Esc'], 'frame.back'],
		],
	},
];
