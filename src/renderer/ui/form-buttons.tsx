import { Button, Group } from '@mantine/core';
import { useText } from '#renderer/lib/texts.ts';

/** Cancel and Save at the end of a form. */
export function FormButtons({ isSaving, onCancel }: { readonly isSaving: boolean; readonly onCancel: () => void }) {
	const text = useText();
	return (
		<Group justify="end">
			<Button variant="default" onClick={onCancel}>
				{text('frame.cancel')}
			</Button>
			<Button type="submit" loading={isSaving}>
				{text('frame.save')}
			</Button>
		</Group>
	);
}
