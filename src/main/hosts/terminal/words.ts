import { groupDigits, type NumberGrouping } from '#shared/kernel/grouping.ts';
import type { Client } from '#shared/contract/client.ts';
import type { Output } from './output.ts';

/** What a command answers: the document for scripts, or a text for people. */
export function respond(output: Output, document: unknown, text: () => string): void {
	if (output.json) output.printJson(document);
	else output.print(text());
}

/** `3 entries`, `1 entry`, with the digits in groups. */
export function counted(count: number, one: string, several = `${one}s`): string {
	return `${groupDigits(String(count), 'western')} ${count === 1 ? one : several}`;
}

/** Amounts as people of this company write them. */
export interface Figures {
	/** `1,234.50` */
	amount(plain: string): string;
	/** Nothing for nil: what a column of debits shows. */
	side(plain: string): string;
}

export function figuresOf(grouping: NumberGrouping): Figures {
	const amount = (plain: string): string => groupDigits(plain, grouping);
	return { amount, side: (plain) => (/[1-9]/.test(plain) ? amount(plain) : '') };
}

/** The company's own way to write amounts; asked only where people read them. */
export async function companyFigures(client: Client, companyId: string): Promise<Figures> {
	const { settings } = await client.companies.show({ companyId });
	return figuresOf(settings.number_format === 'indian' ? 'indian' : 'western');
}

/** `2026-11-21 07:38 UTC` of an instant of the books. */
export function instantWords(instant: string): string {
	return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/** A word of a command line that can be copied into a shell. */
export function shellWord(text: string): string {
	return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
