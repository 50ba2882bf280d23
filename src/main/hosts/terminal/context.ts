import { resolve } from 'node:path';
import type { Client } from '#shared/contract/client.ts';
import type { App } from '#main/app/open-app.ts';
import type { Credentials } from '#main/app/session.ts';
import type { Clock } from '#main/platform/clock.ts';
import { defaultDataFolder } from '#main/platform/files/folders.ts';
import { commandDefiner, type GlobalOptions } from './arguments.ts';
import { type CompanyName, findCompanyNamed } from './company-named.ts';
import type { Output } from './output.ts';
import { createPrompt, needsAnswer, type Prompt, type PromptInput, type PromptOutput } from './prompt.ts';

/** What a process gives to the program. */
export interface Surroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly platform: NodeJS.Platform;
	readonly clock: Clock;
	readonly workingFolder: string;
	/** How the program is called in a shell, for commands that are suggested: `ledgerseal`, or `node bin/ledgerseal.mjs`. */
	readonly invocation: string;
	readonly stdin: PromptInput;
	/** Where questions are asked: standard error. */
	readonly questions: PromptOutput;
	/** Opens the host that serves the screens to a browser. */
	readonly serve: (options: ServeOptions) => Promise<Serving>;
}

export interface ServeOptions {
	/** Absolute. */
	readonly dataFolder: string;
	readonly env: Surroundings['env'];
	/** 0: any that is free. */
	readonly port: number;
}

export interface Serving {
	readonly port: number;
	/** Good for one browser, once. */
	readonly url: string;
	/** Texts that hold for as long as the program is open. */
	warnings(): readonly string[];
	/** Once all writes under way are done. */
	close(): Promise<void>;
}

/** The program as the user who signed in, inside one company. */
export interface CompanyContext {
	readonly client: Client;
	readonly companyId: string;
	readonly company: CompanyName & { readonly currency: string };
}

/** What commands work with. Nothing is opened, made or asked until a command wants it. */
export interface TerminalContext {
	readonly output: Output;
	readonly globals: GlobalOptions;
	readonly prompt: Prompt;
	readonly surroundings: Surroundings;
	/** Absolute. */
	readonly dataFolder: string;
	/** A path as it was typed, absolute. */
	readonly path: (typed: string) => string;
	/** The program on the data folder, as the user who signed in; opened once. */
	client(): Promise<Client>;
	/** The same inside the company that `--company` names, or the only one. */
	inCompany(): Promise<CompanyContext>;
	/** A data folder of the command's own choice, closed with the others. */
	openFolder(dataFolder: string, env: Surroundings['env']): Promise<App>;
	signIn(app: App): Promise<Client>;
	/** Closes what was opened. */
	close(): Promise<void>;
}

export const defineCommand = commandDefiner<TerminalContext>();

export function createContext(globals: GlobalOptions, output: Output, surroundings: Surroundings): TerminalContext {
	const { env, workingFolder } = surroundings;
	let prompt: Prompt | null = null;
	const promptOpened = (): Prompt => {
		prompt ??= createPrompt(surroundings.stdin, surroundings.questions, { interactive: !output.json });
		return prompt;
	};
	const opened: App[] = [];
	let client: Promise<Client> | null = null;

	const openFolder = async (dataFolder: string, folderEnv: Surroundings['env']): Promise<App> => {
		const { openApp } = await import('#main/app/open-app.ts');
		const app = await openApp({ dataFolder, env: folderEnv, clock: surroundings.clock, onWarning: (text) => output.note(text) });
		opened.push(app);
		return app;
	};
	const signIn = async (app: App): Promise<Client> => {
		const { signedInClient } = await import('#main/app/session.ts');
		return signedInClient(app, credentials(globals.user, env, promptOpened));
	};
	const context: TerminalContext = {
		output,
		globals,
		get prompt() {
			return promptOpened();
		},
		surroundings,
		dataFolder: dataFolderOf(globals.dataDir, surroundings),
		path: (typed) => resolve(workingFolder, typed),
		client: () => {
			client ??= openFolder(context.dataFolder, env).then(signIn);
			return client;
		},
		inCompany: async () => {
			const opener = await context.client();
			const { companies } = await opener.companies.list();
			const company = findCompanyNamed(companies, globals.company);
			return { client: opener, companyId: company.companyId, company };
		},
		openFolder,
		signIn,
		close: async () => {
			for (const app of opened.splice(0)) await app.close();
		},
	};
	return context;
}

/** The folder of the books: as typed, else as the environment says, else the application-data folder. Absolute. */
export function dataFolderOf(typed: string | undefined, { env, platform, workingFolder }: Surroundings): string {
	return resolve(workingFolder, typed || env.LEDGERSEAL_DATA_DIR || defaultDataFolder(env, platform));
}

function credentials(login: string | undefined, env: Surroundings['env'], openPrompt: () => Prompt): Credentials {
	return {
		login,
		// Standard input is left alone where it is no keyboard: it may hold what the command is to read.
		password: async (name) => {
			if (env.LEDGERSEAL_PASSWORD !== undefined) return env.LEDGERSEAL_PASSWORD;
			const question = { id: 'password', text: `Password of ${name}:`, option: 'the environment variable LEDGERSEAL_PASSWORD' };
			const prompt = openPrompt();
			if (!prompt.interactive) throw needsAnswer([question]);
			return prompt.password(question);
		},
	};
}
