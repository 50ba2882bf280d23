import { Group, Kbd, Modal, SimpleGrid, Table, Title } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { JOURNAL_SHORTCUTS } from '#renderer/features/journal/shortcuts.ts';
import { type DeskEvent, useDeskEvents } from '#renderer/lib/events.ts';
import type { ShortcutSection } from '#renderer/lib/shortcuts.ts';
import { useText } from '#renderer/lib/texts.ts';

const FRAME_SHORTCUTS: readonly ShortcutSection[] = [
	{
		title: 'frame.help.everywhere',
		keys: [
			[['mod K'], 'frame.search'],
			[['F1', 'mod ?', '?'], 'frame.help'],
			[['Alt ←'], 'frame.back'],
		],
	},
];

/** What keys there are. Each feature adds its own table here. */
const SECTIONS: readonly ShortcutSection[] = [...FRAME_SHORTCUTS, ...JOURNAL_SHORTCUTS];

/** The overlay with all shortcuts: F1, Ctrl/Cmd-?, or ? outside of a field. */
export function KeyboardHelp() {
	const text = useText();
	const [isOpen, setOpen] = useState(false);
	useDeskEvents(useCallback((event: DeskEvent) => event.kind === 'ask' && event.what === 'keyboardHelp' && setOpen(true), []));
	useEffect(() => {
		const listen = (event: KeyboardEvent): void => {
			if (!asksForHelp(event)) return;
			event.preventDefault();
			setOpen((now) => !now);
		};
		document.addEventListener('keydown', listen);
		return () => document.removeEventListener('keydown', listen);
	}, []);
	return (
		<Modal opened={isOpen} onClose={() => setOpen(false)} size="xl" title={text('frame.help')} closeButtonProps={{ 'aria-label': text('frame.close') }}>
			<SimpleGrid cols={2} spacing="xl">
				{SECTIONS.map((section) => (
					<ShortcutTable key={section.title} section={section} />
				))}
			</SimpleGrid>
		</Modal>
	);
}

function asksForHelp(event: KeyboardEvent): boolean {
	const isModified = event.ctrlKey || event.metaKey;
	const isInField = event.target instanceof HTMLElement && ['INPUT', 'TEXTAREA', 'SELECT'].includes(event.target.tagName);
	return event.key === 'F1' || (isModified && (event.key === '?' || event.key === '/')) || (event.key === '?' && !isModified && !isInField);
}

function ShortcutTable({ section }: { readonly section: ShortcutSection }) {
	const text = useText();
	const modifier = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';
	return (
		<section>
			<Title order={3} pb={4}>
				{text(section.title)}
			</Title>
			<Table verticalSpacing={3} horizontalSpacing={0} fz="sm">
				<Table.Tbody>
					{section.keys.map(([keys, meaning]) => (
						<Table.Tr key={`${keys.join()} ${meaning}`}>
							<Table.Td w={170}>
								<Group gap={4}>
									{keys.map((key) => (
										<Kbd key={key} size="xs">
											{key.replace('mod', modifier)}
										</Kbd>
									))}
								</Group>
							</Table.Td>
							<Table.Td>{text(meaning)}</Table.Td>
						</Table.Tr>
					))}
				</Table.Tbody>
			</Table>
		</section>
	);
}
