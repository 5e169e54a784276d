/** What platforms that keep a picture of the ledger are told after a decision: how leases stand, receipts, and what happened. */
import { digestOf } from './audit';
import type { Entry, Intent, Lease, OutboxRow, Property, ReceiptRow } from './book';
import { localDay } from './calendar';
import { eventsOf } from './events';
import { receiptNote, type Scene, standingIn, statusOf } from './lease-status';
import { type Decision, leaseById, type Run, type RunBook, rowsOfLease, stateOf } from './run-book';
import { slackTurn } from './slack-thread';
import { isOver } from './standing';
import type { RentEvent, Told } from './status';
import { type Key, key, type LeaseId } from './values';
import { URGENCY } from './wishes';

/** A connected platform, and of which leases it is told what. */
export interface Listener {
  readonly platform: string;
  readonly tells: { readonly [Kind in Told]?: 'all leases' | 'linked leases' };
}

const TOLD: readonly Told[] = ['standing', 'receipt', 'event', 'task'];

/** Reads `standing: all leases; receipt: linked leases`; what is not known is left out. */
export function tellsIn(words: string): Listener['tells'] {
  const parts = words.split(';').map((part) => part.split(':').map((word) => word.trim()));
  const whom = (kind: Told) => parts.find(([name]) => name === kind)?.[1];
  return Object.fromEntries(
    TOLD.flatMap((kind) => {
      const leases = whom(kind);
      return leases === 'all leases' || leases === 'linked leases' ? [[kind, leases] as const] : [];
    }),
  );
}

/** Leases told of in one commit: Google takes 10 MB at once, and the next day's run goes on. */
const STANDINGS_MAX = 4000;

/** `states` are the leases' states after the decision. Nobody listens to most ledgers: then it costs nothing. */
export function tellings(before: RunBook, states: RunBook['states'], run: Run, decision: Decision): readonly Intent[] {
  const listeners = before.listeners ?? [];
  const talks = [...before.properties.values()].some((property) => property.slackChannel !== undefined);
  if ((listeners.length === 0 && !talks) || decision.entries.length + decision.receipts.length === 0) return [];
  return scenesOf(before, states, run, decision).flatMap((scene) => {
    const events = eventsOf(scene);
    return [...listeners.flatMap((listener) => intentsFor(scene, listener, events)), ...slackTurn(scene, events)];
  });
}

/** The leases that a decision touches and somebody listens for. */
function scenesOf(before: RunBook, states: RunBook['states'], run: Run, decision: Decision): readonly Scene[] {
  const entries = grouped(decision.entries);
  const receipts = grouped(decision.receipts);
  const bookAfter = { ...before, receipts: overlaid(before.receipts, decision.receipts) };
  return [...new Set([...entries.keys(), ...receipts.keys()])].flatMap((id) => {
    const lease = leaseById(before, id);
    const property = lease && before.properties.get(lease.property);
    if (!lease || !property || (!before.listeners?.length && property.slackChannel === undefined)) return [];
    const today = localDay(run.now, property.zone);
    const after = states.get(id) ?? stateOf(before, id);
    return [
      {
        book: before,
        bookAfter,
        run,
        lease,
        property,
        before: stateOf(before, id),
        after,
        standing: standingIn(bookAfter, lease, property, after, today),
        entries: entries.get(id) ?? [],
        receipts: receipts.get(id) ?? [],
        today,
        now: run.now,
      },
    ];
  });
}

function grouped<T extends { readonly lease?: LeaseId }>(rows: readonly T[]): Map<LeaseId, T[]> {
  const groups = new Map<LeaseId, T[]>();
  for (const row of rows) {
    if (!row.lease) continue;
    const group = groups.get(row.lease);
    if (group) group.push(row);
    else groups.set(row.lease, [row]);
  }
  return groups;
}

function overlaid(rows: readonly ReceiptRow[], changed: readonly ReceiptRow[]): readonly ReceiptRow[] {
  const news = new Map(changed.map((row) => [row.key, row]));
  const known = new Set(rows.map((row) => row.key));
  return [...rows.map((row) => news.get(row.key) ?? row), ...changed.filter((row) => !known.has(row.key))];
}

// ---------------------------------------------------------------- one lease, one listener

const idAt = ({ book, lease }: Pick<Scene, 'book' | 'lease'>, platform: string): string =>
  rowsOfLease(book.links, lease.id).find((link) => link.platform === platform && link.kind === 'customer')
    ?.externalId ?? '';

function isTold(scene: Pick<Scene, 'book' | 'lease'>, { platform, tells }: Listener, kind: Told): boolean {
  const whom = tells[kind];
  return whom === 'all leases' || (whom === 'linked leases' && idAt(scene, platform) !== '');
}

function intentsFor(scene: Scene, listener: Listener, events: readonly RentEvent[]): readonly Intent[] {
  const cause = scene.entries[scene.entries.length - 1]?.key ?? scene.receipts[scene.receipts.length - 1]?.key;
  return [
    ...(isTold(scene, listener, 'event') ? events.map((event) => eventIntent(scene, listener, event)) : []),
    ...(isTold(scene, listener, 'receipt') ? receiptIntents(scene, listener) : []),
    ...(cause && isTold(scene, listener, 'standing')
      ? [standingIntent(scene, listener, `${cause}:${JSON.stringify(scene.receipts.map((row) => row.state))}`)]
      : []),
  ];
}

interface Wanted {
  readonly key: string;
  readonly kind: Told;
  readonly subject: string;
  readonly payload: object;
}

const intent = (
  { run, lease }: Pick<Scene, 'run' | 'lease'>,
  { platform }: Listener,
  { key: name, kind, subject, payload }: Wanted,
): Intent => ({
  key: key(name),
  channel: platform,
  kind,
  lease: lease.id,
  property: lease.property,
  to: lease.id,
  subject,
  payload: { ...payload },
  notBefore: run.now,
  waitsForRelease: false,
  because: { rule: 'always' },
  urgency: kind === 'event' ? URGENCY.alert : URGENCY.books,
});

const eventIntent = (scene: Scene, listener: Listener, event: RentEvent): Intent =>
  intent(scene, listener, {
    key: `event:${listener.platform}:${event.id}`,
    kind: 'event',
    subject: event.type,
    payload: event,
  });

/** Money that has come in or gone back; what is under way or has failed is none. */
const RECEIPTS_TOLD: readonly ReceiptRow['state'][] = [
  'settled',
  'returned',
  'disputed',
  'dispute won',
  'dispute lost',
  'refunded',
  'partly refunded',
  'taken back',
];

const receiptIntents = (scene: Scene, listener: Listener): readonly Intent[] =>
  scene.receipts
    .filter((row) => RECEIPTS_TOLD.includes(row.state))
    .map((row) => {
      const note = receiptNote(scene, row, idAt(scene, listener.platform));
      const stand = digestOf(JSON.stringify([note.state, note.reversedCents, note.leaseId, note.allocated]));
      return intent(scene, listener, {
        key: `receipt:${listener.platform}:${row.key}:${stand.slice(0, 8)}`,
        kind: 'receipt',
        subject: `Receipt ${row.externalId}, ${row.state}`,
        payload: note,
      });
    });

// ---------------------------------------------------------------- how a lease stands

const standingIntent = (scene: Scene, listener: Listener, cause: string): Intent =>
  intent(scene, listener, {
    key: `standing:${listener.platform}:${scene.lease.id}:${digestOf(cause).slice(0, 8)}`,
    kind: 'standing',
    subject: `${scene.lease.id} is ${scene.standing.word}`,
    payload: statusOf(scene, idAt(scene, listener.platform)),
  });

/** Everything about how one lease stands at one platform bears this name: of several that wait only the newest is told. */
export const standingName = (effect: Key): string | undefined => /^standing:[^:]+:[^:]+/.exec(effect)?.[0];

/**
 * For listeners that keep a picture of every lease: how those stand of which they have heard nothing yet, or something else than
 * holds today. A day that passes can make a lease late without a row in the ledger.
 */
export function standingsToTell(
  book: RunBook,
  run: Run,
  outbox: readonly OutboxRow[],
  wanted: (property: Property) => boolean,
): readonly Intent[] {
  const listeners = (book.listeners ?? []).filter((each) => each.tells.standing !== undefined);
  if (listeners.length === 0) return [];
  const last = new Map(outbox.map((row) => [standingName(row.key), row]));
  const wishes = book.leases.flatMap((lease) => {
    const property = book.properties.get(lease.property);
    if (!property || !wanted(property) || isLeft(book, run, lease, property)) return [];
    const scene = quietScene(book, run, lease, property);
    return listeners.flatMap((listener) => {
      const told = last.get(`standing:${listener.platform}:${lease.id}`);
      const isKnown = told !== undefined && told.state !== 'failed' && told.payload.standing === scene.standing.word;
      return isKnown || !isTold(scene, listener, 'standing')
        ? []
        : [standingIntent(scene, listener, `day:${scene.today}`)];
    });
  });
  return wishes.slice(0, STANDINGS_MAX);
}

/** Nothing can happen to it any more: an ended lease is no work for ever. */
const isLeft = (book: RunBook, run: Run, lease: Lease, { zone }: Property): boolean =>
  isOver(lease, book.states.get(lease.id), localDay(run.now, zone));

function quietScene(book: RunBook, run: Run, lease: Lease, property: Property): Scene {
  const today = localDay(run.now, property.zone);
  const state = stateOf(book, lease.id);
  const nothing: readonly Entry[] = [];
  return {
    book,
    bookAfter: book,
    run,
    lease,
    property,
    before: state,
    after: state,
    standing: standingIn(book, lease, property, state, today),
    entries: nothing,
    receipts: [],
    today,
    now: run.now,
  };
}
