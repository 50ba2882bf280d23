import { describe, expect, it } from 'vitest';
import { openTestBooks } from '#test/books.ts';
import { recordEvent, verifyTrail } from './audit.service.ts';

function withEvents(count: number) {
	const books = openTestBooks();
	for (let n = 1; n <= count; n++) books.runner.write((tx) => recordEvent(tx, books.actor, 'ledger.post', { entries: [n], note: 'Zoë' }));
	return books;
}

describe('the audit trail', () => {
	it('is verified as it was written, whole or up to an event', () => {
		const books = withEvents(4);
		expect(verifyTrail(books.runner.db, books.company)).toMatchObject({ findings: [], events: 4 });
		expect(verifyTrail(books.runner.db, books.company, 2)).toMatchObject({ findings: [], events: 2 });
		expect(verifyTrail(books.runner.db, null)).toMatchObject({ findings: [], events: 0 });
		books.close();
	});

	it.each([
		['a changed detail', `UPDATE audit_events SET detail = '{"entries":[9],"note":"Zoë"}' WHERE seq = 2`, ['AUDIT_EVENT_CHANGED 2']],
		['a changed action', `UPDATE audit_events SET action = 'ledger.reverse' WHERE seq = 3`, ['AUDIT_EVENT_CHANGED 3']],
		['a changed instant', `UPDATE audit_events SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1`, ['AUDIT_EVENT_CHANGED 1']],
		['another user', 'UPDATE audit_events SET user_id = NULL WHERE seq = 1', ['AUDIT_EVENT_CHANGED 1']],
		['a changed hash', `UPDATE audit_events SET hash = '${'f'.repeat(64)}' WHERE seq = 2`, ['AUDIT_EVENT_CHANGED 2', 'AUDIT_EVENT_CHANGED 3']],
		['a deleted event', 'DELETE FROM audit_events WHERE seq = 2', ['AUDIT_EVENT_MISSING 2']],
	])('names %s', (_what, sql, expected) => {
		const books = withEvents(4);
		books.connection.raw.exec('DROP TRIGGER audit_events_never_changed; DROP TRIGGER audit_events_never_deleted');
		books.connection.raw.exec(sql);
		expect(verifyTrail(books.runner.db, books.company).findings.map((finding) => `${finding.code} ${finding.seq}`)).toEqual(expected);
		books.close();
	});

	it('is one chain per company', () => {
		const books = withEvents(2);
		books.runner.write((tx) => recordEvent(tx, { company: null, user: null }, 'SCHEMA_ALTERED', {}));
		expect(verifyTrail(books.runner.db, null)).toMatchObject({ findings: [], events: 1 });
		expect(verifyTrail(books.runner.db, books.company).events).toBe(2);
		books.close();
	});
});
