import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Native code, what streams archives and what draws pages (with files of its own) stay packages; everything else of ours is bundled, so that a start reads few files. */
const EXTERNAL = ['better-sqlite3', 'keytar', 'yazl', 'yauzl', 'pdfkit', '@zip.js/zip.js'];

/**
 * What every command needs lies in one file, and what a report needs beside it in another: each file that a start looks up costs it
 * a millisecond, and a report of a million lines takes less than finding forty files.
 * An entry (terminal.ts, worker.ts) is never in them: whoever loads a chunk would run it, and a worker thread would run the terminal.
 */
const CHUNKS = [
	{
		name: 'core',
		priority: 2,
		test: /src\/main\/(?:platform\/(?!csv|zip|documents|jobs|files\/|files\.ts)|app\/(?!desk\/|sample-|verify-|report-|write-report|resume|worker-tasks|jobs|job-kinds|sweep|program-|serve-program)|companies|access|audit|periods|hosts\/terminal\/[^/]+$)|src\/shared\/(?:kernel|contract\/(?:define|companies))|node_modules\/(?:zod|@orpc\/(?:contract|client|shared))/,
	},
	{
		name: 'reports',
		priority: 1,
		test: /src\/main\/(?:reports|ledger)\/|src\/shared\/contract\/reports|src\/main\/hosts\/terminal\/commands\/report|src\/main\/app\/report-tables/,
	},
];

export default defineConfig({
	main: {
		build: {
			outDir: 'out/main',
			target: 'node24',
			sourcemap: true,
			externalizeDeps: false,
			rolldownOptions: {
				input: {
					index: 'src/main/index.ts',
					terminal: 'src/main/terminal.ts',
					worker: 'src/main/worker.ts',
				},
				external: [...EXTERNAL, 'electron'],
				output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js', codeSplitting: { groups: CHUNKS } },
			},
		},
	},
	preload: {
		build: {
			outDir: 'out/preload',
			// A preload in a sandbox is one file of CommonJS and can load nothing beside it.
			externalizeDeps: false,
			rolldownOptions: { input: { index: 'src/preload/index.ts' }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
		},
	},
	renderer: {
		root: 'src/renderer',
		plugins: [react()],
		build: {
			outDir: 'out/renderer',
			target: 'chrome140',
			// Off by default in electron-vite.
			minify: true,
			rolldownOptions: { input: 'src/renderer/index.html' },
		},
	},
});
