// Puts verify.html together from src/verify: one file, its script and style named by hash in its own policy. The same sources give the same bytes.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT } from './tool.ts';
import { verifyPage } from './verify-page.ts';

const folder = path.join(PROJECT, 'out');
mkdirSync(folder, { recursive: true });
const page = await verifyPage();
writeFileSync(path.join(folder, 'verify.html'), page);
console.log(`out/verify.html: ${Buffer.byteLength(page)} bytes`);
