import { expect, it, onTestFinished } from 'vitest';
import { openTestBooks } from '#test/books.ts';
import { AUDIT_HEAD } from './audit.queries.ts';

it('finds the head of the trail in the index, however long the trail is', () => {
	const books = openTestBooks();
	onTestFinished(() => books.close());
	const plan = books.runner.db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${AUDIT_HEAD}`, 1);
	expect(plan.map(({ detail }) => detail)).toEqual(['SEARCH audit_events USING INDEX audit_events_seq (<expr>=?)']);
});
