import { Alert, Button, FileButton, Text, Title } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { AppError } from '#shared/kernel/app-error.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { errorText } from '#renderer/ui/error-notice.tsx';
import type { Entry } from './entry-form.ts';
import { refusalText } from './refusals.ts';
import classes from './editor.module.css';
import quiet from './journal.module.css';

/** Evidence of an entry: files by name and size; another can be chosen or dropped. */
export function AttachmentList({ entry, no }: { readonly entry: Entry; readonly no: number }) {
	const text = useText();
	const { companyId, may } = useCompany();
	const { client, connection } = useProgram();
	const [error, setError] = useState<unknown>(null);
	const [isBusy, setBusy] = useState(false);
	const [isOver, setOver] = useState(false);
	const attach = async (files: readonly File[]): Promise<void> => {
		setBusy(true);
		setError(null);
		try {
			for (const file of files) {
				const { path } = await connection.handOver(file);
				await client.ledger.attach({ companyId, no, path });
			}
		} catch (refused) {
			setError(refused);
		} finally {
			setBusy(false);
		}
	};
	const drop = (event: DragEvent): void => {
		event.preventDefault();
		setOver(false);
		void attach([...event.dataTransfer.files]);
	};
	const over = (event: DragEvent): void => {
		event.preventDefault();
		setOver(true);
	};
	const isAllowed = may('PostJournal');
	return (
		<section
			style={{ flex: 1, minWidth: 0 }}
			className={isOver ? classes.dropped : undefined}
			aria-label={text('journal.attachments')}
			{...(isAllowed ? { onDrop: drop, onDragOver: over, onDragLeave: () => setOver(false) } : {})}
		>
			<Title order={3}>{text('journal.attachments')}</Title>
			{entry.attachments.length === 0 && <Text className={quiet.quiet}>{text('journal.attachments.none')}</Text>}
			<ul style={{ listStyle: 'none', margin: '4px 0', padding: 0 }}>
				{entry.attachments.map(({ name, sha256, bytes }) => (
					<li key={sha256} title={sha256}>
						{name} <Text span className={quiet.quiet} size="sm">{`${Math.max(1, Math.round(bytes / 1024))} kB · ${sha256.slice(0, 12)}…`}</Text>
					</li>
				))}
			</ul>
			{error !== null && (
				<Alert color="red" my="xs">
					{error instanceof AppError ? refusalText(error, text) : errorText(error, text)}
				</Alert>
			)}
			{isAllowed && (
				<FileButton onChange={(files) => void attach(files)} multiple>
					{(props) => (
						<Button {...props} size="xs" variant="default" loading={isBusy} leftSection={<IconPaperclip size={14} aria-hidden />}>
							{text('journal.attach')}
						</Button>
					)}
				</FileButton>
			)}
		</section>
	);
}
