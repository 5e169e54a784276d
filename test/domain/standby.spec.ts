/** What follows when a message does not arrive: the way that stands by once, then a task once, and never both twice. */
import fc from 'fast-check';
import type { Intent, OutboxRow, Task } from '../../src/domain/book';
import { type ContactRow, type ContactState, contactName, type Way } from '../../src/domain/contacts';
import { type DeliveryFact, decideDeliveries } from '../../src/domain/delivered';
import { isMessage, wayOf } from '../../src/domain/legs';
import type { RunBook } from '../../src/domain/run-book';
import { followAll, followLost } from '../../src/domain/standby';
import { type Instant, key, type LeaseId } from '../../src/domain/values';
import { at, bookWith, contact, LEASE, leg, NOW, RUN } from './messaging';
import { newWorld, nothingTold, runDay, stateIn } from './small-world';

const failed = (way: Way, more: Partial<OutboxRow> = {}) =>
  leg(way, { state: 'failed', fault: '550 unknown', ...more });
const withStandby = (way: Way, standby: Way, more: Partial<OutboxRow> = {}) =>
  failed(way, { payload: { ...leg(way).payload, standby }, ...more });
const cancelled = (way: Way) => leg(way, { state: 'cancelled', fault: '' });

const ELSE = { notifyBy: 'email, else sms' } as const;
const BOTH = { notifyBy: 'both' } as const;

/** `sms`, `task`, or nothing: what follows from the first of some rows. */
function follows(book: RunBook, ...rows: readonly OutboxRow[]): string {
  const { intents, tasks } = followLost(book, RUN, rows, rows[0] ?? leg('email'));
  return [...intents.map((each) => String(wayOf(each))), ...tasks.map(() => 'task')].join(', ');
}

const SHUT_PHONE = { contacts: [contact('sms', 'opted out')] };
const news = (state: string) => ({ state, at: at(5), detail: '' });
const said = (way: Way, state: string) => leg(way, { delivery: news(state) });

describe('one leg', () => {
  it.each([
    ['not sent', failed('email'), 'task'],
    ['sent, and nothing told', leg('email'), ''],
    ['on its way', said('email', 'sent'), ''],
    ['delivered', said('email', 'delivered'), ''],
    ['failed', said('email', 'failed'), 'task'],
    ['bounced', said('email', 'bounced'), 'task'],
    ['blocked', said('email', 'blocked'), 'task'],
    ['opted out', said('email', 'opted out'), 'task'],
    ['marked as spam: it has arrived', said('email', 'complained'), ''],
    ['nobody will tell', said('email', 'unknown'), ''],
    ['not wanted any more', cancelled('email'), ''],
    ['a person looks', leg('email', { state: 'unsure' }), ''],
    ['held by its platform', leg('email', { state: 'scheduled' }), ''],
    ['no message at all', failed('email', { key: key('slack:thread:L-1:x') }), ''],
    ['of a lease that has no row', failed('email', { lease: 'L-9' as LeaseId }), ''],
    ['to a manager', { ...failed('email'), lease: undefined } as unknown as OutboxRow, ''],
  ])('%s', (_, row, expected) => {
    expect(follows(bookWith(), row)).toBe(expected);
  });
});

describe('a way that stands by', () => {
  it.each([
    ['is taken when the first fails', ELSE, {}, [withStandby('email', 'sms')], 'sms'],
    ['is taken by mail too', { notifyBy: 'sms, else email' }, {}, [withStandby('sms', 'email')], 'email'],
    ['is not taken again while it waits', ELSE, {}, [withStandby('email', 'sms'), leg('sms', { state: 'ready' })], ''],
    ['is not taken again when it was sent', ELSE, {}, [withStandby('email', 'sms'), leg('sms')], ''],
    ['is not taken again when it failed: a task', ELSE, {}, [withStandby('email', 'sms'), failed('sms')], 'task'],
    ['is not taken where it is shut: a task', ELSE, SHUT_PHONE, [withStandby('email', 'sms')], 'task'],
    ['is not taken without consent: a task', { ...ELSE, smsConsent: '' }, {}, [withStandby('email', 'sms')], 'task'],
    ['is not taken once the lease says mail alone: a task', {}, {}, [withStandby('email', 'sms')], 'task'],
    ['is not taken for one that was let be', ELSE, {}, [{ ...withStandby('email', 'sms'), ...cancelled('email') }], ''],
  ] as const)('%s', (_, lease, more, rows, expected) => {
    expect(follows(bookWith(lease, more), ...rows)).toBe(expected);
  });

  it('says the same, to the other address, and is not asked for another time', () => {
    const row = withStandby('email', 'sms', { because: { rule: 'unpaid', charges: [key('rent:L-1:2026-12')] } });
    const world = owing();
    const { intents } = followLost({ ...bookWith(ELSE), states: world.states }, RUN, [row], row);
    expect(intents).toEqual([
      expect.objectContaining({
        key: 'sms:late:L-1:2026-12',
        channel: 'twilio',
        kind: 'late',
        lease: 'L-1',
        to: '+15125550123',
        because: row.because,
        urgency: row.urgency,
        waitsForRelease: false,
        payload: { template: 'late', language: 'en', rung: 'late', about: 'rent:L-1:2026-12' },
      }),
    ]);
  });

  it('of a text waits for the morning', () => {
    const run = { ...RUN, now: (NOW + 10 * 3_600_000) as Instant };
    const row = withStandby('email', 'sms');
    const [text] = followLost(bookWith(ELSE), run, [row], row).intents;
    expect(new Date(text?.notBefore ?? 0).toISOString()).toBe('2026-12-10T13:00:00.000Z');
  });
});

describe('a message by both ways', () => {
  it.each([
    ['one lost, one sent', [failed('email'), leg('sms')], {}, ''],
    ['one lost, one delivered', [failed('email'), said('sms', 'delivered')], {}, ''],
    ['one lost, one of which nobody will tell', [failed('email'), said('sms', 'unknown')], {}, ''],
    ['one lost, one that waits', [failed('email'), leg('sms', { state: 'ready' })], {}, ''],
    ['both lost', [failed('email'), said('sms', 'bounced')], {}, 'task'],
    ['one lost, the other let be because it was shut', [failed('email'), cancelled('sms')], SHUT_PHONE, 'task'],
    ['the one that was shut is looked at last', [cancelled('sms'), failed('email')], SHUT_PHONE, 'task'],
    ['one lost, the other let be for another reason', [failed('email'), cancelled('sms')], {}, ''],
    ['both let be', [cancelled('email'), cancelled('sms')], SHUT_PHONE, ''],
  ] as const)('%s', (_, rows, more, expected) => {
    expect(follows(bookWith(BOTH, more), ...rows)).toBe(expected);
  });

  it('is one task when both are lost in the same moment', () => {
    const rows = [failed('email'), failed('sms', { fault: '30006 landline' })];
    const { intents, tasks } = followAll(bookWith(BOTH), RUN, rows, rows);
    expect(intents).toEqual([]);
    expect(tasks.map((task) => [task.key, task.owner, task.due, task.detail])).toEqual([
      [
        'task:unreached:late:L-1:2026-12',
        'manager@example.com',
        '2026-12-10',
        'Ana Ortega, Elm Street 5 L-1: "late" by email to ana@example.com: 550 unknown, and by sms to +15125550123: 30006 landline',
      ],
    ]);
  });
});

// ---------------------------------------------------------------- after the rent was paid

function owing() {
  const world = newWorld();
  world.leases.push(LEASE);
  runDay(world, nothingTold(), '2026-12-01' as typeof world.today);
  return world;
}

it('nothing follows once what it asks for is paid, neither another way nor a task', () => {
  const { states } = owing();
  const because = { rule: 'unpaid', charges: [key('rent:L-1:2026-12')] } as const;
  const rows = [withStandby('email', 'sms', { because })];
  expect(follows({ ...bookWith(ELSE), states }, ...rows)).toBe('sms');
  expect(stateIn(owing(), LEASE.id).charges.map((charge) => charge.key)).toEqual(because.charges);
  expect(follows(bookWith(ELSE), ...rows)).toBe('');
  expect(follows(bookWith(BOTH), failed('email', { because }), failed('sms', { because }))).toBe('');
});

// ---------------------------------------------------------------- the law

interface Sent {
  readonly rows: readonly OutboxRow[];
  readonly contacts: readonly ContactRow[];
  readonly tasks: readonly Task[];
  readonly wanted: readonly Intent[];
}

/** What a commit does with the news of one read; what stands by leaves at once. */
function read(sent: Sent, facts: readonly DeliveryFact[]): Sent {
  const book = { ...bookWith(ELSE), outbox: sent.rows, contacts: sent.contacts };
  const decided = decideDeliveries(book, RUN, facts);
  const changed = new Map(decided.outbox.map((row) => [row.key, row]));
  const names = new Set(sent.rows.map((row) => row.key));
  const fresh = decided.intents.filter((intent) => !names.has(intent.key));
  const learnt = new Set(decided.contacts.map((row) => contactName(row.kind, row.address)));
  return {
    rows: [...sent.rows.map((row) => changed.get(row.key) ?? row), ...fresh.map(() => leg('sms'))],
    contacts: [...sent.contacts.filter((row) => !learnt.has(contactName(row.kind, row.address))), ...decided.contacts],
    tasks: [...sent.tasks, ...decided.tasks.filter((task) => sent.tasks.every((known) => known.key !== task.key))],
    wanted: [...sent.wanted, ...decided.intents],
  };
}

const STATES = ['sent', 'delivered', 'failed', 'bounced', 'blocked', 'complained', 'opted out', 'unknown'];
const facts = fc.array(
  fc.record({ way: fc.constantFrom<Way>('email', 'sms'), state: fc.constantFrom(...STATES), minute: fc.nat(60) }).map(
    ({ way, state, minute }): DeliveryFact => ({
      platform: way === 'email' ? 'mailgun' : 'twilio',
      ref: `${way}-1`,
      state,
      at: at(minute),
      detail: '',
    }),
  ),
  { maxLength: 8 },
);
const reads = fc.array(facts, { maxLength: 6 });

it('whatever is told, in any order and however often: one other way, one task, and no way twice', () => {
  fc.assert(
    fc.property(reads, (pages) => {
      const begun: Sent = {
        rows: [leg('email', { payload: { ...leg('email').payload, standby: 'sms' } })],
        contacts: [],
        tasks: [],
        wanted: [],
      };
      const end = [...pages, ...pages].reduce(read, begun);
      expect(end.rows.filter((row) => isMessage(row)).length).toBeLessThanOrEqual(2);
      expect(new Set(end.rows.map((row) => row.key)).size).toBe(end.rows.length);
      expect(new Set(end.wanted.map((each) => each.key)).size).toBeLessThanOrEqual(1);
      expect(end.tasks.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 400 },
  );
});

const LOSSES: readonly ContactState[] = ['bounced', 'blocked', 'opted out'];

it('every loss has a follower: whoever was reached by no way is reached by the other one or by a person', () => {
  fc.assert(
    fc.property(fc.constantFrom(...LOSSES, 'failed'), fc.constantFrom(...LOSSES, 'failed'), (first, second) => {
      const lost = (way: Way, state: string): DeliveryFact => ({
        platform: way === 'email' ? 'mailgun' : 'twilio',
        ref: `${way}-1`,
        state,
        at: at(1),
        detail: '',
      });
      const row = leg('email', { payload: { ...leg('email').payload, standby: 'sms' } });
      const once = read({ rows: [row], contacts: [], tasks: [], wanted: [] }, [lost('email', first)]);
      expect(once.rows.map(wayOf)).toEqual(['email', 'sms']);
      expect(once.tasks).toEqual([]);
      const twice = read(once, [lost('sms', second)]);
      expect(twice.rows.map(wayOf)).toEqual(['email', 'sms']);
      expect(twice.tasks.map((task) => task.key)).toEqual(['task:unreached:late:L-1:2026-12']);
    }),
  );
});
