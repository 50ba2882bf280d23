import { Alert, List, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import type { z } from 'zod';
import type { verification } from '#shared/contract/close.contract.ts';
import { useText } from '#renderer/lib/texts.ts';

const FEW = 20;

/** What a verification found, in its own words: each finding, and what was not checked. */
export function VerificationNotice({ verification: found }: { readonly verification: z.output<typeof verification> }) {
	const text = useText();
	const isVerified = found.result === 'VERIFIED';
	const Icon = isVerified ? IconShieldCheck : IconShieldX;
	return (
		<Alert
			color={isVerified ? 'teal' : 'red'}
			icon={<Icon aria-hidden />}
			title={text(isVerified ? 'ui.verified' : 'ui.altered')}
			role={isVerified ? 'status' : 'alert'}
			data-result={found.result}
		>
			<Text size="sm">{found.statement}</Text>
			{found.findings.length > 0 && (
				<List size="sm" mt="xs">
					{found.findings.slice(0, FEW).map((finding, index) => (
						<List.Item key={`${finding.code} ${index}`}>{finding.message}</List.Item>
					))}
				</List>
			)}
			{found.findings.length > FEW && <Text size="sm">{text('ui.findings.more', { count: found.findings.length - FEW })}</Text>}
			{found.notChecked.length > 0 && (
				<Text size="sm" mt="xs">
					{text('ui.notChecked')} {found.notChecked.join('; ')}
				</Text>
			)}
		</Alert>
	);
}
