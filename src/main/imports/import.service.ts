import { basename, join } from 'node:path';
import { AppError } from '#shared/kernel/app-error.ts';
import { assert, present } from '#shared/kernel/assert.ts';
import { addDays } from '#shared/kernel/civil-date.ts';
import { GENESIS_HASH } from '#shared/seal/index.ts';
import { addAccount, findCompany, updateBooksFrom } from '#main/companies/index.ts';
import { chainHead, insertParty } from '#main/ledger/index.ts';
import { ensureOpeningPeriod, ensurePeriods, periodForPosting } from '#main/periods/index.ts';
import type { WriteTx } from '#main/platform/database/connection.ts';
import { uuidV7 } from '#main/platform/ids.ts';
import type { Actor, Company } from '#main/platform/run/actor.ts';
import type { AuditDetail, TaskContext } from '#main/platform/run/handlers.ts';
import { withSteadyMemory } from '#main/platform/steady-memory.ts';
import type { ChainStart, HashReader } from './entry-chain.service.ts';
import { duplicatesOf } from './duplicates.service.ts';
import { booksFingerprint, hasStandingImports, insertImport, markBooked, standingImportOf } from './imports.queries.ts';
import { emptyResult, type ImportInput, type ImportResult } from './import-result.ts';
import { readJournalFile } from './journal-file.service.ts';
import type { JournalFileOptions } from './journal-file-options.ts';
import { boundTo, Matching } from './matching.service.ts';
import { RejectFile } from './reject-file.service.ts';
import { DateGate, type ImportKind, rejectedRefusal, Stager } from './stage.service.ts';
import { BatchBuilder } from './staged-batch.rules.ts';
import type { RejectedRow } from './staged-entry.rules.ts';
import { openStagingPlace, type StagingPlace } from './staging-place.service.ts';
import { removeStaging, type StagingFiles, stagingFiles } from './staging-work.service.ts';
import { bookStagedEntries, bookStagedLines, HASH_FUNCTION, leaveOut, STAGING, stagedCounts, stagedDates, storeStagedPeriod } from './staging.queries.ts';

/** Rejected rows that an answer lists; the reject file holds all. */
const MAX_LISTED = 1000;
const MAX_ATTEMPTS = 5;

/** The whole file stands in the books already. */
class StandingFile extends Error {
	readonly entries: number;
	constructor(entries: number) {
		super('this file was imported already');
		this.entries = entries;
	}
}

/**
 * Imports a file of journal lines: reads and validates it into a staging file without the lock of the books, then books all of it
 * in one database transaction, or nothing. What stands already by content is not booked again.
 * Refuses the codes of imports.importJournal.
 */
export function importFile(context: TaskContext, actor: Actor, path: string, kind: ImportKind, input: ImportInput): Promise<ImportResult> {
	return withSteadyMemory(() => importUntilBooksStand(context, actor, path, kind, input));
}

async function importUntilBooksStand(context: TaskContext, actor: Actor, path: string, kind: ImportKind, input: ImportInput): Promise<ImportResult> {
	for (let attempt = 1; ; attempt++) {
		const result = await importOnce(context, actor, path, kind, input);
		if (result !== 'BOOKS_MOVED') return result;
		if (attempt === MAX_ATTEMPTS) {
			throw new AppError(
				'DATABASE_BUSY',
				'Accounts or periods kept changing while the file was read. Nothing was booked; import it again.',
				{},
				{ retryable: true },
			);
		}
	}
}

interface Staged {
	readonly place: StagingPlace;
	readonly fingerprint: string;
	readonly matching: Matching;
	readonly stager: Stager;
	readonly summary: { readonly sha256: string; readonly format: string };
	readonly result: ImportResult;
}

type Outcome = { readonly output: ImportResult | 'BOOKS_MOVED'; readonly audit: AuditDetail | null };

let stagingNumber = 0;

async function importOnce(context: TaskContext, actor: Actor, path: string, kind: ImportKind, input: ImportInput): Promise<ImportResult | 'BOOKS_MOVED'> {
	const files = stagingFiles(join(context.paths.work, `staging-${process.pid}-${++stagingNumber}`));
	const opened: StagingPlace[] = [];
	const openPlace = (bytes: number) => {
		const place = openStagingPlace(files, bytes);
		opened.push(place);
		return place;
	};
	try {
		const staged = await stage(context, actor, path, kind, input, openPlace);
		if (staged.result.rejectedCount > 0 && !input.keepGoing) throw rejectedRefusal(staged.result.rejected, staged.result.rejectedCount);
		if (staged.stager.entries === 0) return staged.result;
		context.progress({ fraction: 0.6, text: 'Booking' });
		return book(context, actor, path, kind, staged, files);
	} catch (error) {
		if (!(error instanceof StandingFile)) throw error;
		return { ...emptyResult(input), duplicates: error.entries };
	} finally {
		for (const place of opened) await place.close();
		removeStaging(files);
	}
}

async function stage(
	context: TaskContext,
	{ company }: Actor,
	path: string,
	kind: ImportKind,
	input: ImportInput,
	openPlace: (bytes: number) => StagingPlace,
): Promise<Staged> {
	const result = emptyResult(input);
	let rejects: RejectFile | null = null;
	let place: StagingPlace | null = null;
	try {
		const batches = new BatchBuilder((batch) => present(place, 'the place of staging').take(batch));
		const begun = context.read((db) => ({
			fingerprint: booksFingerprint(db, company.id),
			matching: new Matching(db, company, { createAccounts: input.createAccounts ?? false, accountCase: input.accountCase }),
			dates: new DateGate(db, company, kind, context.clock.now().toISOString()),
			hasImports: hasStandingImports(db, company.id),
		}));
		const stager = new Stager(company, kind, begun.matching, begun.dates, batches, begun.hasImports);
		const summary = await readJournalFile(path, fileOptions(context, company, kind, input), {
			onStart: (start) => {
				const standing = context.read((db) => standingImportOf(db, company.id, start.sha256));
				if (standing) throw new StandingFile(standing.entries);
				if (input.keepGoing && !input.dryRun) rejects = new RejectFile(path, start.header, start.delimiter);
				place = openPlace(start.bytes);
			},
			onChunk: () => present(place, 'the place of staging').room(),
			onEntry: (entry) => stager.add(entry),
			onReject: (row) => reject(result, rejects, row),
		});
		batches.flush();
		const opened = present<StagingPlace>(place, 'the place of staging');
		await opened.finish();
		rejects = closeRejects(rejects, result);
		return { place: opened, fingerprint: begun.fingerprint, matching: begun.matching, stager, summary, result };
	} finally {
		(rejects as RejectFile | null)?.close();
	}
}

function fileOptions(context: TaskContext, company: Company, kind: ImportKind, input: ImportInput): JournalFileOptions {
	return {
		...input,
		baseCurrency: company.currency,
		allowsRemainder: kind === 'OPENING',
		signal: context.signal,
		onProgress: (read, total) => context.progress({ fraction: total === 0 ? 0 : (read / total) * 0.6, text: 'Reading' }),
	};
}

function reject(result: ImportResult, file: RejectFile | null, row: RejectedRow): void {
	result.rejectedCount++;
	if (result.rejected.length < MAX_LISTED) result.rejected.push({ row: row.row, code: row.code, message: row.message });
	file?.add(row);
}

function closeRejects(file: RejectFile | null, result: ImportResult): null {
	file?.close();
	result.rejectFile = file?.path ?? null;
	return null;
}

function book(context: TaskContext, actor: Actor, path: string, kind: ImportKind, staged: Staged, files: StagingFiles): ImportResult | 'BOOKS_MOVED' {
	const hashes = new ChainedHashes(staged.place);
	try {
		return context.write<ImportResult | 'BOOKS_MOVED'>(
			kind === 'OPENING' ? 'imports.importOpening' : 'imports.importJournal',
			(tx) => bookIn(tx, actor, basename(path), kind, staged, hashes),
			{
				attach: { path: files.database, alias: STAGING },
				functions: { [HASH_FUNCTION]: (no) => hashes.of(Number(no)) },
				...(staged.result.dryRun ? { preview: true } : {}),
			},
		);
	} finally {
		hashes.close();
	}
}

/** The entries' hashes, worked out in the staging thread while the lines are booked here. */
class ChainedHashes {
	readonly #place: StagingPlace;
	#reader: HashReader | null = null;
	#last: Buffer = Buffer.alloc(0);
	#lastNo = 0;

	constructor(place: StagingPlace) {
		this.#place = place;
	}

	begin(start: ChainStart): void {
		this.#lastNo = start.lastNo;
		this.#place.chain(start);
	}

	/** Asked for one number after the other. */
	of(no: number): Buffer {
		assert(no === ++this.#lastNo, 'entries are booked in the order of their numbers');
		this.#reader ??= this.#place.hashes();
		this.#last = this.#reader.next();
		return this.#last;
	}

	/** In hex, of the entry asked for last. */
	get last(): string {
		return this.#last.toString('hex');
	}

	close(): void {
		this.#reader?.close();
	}
}

function bookIn(tx: WriteTx, actor: Actor, fileName: string, kind: ImportKind, staged: Staged, hashes: ChainedHashes): Outcome {
	// What the staging relied on, once more, now that nobody else can write.
	if (booksFingerprint(tx, actor.company.id) !== staged.fingerprint) return { output: 'BOOKS_MOVED', audit: null };
	const company = findCompany(tx, actor.company.uuid) ?? actor.company;
	const duplicates = findDuplicates(tx, company);
	leaveOut(tx, duplicates);
	const counts = stagedCounts(tx);
	const result: ImportResult = { ...staged.result, ...counts, duplicates: duplicates.length };
	if (counts.entries === 0) return { output: result, audit: null };
	const head = chainHead(tx, company.id);
	const lastNo = head?.seq ?? 0;
	hashes.begin({ lastNo, prev: head?.hash ?? GENESIS_HASH, postedAt: tx.instant, postedBy: actor.user.uuid, skipped: duplicates });
	result.accountsCreated = createPlanned(tx, company, staged.matching);
	result.partiesCreated = staged.matching.newParties.length;
	placeInPeriods(tx, company, kind);
	const uuid = uuidV7({ now: () => new Date(tx.instant) });
	const row = { uuid, fileName, sha256: staged.summary.sha256, format: staged.summary.format, kind, firstNo: lastNo + 1 };
	const importId = insertImport(tx, company.id, { ...row, ...counts, rejected: result.rejectedCount, importedBy: actor.user.id });
	const booking = { companyId: company.id, importId, lastNo, source: kind === 'OPENING' ? 'OPENING' : 'IMPORT', postedBy: actor.user.id } as const;
	bookStagedLines(tx, booking);
	bookStagedEntries(tx, booking);
	markBooked(tx, company.id, importId);
	return {
		output: { ...result, importId: uuid },
		audit: { ...row, ...counts, duplicates: duplicates.length, rejected: result.rejectedCount, lastHash: hashes.last },
	};
}

function findDuplicates(tx: WriteTx, company: Company): number[] {
	if (!hasStandingImports(tx, company.id)) return [];
	const dates = stagedDates(tx);
	const [from] = dates;
	const to = dates.at(-1);
	return from === undefined || to === undefined ? [] : duplicatesOf(tx, company.id, from, to);
}

function createPlanned(tx: WriteTx, company: Company, matching: Matching): number {
	for (const account of matching.newAccounts) addAccount(tx, company, { code: account.code, name: account.name, type: account.type, ...boundTo(account) });
	for (const party of matching.newParties) insertParty(tx, company.id, party.name, []);
	return matching.newAccounts.length;
}

function placeInPeriods(tx: WriteTx, company: Company, kind: ImportKind): void {
	const dates = stagedDates(tx);
	const [first] = dates;
	if (first === undefined) return;
	if (kind === 'OPENING') {
		// The books begin the day after; with no first day yet, these balances set it.
		if (company.booksFrom === null) updateBooksFrom(tx, company.id, addDays(first, 1));
		ensurePeriods(tx, { ...company, booksFrom: addDays(first, 1) }, addDays(first, 1), { mayMoveBooksFrom: false });
		storeStagedPeriod(tx, first, ensureOpeningPeriod(tx, company).id);
		return;
	}
	ensurePeriods(tx, company, first, { mayMoveBooksFrom: true });
	for (const date of dates) storeStagedPeriod(tx, date, periodForPosting(tx, company, date, { mayMoveBooksFrom: true }).id);
}
