/** A file that was handed over, as `handedFile` of the desk's contract. */
export interface HandedFile {
	/** `handed:<uuid>` */
	readonly path: string;
	readonly name: string;
	readonly bytes: number;
}

/** What the preload gives the page of the desktop host, as `window.ledgerseal`. The port of the contract comes by a message beside it. */
export interface Bridge<Chosen = unknown> {
	readonly host: 'desktop';
	/** A file that a person dropped or chose in the page. */
	handOver(file: Chosen): Promise<HandedFile>;
}

/** The message that brings the port: `event.data === PORT_MESSAGE`, the port is `event.ports[0]`. The page asks for it by posting PORT_WANTED to itself. */
export const PORT_MESSAGE = 'ledgerseal:port';
export const PORT_WANTED = 'ledgerseal:port-wanted';
