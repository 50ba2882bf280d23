import { useCompany } from '#renderer/lib/in-company.tsx';
import { ClosePage } from './close-page.tsx';
import { EmptyBooks } from './empty-books.tsx';

/** The home of a company: one page on which a period is brought to its close. `rest` is the step. */
export function ClosePlace({ rest }: { readonly rest: string }) {
	const { period } = useCompany();
	if (period === null) return <EmptyBooks />;
	return <ClosePage key={period.periodId} period={period} chosen={rest} />;
}
