// Refuses, in every tracked file: paths of one machine, hosts of package registries, download addresses in the lock file.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Finding, machineTraces } from './machine-traces.ts';
import { PROJECT, trackedFiles } from './tool.ts';

const findings: Finding[] = [];
const files = (await trackedFiles()).filter((file) => existsSync(path.join(PROJECT, file)));
// One byte a character: binary files are searched as well.
for (const file of files) findings.push(...machineTraces(file, readFileSync(path.join(PROJECT, file), 'latin1')));

for (const { file, line, what, text } of findings) console.error(`${file}:${line}: ${what}: ${text}`);
if (findings.length > 0) process.exitCode = 1;
else console.log(`${files.length} files hold no trace of a machine or a registry`);
