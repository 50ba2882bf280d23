import { useEffect, useRef, useState } from 'react';
import type { HandedFile } from '#shared/contract/bridge.ts';
import { AppError } from '#shared/kernel/app-error.ts';
import type { Progress } from '#shared/contract/client.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useOpenedFile } from '#renderer/lib/opened-file.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { type EditableFile, editableFile, fileText, MAX_EDITABLE_BYTES } from './import-file.ts';
import { type ImportOptions, type ImportQuestion, type ImportResult, questionsOf } from './import-options.ts';

export type ImportStep =
	| { readonly at: 'choose' }
	| { readonly at: 'working'; readonly what: 'reading' | 'booking'; readonly progress: Progress }
	| { readonly at: 'questions'; readonly questions: readonly ImportQuestion[] }
	| { readonly at: 'checked'; readonly result: ImportResult }
	| { readonly at: 'done'; readonly result: ImportResult }
	| { readonly at: 'failed'; readonly error: unknown };

/** An import on its way: a file is read without booking anything, questions are answered, rows corrected, then all of it is booked. */
export function useImport() {
	const { client, connection } = useProgram();
	const { companyId } = useCompany();
	const [step, setStep] = useState<ImportStep>({ at: 'choose' });
	const [options, setOptions] = useState<ImportOptions>({});
	const [file, setFile] = useState<File | HandedFile | null>(null);
	const [editable, setEditable] = useState<EditableFile | null>(null);
	const stopper = useRef<AbortController | null>(null);

	const run = async (given: File | HandedFile, wanted: ImportOptions, dryRun: boolean): Promise<void> => {
		stopper.current = new AbortController();
		const { signal } = stopper.current;
		const what = dryRun ? 'reading' : 'booking';
		setStep({ at: 'working', what, progress: { fraction: 0, text: '' } });
		try {
			const { path } = given instanceof File ? await connection.handOver(given, signal) : given;
			const result = await client.imports.importJournal(
				{ companyId, path, options: { ...wanted, ...(dryRun ? { dryRun: true, keepGoing: true } : {}) } },
				{ signal, onProgress: (progress) => setStep({ at: 'working', what, progress }) },
			);
			setStep({ at: dryRun ? 'checked' : 'done', result });
		} catch (error) {
			const questions = questionsOf(error);
			if (signal.aborted || (error instanceof AppError && error.code === 'CANCELLED')) setStep({ at: 'choose' });
			else setStep(questions.length > 0 ? { at: 'questions', questions } : { at: 'failed', error });
		}
	};
	const choose = async (given: File | HandedFile): Promise<void> => {
		setFile(given);
		setOptions({});
		// What was opened from outside the page is read by the program alone.
		setEditable(given instanceof File && given.size <= MAX_EDITABLE_BYTES ? editableFile(given.name, new Uint8Array(await given.arrayBuffer())) : null);
		await run(given, {}, true);
	};
	useOpenedImport(choose);
	const checkAgain = async (wanted: ImportOptions, corrected?: EditableFile): Promise<void> => {
		if (file === null) return;
		const given = corrected ? new File([fileText(corrected)], corrected.name, { type: 'text/csv' }) : file;
		setOptions(wanted);
		setFile(given);
		if (corrected) setEditable(corrected);
		await run(given, wanted, true);
	};
	return {
		step,
		options,
		file,
		editable,
		choose,
		checkAgain,
		book: (wanted: ImportOptions = options) => (file === null ? Promise.resolve() : run(file, wanted, false)),
		cancel: () => stopper.current?.abort(),
		startOver: () => setStep({ at: 'choose' }),
	};
}

/** A file that was opened from outside (the dock, a second start) is taken as if it had been chosen here. */
function useOpenedImport(choose: (file: HandedFile) => Promise<void>): void {
	const { toImport, takeToImport } = useOpenedFile();
	const latest = useRef(choose);
	latest.current = choose;
	useEffect(() => {
		if (toImport === null) return;
		takeToImport();
		void latest.current(toImport);
	}, [toImport, takeToImport]);
}

export type ImportState = ReturnType<typeof useImport>;
