import { assert } from '#shared/kernel/assert.ts';
import type { NumberGrouping } from '#shared/kernel/grouping.ts';
import type { DateFormat } from './table-document.ts';

/** Indexes of the cell formats in styles.xml; amounts come last, in the order of amountStyle. */
export const CELL_STYLES = {
	plain: 0,
	title: 1,
	text: 2,
	heading: 3,
	columnText: 4,
	columnNumber: 5,
	date: 6,
	number: 7,
	totalText: 8,
	totalNumber: 9,
	note: 10,
	mark: 11,
	longNumber: 12,
	totalLongNumber: 13,
	columnAmount: 14,
	/** Beside a column whose figures stand right: readers of workbooks do not all keep a figure's own distance from the edge. */
	textAfterFigures: 15,
	columnTextAfterFigures: 16,
} as const;
export type StyleName = keyof typeof CELL_STYLES;

const FIRST_CUSTOM_FORMAT = 164;
const DATE_FORMATS: Readonly<Record<DateFormat, string>> = {
	'YYYY-MM-DD': 'yyyy\\-mm\\-dd',
	'DD/MM/YYYY': 'dd\\/mm\\/yyyy',
	'MM/DD/YYYY': 'mm\\/dd\\/yyyy',
	'DD.MM.YYYY': 'dd\\.mm\\.yyyy',
};

const escaped = (format: string): string => format.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const FIRST_AMOUNT = 17;
const MAX_DECIMALS = 4;
const AMOUNT_KINDS = ['western', 'indian', 'negativeLakh', 'negativeCrore'] as const;
const LAKH_DIGITS = 6;
const CRORE_DIGITS = 8;

/** The cell format of an amount: plain decimal text. */
export function amountStyle(amount: string, { grouping, isTotal }: { readonly grouping: NumberGrouping; readonly isTotal: boolean }): number {
	const [whole = '', fraction = ''] = amount.split('.');
	assert(fraction.length <= MAX_DECIMALS, 'a currency has 0 to 4 decimals');
	const kind = grouping === 'western' ? 'western' : whole.startsWith('-') ? negativeKind(whole.length - 1) : 'indian';
	return FIRST_AMOUNT + (fraction.length * AMOUNT_KINDS.length + AMOUNT_KINDS.indexOf(kind)) * 2 + (isTotal ? 1 : 0);
}

function negativeKind(digits: number): (typeof AMOUNT_KINDS)[number] {
	if (digits >= CRORE_DIGITS) return 'negativeCrore';
	return digits >= LAKH_DIGITS ? 'negativeLakh' : 'western';
}

// A number format has two conditions at most, and programs differ over the sign where they are of negative numbers: so a negative amount
// has a format of its own length, without conditions.
function amountFormat(decimals: number, kind: (typeof AMOUNT_KINDS)[number]): string {
	const fraction = decimals === 0 ? '' : `.${'0'.repeat(decimals)}`;
	const [crore, lakh, thousand] = [`##\\,##\\,##\\,##0${fraction}`, `##\\,##\\,##0${fraction}`, `#,##0${fraction}`];
	if (kind === 'western') return `${thousand}_);(${thousand})`;
	if (kind === 'indian') return `[>=10000000]${crore}_);[>=100000]${lakh}_);${thousand}_)`;
	return `${thousand}_);(${kind === 'negativeLakh' ? lakh : crore})`;
}

interface CellFormat {
	readonly format: number;
	readonly font: number;
	readonly fill?: number;
	readonly border?: number;
	readonly align?: 'left' | 'right';
	readonly wraps?: boolean;
	/** From its own edge, so that it does not touch the column beside it. */
	readonly indent?: number;
}

const BOLD = 1;
const TITLE = 2;
const GREY = 3;
const HEAD_FILL = 2;
const TOTAL_LINE = 1;

/** styles.xml: the fonts, number formats and cell formats of every workbook of ours. */
export function stylesXml(dateFormat: DateFormat): string {
	const formats = [DATE_FORMATS[dateFormat]];
	const amounts: CellFormat[] = [];
	for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
		for (const kind of AMOUNT_KINDS) {
			formats.push(amountFormat(decimals, kind));
			const format = FIRST_CUSTOM_FORMAT + formats.length - 1;
			amounts.push({ format, font: 0, align: 'right' }, { format, font: BOLD, border: TOTAL_LINE, align: 'right' });
		}
	}
	const cells: CellFormat[] = [
		{ format: 0, font: 0 },
		{ format: 0, font: TITLE },
		{ format: 0, font: 0, align: 'left', wraps: true },
		{ format: 0, font: BOLD },
		{ format: 0, font: BOLD, fill: HEAD_FILL, align: 'left', wraps: true },
		{ format: 0, font: BOLD, fill: HEAD_FILL, align: 'right', wraps: true, indent: 1 },
		{ format: FIRST_CUSTOM_FORMAT, font: 0, align: 'left' },
		{ format: 1, font: 0, align: 'right', indent: 1 },
		{ format: 0, font: BOLD, border: TOTAL_LINE },
		{ format: 1, font: BOLD, border: TOTAL_LINE, align: 'right', indent: 1 },
		{ format: 0, font: GREY },
		{ format: 0, font: BOLD },
		{ format: 49, font: 0, align: 'right' },
		{ format: 49, font: BOLD, border: TOTAL_LINE, align: 'right' },
		{ format: 0, font: BOLD, fill: HEAD_FILL, align: 'right', wraps: true },
		{ format: 0, font: 0, align: 'left', wraps: true, indent: 1 },
		{ format: 0, font: BOLD, fill: HEAD_FILL, align: 'left', wraps: true, indent: 1 },
		...amounts,
	];
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${formats.length}">${formats
		.map((code, index) => `<numFmt numFmtId="${FIRST_CUSTOM_FORMAT + index}" formatCode="${escaped(code)}"/>`)
		.join(
			'',
		)}</numFmts><fonts count="4"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font><font><sz val="9"/><color rgb="FF5A5A5A"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECEF"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.map(cellXml).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function cellXml({ format, font, fill = 0, border = 0, align, wraps, indent = 0 }: CellFormat): string {
	const alignment = `<alignment${align ? ` horizontal="${align}"` : ''} vertical="top"${indent > 0 ? ` indent="${indent}"` : ''}${wraps ? ' wrapText="1"' : ''}/>`;
	const uses = `${format ? ' applyNumberFormat="1"' : ''} applyFont="1"${fill ? ' applyFill="1"' : ''}${border ? ' applyBorder="1"' : ''} applyAlignment="1"`;
	return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${uses}>${alignment}</xf>`;
}
