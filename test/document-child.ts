// Writes a document as pages and as a workbook into the folder that it is given: the same bytes wherever it runs.
import { join } from 'node:path';
import { writePages } from '#main/platform/documents/pages.ts';
import { writeWorkbook } from '#main/platform/documents/workbook.ts';
import { documentWith, GROUPED_ROWS } from './sample-document.ts';

const folder = process.argv[2] ?? '';
const document = documentWith(GROUPED_ROWS, { company: 'मँगो लेन ट्रेडर्स' }, { notes: ['Ünïcode note'] });
await writePages(join(folder, 'a.pdf'), document);
await writeWorkbook(join(folder, 'a.xlsx'), document);
