import type { CloseContract } from '#shared/contract/close.contract.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { present } from '#shared/kernel/assert.ts';
import { formatAmount, formatMinor } from '#shared/kernel/money.ts';
import { bookText } from '#shared/kernel/text.ts';
import { userById } from '#main/access/index.ts';
import { accountById } from '#main/companies/index.ts';
import { parseLines, sealedContent } from '#main/ledger/index.ts';
import { findPeriod, type Period, periodById, periodView } from '#main/periods/index.ts';
import { instantText } from '#main/platform/clock.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { InputOf, OutputOf } from '#shared/contract/client.ts';
import type { Handlers, TaskContext } from '#main/platform/run/handlers.ts';
import { type ClosedPeriod, closeAudit, closeOpenPeriod, daySpan, dueClosingLines } from './close.service.ts';
import { closingVoucher } from './closing-voucher.service.ts';
import { listCloseRows, listSigningKeys, sealOfClose, standingClose } from './closes.queries.ts';
import type { Issue } from './validation.rules.ts';
import { recordHeads } from './heads.service.ts';
import { reopenDifference } from './reopen-difference.service.ts';
import { reopenable, reopenClosedPeriod } from './reopen.service.ts';
import { findSigner, keepSigner, type Signer } from './signing.service.ts';
import { netProfitMinor } from './snapshots.queries.ts';
import { likelyToSign, openingToSeal, periodToClose, validatePeriod, wrongDate } from './validation.service.ts';
import { verifyBooks, verifyClose } from './verify.service.ts';

type CloseOutput = OutputOf<CloseContract['close']>;

/** Closes a period, or answers the close that stands. The key comes first: secret stores answer later, a database transaction waits for nobody. */
async function close(context: TaskContext, actor: Actor, input: InputOf<CloseContract['close']>): Promise<CloseOutput> {
	const { company } = actor;
	const before = context.read((db) => standing(db, company, periodToClose(db, company, input.period)));
	if (before) return before;
	context.progress({ fraction: 0.1, text: 'Reading the entries' });
	const signer = await findSigner(context, company);
	const request = {
		reason: bookText(input.reason?.trim() ?? '', 'reason'),
		codes: input.acknowledge ?? [],
		note: bookText(input.note?.trim() ?? '', 'note'),
		requestedAt: instantText(context.clock.now()),
		signer,
	};
	try {
		return context.write('close.close', (tx) => {
			const period = periodToClose(tx, company, input.period);
			// Another program may have closed it while this one waited for the lock.
			const closedMeanwhile = standing(tx, company, period);
			if (closedMeanwhile) return { output: closedMeanwhile, audit: null };
			const closed = closeOpenPeriod(tx, actor, period, request);
			return { output: closeView(tx, company, period, closed, false), audit: closeAudit(period, closed) };
		});
	} finally {
		await remember(context, company, signer);
	}
}

async function reopen(context: TaskContext, actor: Actor, input: InputOf<CloseContract['reopen']>): Promise<OutputOf<CloseContract['reopen']>> {
	const { company } = actor;
	const { period: named, reason, confirm } = input;
	context.read((db) => reopenable(db, company, { period: named, reason, confirm }));
	const signer = await findSigner(context, company);
	try {
		return context.write('close.reopen', (tx) => {
			const reopened = reopenClosedPeriod(tx, actor, { period: named, reason, confirm, soft: input.soft ?? false, signer });
			const output = {
				period: periodView(tx, reopened.period),
				closeNumber: reopened.close.closeNumber,
				reversalEntryNo: reopened.close.reversalEntryId,
				sealNo: reopened.seal.sealNo,
				sealSha256: reopened.seal.sha256,
			};
			const { name, uuid, status } = reopened.period;
			const { reopenReason } = reopened.close;
			const { closeNumber, reversalEntryNo, sealNo, sealSha256 } = output;
			return { output, audit: { period: name, periodId: uuid, status, reason: reopenReason, closeNumber, reversalEntryNo, sealNo, sealSha256 } };
		});
	} finally {
		await remember(context, company, signer);
	}
}

/** After the commit, or after a refusal: what stands in the books is what this computer remembers. A keychain that fails now undoes no close. */
async function remember(context: TaskContext, company: Company, signer: Signer | null): Promise<void> {
	try {
		await keepSigner(context, company, signer);
		await recordHeads({ read: (work) => context.read(work), secrets: async () => context.secrets }, instantText(context.clock.now()), [company]);
	} catch (error) {
		if (!isAppError(error, 'KEY_UNAVAILABLE') && !isAppError(error, 'DISK_FULL')) throw error;
	}
}

/** The standing close of a period as `close` answers it; null where it is not closed. */
function standing(db: ReadDb, company: Company, period: Period): CloseOutput | null {
	const row = period.status === 'CLOSED' ? standingClose(db, company.id, period.id) : undefined;
	if (!row) return null;
	const seal = present(sealOfClose(db, company.id, row.id), 'the seal of a close');
	return closeView(db, company, period, { close: row, seal, issues: sealedIssues(db, company, row.id) }, true);
}

/** The issues that stood when a period was closed, from its sealed table. */
function sealedIssues(db: ReadDb, company: Company, closeId: number): Issue[] {
	const content = sealedContent(db, company, closeId, 'validations');
	const issues = content === undefined ? [] : parseLines<Issue>(Buffer.from(content).toString('utf8'));
	return issues.map(({ code, severity, message, metadata }) => ({ code, severity, message, metadata }));
}

function closeView(db: ReadDb, company: Company, period: Period, { close: row, seal, issues }: ClosedPeriod, alreadyClosed: boolean): CloseOutput {
	return {
		periodId: period.uuid,
		closeId: row.uuid,
		success: true,
		closeNumber: row.closeNumber,
		alreadyClosed,
		closeHash: row.closeHash,
		contentRoot: row.contentRoot,
		netProfit: formatMinor(BigInt(row.netProfitMinor), company.decimals),
		closingEntryNo: row.closingEntryId,
		closedAt: row.closedAt,
		sealNo: seal.sealNo,
		sealSha256: seal.sha256,
		signer: listSigningKeys(db, company.id).find(({ keyId }) => keyId === seal.keyId)?.fingerprint ?? null,
		validation: { issues: [...issues] },
	};
}

function validate(db: ReadDb, { company }: Actor, input: InputOf<CloseContract['validate']>, instant: string): OutputOf<CloseContract['validate']> {
	const period = findPeriod(db, company, input.period);
	const wrong = wrongDate(period, input.period);
	const moment = { instant, canSign: likelyToSign(db, company) };
	const opening = openingToSeal(db, company, period);
	const found = [
		...(wrong === null ? [] : [{ code: 'PERIOD_DATE_INVALID', severity: 'ERROR' as const, message: wrong, metadata: { end: period.end } }]),
		...validatePeriod(db, company, period, moment).issues,
	];
	const ofOpening = opening === null ? [] : validatePeriod(db, company, opening, moment).issues;
	const issues = [...ofOpening.filter(({ severity, code }) => severity === 'ERROR' && !found.some((issue) => issue.code === code)), ...found];
	return { periodId: period.uuid, canClose: issues.every(({ severity }) => severity !== 'ERROR'), issues, validatedAt: instant };
}

function preview(db: ReadDb, { company }: Actor, input: InputOf<CloseContract['preview']>): OutputOf<CloseContract['preview']> {
	const period = findPeriod(db, company, input.period);
	const lines = period.status === 'CLOSED' ? [] : dueClosingLines(db, company, period);
	const netProfit = period.kind === 'OPENING' ? 0n : netProfitMinor(db, company.id, daySpan(period), period);
	return {
		netProfit: formatMinor(netProfit, company.decimals),
		lines: lines.map((line) => {
			const { code, name } = present(accountById(db, company.id, line.accountId), 'the account of a line');
			const currency = line.currency ?? company.currency;
			return {
				code,
				name,
				currency,
				debit: formatAmount(line.debitMinor, currency),
				credit: formatAmount(line.creditMinor, currency),
				baseDebit: formatAmount(line.baseDebitMinor, company.currency),
				baseCredit: formatAmount(line.baseCreditMinor, company.currency),
			};
		}),
	};
}

function closes(db: ReadDb, { company }: Actor, input: InputOf<CloseContract['closes']>): OutputOf<CloseContract['closes']> {
	const periodId = input.period === undefined ? null : findPeriod(db, company, input.period).id;
	const keys = new Map(listSigningKeys(db, company.id).map(({ keyId, fingerprint }) => [keyId, fingerprint]));
	const login = (userId: number): string => present(userById(db, userId), 'who closed or reopened').login;
	const sealed = (closeId: number) => {
		const seal = present(sealOfClose(db, company.id, closeId), 'the seal of a close');
		return { sealNo: seal.sealNo, sealSha256: seal.sha256, signer: seal.keyId === null ? null : (keys.get(seal.keyId) ?? null) };
	};
	return {
		closes: listCloseRows(db, company.id, periodId).map((row) => ({
			closeId: row.uuid,
			period: present(periodById(db, company.id, row.periodId), 'the period of a close').name,
			closeNumber: row.closeNumber,
			status: row.status,
			closedAt: row.closedAt,
			closedBy: login(row.closedBy),
			reason: row.reason,
			closeHash: row.closeHash,
			contentRoot: row.contentRoot,
			netProfit: formatMinor(BigInt(row.netProfitMinor), company.decimals),
			closingEntryNo: row.closingEntryId,
			reopenedAt: row.reopenedAt,
			reopenedBy: row.reopenedBy === null ? null : login(row.reopenedBy),
			reopenReason: row.reopenReason,
			...sealed(row.id),
		})),
	};
}

export const closeHandlers: Handlers<CloseContract> = {
	validate: { query: (db, actor, input, { clock }) => validate(db, actor, input, instantText(clock.now())) },
	preview: { query: preview },
	close: { task: close },
	reopen: { task: reopen },
	verify: {
		query: (db, { company }, { period, closeNumber, expectedKey }, { paths }) =>
			verifyClose(db, company, { period, closeNumber }, { contentFolder: paths.content, expectedKey }),
	},
	verifyAll: { query: (db, { company }, _input, { paths }) => verifyBooks(db, company, { contentFolder: paths.content }) },
	closes: { query: closes },
	closingVoucher: { query: closingVoucher },
	reopenDifference: { query: reopenDifference },
};
