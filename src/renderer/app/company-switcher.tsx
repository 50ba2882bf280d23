import { Button, Menu, Text } from '@mantine/core';
import { IconBuildingStore, IconChevronDown, IconLayoutGrid, IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useAsk } from '#renderer/lib/queries.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';

/** The company in hand, and the way to the others. */
export function CompanySwitcher() {
	const text = useText();
	const { companyId, name, currency } = useCompany();
	const { data } = useAsk('companies', 'list', undefined);
	const [, setPath] = useLocation();
	const go = useGo();
	const setLastCompany = useViewState((state) => state.setLastCompany);
	useEffect(() => setLastCompany(companyId), [companyId, setLastCompany]);
	return (
		<Menu width={260} position="bottom-start" shadow="md">
			<Menu.Target>
				<Button
					variant="default"
					fullWidth
					justify="space-between"
					rightSection={<IconChevronDown size={14} aria-hidden />}
					aria-label={`${text('frame.company')}: ${name}`}
				>
					<Text truncate size="sm" fw={600}>
						{name}
					</Text>
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>
					{text('frame.company')} · {currency}
				</Menu.Label>
				{data?.companies.map((company) => (
					<Menu.Item
						key={company.companyId}
						leftSection={<IconBuildingStore size={16} aria-hidden />}
						fw={company.companyId === companyId ? 700 : undefined}
						onClick={() => go({ companyId: company.companyId, place: 'close' })}
					>
						{company.name}
					</Menu.Item>
				))}
				<Menu.Divider />
				<Menu.Item leftSection={<IconLayoutGrid size={16} aria-hidden />} onClick={() => setPath('/companies')}>
					{text('frame.company.all')}
				</Menu.Item>
				<Menu.Item leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setPath('/new')}>
					{text('frame.company.new')}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
