// The verifier asks for this everywhere; browsers of 2022 lack it, and are good for everything else.
if (!('isWellFormed' in String.prototype)) {
	Object.defineProperty(String.prototype, 'isWellFormed', {
		value: function isWellFormed(this: string): boolean {
			return !/[\uD800-\uDFFF]/u.test(this);
		},
	});
}

export {};
