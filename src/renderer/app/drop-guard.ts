import { useEffect } from 'react';

/** A file dropped beside a place for files does nothing: a browser would leave the program and show the file instead. */
export function useDropGuard(): void {
	useEffect(() => {
		const refuse = (event: DragEvent): void => {
			// A place that takes files has said so already.
			if (event.defaultPrevented) return;
			event.preventDefault();
			if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
		};
		window.addEventListener('dragover', refuse);
		window.addEventListener('drop', refuse);
		return () => {
			window.removeEventListener('dragover', refuse);
			window.removeEventListener('drop', refuse);
		};
	}, []);
}
