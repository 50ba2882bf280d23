import { expect, it } from 'vitest';
import { AppError } from '#shared/kernel/app-error.ts';
import { EventQueue } from './event-queue.ts';
import { taskSteps, type TaskStepOf } from './task-steps.ts';

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
	const taken: Item[] = [];
	for await (const item of items) taken.push(item);
	return taken;
}

/** Work that goes on until it is cancelled. */
function untilCancelled(signal: AbortSignal): Promise<never> {
	return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'You cancelled.', {}))));
}

it('steps are how far it is, then what came of it; a slow reader sees the newest only', async () => {
	const steps = taskSteps<number>(undefined, async ({ onProgress }) => {
		for (let step = 1; step <= 9; step++) onProgress({ fraction: step / 10, text: `step ${step}` });
		return 7;
	});
	expect(await all(steps)).toEqual<TaskStepOf<number>[]>([
		{ kind: 'progress', fraction: 0.9, text: 'step 9' },
		{ kind: 'result', output: 7 },
	]);
});

it('a refusal comes after the progress before it', async () => {
	const steps = taskSteps(undefined, async ({ onProgress }) => {
		onProgress({ fraction: 0.5, text: 'half' });
		throw new AppError('DISK_FULL', 'The disk is full.', {});
	});
	expect(await steps.next()).toMatchObject({ value: { kind: 'progress', fraction: 0.5 } });
	await expect(steps.next()).rejects.toMatchObject({ code: 'DISK_FULL' });
});

it('who aborts cancels, and the steps end when the work has', async () => {
	const leaving = new AbortController();
	const steps = taskSteps(leaving.signal, ({ signal }) => untilCancelled(signal));
	const next = steps.next();
	leaving.abort();
	await expect(next).rejects.toMatchObject({ code: 'CANCELLED' });
});

it('who stops reading cancels', async () => {
	let isCancelled = false;
	const steps = taskSteps(undefined, async ({ signal, onProgress }) => {
		onProgress({ fraction: 0, text: '' });
		await untilCancelled(signal).catch(() => (isCancelled = true));
	});
	for await (const step of steps) if (step.kind === 'progress') break;
	expect(isCancelled).toBe(true);
});

it('work that is cancelled before it begins is told so', async () => {
	await expect(all(taskSteps(AbortSignal.abort(), async ({ signal }) => signal.throwIfAborted()))).rejects.toMatchObject({ name: 'AbortError' });
});

it('a reader far behind is told once that everything may have changed', async () => {
	const queue = new EventQueue<number>({ overflow: () => -1 });
	for (let number = 0; number < 501; number++) queue.push(number);
	queue.push(7);
	queue.end();
	expect(await all(queue.read())).toEqual([-1, 7]);
});
