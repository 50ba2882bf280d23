import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { hasText, type Text as Texts } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import { type EditableFile, quotedIn, rowCells, withRows, wrongCells } from './import-file.ts';
import type { ImportResult } from './import-options.ts';
import type { ImportState } from './use-import.ts';
import classes from './editor.module.css';

/** So many rows are shown with their cells; the rest comes when these are right. */
const MAX_SHOWN = 200;

/** Rows that can't be booked, with the reason; their cells can be corrected here where the file allows it. */
export function RejectedRows({ state, result }: { readonly state: ImportState; readonly result: ImportResult }) {
	const text = useText();
	const { editable } = state;
	const [edits, setEdits] = useState<ReadonlyMap<number, readonly string[]>>(new Map());
	const rows = result.rejected.slice(0, MAX_SHOWN);
	const set = (row: number, column: number, value: string) => {
		if (!editable) return;
		const cells = [...(edits.get(row) ?? rowCells(editable, row))];
		cells[column] = value;
		setEdits(new Map(edits).set(row, cells));
	};
	const check = () => editable && void state.checkAgain(state.options, withRows(editable, edits));
	return (
		<form
			onSubmit={(event) => {
				event.preventDefault();
				check();
			}}
		>
			<Text size="sm" pb="xs">
				{text(editable ? 'journal.import.correctHere' : 'journal.import.correctThere')}
			</Text>
			<RejectedTable file={editable} rejected={rows} edits={edits} onChange={set} />
			{result.rejectedCount > rows.length && (
				<Text size="sm" pt="xs">
					{text('journal.import.more', { count: result.rejectedCount - rows.length })}
				</Text>
			)}
			{editable && (
				<Group pt="sm">
					<Button type="submit" disabled={edits.size === 0}>
						{text('journal.import.checkAgain')}
					</Button>
				</Group>
			)}
		</form>
	);
}

interface RejectedTableProps {
	/** null where the cells can't be shown. */
	readonly file: EditableFile | null;
	readonly rejected: ImportResult['rejected'];
	readonly edits: ReadonlyMap<number, readonly string[]>;
	readonly onChange: RowCellsProps['onChange'];
}

function RejectedTable({ file, rejected, edits, onChange }: RejectedTableProps) {
	const text = useText();
	return (
		<div style={{ overflowX: 'auto' }}>
			<table className={classes.grid}>
				<thead>
					<tr>
						<th scope="col">{text('journal.import.row')}</th>
						{file?.header.map((name, column) => (
							// Columns of a file may bear one name twice; their order never changes.
							<th key={`${column} ${name}`} scope="col">
								{name}
							</th>
						))}
						<th scope="col">{text('journal.import.reason')}</th>
					</tr>
				</thead>
				<tbody>
					{rejected.map(({ row, code, message }) => (
						<tr key={row}>
							<td className={`${classes.plain} ${classes.lineNo}`}>{row}</td>
							{file && (
								<RowCells file={file} row={row} cells={edits.get(row) ?? rowCells(file, row)} isWrong={wrongCells(file, rejected, row)} onChange={onChange} />
							)}
							<td className={classes.plain} style={{ minWidth: 220 }}>
								{reasonText(code, message, text)}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

interface RowCellsProps {
	readonly file: EditableFile;
	readonly row: number;
	readonly cells: readonly string[];
	readonly isWrong: (column: number) => boolean;
	readonly onChange: (row: number, column: number, value: string) => void;
}

function RowCells({ file, row, cells, isWrong, onChange }: RowCellsProps) {
	return file.header.map((name, column) => (
		<td key={`${column} ${name}`} style={{ minWidth: 90 }}>
			<input
				className={classes.cell}
				aria-label={`${name} ${row}`}
				aria-invalid={isWrong(column)}
				value={cells[column] ?? ''}
				onChange={(event) => onChange(row, column, event.currentTarget.value)}
			/>
		</td>
	));
}

/** In the words of the screens where they have some; what the program says may speak of its command line. */
function reasonText(code: string, message: string, text: Texts): string {
	const key = `journal.rejected.${code}`;
	return hasText(key) ? text(key, { value: quotedIn(message) ?? '' }) : message;
}
