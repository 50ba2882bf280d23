import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { GENESIS_HASH } from '#shared/seal/index.ts';
import { present } from '#shared/kernel/assert.ts';
import { userById } from '#main/access/index.ts';
import { createClient } from '#main/app/client.ts';
import type { App } from '#main/app/open-app.ts';
import { verifyPackageFile } from '#main/app/verify-package.ts';
import { verifyTrail } from '#main/audit/index.ts';
import { listCompanies } from '#main/companies/index.ts';
import { readEntryTexts } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import { rawDatabaseOf } from '#main/platform/database/connection.ts';
import { sha256File } from '#main/platform/files.ts';
import type { Company } from '#main/platform/run/actor.ts';

/** What may not be in a database, as the rows that would break it. Plain SQL, so that no service judges its own work. */
const BREACHES: Readonly<Record<string, string>> = {
	'an entry that does not balance or has less than two lines': `SELECT e.company_id, e.id FROM journal_entries e
		LEFT JOIN journal_lines l ON l.company_id = e.company_id AND l.entry_id = e.id
		WHERE e.status = 'POSTED' GROUP BY e.company_id, e.id
		HAVING count(l.line_no) < 2 OR sum(l.base_debit_minor) <> sum(l.base_credit_minor)`,
	'a line without its entry': `SELECT l.company_id, l.entry_id FROM journal_lines l
		LEFT JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id AND e.status = 'POSTED' WHERE e.id IS NULL`,
	'a gap in the numbers of the entries': `SELECT company_id FROM journal_entries WHERE status = 'POSTED' GROUP BY company_id
		HAVING count(*) <> max(entry_no) OR min(entry_no) <> 1`,
	'a balance that is not the sum of its lines': `WITH sums AS (
			SELECT l.company_id, l.account_id, coalesce(l.currency, c.currency) AS currency, e.period_id, sum(l.debit_minor) AS debit, sum(l.credit_minor) AS credit,
				sum(l.base_debit_minor) AS base_debit, sum(l.base_credit_minor) AS base_credit, count(*) AS lines
			FROM journal_lines l JOIN companies c ON c.id = l.company_id
			JOIN journal_entries e ON e.company_id = l.company_id AND e.id = l.entry_id
			GROUP BY l.company_id, l.account_id, coalesce(l.currency, c.currency), e.period_id)
		SELECT coalesce(s.company_id, b.company_id), coalesce(s.account_id, b.account_id) FROM sums s
		FULL JOIN account_balances b ON b.company_id = s.company_id AND b.account_id = s.account_id AND b.currency = s.currency AND b.period_id = s.period_id
		WHERE coalesce(s.debit, 0) IS NOT b.debit_minor OR coalesce(s.credit, 0) IS NOT b.credit_minor OR coalesce(s.base_debit, 0) IS NOT b.base_debit_minor
			OR coalesce(s.base_credit, 0) IS NOT b.base_credit_minor OR coalesce(s.lines, 0) IS NOT b.line_count`,
	'an import that is half booked': `SELECT i.company_id, i.id FROM imports i WHERE i.status = 'BOOKING'
		OR i.entry_count <> (SELECT count(*) FROM journal_entries e WHERE e.company_id = i.company_id AND e.import_id = i.id)`,
	'a closed period without its standing close': `SELECT p.company_id, p.name FROM accounting_periods p WHERE (p.status = 'CLOSED') <> EXISTS (
		SELECT 1 FROM period_closes c WHERE c.company_id = p.company_id AND c.period_id = p.id AND c.status = 'CLOSED' AND c.close_hash IS p.close_hash)`,
	'a close without its seal': `SELECT c.company_id, c.id FROM period_closes c WHERE NOT EXISTS (
		SELECT 1 FROM seals s WHERE s.company_id = c.company_id AND s.close_id = c.id AND s.kind <> 'REOPEN')`,
	'a reopening without its seal': `SELECT c.company_id, c.id FROM period_closes c WHERE (c.status = 'REOPENED') <> EXISTS (
		SELECT 1 FROM seals s WHERE s.company_id = c.company_id AND s.close_id = c.id AND s.kind = 'REOPEN')`,
	'a close without its snapshots and sealed tables': `SELECT c.company_id, c.id FROM period_closes c
		WHERE c.balance_row_count <> (SELECT count(*) FROM period_balance_snapshots s
				WHERE s.company_id = c.company_id AND s.period_id = c.period_id AND s.close_number = c.close_number)
			OR NOT EXISTS (SELECT 1 FROM sealed_tables t WHERE t.company_id = c.company_id AND t.close_id = c.id)`,
	'a closing entry without its close': `SELECT e.company_id, e.id FROM journal_entries e WHERE e.source = 'CLOSING' AND NOT EXISTS (
		SELECT 1 FROM period_closes c WHERE c.company_id = e.company_id AND c.id = e.close_id AND c.closing_entry_id = e.id)`,
	'a gap in the seals': `SELECT company_id FROM seals GROUP BY company_id HAVING count(*) <> max(seal_no) OR min(seal_no) <> 1`,
	'a gap in the audit trail': `SELECT company_id FROM audit_events GROUP BY company_id HAVING count(*) <> max(seq) OR min(seq) <> 1`,
	'a database without its identity': `SELECT 1 WHERE (SELECT count(*) FROM database_identity) <> 1`,
};

/**
 * Everything that must hold in a data folder at every moment, whatever happened to the processes that worked in it: what SQLite says of the file, what
 * SQL says of the rows, the chains recomputed, every seal verified, every package whole. Answers what does not hold, in words; nothing where all does.
 */
export async function brokenInvariants(app: App): Promise<string[]> {
	const { db } = app.runner;
	const broken = [...brokenFile(db), ...brokenRows(db), ...verifyTrail(db, null).findings.map(({ message }) => message)];
	for (const company of listCompanies(db)) {
		broken.push(...brokenChain(db, company), ...verifyTrail(db, company).findings.map(({ message }) => message));
		broken.push(...(await brokenSeals(app, company)), ...(await brokenJobs(app, company)));
	}
	return [...broken, ...(await brokenPackages(app)), ...leftOvers(app)];
}

function brokenFile(db: ReadDb): string[] {
	const raw = rawDatabaseOf(db);
	const checks = ['quick_check', 'integrity_check'].flatMap((check) =>
		(raw.pragma(check) as Record<string, string>[]).flatMap((row) => Object.values(row)).map((text) => `${check}: ${text}`),
	);
	const references = raw.pragma('foreign_key_check') as unknown[];
	return [...checks.filter((text) => !text.endsWith(': ok')), ...references.map((row) => `foreign_key_check: ${JSON.stringify(row)}`)];
}

function brokenRows(db: ReadDb): string[] {
	return Object.entries(BREACHES).flatMap(([name, sql]) => db.all(sql).map((row) => `${name}: ${JSON.stringify(row)}`));
}

/** Each entry's hash is that of its text as it stands, and names the one before. */
function brokenChain(db: ReadDb, company: Company): string[] {
	const broken: string[] = [];
	let previous = GENESIS_HASH;
	const last = db.value<number>(`SELECT coalesce(max(id), 0) FROM journal_entries WHERE company_id = ? AND status = 'POSTED'`, company.id) ?? 0;
	for (const { no, text, entry, storedHash } of readEntryTexts(db, company, { by: 'number', from: 1, through: last })) {
		const hash = createHash('sha256')
			.update(text ?? '')
			.digest('hex');
		if (hash !== storedHash || entry.prev !== previous) broken.push(`entry ${no} is not what its hash says, or does not follow`);
		previous = hash;
	}
	return broken;
}

function clientOf(app: App, company: Company) {
	const { db } = app.runner;
	const admin = db.value<number>(`SELECT user_id FROM company_members WHERE company_id = ? AND role = 'ADMIN'`, company.id);
	return createClient(app, present(userById(db, present(admin, 'an Admin')), 'the Admin'));
}

async function brokenSeals(app: App, company: Company): Promise<string[]> {
	const { result, findings } = await clientOf(app, company).close.verifyAll({ companyId: company.uuid });
	return result === 'VERIFIED' ? [] : findings.map(({ code, message }) => `${code}: ${message}`);
}

/** What is listed as ready is there, whole, as it was recorded. */
async function brokenJobs(app: App, company: Company): Promise<string[]> {
	const { jobs } = await clientOf(app, company).packages.list({ companyId: company.uuid });
	const broken: string[] = [];
	for (const { file, sha256, bytes, status, period } of jobs) {
		if (file === null) continue;
		const isRight = existsSync(file) && statSync(file).size === bytes && (await sha256File(file)) === sha256;
		if (!isRight) broken.push(`the package of ${period} is ${status}, and its file is not what was built`);
	}
	return broken;
}

/** Whatever bears a package's name is a whole package; what a killed process left bears a temporary name. */
async function brokenPackages(app: App): Promise<string[]> {
	const broken: string[] = [];
	for (const path of filesUnder(app.paths.packages)) {
		const name = basename(path);
		if (/^\.[^/]*\.part$/.test(name)) continue;
		if (!name.endsWith('.zip')) broken.push(`${name} is no package`);
		else if ((await verifyPackageFile(path)).result !== 'VERIFIED') broken.push(`${name} is not whole`);
	}
	return broken;
}

/** Staging and marks of processes that are gone are swept when the next one starts. */
function leftOvers(app: App): string[] {
	const own = new RegExp(`^(?:running-${process.pid}|last-check|.*\\.lock)$`);
	return filesUnder(app.paths.work)
		.map((path) => basename(path))
		.filter((name) => !own.test(name))
		.map((name) => `${name} was left in the work folder`);
}

function filesUnder(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((item) => item.isFile())
		.map((item) => join(item.parentPath, item.name));
}
