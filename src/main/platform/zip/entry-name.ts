const SAFE_NAME = /^(?!\/)(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\\:*?"<>|\p{Cc}]+$/u;

/**
 * True for a relative path with `/` that every system unpacks to the same place inside the folder: no empty, `.` or `..` part, no
 * drive, backslash, control character, or character that Windows refuses.
 */
export function isSafeEntryName(name: string): boolean {
	return SAFE_NAME.test(name);
}
