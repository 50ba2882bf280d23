import { describe, expect, it } from 'vitest';
import { hashText } from '#test/seal-keys.ts';
import { makePackage } from '#test/seal-package.ts';
import { utf8Text } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { type CloseSeal, packageSealBytes, parsePackageSeal, parseSeal, type ReopenSeal, sealBytes, sealText, type YearSeal } from './seal-document.ts';

const parsed = parseSeal(utf8Text(makePackage().get('data/seal/seal.json') ?? new Uint8Array()) ?? '');
if (!parsed.ok || parsed.value.kind !== 'CLOSE') throw new Error('the sample package has no seal');
const close: CloseSeal = parsed.value;
const second: CloseSeal = {
	...close,
	sealNo: 3,
	previousSeal: hashText('reopen'),
	closeNumber: 2,
	closeReason: 'a late invoice',
	supersedes: { sealSha256: hashText('first'), reopenedAt: '2026-02-02T08:00:00.000Z', reopenedBy: 'user-1', reopenReason: 'an invoice came late' },
	anomalies: [{ code: 'CLOCK_SET_BACK', at: '2026-02-02T08:00:00.000Z', detail: 'by 3600 s' }],
	netProfitMinor: '-99999999999999999999',
};
const year: YearSeal = { ...close, kind: 'YEAR', periods: [hashText('first'), hashText('second')] };
const { formatVersion, sealNo, previousSeal, company, period, closeNumber, policies, chainHead, auditHead, anomalies, keyId, publicKey } = close;
const reopen: ReopenSeal = {
	formatVersion,
	sealNo,
	previousSeal,
	company,
	period,
	closeNumber,
	policies,
	chainHead,
	auditHead,
	anomalies,
	keyId,
	publicKey,
	kind: 'REOPEN',
	reopens: {
		sealSha256: hashText('first'),
		closeHash: close.closeHash,
		closedAt: close.closedAt,
		reopenedAt: '2026-02-02T08:00:00.000Z',
		reopenedBy: 'user-1',
		reopenReason: 'an invoice came late',
		reversalEntryNo: 6,
	},
};

describe('seal.json', () => {
	it.each([
		['a close', close],
		['a second close', second],
		['a year', year],
		['a reopening', reopen],
		['an unsigned close', { ...close, keyId: null, publicKey: null }],
	])('of %s is canonical and reads back', (_what, seal) => {
		expect(sealText(seal)).toBe(canonicalJson(seal));
		expect(utf8Text(sealBytes(seal))).toBe(sealText(seal));
		expect(parseSeal(sealText(seal))).toEqual({ ok: true, value: seal });
	});

	it.each<[string, object]>([
		['another format version', { ...close, formatVersion: 2 }],
		['an unknown kind', { ...close, kind: 'OTHER' }],
		['a field too many', { ...close, note: '' }],
		['a field of another kind', { ...close, periods: [] }],
		['a sum as a number', { ...close, netProfitMinor: 1 }],
		['a sum with a leading zero', { ...close, netProfitMinor: '01' }],
		['minus zero', { ...close, netProfitMinor: '-0' }],
		['an id with a line break', { ...close, company: { ...company, id: 'a\nb' } }],
		['no hash', { ...close, closeHash: 'AA'.repeat(32) }],
		['a local instant', { ...close, closedAt: '2026-02-01T09:00:00+05:30' }],
		['a policy that is a list', { ...close, policies: { reopen_policy: [] } }],
		['an unknown anomaly', { ...close, anomalies: [{ code: 'OTHER', at: close.closedAt, detail: '' }] }],
	])('is refused with %s', (_what, seal) => {
		expect(parseSeal(canonicalJson(seal)).ok).toBe(false);
	});

	it('is refused without any one of its fields', () => {
		for (const seal of [second, year, reopen]) {
			for (const key of Object.keys(seal)) {
				const { [key as 'kind']: _left, ...rest } = seal;
				expect(parseSeal(canonicalJson(rest)).ok, key).toBe(false);
			}
		}
	});

	it('is refused in any other form of the same JSON', () => {
		expect(parseSeal(`${sealText(close)}\n`).ok).toBe(false);
		expect(parseSeal(JSON.stringify(Object.fromEntries(Object.entries(close).toReversed()))).ok).toBe(false);
	});
});

it('package-seal.json reads back, and only in canonical form', () => {
	const packageSeal = { sealSha256: hashText('a'), manifestSha256: hashText('b'), packageFormat: 1, keyId: null };
	const json = utf8Text(packageSealBytes(packageSeal)) ?? '';
	expect(parsePackageSeal(json)).toEqual({ ok: true, value: packageSeal });
	expect(parsePackageSeal(json.replace('"packageFormat":1', '"packageFormat":0')).ok).toBe(false);
	expect(parsePackageSeal(JSON.stringify(packageSeal, null, 1)).ok).toBe(false);
});
