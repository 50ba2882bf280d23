import { Alert, Text } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

/** Why a person may not, with the name of the permission that an Admin can give. */
export function MayNot({ permission }: { readonly permission: string }) {
	const text = useText();
	return (
		<Alert color="gray" role="alert">
			<Text size="sm">{text('close.mayNot', { permission })}</Text>
		</Alert>
	);
}
