/** Device-independent pixels, as the system counts them. */
export interface Rectangle {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

/** How the last window was left. */
export interface WindowPlace extends Rectangle {
	readonly isMaximised: boolean;
}

const USUAL = { width: 1440, height: 900 } as const;
/** As much of a window's upper edge must lie on a screen that it can be taken hold of. */
const GRIP = { width: 160, height: 32 } as const;
const STEP = 28;

/** The place that was written down, or null where it is none (an older or a damaged file). */
export function readPlace(value: unknown): WindowPlace | null {
	if (typeof value !== 'object' || value === null) return null;
	const { x, y, width, height, isMaximised } = value as Record<string, unknown>;
	if (!isPixels(x) || !isPixels(y) || !isPixels(width) || !isPixels(height) || width < 1 || height < 1) return null;
	return { x, y, width, height, isMaximised: isMaximised === true };
}

/**
 * Where a window opens: where the last one was, as long as its upper edge can be reached on a screen that is there now; otherwise
 * in the middle of the first screen. Never larger than the screen. `others` are the windows that are open: a new one is moved
 * aside until it covers none of them exactly. `screens` are work areas, the main one first.
 */
export function placeWindow(saved: WindowPlace | null, screens: readonly Rectangle[], others: readonly Rectangle[] = []): WindowPlace {
	const main = screens[0];
	if (main === undefined) return { x: 0, y: 0, ...USUAL, isMaximised: false };
	const home = saved === null ? undefined : screens.find((screen) => canBeReached(fitted(saved, screen), screen));
	const place = saved !== null && home !== undefined ? fitted(saved, home) : centred(saved ?? USUAL, main);
	return { ...aside(place, home ?? main, others), isMaximised: saved?.isMaximised ?? false };
}

function canBeReached(window: Rectangle, screen: Rectangle): boolean {
	const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
	const below = screen.y + screen.height - window.y;
	return across >= Math.min(GRIP.width, window.width) && window.y >= screen.y && below >= GRIP.height;
}

function fitted(window: Rectangle, screen: Rectangle): Rectangle {
	return { x: window.x, y: window.y, width: Math.min(window.width, screen.width), height: Math.min(window.height, screen.height) };
}

function centred(size: { readonly width: number; readonly height: number }, screen: Rectangle): Rectangle {
	const width = Math.min(size.width, screen.width);
	const height = Math.min(size.height, screen.height);
	return { x: screen.x + Math.floor((screen.width - width) / 2), y: screen.y + Math.floor((screen.height - height) / 2), width, height };
}

function aside(place: Rectangle, screen: Rectangle, others: readonly Rectangle[]): Rectangle {
	let { x, y } = place;
	for (let moved = 0; moved < others.length && others.some((other) => other.x === x && other.y === y); moved++) {
		x += STEP;
		y += STEP;
		if (!canBeReached({ ...place, x, y }, screen)) ({ x, y } = screen);
	}
	return { ...place, x, y };
}

function isPixels(value: unknown): value is number {
	return typeof value === 'number' && Number.isSafeInteger(value);
}
