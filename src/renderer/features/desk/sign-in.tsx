import { Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { asRefusal } from '#renderer/lib/client.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { usePageTitle } from '#renderer/lib/page-title.ts';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { OutsidePage } from '#renderer/ui/outside-page.tsx';

/** Asked where a password decides, or where there are several users. */
export function SignIn() {
	const text = useText();
	usePageTitle(text('desk.signIn'));
	const { connection, setDesk } = useProgram();
	const { lastLogin, setLastLogin } = useViewState();
	const [login, setLogin] = useState(lastLogin);
	const [password, setPassword] = useState('');
	const signIn = useMutation({
		mutationFn: () =>
			connection.wire.desk.signIn({ login: login.trim(), ...(password === '' ? {} : { password }) }).catch((error: unknown) => {
				throw asRefusal(error);
			}),
		onSuccess: (desk) => {
			setLastLogin(desk.user?.login ?? '');
			setDesk(desk);
		},
	});
	const submit = (event: FormEvent): void => {
		event.preventDefault();
		signIn.mutate();
	};
	return (
		<OutsidePage>
			<Title order={1}>{text('desk.signIn')}</Title>
			<Text c="dimmed">{text('desk.signIn.why')}</Text>
			<Paper withBorder p="lg" mt="md" component="form" onSubmit={submit}>
				<Stack>
					<TextInput
						label={text('desk.login')}
						autoFocus={lastLogin === ''}
						autoComplete="username"
						required
						value={login}
						onChange={(event) => setLogin(event.currentTarget.value)}
					/>
					<PasswordInput
						label={text('desk.password')}
						autoFocus={lastLogin !== ''}
						autoComplete="current-password"
						visibilityToggleButtonProps={{ 'aria-label': text('desk.reveal') }}
						value={password}
						onChange={(event) => setPassword(event.currentTarget.value)}
					/>
					{signIn.error !== null && <ErrorNotice error={signIn.error} />}
					<Button type="submit" loading={signIn.isPending} disabled={login.trim() === ''}>
						{text('desk.signIn.do')}
					</Button>
				</Stack>
			</Paper>
		</OutsidePage>
	);
}
