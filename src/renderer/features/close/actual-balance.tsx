import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isAppError } from '#shared/kernel/app-error.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { plainAmount } from '#renderer/lib/typed-amount.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import type { AccountStatus } from './account-status.tsx';

interface ActualBalanceProps {
	readonly account: AccountStatus;
	readonly period: Period;
	readonly date: string;
}

/** Makes the draft of a reconciliation, or refreshes it: from the statements, or from a balance that is typed where they give none. */
export function ActualBalance({ account, period, date }: ActualBalanceProps) {
	const text = useText();
	const { companyId, dateFormat } = useCompany();
	const [typed, setTyped] = useState('');
	const create = useDo('reconciliation', 'createReconciliation', { onDone: () => setTyped('') });
	// A file without balances says how much moved, and not what stood there.
	const isAsked = isAppError(create.error, 'NEEDS_ANSWER');
	const isTyped = account.strategy !== 'statement' || isAsked || typed !== '';
	const amount = plainAmount(typed, account.currency);
	const compare = (event: FormEvent): void => {
		event.preventDefault();
		create.mutate({ companyId, account: account.code, period: period.name, ...(isTyped && amount !== null ? { actual: amount } : {}) });
	};
	return (
		<form onSubmit={compare}>
			<Group align="flex-end" gap="sm">
				{isTyped && (
					<TextInput
						label={text('close.actual.typed', { date: shownDate(date, dateFormat), currency: account.currency })}
						description={text(account.strategy === 'cash-count' ? 'close.actual.counted' : 'close.actual.asStated')}
						inputMode="decimal"
						value={typed}
						onChange={(event) => setTyped(event.currentTarget.value)}
						error={typed !== '' && amount === null ? text('close.actual.invalid') : null}
					/>
				)}
				<Button type="submit" variant="default" loading={create.isPending} disabled={isTyped && amount === null}>
					{text(account.reconciliationId === null ? 'close.compare' : 'close.compare.again')}
				</Button>
			</Group>
			{create.error !== null && <ErrorNotice error={create.error} />}
		</form>
	);
}
