/** The Monday.com sandbox: a GraphQL API that runs real documents over boards, items and updates. */
import { handleCall } from './monday/gate';
import { freshState, type MondayState } from './monday/state';
import type { Sandbox } from './sandbox';

export type { Board, Column, Item, MondayState, Update } from './monday/state';
export { CLERK, OWNER, RESIDENTS_BOARD, SANDBOX_TOKEN, TASKS_BOARD } from './monday/state';

export const monday: Sandbox<MondayState> = {
  id: 'monday',
  title: 'Monday.com',
  hosts: ['api.monday.com'],
  start: freshState,
  handle: handleCall,
};
