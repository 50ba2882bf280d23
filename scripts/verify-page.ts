import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { PROJECT } from './tool.ts';

const FOLDER = path.join(PROJECT, 'src/verify');
const read = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

/** The text of verify.html. */
export async function verifyPage(): Promise<string> {
	const [script, style] = [await bundledScript(), read('page.css')];
	const policy = ["default-src 'none'", `script-src ${hashSource(script)}`, `style-src ${hashSource(style)}`, "base-uri 'none'", "form-action 'none'"];
	const parts: Readonly<Record<string, string>> = { POLICY: policy.join('; '), STYLE: style, SCRIPT: script };
	return read('page.html').replace(/__(POLICY|STYLE|SCRIPT)__/g, (_whole, name: string) => parts[name] ?? '');
}

/** One classic bundle without imports, as an inline script needs it. */
async function bundledScript(): Promise<string> {
	const built = (await build({
		configFile: false,
		root: PROJECT,
		logLevel: 'warn',
		build: {
			write: false,
			target: 'es2022',
			minify: true,
			modulePreload: false,
			rolldownOptions: { input: path.join(FOLDER, 'main.ts'), output: { format: 'iife', codeSplitting: false } },
		},
	})) as Rolldown.RolldownOutput;
	const [chunk, ...others] = built.output;
	if (others.length > 0 || chunk.imports.length > 0) throw new Error('verify.html must be one script without imports');
	const { code } = chunk;
	// Inside an inline script these would end it, or begin a comment.
	if (/<\/script|<!--/i.test(code)) throw new Error('the script of verify.html holds text that would end it');
	return code;
}

/** How a policy names an inline script or style: by the hash of exactly what stands between its tags. */
function hashSource(text: string): string {
	return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
