import { describe, expect, it } from 'vitest';
import type { ProcedureMeta } from '#shared/contract/define.ts';
import { contract } from '#shared/contract/index.ts';
import { placeOf } from './program-places.ts';

const procedures = Object.entries(contract as unknown as Record<string, Record<string, { '~orpc': { meta: ProcedureMeta } }>>).flatMap(([domain, named]) =>
	Object.entries(named).map(([name, declared]) => ({ domain, name, kind: declared['~orpc'].meta.kind, ...placeOf(domain, name) })),
);
const namesOf = (wanted: Partial<(typeof procedures)[number]>): string[] =>
	procedures
		.filter((procedure) => Object.entries(wanted).every(([key, value]) => procedure[key as 'name'] === value))
		.map(({ domain, name }) => `${domain}.${name}`);

describe('the thread of a procedure', () => {
	it('is that of the writer for every command, and never for a query', () => {
		expect(new Set(procedures.filter(({ kind }) => kind === 'command').map(({ place }) => place))).toEqual(new Set(['writer']));
		expect(new Set(procedures.filter(({ kind }) => kind === 'query').map(({ place }) => place))).toEqual(new Set(['quick', 'heavy']));
	});

	it('is the one for what takes long where entries of a whole period are read', () => {
		expect(namesOf({ place: 'heavy' }).sort()).toEqual([
			'audit.verify',
			'close.closingVoucher',
			'close.preview',
			'close.validate',
			'close.verify',
			'close.verifyAll',
			'matching.previewRules',
			'reconciliation.explainDifference',
			'reconciliation.reconciliationStatement',
			'reports.balanceSheet',
			'reports.checkBalances',
			'reports.dayBook',
			'reports.incomeStatement',
			'reports.ledger',
			'reports.moneyBook',
			'reports.monthByMonth',
			'reports.outstanding',
			'reports.trialBalance',
			'reports.write',
			'statements.preview',
		]);
	});

	it('is that of the writer for a task, unless it only reads', () => {
		expect(namesOf({ kind: 'task', place: 'heavy' })).toEqual(['statements.preview', 'reports.write']);
		expect(namesOf({ kind: 'task', place: 'quick' })).toEqual([]);
		expect(namesOf({ waitsForJob: true })).toEqual(['packages.build', 'packages.regenerate', 'packages.share']);
	});

	it('is decided for what the contract declares, and for nothing else', () => {
		expect(procedures.length).toBeGreaterThan(80);
		for (const [domain, name] of [
			['ledger', 'erase'],
			['secrets', 'list'],
			['toString', 'call'],
		] as const)
			expect(() => placeOf(domain, name), `${domain}.${name}`).toThrow('is declared');
	});
});
