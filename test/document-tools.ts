import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import exceljs from 'exceljs';
import { temporaryFolder } from './temporary-folder.ts';

/** What another reader finds on the pages of a PDF, page by page; refuses a file that qpdf finds faults with. */
export function pagesOf(path: string): string[] {
	execFileSync('qpdf', ['--check', path]);
	const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
	return text.split('\f').slice(0, -1);
}

/** A workbook as another program reads it; refuses a ZIP file with faults. */
export async function workbookOf(path: string): Promise<exceljs.Workbook> {
	execFileSync('unzip', ['-tq', path]);
	const workbook = new exceljs.Workbook();
	await workbook.xlsx.load(readFileSync(path) as unknown as ArrayBuffer);
	return workbook;
}

/** Whether LibreOffice is here to compute workbooks anew. */
export const HAS_OFFICE = spawnSync('soffice', ['--version'], { stdio: 'ignore' }).status === 0;

/**
 * The first sheet of a workbook with every formula computed anew, as rows of plain values (`-1250`, `2026-01-31`). Its cached values are
 * taken out first, so that nothing but the formulas can give a figure.
 */
export function recomputed(path: string): string[][] {
	return converted(withoutValues(path), 'false,true,false');
}

/** Every sheet of a workbook, by name, computed anew like this. */
export function recomputedSheets(path: string): Map<string, string[][]> {
	const bare = withoutValues(path);
	// No formulas, no blanks taken away, and all sheets, each to a file named after it.
	convert(bare, 'false,true,false,false,false,-1');
	const prefix = `${basename(bare, '.xlsx')}-`;
	const names = readdirSync(dirname(bare)).filter((name) => name.startsWith(prefix) && name.endsWith('.csv'));
	return new Map(names.map((name) => [name.slice(prefix.length, -4), rowsOf(readFileSync(join(dirname(bare), name), 'utf8'))]));
}

function withoutValues(path: string): string {
	const folder = temporaryFolder();
	const python = `import re, sys, zipfile
source, target = zipfile.ZipFile(sys.argv[1]), zipfile.ZipFile(sys.argv[2], 'w')
for name in source.namelist():
    content = source.read(name)
    if name.startswith('xl/worksheets/'): content = re.sub(rb'(</f>)<v>[^<]*</v>', rb'\\1', content)
    target.writestr(name, content)
target.close()`;
	const bare = join(folder, basename(path));
	execFileSync('python3', ['-c', python, path, bare]);
	return bare;
}

/** The first sheet of a workbook as LibreOffice shows its cells. */
export function asShown(path: string): string[][] {
	const copy = join(temporaryFolder(), basename(path));
	copyFileSync(path, copy);
	return converted(copy, 'false,true,true');
}

function converted(path: string, cells: string): string[][] {
	convert(path, cells);
	return rowsOf(readFileSync(path.replace(/xlsx$/, 'csv'), 'utf8'));
}

function convert(path: string, cells: string): void {
	const folder = dirname(path);
	// Separator, quotation mark, UTF-8, from row 1, no format by column, language; then quotes, numbers, and cells as they are shown.
	const filter = `csv:Text - txt - csv (StarCalc):9,34,76,1,,0,${cells}`;
	execFileSync('soffice', [`-env:UserInstallation=file://${folder}/profile`, '--headless', '--convert-to', filter, '--outdir', folder, path], {
		stdio: 'pipe',
		timeout: 120_000,
	});
}

function rowsOf(text: string): string[][] {
	return text.split('\n').map((row) => row.split('\t'));
}
