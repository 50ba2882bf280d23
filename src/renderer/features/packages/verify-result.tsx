import { Alert, List, Stack, Table, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { z } from 'zod';
import type { packageVerification } from '#shared/contract/packages.contract.ts';
import type { TextKey } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import classes from './packages.module.css';

/** What the verifier found, in words: never more than it checked. */
export function VerifyResult({ verification }: { readonly verification: z.output<typeof packageVerification> }) {
	const text = useText();
	const isGood = verification.result === 'VERIFIED';
	const Icon = isGood ? IconShieldCheck : IconShieldX;
	const facts: readonly (readonly [TextKey, string | null])[] = [
		['packages.verify.file', verification.file],
		['frame.company', verification.company],
		['frame.period', verification.period],
		['packages.close', verification.closeNumber === null ? null : String(verification.closeNumber)],
		['packages.verify.signature', text(`packages.signature.${verification.signature}`)],
		['packages.verify.signer', verification.signer?.fingerprint ?? null],
	];
	return (
		<Stack gap="sm" role="status">
			<Alert color={isGood ? 'teal' : 'red'} icon={<Icon aria-hidden />} title={text(isGood ? 'packages.verify.good' : 'packages.verify.altered')}>
				{verification.statement}
				{verification.signer?.known === false && <Text size="sm">{text('packages.verify.unknownKey')}</Text>}
			</Alert>
			<Table variant="vertical" withTableBorder layout="fixed">
				<Table.Tbody>
					{facts
						.filter(([, value]) => value !== null)
						.map(([label, value]) => (
							<Table.Tr key={label}>
								<Table.Th w={150}>{text(label)}</Table.Th>
								<Table.Td className={label === 'packages.verify.signer' ? classes.hash : undefined}>{value}</Table.Td>
							</Table.Tr>
						))}
				</Table.Tbody>
			</Table>
			<Messages title={text('packages.verify.findings')} messages={verification.findings.map(({ message }) => message)} />
			<Messages title={text('packages.verify.notChecked')} messages={verification.notChecked} />
		</Stack>
	);
}

function Messages({ title, messages }: { readonly title: string; readonly messages: readonly string[] }) {
	if (messages.length === 0) return null;
	return (
		<div>
			<Text fw={600} size="sm">
				{title}
			</Text>
			<List size="sm">
				{messages.map((message, index) => (
					// Two findings may say the same of different places.
					<List.Item key={`${index} ${message}`}>{message}</List.Item>
				))}
			</List>
		</div>
	);
}
