import { AppError } from './app-error.ts';

// A lone surrogate, NUL, or a C0 control other than LF and TAB: SQLite and RFC 8785 would each treat it differently.
// Naming the forbidden characters is the point of this expression.
const FORBIDDEN = /[\u0000-\u0008\u000b-\u001f]/;

export function isCleanText(text: string): boolean {
	return text.isWellFormed() && !FORBIDDEN.test(text);
}

/**
 * Text as the books store it: NFC. Refuses TEXT_INVALID for characters that a seal could not represent the same everywhere.
 * `field` names where it stood, for the message.
 */
export function bookText(text: string, field: string): string {
	if (!isCleanText(text)) {
		throw new AppError(
			'TEXT_INVALID',
			`The ${field} holds a character that books cannot keep (a control character or half of a pair). Remove it and try again.`,
			{
				field,
				text: JSON.stringify(text.slice(0, 120)),
			},
		);
	}
	return text.normalize('NFC');
}
