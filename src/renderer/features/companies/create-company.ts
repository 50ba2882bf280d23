import { useMutation } from '@tanstack/react-query';
import { useProgram } from '#renderer/lib/program.tsx';
import { useViewState } from '#renderer/lib/view-state.ts';
import { type CompanyForm, settingsToSet } from './company-form.ts';

/** Makes the company with its settings; who sits here becomes its Admin, and is the first user where there was none. */
export function useCreateCompany(onCreated: (companyId: string) => void) {
	const { client, connection, desk, setDesk } = useProgram();
	const language = useViewState((state) => state.language);
	const mutation = useMutation({
		mutationFn: async (form: CompanyForm) => {
			const { companyId } = await client.companies.create({
				name: form.name.trim(),
				currency: form.currency,
				fiscalYearStart: form.fiscalYearStart,
				calendar: form.calendar,
				chart: form.chart,
				timezone: form.timezone,
			});
			// The first user came to be with the company.
			const signedIn = desk.state === 'FIRST_RUN' ? await connection.wire.desk.signIn({}) : null;
			for (const setting of settingsToSet(form, language)) await client.companies.set({ companyId, ...setting });
			return { companyId, signedIn };
		},
		onSuccess: ({ companyId, signedIn }) => {
			if (signedIn !== null) setDesk(signedIn);
			onCreated(companyId);
		},
	});
	return { create: mutation.mutate, isCreating: mutation.isPending, error: mutation.error };
}
