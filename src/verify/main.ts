import { chosenFolder, dropped } from './chosen-files.ts';
import { type Language, LANGUAGES, languageFor, speaker } from './messages/catalogue.ts';
import type { TextKey } from './messages/english.ts';
import { completeOlderBrowser } from './older-browsers.ts';
import { type Chosen, type Expectation, type Outcome, runVerification } from './run-verification.ts';
import { byId } from './view/elements.ts';
import { resultView, spokenVerdict } from './view/result-view.ts';

/** What the page shows. */
interface Shown {
	language: Language;
	chosen: Chosen | null;
	previous: Expectation['previous'];
	outcome: Outcome | null;
	cancelledName: string | null;
	/** Of the verification under way. */
	running: AbortController | null;
}

const shown: Shown = {
	language: languageFor(navigator.languages),
	chosen: null,
	previous: null,
	outcome: null,
	cancelledName: null,
	running: null,
};

const expectedKey = byId<HTMLTextAreaElement>('expected-key');
const progressBar = byId<HTMLProgressElement>('progress-bar');

function showTexts(): void {
	const say = speaker(shown.language);
	document.documentElement.lang = shown.language;
	document.title = say('title');
	for (const part of document.querySelectorAll<HTMLElement>('[data-text]')) part.textContent = say(part.dataset.text as TextKey);
	byId('languages').setAttribute('aria-label', say('language'));
	for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]')) {
		button.setAttribute('aria-pressed', String(button.dataset.language === shown.language));
	}
	byId('previous-name').textContent = shown.previous?.name ?? say('previousNone');
	byId('remove-previous').hidden = shown.previous === null;
	byId('again').hidden = shown.chosen === null || shown.running !== null;
	byId('progress-label').textContent = say('verifying', { name: shown.chosen?.name ?? '' });
	byId('result').replaceChildren(...(shown.outcome === null ? [] : resultView(shown.outcome, shown.language)));
	const cancelled = byId('cancelled');
	cancelled.hidden = shown.cancelledName === null;
	cancelled.textContent = shown.cancelledName === null ? '' : say('cancelled', { name: shown.cancelledName });
}

function showProgress(fraction: number): void {
	progressBar.value = Math.floor(fraction * 1000);
	byId('percent').textContent = speaker(shown.language)('percent', { percent: Math.floor(fraction * 100) });
}

async function verify(): Promise<void> {
	const { chosen } = shown;
	if (chosen === null) return;
	shown.running?.abort();
	const running = new AbortController();
	Object.assign(shown, { running, outcome: null, cancelledName: null });
	byId('progress').hidden = false;
	showProgress(0);
	showTexts();
	byId('status').textContent = byId('progress-label').textContent;
	byId('cancel').focus();
	try {
		const expectation = { key: expectedKey.value, previous: shown.previous };
		const outcome = await runVerification(chosen, expectation, { signal: running.signal, onProgress: showProgress, pause, now: () => performance.now() });
		if (shown.running === running) end({ outcome });
	} catch (error) {
		// Only a cancelled verification throws; one that a later choice replaced is not told.
		if (!running.signal.aborted) throw error;
		if (shown.running === running) end({ cancelledName: chosen.name });
	}
}

function end(ended: Partial<Shown>): void {
	Object.assign(shown, { running: null, ...ended });
	byId('progress').hidden = true;
	showTexts();
	if (shown.outcome === null) {
		byId('status').textContent = byId('cancelled').textContent;
		byId('again').focus();
		return;
	}
	byId('status').textContent = spokenVerdict(shown.outcome, shown.language);
	byId('verdict').focus();
}

function pause(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve));
}

function choose(chosen: Chosen | null): void {
	if (chosen === null) return;
	shown.chosen = chosen;
	void verify();
}

/** A button that opens a chooser, and what becomes of the choice. The same file can be chosen again. */
function chooser(buttonId: string, inputId: string, take: (files: readonly File[]) => void): void {
	const input = byId<HTMLInputElement>(inputId);
	byId(buttonId).addEventListener('click', () => input.click());
	input.addEventListener('change', () => {
		const files = [...(input.files ?? [])];
		if (files.length > 0) take(files);
		input.value = '';
	});
}

chooser('choose-file', 'file', ([file]) => choose(file === undefined ? null : { kind: 'file', name: file.name, file }));
chooser('choose-folder', 'folder', (files) => choose(chosenFolder(files)));
chooser('choose-previous', 'previous', ([file]) => {
	shown.previous = file === undefined ? null : { name: file.name, file };
	showTexts();
});
byId('remove-previous').addEventListener('click', () => {
	shown.previous = null;
	showTexts();
	byId('choose-previous').focus();
});
byId('again').addEventListener('click', () => void verify());
byId('cancel').addEventListener('click', () => shown.running?.abort());

// A file that misses the field would otherwise be opened by the browser in place of this page.
for (const event of ['dragover', 'drop'] as const) document.addEventListener(event, (happened) => happened.preventDefault());
const drop = byId('drop');
document.addEventListener('dragover', () => drop.classList.add('over'));
document.addEventListener('dragleave', (left) => {
	if (left.relatedTarget === null) drop.classList.remove('over');
});
document.addEventListener('drop', (happened) => {
	drop.classList.remove('over');
	if (happened.dataTransfer !== null) void dropped(happened.dataTransfer).then(choose);
});

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-language]')) {
	button.addEventListener('click', () => {
		shown.language = LANGUAGES.find((language) => language === button.dataset.language) ?? 'en';
		showTexts();
	});
}
completeOlderBrowser();
showTexts();
