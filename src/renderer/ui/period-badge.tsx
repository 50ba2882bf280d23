import { Badge, Tooltip } from '@mantine/core';
import { IconLock, IconLockOpen, IconLockPause } from '@tabler/icons-react';
import type { TextKey } from '#renderer/lib/messages.ts';
import { useText } from '#renderer/lib/texts.ts';

type PeriodStatus = 'OPEN' | 'CLOSING' | 'CLOSED';

export const PERIOD_LABELS = {
	OPEN: 'frame.period.open',
	CLOSING: 'frame.period.closing',
	CLOSED: 'frame.period.closed',
} as const satisfies Record<PeriodStatus, TextKey>;

const LOOKS = {
	OPEN: { color: 'blue', Icon: IconLockOpen },
	CLOSING: { color: 'orange', Icon: IconLockPause },
	CLOSED: { color: 'teal', Icon: IconLock },
} as const;

/** Open, closing, or closed with a seal: word and picture, never colour alone. */
export function PeriodBadge({ status, closeHash = null }: { readonly status: PeriodStatus; readonly closeHash?: string | null }) {
	const text = useText();
	const { color, Icon } = LOOKS[status];
	const badge = (
		<Badge color={color} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />} style={{ flexShrink: 0 }}>
			{text(PERIOD_LABELS[status])}
		</Badge>
	);
	return closeHash === null ? badge : <Tooltip label={text('frame.period.seal', { hash: closeHash.slice(0, 16) })}>{badge}</Tooltip>;
}
