/** Calls of the sidebar: overrides, undo, approvals, and decisions on effects. */
import { record, text } from '../../args';
import { type DeskCalls, desk } from '../../call';
import { became } from '../once';

export const actCalls = {
  became: desk<'became'>('viewer', () => record({ request: text }), became),
} satisfies Partial<DeskCalls>;
