import { AppShell, Badge, Button, Group, Kbd, NavLink, Select, Text, Tooltip } from '@mantine/core';
import { IconBook2, IconBuildingBank, IconCalendarCheck, IconLock, IconLockOpen, IconPackage, IconSearch, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type Address, formatAddress, type PlaceName, PLACES, useGo } from '#renderer/lib/address.ts';
import { type Period, useCompany } from '#renderer/lib/in-company.tsx';
import type { TextKey } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';
import { CompanySwitcher } from './company-switcher.tsx';
import { openPalette, Palette } from './palette.tsx';
import { ViewMenu } from './view-menu.tsx';
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
				<div id="page" tabIndex={-1} className={classes.page}>
					{children}
				</div>
			</AppShell.Main>
			<Palette address={address} />
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
			<PeriodState period={period} />
		</Group>
	);
}

const STATES = {
	OPEN: { color: 'blue', label: 'frame.period.open', Icon: IconLockOpen },
	CLOSING: { color: 'orange', label: 'frame.period.closing', Icon: IconBuildingBank },
	CLOSED: { color: 'teal', label: 'frame.period.closed', Icon: IconLock },
} as const satisfies Record<Period['status'], { color: string; label: TextKey; Icon: typeof IconLock }>;

/** Open, closing, or closed with a seal: word and picture, never colour alone. */
function PeriodState({ period }: { readonly period: Period }) {
	const text = useText();
	const { color, label, Icon } = STATES[period.status];
	const badge = (
		<Badge color={color} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />}>
			{text(label)}
		</Badge>
	);
	return period.closeHash === null ? badge : <Tooltip label={text('frame.period.seal', { hash: period.closeHash.slice(0, 16) })}>{badge}</Tooltip>;
}
