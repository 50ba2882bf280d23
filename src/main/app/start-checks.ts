import { eventsOfDataFolder, recordEvent } from '#main/audit/index.ts';
import { listCompanies } from '#main/companies/index.ts';
import type { ReadDb, WriteTx } from '#main/platform/database/connection.ts';
import type { SchemaFinding } from '#main/platform/database/schema-guard.ts';
import type { Log } from '#main/platform/log.ts';
import type { Runner } from '#main/platform/run/write-path.ts';
import type { SecretStore } from '#main/platform/secrets/index.ts';
import { checkHeads } from '#main/close/index.ts';

export interface StartReport {
	readonly schema: SchemaFinding | null;
	/** Names of the companies whose books are older than the head that this computer remembers. */
	readonly rolledBack: readonly string[];
}

/** What concerns the file concerns every company in it: each trail records it, so that each later seal can show it. */
export function recordForEveryCompany(tx: WriteTx, action: string, detail: Readonly<Record<string, unknown>>): void {
	for (const company of listCompanies(tx)) recordEvent(tx, { company, user: null }, action, detail);
	recordEvent(tx, { company: null, user: null }, action, detail);
}

// A table that stays altered is found at every start; it is recorded when it is found first, and when anything about it changes.
function isRecorded(db: ReadDb, finding: SchemaFinding): boolean {
	const last = eventsOfDataFolder(db, 'SCHEMA_ALTERED').at(-1);
	if (!last || finding.recreated.length > 0) return false;
	const { altered, foreign } = JSON.parse(last.detail) as SchemaFinding;
	return JSON.stringify([altered, foreign]) === JSON.stringify([finding.altered, finding.foreign]);
}

/** Checks that belong to every start, and their permanent audit events. */
export async function startChecks(options: {
	readonly runner: Runner;
	readonly secrets: () => Promise<SecretStore>;
	readonly schemaFinding: SchemaFinding | null;
	readonly log: Log;
	readonly onWarning: (text: string) => void;
}): Promise<StartReport> {
	const { runner, schemaFinding } = options;
	if (schemaFinding) {
		if (!runner.read((db) => isRecorded(db, schemaFinding))) runner.write((tx) => recordForEveryCompany(tx, 'SCHEMA_ALTERED', { ...schemaFinding }));
		options.log.write('warning', 'the schema was altered', { ...schemaFinding });
		options.onWarning(
			`The guards of the database were altered outside this program (${[...schemaFinding.recreated, ...schemaFinding.altered, ...schemaFinding.foreign].join(', ')}). Missing guards stand again; every later seal shows it.`,
		);
	}
	const rolledBack = await checkHeads({ runner, secrets: options.secrets });
	for (const name of rolledBack) {
		options.log.write('warning', 'the books are older than the head that this computer remembers', { company: name });
		options.onWarning(`The books of ${name} are older than this computer remembers: an earlier copy of the file was put back. It is recorded for ever.`);
	}
	return { schema: schemaFinding, rolledBack };
}
