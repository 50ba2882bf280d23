import { ActionIcon, Group, SegmentedControl, Tooltip, useMantineColorScheme } from '@mantine/core';
import { LANGUAGES } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { LANGUAGE_NAMES, SCHEMES } from './view-choices.ts';

/** How this person likes to see the screens: language, light or dark. */
export function ViewMenu() {
	const text = useText();
	const { colorScheme, setColorScheme } = useMantineColorScheme();
	const { language, setLanguage } = useViewState();
	const now = SCHEMES.findIndex(({ scheme }) => scheme === colorScheme);
	const shown = SCHEMES[now] ?? SCHEMES[0];
	return (
		<Group gap="xs" wrap="nowrap">
			<SegmentedControl
				size="xs"
				aria-label={text('frame.language')}
				value={language}
				onChange={(value) => setLanguage(value)}
				data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
			/>
			<Tooltip label={text(shown.label)}>
				<ActionIcon
					variant="subtle"
					color="gray"
					aria-label={text('frame.theme', { now: text(shown.label) })}
					onClick={() => setColorScheme(SCHEMES[(now + 1) % SCHEMES.length]?.scheme ?? 'auto')}
				>
					<shown.Icon size={18} aria-hidden />
				</ActionIcon>
			</Tooltip>
		</Group>
	);
}
