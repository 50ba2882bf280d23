import { formatAmount } from '#shared/kernel/money.ts';

type Row = Readonly<Record<string, unknown>>;

/** The rows of one sealed table at two closes, as lines of canonical JSON. */
export interface TwoTables {
	readonly name: string;
	readonly before: readonly string[];
	readonly after: readonly string[];
}

/** How a sealed table differs: rows at either close, rows that only the later one has, and rows that only the earlier one had. */
export interface TableDifference {
	readonly name: string;
	readonly before: number;
	readonly after: number;
	readonly added: number;
	readonly removed: number;
}

/** One thing that is called or stands otherwise. `before` is null where it is new, `after` where it is gone. */
export interface SealedChange {
	readonly table: 'accounts' | 'parties' | 'reconciliations';
	/** Of the account or party. */
	readonly ref: string;
	/** As at the later close. */
	readonly name: string;
	/** A field of the sealed table, amounts without their unit (`expected`: major units); null where the row is new or gone as a whole. */
	readonly field: string | null;
	readonly before: string | null;
	readonly after: string | null;
}

/** Null where the table is the same at both closes. */
export function tableDifference({ name, before, after }: TwoTables): TableDifference | null {
	const [earlier, later] = [new Set(before), new Set(after)];
	const added = after.filter((line) => !earlier.has(line)).length;
	const removed = before.filter((line) => !later.has(line)).length;
	return added === 0 && removed === 0 ? null : { name, before: before.length, after: after.length, added, removed };
}

interface Compared {
	readonly table: SealedChange['table'];
	readonly key: string;
	readonly fields: readonly string[];
	readonly nameOf: (row: Row) => string;
	/** What stands for the whole row where it is new or gone. */
	readonly whole: (row: Row) => string;
	readonly textOf: (row: Row, field: string) => string;
}

const plain = (row: Row, field: string): string => {
	const value = row[field];
	if (value === null || value === undefined) return '';
	return typeof value === 'string' ? value : JSON.stringify(value);
};
const codeAndName = (row: Row): string => `${plain(row, 'code')} ${plain(row, 'name')}`;

/** What is called otherwise, is new, or was verified with another figure, in order of table, ref and field. */
export function sealedChanges(earlier: (table: string) => readonly Row[], later: (table: string) => readonly Row[]): SealedChange[] {
	const names = new Map([...earlier('accounts'), ...later('accounts')].map((row) => [plain(row, 'ref'), codeAndName(row)]));
	const money = (row: Row, field: string): string =>
		field.endsWith('Minor') ? formatAmount(BigInt(plain(row, field)), plain(row, 'currency')) : plain(row, field);
	const compared: readonly Compared[] = [
		{
			table: 'accounts',
			key: 'ref',
			fields: ['code', 'name', 'type', 'subtype', 'currency', 'requiresReconciliation', 'active'],
			nameOf: codeAndName,
			whole: codeAndName,
			textOf: plain,
		},
		{ table: 'parties', key: 'ref', fields: ['name'], nameOf: (row) => plain(row, 'name'), whole: (row) => plain(row, 'name'), textOf: plain },
		{
			table: 'reconciliations',
			key: 'account',
			fields: ['status', 'strategy', 'expectedMinor', 'actualMinor', 'varianceMinor', 'explainedMinor', 'verifiedBy', 'verifiedAt'],
			nameOf: (row) => names.get(plain(row, 'account')) ?? plain(row, 'account'),
			whole: (row) => money(row, 'actualMinor'),
			textOf: money,
		},
	];
	return compared.flatMap((how) => changesOf(how, earlier(how.table), later(how.table)));
}

function changesOf({ table, key, fields, nameOf, whole, textOf }: Compared, earlier: readonly Row[], later: readonly Row[]): SealedChange[] {
	const before = new Map(earlier.map((row) => [plain(row, key), row]));
	const after = new Map(later.map((row) => [plain(row, key), row]));
	const refs = [...new Set([...before.keys(), ...after.keys()])].sort();
	return refs.flatMap((ref): SealedChange[] => {
		const [was, is] = [before.get(ref), after.get(ref)];
		const named = is ?? was;
		if (named === undefined) return [];
		const change = { table, ref, name: nameOf(named) };
		if (was === undefined || is === undefined) return [{ ...change, field: null, before: was ? whole(was) : null, after: is ? whole(is) : null }];
		return fields
			.map((field) => ({ ...change, field: field.replace(/Minor$/, ''), before: textOf(was, field), after: textOf(is, field) }))
			.filter((one) => one.before !== one.after);
	});
}
