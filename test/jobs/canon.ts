/** What must be equal in two worlds that lived through the same: rows by key, messages, money; not times, order or run ids. */

import type { SlackState } from '../../local/vendors/slack/state';
import { bookOf, mailsOf, type Row, stripeObjects, tabOf, verdictOf, type World } from '../worlds';
import { gotten, knownEnds } from './carriers-canon';

export interface Canon {
  readonly verify: readonly string[];
  readonly leases: readonly string[];
  readonly entries: readonly string[];
  readonly receipts: readonly string[];
  readonly tasks: readonly string[];
  /** By key, so that one whose sending was cut off can be left aside. */
  readonly outbox: Readonly<Record<string, string>>;
  readonly log: readonly string[];
  readonly rentRoll: readonly string[];
  readonly people: readonly string[];
  readonly connections: readonly string[];
  readonly mails: Readonly<Record<string, number>>;
  readonly slack: Readonly<Record<string, number>>;
  /** What vendors of messages have got, and how that ended. */
  readonly gotten: readonly string[];
  readonly ends: readonly string[];
  readonly intents: readonly string[];
  readonly triggers: readonly string[];
}

const PEOPLES = ['Leases', 'Properties', 'Terms', 'Links', 'Ladder', 'Templates', 'Settings'];

const counted = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

const pick = (row: Readonly<Record<string, unknown>>, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => row[name] ?? null));

const sorted = (rows: readonly string[]): string[] => [...rows].sort();

/** The key that the add-on puts into each Message-ID, with the recipient. */
export const mailName = ({ to, raw }: { to: string; raw: string }): string =>
  `${Buffer.from(/^Message-ID: <rent-ledger\.([^@>]+)/im.exec(raw)?.[1] ?? '', 'base64url')} to ${to}`;

/** Lines about runs and clicks themselves, and about effects that a dead run gave back; all else is reported exactly once. */
const RUN_LINES = ['run', 'connection', 'import', 'effect ready'];
const logLine = (row: Row): string =>
  pick({ ...row, What: withoutMoment(row.What ?? ''), Key: row.Kind === 'edit' ? '' : row.Key }, [
    'Kind',
    'Lease ID',
    'Key',
    'What',
    'Before',
  ]);

/** The daily summary says of which moment its figures are, a failure when it was found. */
const withoutMoment = (what: string): string =>
  what.replace(/(template (?:digest|failure)\/\w+ \w+), content \w+(?: or \w+)*/, '$1');

/** Stripe numbers what it makes; a charge that we asked for is known by our own key instead. */
function named<T>(world: World, value: T): T {
  let text = JSON.stringify(value);
  for (const { id, metadata } of stripeObjects(world, 'payment_intent')) {
    const key = metadata?.effect_key?.split(':').slice(1).join(':');
    if (key) text = text.replaceAll(id, `pi(${key})`);
  }
  return JSON.parse(text) as T;
}

export function canonOf(world: World): Canon {
  const at = world.state.nowMs;
  const book = bookOf(world);
  const entry = [
    'key',
    'day',
    'lease',
    'kind',
    'type',
    'amount',
    'due',
    'from',
    'until',
    'about',
    'allocations',
    'why',
  ];
  const canon: Canon = {
    verify: verdictOf(world).problems,
    leases: book.leases.map((lease) =>
      pick(lease as never, ['id', 'balance', 'standing', 'daysLate', 'unpaid', 'pending', 'prepaid', 'depositHeld']),
    ),
    entries: sorted(book.entries.map((row) => pick(row, entry))),
    receipts: sorted(
      book.receipts.map((row) =>
        pick(row, ['key', 'lease', 'amount', 'state', 'matched', 'reversed', 'allocations', 'reversals']),
      ),
    ),
    tasks: sorted(book.tasks.map((row) => pick(row, ['key', 'lease', 'title', 'state', 'outcome', 'due']))),
    outbox: Object.fromEntries(
      book.outbox.map((row) => [row.key, pick(row, ['channel', 'kind', 'lease', 'to', 'state', 'fault'])]),
    ),
    log: sorted(
      tabOf(world, 'Log')
        .filter((row) => !RUN_LINES.includes(row.Kind ?? ''))
        .map(logLine),
    ),
    rentRoll: sorted(tabOf(world, 'Rent Roll').map((row) => JSON.stringify(row))),
    people: PEOPLES.flatMap((tab) => tabOf(world, tab).map((row) => `${tab} ${JSON.stringify(row)}`)),
    connections: tabOf(world, 'Connections').map((row) => pick(row, ['Platform', 'State', 'Account', 'Last fault'])),
    mails: counted(mailsOf(world).map(mailName)),
    slack: counted(
      webhookTexts(world).map((text) => text.replace(/(^[^\n]+, [\d-]{10}): .* received yesterday.*/, '$1: digest')),
    ),
    gotten: gotten(world),
    ends: knownEnds(world),
    intents: sorted(
      stripeObjects(world, 'payment_intent').map((row) => pick(row, ['amount', 'status', 'metadata', 'customer'])),
    ),
    triggers: sorted(world.triggers.filter((one) => one.handler !== 'resume').map((one) => one.handler)),
  };
  // Looking took a moment of the world's time, which is given back.
  world.state.nowMs = at;
  return named(world, canon);
}

/** What the app posts is looked for before it is posted again, and stands among what vendors have got. */
const webhookTexts = (world: World): readonly string[] =>
  world
    .vendorState<SlackState>('slack')
    .messages.filter(({ via }) => via === 'webhook')
    .map(({ text }) => text);

/** Keys of effects whose sending was cut off: a person must look at them, or a charge was found paid by what it did. */
export const cutOff = (canon: Canon): readonly string[] =>
  Object.entries(canon.outbox)
    .filter(
      ([, row]) => row.includes('"unsure"') || row.includes('Before that: The run ended while this was being sent.'),
    )
    .map(([key]) => key);

/** Lines that only one of two worlds has; empty when they are equal. */
export function differences(one: Canon, other: Canon): readonly string[] {
  const [mine, yours] = [linesOf(one), linesOf(other)];
  const [more, less] = [counted(mine), counted(yours)];
  const only = (lines: readonly string[], counts: typeof more, sign: string) =>
    [...new Set(lines)]
      .filter((line) => (more[line] ?? 0) !== (less[line] ?? 0) && counts[line])
      .map((line) => sign + line);
  return [...only(mine, more, '+ '), ...only(yours, less, '- ')];
}

const linesOf = (canon: Canon): readonly string[] =>
  Object.entries(canon).flatMap(([part, value]) =>
    Array.isArray(value)
      ? value.map((line) => `${part}: ${line}`)
      : Object.entries(value).map(([name, line]) => `${part}: ${name}: ${line}`),
  );
