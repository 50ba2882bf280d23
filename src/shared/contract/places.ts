/** The places of the screens in the order of the frame and the menu; a place stands in the address as it is written here. */
export const PLACES = ['close', 'journal', 'packages', 'accounts'] as const;

export type Place = (typeof PLACES)[number];
