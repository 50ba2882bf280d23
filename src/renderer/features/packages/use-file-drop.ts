import { type DragEvent, useState } from 'react';

/** Lets a file be dropped on an element; the browser never opens it instead. */
export function useFileDrop(onFile: (file: File) => void) {
	const [isOver, setOver] = useState(false);
	return {
		isOver,
		handlers: {
			onDragOver: (event: DragEvent) => {
				event.preventDefault();
				setOver(true);
			},
			onDragLeave: (event: DragEvent) => {
				if (event.currentTarget === event.target) setOver(false);
			},
			onDrop: (event: DragEvent) => {
				event.preventDefault();
				setOver(false);
				const file = event.dataTransfer.files[0];
				if (file !== undefined) onFile(file);
			},
		},
	};
}
