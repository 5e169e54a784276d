/** A payment whose receipt lies before the open tail is known again: its money is never posted a second time. */
import type { PaymentSeen } from '../../src/domain/book';
import { cents } from '../../src/domain/money';
import { currency, instant, key } from '../../src/domain/values';
import { closing } from '../../src/jobs/close';
import { decided } from '../../src/jobs/seen-payments';
import type { App } from '../../src/run/app';
import { commit } from '../../src/sheet/commit';
import { loadBook } from '../../src/sheet/load';
import { nodeApp } from '../bench/node-host';
import { smallWorld, type World } from '../worlds';

const DAY = 24 * 3_600_000;
const SEEN = Date.parse('2026-11-02T14:00:00Z');

const payment = (id: string, initiatedMs: number, more: Partial<PaymentSeen> = {}): PaymentSeen => ({
  key: key(`xero:${id}`),
  source: 'xero',
  externalId: id,
  amountCents: cents(100_000),
  currency: currency('USD'),
  state: 'settled',
  initiatedAt: instant(initiatedMs),
  leaseRef: 'L-1',
  reversals: [],
  ...more,
});

const deleted = (of: PaymentSeen, at: number): PaymentSeen => ({
  ...of,
  reversals: [
    {
      key: key(`${of.key}:deleted`),
      reason: 'refunded',
      state: 'final',
      amountCents: of.amountCents,
      at: instant(at),
      detail: 'deleted',
    },
  ],
});

const appAt = (world: World, at: number): App => nodeApp(world, 'poll', at);

function seenAt(world: World, at: number, payments: readonly PaymentSeen[]): readonly string[] {
  const app = appAt(world, at);
  const loaded = loadBook(app.host);
  const decision = decided(app, loaded, payments);
  commit(app.host, loaded, app.run, { decision });
  return decision.entries.map((entry) => `${entry.kind} ${entry.key}`);
}

function closedAt(world: World, at: number): void {
  const app = appAt(world, at);
  let loaded = loadBook(app.host);
  for (const part of closing(loaded, app.run)) loaded = commit(app.host, loaded, app.run, part);
  // The first run after a close still reads all, and only then remembers where the tail begins.
  loadBook(appAt(world, at).host);
}

it.each([
  ['the day before', -DAY],
  ['a later hour of the day on which it was seen, as where a source tells the day alone', 3_600_000],
  ['a week later, as where a bank tells the day on which it will book', 7 * DAY],
])(
  'what goes back months after the close of a payment dated %s takes it back, and posts nothing else',
  (_name, after) => {
    const world = smallWorld({ on: '2026-11-01' });
    world.run('tick', [], { trigger: 'time' });
    const paid = payment('P-1', SEEN + after);
    // One that waits for a person keeps the tail open from its row on: the payment before it lies in the closed part.
    const waits = payment('P-2', SEEN + after + 60_000, { leaseRef: 'nobody', amountCents: cents(123_400) });
    const between = payment('P-3', SEEN + after + 30_000);
    expect(seenAt(world, SEEN, [paid, between, waits])).toContain('receipt xero:P-1');
    const later = Date.parse('2027-02-01T17:00:00Z');
    closedAt(world, later);
    const entries = seenAt(world, later + DAY, [deleted(paid, later)]);
    expect(entries).toContain('reversal xero:P-1:deleted');
    expect(entries.filter((entry) => entry.startsWith('receipt '))).toEqual([]);
  },
);
