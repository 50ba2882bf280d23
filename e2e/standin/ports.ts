import { EventEmitter } from 'node:events';

type Send = (data: unknown) => void;

/** One end of a channel, as Electron's MessagePortMain: what comes in waits for `start`. An end that was given to a page sends there. */
export class StandInPort extends EventEmitter {
	peer: StandInPort | null = null;
	#toPage: Send | null = null;
	#waiting: unknown[] | null = [];

	postMessage(data: unknown): void {
		this.peer?.receive(data);
	}

	receive(data: unknown): void {
		if (this.#toPage) this.#toPage(data);
		else if (this.#waiting) this.#waiting.push(data);
		else this.emit('message', { data, ports: [] });
	}

	start(): void {
		const waiting = this.#waiting ?? [];
		this.#waiting = null;
		for (const data of waiting) this.emit('message', { data, ports: [] });
	}

	giveToPage(send: Send): void {
		this.#toPage = send;
		const waiting = this.#waiting ?? [];
		this.#waiting = null;
		for (const data of waiting) send(data);
	}

	/** Both ends hear of it, as over a real channel. */
	close(): void {
		const { peer } = this;
		this.peer = null;
		if (peer === null) return;
		this.emit('close');
		peer.close();
	}
}

export class MessageChannelMain {
	readonly port1 = new StandInPort();
	readonly port2 = new StandInPort();

	constructor() {
		this.port1.peer = this.port2;
		this.port2.peer = this.port1;
	}
}
