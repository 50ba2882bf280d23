// Makes the files of resources/sample/ anew: node scripts/make-sample.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type ChartAccount, sampleFiles } from './sample/sample-company.ts';

const resources = new URL('../resources/', import.meta.url);
const chart: readonly ChartAccount[] = parse(readFileSync(new URL('charts/kenya.csv', resources), 'utf8'), { columns: true });

for (const [name, text] of sampleFiles(chart)) {
	writeFileSync(new URL(`sample/${name}`, resources), text);
	console.log(`resources/sample/${name}: ${text.split('\n').length - 1} lines`);
}
