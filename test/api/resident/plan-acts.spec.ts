/** A resident's answer to a plan: exactly the plan that was shown, once, told in the Log, and whole wherever it is cut off. */
import type { OneLease } from '../../../src/api/resident/lease';
import { ACTS } from '../../../src/api/resident/plan-acts';
import { planView } from '../../../src/api/resident/plan-view';
import type { App } from '../../../src/run/app';
import { paysByCheque } from '../../jobs/carriers-world';
import { liveDays, tabOf, verdictOf, type World } from '../../worlds';
import { applied, call, lateHouse } from '../desk-acts-world';
import { answers, appOf, OFFER, oneIn } from './plan-page';

const offered = (() => {
  const world = lateHouse();
  applied(world, 'request-1', OFFER);
  return world;
})();

const steps = (world: World) =>
  tabOf(world, 'Ledger').flatMap((row) => (row.Kind === 'plan' ? [row.Type?.split(':')[0]] : []));
/** What the manager was mailed of plans. */
const told = (world: World) =>
  tabOf(world, 'Outbox').flatMap((row) => (row.Kind === 'plan-news' ? [[row.Subject, row.State]] : []));
const seen = (world: World) => planView(oneIn(appOf(world)));

describe('the page', () => {
  it('shows a proposal with its instalments and its note, and nothing of its reason', () => {
    expect(seen(offered)).toEqual({
      key: 'plan:L-1:click-request-1',
      state: 'proposed',
      feesPaused: true,
      totalCents: 155_000,
      paidCents: 0,
      underWayCents: 0,
      openCents: 155_000,
      instalments: [
        { due: '2026-11-20', amountCents: 77_500, underWayCents: 0, openCents: 77_500, state: 'next' },
        { due: '2026-12-20', amountCents: 77_500, underWayCents: 0, openCents: 77_500, state: 'later' },
      ],
      graceDays: 3,
      missedAllowed: 0,
      note: 'Thank you.',
    });
  });

  it('shows none where none was proposed, and none that was withdrawn', () => {
    expect(planView(oneIn(appOf(offered), 'L-2'))).toBeUndefined();
    const world = offered.clone();
    applied(world, 'request-2', { kind: 'plan withdraw', lease: 'L-1', reason: 'other terms' });
    expect(seen(world)).toBeUndefined();
  });
});

it('tells of a broken plan while something of it is open, and no longer', () => {
  const world = offered.clone();
  answers(world, 'planAccept');
  liveDays(world, '2026-11-20', '2026-11-24');
  expect(seen(world)).toMatchObject({
    state: 'broken',
    openCents: 155_000,
    instalments: [{ state: 'missed' }, { state: 'over' }],
  });
  paysByCheque(world, 'L-1', '1550.00');
  liveDays(world, '2026-11-25', '2026-11-25');
  expect(seen(world)).toBeUndefined();
});

describe('an answer', () => {
  it('begins the plan once, in the resident’s name, with the digest of its terms', () => {
    const world = offered.clone();
    expect(answers(world, 'planAccept')).toEqual({ done: true, says: 'planAccepted' });
    expect(answers(world, 'planAccept')).toEqual({ done: true, says: 'planAccepted' });
    expect(steps(world)).toEqual(['proposed', 'accepted']);
    const row = tabOf(world, 'Ledger').find((each) => each.Type === 'accepted');
    expect(row?.Why).toMatch(/^Accepted on the page by resident l…@example\.com; terms [0-9a-f]{64}$/);
    const said = tabOf(world, 'Log').filter((line) => line.Who === 'resident l…@example.com');
    expect(said.map((line) => line.Kind)).toEqual(expect.arrayContaining(['plan', 'act']));
    expect(JSON.stringify(said)).not.toContain('l-1@example.com');
    expect(call(world, 'lease', { lease: 'L-1' })).toMatchObject({
      line: { standing: 'plan' },
      plan: { state: 'running' },
    });
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
    liveDays(world, '2026-11-08', '2026-11-08');
    const sent = tabOf(world, 'Outbox').filter((each) => each.Kind?.startsWith('plan-'));
    expect(sent.map((each) => [each.Kind, each.State])).toEqual([
      ['plan-offered', 'cancelled'],
      ['plan-accepted', 'sent'],
      ['plan-news', 'sent'],
    ]);
    expect(told(world)).toEqual([['Elm House 1, Resident L-1: payment plan agreed', 'sent']]);
  });

  it('that declines leaves all as it was, with a task for the manager', () => {
    const world = offered.clone();
    expect(answers(world, 'planDecline')).toEqual({ done: true, says: 'planDeclined' });
    expect(steps(world)).toEqual(['proposed', 'declined']);
    liveDays(world, '2026-11-08', '2026-11-08');
    expect(told(world)).toEqual([['Elm House 1, Resident L-1: payment plan declined', 'sent']]);
    expect(answers(world, 'planAccept', { plan: 'plan:L-1:click-request-1', request: 'another-request' })).toEqual({
      done: false,
      says: 'planGone',
    });
    expect(tabOf(world, 'Tasks').map((task) => task.Task)).toContain(
      'The payment plan was declined: talk to the resident',
    );
  });

  it.each([
    ['to another plan', { plan: 'plan:L-1:click-request-0' }],
    ['to none', { plan: '' }],
    ['to a plan of another lease', { lease: 'L-2', plan: 'plan:L-1:click-request-1' }],
    ['with an object’s own name', { plan: '__proto__' }],
    ['without a request', { request: '' }],
  ])('%s changes nothing', (_, more) => {
    const world = offered.clone();
    expect(answers(world, 'planAccept', more)).toEqual({ done: false, says: 'planGone' });
    expect(steps(world)).toEqual(['proposed']);
  });

  it('to a plan that a manager has just withdrawn changes nothing: their decision came first', () => {
    const world = offered.clone();
    const { key } = seen(world) ?? { key: '' };
    applied(world, 'request-2', { kind: 'plan withdraw', lease: 'L-1', reason: 'other terms' });
    expect(answers(world, 'planAccept', { plan: key })).toEqual({ done: false, says: 'planGone' });
  });

  it('is whole or not there wherever it is cut off, and the same click ends it', () => {
    for (let at = 1; ; at++) {
      const world = offered.clone();
      const app = cutOff(appOf(world), at);
      let ended = true;
      try {
        ACTS.planAccept?.(app, oneIn(appOf(world)) as OneLease, 'request-of-the-page', {
          plan: 'plan:L-1:click-request-1',
        });
      } catch {
        ended = false;
      }
      expect(['proposed', 'proposed,accepted']).toContain(steps(world).join());
      expect(answers(world, 'planAccept')).toEqual({ done: true, says: 'planAccepted' });
      expect([at, steps(world)]).toEqual([at, ['proposed', 'accepted']]);
      expect([at, told(world).length]).toEqual([at, 1]);
      expect(verdictOf(world)).toMatchObject({ ok: true });
      if (ended) {
        expect(at).toBeGreaterThan(2);
        break;
      }
    }
  });
});

/** An execution that ends just after its nth call of the workbook. */
function cutOff(app: App, calls: number): App {
  let left = calls;
  const cut =
    <A extends readonly unknown[], T>(call: (...args: A) => T) =>
    (...args: A): T => {
      const value = call(...args);
      left -= 1;
      if (left === 0) throw new Error('cut off');
      return value;
    };
  const { read, commit, ...others } = app.host.workbook;
  return { ...app, host: { ...app.host, workbook: { ...others, read: cut(read), commit: cut(commit) } } };
}
