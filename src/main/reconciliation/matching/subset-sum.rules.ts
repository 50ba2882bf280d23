import { GROUP_STEPS } from './weights.rules.ts';

/** One of the lines that may make up a sum. Better ones have more points, then fewer days; `index` settles ties. */
export interface SumMember {
	readonly index: number;
	/** Without its sign, above zero. */
	readonly amountMinor: number;
	/** How much the line has in common with the one that it is to make up. */
	readonly points: number;
	readonly daysApart: number;
}

/**
 * The best set of 2 to `most` members whose amounts add up to exactly the target, or null. More points on average first, then nearer dates, then
 * fewer lines, then lower indexes. The search ends after GROUP_STEPS steps, at the same place for the same members in whatever order.
 */
export function bestSum<Member extends SumMember>(
	members: readonly Member[],
	targetMinor: number,
	most: number,
	isAllowed: (set: readonly Member[]) => boolean,
): Member[] | null {
	const sorted = [...members].sort((one, other) => other.amountMinor - one.amountMinor || one.index - other.index);
	let best: Member[] | null = null;
	let steps = 0;
	const chosen: Member[] = [];
	const search = (from: number, restMinor: number): void => {
		const left = most - chosen.length;
		for (let place = from; place < sorted.length; place++) {
			const member = sorted[place];
			if (!member || steps++ >= GROUP_STEPS) return;
			if (member.amountMinor > restMinor) continue;
			// The rest of the members are no larger: so many of them cannot make up what is missing.
			if (member.amountMinor * left < restMinor) return;
			chosen.push(member);
			if (member.amountMinor < restMinor) {
				if (left > 1) search(place + 1, restMinor - member.amountMinor);
			} else if (chosen.length > 1 && (best === null || isBetter(chosen, best)) && isAllowed(chosen)) best = [...chosen];
			chosen.pop();
		}
	};
	search(0, targetMinor);
	return best;
}

function isBetter(one: readonly SumMember[], other: readonly SumMember[]): boolean {
	// Averages compared without dividing.
	const points = total(one, ({ points: each }) => each) * other.length - total(other, ({ points: each }) => each) * one.length;
	if (points !== 0) return points > 0;
	const days = Math.max(...one.map(({ daysApart }) => daysApart)) - Math.max(...other.map(({ daysApart }) => daysApart));
	if (days !== 0) return days < 0;
	if (one.length !== other.length) return one.length < other.length;
	return compareIndexes(one, other) < 0;
}

function compareIndexes(one: readonly SumMember[], other: readonly SumMember[]): number {
	const sortedOne = one.map(({ index }) => index).sort((left, right) => left - right);
	const sortedOther = other.map(({ index }) => index).sort((left, right) => left - right);
	return sortedOne.reduce((result, index, place) => result || index - (sortedOther[place] ?? 0), 0);
}

function total(members: readonly SumMember[], of: (member: SumMember) => number): number {
	return members.reduce((sum, member) => sum + of(member), 0);
}
