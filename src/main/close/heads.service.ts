import { isAppError } from '#shared/kernel/app-error.ts';
import { CHAIN_START, GENESIS_HASH } from '#shared/seal/index.ts';
import { auditHead, recordEvent } from '#main/audit/index.ts';
import { listCompanies } from '#main/companies/index.ts';
import { chainHead } from '#main/ledger/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import type { Runner } from '#main/platform/run/write-path.ts';
import type { SecretStore } from '#main/platform/secrets/index.ts';
import { auditHashAt, databaseUuid, lastSeal, sealByNo } from './closes.queries.ts';
import { entryHashOf } from './validation.queries.ts';

/** How far the books of a company were when this computer last remembered them. */
export interface Head {
	readonly entrySeq: number;
	readonly entryHash: string;
	readonly auditSeq: number;
	readonly auditHash: string;
	readonly sealNo: number;
	readonly sealSha256: string | null;
	readonly instant: string;
}

// One secret for each company: a keychain of Windows takes 2048 bytes for a value.
const headName = (database: string, companyUuid: string): string => `head/${database}/${companyUuid}`;

export function currentHead(db: ReadDb, company: Company, instant: string): Head {
	const entries = chainHead(db, company.id) ?? CHAIN_START;
	const events = auditHead(db, company.id) ?? { seq: 0, hash: GENESIS_HASH };
	const seal = lastSeal(db, company.id);
	return {
		entrySeq: entries.seq,
		entryHash: entries.hash,
		auditSeq: events.seq,
		auditHash: events.hash,
		sealNo: seal?.sealNo ?? 0,
		sealSha256: seal?.sha256 ?? null,
		instant,
	};
}

export interface HeadKeeper {
	readonly runner: Pick<Runner, 'read' | 'write'>;
	/** Opens the secret store when it is first needed. */
	readonly secrets: () => Promise<SecretStore>;
}

/**
 * Writes the heads of these companies (all, where none are named) into the secret store: after each close, reopening, backup and restore, and when the
 * desktop quits. Without a secret store nothing is remembered. Refuses KEY_UNAVAILABLE.
 */
export async function recordHeads(
	keeper: { readonly read: Runner['read']; readonly secrets: () => Promise<SecretStore> },
	instant: string,
	companies?: readonly Company[],
): Promise<void> {
	const heads = keeper.read((db) => {
		const database = databaseUuid(db);
		if (database === null) return [];
		return (companies ?? listCompanies(db)).map((company) => ({ name: headName(database, company.uuid), head: currentHead(db, company, instant) }));
	});
	if (heads.length === 0) return;
	const store = await keeper.secrets();
	if (store.kind === 'none') return;
	for (const { name, head } of heads) await store.set(name, JSON.stringify(head));
}

/**
 * Compares the books with the heads that this computer remembers. A company that lacks its head (an older copy of the file was put back) gets the
 * permanent audit event ROLLED_BACK, which names both heads, and is remembered anew as it is. Answers the names of those companies.
 */
export async function checkHeads({ runner, secrets }: HeadKeeper): Promise<string[]> {
	const { database, companies } = runner.read((db) => ({ database: databaseUuid(db), companies: listCompanies(db) }));
	if (database === null || companies.length === 0) return [];
	const store = await secrets();
	if (store.kind === 'none') return [];
	const rolledBack: string[] = [];
	for (const company of companies) {
		const name = headName(database, company.uuid);
		const remembered = parseHead(await secretOrNull(store, name));
		if (remembered === null || runner.read((db) => holds(db, company, remembered))) continue;
		const head = runner.write((tx) => {
			const found = currentHead(tx, company, tx.instant);
			recordEvent(tx, { company, user: null }, 'ROLLED_BACK', { remembered: { ...remembered }, found: { ...found } });
			return currentHead(tx, company, tx.instant);
		});
		await store.set(name, JSON.stringify(head));
		rolledBack.push(company.name);
	}
	return rolledBack;
}

/** Whether the books hold everything that the head names. They may be further than it. */
function holds(db: ReadDb, company: Company, head: Head): boolean {
	const entry = head.entrySeq === 0 || entryHashOf(db, company.id, head.entrySeq) === head.entryHash;
	const event = head.auditSeq === 0 || auditHashAt(db, company.id, head.auditSeq) === head.auditHash;
	const seal = head.sealNo === 0 || sealByNo(db, company.id, head.sealNo)?.sha256 === head.sealSha256;
	return entry && event && seal;
}

// A keychain that refuses for now accuses nobody: the next start asks again.
async function secretOrNull(store: SecretStore, name: string): Promise<string | null> {
	try {
		return await store.get(name);
	} catch (error) {
		if (isAppError(error, 'KEY_UNAVAILABLE')) return null;
		throw error;
	}
}

function parseHead(text: string | null): Head | null {
	if (text === null) return null;
	try {
		const head = JSON.parse(text) as Partial<Head> | null;
		return typeof head?.entrySeq === 'number' && typeof head.auditSeq === 'number' && typeof head.sealNo === 'number' ? (head as Head) : null;
	} catch {
		return null;
	}
}
