import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { asRefusal } from '#renderer/lib/client.ts';
import { useProgram } from '#renderer/lib/program.tsx';
import { useText } from '#renderer/lib/texts.ts';
import { useViewState } from '#renderer/lib/view-state.ts';
import { isAnythingUnsaved } from '#renderer/lib/unsaved.ts';
import { errorText } from './error-notice.tsx';

/** Signs out of this window or tab; what the person saw goes with them. */
export function useSignOut(): () => void {
	const text = useText();
	const { connection, desk: signedIn, setDesk } = useProgram();
	const setLastLogin = useViewState((state) => state.setLastLogin);
	const queries = useQueryClient();
	return useCallback(() => {
		if (isAnythingUnsaved()) {
			notifications.show({ color: 'orange', message: text('desk.signOut.unsaved') });
			return;
		}
		connection.wire.desk.signOut().then(
			(desk) => {
				setLastLogin(signedIn.user?.login ?? '');
				setDesk(desk);
				queries.clear();
			},
			(error: unknown) => notifications.show({ color: 'red', message: errorText(asRefusal(error), text) }),
		);
	}, [connection, queries, setDesk, setLastLogin, signedIn, text]);
}
