/** Calls of the sidebar: payments recorded by hand, and reconciliation. */
import type { DeskCalls } from '../../call';

export const moneyCalls = {} satisfies Partial<DeskCalls>;
