/** The one list of what a browser or the command line may call, with the role that may. Nothing else is reachable. */

import type { OutboxRow } from '../domain/book';
import { localDay } from '../domain/calendar';
import { dailyRun, deliverRun, pollRun } from '../jobs/run';
import { verify } from '../jobs/verify';
import { rowLine } from '../outbox/deliver';
import type { Answer } from '../ports';

export type { Answer } from '../ports';

import { type App, errorText, runNow } from '../run/app';
import { daysMayHaveChanged, effectsComing } from '../run/hints';
import { withLock } from '../run/lock';
import { textOf } from '../sheet/cells';
import { commit } from '../sheet/commit';
import { loadBook } from '../sheet/load';
import {
  addCharge,
  addCredit,
  makePayLink,
  matchReceipt,
  pause,
  reallocate,
  recordReceipt,
  reverseReceipt,
  settleDeposit,
} from './act';
import { amount, day, flag, oneOf, optional, parts, type Reader, readArgs, record, text } from './args';
import { connect, connectSlack, disconnect } from './connections';
import { exportBook, exportCsv, exportHledger } from './export';
import { importCsv } from './import';
import { inboundKey } from './inbound';
import { moveOut, renew } from './lease-dates';
import { repair } from './repair';
import { setUp } from './set-up';
import { statement } from './statement';
import { today } from './today';

export type Role = 'viewer' | 'manager' | 'owner';

interface Call {
  readonly role: Role;
  readonly run: (app: App, args: unknown) => unknown;
}

/** Arguments are read before anything runs: a call with wrong ones does nothing. Readers are made only for the call at hand. */
function call<T>(role: Role, reader: () => Reader<T>, run: (app: App, args: T) => unknown): Call {
  return { role, run: (app, args) => run(app, readArgs(reader(), args)) };
}

const none = () => record({});

export const CALLS: Readonly<Record<string, Call>> = {
  setUp: call(
    'owner',
    () =>
      record({
        zone: optional(text),
        currency: optional(text),
        booksOpenOn: optional(day),
        owner: optional(text),
        locale: optional(text),
        reminders: optional(oneOf('on', 'off')),
      }),
    setUp,
  ),
  repair: call('owner', none, repair),
  importCsv: call(
    'manager',
    () => record({ name: text, text: text, tab: optional(text) }),
    (app, file) => {
      daysMayHaveChanged(app);
      return importCsv(app, { name: file.name, text: file.text, ...(file.tab ? { tab: file.tab } : {}) });
    },
  ),
  connect: call('owner', () => record({ platform: text, credentials: record({}, text) }), connect),
  disconnect: call('owner', () => record({ platform: text }), disconnect),
  connectSlack: call('owner', () => record({ property: optional(text), url: text }), connectSlack),
  webhookAddress: call(
    'owner',
    () => record({ platform: text }),
    (app, { platform }) => ({
      query: `platform=${platform}&key=${inboundKey(app)}`,
    }),
  ),
  poll: call('owner', none, (app) => pollRun(app)),
  daily: call('owner', none, (app) => dailyRun(app)),
  deliver: call('owner', none, (app) => deliverRun(app)),
  today: call('viewer', none, (app) => today(app)),
  statement: call('viewer', () => record({ lease: text, asOf: optional(day) }), statement),
  exportBook: call('viewer', none, (app) => exportBook(app)),
  exportCsv: call('viewer', none, (app) => exportCsv(app)),
  exportHledger: call('viewer', none, (app) => exportHledger(app)),
  verify: call('viewer', none, (app) => verify(app)),
  link: call(
    'manager',
    () => record({ lease: text, platform: text, kind: oneOf('customer', 'autopay', 'payer'), externalId: text }),
    (app, link) =>
      importRow(app, 'Links', {
        'Lease ID': link.lease,
        Platform: link.platform,
        Kind: link.kind,
        'External ID': link.externalId,
      }),
  ),
  addTerm: call(
    'manager',
    () =>
      record({
        lease: text,
        type: text,
        amount,
        from: day,
        until: optional(day),
        every: oneOf('period', 'once'),
        memo: optional(text),
      }),
    (app, term) =>
      importRow(app, 'Terms', {
        'Lease ID': term.lease,
        Type: term.type,
        Amount: term.amount,
        From: term.from,
        Until: term.until ?? '',
        Every: term.every,
        Memo: term.memo ?? '',
      }),
  ),
  charge: call(
    'manager',
    () => record({ lease: text, type: text, amount, reason: text, due: optional(day) }),
    (app, act) => addCharge(app, { ...act, ...(act.due ? { due: act.due } : {}) } as Parameters<typeof addCharge>[1]),
  ),
  credit: call(
    'manager',
    () => record({ lease: text, amount: optional(amount), reason: text, charge: optional(text) }),
    (app, act) => addCredit(app, act as Parameters<typeof addCredit>[1]),
  ),
  recordReceipt: call(
    'manager',
    () => record({ lease: text, amount, method: text, reference: text, on: optional(day), memo: optional(text) }),
    (app, act) => recordReceipt(app, act as Parameters<typeof recordReceipt>[1]),
  ),
  payLink: call(
    'manager',
    () => record({ lease: text, returnTo: optional(text) }),
    (app, act) => makePayLink(app, act as Parameters<typeof makePayLink>[1]),
  ),
  matchReceipt: call('manager', () => record({ receipt: text, lease: text }), matchReceipt),
  reverseReceipt: call(
    'manager',
    () => record({ lease: text, receipt: text, reason: oneOf('returned', 'entered in error'), why: text }),
    reverseReceipt,
  ),
  reallocate: call('manager', () => record({ lease: text, receipt: text, parts, reason: text }), reallocate),
  pause: call(
    'manager',
    () => record({ lease: text, type: oneOf('plan', 'dispute'), begins: flag, charge: optional(text), reason: text }),
    (app, act) => pause(app, act as Parameters<typeof pause>[1]),
  ),
  settleDeposit: call(
    'manager',
    () => record({ lease: text, action: oneOf('refunded', 'withheld', 'applied'), amount, reason: text }),
    settleDeposit,
  ),
  moveOut: call('manager', () => record({ lease: text, end: day, reason: text }), moveOut),
  renew: call('manager', () => record({ lease: text, reason: text }), renew),
  release: call('manager', () => record({ effect: text }), release),
  resolve: call('manager', () => record({ effect: text, as: oneOf('sent', 'again', 'cancelled') }), resolve),
};

const RANK: Readonly<Record<Role, number>> = { viewer: 0, manager: 1, owner: 2 };

/** The answer of every call: a value, or a refusal in words. Never an exception's own text, never a stack. */

export function answer(app: App, name: string, args: readonly unknown[]): Answer {
  const known = Object.keys(CALLS).includes(name) ? CALLS[name] : undefined;
  if (!known) return { ok: false, error: `There is nothing called "${String(name).slice(0, 60)}".` };
  const role = roleOf(app);
  if (RANK[role] < RANK[known.role]) {
    app.host.note(`refused ${name} for ${app.host.session.activeUser() || 'an unknown user'} (${role})`);
    return {
      ok: false,
      error: `This needs the ${known.role} of this ledger. Ask ${app.host.documentStore.get('owner') ?? 'the person who set it up'}.`,
    };
  }
  try {
    const value = known.run(app, args[0] ?? {});
    return value === 'busy'
      ? { ok: false, error: 'Another run is at work on this ledger. Try again in a minute.' }
      : { ok: true, value };
  } catch (error) {
    if (error instanceof Error && (error.name === 'BookBroken' || error.name === 'BadArguments'))
      return { ok: false, error: errorText(error) };
    throw error;
  }
}

/** An answer as one line for a person. */
export function answerText(answer: Answer): string {
  if (!answer.ok) return answer.error;
  const report = (answer.value ?? {}) as {
    trouble?: string;
    problems?: readonly string[];
    ok?: boolean;
    connected?: boolean;
    reason?: string;
    account?: string;
  };
  if (report.connected === false) return report.reason ?? 'It could not be connected.';
  if (report.connected) return `Connected${report.account ? `: ${report.account}` : ''}.`;
  if (report.trouble) return report.trouble;
  if (report.ok === true) return 'Ledger and log are whole.';
  const [first] = report.problems ?? [];
  return first ? `${report.problems?.length} to look at: ${first}` : 'Done. The Log tells what changed.';
}

/** An empty address is an unknown person: the lowest role, never the owner. */
export function roleOf(app: App): Role {
  const person = app.host.session.activeUser().toLowerCase();
  const owner = app.host.documentStore.get('owner')?.toLowerCase();
  if (person === '') return 'viewer';
  if (owner === undefined || person === owner) return 'owner';
  const managers = (app.host.documentStore.get('managers') ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim());
  return managers.includes(person) ? 'manager' : 'viewer';
}

// ---------------------------------------------------------------- rows and effects

function importRow(app: App, tab: string, cells: Readonly<Record<string, string>>) {
  const headers = Object.keys(cells);
  const quoted = (value: string) => `"${value.replace(/"/g, '""')}"`;
  daysMayHaveChanged(app);
  return importCsv(app, {
    name: 'one row',
    tab,
    text: `${headers.map(quoted).join(',')}\n${headers.map((header) => quoted(textOf(cells[header]))).join(',')}\n`,
  });
}

/** A named person lets a notice go that waits for release. */
function release(app: App, { effect }: { effect: string }) {
  return changeEffect(
    app,
    effect,
    ['waiting for release'],
    (row) => ({ ...row, state: 'ready' }),
    'It does not wait for release.',
  );
}

/** A person decides on an effect of which nobody knows whether it left. */
function resolve(app: App, { effect, as }: { effect: string; as: 'sent' | 'again' | 'cancelled' }) {
  const state = as === 'again' ? 'ready' : as;
  return changeEffect(
    app,
    effect,
    ['unsure', 'failed', 'ready', 'waiting for release'],
    (row) => ({ ...row, state, fault: '' }),
    'There is nothing to decide about it.',
  );
}

function changeEffect(
  app: App,
  effect: string,
  from: readonly OutboxRow['state'][],
  change: (row: OutboxRow) => OutboxRow,
  refused: string,
) {
  return withLock(app, () => {
    const loaded = loadBook(app.host);
    const row = loaded.outbox.find((each) => each.key === effect);
    if (!row) return { refused: `There is no effect ${effect}.` };
    if (!from.includes(row.state)) return { refused };
    const next = { ...change(row), updatedAt: app.host.clock.now() };
    effectsComing(app);
    const decision =
      row.state === 'waiting for release' && next.state === 'ready' ? releaseEntry(app, loaded, row) : undefined;
    commit(app.host, loaded, runNow(app), {
      outbox: [next],
      log: [rowLine(app, next)],
      ...(decision ? { decision } : {}),
    });
    return { done: true, state: next.state };
  });
}

function releaseEntry(app: App, loaded: ReturnType<typeof loadBook>, row: OutboxRow) {
  const property = row.property && loaded.book.properties.get(row.property);
  const { rung, about } = row.payload as { rung?: string; about?: string };
  if (!property || !row.lease || !rung || !about) return undefined;
  const entry = {
    kind: 'release' as const,
    key: `release:${row.key}` as never,
    lease: row.lease,
    property: property.name,
    currency: property.currency,
    day: localDay(runNow(app).now, property.zone),
    postedAt: runNow(app).now,
    by: app.run.by,
    why: `${app.run.by} released ${row.key}`,
    rung,
    about: about as never,
  };
  return { entries: [entry], receipts: [], intents: [], tasks: [], closedTasks: [], log: [] };
}
