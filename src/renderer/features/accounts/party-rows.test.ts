import { describe, expect, it } from 'vitest';
import { listOf, partyRows } from './party-rows.ts';

const party = (name: string) => ({ ref: name, name, aliases: [], emails: [], active: true });

describe('the directory of parties', () => {
	it('shows what is open on either side, and nothing where nothing is', () => {
		const rows = partyRows([party('Asha'), party('Bora'), party('Chui')], [{ party: 'Asha', total: '120.00' }], [{ party: 'Bora', total: '-5.50' }], 'KES');
		expect(rows.map(({ name, receivable, payable, receivableMinor, payableMinor }) => [name, receivable, payable, receivableMinor, payableMinor])).toEqual([
			['Asha', '120.00', null, 12000n, 0n],
			['Bora', null, '-5.50', 0n, -550n],
			['Chui', null, null, 0n, 0n],
		]);
	});

	it.each([
		['', []],
		['a@example.com', ['a@example.com']],
		['a@example.com, b@example.com;\n c@example.com ,', ['a@example.com', 'b@example.com', 'c@example.com']],
	])('reads "%s" as a list', (typed, list) => {
		expect(listOf(typed)).toEqual(list);
	});
});
