import { Title } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

export function SignIn() {
	const text = useText();
	return <Title order={1}>{text('frame.product')}</Title>;
}
