import { isAppError } from '#shared/kernel/app-error.ts';
import { hasText, type Text } from './texts.ts';

export interface StartFailure {
	readonly title: string;
	readonly message: string;
	/** Where the books and the log lie, one on a line. */
	readonly detail: string;
	/** The first opens the log folder, the second quits. */
	readonly buttons: readonly [string, string];
}

export interface Folders {
	readonly data: string;
	readonly logs: string;
}

/**
 * What a person reads when the books cannot be opened: what happened, that nothing was lost, what to do. A refusal has a text of
 * its own or brings one; anything else is a fault of the program and is named by its `incident`.
 */
export function startFailure(error: unknown, incident: string, folders: Folders, text: Text): StartFailure {
	return {
		title: text('desktop.failed.title'),
		message: messageOf(error, incident, text),
		detail: [text('desktop.failed.folder', { folder: folders.data }), text('desktop.failed.log', { folder: folders.logs })].join('\n'),
		buttons: [text('desktop.failed.openLog'), text('desktop.failed.quit')],
	};
}

function messageOf(error: unknown, incident: string, text: Text): string {
	if (!isAppError(error)) return text('desktop.failed.fault', { incident });
	const key = `desktop.failed.${error.code}`;
	return hasText(key) ? text(key) : error.message;
}
