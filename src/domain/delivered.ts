/** What platforms tell of what was sent, decided: how each message ended, what is known of its address, and what follows. */
import { addressesOf, newsAfter, plain } from './arrival';
import type { LogLine, OutboxRow, Task } from './book';
import { addDays, localDay } from './calendar';
import { arrivals, isNews, learntFrom } from './contact-news';
import { type ContactRow, type ContactState, contactName, contactOf, type Way } from './contacts';
import type { Intent } from './effects';
import { wayOf } from './legs';
import { leaseById, type Run, type RunBook, rowsOfLease } from './run-book';
import { followAll } from './standby';
import { type Day, type Instant, key, type LeaseId } from './values';
import { logLine } from './wishes';

export { isFinal } from './arrival';

/** One piece of news, as the connector read it. */
export interface DeliveryFact {
  readonly platform: string;
  readonly ref?: string;
  readonly address?: string;
  readonly state: string;
  readonly at: Instant;
  readonly detail: string;
  readonly signedOn?: Day;
}

/** A lease whose document was signed, or came to nothing: its link is over, and what waited for it may begin. */
export interface DocumentEnd {
  readonly row: OutboxRow;
  readonly lease: LeaseId;
  readonly ref: string;
  readonly signedOn?: Day;
}

export interface DeliveryDecision {
  /** Rows with news on them. */
  readonly outbox: readonly OutboxRow[];
  /** Rows of the Contacts tab as they are now; a new one has the row 0. */
  readonly contacts: readonly ContactRow[];
  readonly intents: readonly Intent[];
  readonly tasks: readonly Task[];
  readonly log: readonly LogLine[];
  readonly ended: readonly DocumentEnd[];
}

const DOCUMENT_ENDS: readonly string[] = ['signed', 'declined', 'voided', 'expired'];

/** All have signed, or nobody will any more. */
export const isDocumentOver = ({ delivery }: Pick<OutboxRow, 'delivery'>): boolean =>
  delivery !== undefined && DOCUMENT_ENDS.includes(delivery.state);

/** The id at the platform: what stands first in the reference. */
export const refOfRow = ({ vendorRef }: Pick<OutboxRow, 'vendorRef'>): string => vendorRef.split(' ')[0] ?? '';

/** News that is known already changes nothing, so that the same page may be read twice. */
export function decideDeliveries(book: RunBook, run: Run, facts: readonly DeliveryFact[]): DeliveryDecision {
  const scene: Scene = { book, run, rows: new Map(), contacts: new Map(), signed: new Map(), log: [] };
  const byRef = indexed(book.outbox ?? []);
  for (const fact of [...facts].sort((a, b) => a.at - b.at)) {
    const rows = rowsFor(byRef, fact);
    for (const row of rows) take(scene, row, fact);
    learn(scene, fact, rows);
  }
  return finished(scene);
}

interface Scene {
  readonly book: RunBook;
  readonly run: Run;
  readonly rows: Map<string, OutboxRow>;
  readonly contacts: Map<string, ContactRow>;
  /** The days on which documents were signed, in their own words. */
  readonly signed: Map<string, Day>;
  readonly log: LogLine[];
  /** Made when first asked for. */
  arrivals?: ReadonlyMap<string, Instant>;
  leases?: ReadonlyMap<string, readonly LeaseId[]>;
}

function indexed(outbox: readonly OutboxRow[]): ReadonlyMap<string, readonly OutboxRow[]> {
  const index = new Map<string, OutboxRow[]>();
  for (const row of outbox) {
    if (row.state !== 'sent' && row.state !== 'scheduled') continue;
    const name = `${row.channel} ${refOfRow(row)}`;
    const known = index.get(name);
    if (known) known.push(row);
    else index.set(name, [row]);
  }
  return index;
}

/** One id may stand for a whole batch: then the address tells whose message it is. */
function rowsFor(index: ReadonlyMap<string, readonly OutboxRow[]>, fact: DeliveryFact): readonly OutboxRow[] {
  const { ref, address } = fact;
  if (ref === undefined || ref === '') return [];
  const rows = index.get(`${fact.platform} ${ref}`) ?? [];
  if (address === undefined) return rows;
  return rows.filter((row) => wayOf(row) === undefined || addressesOf(row).includes(plain(address)));
}

function take(scene: Scene, given: OutboxRow, fact: DeliveryFact): void {
  const row = scene.rows.get(given.key) ?? given;
  const news = newsAfter(row, fact);
  if (!news) return;
  const now: OutboxRow = { ...row, delivery: news, ...(row.state === 'scheduled' ? { state: 'sent' as const } : {}) };
  scene.rows.set(row.key, now);
  if (fact.signedOn) scene.signed.set(row.key, fact.signedOn);
  const { state, detail } = fact;
  if (row.delivery?.state === state) return;
  const what = `${state} ${row.kind} by ${row.channel} to ${fact.address ?? row.to}${detail ? `: ${detail}` : ''}`;
  scene.log.push(
    logLine(scene.run, 'delivery', what, {
      ...(row.lease ? { lease: row.lease } : {}),
      key: row.key,
      after: row.vendorRef,
    }),
  );
}

// ---------------------------------------------------------------- addresses

function learn(scene: Scene, fact: DeliveryFact, rows: readonly OutboxRow[]): void {
  const address = fact.address ?? onlyAddress(rows);
  const state = learntFrom(fact.state);
  if (address === undefined || address === '' || state === undefined) return;
  const kind: Way = address.includes('@') ? 'email' : 'sms';
  const name = contactName(kind, address);
  const known = scene.contacts.get(name) ?? contactOf(scene.book.contacts ?? [], kind, address);
  if (!isNews(known, state, fact.at) || hasArrivedSince(scene, address, state, fact)) return;
  scene.contacts.set(name, {
    row: known?.row ?? 0,
    address: kind === 'email' ? plain(address) : address,
    kind,
    state,
    since: fact.at,
    by: fact.platform,
    detail: fact.detail.slice(0, 300),
  });
  const before = known?.state ?? 'good';
  if (before !== state) scene.log.push(...contactLines(scene, kind, address, before, state, fact));
}

/** The address of the one message that news without an address is about. */
function onlyAddress([row, ...others]: readonly OutboxRow[]): string | undefined {
  if (!row || others.length > 0 || wayOf(row) === undefined || addressesOf(row).length > 1) return undefined;
  return row.to;
}

/** Older news of a bad address, read after what has arrived there since. */
function hasArrivedSince(scene: Scene, address: string, state: ContactState, { at }: DeliveryFact): boolean {
  if (state !== 'bounced' && state !== 'blocked') return false;
  scene.arrivals ??= arrivals(scene.book.outbox ?? []);
  return (scene.arrivals.get(plain(address)) ?? 0) > at;
}

function contactLines(
  scene: Scene,
  kind: Way,
  address: string,
  before: ContactState,
  after: ContactState,
  fact: DeliveryFact,
): readonly LogLine[] {
  const { book, run } = scene;
  scene.leases ??= leasesByAddress(book);
  const leases = scene.leases.get(contactName(kind, address)) ?? [];
  const what = `${address} ${after} by ${fact.platform}${fact.detail ? `: ${fact.detail}` : ''}`;
  const line = (lease?: LeaseId) => logLine(run, 'contact', what, { before, after, ...(lease ? { lease } : {}) });
  return leases.length > 0 ? leases.map((lease) => line(lease)) : [line()];
}

function leasesByAddress({ leases }: RunBook): ReadonlyMap<string, readonly LeaseId[]> {
  const index = new Map<string, LeaseId[]>();
  for (const { id, emails, phone } of leases) {
    const mails = emails.map((address) => contactName('email', address));
    for (const name of new Set([...mails, contactName('sms', phone)]))
      index.set(name, [...(index.get(name) ?? []), id]);
  }
  return index;
}

// ---------------------------------------------------------------- what follows

function finished({ book, run, rows, contacts, signed, log }: Scene): DeliveryDecision {
  const changed = [...rows.values()];
  const learnt = [...contacts.values()];
  const then = { ...book, contacts: joined(book.contacts ?? [], learnt) };
  const outbox = (book.outbox ?? []).map((row) => rows.get(row.key) ?? row);
  const followed = followAll(then, run, outbox, changed);
  const ended = changed.flatMap((row) => documentEnd(book, row, signed.get(row.key)));
  return {
    outbox: changed,
    contacts: learnt,
    intents: followed.intents,
    tasks: [...followed.tasks, ...ended.flatMap((end) => documentTask(book, run, end))],
    log,
    ended,
  };
}

function joined(known: readonly ContactRow[], learnt: readonly ContactRow[]): readonly ContactRow[] {
  const names = new Set(learnt.map((row) => contactName(row.kind, row.address)));
  return [...known.filter((row) => !names.has(contactName(row.kind, row.address))), ...learnt];
}

/** Where its platform does not say on which day, it was signed on that of the property's own clock. */
function documentEnd(book: RunBook, row: OutboxRow, signed: Day | undefined): readonly DocumentEnd[] {
  const { delivery, lease } = row;
  if (!lease || wayOf(row) !== undefined || !delivery || !DOCUMENT_ENDS.includes(delivery.state)) return [];
  const end = { row, lease, ref: refOfRow(row) };
  if (delivery.state !== 'signed') return [end];
  const property = leaseById(book, lease)?.property;
  const zone = (property && book.properties.get(property)?.zone) ?? book.settings.zone;
  return [{ ...end, signedOn: signed ?? localDay(delivery.at, zone) }];
}

/** A document that nobody will sign any more is a person's business; one that was voided is what a person wanted. */
function documentTask(book: RunBook, run: Run, { row, lease: id }: DocumentEnd): readonly Task[] {
  const lease = leaseById(book, id);
  const property = lease && book.properties.get(lease.property);
  const state = row.delivery?.state;
  if (!lease || !property || (state !== 'declined' && state !== 'expired')) return [];
  return [
    {
      key: key(`task:document:${row.key}`),
      lease: lease.id,
      property: property.name,
      owner: property.managerEmail,
      due: addDays(localDay(run.now, property.zone), 1),
      title:
        state === 'declined' ? 'A document was declined: talk to the resident' : 'A document was not signed in time',
      detail: `${lease.residents}, ${property.name} ${lease.unit}: ${row.subject}. ${row.delivery?.detail ?? ''}`.slice(
        0,
        900,
      ),
    },
  ];
}

/** Rows of the Links tab that end with a document. */
export const documentLinks = (book: RunBook, { row, lease, ref }: DocumentEnd) =>
  rowsOfLease(book.links, lease).filter(
    (link) => link.platform === row.channel && link.kind === 'document' && link.externalId === ref,
  );
