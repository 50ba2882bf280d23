import { Button, FileButton, Group, Stack, Text } from '@mantine/core';
import { IconArrowsJoin, IconFileImport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { HandedFile } from '#shared/contract/bridge.ts';
import { shownDate } from '#renderer/lib/dates.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useProgram } from '#renderer/lib/program.tsx';
import { useDo } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import type { AccountStatus } from './account-status.tsx';
import { StatementImport } from './statement-import.tsx';

/** The bank's own lines: taken in from a file, and matched with the books. */
export function StatementPart({ account, date }: { readonly account: AccountStatus; readonly date: string }) {
	const text = useText();
	const { companyId, dateFormat } = useCompany();
	const { connection } = useProgram();
	const [file, setFile] = useState<HandedFile | null>(null);
	const hand = useMutation({ mutationFn: (chosen: File) => connection.handOver(chosen), onSuccess: setFile });
	const match = useDo('matching', 'match');
	const reach = account.statementsReach;
	return (
		<Stack gap="xs">
			<Text size="sm">
				{reach === null
					? text('close.statements.need', { date: shownDate(date, dateFormat) })
					: text('close.statements.reach', { date: shownDate(reach, dateFormat) })}
				{reach !== null && reach < date && ` ${text('close.statements.short', { date: shownDate(date, dateFormat) })}`}
				{account.unmatchedLines > 0 && ` ${text('close.statements.unmatched', { count: account.unmatchedLines })}.`}
			</Text>
			<Group gap="sm">
				<FileButton onChange={(chosen) => chosen && hand.mutate(chosen)}>
					{(props) => (
						<Button {...props} variant="default" leftSection={<IconFileImport size={16} aria-hidden />} loading={hand.isPending}>
							{text('close.statements.choose')}
						</Button>
					)}
				</FileButton>
				<Button
					variant="default"
					disabled={reach === null}
					leftSection={<IconArrowsJoin size={16} aria-hidden />}
					loading={match.isPending}
					onClick={() => match.mutate({ companyId, account: account.code, auto: true })}
				>
					{text('close.match')}
				</Button>
			</Group>
			{hand.error !== null && <ErrorNotice error={hand.error} />}
			{match.error !== null && <ErrorNotice error={match.error} />}
			{file !== null && <StatementImport key={file.path} file={file} account={account} onDone={() => setFile(null)} />}
			{match.data && (
				<Text size="sm" role="status">
					{text('close.match.result', {
						confirmed: match.data.confirmed.count,
						matched: match.data.matched,
						suggested: match.data.suggested,
						unmatched: match.data.unmatched,
					})}{' '}
					{match.data.suggested > 0 && text('close.match.suggested', { account: account.code })}
				</Text>
			)}
		</Stack>
	);
}
