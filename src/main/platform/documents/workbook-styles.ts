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

const FIRST_AMOUNT = 14;
const MAX_DECIMALS = 4;
const AMOUNT_KINDS = ['western', 'indian', 'indianNegative'] as const;

/** The cell format of an amount. */
export function amountStyle(amount: {
	readonly decimals: number;
	readonly grouping: NumberGrouping;
	readonly isNegative: boolean;
	readonly isTotal: boolean;
}): number {
	assert(amount.decimals <= MAX_DECIMALS, 'a currency has 0 to 4 decimals');
	const kind = amount.grouping === 'western' ? 'western' : amount.isNegative ? 'indianNegative' : 'indian';
	return FIRST_AMOUNT + (amount.decimals * AMOUNT_KINDS.length + AMOUNT_KINDS.indexOf(kind)) * 2 + (amount.isTotal ? 1 : 0);
}

// A number format has two conditions at most: crore and lakh of one sign. So a cell has the format of the sign that it has now, and
// shows an amount of the other one in thousands.
function amountFormat(decimals: number, kind: (typeof AMOUNT_KINDS)[number]): string {
	const fraction = decimals === 0 ? '' : `.${'0'.repeat(decimals)}`;
	if (kind === 'western') return `#,##0${fraction}_);(#,##0${fraction})`;
	const [crore, lakh] = [`##\\,##\\,##\\,##0${fraction}`, `##\\,##\\,##0${fraction}`];
	if (kind === 'indian') return `[>=10000000]${crore};[>=100000]${lakh};#,##0${fraction}`;
	return `[<=-10000000]-${crore};[<=-100000]-${lakh};#,##0${fraction}`;
}

interface CellFormat {
	readonly format: number;
	readonly font: number;
	readonly fill?: number;
	readonly border?: number;
	readonly align?: 'left' | 'right';
	readonly wraps?: boolean;
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
		{ format: 0, font: BOLD, fill: HEAD_FILL, align: 'right', wraps: true },
		{ format: FIRST_CUSTOM_FORMAT, font: 0, align: 'left' },
		{ format: 1, font: 0, align: 'right' },
		{ format: 0, font: BOLD, border: TOTAL_LINE },
		{ format: 1, font: BOLD, border: TOTAL_LINE, align: 'right' },
		{ format: 0, font: GREY },
		{ format: 0, font: BOLD },
		{ format: 49, font: 0, align: 'right' },
		{ format: 49, font: BOLD, border: TOTAL_LINE, align: 'right' },
		...amounts,
	];
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="${formats.length}">${formats
		.map((code, index) => `<numFmt numFmtId="${FIRST_CUSTOM_FORMAT + index}" formatCode="${escaped(code)}"/>`)
		.join(
			'',
		)}</numFmts><fonts count="4"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font><font><sz val="9"/><color rgb="FF5A5A5A"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8ECEF"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top style="thin"/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${cells.length}">${cells.map(cellXml).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
}

function cellXml({ format, font, fill = 0, border = 0, align, wraps }: CellFormat): string {
	const alignment = align || wraps ? `<alignment${align ? ` horizontal="${align}"` : ''} vertical="top"${wraps ? ' wrapText="1"' : ''}/>` : '';
	const uses = `${format ? ' applyNumberFormat="1"' : ''} applyFont="1"${fill ? ' applyFill="1"' : ''}${border ? ' applyBorder="1"' : ''}${alignment ? ' applyAlignment="1"' : ''}`;
	return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0"${uses}>${alignment}</xf>`;
}
