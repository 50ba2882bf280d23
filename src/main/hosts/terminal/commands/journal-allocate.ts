import { type CompanyContext, defineCommand } from '../context.ts';
import { formatTable } from '../table.ts';
import { optionalNumber, wholeNumber } from '../values.ts';
import { companyFigures, type Figures, respond } from '../words.ts';

type Allocation = Awaited<ReturnType<CompanyContext['client']['ledger']['listAllocations']>>['allocations'][number];

export const journalAllocate = defineCommand({
	path: ['journal', 'allocate'],
	summary: 'says which bill a payment or credit note settles',
	description: `It goes before what references and due dates say. It counts from the later day of the two entries on, or from the first day that is not
closed, so that nothing of a closed period changes.`,
	examples: ['journal allocate 1310 --to 1204', 'journal allocate 1310 --to 1204 --amount 500.00'],
	options: {
		to: { type: 'string', value: 'NO', required: true, summary: 'the number of the entry that is settled' },
		amount: { type: 'string', value: 'AMOUNT', summary: 'how much of it; as much as both hold unless given' },
	},
	positionals: [{ name: 'NO', summary: 'the number of the entry that settles' }],
	run: async (context, { options, positionals }) => {
		const no = wholeNumber('NO', positionals.NO);
		const to = wholeNumber('--to', options.to);
		const { client, companyId } = await context.inCompany();
		const made = await client.ledger.allocate({ companyId, no, to, amount: options.amount });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		respond(context.output, made, () => allocationsTable(made.allocations, figures));
	},
});

export const journalUnallocate = defineCommand({
	path: ['journal', 'unallocate'],
	summary: 'undoes an allocation; both entries are open again',
	examples: ['journal unallocate 0198c0de-0000-7000-8000-000000000001 --reason "It was for the other bill"'],
	options: { reason: { type: 'string', value: 'TEXT', required: true, summary: 'why' } },
	positionals: [{ name: 'ID', summary: 'the id of the allocation, as `journal allocations` shows it' }],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const undone = await client.ledger.undoAllocation({ companyId, id: positionals.ID, reason: options.reason });
		respond(context.output, undone, () => `Undone from ${undone.undone?.effective ?? ''} on: entries ${undone.debit.no} and ${undone.credit.no}.\n`);
	},
});

export const journalAllocations = defineCommand({
	path: ['journal', 'allocations'],
	summary: 'lists the allocations that somebody made',
	examples: ['journal allocations', 'journal allocations --entry 1204 --json'],
	options: { entry: { type: 'string', value: 'NO', summary: 'only those of this entry' } },
	positionals: [],
	run: async (context, { options }) => {
		const no = optionalNumber('--entry', options.entry);
		const { client, companyId } = await context.inCompany();
		const answer = await client.ledger.listAllocations({ companyId, no });
		const figures = context.output.json ? null : await companyFigures(client, companyId);
		respond(context.output, answer, () => allocationsTable(answer.allocations, figures));
	},
});

function allocationsTable(allocations: readonly Allocation[], figures: Figures | null): string {
	if (allocations.length === 0) return 'There is no such allocation.\n';
	return formatTable(
		[
			{ header: 'Debit', align: 'right' },
			{ header: 'Credit', align: 'right' },
			{ header: 'Account', maxWidth: 40 },
			{ header: 'Party', maxWidth: 30 },
			{ header: 'Currency' },
			{ header: 'Amount', align: 'right' },
			{ header: 'From' },
			{ header: 'Undone', maxWidth: 40 },
			{ header: 'Id' },
		],
		allocations.map((one) => [
			String(one.debit.no),
			String(one.credit.no),
			`${one.code} ${one.name}`,
			one.party ?? '',
			one.currency,
			figures?.amount(one.amount) ?? one.amount,
			one.effective,
			one.undone === null ? '' : `from ${one.undone.effective}: ${one.undone.reason}`,
			one.id,
		]),
		{ withoutEmpty: true },
	);
}
