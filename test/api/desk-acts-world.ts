/** A small house for acts at the desk: late rent with a fee, a manager, a second house that another manager keeps. */
import type { Act, Applied, Before, Preview } from '../../src/api/desk/override';
import type { Refusal } from '../../src/api/desk/told';
import type { Answer } from '../../src/ports';
import { ELM, leaseOf, liveDays, type Row, smallWorld, standAt, type World } from '../worlds';

export const MEG = 'meg@example.com';
export const OLGA = 'olga@example.com';
export const VIC = 'vic@example.com';

/** December 8: L-1 owes December and its fee, L-2 is on hold's way, O-1 lies in the other house. */
export function lateHouse(settings: Row = {}): World {
  const world = smallWorld({
    on: '2026-11-01',
    properties: [ELM, { ...ELM, Property: 'Oak Court' }],
    leases: [
      leaseOf('L-1', { Start: '2026-11-01', Deposit: '500.00' }),
      leaseOf('L-2', { Start: '2026-11-01' }),
      leaseOf('O-1', { Property: 'Oak Court', Start: '2026-11-01' }),
    ],
    settings: {
      'Quiet hours': 'none',
      Reminders: 'on',
      Managers: `${MEG}, ${OLGA} (Oak Court)`,
      Viewers: VIC,
      ...settings,
    },
  });
  for (const day of ['2026-11-01', '2026-11-02', '2026-11-07']) liveDays(world, day, day);
  return standAt(world, '2026-11-07T15:00:00Z');
}

/** The answer of a call made by a person; the owner where nobody is named. */
export function answerTo(world: World, name: string, args: object, user?: string): Answer {
  const run = world.run('api', [name, [args]], { trigger: 'sidebar', ...(user ? { user } : {}) });
  if (!run.ok) throw new Error(`${name}: ${run.error?.message ?? 'it was killed'}`);
  return run.value as Answer;
}

/** The value of a call; throws where the gateway itself refused it. */
export function call<T>(world: World, name: string, args: object, user?: string): T {
  const answer = answerTo(world, name, args, user);
  if (!answer.ok) throw new Error(`${name}: ${answer.error}`);
  return answer.value as T;
}

export const previewed = (world: World, act: Act, user?: string): Preview => {
  const value = call<Preview | Refusal>(world, 'preview', { act }, user);
  if ('refused' in value) throw new Error(value.refused);
  return value;
};

export interface Wish {
  readonly user?: string;
  readonly typed?: string;
  readonly before?: Before;
}

export const applied = (world: World, request: string, act: Act, wish: Wish = {}): Applied | Refusal => {
  const before = wish.before ?? { version: previewed(world, act, wish.user).version };
  const typed = wish.typed === undefined ? {} : { typed: wish.typed };
  return call(world, 'apply', { request, act, before, ...typed }, wish.user);
};

/** Undone as it is previewed now. */
export const undone = (world: World, request: string, what: string, user?: string): Applied | Refusal => {
  const seen = call<Preview | Refusal>(world, 'previewUndo', { what }, user);
  if ('refused' in seen) return seen;
  return call(world, 'undo', { request, what, reason: 'it was a mistake', before: { version: seen.version } }, user);
};
