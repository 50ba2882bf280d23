import { EXIT } from '../output.ts';
import { defineCommand } from '../context.ts';
import { formatTable } from '../table.ts';
import { optionalNumber } from '../values.ts';
import { counted, instantWords, respond } from '../words.ts';

export const auditList = defineCommand({
	path: ['audit', 'list'],
	summary: 'lists the audit trail, the latest event first',
	examples: ['audit list', 'audit list --action ledger.post --limit 20', 'audit list --before 1200 --json'],
	options: {
		action: { type: 'string', value: 'ACTION', summary: 'only events of this kind' },
		before: { type: 'string', value: 'SEQ', summary: 'only events before this one: the page that follows' },
		limit: { type: 'string', value: 'N', default: '100', summary: 'at most so many, up to 1000' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const [beforeSeq, limit] = [optionalNumber('--before', options.before), optionalNumber('--limit', options.limit)];
		const { client, companyId } = await context.inCompany();
		const answer = await client.audit.list({ companyId, action: options.action, beforeSeq, limit });
		respond(context.output, answer, () =>
			formatTable(
				[{ header: 'No', align: 'right' }, { header: 'When' }, { header: 'Who' }, { header: 'What' }, { header: 'Details', maxWidth: 80 }],
				answer.events.map(({ seq, at, user, action, detail }) => [String(seq), instantWords(at), user ?? '', action, JSON.stringify(detail)]),
			),
		);
	},
});

export const auditVerify = defineCommand({
	path: ['audit', 'verify'],
	summary: 'checks the chain of the whole audit trail',
	description: 'Ends with exit status 1 where it was altered.',
	examples: ['audit verify', 'audit verify --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.audit.verify({ companyId });
		respond(context.output, answer, () =>
			answer.result === 'VERIFIED'
				? `VERIFIED: the ${counted(answer.events, 'event')} of the audit trail are as they were recorded.\n`
				: `ALTERED: the audit trail is not as it was recorded.\n${answer.findings.map(({ message }) => `  ${message}\n`).join('')}`,
		);
		return answer.result === 'VERIFIED' ? EXIT.done : EXIT.refused;
	},
});
