// Makes the files of resources/sample/ anew, and the list of what its statement lines are: node scripts/make-sample.ts
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type ChartAccount, sampleFiles, sampleTruth } from './sample/sample-company.ts';

const resources = new URL('../resources/', import.meta.url);
const chart: readonly ChartAccount[] = parse(readFileSync(new URL('charts/kenya.csv', resources), 'utf8'), { columns: true });

mkdirSync(new URL('sample/statements/', resources), { recursive: true });
for (const [name, text] of sampleFiles(chart)) {
	writeFileSync(new URL(`sample/${name}`, resources), text);
	console.log(`resources/sample/${name}: ${text.split('\n').length - 1} lines`);
}
writeFileSync(new URL('../test/fixtures/sample-statements-truth.csv', import.meta.url), sampleTruth());
