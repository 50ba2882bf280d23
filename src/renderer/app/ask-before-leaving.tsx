import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useCallback } from 'react';
import type { AroundNavHandler } from 'wouter';
import { isAnythingUnsaved } from '#renderer/lib/unsaved.ts';
import { useText } from '#renderer/lib/texts.ts';

/** Every way to another place goes through here: what was typed and not saved is asked for first. */
export function useAskBeforeLeaving(): AroundNavHandler {
	const text = useText();
	return useCallback(
		(navigate, to, options) => {
			if (!isAnythingUnsaved()) return navigate(to, options);
			modals.openConfirmModal({
				title: text('frame.unsaved.title'),
				centered: true,
				children: <Text size="sm">{text('frame.unsaved.text')}</Text>,
				labels: { confirm: text('frame.unsaved.leave'), cancel: text('frame.unsaved.stay') },
				confirmProps: { color: 'red.9' },
				cancelProps: { 'data-autofocus': true },
				closeButtonProps: { 'aria-label': text('frame.close') },
				onConfirm: () => navigate(to, options),
			});
		},
		[text],
	);
}
