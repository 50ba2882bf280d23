export type Finding = { readonly file: string; readonly line: number; readonly what: string; readonly text: string };

// A bracket in each pattern keeps this file from finding itself.
const NOT_INSIDE_A_LONGER_PATH = String.raw`(?<![\w.\-~})*\]])`;
const TRACES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
	{ what: 'a path of one machine', pattern: new RegExp(String.raw`${NOT_INSIDE_A_LONGER_PATH}/(?:w[o]rk|t[m]p|r[o]ot|h[o]me|U[s]ers)/[\w.]`) },
	{ what: 'a path of one machine', pattern: /\b[A-Za-z]:(?:\\{1,2}|\/)U[s]ers(?:\\{1,2}|\/)\w/ },
	{
		what: 'a host of a package registry',
		pattern:
			/\b(?:registry|deb|security|ftp|archive|pypi|files)\.(?:[\w-]+\.)*(?:n[p]mjs|n[p]mmirror|y[a]rnpkg|d[e]bian|u[b]untu|p[y]thonhosted)\.(?:org|com)\b/,
	},
	{ what: 'a host of a package registry', pattern: /https?:\/\/(?:[\w.-]+\.)?(?:n[p]mjs|n[p]mmirror|y[a]rnpkg|d[e]bian|p[y]pi)\.(?:org|com)\b/ },
];
const DOWNLOAD_ADDRESS = /"r[e]solved"\s*:/;
const LOCK_FILES = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/;

/** Where a text gives away the machine it was written on or the registry its packages came from. `file` decides what else is looked for. */
export function machineTraces(file: string, text: string): Finding[] {
	const searched = LOCK_FILES.test(file)
		? [...TRACES, { what: 'a download address (set omit-lockfile-registry-resolved)', pattern: DOWNLOAD_ADDRESS }]
		: TRACES;
	const findings: Finding[] = [];
	for (const [index, line] of text.split('\n').entries()) {
		const found = searched.find(({ pattern }) => pattern.test(line));
		if (found) findings.push({ file, line: index + 1, what: found.what, text: line.trim().slice(0, 160) });
	}
	return findings;
}
