/** Adds what the verifier asks for everywhere and browsers of 2022 lack: they are good for everything else. */
export function completeOlderBrowser(): void {
	if ('isWellFormed' in String.prototype) return;
	const isWellFormed = function isWellFormed(this: string): boolean {
		return !/[\uD800-\uDFFF]/u.test(this);
	};
	Reflect.defineProperty(String.prototype, 'isWellFormed', { value: isWellFormed });
}
