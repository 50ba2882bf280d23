import { Anchor, List, Title } from '@mantine/core';
import { Link } from 'wouter';
import { CURRENT_PERIOD, formatAddress } from '#renderer/lib/address.ts';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';

export function PracticeBoard() {
	const text = useText();
	const { data } = useAsk('companies', 'list', undefined);
	return (
		<>
			<Title order={1} p="md">
				{text('frame.company.all')}
			</Title>
			<List p="md">
				{data?.companies.map(({ companyId, name }) => (
					<List.Item key={companyId}>
						<Anchor component={Link} href={formatAddress({ companyId, period: CURRENT_PERIOD, place: 'close' })}>
							{name}
						</Anchor>
					</List.Item>
				))}
			</List>
		</>
	);
}
