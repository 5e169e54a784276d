/** Calls of the sidebar: what the screens show, runs, and connections. */
import { record } from '../../args';
import { type DeskCalls, desk } from '../../call';
import { today } from '../../today';

const none = () => record({});

export const readCalls = {
  today: desk<'today'>('viewer', none, today),
} satisfies Partial<DeskCalls>;
