import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { hashText } from '#test/seal-keys.ts';
import { closeHash, closeHashText } from './close-hash.ts';

const FIELDS = {
	companyId: '0190aaaa-0000-7000-8000-000000000001',
	periodId: '0190bbbb-0000-7000-8000-000000000001',
	totalJournalCount: 118,
	totalDebitsMinor: '27021597764222973',
	totalCreditsMinor: '27021597764222973',
	balanceRowCount: 41,
	closeNumber: 2,
};

it('is the hash of eight lines, each ended by one LF', () => {
	const text =
		'ledgerseal-close-v1\n0190aaaa-0000-7000-8000-000000000001\n0190bbbb-0000-7000-8000-000000000001\n118\n27021597764222973\n27021597764222973\n41\n2\n';
	expect(closeHashText(FIELDS)).toBe(text);
	expect(closeHash(FIELDS, hashText)).toBe(hashText(text));
});

it('is what a person gets with printf and sha256sum from the printed figures', () => {
	const command = 'printf "%s\\n" ledgerseal-close-v1 "$@" | sha256sum';
	const figures = [FIELDS.companyId, FIELDS.periodId, '118', FIELDS.totalDebitsMinor, FIELDS.totalCreditsMinor, '41', '2'];
	const output = execFileSync('sh', ['-c', command, 'sh', ...figures], { encoding: 'utf8' });
	expect(output.slice(0, 64)).toBe(closeHash(FIELDS, hashText));
});

it('takes no field that could pass for two', () => {
	expect(() => closeHashText({ ...FIELDS, companyId: 'a\nb' })).toThrow(expect.objectContaining({ name: 'AssertionFailure' }));
	expect(() => closeHashText({ ...FIELDS, periodId: '' })).toThrow(expect.objectContaining({ name: 'AssertionFailure' }));
});
