import { Button, FileButton, Group, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useText } from '#renderer/lib/texts.ts';
import classes from './import.module.css';

/** A file, chosen or dropped. */
export function ImportChoose({ onFile }: { readonly onFile: (file: File) => void }) {
	const text = useText();
	const [isOver, setOver] = useState(false);
	const take = (file: File | null | undefined) => file && onFile(file);
	const drop = (event: DragEvent): void => {
		event.preventDefault();
		setOver(false);
		take(event.dataTransfer.files[0]);
	};
	return (
		<section
			className={isOver ? `${classes.drop} ${classes.over}` : classes.drop}
			aria-label={text('journal.import.choose')}
			onDrop={drop}
			onDragOver={(event) => {
				event.preventDefault();
				setOver(true);
			}}
			onDragLeave={() => setOver(false)}
		>
			<Group gap="md" wrap="nowrap">
				<IconFileSpreadsheet size={32} aria-hidden />
				<div>
					<Text fw={600}>{text('journal.import.drop')}</Text>
					<Text size="sm">{text('journal.import.columns')}</Text>
				</div>
				<FileButton onChange={take} accept=".csv,.tsv,.txt,text/csv">
					{(props) => (
						<Button {...props} style={{ flexShrink: 0 }}>
							{text('journal.import.choose')}
						</Button>
					)}
				</FileButton>
			</Group>
		</section>
	);
}
