import { AppError } from '#shared/kernel/app-error.ts';
import { type CivilDate, dayNumber, isCivilDate, lastOfMonth } from '#shared/kernel/civil-date.ts';
import { balanceKey } from '#shared/seal/index.ts';
import { eventsOfAction } from '#main/audit/index.ts';
import { type AccountRow, companySettings, type CompanySettings, listAccounts } from '#main/companies/index.ts';
import { chainHead, listPartyRows } from '#main/ledger/index.ts';
import { findPeriod, openingPeriod, type Period, periodBefore, periodsOfFiscalYear, today } from '#main/periods/index.ts';
import type { ReadDb } from '#main/platform/database/connection.ts';
import type { Company } from '#main/platform/run/actor.ts';
import { reconciliationIssues } from '#main/reconciliation/index.ts';
import { lastSeal, sealOfClose, standingClose } from './closes.queries.ts';
import { type NamedEntries, named, type PeriodReading, readPeriodEntries } from './period-reading.service.ts';
import { auditSeqOf, sealedHead } from './sealing.service.ts';
import { bySeverity, type Issue, issuesOf } from './validation.rules.ts';
import type { AmountFact, ValidationFacts } from './validation-facts.rules.ts';
import {
	countEntriesAfter,
	draftsIn,
	entryHashOf,
	hasLaterAttachment,
	keptMovements,
	revaluedCurrencies,
	type StandingBalance,
	standingBalances,
	trialBalanceDifference,
} from './validation.queries.ts';

/** Money and claims that a rate changes; stock is carried at cost. */
const MONETARY: ReadonlySet<string> = new Set(['ASSET', 'LIABILITY']);

export interface Validation {
	readonly issues: readonly Issue[];
	readonly reading: PeriodReading;
}

/** The period that a close was asked for. Refuses PERIOD_NOT_FOUND, and PERIOD_DATE_INVALID for a date that is not a period's last day. */
export function periodToClose(db: ReadDb, company: Company, namedAs: string): Period {
	const period = findPeriod(db, company, namedAs);
	const wrong = wrongDate(period, namedAs);
	if (wrong) throw new AppError('PERIOD_DATE_INVALID', wrong, { period: period.name, date: namedAs, end: period.end });
	return period;
}

/** What is wrong with a date that names a period to be closed, or null. */
export function wrongDate(period: Period, namedAs: string): string | null {
	if (!isCivilDate(namedAs) || namedAs === period.end || namedAs === period.name) return null;
	return `${namedAs} is not the last day of a period. ${period.name} ends on ${period.end}: name it so, or by that day.`;
}

/** Everything that stands in the way of closing a period, and what was read to find it. */
export function validatePeriod(
	db: ReadDb,
	company: Company,
	period: Period,
	moment: { readonly instant: string; readonly canSign: boolean | null },
): Validation {
	const settings = companySettings(db, company.id);
	const accounts = listAccounts(db, company.id);
	const reading = readPeriodEntries(db, company, {
		from: period.start,
		to: period.end,
		accounts,
		backdatedDays: settings.backdated_days,
		attachmentsRequired: settings.attachments_required && period.kind !== 'YEAR',
		// A year's were settled at the closes of its periods.
		parties: period.kind === 'YEAR' ? null : listPartyRows(db, company.id),
	});
	const facts = gatherFacts(db, company, period, { ...moment, settings, accounts, reading });
	const reconciliation = period.status === 'CLOSED' ? [] : reconciliationIssues(db, company, period, auditedBefore(db, company, period));
	return { issues: bySeverity([...issuesOf(facts), ...reconciliation]), reading };
}

interface Gathering {
	readonly instant: string;
	readonly canSign: boolean | null;
	readonly settings: CompanySettings;
	readonly accounts: readonly AccountRow[];
	readonly reading: PeriodReading;
}

function gatherFacts(db: ReadDb, company: Company, period: Period, gathering: Gathering): ValidationFacts {
	const { reading, settings, accounts } = gathering;
	const span = { startDay: dayNumber(period.start), endDay: dayNumber(period.end) };
	const kept = keptMovements(db, company.id, span.startDay, span.endDay);
	const standing = standingBalances(db, company.id, span.endDay);
	// A year's warnings about single entries were judged at the close of its periods.
	const isOrdinary = period.kind !== 'YEAR' && period.kind !== 'OPENING';
	const none = named();
	return {
		period,
		currency: company.currency,
		today: today(company, gathering.instant),
		openBefore: openBefore(db, company, period),
		hasResultAccount: accounts.some(({ subtype }) => subtype === 'RETAINED_EARNINGS'),
		drafts: draftsIn(db, company.id, period.start, period.end),
		unbalanced: reading.unbalanced,
		changed: reading.changed,
		unchained: reading.unchained,
		...chainFacts(db, company),
		trialBalanceDifference: trialBalanceDifference(db, company.id, span.endDay),
		balanceDifferences: balanceDifferences(kept, reading),
		subledgerDifferences: subledgerDifferences(accounts, company.currency, reading),
		suspense: period.kind === 'OPENING' ? [] : withBalance(standing, 'SUSPENSE', company.currency),
		clearing: period.kind === 'OPENING' ? [] : withBalance(standing, 'CLEARING', company.currency),
		openingEquity: period.kind === 'OPENING' ? [] : withBalance(standing, 'OPENING_EQUITY', company.currency),
		negativeCash: isOrdinary ? negativeCash(standing, kept, accounts, reading) : [],
		withoutParty: isOrdinary ? reading.withoutParty : none,
		importedWithoutParty: isOrdinary ? reading.importedWithoutParty : none,
		notRevalued: isOrdinary ? notRevalued(db, company, period, standing) : [],
		backdated: isOrdinary ? reading.backdated : none,
		backdatedDays: settings.backdated_days,
		withoutAttachment: isOrdinary ? withoutAttachment(db, company, reading) : none,
		schemaAltered: eventsOfAction(db, company.id, ['SCHEMA_ALTERED'], 0).length > 0,
		canSign: gathering.canSign,
	};
}

/** The last audit event that the close of the period before looked at; the opening period is closed together with the first one. */
function auditedBefore(db: ReadDb, company: Company, period: Period): number {
	const before = periodBefore(db, company.id, period);
	const close = before && before.kind !== 'OPENING' ? standingClose(db, company.id, before.id) : undefined;
	const seal = close && sealOfClose(db, company.id, close.id);
	return seal === undefined ? 0 : auditSeqOf(seal);
}

function openBefore(db: ReadDb, company: Company, period: Period): string[] {
	const before = periodBefore(db, company.id, period);
	const open: Period[] = before && before.kind !== 'OPENING' && before.status !== 'CLOSED' ? [before] : [];
	if (period.kind === 'YEAR') open.push(...periodsOfFiscalYear(db, company.id, period.fiscalYearStart).filter(({ status }) => status !== 'CLOSED'));
	return open.map(({ name }) => name);
}

/** The chain from the last seal's head on: the head itself, and that no number is missing since. */
function chainFacts(db: ReadDb, company: Company): { readonly missingNumbers: number; readonly lostHead: number | null } {
	const seal = lastSeal(db, company.id);
	const sealed = seal ? sealedHead(seal) : null;
	const head = chainHead(db, company.id)?.seq ?? 0;
	const since = sealed?.seq ?? 0;
	const lostHead = sealed !== null && sealed.seq > 0 && entryHashOf(db, company.id, sealed.seq) !== sealed.entryHash ? sealed.seq : null;
	return { missingNumbers: Math.max(head - since, 0) - countEntriesAfter(db, company.id, since), lostHead };
}

/** Kept balances against what the lines of the same span give, in each of the four columns. */
function balanceDifferences(kept: ReturnType<typeof keptMovements>, { totals }: PeriodReading): AmountFact[] {
	const unseen = new Map(totals.byAccount);
	const differences: AmountFact[] = [];
	for (const row of kept) {
		const key = balanceKey(row.ref, row.currency);
		const given = unseen.get(key);
		unseen.delete(key);
		const columns = [
			row.debit - (given?.debit.total ?? 0n),
			row.credit - (given?.credit.total ?? 0n),
			row.baseDebit - (given?.baseDebit.total ?? 0n),
			row.baseCredit - (given?.baseCredit.total ?? 0n),
		];
		if (columns.some((column) => column !== 0n)) differences.push({ ...row, amountMinor: columns.find((column) => column !== 0n) ?? 0n });
	}
	for (const { account, currency, debit, credit } of unseen.values()) {
		differences.push({ code: account, name: account, currency, amountMinor: credit.total - debit.total });
	}
	return differences;
}

function subledgerDifferences(accounts: readonly AccountRow[], currency: string, { lostPartyBase }: PeriodReading): AmountFact[] {
	return accounts.flatMap(({ ref, code, name }) => {
		const lost = lostPartyBase.get(ref);
		return lost === undefined ? [] : [{ code, name, currency, amountMinor: lost.total }];
	});
}

function withBalance(standing: readonly StandingBalance[], subtype: string, companyCurrency: string): AmountFact[] {
	return standing
		.filter((row) => row.subtype === subtype && (row.amount !== 0n || row.base !== 0n))
		.map((row) => (row.amount === 0n ? { ...row, currency: companyCurrency, amountMinor: row.base } : { ...row, amountMinor: row.amount }));
}

/** The first day of the period on which a cash account is below zero, with its balance on that day's end. */
function negativeCash(standing: readonly StandingBalance[], kept: ReturnType<typeof keptMovements>, accounts: readonly AccountRow[], reading: PeriodReading) {
	const facts: (AmountFact & { readonly date: CivilDate })[] = [];
	for (const account of accounts) {
		if (account.subtype !== 'CASH' && account.subtype !== 'MOBILE_MONEY') continue;
		const own = (row: { readonly ref: string; readonly currency: string }) => row.ref === account.ref && row.currency === account.currency;
		const moved = kept.find(own);
		let balance = (standing.find(own)?.amount ?? 0n) - (moved === undefined ? 0n : moved.debit - moved.credit);
		const days = [...(reading.cash.get(account.ref) ?? [])].sort(([left], [right]) => (left < right ? -1 : 1));
		for (const [date, movement] of days) {
			balance += movement.total;
			if (balance >= 0n) continue;
			facts.push({ code: account.code, name: account.name, currency: account.currency ?? '', amountMinor: balance, date });
			break;
		}
	}
	return facts;
}

/** In a day calendar foreign balances are revalued at the month's end. */
function notRevalued(db: ReadDb, company: Company, period: Period, standing: readonly StandingBalance[]): AmountFact[] {
	if (period.kind === 'DAY' && period.end !== lastOfMonth(period.end)) return [];
	const foreign = standing.filter((row) => row.currency !== company.currency && row.amount !== 0n && MONETARY.has(row.type) && row.subtype !== 'INVENTORY');
	if (foreign.length === 0) return [];
	const revalued = revaluedCurrencies(db, company.id, period.end);
	return foreign.filter(({ currency }) => !revalued.has(currency)).map((row) => ({ ...row, amountMinor: row.amount }));
}

function withoutAttachment(db: ReadDb, company: Company, reading: PeriodReading): NamedEntries {
	const bare = reading.withoutAttachment.filter((no) => !hasLaterAttachment(db, company.id, no));
	return { count: bare.length, first: bare.slice(0, 20).map((no) => ({ no, externalNo: null })) };
}

/** What a query knows of signing without asking the secret store: an unsigned last seal is likely to be followed by another. */
export function likelyToSign(db: ReadDb, company: Company): boolean | null {
	return lastSeal(db, company.id)?.signature === null ? false : null;
}

/** The opening period, where the close of this period would seal it as well: not sealed yet, and this is an ordinary period. */
export function openingToSeal(db: ReadDb, company: Company, period: Period): Period | null {
	if (period.kind === 'YEAR' || period.kind === 'OPENING') return null;
	const opening = openingPeriod(db, company.id);
	return opening && opening.status !== 'CLOSED' ? opening : null;
}
