import { keepPreviousData, QueryClient, type QueryKey, useMutation, type UseMutationResult, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { Client, InputOf, OutputOf, Progress } from '#shared/contract/client.ts';
import type { Contract } from '#shared/contract/index.ts';
import { isAppError } from '#shared/kernel/app-error.ts';
import { useProgram } from './program.tsx';

/** The one cache of what the program answered. It is emptied by events of the program, never by a clock: the books are on this machine. */
export function createQueryClient(): QueryClient {
	return new QueryClient({
		defaultOptions: {
			queries: {
				staleTime: Number.POSITIVE_INFINITY,
				gcTime: 5 * 60_000,
				refetchOnWindowFocus: false,
				networkMode: 'always',
				retry: (count, error) => count < 2 && isAppError(error) && error.retryable,
			},
			mutations: { networkMode: 'always', retry: false },
		},
	});
}

type Domain = keyof Contract;
type Procedure<Name extends Domain> = keyof Contract[Name] & string;
type In<Name extends Domain, Asked extends Procedure<Name>> = InputOf<Contract[Name][Asked]>;
type Out<Name extends Domain, Asked extends Procedure<Name>> = OutputOf<Contract[Name][Asked]>;

export interface AskOptions {
	/** False: not asked yet. */
	readonly enabled?: boolean;
	/** Keeps what was shown while the next page or choice loads. */
	readonly keepPrevious?: boolean;
}

/** Keys are [company, domain, procedure, input]: a change in a company empties all of that company. */
export function askKey(domain: string, procedure: string, input: unknown): QueryKey {
	const companyId = (input as { companyId?: string } | undefined)?.companyId ?? null;
	return [companyId, domain, procedure, input ?? null];
}

/** Asks the program and keeps the answer until something changes: `useAsk('close', 'validate', { companyId, period })`. */
export function useAsk<Name extends Domain, Asked extends Procedure<Name>>(
	domain: Name,
	procedure: Asked,
	input: In<Name, Asked>,
	options: AskOptions = {},
): UseQueryResult<Out<Name, Asked>> {
	const { client } = useProgram();
	return useQuery({
		queryKey: askKey(domain, procedure, input),
		queryFn: ({ signal }) => ask(client, domain, procedure, input, { signal }),
		enabled: options.enabled ?? true,
		...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
	});
}

interface DoOptions<Output> {
	readonly onProgress?: (progress: Progress) => void;
	readonly onDone?: (output: Output) => void;
	readonly signal?: () => AbortSignal | undefined;
}

/** Has the program do something: `const post = useDo('ledger', 'post'); post.mutate({...})`. What it changed comes back by an event. */
export function useDo<Name extends Domain, Asked extends Procedure<Name>>(
	domain: Name,
	procedure: Asked,
	options: DoOptions<Out<Name, Asked>> = {},
): UseMutationResult<Out<Name, Asked>, Error, In<Name, Asked>> {
	const { client } = useProgram();
	return useMutation({
		mutationFn: (input: In<Name, Asked>) => {
			const signal = options.signal?.();
			return ask(client, domain, procedure, input, { ...(signal ? { signal } : {}), ...(options.onProgress ? { onProgress: options.onProgress } : {}) });
		},
		...(options.onDone ? { onSuccess: options.onDone } : {}),
	});
}

/** One call by names; the types of the two hooks above stand for its own. */
async function ask<Output>(client: Client, domain: string, procedure: string, input: unknown, options: object): Promise<Output> {
	const calls = (client as unknown as Record<string, Record<string, (input: unknown, options: object) => Promise<Output>>>)[domain];
	if (calls?.[procedure] === undefined) throw new Error(`${domain}.${procedure} is not in the contract`);
	return calls[procedure](input, options);
}

/** What a change makes stale: all of the company; where another process wrote, everything. */
export async function forget(queries: QueryClient, companyId: string | null): Promise<void> {
	if (companyId === null) await queries.invalidateQueries();
	else {
		await Promise.all([queries.invalidateQueries({ queryKey: [companyId] }), queries.invalidateQueries({ queryKey: [null] })]);
	}
}
