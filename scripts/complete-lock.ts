// Completes package-lock.json with the optional binaries of other systems. npm leaves those out that the registry at hand does not hold,
// and `npm ci` then refuses the file as out of step. Run it after every `npm install` that changes the lock file.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { completeLock, type LockFile } from './lock-file.ts';
import { PROJECT } from './tool.ts';

const file = path.join(PROJECT, 'package-lock.json');
const text = readFileSync(file, 'utf8');
const { lock, added } = completeLock(JSON.parse(text) as LockFile);
const indent = /^\{\n(\s+)/.exec(text)?.[1] ?? '\t';
if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, indent)}\n`);
console.log(added.length === 0 ? 'the lock file is complete' : `added:\n${added.map((name) => `  ${name}`).join('\n')}`);
