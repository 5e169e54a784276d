/** Calls of the sidebar: what the screens show, runs, and connections. */
import type { DeskCalls } from '../../call';

export const readCalls = {} satisfies Partial<DeskCalls>;
