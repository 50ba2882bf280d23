/** Which rows are in sight, for rows of one height. */
export interface RowWindow {
	/** First row in the document. */
	readonly first: number;
	/** The one behind the last. */
	readonly end: number;
	/** Where the first of them stands, in pixels from the top of the canvas. */
	readonly top: number;
	/** Height of the canvas that is scrolled. */
	readonly canvas: number;
}

/** Browsers end an element at about 33.5 (Chromium) or 17.9 (Firefox) million pixels; above this the canvas is scaled. */
export const MAX_CANVAS = 15_000_000;

interface Scrolled {
	readonly rows: number;
	readonly rowHeight: number;
	/** Height of what is seen of the canvas. */
	readonly viewport: number;
	readonly scrollTop: number;
	/** Rows kept ready above and below. */
	readonly spare: number;
}

/**
 * Where a canvas as high as all rows would be too high for a browser, it is shortened: the scroll bar then moves over more rows per
 * pixel, and every row can still be reached.
 */
export function rowWindow({ rows, rowHeight, viewport, scrollTop, spare }: Scrolled): RowWindow {
	const whole = rows * rowHeight;
	const canvas = Math.min(whole, MAX_CANVAS);
	const top = wholeTop({ rows, rowHeight, viewport }, scrollTop);
	const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - spare, rows - 1));
	const end = Math.min(rows, Math.ceil((top + viewport) / rowHeight) + spare);
	return { first, end: Math.max(first, end), top: scrollTop + first * rowHeight - top, canvas };
}

type Height = Pick<Scrolled, 'rows' | 'rowHeight' | 'viewport'>;

/** How far down the whole list is seen, where the canvas is scrolled so far. */
function wholeTop(height: Height, scrollTop: number): number {
	return scrollTop * ratio(height);
}

function ratio({ rows, rowHeight, viewport }: Height): number {
	const whole = rows * rowHeight;
	return whole <= MAX_CANVAS ? 1 : (whole - viewport) / (MAX_CANVAS - viewport);
}

/** The scroll that brings a row into sight, from where the canvas stands; the same where it is in sight. */
export function scrollTo(row: number, height: Height & { readonly scrollTop: number }, where: 'nearest' | 'centre' = 'nearest'): number {
	const { rowHeight, viewport, scrollTop } = height;
	const top = wholeTop(height, scrollTop);
	const rowTop = row * rowHeight;
	if (rowTop >= top && rowTop + rowHeight <= top + viewport) return scrollTop;
	const wanted = where === 'centre' ? rowTop - (viewport - rowHeight) / 2 : rowTop < top ? rowTop : rowTop + rowHeight - viewport;
	return Math.max(0, wanted) / ratio(height);
}
