import type { MessagePort } from 'node:worker_threads';
import { fixedClock, systemClock } from '#main/platform/clock.ts';
import { failureOf } from '#main/platform/failure.ts';
import { openLog } from '#main/platform/log.ts';
import type { ThreadDesk } from './program-calls.ts';
import type { ProgramThreadData } from './program-messages.ts';

/** One thread of a program that stays open: see `openProgram`, which is its other end. Each loads only what it serves. */
export async function serveProgram(port: MessagePort, { place, settings }: ProgramThreadData): Promise<void> {
	const clock = settings.clock ? fixedClock(settings.clock.instant, settings.clock.stepMs) : systemClock;
	const log = openLog({ dataFolder: settings.dataFolder, clock });
	const desk: ThreadDesk = { port, settings, clock, log, say: (message) => port.postMessage(message) };
	if (place !== 'writer') {
		const { serveReader } = await import('./program-reader.ts');
		return serveReader(desk);
	}
	try {
		const { serveWriter } = await import('./program-writer.ts');
		await serveWriter(desk);
	} catch (error) {
		desk.say({ refused: failureOf(error, (bug) => log.logFault(bug)) });
		port.close();
	}
}
