/** Slack's app: a thread for each time that a lease is late, what follows in it, and its message kept true. No names in any of it. */
import fc from 'fast-check';
import type { Intent } from '../../src/domain/book';
import { matchIndex } from '../../src/domain/matching';
import { decidePayments } from '../../src/domain/payments';
import { updateName } from '../../src/domain/slack-thread';
import type { RentEvent } from '../../src/domain/status';
import { type Instant, key } from '../../src/domain/values';
import { paymentIn } from './story';
import { lived, lives } from './telling-lives';
import { bookIn, type Ear, leaseIn, listening, pay, until } from './telling-world';

const CHANNEL = { slackChannel: 'C0123' };
const WITH_FEE = ['L-1 rent 1000.00 fee 50.00'];
const RENT = ['L-1 rent 1000.00'];
const inChannel = (leases: readonly string[]): Ear => listening(leases, [], CHANNEL);

const payload = (intent: Intent) =>
  intent.payload as {
    readonly text: string;
    readonly channel?: string;
    readonly after?: string;
    readonly event?: RentEvent;
  };
const posts = ({ told }: Ear): readonly Intent[] =>
  told.map(({ intent }) => intent).filter((each) => each.channel === 'slack');

/** One line for each post: what it is, of which thread, and its words; of an update how its message looks then. */
function lines(ear: Ear): string {
  const threads = posts(ear)
    .filter(({ kind }) => kind === 'thread')
    .map((each) => String(each.key));
  const said = posts(ear).map((each) => {
    const { text, after, event } = payload(each);
    const number = threads.indexOf(after ?? each.key) + 1;
    const what = `${each.kind}${number > 0 ? ` ${number}` : ''}`;
    return `${what}: ${each.kind === 'update' ? `looks ${event?.type}` : text}`;
  });
  return `\n${said.join('\n')}\n`;
}

it('a lease that becomes late opens a thread; what follows answers in it and keeps its message, until it looks resolved', () => {
  const ear = until(inChannel(WITH_FEE), '2026-12-15');
  pay(ear, 'stripe:p1 L-1 1000.00 settled');
  until(ear, '2026-12-17');
  pay(ear, 'stripe:p2 L-1 50.00 settled');
  expect(lines(until(ear, '2026-12-31'))).toBe(`
thread 1: Elm Street 5 L-1: 6 days late, 1050.00 USD unpaid (late).
reply 1: Elm Street 5 L-1: 13 days late, 1050.00 USD unpaid (late-second).
update 1: looks lease.escalated
reply 1: Elm Street 5 L-1: 1000.00 USD received, balance 50.00 USD.
update 1: looks payment.received
reply 1: Elm Street 5 L-1: 50.00 USD received, balance 0.00 USD.
update 1: looks payment.received
reply 1: Elm Street 5 L-1: paid. Nothing that fell due is unpaid.
update 1: looks lease.resolved
`);
});

it('a second month that is late too goes on in the same thread, and the thread ends when both are paid', () => {
  const ear = until(inChannel(RENT), '2026-12-08');
  ear.told.length = 0;
  until(ear, '2027-01-08');
  pay(ear, 'stripe:p1 L-1 1000.00 settled');
  pay(ear, 'stripe:p2 L-1 1000.00 settled');
  const kinds = posts(ear).map((each) => `${each.kind} ${payload(each).event?.type ?? ''}`.trim());
  expect(kinds).toEqual([
    ...['reply', 'update lease.escalated', 'reply', 'update lease.escalated'],
    ...['reply', 'update lease.late', 'reply', 'update payment.received'],
    ...['reply', 'update payment.received', 'reply', 'update lease.resolved'],
  ]);
  expect(new Set(posts(ear).map((each) => payload(each).after)).size).toBe(1);
});

it('what was late is paid while the next month is due: the thread is resolved, and the next lateness has its own', () => {
  const ear = until(inChannel(RENT), '2026-12-08');
  until(ear, '2027-01-03');
  pay(ear, 'stripe:p1 L-1 1000.00 settled');
  until(ear, '2027-01-08');
  expect(lines(ear).split('\n').slice(-5)).toEqual([
    'update 1: looks payment.received',
    'reply 1: Elm Street 5 L-1: what was late is paid, balance 1000.00 USD.',
    'update 1: looks lease.resolved',
    'thread 2: Elm Street 5 L-1: 6 days late, 1000.00 USD unpaid (late).',
    '',
  ]);
});

it('a payment that is returned after the end goes on in the thread that was resolved', () => {
  const ear = until(inChannel(RENT), '2026-12-10');
  pay(ear, 'stripe:p1 L-1 1000.00 settled');
  until(ear, '2026-12-12');
  pay(ear, 'stripe:p1 returned');
  expect(lines(until(ear, '2026-12-14')).split('\n').slice(-5)).toEqual([
    'reply 1: Elm Street 5 L-1: 1000.00 USD went back to the payer, balance 1000.00 USD.',
    'update 1: looks payment.returned',
    'reply 1: Elm Street 5 L-1: 13 days late, 1000.00 USD unpaid (late-second).',
    'update 1: looks lease.escalated',
    '',
  ]);
});

describe('a lease that is not late', () => {
  it('is told of by a line where money failed or went back, and not where it came', () => {
    const ear = until(inChannel(RENT), '2026-12-02');
    pay(ear, 'stripe:p1 L-1 1000.00 failed');
    pay(ear, 'stripe:p2 L-1 1000.00 settled');
    until(ear, '2026-12-03');
    pay(ear, 'stripe:p2 returned');
    expect(lines(ear)).toBe(`
notice: Elm Street 5 L-1: a payment of 1000.00 USD failed.
notice: Elm Street 5 L-1: 1000.00 USD went back to the payer, balance 1000.00 USD.
`);
  });

  it('is told of by a line at the end of a dispute, won or lost', () => {
    const dispute = (end: string) => {
      const ear = until(inChannel(RENT), '2026-12-02');
      pay(ear, 'stripe:p1 L-1 1000.00 settled');
      pay(ear, 'stripe:p1 disputed');
      ear.told.length = 0;
      pay(until(ear, '2026-12-12'), `stripe:p1 ${end}`);
      return lines(ear);
    };
    expect(dispute('won')).toBe('\nnotice: Elm Street 5 L-1: 1000.00 USD count again, balance 0.00 USD.\n');
    expect(dispute('lost')).toBe('\nnotice: Elm Street 5 L-1: a dispute over a payment was decided for the payer.\n');
  });
});

describe('where the thread is not there', () => {
  const lateWith = (change: (ear: Ear) => void): string => {
    const ear = until(inChannel(RENT), '2026-12-08');
    change(ear);
    ear.told.length = 0;
    pay(ear, 'stripe:p1 L-1 400.00 settled');
    until(ear, '2026-12-14');
    pay(ear, 'stripe:p2 L-1 600.00 settled');
    return lines(ear);
  };
  const ANEW = `
notice: Elm Street 5 L-1: 400.00 USD received, balance 600.00 USD.
thread 1: Elm Street 5 L-1: 13 days late, 600.00 USD unpaid (late-second).
reply 1: Elm Street 5 L-1: 600.00 USD received, balance 0.00 USD.
update 1: looks payment.received
reply 1: Elm Street 5 L-1: paid. Nothing that fell due is unpaid.
update 1: looks lease.resolved
`;

  it('a line says it, and the next step opens one: the channel was named later, or the Outbox begins after it', () => {
    expect(lateWith((ear) => ear.outbox.splice(0))).toBe(ANEW);
  });

  it('so it is where its message could not be posted, or was dropped', () => {
    for (const state of ['failed', 'cancelled'] as const)
      expect(lateWith((ear) => ear.outbox.splice(0, 9, ...ear.outbox.map((row) => ({ ...row, state }))))).toBe(ANEW);
  });

  it('what waits to be posted is a thread already', () => {
    const said = lateWith((ear) =>
      ear.outbox.splice(0, 9, ...ear.outbox.map((row) => ({ ...row, state: 'ready' as const }))),
    );
    expect(said).not.toContain('thread');
    expect(said).not.toContain('notice');
  });
});

it('of several states of one message that wait the newest holds, and only of the same message', () => {
  const ear = until(inChannel([...RENT, 'L-2 rent 500.00']), '2026-12-22');
  const updates = posts(ear).filter((each) => each.kind === 'update');
  expect(new Set(updates.map(updateName)).size).toBe(2);
  expect(updates.every((each) => updateName(each) === `slack:update:${payload(each).after}`)).toBe(true);
  expect(
    posts(ear)
      .filter((each) => each.kind !== 'update')
      .map(updateName)
      .every((name) => name === undefined),
  ).toBe(true);
  expect(updateName({ channel: 'another', kind: 'update', payload: { after: 'x' } })).toBeUndefined();
});

// ---------------------------------------------------------------- whose channel

/** What a day and a payment that fails want of Slack, without what a commit tells. */
function alerts(property: { readonly slack: boolean; readonly slackChannel?: string }): readonly string[] {
  const ear = until(listening(RENT, [], property), '2026-12-06');
  const { payment, at } = paymentIn(ear.world, ['stripe:p1', 'L-1', '1000.00', 'failed']);
  const facts = { book: bookIn(ear), run: { id: 'r', by: 't', now: at as Instant }, known: new Map() };
  const { intents } = decidePayments({ ...facts, index: matchIndex(ear.world.leases, []) }, [payment]);
  return intents.filter((each) => each.channel === 'slack').map((each) => each.kind);
}

it.each([
  ['neither channel nor webhook', { slack: false }, [], 0],
  ['a webhook', { slack: true }, ['alert'], 0],
  ['a channel', { slack: false, ...CHANNEL }, [], 1],
  ['both: the app alone', { slack: true, ...CHANNEL }, [], 1],
])('a property with %s', (_, property, byWebhook, threads) => {
  expect(alerts(property)).toEqual(byWebhook);
  const ear = until(listening(RENT, [], property), '2026-12-08');
  expect(posts(ear).map((each) => each.kind)).toEqual(Array.from({ length: threads }, () => 'thread'));
  expect(posts(ear).every((each) => each.to === 'C0123' && payload(each).channel === 'C0123')).toBe(true);
});

// ---------------------------------------------------------------- laws

const names = fc.stringMatching(/^[A-Z][a-z]{3,12} [A-Z][a-z]{4,14}$/);
it('no name, address or phone number stands in anything that a channel is told', () => {
  fc.assert(
    fc.property(lives, names, fc.emailAddress(), (life, residents, email) => {
      const ear = inChannel(WITH_FEE);
      ear.world.leases.splice(0, 1, { ...leaseIn(ear), residents, emails: [email], phone: '+15125550123' });
      const told = JSON.stringify(posts(lived(ear, life)));
      for (const secret of [residents, email, '+15125550123', 'manager@example.com'])
        expect(told).not.toContain(secret);
    }),
    { numRuns: 40 },
  );
});

it('every reply and change belongs to a thread that is there before it, and each post has a key of its own', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const there = new Set<string>();
      const all = posts(lived(inChannel(WITH_FEE), life));
      for (const each of all) {
        if (each.kind === 'thread') there.add(each.key);
        if (each.kind === 'reply' || each.kind === 'update') expect(there.has(String(payload(each).after))).toBe(true);
        else expect(payload(each).after).toBeUndefined();
      }
      expect(new Set(all.map((each) => each.key)).size).toBe(all.length);
    }),
    { numRuns: 50 },
  );
});

it('once nothing is owed every thread looks resolved, and while something late is owed the last one does not', () => {
  fc.assert(
    fc.property(lives, (life) => {
      const ear = lived(inChannel(WITH_FEE), life);
      const looks = new Map<string, string>();
      for (const each of posts(ear)) {
        const { after, event } = payload(each);
        if (event) looks.set(String(after ?? each.key), event.type);
      }
      const owed = [...(ear.world.states.get(leaseIn(ear).id)?.charges ?? [])].filter((charge) => charge.openCents > 0);
      const last = [...looks.values()].pop();
      if (owed.length === 0) expect([...looks.values()].every((type) => type === 'lease.resolved')).toBe(true);
      else if (owed.some((charge) => isToldLate(ear, charge.key))) expect(last).not.toBe('lease.resolved');
      expect([...looks.values()].slice(0, -1).every((type) => type === 'lease.resolved')).toBe(true);
    }),
    { numRuns: 80 },
  );
});

const isToldLate = (ear: Ear, about: string): boolean =>
  ear.world.journal.some(
    (entry) => entry.kind === 'rung' && entry.about === key(about) && !['before-due', 'due-today'].includes(entry.rung),
  );
