import { AppError } from '#shared/kernel/app-error.ts';
import type { Progress } from '#shared/contract/client.ts';
import { makeSampleCompany } from '../sample-company.ts';
import type { SampleStep } from '../sample-steps.ts';
import type { Desk } from './desk.ts';

const TEXTS: Readonly<Record<SampleStep['kind'], string>> = {
	COMPANY: 'The company is made',
	OPENING: 'Opening balances are booked',
	JOURNAL: 'Three months of trade are booked',
	BALANCES: 'The books balance',
	STATEMENT: 'A statement is taken in',
	CERTAIN: 'Matching',
	SUGGESTED: 'Matching',
	CHARGES: 'Charges of the bank are booked',
	CORRECTED: 'A mistyped entry is corrected',
	MATCHED: 'Everything is matched',
	VERIFIED: 'An account is verified',
	VALIDATED: 'January is validated',
	CLOSED: 'January is closed and sealed',
	PACKAGE: 'The close package is built',
};

/** How often it is told of each kind. */
const TOLD = Object.keys(TEXTS).length + 1 + 8 + 4;

/** The sample company for who sits at the desk. Cancelled between two steps (CANCELLED); what was made until then stays. */
export async function openSample(
	desk: Desk,
	{ signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (progress: Progress) => void },
): Promise<{ readonly companyId: string }> {
	let told = 0;
	let text = 'Making the company';
	const stopIfCancelled = (): void => {
		if (signal.aborted) throw new AppError('CANCELLED', 'The sample company is not complete, because you cancelled. Make another one any time.', {});
	};
	const { companyId } = await makeSampleCompany(
		{
			client: async () => {
				stopIfCancelled();
				await desk.show();
				return desk.client();
			},
			longWork: async (_label, work) => {
				stopIfCancelled();
				return work({ signal, onProgress: ({ fraction }) => onProgress({ fraction: Math.min((told + fraction) / TOLD, 1), text }) });
			},
			tell: (step) => {
				stopIfCancelled();
				told++;
				text = TEXTS[step.kind];
				onProgress({ fraction: Math.min(told / TOLD, 1), text });
			},
		},
		{ laterStatements: true },
	);
	return { companyId };
}
