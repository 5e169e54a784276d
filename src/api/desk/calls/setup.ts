/** Calls of the sidebar: the setup wizard. */
import type { DeskCalls } from '../../call';

export const setupCalls = {} satisfies Partial<DeskCalls>;
