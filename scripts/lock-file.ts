type LockEntry = {
	readonly version?: string;
	readonly dev?: boolean;
	readonly license?: string;
	readonly optional?: boolean;
	readonly os?: readonly string[];
	readonly cpu?: readonly string[];
	readonly libc?: readonly string[];
	readonly optionalDependencies?: Readonly<Record<string, string>>;
};
export type LockFile = { readonly packages: Readonly<Record<string, LockEntry>> };

const SYSTEMS = new Set(['aix', 'android', 'darwin', 'freebsd', 'linux', 'openharmony', 'sunos', 'win32']);
const PROCESSORS = new Set(['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']);
const LIBRARIES: Readonly<Record<string, string>> = { gnu: 'glibc', musl: 'musl' };

/** The system that a package of binaries says in its name: `@scope/binding-linux-x64-musl`. Undefined where it says none. */
function systemOf(name: string): { os: string; cpu: string; libc: string | undefined } | undefined {
	const words = name.slice(name.lastIndexOf('/') + 1).split('-');
	const os = words.find((word) => SYSTEMS.has(word));
	const cpu = words.find((word) => PROCESSORS.has(word));
	if (os === undefined || cpu === undefined) return undefined;
	return { os, cpu, libc: LIBRARIES[words.at(-1) ?? ''] };
}

/**
 * Adds an entry for each optional dependency that has none, at the exact version its parent names and for the system its name says.
 * Without integrity, which only a registry that holds it can give. Throws where a name or version leaves room for doubt.
 */
export function completeLock(lock: LockFile): { lock: LockFile; added: string[] } {
	const packages: Record<string, LockEntry> = { ...lock.packages };
	const added: string[] = [];
	for (const [place, parent] of Object.entries(lock.packages)) {
		for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
			const key = `node_modules/${name}`;
			if (key in packages || `${place}/${key}` in packages) continue;
			const system = systemOf(name);
			if (!system || !/^\d+\.\d+\.\d+$/.test(version))
				throw new Error(`${name}@${version} is missing from the lock file, and what system it is for is not to be seen`);
			packages[key] = {
				version,
				cpu: [system.cpu],
				...(parent.dev === undefined ? {} : { dev: parent.dev }),
				...(system.libc === undefined ? {} : { libc: [system.libc] }),
				...(parent.license === undefined ? {} : { license: parent.license }),
				optional: true,
				os: [system.os],
			};
			added.push(`${name}@${version}`);
		}
	}
	const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
	return { lock: { ...lock, packages: Object.fromEntries(sorted) }, added };
}
