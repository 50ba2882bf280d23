import { ActionIcon, Group, SegmentedControl, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';
import { LANGUAGES } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';

const SCHEMES = [
	{ scheme: 'auto', label: 'frame.theme.auto', Icon: IconSunMoon },
	{ scheme: 'light', label: 'frame.theme.light', Icon: IconSun },
	{ scheme: 'dark', label: 'frame.theme.dark', Icon: IconMoon },
] as const;
/** A language is named in itself. */
const LANGUAGE_NAMES = { en: 'English', mr: 'मराठी' } as const;

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
