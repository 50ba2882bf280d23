import type { LedgerContract } from '#shared/contract/ledger.contract.ts';
import type { OutputOf } from '#shared/contract/client.ts';
import { defineCommand } from '../context.ts';
import { formatTable } from '../table.ts';
import { choiceNamed, currencyCode, yesOrNo } from '../values.ts';
import { respond } from '../words.ts';

type Account = OutputOf<LedgerContract['addAccount']>;

const TYPES = ['ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE'] as const satisfies readonly Account['type'][];
const SUBTYPES = [
	'CASH',
	'BANK',
	'MOBILE_MONEY',
	'CREDIT_CARD',
	'CLEARING',
	'RECEIVABLE',
	'PAYABLE',
	'INVENTORY',
	'TAX',
	'RETAINED_EARNINGS',
	'OPENING_EQUITY',
	'SUSPENSE',
	'FX_GAIN_LOSS',
	'FX_ROUNDING',
	'CASH_OVER_SHORT',
] as const satisfies readonly Account['subtype'][];
const TYPE_WORDS = 'asset|liability|equity|income|expense';
const SUBTYPE_HELP = `Subtypes: ${SUBTYPES.slice(0, 8).join(', ')},\n${SUBTYPES.slice(8).join(', ')}.
Cash, bank, mobile money, credit card and clearing accounts are bound to one currency, the company's own unless said otherwise.`;

const typeNamed = (typed: string | undefined) => (typed === undefined ? undefined : choiceNamed('type', typed, TYPES));
const subtypeNamed = (typed: string | undefined) => (typed === undefined ? undefined : choiceNamed('subtype', typed, SUBTYPES));

export const accountAdd = defineCommand({
	path: ['account', 'add'],
	summary: 'adds an account to the chart',
	description: SUBTYPE_HELP,
	examples: [
		'account add --code 1020 --name "Savings account" --type asset --subtype bank',
		'account add --code 1030 --name "Dollar account" --type asset --subtype bank --currency USD',
		'account add --code 6300 --name "Travel" --type expense',
	],
	options: {
		code: { type: 'string', value: 'CODE', required: true, summary: 'its code, which no other account has' },
		name: { type: 'string', value: 'NAME', required: true, summary: 'its name' },
		type: { type: 'string', value: TYPE_WORDS, required: true, summary: 'what kind of account it is' },
		subtype: { type: 'string', value: 'SUBTYPE', summary: 'what it is for, where the program should know' },
		currency: { type: 'string', value: 'USD', summary: 'the one currency of the account' },
		'requires-reconciliation': { type: 'string', value: 'yes|no', summary: 'must be reconciled before a month is closed' },
	},
	positionals: [],
	run: async (context, { options }) => {
		const { client, companyId } = await context.inCompany();
		const account = await client.ledger.addAccount({
			companyId,
			code: options.code,
			name: options.name,
			type: choiceNamed('type', options.type, TYPES),
			subtype: subtypeNamed(options.subtype),
			currency: options.currency && currencyCode(options.currency),
			requiresReconciliation: yesOrNo('requires-reconciliation', options['requires-reconciliation']),
		});
		respond(context.output, { accounts: [account] }, () => `Added ${accountWords(account)}.\n`);
	},
});

export const accountList = defineCommand({
	path: ['account', 'list'],
	summary: 'lists the chart of accounts',
	examples: ['account list', 'account list --json'],
	options: {},
	positionals: [],
	run: async (context) => {
		const { client, companyId } = await context.inCompany();
		const answer = await client.ledger.listAccounts({ companyId });
		respond(context.output, answer, () =>
			formatTable(
				[{ header: 'Code' }, { header: 'Name', maxWidth: 50 }, { header: 'Type' }, { header: 'Subtype' }, { header: 'Currency' }, { header: 'Notes' }],
				answer.accounts.map((account) => [
					account.code,
					account.name,
					account.type,
					account.subtype ?? '',
					account.currency ?? '',
					[account.requiresReconciliation ? 'to reconcile' : '', account.active ? '' : 'not in use'].filter((word) => word !== '').join(', '),
				]),
				{ withoutEmpty: true },
			),
		);
	},
});

export const accountSet = defineCommand({
	path: ['account', 'set'],
	summary: 'changes an account',
	description: `${SUBTYPE_HELP}
Type and currency are frozen once a closed period holds a line of the account. A payment-method account is exempted from
reconciliation with a reason, which stands in the audit trail and in every package.`,
	examples: [
		'account set 6300 --name "Travel and lodging"',
		'account set 1010 --requires-reconciliation no --reason "Petty cash, counted weekly"',
		'account set 6300 --active no',
	],
	options: {
		code: { type: 'string', value: 'CODE', summary: 'another code' },
		name: { type: 'string', value: 'NAME', summary: 'another name' },
		type: { type: 'string', value: TYPE_WORDS, summary: 'another type' },
		subtype: { type: 'string', value: 'SUBTYPE|none', summary: 'another subtype' },
		currency: { type: 'string', value: 'USD', summary: 'another currency' },
		'requires-reconciliation': { type: 'string', value: 'yes|no', summary: 'must be reconciled before a month is closed' },
		reason: { type: 'string', value: 'TEXT', summary: 'why it need not be reconciled' },
		active: { type: 'string', value: 'yes|no', summary: 'can be posted to' },
	},
	positionals: [{ name: 'ACCOUNT', summary: 'its code, path or ref' }],
	run: async (context, { options, positionals }) => {
		const { client, companyId } = await context.inCompany();
		const account = await client.ledger.setAccount({
			companyId,
			account: positionals.ACCOUNT,
			code: options.code,
			name: options.name,
			type: typeNamed(options.type),
			subtype: options.subtype?.toLowerCase() === 'none' ? null : subtypeNamed(options.subtype),
			currency: options.currency && currencyCode(options.currency),
			requiresReconciliation: yesOrNo('requires-reconciliation', options['requires-reconciliation']),
			reason: options.reason,
			active: yesOrNo('active', options.active),
		});
		respond(context.output, { accounts: [account] }, () => `Changed ${accountWords(account)}.\n`);
	},
});

function accountWords({ code, name, type, subtype, currency }: Account): string {
	return `${code} ${name} (${[type, subtype, currency].filter((word) => word !== null).join(', ')})`;
}
