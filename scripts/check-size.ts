// Files up to 300 lines, functions up to 70. What is longer stands in size-exceptions.json with its exact length.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { judgeSizes, oversized } from './source-sizes.ts';
import { PROJECT, trackedFiles } from './tool.ts';

const read = (file: string): string => readFileSync(path.join(PROJECT, file), 'utf8');
const sources = (await trackedFiles('*.ts', '*.tsx', '*.mjs')).filter((file) => existsSync(path.join(PROJECT, file)));
const exceptions = JSON.parse(read('scripts/size-exceptions.json')) as Record<string, number>;
const problems = judgeSizes(
	sources.flatMap((file) => oversized(file, read(file))),
	exceptions,
);

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`${sources.length} sources, ${Object.keys(exceptions).length} exceptions`);
