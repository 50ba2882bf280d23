type Content = Node | string | null;

/** An element with a class, attributes and content. Text is always set as text, never as HTML. */
export function element(tag: string, className: string, ...content: readonly Content[]): HTMLElement {
	const made = document.createElement(tag);
	if (className !== '') made.className = className;
	made.append(...content.filter((part) => part !== null));
	return made;
}

/** The element with an id, which the page's own HTML holds. */
export function byId<Kind extends HTMLElement>(id: string): Kind {
	const found = document.getElementById(id);
	if (found === null) throw new Error(`the page has no #${id}`);
	return found as Kind;
}

/** A list of terms with what is said of each; null: nothing is said. */
export function factList(facts: readonly (readonly [string, Content])[]): HTMLElement {
	const list = element('dl', '');
	for (const [term, fact] of facts) if (fact !== null) list.append(element('dt', '', term), element('dd', '', fact));
	return list;
}

const SVG = 'http://www.w3.org/2000/svg';
const SIGNS = {
	good: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'm8 12.3 2.8 2.8L16 9.4'],
	fair: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M8 12h8'],
	bad: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'm9 9 6 6', 'm15 9-6 6'],
} as const;
export type Tone = keyof typeof SIGNS;

/** A sign that says nothing which the words beside it do not. */
export function sign(tone: Tone): SVGElement {
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.setAttribute('aria-hidden', 'true');
	for (const shape of SIGNS[tone]) {
		const path = document.createElementNS(SVG, 'path');
		path.setAttribute('d', shape);
		svg.append(path);
	}
	return svg;
}
