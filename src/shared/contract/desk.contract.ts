import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { packageVerification } from './packages.contract.ts';
import { refusals } from './refusals.ts';

/**
 * What a host with screens serves beside the books: who sits at it, files that are handed over and files that are taken away, and
 * what changed. It concerns one window (desktop) or one tab (browser), and no company's permission.
 */
const user = z.object({ login: z.string(), name: z.string() });

export const deskState = z.object({
	/** FIRST_RUN: nobody yet, only a company can be made. NEEDS_LOGIN: ask for a login and its password. */
	state: z.enum(['FIRST_RUN', 'NEEDS_LOGIN', 'SIGNED_IN']),
	user: user.nullable(),
	host: z.enum(['desktop', 'browser']),
	platform: z.enum(['windows', 'macos', 'linux']),
	version: z.string(),
	/** Texts that hold for as long as the program is open: a schema that was altered, secrets kept in a file. */
	warnings: z.array(z.string()),
});

/** Names a file that a person handed over: `handed:<uuid>`. It stands wherever the contract of the books asks for the path of a file to read. */
export const handedFile = z.object({ path: z.string().regex(/^handed:[0-9a-f-]{36}$/), name: z.string(), bytes: z.number().int() });

/** Names a place for a file that the program writes: `place:<uuid>`. It stands wherever the contract of the books asks where to write. */
export const place = z.object({ path: z.string().regex(/^place:[0-9a-f-]{36}$/), fileName: z.string() });

/** Something in the books changed, here or by another process (then without company and action). */
export const changeEvent = z.object({ kind: z.literal('change'), companyId: z.uuid().nullable(), action: z.string().nullable() });
export const jobEvent = z.object({
	kind: z.literal('job'),
	companyId: z.uuid(),
	jobId: z.uuid(),
	state: z.enum(['QUEUED', 'RUNNING', 'READY', 'FAILED', 'CANCELLED', 'EXPIRED', 'SUPERSEDED']),
	/** 0 to 1. */
	fraction: z.number(),
	text: z.string(),
});
/** What the surroundings ask of the screens: a place of the menu, a file dropped on the dock, the machine woke up. */
export const askEvent = z.object({
	kind: z.literal('ask'),
	what: z.enum(['go', 'openFile', 'resume', 'print', 'palette', 'keyboardHelp']),
	value: z.string().nullable(),
});
export const deskEvent = z.discriminatedUnion('kind', [changeEvent, jobEvent, askEvent]);

/** What a task of the books yields on its way over a transport. */
export interface TaskStep {
	readonly kind: 'progress' | 'result';
	readonly fraction?: number;
	readonly text?: string;
	readonly output?: unknown;
}

const desk = oc.errors(refusals);

export const deskContract = {
	show: desk.output(deskState),
	/** Without login: the only user, as long as that one has no password. Refuses LOGIN_REFUSED. */
	signIn: desk.input(z.object({ login: z.string().max(100).optional(), password: z.string().max(1000).optional() })).output(deskState),
	signOut: desk.output(deskState),
	/** Runs until the window is gone. */
	events: desk.output(eventIterator(deskEvent)),
	/** Asks with the system's own dialog. The browser host answers NOT_ALLOWED: its page has one of its own, and uploads. */
	pickFiles: desk.input(z.object({ title: z.string().max(200), extensions: z.array(z.string().max(10)), several: z.boolean() })).output(z.array(handedFile)),
	/** A place for a file to be written, under the name that the person will see. */
	makePlace: desk.input(z.object({ fileName: z.string().min(1).max(200) })).output(place),
	/** Gives what was written to the person. SAVED and CANCELLED: the system's dialog was shown. DOWNLOAD: fetch `url` once. */
	deliver: desk
		.input(z.object({ path: z.string().max(100) }))
		.output(z.object({ outcome: z.enum(['SAVED', 'CANCELLED', 'DOWNLOAD']), url: z.string().nullable(), fileName: z.string() })),
	/** The package of a job: a grant is issued, used and logged. Answers as `deliver`. Refuses DOWNLOAD_REFUSED, PACKAGE_NOT_READY, PACKAGE_DIFFERS. */
	deliverPackage: desk
		.input(z.object({ companyId: z.uuid(), jobId: z.uuid() }))
		.output(z.object({ outcome: z.enum(['SAVED', 'CANCELLED', 'DOWNLOAD']), url: z.string().nullable(), fileName: z.string() })),
	/** A package that was handed over; yields progress, then the verification. Keys of all books of the data folder are known. */
	verifyPackage: desk
		.input(z.object({ path: z.string().max(100) }))
		.output(
			eventIterator(
				z.union([
					z.object({ kind: z.literal('progress'), fraction: z.number(), text: z.string() }),
					z.object({ kind: z.literal('result'), output: packageVerification }),
				]),
			),
		),
	/** Makes the sample company, as the demonstration of the terminal does, and answers with its id. */
	openSample: desk.output(
		eventIterator(
			z.union([
				z.object({ kind: z.literal('progress'), fraction: z.number(), text: z.string() }),
				z.object({ kind: z.literal('result'), output: z.object({ companyId: z.uuid() }) }),
			]),
		),
	),
	/** How much of a job's work is done, on the dock or taskbar; null takes it away. */
	showProgress: desk.input(z.object({ fraction: z.number().min(0).max(1).nullable() })),
	/** Tells the person with the system's own notification, when the window is not in front. */
	notify: desk.input(z.object({ title: z.string().max(200), text: z.string().max(500) })),
	/** Opens an address of ours (manual, licence) in the system's browser; anything else is refused with NOT_ALLOWED. */
	openLink: desk.input(z.object({ url: z.string().max(500) })),
};

export type DeskContract = typeof deskContract;
