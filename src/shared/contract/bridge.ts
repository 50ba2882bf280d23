/** A file that was handed over, as `handedFile` of the desk's contract. */
export interface HandedFile {
	/** `handed:<uuid>` */
	readonly path: string;
	readonly name: string;
	readonly bytes: number;
}

/** Why a file was not taken, as an AppError crosses every host. */
export interface HandOverRefusal {
	readonly refusal: { readonly code: string; readonly message: string; readonly details: Readonly<Record<string, unknown>> };
}

/** What the preload gives the page of the desktop host, as `window.ledgerseal`. The port of the contract comes by a message beside it. */
export interface Bridge<Chosen = unknown> {
	readonly host: 'desktop';
	/** A file that a person dropped or chose in the page. */
	handOver(file: Chosen): Promise<HandedFile | HandOverRefusal>;
	/** Tells the menu and the dialogs of the system which language the person chose. */
	speak(language: string): void;
}

/** The message that brings the port: `event.data === PORT_MESSAGE`, the port is `event.ports[0]`. The page asks for it by posting PORT_WANTED to itself. */
export const PORT_MESSAGE = 'ledgerseal:port';
export const PORT_WANTED = 'ledgerseal:port-wanted';

/** What the preload and the desktop host say to each other; a page never hears of them. */
export const CHANNELS = { connect: 'desk:connect', port: 'desk:port', handOver: 'desk:hand-over', speak: 'desk:speak' } as const;

/** A file on its way from the preload: where it lies, or its bytes where it lies nowhere (dragged out of a message, made by the page). */
export type FileOnItsWay = { readonly path: string } | { readonly name: string; readonly bytes: Uint8Array };
