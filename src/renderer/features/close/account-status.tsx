import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleMinus, IconPencil } from '@tabler/icons-react';
import type { OutputOf } from '#shared/contract/client.ts';
import type { Contract } from '#shared/contract/index.ts';
import { useText } from '#renderer/lib/texts.ts';

/** An account that is to be reconciled at a period's end, as the program tells of it. */
export type AccountStatus = OutputOf<Contract['reconciliation']['periodReconciliationStatus']>['accounts'][number];

const LOOKS = {
	MISSING: { color: 'red', Icon: IconCircleDashed },
	DRAFT: { color: 'orange', Icon: IconPencil },
	STALE: { color: 'red', Icon: IconAlertTriangle },
	VERIFIED: { color: 'teal', Icon: IconCircleCheck },
	EXEMPT: { color: 'gray', Icon: IconCircleMinus },
} as const;

/** Word and picture, never colour alone. */
export function ReconciliationBadge({ status }: { readonly status: AccountStatus['status'] }) {
	const text = useText();
	const { color, Icon } = LOOKS[status];
	return (
		<Badge color={color} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />}>
			{text(`close.reconciliation.${status}`)}
		</Badge>
	);
}
