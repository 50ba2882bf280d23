import { Group, Tabs, Title } from '@mantine/core';
import { useGo } from '#renderer/lib/address.ts';
import { useText } from '#renderer/lib/texts.ts';
import { AccountsView } from './accounts-view.tsx';
import { PartiesView } from './parties-view.tsx';
import classes from './accounts.module.css';

/** The chart of accounts and the directory of parties; `rest` is `chart/<code>` or `parties/<ref>`. */
export function AccountsPlace({ rest }: { readonly rest: string }) {
	const text = useText();
	const go = useGo();
	const [tab = '', chosen = ''] = rest.split('/');
	const isParties = tab === 'parties';
	return (
		<div className={classes.place}>
			<Group px="md" pt="sm" justify="space-between">
				<Title order={1}>{text('frame.place.accounts')}</Title>
				<Tabs value={isParties ? 'parties' : 'chart'} variant="pills" onChange={(value) => go({ rest: value ?? '' })}>
					<Tabs.List>
						<Tabs.Tab value="chart">{text('accounts.chart')}</Tabs.Tab>
						<Tabs.Tab value="parties">{text('accounts.parties')}</Tabs.Tab>
					</Tabs.List>
				</Tabs>
			</Group>
			{isParties ? <PartiesView chosen={decodeURIComponent(chosen)} /> : <AccountsView chosen={decodeURIComponent(chosen)} />}
		</div>
	);
}
