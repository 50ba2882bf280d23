import { Title } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

export function FirstRun() {
	const text = useText();
	return <Title order={1}>{text('frame.company.new')}</Title>;
}
