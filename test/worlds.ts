/** Small worlds for tests of the jobs: the built bundle, one or two buildings, a handful of leases, made once and cloned. */
import { askApi } from '../local/cli/api';
import { morningOf } from '../local/cli/days';
import { OWNER, setUpWorld } from '../local/cli/setup';
import { cellOf, rowsOf } from '../local/cli/tabs';
import { sandboxes } from '../local/vendors';
import type { Sandbox, SandboxReply, SandboxRequest } from '../local/vendors/sandbox';
import type { SlackState } from '../local/vendors/slack/state';
import type { StripeObject, StripeState } from '../local/vendors/stripe/state';
import { World } from '../local/world';
import { builtBundle } from './simulation/bundle';

export { askApi, callApi } from '../local/cli/api';
export { OWNER } from '../local/cli/setup';
export { rowsOf } from '../local/cli/tabs';
export { World } from '../local/world';

export type Row = Readonly<Record<string, string>>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface SmallWorld {
  /** First day of the books; the clock stands at nine that morning. */
  readonly on: string;
  readonly zone?: string;
  readonly leases?: readonly Row[];
  readonly properties?: readonly Row[] | undefined;
  readonly links?: readonly Row[];
  readonly settings?: Row;
  readonly vendors?: readonly Sandbox[];
}

export const ELM: Row = {
  Property: 'Elm House',
  Address: '1 Elm Street',
  'Time zone': 'America/New_York',
  Currency: 'USD',
  Jurisdiction: 'US-XX',
  'Grace days': '5',
  'Grace rule': 'due + N',
  'Late fee': '50.00',
  'Fee terms confirmed': 'Ann Owner, 2026-11-01',
  'Manager email': 'ann@example.com',
  'Slack webhook': 'yes',
};

/** A lease of Elm House with everything a month needs. */
export const leaseOf = (id: string, more: Row = {}): Row => ({
  'Lease ID': id,
  Property: 'Elm House',
  Unit: id.replace(/\D/g, '') || id,
  Residents: `Resident ${id}`,
  Email: `${id.toLowerCase()}@example.com`,
  Rent: '1000.00',
  'Due day': '1',
  Start: '2026-01-01',
  ...more,
});

export function csvOf(rows: readonly Row[]): string {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const quoted = (value: string) => `"${value.replace(/"/g, '""')}"`;
  const lines = rows.map((row) => headers.map((header) => quoted(row[header] ?? '')).join(','));
  return `${[headers.map(quoted).join(','), ...lines].join('\n')}\n`;
}

export interface Imported {
  readonly taken: number;
  readonly refused: readonly { readonly row: number; readonly reasons: readonly string[] }[];
}

export const importRows = (world: World, tab: string, rows: readonly Row[]): Imported =>
  askApi<Imported>(world, 'importCsv', [{ tab, name: `${tab}.csv`, text: csvOf(rows) }]);

/** What the one door answers; `ok: false` is a refusal in words. */
export interface Answered {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly error?: string;
}

/** A call of the sidebar as some person, '' being one whose address Google does not tell. Throws when the script fails. */
export function answerAs(world: World, user: string, name: string, args: unknown): Answered {
  const run = world.run('api', [name, args === undefined ? [] : [args]], { trigger: 'sidebar', user });
  if (!run.ok) throw new Error(`${name} failed: ${run.error?.message}`);
  return run.value as Answered;
}

/** A spreadsheet with its script and nothing in it. */
export function bare(on: string, zone = 'America/New_York', vendors: readonly Sandbox[] = sandboxes): World {
  return World.create({
    bundle: builtBundle(),
    sandboxes: vendors,
    now: morningOf(on, zone),
    zone,
    locale: 'en_US',
    owner: OWNER,
    title: 'Rent Ledger',
  });
}

export type Twist = (request: SandboxRequest, reply: SandboxReply) => SandboxReply;

/** The sandboxes on a line that changes answers underway: what a vendor may do and our own sandbox never would. */
export function twisted(): { readonly vendors: readonly Sandbox[]; twist?: Twist } {
  const line: { vendors: readonly Sandbox[]; twist?: Twist } = { vendors: [] };
  line.vendors = sandboxes.map((vendor) => ({
    ...vendor,
    handle: (state, request, nowMs) => {
      const reply = vendor.handle(state, request, nowMs);
      return line.twist?.(request, reply) ?? reply;
    },
  }));
  return line;
}

/** Set up, connected to Stripe and Slack, and filled. Throws when a row is refused. */
export function smallWorld({ on, zone, leases = [leaseOf('L-1')], properties = [ELM], ...more }: SmallWorld): World {
  const world = bare(on, zone, more.vendors);
  setUpWorld(world, { on, zone: zone ?? 'America/New_York', currency: 'USD', title: 'Rent Ledger' });
  const settings = Object.entries(more.settings ?? {}).map(([Setting, Value]) => ({ Setting, Value }));
  const tabs: [string, readonly Row[]][] = [
    ['Settings', settings],
    ['Properties', properties],
    ['Leases', leases],
    ['Links', more.links ?? []],
  ];
  for (const [tab, rows] of tabs) {
    if (rows.length === 0) continue;
    const { refused } = importRows(world, tab, rows);
    if (refused.length > 0) throw new Error(`${tab}: ${JSON.stringify(refused)}`);
  }
  return world;
}

const seconds = (at: string | number): number => Math.floor(new Date(at).getTime() / 1000);

/** A Stripe PaymentIntent that carries a lease's reference. */
export const intentOf = (
  id: string,
  lease: string,
  amount: number,
  at: string | number,
  more: object = {},
): object => ({
  id,
  object: 'payment_intent',
  amount,
  currency: 'usd',
  status: 'succeeded',
  created: seconds(at),
  payment_method_types: ['card'],
  metadata: lease === '' ? {} : { lease_id: lease },
  ...more,
});

const about = (id: string, intent: string, amount: number, at: string | number): object => ({
  id,
  amount,
  currency: 'usd',
  charge: intent.replace('pi_', 'ch_'),
  payment_intent: intent,
  created: seconds(at),
});

export const refundOf = (id: string, intent: string, amount: number, at: string | number): object => ({
  ...about(id, intent, amount, at),
  object: 'refund',
  status: 'succeeded',
  reason: 'requested_by_customer',
});

export const disputeOf = (id: string, intent: string, amount: number, at: string | number, status: string): object => ({
  ...about(id, intent, amount, at),
  object: 'dispute',
  status,
  reason: 'fraudulent',
});

/** A customer with a saved card, and the Links rows that make it the autopay of a lease. */
export function savedCard(lease: string, at: string | number): { objects: readonly object[]; links: readonly Row[] } {
  const [customer, card] = [`cus_${lease.replace('-', '')}`, `pm_${lease.replace('-', '')}`];
  const created = seconds(at);
  return {
    objects: [
      {
        id: customer,
        object: 'customer',
        created,
        name: `Resident ${lease}`,
        email: `${lease.toLowerCase()}@example.com`,
      },
      {
        id: card,
        object: 'payment_method',
        type: 'card',
        customer,
        created,
        card: { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031, funding: 'credit' },
      },
    ],
    links: [
      { 'Lease ID': lease, Platform: 'stripe', Kind: 'customer', 'External ID': customer },
      { 'Lease ID': lease, Platform: 'stripe', Kind: 'autopay', 'External ID': card },
    ],
  };
}

/** Puts objects into the Stripe sandbox. Throws when one is refused. */
export function loadStripe(world: World, objects: readonly object[]): void {
  const { refused } = world.load('stripe', objects);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
}

export const stripeObjects = (world: World, kind: string): readonly StripeObject[] =>
  Object.values(world.vendorState<StripeState>('stripe').objects[kind] ?? {});

export const slackTexts = (world: World): readonly string[] =>
  world.vendorState<SlackState>('slack').messages.map((message) => message.text);

export interface Book {
  readonly leases: readonly {
    readonly id: string;
    readonly balance: string;
    readonly standing: string;
    readonly daysLate: number;
    readonly pending: string;
    readonly prepaid: string;
  }[];
  readonly entries: readonly Readonly<
    Record<string, unknown> & { key: string; kind: string; lease: string; amount: string }
  >[];
  readonly receipts: readonly Readonly<
    Record<string, unknown> & { key: string; id: string; lease: string | null; state: string }
  >[];
  readonly outbox: readonly Readonly<
    Record<string, unknown> & { key: string; state: string; channel: string; kind: string }
  >[];
  readonly tasks: readonly Readonly<Record<string, unknown> & { key: string; state: string }>[];
  readonly log: readonly Readonly<Record<string, unknown> & { kind: string; what: string; key: string }>[];
  readonly problems?: readonly string[];
}

export const bookOf = (world: World): Book => askApi<Book>(world, 'exportBook');

export interface Verdict {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly checked: { readonly entries: number; readonly log: number; readonly leases: number };
}

export const verdictOf = (world: World): Verdict => askApi<Verdict>(world, 'verify');

export const tabOf = (world: World, title: string): readonly Row[] => [...rowsOf(world, title)];

/** A person types into the cell under `header`, in the row whose first cell is `key`. */
export const typeInto = (world: World, tab: string, key: string, header: string, text: string, user?: string) =>
  world.edit(tab, cellOf(world, tab, key, header), text, user);

/** The Outbox key of a mail, from the Message-ID that the add-on gave it; with its recipient and subject. */
export const mailsOf = (
  world: World,
): readonly { to: string; subject: string; at: number; raw: string; threadId: string }[] =>
  world.mailbox.map(({ to, subject, date, raw, threadId }) => ({ to, subject, at: date, raw, threadId }));

/** Calls of the Sheets API in one execution, whatever the method. */
export const sheetsCalls = (calls: Readonly<Record<string, number>>): number =>
  Object.entries(calls)
    .filter(([name]) => name.startsWith('Sheets.'))
    .reduce((all, [, count]) => all + count, 0);

/** Time passes without a trigger, as in an outage; what fell due meanwhile fires once, late, and a minute is given to it. */
export function leapTo(world: World, at: string | number): void {
  world.state.nowMs = Math.max(world.state.nowMs, new Date(at).getTime());
  world.advanceTo(world.state.nowMs + MINUTE);
}

/** Days go by with one poll and one tick each, a quarter past the local midnight of New York in winter. */
export function liveDays(world: World, from: string, until: string): void {
  for (let at = Date.parse(`${from}T05:15:00Z`); at <= Date.parse(`${until}T05:15:00Z`); at += 24 * HOUR)
    leapTo(world, at);
}

/** The moment stands still for a job: what it finds is what lies there, with the clock at `at`. */
export function standAt(world: World, at: string | number): World {
  world.state.nowMs = Math.max(world.state.nowMs, new Date(at).getTime());
  return world;
}
