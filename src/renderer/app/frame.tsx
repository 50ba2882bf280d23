import { AppShell, Button, Group, Kbd, NavLink, Select, Text } from '@mantine/core';
import { IconBook2, IconCalendarCheck, IconPackage, IconSearch, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type Address, formatAddress, type PlaceName, PLACES, useGo } from '#renderer/lib/address.ts';
import { useCompany } from '#renderer/lib/in-company.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { CompanySwitcher } from './company-switcher.tsx';
import { KeyboardHelp } from './keyboard-help.tsx';
import { openPalette, Palette } from './palette.tsx';
import { PeriodBadge } from '#renderer/ui/period-badge.tsx';
import { UserMenu } from '#renderer/ui/user-menu.tsx';
import { DeskWarnings } from '#renderer/ui/desk-warnings.tsx';
import { usePageTitle } from '#renderer/lib/page-title.ts';
import { useFocusHeading } from './focus-heading.ts';
import { ViewMenu } from '#renderer/ui/view-menu.tsx';
import classes from './frame.module.css';

const ICONS: Readonly<Record<PlaceName, typeof IconBook2>> = {
	close: IconCalendarCheck,
	journal: IconBook2,
	packages: IconPackage,
	accounts: IconUsers,
};

/** What surrounds every place of a company: switcher and places left, the period in hand and the search above. */
export function Frame({ address, children }: { readonly address: Address; readonly children: ReactNode }) {
	const text = useText();
	const { name, period } = useCompany();
	usePageTitle(text(`frame.place.${address.place}`), period?.name ?? null, name);
	useFocusHeading(`${address.companyId} ${address.place}`);
	return (
		<AppShell header={{ height: 48 }} navbar={{ width: 208, breakpoint: 0 }} padding={0} layout="alt">
			<a href="#page" className={classes.skip} onClick={(event) => focusPage(event)}>
				{text('frame.skip')}
			</a>
			<AppShell.Navbar p="xs" component="div">
				<CompanySwitcher />
				<nav aria-label={text('frame.places')} className={classes.places}>
					{PLACES.map((place) => {
						const Icon = ICONS[place];
						return (
							<NavLink
								key={place}
								component={Link}
								href={formatAddress({ ...address, place, rest: '' })}
								label={text(`frame.place.${place}`)}
								leftSection={<Icon size={18} aria-hidden />}
								active={address.place === place}
								aria-current={address.place === place ? 'page' : undefined}
							/>
						);
					})}
				</nav>
				<UserMenu isWide />
				<ViewMenu />
			</AppShell.Navbar>
			<AppShell.Header px="md" component="header">
				<Group h="100%" justify="space-between" wrap="nowrap">
					<PeriodInHand />
					<Button
						variant="default"
						leftSection={<IconSearch size={16} aria-hidden />}
						rightSection={<Kbd>{isMac() ? '⌘K' : 'Ctrl K'}</Kbd>}
						onClick={openPalette}
					>
						{text('frame.search')}
					</Button>
				</Group>
			</AppShell.Header>
			<AppShell.Main className={classes.main}>
				<DeskWarnings />
				<div id="page" tabIndex={-1} className={classes.page}>
					{children}
				</div>
			</AppShell.Main>
			<Palette address={address} />
			<KeyboardHelp />
		</AppShell>
	);
}

function focusPage(event: { preventDefault(): void }): void {
	event.preventDefault();
	document.getElementById('page')?.focus();
}

function isMac(): boolean {
	return navigator.platform.startsWith('Mac');
}

function PeriodInHand() {
	const text = useText();
	const { periods, period } = useCompany();
	const go = useGo();
	if (period === null) return <Text c="dimmed">{text('frame.period.none')}</Text>;
	return (
		<Group gap="xs" wrap="nowrap">
			<Select
				aria-label={text('frame.period')}
				w={150}
				data={periods.filter(({ kind }) => kind !== 'OPENING').map(({ name }) => name)}
				value={period.name}
				allowDeselect={false}
				searchable
				comboboxProps={{ shadow: 'md' }}
				onChange={(name) => name !== null && go({ period: name })}
			/>
			<PeriodBadge status={period.status} closeHash={period.closeHash} />
		</Group>
	);
}
