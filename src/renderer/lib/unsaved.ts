import { useEffect } from 'react';

const unsaved = new Set<object>();

/** Is there anything on the page that was typed and not saved? */
export function isAnythingUnsaved(): boolean {
	return unsaved.size > 0;
}

/** While `isUnsaved`, the page is not left without a question: neither for another place nor by closing the window. */
export function useUnsaved(isUnsaved: boolean): void {
	useEffect(() => {
		if (!isUnsaved) return;
		const mark = {};
		const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
		unsaved.add(mark);
		window.addEventListener('beforeunload', ask);
		return () => {
			unsaved.delete(mark);
			window.removeEventListener('beforeunload', ask);
		};
	}, [isUnsaved]);
}
