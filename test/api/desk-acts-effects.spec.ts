/** Decisions on messages, notices and tasks at the desk. */
import type { Effect } from '../../src/api/desk/acts';
import type { Act } from '../../src/api/desk/override';
import { bookOf, liveDays, mailsOf, verdictOf, type World } from '../worlds';
import { applied, call, lateHouse, OLGA, previewed, undone } from './desk-acts-world';

const late = lateHouse();
const NOTICE = 'email:final-notice:L-1:2026-11';

/** November 21: final notices wait for release; the evening's reminders are ready but not sent. */
function noticeWaits(): World {
  const world = late.clone();
  liveDays(world, '2026-11-13', '2026-11-13');
  liveDays(world, '2026-11-20', '2026-11-20');
  return world;
}

const noticed = noticeWaits();
const stateOf = (world: World, key: string) => bookOf(world).outbox.find((row) => row.key === key)?.state;
const releases = (world: World) => bookOf(world).entries.filter((entry) => entry.kind === 'release').length;
const decide = (world: World, effect: string, as: string, request: string, user?: string) =>
  call(world, 'effect', { request, effect, as }, user);

describe('a notice that waits', () => {
  it('is seen as it would leave, and why', () => {
    const seen = call<Effect>(noticed.clone(), 'previewEffect', { effect: NOTICE });
    expect(seen.text).toContain('$1,550.00');
    expect(seen.because).toContain('rent, due Nov 1, 2026');
    expect(seen.stopped).toBe('It waits until a person lets it go.');
  });

  it('is let go by an act with its legal word in the Ledger', () => {
    const world = noticed.clone();
    const act: Act = { kind: 'release', lease: 'L-1', effect: NOTICE, reason: 'reviewed with counsel' };
    const seen = previewed(world, act);
    expect(seen.warnings).toEqual([expect.stringContaining('legal effect')]);
    expect(seen.changes).toContainEqual({ what: 'Standing', before: 'late 19 days', after: 'notice' });
    expect(applied(world, 'request-1', act)).not.toHaveProperty('undo');
    expect([stateOf(world, NOTICE), releases(world)]).toEqual(['ready', 1]);
    expect(undone(world, 'request-2', 'click-request-1')).toEqual({
      refused: 'A notice that was let go cannot be taken back.',
    });
  });

  it('that was released and then held back is let go again without a second word in the Ledger', () => {
    const world = noticed.clone();
    decide(world, NOTICE, 'release', 'request-1');
    expect(decide(world, NOTICE, 'hold', 'request-2')).toMatchObject({ done: true });
    expect(stateOf(world, NOTICE)).toBe('waiting for release');
    decide(world, NOTICE, 'release', 'request-3');
    expect([stateOf(world, NOTICE), releases(world)]).toEqual(['ready', 1]);
    call(world, 'deliver', {});
    expect(mailsOf(world).filter((mail) => /final/i.test(mail.subject) && mail.to.includes('l-1'))).toHaveLength(1);
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('is dropped once, and says so the second time', () => {
    const world = noticed.clone();
    expect(decide(world, NOTICE, 'drop', 'request-1')).toMatchObject({ done: true });
    expect(decide(world, NOTICE, 'drop', 'request-1')).toMatchObject({ done: true });
    expect(decide(world, NOTICE, 'drop', 'request-2')).toEqual({
      refused: 'It is cancelled: there is nothing to decide about it.',
    });
  });

  it('is not there for a manager of another house', () => {
    const world = noticed.clone();
    expect(decide(world, NOTICE, 'release', 'request-1', OLGA)).toEqual({ refused: `There is no effect ${NOTICE}.` });
    expect(call(world, 'previewEffect', { effect: NOTICE }, OLGA)).toEqual({
      refused: `There is no effect ${NOTICE}.`,
    });
  });

  it('is named by an act that makes it unwanted', () => {
    const { also } = previewed(noticed.clone(), { kind: 'credit', lease: 'L-1', amount: '1550', reason: 'settled' });
    expect(also).toContainEqual(
      expect.stringMatching(/^The message "final-notice" to l-1@example.com does not leave: /),
    );
  });
});

describe('messages of today', () => {
  it('are held all at once, within the houses that the person keeps', () => {
    // The ladder moves at midnight, and its mails wait for the morning.
    const world = lateHouse({ 'Quiet hours': '21:00-10:00' });
    liveDays(world, '2026-11-13', '2026-11-13');
    const ready = () =>
      bookOf(world).outbox.filter((row) => row.channel === 'gmail' && row.state === 'ready' && row.lease);
    const elsewhere = ready().filter((row) => row.property === 'Oak Court').length;
    const before = ready().length;
    expect([elsewhere > 0, before > elsewhere]).toEqual([true, true]);
    expect(call(world, 'holdToday', { request: 'request-1' }, OLGA)).toMatchObject({ done: true });
    expect(ready()).toHaveLength(before - elsewhere);
    expect(call(world, 'holdToday', { request: 'request-2' })).toMatchObject({ done: true });
    expect(ready()).toHaveLength(0);
    expect(call(world, 'holdToday', { request: 'request-3' })).toEqual({
      refused: 'No message to residents leaves today: there is nothing to hold.',
    });
  });
});

describe('a task', () => {
  it('is closed once with an outcome', () => {
    const world = noticed.clone();
    const task = bookOf(world).tasks.find((each) => each.lease === 'L-1' && each.state === 'open')?.key ?? '';
    const done = (request: string, outcome: string, user?: string) =>
      call(world, 'taskDone', { request, task, outcome }, user);
    expect(done('request-1', ' ')).toMatchObject({ refused: expect.stringContaining('Say what came of it') });
    expect(done('request-2', 'x', OLGA)).toEqual({ refused: `There is no task ${task}.` });
    expect(done('request-3', 'promised for Friday')).toMatchObject({ done: true });
    expect(bookOf(world).tasks.find((each) => each.key === task)).toMatchObject({
      state: 'done',
      outcome: 'promised for Friday',
    });
    expect(done('request-4', 'again')).toEqual({ refused: 'It is done already: promised for Friday' });
  });
});
