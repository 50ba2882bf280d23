// The table of imports (docs/ARCHITECTURE.md) on the real tree, and that none of its modules was overlooked.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { CRUISED_FOLDERS, cruise, notCruised } from './cruise.ts';
import { PROJECT, trackedFiles } from './tool.ts';

const folders = CRUISED_FOLDERS.filter((folder) => existsSync(path.join(PROJECT, folder)));
const { modules, violations } = await cruise(PROJECT, folders);
const tracked = (await trackedFiles('src/*.ts', 'src/*.tsx')).filter((file) => !file.endsWith('.d.ts') && existsSync(path.join(PROJECT, file)));
const overlooked = notCruised(tracked, modules);

for (const { rule, from, to } of violations) console.error(`${rule}: ${from} imports ${to}`);
for (const file of overlooked) console.error(`not cruised: ${file}`);
if (violations.length > 0 || overlooked.length > 0) process.exitCode = 1;
else console.log(`${modules.length} modules cruised, ${tracked.length} of them ours under src`);
