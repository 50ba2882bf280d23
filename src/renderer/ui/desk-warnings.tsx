import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { create } from 'zustand';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';

interface Read {
	readonly texts: readonly string[];
	readonly read: (text: string) => void;
}

/** What was read is put away until the page is opened anew: it still holds then. */
const useRead = create<Read>((set) => ({ texts: [], read: (text) => set(({ texts }) => ({ texts: [...texts, text] })) }));

/** What holds for as long as the program is open: a schema that was altered, secrets kept in a file. */
export function DeskWarnings() {
	const text = useText();
	const { desk } = useProgram();
	const { texts, read } = useRead();
	return desk.warnings
		.filter((warning) => !texts.includes(warning))
		.map((warning) => (
			<Alert
				key={warning}
				role="note"
				color="yellow"
				radius={0}
				px="md"
				py={6}
				icon={<IconAlertTriangle size={16} aria-hidden />}
				withCloseButton
				closeButtonLabel={text('frame.close')}
				onClose={() => read(warning)}
			>
				{warning}
			</Alert>
		));
}
