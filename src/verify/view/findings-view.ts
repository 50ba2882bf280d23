import type { Finding, FindingCode, NotChecked } from '#shared/seal/index.ts';
import { CATALOGUES, type Language, speaker } from '../messages/catalogue.ts';
import { element } from './elements.ts';

const SHOWN_OF_A_CODE = 20;

/** What differs, under a heading for each code, with the place of each and the verifier's own words; null where nothing does. */
export function findingsView(findings: readonly Finding[], omitted: number, language: Language): HTMLElement | null {
	if (findings.length === 0) return null;
	const say = speaker(language);
	const card = element('section', 'card', element('h2', '', say('findings')));
	const byCode = new Map<FindingCode, Finding[]>();
	for (const finding of findings) byCode.set(finding.code, [...(byCode.get(finding.code) ?? []), finding]);
	for (const [code, ofCode] of byCode) {
		card.append(element('h3', '', CATALOGUES[language].findings[code]));
		const list = element('ul', '', ...ofCode.slice(0, SHOWN_OF_A_CODE).map((finding) => findingItem(finding, language)));
		card.append(list);
		if (ofCode.length <= SHOWN_OF_A_CODE) continue;
		const more = element('button', 'quiet', say('showAll', { count: ofCode.length }));
		more.setAttribute('type', 'button');
		more.addEventListener('click', () => {
			list.append(...ofCode.slice(SHOWN_OF_A_CODE).map((finding) => findingItem(finding, language)));
			more.remove();
		});
		card.append(more);
	}
	if (omitted > 0) card.append(element('p', 'hint', say('findingsMore', { count: omitted })));
	return card;
}

function findingItem(finding: Finding, language: Language): HTMLElement {
	const say = speaker(language);
	const { entryNo, externalNo, account, file, table } = finding;
	const places = [
		entryNo === undefined ? null : say('inEntry', { no: entryNo }),
		externalNo === undefined ? null : say('inVoucher', { number: externalNo }),
		account === undefined ? null : say('inAccount', { account }),
		table === undefined ? null : say('inTable', { table }),
		file === undefined ? null : say('inFile', { file }),
	].filter((place) => place !== null);
	const detail = element('span', places.length === 0 ? '' : 'detail', finding.message);
	// The verifier speaks English, in the program as well.
	detail.lang = 'en';
	return element('li', '', places.length === 0 ? null : element('span', 'place', places.join(', ')), detail);
}

/** What was not checked, in words. */
export function notCheckedView(skipped: readonly NotChecked[], ignored: readonly string[], language: Language): HTMLElement | null {
	if (skipped.length === 0 && ignored.length === 0) return null;
	const say = speaker(language);
	const items = skipped.map(({ code }) => element('li', '', CATALOGUES[language].notChecked[code]));
	if (ignored.length > 0) items.push(element('li', '', say('ignored', { names: ignored.join(', ') })));
	return element('section', 'card', element('h2', '', say('notChecked')), element('ul', '', ...items));
}
