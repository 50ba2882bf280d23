import { useMutation } from '@tanstack/react-query';
import { asRefusal } from './client.ts';
import type { Connection } from './connection.ts';
import { useProgram } from './program.tsx';

/** What became of a file that was offered to the person. */
export interface Delivered {
	readonly outcome: 'SAVED' | 'CANCELLED';
	readonly fileName: string;
}

interface Offer {
	readonly outcome: 'SAVED' | 'CANCELLED' | 'DOWNLOAD';
	readonly url: string | null;
	readonly fileName: string;
}

/** Gives the package of a job to the person: the desktop asks where to save it, the browser saves it as its downloads go. */
export async function deliverPackage(connection: Connection, input: { readonly companyId: string; readonly jobId: string }): Promise<Delivered> {
	return take(connection, () => connection.wire.desk.deliverPackage(input));
}

/** Gives a file that the program wrote to a place (`place:…`) to the person. */
export async function deliverPlace(connection: Connection, path: string): Promise<Delivered> {
	return take(connection, () => connection.wire.desk.deliver({ path }));
}

export function useDeliverPackage() {
	const { connection } = useProgram();
	return useMutation({ mutationFn: (input: { readonly companyId: string; readonly jobId: string }) => deliverPackage(connection, input) });
}

async function take(connection: Connection, offered: () => Promise<Offer>): Promise<Delivered> {
	try {
		const { outcome, url, fileName } = await offered();
		if (outcome !== 'DOWNLOAD' || url === null) return { outcome: outcome === 'DOWNLOAD' ? 'CANCELLED' : outcome, fileName };
		saveBlob(await connection.fetchDownload(url), fileName);
		return { outcome: 'SAVED', fileName };
	} catch (error) {
		throw asRefusal(error);
	}
}

/** How a page hands bytes to the browser's downloads. */
function saveBlob(blob: Blob, fileName: string): void {
	const url = URL.createObjectURL(blob);
	const anchor = document.createElement('a');
	anchor.href = url;
	anchor.download = fileName;
	document.body.append(anchor);
	anchor.click();
	anchor.remove();
	// The browser reads the address after the click has returned.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
