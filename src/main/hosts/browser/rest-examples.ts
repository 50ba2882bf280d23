import type { RestContract } from '#shared/contract/rest.contract.ts';

interface Example {
	/** What is sent: path, query and body in one, as the contract takes it. */
	readonly input: Readonly<Record<string, unknown>>;
	/** Status and body of an answer. */
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>>;
}

const PERIOD = '019b76c1-1c00-7d2e-9a51-4f0c6f5a1b01';
const TENANT = '019b76c0-9a10-7c44-8f6e-2b1d9c3e5a02';
const CLOSE = '019c0b52-77a0-7e13-b0c4-6d8a1f2e4c03';
const JOB = '019c0b52-7b10-7a90-9d3f-0c5b7e9a2d04';
const HASH = '9f2c4a1b7d3e5f60718293a4b5c6d7e8f9010203040506070809101112131415';
const CLOSED_AT = '2026-02-03T09:12:45.120Z';

const CLOSED = {
	state: 'CLOSED',
	closed_at: CLOSED_AT,
	closed_by: 'asha',
	close_reason: 'Month end',
	close_hash: HASH,
	requested_at: CLOSED_AT,
};
const CLOSE_BODY = {
	id: CLOSE,
	tenant_id: TENANT,
	period_id: PERIOD,
	period: '2026-01',
	period_start: '2026-01-01',
	period_end: '2026-01-31',
	close_number: 1,
	status: 'CLOSED',
	closed_at: CLOSED_AT,
	closed_by: 'asha',
	close_reason: 'Month end',
	close_hash: HASH,
	content_root: HASH,
	net_profit: '288492.87',
	exportPackageStatus: 'ready',
};
const JOB_BODY = {
	id: JOB,
	tenant_id: TENANT,
	period: '2026-01',
	close_number: 1,
	status: 'running',
	progress: 0.4,
	sha256: null,
	content_sha256: null,
	bytes: null,
	error: null,
	requested_at: CLOSED_AT,
	finished_at: null,
	expires_at: null,
};
const MISSING = {
	code: 'RECONCILIATION_MISSING',
	severity: 'ERROR',
	message: '1100 Bank current account is not reconciled for 2026-01.',
	metadata: { account: '1100' },
};
const CLOSE_ANSWER = { period_id: PERIOD, tenant_id: TENANT, success: true, close_status: CLOSED, validation_report: { issues: [] }, timestamp: CLOSED_AT };

/** One example for each route, shown in the OpenAPI document. A test holds them to the contract. */
export const REST_EXAMPLES: Readonly<Record<keyof RestContract, Example>> = {
	validateClose: {
		input: { period_id: PERIOD, tenant_id: TENANT },
		status: 200,
		body: { period_id: PERIOD, tenant_id: TENANT, can_close: false, validation_report: { issues: [MISSING] }, validated_at: CLOSED_AT },
	},
	close: {
		input: { period_id: PERIOD, tenant_id: TENANT, reason: 'Month end', acknowledge: ['all'], note: 'Looked through' },
		status: 200,
		body: CLOSE_ANSWER,
	},
	closeStatus: {
		input: { period_id: PERIOD, tenant_id: TENANT },
		status: 200,
		body: { period_id: PERIOD, tenant_id: TENANT, period_start: '2026-01-01', period_end: '2026-01-31', close_status: CLOSED },
	},
	listCloses: { input: { tenant_id: TENANT, period: '2026-01' }, status: 200, body: { tenant_id: TENANT, closes: [CLOSE_BODY] } },
	showClose: { input: { id: CLOSE, tenant_id: TENANT }, status: 200, body: CLOSE_BODY },
	closeMonth: { input: { month: '2026-01', tenant_id: TENANT, reason: 'Month end' }, status: 200, body: CLOSE_ANSWER },
	exportClose: {
		input: { id: CLOSE, tenant_id: TENANT },
		status: 200,
		body: {
			downloadUrl: `http://127.0.0.1:52525/download/${TENANT}.qk3vYb0mXJ2c8s5tZr1uHn4eLg7dWo9aPi6fTy0RxQs`,
			expiresAt: '2026-02-03T09:17:45.120Z',
			sha256: HASH,
			bytes: 220_160,
		},
	},
	regenerate: { input: { id: CLOSE, tenant_id: TENANT }, status: 202, body: JOB_BODY },
	requestExport: { input: { close_id: CLOSE, tenant_id: TENANT }, status: 202, body: JOB_BODY },
	showExport: { input: { id: JOB, tenant_id: TENANT }, status: 200, body: JOB_BODY },
};
