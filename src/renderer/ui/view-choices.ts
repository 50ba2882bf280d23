import { IconMoon, IconSun, IconSunMoon } from '@tabler/icons-react';

export const SCHEMES = [
	{ scheme: 'auto', label: 'frame.theme.auto', Icon: IconSunMoon },
	{ scheme: 'light', label: 'frame.theme.light', Icon: IconSun },
	{ scheme: 'dark', label: 'frame.theme.dark', Icon: IconMoon },
] as const;

/** A language is named in itself. */
export const LANGUAGE_NAMES = { en: 'English', mr: 'मराठी' } as const;
