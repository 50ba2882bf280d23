/** An exact sum of integers: numbers as long as they are safe, BigInt beyond, because a BigInt for every line would be slow. */
export class RunningSum {
	private whole = 0n;
	private part = 0;

	/** `value` is a safe integer. */
	add(value: number): void {
		const next = this.part + value;
		if (Number.isSafeInteger(next)) {
			this.part = next;
			return;
		}
		this.whole += BigInt(this.part);
		this.part = value;
	}

	get total(): bigint {
		return this.whole + BigInt(this.part);
	}
}
