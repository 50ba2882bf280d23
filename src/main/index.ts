import { startDesktop } from './hosts/desktop/start.ts';

// Not awaited: Electron gets ready only when this module has run.
void startDesktop();
