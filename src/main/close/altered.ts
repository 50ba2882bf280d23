import { AppError } from '#shared/kernel/app-error.ts';

/** The refusal to tell of a close from books that no longer hold what it sealed: PACKAGE_DIFFERS. */
export function altered(what: string, details: Readonly<Record<string, unknown>>): AppError {
	return new AppError(
		'PACKAGE_DIFFERS',
		`The books are not what was sealed any more: ${what} was changed outside this program. Run \`ledgerseal period verify\` to see everything that differs, and restore a backup.`,
		details,
	);
}
