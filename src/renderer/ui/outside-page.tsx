import { Box, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { DeskWarnings } from './desk-warnings.tsx';
import { UserMenu } from './user-menu.tsx';
import { ViewMenu } from './view-menu.tsx';
import { useText } from '#renderer/lib/texts.ts';
import classes from './outside-page.module.css';

/** A page outside of any company: wizard, sign-in, the board of all companies. */
export function OutsidePage({ children, isWide = false }: { readonly children: ReactNode; readonly isWide?: boolean }) {
	const text = useText();
	return (
		<Box className={classes.page}>
			<Group component="header" justify="space-between" px="lg" py="sm">
				<Text fw={700}>{text('frame.product')}</Text>
				<Group gap="md">
					<UserMenu />
					<ViewMenu />
				</Group>
			</Group>
			<DeskWarnings />
			<Box component="main" className={isWide ? classes.wide : classes.narrow}>
				{children}
			</Box>
		</Box>
	);
}
