import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { CHANNELS, type FileOnItsWay, type HandOverRefusal } from '#shared/contract/bridge.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import { mapFault } from '#main/platform/faults.ts';
import type { DeskWindow } from './desk-window.ts';
import { type OwnPages, senderRefusal } from './own-address.ts';

export interface BridgeSurroundings {
	readonly pages: OwnPages;
	readonly windowOf: (contentsId: number) => DeskWindow | null;
	readonly refused: (what: string, address: string) => void;
	readonly logFault: (error: unknown) => string;
	readonly speak: (language: string) => void;
}

/** The other end of the preload. Whoever is not a page of the program in a window of the program is refused, and told so. */
export function serveBridge({ pages, windowOf, refused, logFault, speak }: BridgeSurroundings): void {
	const windowThatAsks = ({ sender, senderFrame }: IpcMainInvokeEvent, channel: string): DeskWindow => {
		const window = windowOf(sender.id);
		const reason = window === null ? 'a page without a window of the program asked' : senderRefusal(senderFrame, pages);
		if (window !== null && reason === null) return window;
		refused(`message ${channel}`, senderFrame?.url ?? '');
		throw new AppError('NOT_ALLOWED', `The program does not listen: ${reason}.`, { channel });
	};
	ipcMain.handle(CHANNELS.connect, (event) => windowThatAsks(event, CHANNELS.connect).connect());
	ipcMain.handle(CHANNELS.handOver, async (event, file: unknown) => {
		try {
			return await windowThatAsks(event, CHANNELS.handOver).take(fileOnItsWay(file));
		} catch (error) {
			return refusalOf(error, logFault);
		}
	});
	ipcMain.handle(CHANNELS.speak, (event, language: unknown) => {
		windowThatAsks(event, CHANNELS.speak);
		if (typeof language === 'string') speak(language);
	});
}

function fileOnItsWay(value: unknown): FileOnItsWay {
	const { path, name, bytes } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	if (typeof path === 'string') return { path };
	if (typeof name === 'string' && bytes instanceof Uint8Array) return { name, bytes };
	throw new AppError('INPUT_INVALID', 'What was handed over is no file. Choose the file again.', {});
}

function refusalOf(error: unknown, logFault: (error: unknown) => string): HandOverRefusal {
	const refusal = mapFault(error);
	if (refusal === null)
		return { refusal: { code: 'INTERNAL_SERVER_ERROR', message: `Something went wrong in the program (${logFault(error)}).`, details: {} } };
	return { refusal: { code: refusal.code, message: refusal.message, details: refusal.details } };
}
