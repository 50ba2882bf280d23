import type { deskContract } from '#shared/contract/desk.contract.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { InputOf } from '#shared/contract/client.ts';
import type { Desk } from './desk.ts';
import { openSample } from './open-sample.ts';
import { taskSteps } from './task-steps.ts';

type Contract = typeof deskContract;

interface Answering<Input> {
	readonly answer: (desk: Desk, input: Input) => Promise<unknown>;
}
interface Stepping<Input> {
	readonly steps: (desk: Desk, input: Input, signal: AbortSignal | undefined) => AsyncGenerator<unknown, void, undefined>;
}

/** Manuals, licences and standards that the screens name. Anything else is not opened. */
const LINKS: ReadonlySet<string> = new Set(['https://www.apache.org/licenses/LICENSE-2.0', 'https://datatracker.ietf.org/doc/html/rfc8493']);

export const deskProcedures: {
	readonly [Name in keyof Contract]: Answering<InputOf<Contract[Name]>> | Stepping<InputOf<Contract[Name]>>;
} = {
	show: { answer: (desk) => desk.show() },
	signIn: { answer: (desk, { login, password }) => desk.signIn(login, password) },
	signOut: { answer: (desk) => desk.signOut() },
	events: { steps: (desk, _input, signal) => desk.events(signal) },
	pickFiles: {
		answer: async ({ host, files }, asked) => {
			if (host.pickFiles === null) throw notHere('This host has no dialog of its own. Choose the file in the page.');
			return Promise.all((await host.pickFiles(asked)).map((path) => files.handOver(path)));
		},
	},
	makePlace: { answer: ({ files }, { fileName }) => files.makePlace(fileName) },
	deliver: { answer: ({ deliveries }, { path }) => deliveries.deliver(path) },
	deliverPackage: { answer: ({ deliveries }, { companyId, jobId }) => deliveries.deliverPackage(companyId, jobId) },
	verifyPackage: {
		steps: (desk, { path }, signal) => taskSteps(signal, (options) => desk.verifyPackage(path, options)),
	},
	openSample: { steps: (desk, _input, signal) => taskSteps(signal, (options) => openSample(desk, options)) },
	showProgress: { answer: async ({ host }, { fraction }) => host.showProgress(fraction) },
	notify: { answer: async ({ host }, { title, text }) => host.notify(title, text) },
	openLink: {
		answer: async ({ host }, { url }) => {
			if (host.openLink === null || !LINKS.has(url)) throw notHere('This address is not one that the program opens.');
			await host.openLink(url);
		},
	},
};

function notHere(message: string): AppError {
	return new AppError('NOT_ALLOWED', message, {});
}
