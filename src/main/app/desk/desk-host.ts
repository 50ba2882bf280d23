import type { z } from 'zod';
import type { askEvent } from '#shared/contract/desk.contract.ts';

type Ask = z.output<typeof askEvent>;

export interface FilesAsked {
	readonly title: string;
	/** Without dots; none: every file. */
	readonly extensions: readonly string[];
	readonly several: boolean;
}

/** What is done by the system's own means, and differs from host to host. What a host cannot do is null, and the screens are told NOT_ALLOWED. */
export interface DeskHost {
	readonly kind: 'desktop' | 'browser';
	/** The system's dialog to open files; real paths, none where the person gave up. */
	readonly pickFiles: ((asked: FilesAsked) => Promise<readonly string[]>) | null;
	/** The system's dialog to save a file: a real path, or null where the person gave up. Without it the file is fetched from the host. */
	readonly saveAs: ((fileName: string) => Promise<string | null>) | null;
	/** How much of a job's work is done, 0 to 1, on the dock or taskbar; null takes it away. */
	showProgress(fraction: number | null): void;
	/** The system's notification; a host that has none says nothing. */
	notify(title: string, text: string): void;
	/** Opens an address that was checked before in the system's browser. */
	readonly openLink: ((url: string) => Promise<void>) | null;
	/** What the surroundings ask of the screens. */
	readonly onAsk?: (listener: (what: Ask['what'], value: Ask['value']) => void) => () => void;
}
