import { Button, Menu, Text } from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { useSignOut } from './sign-out.ts';

/** Who is signed in at this window, and the way out. */
export function UserMenu({ isWide = false }: { readonly isWide?: boolean }) {
	const text = useText();
	const { user } = useProgram().desk;
	const signOut = useSignOut();
	if (user === null) return null;
	const name = user.name === '' ? user.login : user.name;
	return (
		<Menu position="top-start" shadow="md" width={220}>
			<Menu.Target>
				<Button
					variant="subtle"
					color="gray"
					size="xs"
					fullWidth={isWide}
					justify="start"
					leftSection={<IconUser size={16} aria-hidden />}
					aria-label={text('desk.user', { name })}
				>
					<Text truncate size="sm">
						{name}
					</Text>
				</Button>
			</Menu.Target>
			<Menu.Dropdown>
				<Menu.Label>{text('desk.user', { name: user.login })}</Menu.Label>
				<Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
					{text('desk.signOut')}
				</Menu.Item>
			</Menu.Dropdown>
		</Menu>
	);
}
