export interface PictureColumn {
	readonly label: string;
	/** Sizes as drawn, one for each series; null: nothing there. */
	readonly values: readonly (number | null)[];
	/** The same as plain decimal text, as it is said. */
	readonly shown: readonly (string | null)[];
}

export interface PictureSeries {
	readonly name: string;
	/** A colour of the theme. */
	readonly color: string;
}

export interface PictureProps {
	readonly kind: 'bars' | 'line';
	readonly title: string;
	readonly height: number;
	readonly columns: readonly PictureColumn[];
	readonly series: readonly PictureSeries[];
}
