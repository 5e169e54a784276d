/** What platforms tell of what was sent, decided: how each message ended, what is known of its address, and what follows. */
import type { LogLine, OutboxRow, Task } from './book';
import { addDays, localDay } from './calendar';
import { type ContactRow, type ContactState, contactName, contactOf, type Way } from './contacts';
import type { Intent } from './effects';
import { wayOf } from './legs';
import { leaseById, type Run, type RunBook, rowsOfLease } from './run-book';
import { followLost, isLost } from './standby';
import { type Day, type Instant, key, type LeaseId } from './values';
import { logLine } from './wishes';

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

/** After these nothing more is asked about a message. */
const FINAL: readonly string[] = [
  'delivered',
  'failed',
  'bounced',
  'blocked',
  'complained',
  'opted out',
  'unknown',
  'signed',
  'declined',
  'voided',
  'expired',
];

export const isFinal = (row: Pick<OutboxRow, 'delivery'>): boolean =>
  row.delivery !== undefined && FINAL.includes(row.delivery.state);

const DOCUMENT_ENDS: readonly string[] = ['signed', 'declined', 'voided', 'expired'];

/** The id at the platform: what stands first in the reference. */
export const refOfRow = ({ vendorRef }: Pick<OutboxRow, 'vendorRef'>): string => vendorRef.split(' ')[0] ?? '';

/** News that are known already change nothing, so that the same page may be read twice. */
export function decideDeliveries(book: RunBook, run: Run, facts: readonly DeliveryFact[]): DeliveryDecision {
  const scene: Scene = { book, run, rows: new Map(), contacts: new Map(), log: [] };
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
  readonly log: LogLine[];
}

function indexed(outbox: readonly OutboxRow[]): ReadonlyMap<string, readonly OutboxRow[]> {
  const index = new Map<string, OutboxRow[]>();
  for (const row of outbox) {
    if (row.state !== 'sent' && row.state !== 'scheduled') continue;
    const name = `${row.channel} ${refOfRow(row)}`;
    index.set(name, [...(index.get(name) ?? []), row]);
  }
  return index;
}

/** One id may stand for a whole batch: then the address tells whose message it is. */
function rowsFor(index: ReadonlyMap<string, readonly OutboxRow[]>, fact: DeliveryFact): readonly OutboxRow[] {
  if (fact.ref === undefined || fact.ref === '') return [];
  const rows = index.get(`${fact.platform} ${fact.ref}`) ?? [];
  const { address } = fact;
  return rows.length > 1 && address !== undefined
    ? rows.filter((row) => addressesOf(row).includes(plain(address)))
    : rows;
}

const plain = (address: string): string => address.trim().toLowerCase();
const addressesOf = ({ to }: OutboxRow): readonly string[] => to.split(',').map(plain);

function take(scene: Scene, given: OutboxRow, { state, at, detail }: DeliveryFact): void {
  const row = scene.rows.get(given.key) ?? given;
  const news = { state, at, detail };
  if (!changes(row, news)) return;
  const now: OutboxRow = { ...row, delivery: news, ...(row.state === 'scheduled' ? { state: 'sent' as const } : {}) };
  scene.rows.set(row.key, now);
  const what = `${state} ${row.kind} by ${row.channel} to ${row.to}${detail ? `: ${detail}` : ''}`;
  scene.log.push(
    logLine(scene.run, 'delivery', what, {
      ...(row.lease ? { lease: row.lease } : {}),
      key: row.key,
      after: row.vendorRef,
    }),
  );
}

const RANK = ['sent', 'opened'];

/** What is on its way never takes back an end; of a mail to several people one that arrived is enough. */
function changes(row: OutboxRow, { state, at }: { readonly state: string; readonly at: Instant }): boolean {
  const before = row.delivery;
  if (!before) return true;
  if (before.state === state || before.at > at) return false;
  if (RANK.includes(state)) return RANK.includes(before.state) && RANK.indexOf(state) > RANK.indexOf(before.state);
  const isShared = addressesOf(row).length > 1;
  return !(isShared && before.state === 'delivered');
}

// ---------------------------------------------------------------- addresses

const LEARNT: Readonly<Record<string, ContactState>> = {
  bounced: 'bounced',
  blocked: 'blocked',
  complained: 'complained',
  'opted out': 'opted out',
  'opted in': 'good',
};

/** The resident's own word; only the resident takes it back. */
const OWN_WORD: readonly ContactState[] = ['opted out', 'complained'];

function learn(scene: Scene, fact: DeliveryFact, rows: readonly OutboxRow[]): void {
  const [only] = rows;
  const address = fact.address ?? (rows.length === 1 && only && addressesOf(only).length === 1 ? only.to : undefined);
  const state = LEARNT[fact.state] ?? (fact.state === 'delivered' ? 'good' : undefined);
  if (address === undefined || address === '' || state === undefined) return;
  const kind: Way = address.includes('@') ? 'email' : 'sms';
  const name = contactName(kind, address);
  const known = scene.contacts.get(name) ?? contactOf(scene.book.contacts ?? [], kind, address);
  if (!isNews(known, state, fact)) return;
  scene.contacts.set(name, {
    row: known?.row ?? 0,
    address: kind === 'email' ? plain(address) : address,
    kind,
    state,
    since: fact.at,
    by: fact.platform,
    detail: fact.detail.slice(0, 300),
  });
  scene.log.push(...contactLines(scene, kind, address, known?.state ?? 'good', state, fact));
}

function isNews(known: ContactRow | undefined, state: ContactState, fact: DeliveryFact): boolean {
  const was = known?.state ?? 'good';
  if (was === state || (known && known.since > fact.at)) return false;
  // That a message arrived says nothing against what a resident has said.
  if (state === 'good' && OWN_WORD.includes(was)) return fact.state === 'opted in';
  return !(OWN_WORD.includes(was) && !OWN_WORD.includes(state));
}

function contactLines(
  { book, run }: Scene,
  kind: Way,
  address: string,
  before: ContactState,
  after: ContactState,
  fact: DeliveryFact,
): readonly LogLine[] {
  const leases = book.leases.filter((lease) =>
    kind === 'email'
      ? lease.emails.some((each) => plain(each) === plain(address))
      : digits(lease.phone) !== '' && digits(lease.phone) === digits(address),
  );
  const what = `${address} ${after} by ${fact.platform}${fact.detail ? `: ${fact.detail}` : ''}`;
  const line = (lease?: LeaseId) => logLine(run, 'contact', what, { before, after, ...(lease ? { lease } : {}) });
  return leases.length > 0 ? leases.map((lease) => line(lease.id)) : [line()];
}

const digits = (phone: string): string => phone.replace(/\D/g, '').replace(/^00/, '');

// ---------------------------------------------------------------- what follows

function finished({ book, run, rows, contacts, log }: Scene): DeliveryDecision {
  const changed = [...rows.values()];
  const learnt = [...contacts.values()];
  const then = { ...book, contacts: joined(book.contacts ?? [], learnt) };
  const outbox = (book.outbox ?? []).map((row) => rows.get(row.key) ?? row);
  const followed = changed.filter(isLost).map((row) => followLost(then, run, outbox, row));
  const ended = changed.flatMap((row) => documentEnd(row));
  return {
    outbox: changed,
    contacts: learnt,
    intents: unique(followed.flatMap((each) => each.intents)),
    tasks: unique([...followed.flatMap((each) => each.tasks), ...ended.flatMap((end) => documentTask(book, run, end))]),
    log,
    ended,
  };
}

function unique<T extends { readonly key: string }>(rows: readonly T[]): readonly T[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}

function joined(known: readonly ContactRow[], learnt: readonly ContactRow[]): readonly ContactRow[] {
  const names = new Set(learnt.map((row) => contactName(row.kind, row.address)));
  return [...known.filter((row) => !names.has(contactName(row.kind, row.address))), ...learnt];
}

function documentEnd(row: OutboxRow): readonly DocumentEnd[] {
  const { delivery, lease } = row;
  if (!lease || wayOf(row) !== undefined || !delivery || !DOCUMENT_ENDS.includes(delivery.state)) return [];
  const isSigned = delivery.state === 'signed';
  const signedOn = isSigned ? (new Date(delivery.at).toISOString().slice(0, 10) as Day) : undefined;
  return [{ row, lease, ref: refOfRow(row), ...(signedOn ? { signedOn } : {}) }];
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
