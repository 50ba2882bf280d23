import { AppError } from '#shared/kernel/app-error.ts';
import { parseAmountMinor, toSafeMinor } from '#shared/kernel/money.ts';
import { denominationsOf } from './denominations.rules.ts';

/**
 * What a count by denomination comes to, in minor units: face in major units to number of pieces.
 * Refuses RECONCILIATION_REFUSED for a face that the currency does not have, AMOUNT_INVALID for one that is no amount above zero.
 */
export function countedMinor(count: Readonly<Record<string, number>>, currency: string): number {
	const faces = denominationsOf(currency);
	const known = faces && new Set(faces.map((face) => parseAmountMinor(face, currency)));
	let total = 0n;
	const seen = new Set<number>();
	for (const [face, pieces] of Object.entries(count)) {
		const faceMinor = parseAmountMinor(face, currency);
		if (faceMinor <= 0) throw new AppError('AMOUNT_INVALID', `"${face}" is no denomination. Write --count 500=3,100=12.`, { face });
		if (known && !known.has(faceMinor)) {
			throw new AppError('RECONCILIATION_REFUSED', `${currency} has no note or coin of ${face}. It has ${faces.join(', ')}.`, { face, currency, faces });
		}
		if (seen.has(faceMinor)) {
			throw new AppError('RECONCILIATION_REFUSED', `The denomination ${face} stands in the count twice. Add its pieces up.`, { face, currency });
		}
		seen.add(faceMinor);
		total += BigInt(faceMinor) * BigInt(pieces);
	}
	return toSafeMinor(total);
}
