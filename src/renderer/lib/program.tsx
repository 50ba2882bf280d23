import { createContext, use } from 'react';
import type { z } from 'zod';
import type { Client } from '#shared/contract/client.ts';
import type { deskState } from '#shared/contract/desk.contract.ts';
import { present } from '#shared/kernel/assert.ts';
import type { Connection } from './connection.ts';

export type DeskState = z.output<typeof deskState>;

/** The program behind the screens, and who sits at this window or tab. */
export interface ProgramView {
	readonly connection: Connection;
	readonly client: Client;
	readonly desk: DeskState;
	/** After a sign-in, a sign-out or the first company: the state as the desk answered it. */
	readonly setDesk: (desk: DeskState) => void;
}

export const ProgramContext = createContext<ProgramView | null>(null);

export function useProgram(): ProgramView {
	return present(use(ProgramContext), 'screens are shown inside the program');
}
