import { spawn } from 'node:child_process';
import { defineCommand, type TerminalContext } from '../context.ts';
import { UsageError } from '../usage-error.ts';

export const serve = defineCommand({
	path: ['serve'],
	summary: 'opens the program in the browser',
	description: `Serves the screens to one browser of this computer, on 127.0.0.1 and nowhere else, until Ctrl-C. The address that is printed is good
once: it holds a token that the browser exchanges for a session of its own. Run the command again for another one.`,
	examples: ['serve', 'serve --no-open --port 8790', 'serve --json'],
	options: {
		port: { type: 'string', value: 'NUMBER', summary: 'the port to listen on (default: any that is free)' },
		'no-open': { type: 'boolean', summary: 'print the address and open no browser' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const { output, surroundings, dataFolder } = context;
		const left = untilInterrupted();
		const serving = await surroundings.serve({ dataFolder, env: surroundings.env, port: portOf(options.port) });
		try {
			for (const warning of serving.warnings()) output.note(warning);
			output.printJson({ url: serving.url, port: serving.port, dataFolder });
			if (!output.json) output.print(`Ledgerseal is at ${serving.url} (Ctrl-C ends it)\n`);
			if (!options['no-open']) openBrowser(context, serving.url);
			await left;
		} finally {
			await serving.close();
		}
	},
});

function portOf(text: string | undefined): number {
	if (text === undefined) return 0;
	if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
	throw new UsageError(`--port is "${text}". Give a number from 0 to 65535, or leave it out.`, { option: 'port' });
}

function untilInterrupted(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
	});
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
	win32: ['rundll32', 'url.dll,FileProtocolHandler'],
	darwin: ['open'],
};

/** Where there is no browser the address stands on the screen, so nothing is made of a failure. */
function openBrowser({ surroundings }: TerminalContext, url: string): void {
	const [command = 'xdg-open', ...words] = OPENERS[surroundings.platform] ?? [];
	const opener = spawn(command, [...words, url], { stdio: 'ignore', detached: true });
	opener.on('error', () => undefined);
	opener.unref();
}
