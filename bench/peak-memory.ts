// Loaded before the program: writes down the peak of its resident memory (KiB) when it ends.
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LEDGERSEAL_BENCH_PEAK;
if (isMainThread && file !== undefined) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)));
