import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { expect } from 'vitest';
import { balanceAt } from './model.ts';
import { amountOf, type World, YEAR_END } from './world.ts';

/** Every row is a breach: entries out of balance or short, gaps in numbers, balances that are not the sum of their lines. */
const BREACHES: Readonly<Record<string, string>> = {
	'an entry balances and has two lines': `
		SELECT e.company_id, e.id FROM journal_entries e LEFT JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.status = 'POSTED' GROUP BY e.company_id, e.id
		HAVING count(l.line_no) < 2 OR sum(l.base_debit_minor) <> sum(l.base_credit_minor)`,
	'debits are credits in total': 'SELECT company_id FROM journal_lines GROUP BY company_id HAVING sum(base_debit_minor) <> sum(base_credit_minor)',
	'no line without its entry': `
		SELECT * FROM journal_lines l WHERE NOT EXISTS (SELECT 1 FROM journal_entries e WHERE e.company_id = l.company_id AND e.id = l.entry_id)`,
	'numbers have no gaps': `
		SELECT company_id FROM journal_entries WHERE status = 'POSTED' GROUP BY company_id
		HAVING min(entry_no) <> 1 OR max(entry_no) <> count(*) OR count(DISTINCT entry_no) <> count(*)`,
	'an entry lies in the period of its date': `
		SELECT e.id FROM journal_entries e JOIN accounting_periods p ON p.company_id = e.company_id AND p.id = e.period_id
		WHERE e.status = 'POSTED' AND (e.date < p.start_date OR e.date > p.end_date OR p.kind = 'YEAR')`,
	'audit events have no gaps': 'SELECT company_id FROM audit_events GROUP BY company_id HAVING min(seq) <> 1 OR max(seq) <> count(*)',
	'balances are the sums of the lines': `
		WITH sums AS (
			SELECT l.company_id, l.account_id, coalesce(l.currency, c.currency) AS currency, e.period_id, sum(l.debit_minor) AS d, sum(l.credit_minor) AS cr,
				sum(l.base_debit_minor) AS bd, sum(l.base_credit_minor) AS bc, count(*) AS n
			FROM journal_lines l JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id JOIN companies c ON c.id = l.company_id
			GROUP BY 1, 2, 3, 4)
		SELECT * FROM (SELECT * FROM sums EXCEPT SELECT company_id, account_id, currency, period_id, debit_minor, credit_minor, base_debit_minor, base_credit_minor, line_count FROM account_balances)
		UNION ALL
		SELECT * FROM (SELECT company_id, account_id, currency, period_id, debit_minor, credit_minor, base_debit_minor, base_credit_minor, line_count FROM account_balances WHERE line_count > 0 EXCEPT SELECT * FROM sums)`,
};

export function expectSoundBooks({ judge }: World): void {
	for (const [what, sql] of Object.entries(BREACHES)) expect(judge.raw.prepare(sql).all(), what).toEqual([]);
}

type Row = Readonly<Record<string, string | number | null>>;

/** The chain of hashes, recomputed from the rows with another canonical JSON. */
export function expectWholeChain({ judge }: World): void {
	const lines = judge.raw.prepare(`
		SELECT a.ref AS account, p.ref AS party, coalesce(l.currency, c.currency) AS currency, l.debit_minor AS debit, l.credit_minor AS credit,
			l.base_debit_minor AS baseDebit, l.base_credit_minor AS baseCredit, l.due_date AS dueDate, l.reference, l.memo
		FROM journal_lines l JOIN companies c ON c.id = l.company_id JOIN accounts a ON a.company_id = l.company_id AND a.id = l.account_id
		LEFT JOIN parties p ON p.company_id = l.company_id AND p.id = l.party_id
		WHERE l.company_id = ? AND l.entry_id = ? ORDER BY l.line_no`);
	let company = '';
	let prev = '';
	const entries = judge.raw.prepare(`
		SELECT e.company_id AS companyId, c.uuid AS company, e.id AS seq, e.entry_no AS no, e.external_no AS externalNo, e.date, e.source, e.description,
			e.reference, e.reverses_id AS reverses, e.posted_at AS postedAt, u.uuid AS postedBy, e.entry_hash AS hash
		FROM journal_entries e JOIN companies c ON c.id = e.company_id JOIN users u ON u.id = e.posted_by
		WHERE e.status = 'POSTED' ORDER BY e.company_id, e.id`);
	for (const { companyId, hash, ...entry } of entries.all() as Row[]) {
		if (entry.company !== company) prev = '0'.repeat(64);
		company = String(entry.company);
		const text = canonicalize({ v: 1, ...entry, session: null, attachments: [], lines: lines.all(companyId, entry.seq), prev });
		prev = createHash('sha256').update(String(text)).digest('hex');
		expect(hash, `entry ${entry.no}`).toBe(prev);
	}
}

/** Reports from kept balances, from the lines and from the model agree; every close that ever was is verified. */
export async function expectTrueReports({ client, companies }: World): Promise<void> {
	for (const { companyId, model } of companies) {
		expect(await client.reports.checkBalances({ companyId })).toMatchObject({ agree: true });
		expect(await client.audit.verify({ companyId })).toMatchObject({ result: 'VERIFIED', findings: [] });
		for (const asOf of ['2026-03-31', '2026-08-17', YEAR_END, '2027-03-31']) {
			for (const basis of ['adjusted', 'ledger'] as const) {
				const kept = await client.reports.trialBalance({ companyId, asOf, basis });
				expect(kept).toMatchObject({ balanced: true, difference: '0.00' });
				expect(await client.reports.trialBalance({ companyId, asOf, basis, recompute: true })).toEqual(kept);
				if (basis === 'ledger' || asOf > YEAR_END) continue;
				const signed = new Map<string, string>();
				for (const { code, currency, baseDebit, baseCredit } of kept.rows) {
					const net = BigInt(baseDebit.replace('.', '')) - BigInt(baseCredit.replace('.', ''));
					const before = BigInt((signed.get(code) ?? '0.00').replace('.', ''));
					expect(code === '1110' || currency === 'INR').toBe(true);
					signed.set(code, amountOf(before + net));
				}
				for (const [code, amount] of signed) expect([asOf, code, amount]).toEqual([asOf, code, amountOf(balanceAt(model, code, asOf).base)]);
				const moved = new Set(model.entries.filter(({ date }) => date <= asOf).flatMap(({ lines }) => lines.map(({ code }) => code)));
				for (const code of moved) if (balanceAt(model, code, asOf).base !== 0n) expect(signed.has(code), `${code} at ${asOf}`).toBe(true);
			}
		}
		await expectEverySealVerified(client, companyId, model.closes);
	}
}

async function expectEverySealVerified(client: World['client'], companyId: string, closes: World['companies'][number]['model']['closes']): Promise<void> {
	const { closes: listed } = await client.close.closes({ companyId });
	for (const { period, closeNumber, closeHash } of closes) {
		expect(await client.close.verify({ companyId, period, closeNumber })).toMatchObject({ result: 'VERIFIED', signature: 'good', findings: [] });
		expect(listed).toContainEqual(expect.objectContaining({ period, closeNumber, closeHash }));
	}
	expect(await client.close.verifyAll({ companyId })).toMatchObject({ result: 'VERIFIED', findings: [] });
}
