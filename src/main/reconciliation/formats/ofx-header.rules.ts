/** What the top of an OFX file says of itself. All null where it has no header. */
export interface OfxHeader {
	/** `OFX 1.02 SGML`, `OFX 2.11 XML`, for a person. */
	readonly dialect: string;
	readonly isPresent: boolean;
	/** The encoding it names, as a decoder knows it; null where it names none. */
	readonly encoding: string | null;
}

const ROOT = /<OFX(?:\s[^<>]*)?>/i;

/** Where the OFX element begins; -1 where the text is no OFX. */
export function ofxRootAt(text: string): number {
	return text.search(ROOT);
}

/**
 * Reads the header of 1.x (`KEY:value` on lines of their own or all on one) and of 2.x (attributes of `<?OFX ...?>`). `head` is the
 * beginning of the file, read as ASCII.
 */
export function ofxHeader(head: string): OfxHeader {
	const root = ofxRootAt(head);
	const top = root === -1 ? head : head.slice(0, root);
	const instruction = /<\?OFX\s([^<>]*)\?>/i.exec(top)?.[1];
	const xmlEncoding = /<\?xml\s[^<>]*?encoding\s*=\s*["']([^"']*)["']/i.exec(top)?.[1] ?? null;
	if (instruction !== undefined || /<\?xml\s/i.test(top)) {
		const version = /(?:^|\s)VERSION\s*=\s*["'](\d+)["']/i.exec(instruction ?? '')?.[1];
		return { dialect: dialectOf(version, 'XML'), isPresent: instruction !== undefined, encoding: xmlEncoding === null ? null : encodingName(xmlEncoding) };
	}
	const version = /(?:^|[^A-Z])VERSION\s*:\s*(\d{3})/i.exec(top)?.[1] ?? /[A-Z]VERSION:(\d{3})/.exec(top)?.[1];
	return { dialect: dialectOf(version, 'SGML'), isPresent: /(?:OFXHEADER|DATA|VERSION)\s*:/i.test(top), encoding: sgmlEncoding(top) };
}

function dialectOf(version: string | undefined, syntax: string): string {
	return version === undefined ? `OFX ${syntax} without a version` : `OFX ${version.slice(0, 1)}.${version.slice(1)} ${syntax}`;
}

// The keys that may follow where all stand on one line without blanks between them.
const NEXT_KEY = '(?=\\s|$|CHARSET:|COMPRESSION:|OLDFILEUID:|NEWFILEUID:|SECURITY:|<)';
const ENCODING = new RegExp(`ENCODING\\s*:[ \\t]*(\\S*?)${NEXT_KEY}`, 'i');
const CHARSET = new RegExp(`CHARSET\\s*:[ \\t]*(\\S*?)${NEXT_KEY}`, 'i');

// ENCODING says UTF-8 or UNICODE by itself; USASCII means that CHARSET names the code page.
function sgmlEncoding(top: string): string | null {
	const encoding = (ENCODING.exec(top)?.[1] ?? '').toUpperCase();
	if (/^(?:UTF-?8|UNICODE)$/.test(encoding)) return 'utf-8';
	return encodingName(CHARSET.exec(top)?.[1] ?? '');
}

/** A decoder's name for what OFX files write: a bare code page, `8859-1`, USASCII; null where they name none. What nobody knows stays as it is. */
function encodingName(written: string): string | null {
	const name = written.trim().toUpperCase();
	if (name === '' || name === 'NONE') return null;
	if (name === 'USASCII') return 'us-ascii';
	if (name === '65001') return 'utf-8';
	const page = /^(?:CP|WINDOWS-?)?(\d{3,4})$/.exec(name)?.[1];
	if (page !== undefined) return page.startsWith('125') ? `windows-${page}` : `cp${page}`;
	const part = /^(?:ISO-?)?8859-(\d{1,2})$/.exec(name)?.[1];
	return part === undefined ? name : `iso-8859-${part}`;
}
