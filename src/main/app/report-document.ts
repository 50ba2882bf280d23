import { sealFingerprint } from '#shared/seal/index.ts';
import { sealThrough } from '#main/close/index.ts';
import { companySettings } from '#main/companies/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { DocumentFrame, TableDocument } from '#main/platform/documents/table-document.ts';
import type { Actor } from '#main/platform/run/actor.ts';
import { documentTable, type ReportTable } from '#main/reports/index.ts';

/** A report for paper and workbooks, as the company writes numbers and dates, with the mark of how final it is. */
export function reportDocument(db: ReadDb, { company, user }: Actor, table: ReportTable, printedAt: string): TableDocument {
	const settings = companySettings(db, company.id);
	const own = documentTable(table, settings.date_format);
	return {
		frame: {
			company: company.name,
			title: own.title,
			details: own.details,
			printedBy: user.login,
			printedAt,
			mark: markOf(db, company, table),
			numberFormat: settings.number_format,
			dateFormat: settings.date_format,
			orientation: own.orientation,
		},
		tables: [own],
	};
}

function markOf(db: ReadDb, company: Actor['company'], { heading: { span } }: ReportTable): DocumentFrame['mark'] {
	if (span === null) return null;
	const seal = sealThrough(db, company, span.end);
	return seal === null ? { kind: 'DRAFT' } : { kind: 'SEALED', close: `${seal.period}, close ${seal.closeNumber}`, fingerprint: sealFingerprint(seal.sha256) };
}
