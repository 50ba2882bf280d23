import { currencyDecimals, isCurrency } from '#shared/kernel/currency.ts';
import { formatMinor } from '#shared/kernel/money.ts';
import { type EntryProofVerification, type PackageVerification, type SealDocument, sealFingerprint } from '#shared/seal/index.ts';
import { CATALOGUES, filled, type Language, type Say, speaker } from '../messages/catalogue.ts';
import type { Outcome } from '../run-verification.ts';
import { element, factList, sign, type Tone } from './elements.ts';
import { findingsView, notCheckedView } from './findings-view.ts';

type Signed = Pick<PackageVerification, 'result' | 'signer' | 'signature' | 'findings'>;

/** The whole result; its heading has the id `verdict` and takes the focus. */
export function resultView(outcome: Outcome, language: Language): HTMLElement[] {
	const say = speaker(language);
	if (outcome.kind === 'refused') {
		const { code, detail } = outcome.refusal;
		const means = filled(CATALOGUES[language].refusals[code]);
		return [verdict('fair', say('refused'), outcome.name, means, detail)];
	}
	const { verification, name, signaturesBy } = outcome;
	const { tone, title, means } = judged(verification, outcome.kind, say);
	const arithmetic = say(signaturesBy === 'browser' ? 'byBrowser' : 'byPage');
	const facts = outcome.kind === 'package' ? [packageFacts(outcome.verification, arithmetic, say)] : proofCards(outcome.verification, arithmetic, say);
	return [
		verdict(tone, title, name, means),
		findingsView(verification.findings, outcome.kind === 'package' ? outcome.verification.findingsOmitted : 0, language),
		...facts,
		notCheckedView(verification.notChecked, outcome.kind === 'package' ? outcome.ignored : [], language),
	].filter((part) => part !== null);
}

/** The verdict in one sentence, for those who hear it. */
export function spokenVerdict(outcome: Outcome, language: Language): string {
	const say = speaker(language);
	if (outcome.kind === 'refused') return `${say('refused')}. ${CATALOGUES[language].refusals[outcome.refusal.code]}`;
	const { title, means } = judged(outcome.verification, outcome.kind, say);
	return `${title}. ${means}`;
}

function verdict(tone: Tone, title: string, name: string, means: string, detail = ''): HTMLElement {
	const heading = element('h2', 'tone', title);
	heading.id = 'verdict';
	heading.tabIndex = -1;
	const words = element('p', 'means', means, detail === '' ? null : element('span', 'detail', detail));
	const card = element('section', `verdict ${tone}`, heading, element('p', 'name', name), words);
	card.setAttribute('aria-labelledby', 'verdict');
	card.prepend(sign(tone));
	return card;
}

function judged({ result, signer, signature }: Signed, kind: 'package' | 'proof', say: Say): { tone: Tone; title: string; means: string } {
	const isPackage = kind === 'package';
	if (result === 'ALTERED') return { tone: 'bad', title: say('altered'), means: say(isPackage ? 'alteredMeans' : 'proofAltered') };
	if (signer === null || signature !== 'good') {
		return { tone: 'fair', title: say('consistent'), means: say(isPackage ? 'verifiedUnsigned' : 'proofUnsigned') };
	}
	if (signer.known) return { tone: 'good', title: say('verified'), means: say(isPackage ? 'verifiedKnown' : 'proofKnown') };
	return { tone: 'good', title: say('verified'), means: say(isPackage ? 'verifiedUnknown' : 'proofUnknown') };
}

function packageFacts(verification: PackageVerification, arithmetic: string, say: Say): HTMLElement {
	const { seal, sealSha256, checked } = verification;
	const looked = say('lookedAt', { files: checked.files, bytes: grouped(String(checked.bytes)), entries: grouped(String(checked.entries)) });
	const facts = [
		...signerFacts(verification, say),
		...(seal === null ? [] : sealFacts(seal, sealSha256, say)),
		[say('looked'), looked] as const,
		[say('arithmetic'), arithmetic] as const,
	];
	return element('section', 'card', factList(facts));
}

type Fact = readonly [string, Node | string | null];

function signerFacts({ signer, signature, findings }: Signed, say: Say): Fact[] {
	if (signer === null) return [];
	const isOther = findings.some(({ code }) => code === 'SIGNER_CHANGED');
	const isBad = signature === 'bad';
	const beside = isBad ? 'signatureBad' : isOther ? 'fingerprintOther' : signer.known ? 'fingerprintKnown' : 'fingerprintUnknown';
	const fact = document.createDocumentFragment();
	fact.append(element('span', 'print fingerprint', signer.fingerprint), element('span', isBad || isOther ? 'beside bad' : 'beside', say(beside)));
	return [[say('fingerprint'), fact]];
}

function sealFacts(seal: SealDocument, sealSha256: string | null, say: Say): Fact[] {
	const { company, period, closeNumber, sealNo } = seal;
	const facts: Fact[] = [
		[say('company'), company.name],
		[say('period'), `${period.name} (${period.start} – ${period.end})`],
		[say('closeNumber'), say('closeNumberOf', { number: closeNumber, seal: sealNo })],
	];
	if (seal.kind !== 'REOPEN') {
		const { totalDebitsMinor, totalCreditsMinor } = seal.closeHashFields;
		facts.push(
			[say('closed'), say('closedBy', { at: instantWords(seal.closedAt), by: seal.closedBy })],
			[say('netProfit'), money(seal.netProfitMinor, company.currency)],
			[say('totals'), `${money(totalDebitsMinor, company.currency)} / ${money(totalCreditsMinor, company.currency)}`],
		);
	}
	if (sealSha256 !== null) facts.push([say('sealFingerprint'), element('span', 'print', sealFingerprint(sealSha256))]);
	return facts;
}

/** The entry with its lines, then the seal that it is under. */
function proofCards(verification: EntryProofVerification, arithmetic: string, say: Say): HTMLElement[] {
	const { proven, seal, sealSha256 } = verification;
	const cards: HTMLElement[] = [];
	if (proven !== null) {
		const { entry, entryHash } = proven;
		const facts: Fact[] = [
			[say('entry'), say('entryDate', { no: entry.no, date: entry.date })],
			[say('description'), entry.description],
			[say('reference'), entry.reference],
			[say('entryHash'), element('span', 'print', entryHash)],
		];
		cards.push(element('section', 'card', factList(facts), linesTable(entry.lines, say)));
	}
	const ofSeal = [...signerFacts(verification, say), ...(seal === null ? [] : sealFacts(seal, sealSha256, say))];
	if (ofSeal.length > 0) cards.push(element('section', 'card', factList([...ofSeal, [say('arithmetic'), arithmetic]])));
	return cards;
}

function linesTable(lines: NonNullable<EntryProofVerification['proven']>['entry']['lines'], say: Say): HTMLElement {
	const headings = (['account', 'party', 'debit', 'credit'] as const).map((key) => {
		const cell = element('th', key === 'debit' || key === 'credit' ? 'amount' : '', say(key));
		cell.setAttribute('scope', 'col');
		return cell;
	});
	const rows = lines.map((line) =>
		element(
			'tr',
			'',
			element('td', '', line.account),
			element('td', '', line.party ?? ''),
			element('td', 'amount', line.debit === 0 ? '' : money(String(line.debit), line.currency)),
			element('td', 'amount', line.credit === 0 ? '' : money(String(line.credit), line.currency)),
		),
	);
	const table = element('table', '', element('thead', '', element('tr', '', ...headings)), element('tbody', '', ...rows));
	table.setAttribute('aria-label', say('entry'));
	// Where the table is wider than the window it scrolls, also by keyboard.
	const scroll = element('div', 'scroll', table);
	scroll.tabIndex = 0;
	scroll.setAttribute('role', 'region');
	scroll.setAttribute('aria-label', say('entry'));
	return scroll;
}

/** Major units with their currency; minor units as they are where the currency is none that is known. */
function money(minor: string, currency: string): string {
	return isCurrency(currency) ? `${grouped(formatMinor(BigInt(minor), currencyDecimals(currency)))} ${currency}` : `${minor} ${currency}`;
}

/** To the minute, in UTC: the same for every reader. */
function instantWords(instant: string): string {
	return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** Thin spaces between thousands: read alike in every language of the page. */
function grouped(plain: string): string {
	const [whole = '', fraction] = plain.split('.');
	const spaced = whole.replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
	return fraction === undefined ? spaced : `${spaced}.${fraction}`;
}
