import { nearest } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** The choice that was meant, in any case of letters and with `-` for `_`. Throws UsageError. */
export function choiceNamed<Choice extends string>(option: string, typed: string, choices: readonly Choice[]): Choice {
	const key = typed.trim().toUpperCase().replaceAll('-', '_');
	const choice = choices.find((candidate) => candidate.toUpperCase() === key);
	if (choice !== undefined) return choice;
	const meant = nearest(key, choices);
	throw new UsageError(`--${option} cannot be "${typed}".${meant ? ` Did you mean ${meant}?` : ''} Possible: ${choices.join(', ')}.`, { option, choices });
}

/** `yes` or `no`, undefined where it was not given. Throws UsageError. */
export function yesOrNo(option: string, typed: string | undefined): boolean | undefined {
	if (typed === undefined) return undefined;
	if (/^(?:yes|y|true|on|1)$/i.test(typed)) return true;
	if (/^(?:no|n|false|off|0)$/i.test(typed)) return false;
	throw new UsageError(`--${option} is yes or no, not "${typed}".`, { option, choices: ['yes', 'no'] });
}

/** A whole number above zero. Throws UsageError. */
export function wholeNumber(name: string, typed: string): number {
	if (!/^\d{1,15}$/.test(typed) || Number(typed) === 0) throw new UsageError(`${name} is a number such as 12, not "${typed}".`, { argument: name });
	return Number(typed);
}

export function optionalNumber(name: string, typed: string | undefined): number | undefined {
	return typed === undefined ? undefined : wholeNumber(name, typed);
}

/** `['USD=83.45', 'EUR=90']` or `['entry_no=txn,account=konto']` by name. undefined where nothing was given. Throws UsageError. */
export function pairsOf(option: string, typed: readonly string[], separator?: ','): Record<string, string> | undefined {
	const pairs = separator ? typed.flatMap((text) => text.split(separator)) : typed;
	if (pairs.length === 0) return undefined;
	return Object.fromEntries(
		pairs.map((pair) => {
			// The name may itself be a sign such as `=`: at least one character stands before the one that parts them.
			const at = pair.indexOf('=', 1);
			const [name, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
			if (at < 1 || name === '' || value === '') throw new UsageError(`--${option} is written NAME=VALUE, not "${pair}".`, { option });
			return [name, value];
		}),
	);
}

/** A code of ISO 4217 in the case of codes. */
export function currencyCode(typed: string): string {
	return typed.trim().toUpperCase();
}

/** Rates by currency code: `['usd=83.45']` is `{ USD: '83.45' }`. */
export function ratesOf(typed: readonly string[]): Record<string, string> | undefined {
	const pairs = pairsOf('rate', typed);
	return pairs && Object.fromEntries(Object.entries(pairs).map(([currency, rate]) => [currencyCode(currency), rate]));
}
