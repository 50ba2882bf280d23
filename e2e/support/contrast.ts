/** Texts whose contrast with what lies behind them is below 4.5 (WCAG 2.2, 1.4.3). Runs in the page. */
export function faintTexts(): string[] {
	const channels = (colour: string): number[] => (/rgba?\(([^)]+)\)/.exec(colour)?.[1] ?? '0,0,0,0').split(/[ ,/]+/).map(Number);
	const luminance = (colour: readonly number[]): number => {
		const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
			const share = channel / 255;
			return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
		});
		return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
	};
	const groundOf = (start: Element | null): number[] => {
		for (let part = start; part !== null; part = part.parentElement) {
			const colour = channels(getComputedStyle(part).backgroundColor);
			if ((colour[3] ?? 1) === 1) return colour;
		}
		return [255, 255, 255];
	};
	const faint: string[] = [];
	const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
		const parent = node.parentElement;
		if (parent === null || (node.textContent ?? '').trim() === '' || !parent.checkVisibility()) continue;
		const [light = 0, dark = 0] = [luminance(channels(getComputedStyle(parent).color)), luminance(groundOf(parent))].sort((one, other) => other - one);
		const ratio = (light + 0.05) / (dark + 0.05);
		if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${(node.textContent ?? '').slice(0, 40)}`);
	}
	return faint;
}
