import { useEffect, useRef } from 'react';

type Handlers = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Single keys of a page, while nobody types into a field and no dialog is open. */
export function useKeys(handlers: Handlers): void {
	const current = useRef(handlers);
	current.current = handlers;
	useEffect(() => {
		const listen = (event: KeyboardEvent): void => {
			if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isDialogOpen()) return;
			const handle = current.current[event.key];
			if (!handle) return;
			event.preventDefault();
			handle(event);
		};
		document.addEventListener('keydown', listen);
		return () => document.removeEventListener('keydown', listen);
	}, []);
}

function isTyping(target: EventTarget | null): boolean {
	return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

export function isDialogOpen(): boolean {
	return document.querySelector('[role="dialog"]') !== null;
}
