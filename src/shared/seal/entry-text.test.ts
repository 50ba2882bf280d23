import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JANUARY } from '#test/seal-package.ts';
import { canonicalJson } from './canonical-json.ts';
import { ENTRY_SOURCES, entryText, entryTextParts, joinEntryText, parseEntryText, type SealedEntry, type SealedLine } from './entry-text.ts';

const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\\ud800', '\\\\ud'));
const textOrNull = fc.option(text);
const amount = fc.maxSafeNat();
const date = fc.constantFrom('2026-01-31', '2024-02-29', '1999-12-31');
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const anyLine: fc.Arbitrary<SealedLine> = fc.record({
	account: text,
	party: textOrNull,
	currency: fc.constantFrom('INR', 'USD', 'JPY'),
	debit: amount,
	credit: amount,
	baseDebit: amount,
	baseCredit: amount,
	dueDate: fc.option(date),
	reference: textOrNull,
	memo: textOrNull,
});
const anyEntry: fc.Arbitrary<SealedEntry> = fc
	.record({
		v: fc.constant(1 as const),
		company: text,
		no: fc.integer({ min: 1, max: 2 ** 40 }),
		externalNo: textOrNull,
		date,
		source: fc.constantFrom(...ENTRY_SOURCES),
		description: text,
		reference: textOrNull,
		reverses: fc.option(fc.integer({ min: 1, max: 1e9 })),
		session: textOrNull,
		postedAt: text,
		postedBy: text,
		attachments: fc.array(hash, { maxLength: 3 }),
		lines: fc.array(anyLine, { maxLength: 4 }),
		prev: hash,
	})
	.map((entry) => ({ ...entry, seq: entry.no }));

describe('entry text', () => {
	it('is the canonical JSON of the entry', () => {
		fc.assert(
			fc.property(anyEntry, (entry) => {
				expect(entryText(entry)).toBe(canonicalJson(entry));
			}),
		);
	});

	it('is the same when its parts were made before its place was known', () => {
		fc.assert(
			fc.property(anyEntry, (entry) => {
				expect(joinEntryText(entryTextParts(entry), entry)).toBe(entryText(entry));
			}),
		);
	});

	it('reads back as the entry', () => {
		fc.assert(
			fc.property(anyEntry, (entry) => {
				expect(parseEntryText(entryText(entry))).toEqual({ ok: true, value: entry });
			}),
		);
	});

	it('is what the design writes down, to the letter', () => {
		const entry = { ...JANUARY[0], lines: JANUARY[0]?.lines.slice(0, 1) } as SealedEntry;
		expect(entryText(entry)).toBe(
			'{"attachments":[],"company":"0190aaaa-0000-7000-8000-000000000001","date":"2026-01-15","description":"Entry 1","externalNo":"V-1",' +
				'"lines":[{"account":"1000","baseCredit":0,"baseDebit":100000,"credit":0,"currency":"INR","debit":100000,"dueDate":null,"memo":null,"party":null,"reference":null}],' +
				'"no":1,"postedAt":"2026-01-15T10:00:00.000Z","postedBy":"user-1","prev":"0000000000000000000000000000000000000000000000000000000000000000",' +
				'"reference":null,"reverses":null,"seq":1,"session":null,"source":"MANUAL","v":1}',
		);
	});

	const good = entryText(JANUARY[0] as SealedEntry);
	it.each([
		['a space', good.replace('{', '{ ')],
		['a key too many', good.replace('{', '{"a":1,')],
		['a key too few', good.replace('"session":null,', '')],
		['a key twice', good.replace('"session":null,', '"session":null,"session":null,')],
		['keys in another order', good.replace('"source":"MANUAL","v":1', '"v":1,"source":"MANUAL"')],
		['a fraction', good.replace('"debit":100000', '"debit":1.5')],
		['a number with an exponent', good.replace('"debit":100000', '"debit":1e5')],
		['an amount below zero', good.replace('"debit":100000', '"debit":-1')],
		['an unsafe amount', good.replace('"debit":100000', '"debit":9007199254740993')],
		['a needless escape', good.replace('Entry', '\\u0045ntry')],
		['half a pair', good.replace('Entry', '\\ud800')],
		['no date', good.replace('2026-01-15"', '2026-02-30"')],
		['an unknown source', good.replace('MANUAL', 'OTHER')],
		['seq and no that differ', good.replace('"seq":1', '"seq":2')],
		['an upper-case hash', good.replace('"prev":"00', '"prev":"AA')],
		['another version', good.replace('"v":1', '"v":2')],
		['a list', '[]'],
		['nothing', ''],
		['null', 'null'],
	])('is refused with %s', (_what, spoiled) => {
		expect(spoiled).not.toBe(good);
		expect(parseEntryText(spoiled).ok).toBe(false);
	});

	it('says where it is wrong', () => {
		expect(parseEntryText(good.replace('"debit":100000', '"debit":-1'))).toEqual({ ok: false, problem: 'lines[0].debit is not a whole number from 0' });
	});

	it.each([
		['an amount that is no integer', { lines: [{ ...JANUARY[0]?.lines[0], debit: 0.5 }] }],
		['half a pair', { description: '\udfff' }],
		['seq and no that differ', { seq: 9 }],
		['half a pair in a memo', { lines: [{ ...JANUARY[0]?.lines[0], memo: '\ud800' }] }],
		['a memo left out', { lines: [{ ...JANUARY[0]?.lines[0], memo: undefined }] }],
		['a session left out', { session: undefined }],
		['a short prev', { prev: '00' }],
	])('is never made of %s', (_what, change) => {
		expect(() => entryText({ ...JANUARY[0], ...change } as SealedEntry)).toThrow(expect.objectContaining({ name: 'AssertionFailure' }));
	});
});
