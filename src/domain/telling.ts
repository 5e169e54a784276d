/** What platforms that keep a picture of the ledger are told after a decision: how leases stand, receipts, and what happened. */
import { digestOf } from './audit';
import type { Entry, Intent, Lease, OutboxRow, Property, ReceiptRow } from './book';
import { localDay } from './calendar';
import { eventsOf } from './events';
import { receiptNote, type Scene, standingIn, statusOf } from './lease-status';
import { type Decision, leaseById, type Run, type RunBook, rowsOfLease, stateOf } from './run-book';
import { slackTurn } from './slack-thread';
import { isOver } from './standing';
import type { LeaseStatus, RentEvent, Told } from './status';
import { type Instant, type Key, key, type LeaseId } from './values';
import { URGENCY } from './wishes';

/** A connected platform, and of which leases it is told what. */
export interface Listener {
  readonly platform: string;
  readonly tells: { readonly [Kind in Told]?: 'all leases' | 'linked leases' };
  /** Minutes that a standing waits where only figures have changed. */
  readonly figuresEvery?: number;
}

const TOLD: readonly Told[] = ['standing', 'receipt', 'event', 'task'];

const FIGURES = /; figures every ([1-9]\d{0,3}) minutes$/;

/** `standing: all leases; receipt: linked leases; figures every 60 minutes`, as it stands on the Connections tab. */
export const tellsText = (tells: Listener['tells'], figuresEvery = 0): string =>
  Object.entries(tells)
    .map(([kind, leases]) => `${kind}: ${leases}`)
    .join('; ') + (figuresEvery > 0 ? `; figures every ${figuresEvery} minutes` : '');

/** Reads {@link tellsText}; what is not known is left out. */
export function listenerIn(platform: string, words: string): Listener {
  const figures = Number(FIGURES.exec(words)?.[1] ?? 0);
  return { platform, tells: tellsIn(words.replace(FIGURES, '')), ...(figures > 0 ? { figuresEvery: figures } : {}) };
}

function tellsIn(words: string): Listener['tells'] {
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

/** A lease's id at a platform, from its `customer` row on the Links tab; '' where there is none. */
export const customerAt = (book: Pick<RunBook, 'links'>, lease: LeaseId, platform: string): string =>
  rowsOfLease(book.links, lease).find((link) => link.platform === platform && link.kind === 'customer')?.externalId ??
  '';

export function tellsOf(
  book: Pick<RunBook, 'links'>,
  { platform, tells }: Listener,
  kind: Told,
  lease: LeaseId,
): boolean {
  const whom = tells[kind];
  return whom === 'all leases' || (whom === 'linked leases' && customerAt(book, lease, platform) !== '');
}

const idAt = ({ book, lease }: Pick<Scene, 'book' | 'lease'>, platform: string): string =>
  customerAt(book, lease.id, platform);

const isTold = ({ book, lease }: Pick<Scene, 'book' | 'lease'>, listener: Listener, kind: Told): boolean =>
  tellsOf(book, listener, kind, lease.id);

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

function standingIntent(scene: Scene, listener: Listener, cause: string): Intent {
  const { platform } = listener;
  const known = toldBefore(scene.book.outbox ?? []).get(`standing:${platform}:${scene.lease.id}`);
  const wanted = intent(scene, listener, {
    key: `standing:${platform}:${scene.lease.id}:${digestOf(cause).slice(0, 8)}`,
    kind: 'standing',
    subject: `${scene.lease.id} is ${scene.standing.word}`,
    payload: statusOf(scene, idAt(scene, platform), contactFor(scene, platform, known?.sent)),
  });
  const isNews = known?.newest?.payload.standing !== scene.standing.word;
  if (isNews || listener.figuresEvery === undefined) return wanted;
  return { ...wanted, notBefore: slotAfter(scene.now, listener.figuresEvery), urgency: URGENCY.figures };
}

/** The end of a slot, not so long after each change: several changes in a row must not put it off for ever. */
function slotAfter(now: Instant, minutes: number): Instant {
  const slot = minutes * 60_000;
  return (Math.ceil(now / slot) * slot) as Instant;
}

/** What is new here since it was told there is written; else people there may have put it right. */
function contactFor({ book, lease }: Scene, platform: string, sent: OutboxRow | undefined): LeaseStatus['contact'] {
  if (!sent) return customerAt(book, lease.id, platform) === '' ? 'write' : 'keep';
  const { residents, email, phone } = sent.payload;
  return JSON.stringify([residents, email, phone]) === contactIn(lease) ? 'keep' : 'write';
}

/** How one lease stands, told once more because a person has asked for it. */
export function standingAgain(book: RunBook, run: Run, platform: string, id: LeaseId): Intent | undefined {
  const lease = leaseById(book, id);
  const property = lease && book.properties.get(lease.property);
  const listener = (book.listeners ?? []).find((each) => each.platform === platform);
  if (!property || !listener || !tellsOf(book, listener, 'standing', id)) return undefined;
  const wanted = standingIntent(quietScene(book, run, lease, property), listener, `again:${run.id}`);
  return { ...wanted, notBefore: run.now };
}

/** All of them that a platform has heard of, once more: it is another account by now, or its fields are others. */
export const standingsAgain = (book: RunBook, run: Run, platform: string): readonly Intent[] => {
  const told = toldBefore(book.outbox ?? []);
  return book.leases
    .filter(({ id }) => told.has(`standing:${platform}:${id}`))
    .flatMap(({ id }) => standingAgain(book, run, platform, id) ?? [])
    .slice(0, STANDINGS_MAX);
};

/** How a lease stands now, as a platform would be told. */
export function statusNow(book: RunBook, run: Run, platform: string, id: LeaseId): LeaseStatus | undefined {
  const lease = leaseById(book, id);
  const property = lease && book.properties.get(lease.property);
  return property ? statusOf(quietScene(book, run, lease, property), customerAt(book, id, platform)) : undefined;
}

interface ToldBefore {
  /** The newest that has left. */
  readonly sent?: OutboxRow;
  /** The newest that has left or will. */
  readonly newest?: OutboxRow;
}

const toldCache = new WeakMap<readonly OutboxRow[], ReadonlyMap<string, ToldBefore>>();

/** The newest standings of each name among the rows of the Outbox. */
export function toldBefore(outbox: readonly OutboxRow[]): ReadonlyMap<string, ToldBefore> {
  const known = toldCache.get(outbox);
  if (known) return known;
  const all = new Map<string, ToldBefore>();
  for (const row of outbox) {
    const name = standingName(row.key);
    if (name === undefined || row.state === 'failed' || row.state === 'cancelled') continue;
    const before = all.get(name);
    const newest = isAfter(row, before?.newest) ? row : before?.newest;
    const sent = row.state === 'sent' && isAfter(row, before?.sent) ? row : before?.sent;
    all.set(name, { ...(newest ? { newest } : {}), ...(sent ? { sent } : {}) });
  }
  toldCache.set(outbox, all);
  return all;
}

/** By when it was wanted, for people may have sorted the tab. */
const isAfter = (row: OutboxRow, other: OutboxRow | undefined): boolean =>
  other === undefined || row.createdAt > other.createdAt || (row.createdAt === other.createdAt && row.row > other.row);

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
      const isKnown = told !== undefined && told.state !== 'failed' && isSame(told, lease, scene.standing.word);
      return isKnown || !isTold(scene, listener, 'standing')
        ? []
        : [standingIntent(scene, listener, `day:${scene.today}${told ? `:${contactIn(lease)}` : ''}`)];
    });
  });
  return wishes.slice(0, STANDINGS_MAX);
}

const contactIn = ({ residents, emails, phone }: Lease): string => JSON.stringify([residents, emails[0] ?? '', phone]);

/** What was told last is what holds: the word, and who lives there and how they are reached. */
function isSame({ payload }: OutboxRow, lease: Lease, word: string): boolean {
  const { residents, email, phone } = payload;
  return payload.standing === word && JSON.stringify([residents, email, phone]) === contactIn(lease);
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
