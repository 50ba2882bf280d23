import { createTheme, defaultVariantColorsResolver, type VariantColorsResolver } from '@mantine/core';

/** Text on a light tint of its own colour, dark or bright enough to be read (AA) on both schemes. */
const readableTints: VariantColorsResolver = (input) => {
	const colors = defaultVariantColorsResolver(input);
	if (input.variant !== 'light' || !input.color || !/^[a-z]+$/.test(input.color)) return colors;
	const dark = `color-mix(in srgb, var(--mantine-color-${input.color}-9) 70%, black)`;
	return { ...colors, color: `light-dark(${dark}, var(--mantine-color-${input.color}-2))` };
};

/** Calm and dense: people look at tables all day. System fonts, which have Devanagari on Windows and macOS. */
export const theme = createTheme({
	primaryColor: 'indigo',
	defaultRadius: 'sm',
	fontFamily: "'Segoe UI', -apple-system, BlinkMacSystemFont, 'Noto Sans', 'Nirmala UI', 'Kohinoor Devanagari', 'Noto Sans Devanagari', sans-serif",
	fontSizes: { xs: '0.72rem', sm: '0.8rem', md: '0.875rem', lg: '1rem', xl: '1.2rem' },
	spacing: { xs: '0.4rem', sm: '0.6rem', md: '0.9rem', lg: '1.2rem', xl: '1.8rem' },
	headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.35rem' }, h2: { fontSize: '1.1rem' }, h3: { fontSize: '0.95rem' } } },
	cursorType: 'pointer',
	// The shades that give text its contrast (AA) on both schemes.
	primaryShade: { light: 7, dark: 7 },
	autoContrast: true,
	variantColorResolver: readableTints,
	components: {
		Button: { defaultProps: { size: 'sm' } },
		TextInput: { defaultProps: { size: 'sm' } },
		Select: { defaultProps: { size: 'sm' } },
		Modal: { styles: { title: { fontWeight: 600 } } },
		// Named, so that the resolver above sees to its text.
		NavLink: { defaultProps: { color: 'indigo', variant: 'light' } },
		Tooltip: { defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } },
	},
});
