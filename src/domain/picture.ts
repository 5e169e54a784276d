/** What people have changed where a picture of the ledger is kept: fields of ours are reported, mail and phone are offered as an edit. */

import { contactCell } from './acts/contact';
import { parseAddress } from './addresses';
import { digestOf } from './audit';
import type { Intent, Lease, LogLine, OutboxRow, Task, TaskRow } from './book';
import { localDay } from './calendar';
import { e164 } from './phone';
import { type Decision, leaseById, type Run, type RunBook } from './run-book';
import type { LeaseStatus } from './status';
import { standingName } from './telling';
import { type Instant, type Key, key } from './values';
import { logLine } from './wishes';

/** A contact, deal, item or row there that is about one of our leases. */
export interface PictureRow {
  /** The vendor's id. */
  readonly id: string;
  /** Our lease id, as it stands in the field that holds our key; '' where a deletion tells the id of the row alone. */
  readonly leaseId: string;
  /** When it was changed last, by anybody: us too. */
  readonly changedAt: Instant;
  /** The resident's addresses as they are there; left out where they are not kept or not asked for. */
  readonly email?: string;
  readonly phone?: string;
  /** Fields that we own, by the vendor's name, in the words of {@link Picture.written}; one that was not read is left out. */
  readonly fields: Readonly<Record<string, string>>;
  /** It was deleted or archived there. */
  readonly gone?: true;
}

export interface Picture {
  readonly platform: string;
  readonly title: string;
  /** What a standing writes, by their field, as it reads back. */
  readonly written: (status: LeaseStatus) => Readonly<Record<string, string>>;
}

export interface PictureNews {
  /** Edits that wait for a person. */
  readonly offers: readonly Intent[];
  readonly tasks: readonly Task[];
  /** Reports that hold no longer: it reads there again as we wrote it. */
  readonly closed: Decision['closedTasks'];
  readonly log: readonly LogLine[];
}

/** Keys of offered edits begin so. */
export const OFFER = 'approval:offer:';

/** Clocks there and here, and the minutes that a run takes to write down what it has told. */
const SLACK_MS = 15 * 60_000;

export function pictureNews(
  book: RunBook,
  run: Run,
  outbox: readonly OutboxRow[],
  picture: Picture,
  rows: readonly PictureRow[],
): PictureNews {
  const told = toldOf(outbox, picture.platform);
  const open = openOf(book, picture.platform);
  const known = new Set(outbox.map((row) => row.key));
  const news = [...new Map(rows.map((row) => [row.leaseId, row])).values()].map((row): PictureNews => {
    const lease = leaseById(book, row.leaseId as Lease['id']);
    if (!lease) return NOTHING;
    return newsOf({
      book,
      run,
      picture,
      lease,
      row,
      told: told.get(lease.id) ?? NOTHING_TOLD,
      open: open.get(lease.id) ?? [],
    });
  });
  const offers = news.flatMap((each) => each.offers).filter((offer) => !known.has(offer.key));
  const names = new Set<Key | undefined>(offers.map((each) => each.key));
  return {
    offers,
    tasks: news.flatMap((each) => each.tasks),
    closed: news.flatMap((each) => each.closed),
    log: news.flatMap((each) => each.log).filter((line) => line.kind !== 'approval' || names.has(line.key)),
  };
}

const PICTURE = 'task:picture:';
const stemOf = (platform: string, lease: string): string => `${PICTURE}${platform}:${lease}:`;

/** What a task about a changed field is about. */
export function pictureOf(
  task: Pick<TaskRow, 'key'>,
): { readonly platform: string; readonly lease: string } | undefined {
  const match = /^task:picture:([^:]+):(.+):[^:]+:[^:]+$/.exec(task.key);
  return match ? { platform: match[1] ?? '', lease: match[2] ?? '' } : undefined;
}

function openOf({ tasks }: RunBook, platform: string): ReadonlyMap<string, readonly TaskRow[]> {
  const all = new Map<string, TaskRow[]>();
  for (const task of tasks) {
    const of = task.state === 'open' ? pictureOf(task) : undefined;
    if (of?.platform === platform) all.set(of.lease, [...(all.get(of.lease) ?? []), task]);
  }
  return all;
}

const NOTHING: PictureNews = { offers: [], tasks: [], closed: [], log: [] };

interface Told {
  /** What they are known to have, the newest first. */
  readonly sent: readonly OutboxRow[];
  /** What may have got there although no answer came back. */
  readonly tried: readonly OutboxRow[];
}

const NOTHING_TOLD: Told = { sent: [], tried: [] };

/** What each lease's row there may hold by us. */
function toldOf(outbox: readonly OutboxRow[], platform: string): ReadonlyMap<string, Told> {
  const all = new Map<string, { sent: OutboxRow[]; tried: OutboxRow[] }>();
  for (const row of outbox) {
    if (row.channel !== platform || !row.lease || !standingName(row.key)) continue;
    if (row.state !== 'sent' && row.attempts === 0) continue;
    const told = all.get(row.lease) ?? { sent: [], tried: [] };
    (row.state === 'sent' ? told.sent : told.tried).unshift(row);
    all.set(row.lease, told);
  }
  for (const { sent } of all.values()) sent.sort((a, b) => b.updatedAt - a.updatedAt || b.createdAt - a.createdAt);
  return all;
}

interface Look {
  readonly book: RunBook;
  readonly run: Run;
  readonly picture: Picture;
  readonly lease: Lease;
  readonly row: PictureRow;
  readonly told: Told;
  /** Reports about it that are open. */
  readonly open: readonly TaskRow[];
}

function newsOf(look: Look): PictureNews {
  const { row, told } = look;
  if (row.gone)
    return told.sent.length > 0 ? reported(look, 'gone', 'was deleted there', ['Its row there is gone.']) : NOTHING;
  const drifts = driftsOf(look);
  const mark = digestOf(JSON.stringify(drifts)).slice(0, 8);
  const field = reported(look, drifts.length > 0 ? mark : '', saysWhat(drifts), says(drifts));
  const offers = [...offerOf(look, 'Email', row.email), ...offerOf(look, 'Phone', row.phone)];
  return { ...field, offers, log: [...field.log, ...offers.map((offer) => offerLine(look, offer))] };
}

// ---------------------------------------------------------------- fields that are ours

interface FieldDrift {
  readonly field: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Written by us is what was told last, or what was told while it was read: indexes there lag behind. */
function driftsOf({ row, told, picture }: Look): readonly FieldDrift[] {
  const [last] = told.sent;
  if (!last || row.changedAt < last.updatedAt - SLACK_MS) return [];
  const isNow = ({ updatedAt }: OutboxRow) => updatedAt >= row.changedAt - SLACK_MS;
  const ours = [
    ...told.sent.filter((each) => each === last || isNow(each)),
    ...told.tried.filter((each) => each.updatedAt >= last.updatedAt || isNow(each)),
  ];
  const written = ours.map((each) => picture.written(each.payload as unknown as LeaseStatus));
  const [newest = {}] = written;
  return Object.entries(newest).flatMap(([field, value]) => {
    const theirs = row.fields[field];
    const isOurs = theirs === undefined || written.some((each) => each[field] === theirs);
    return isOurs ? [] : [{ field, ours: value, theirs }];
  });
}

const saysWhat = (drifts: readonly FieldDrift[]): string =>
  `has another ${drifts.map(({ field }) => field).join(', ')} there`;
const says = (drifts: readonly FieldDrift[]): readonly string[] =>
  drifts.map(
    ({ field, ours, theirs }) => `${field}: here ${ours || 'nothing'}, there ${theirs.slice(0, 80) || 'nothing'}.`,
  );

/**
 * One report for what differs now; without a `mark` none. It is told again when the ledger next has something to tell of the
 * lease, or when a person says so.
 */
function reported(look: Look, mark: string, what: string, lines: readonly string[]): PictureNews {
  const { book, run, picture, lease, row, open } = look;
  const stem = `${stemOf(picture.platform, lease.id)}${mark}:`;
  const isOpen = mark !== '' && open.some((task) => task.key.startsWith(stem));
  const outcome = mark === '' ? 'It reads there as the ledger has it.' : 'It reads otherwise by now.';
  const closed = open
    .filter((task) => !isOpen || !task.key.startsWith(stem))
    .map((task) => ({ key: task.key, outcome }));
  if (mark === '' || isOpen) return { ...NOTHING, closed };
  const property = book.properties.get(lease.property);
  const title = `${picture.title}: ${lease.id} ${what}`.slice(0, 200);
  const task: Task = {
    key: key(`${stem}${row.changedAt.toString(36)}`),
    lease: lease.id,
    property: lease.property,
    title,
    detail: `${lines.join(' ')} ${FIX}`.slice(0, 900),
    owner: property?.managerEmail || book.settings.digestTo,
    due: localDay(run.now, property?.zone ?? book.settings.zone),
  };
  const line = logLine(run, 'connection', `${title}: ${lines.join(' ')}`.slice(0, 900), {
    lease: lease.id,
    key: task.key,
  });
  return { offers: [], tasks: [task], closed, log: [line] };
}

const FIX = 'Tell this platform again what the ledger says: Connections, Differences, Fix.';

// ---------------------------------------------------------------- mail and phone

/** Something that can be used, other than it is here, and than was told there. */
function offerOf({ book, run, picture, lease, told }: Look, header: 'Email' | 'Phone', theirs = ''): readonly Intent[] {
  const [read, here] = [usable(header, theirs), usable(header, firstOf(lease, header))];
  if (read === '' || isSame(read, here) || isSame(read, toldThere(told, header))) return [];
  const act = { kind: 'contact', lease: lease.id, header, to: read, reason: `Changed in ${picture.title}` };
  const property = book.properties.get(lease.property);
  return [
    {
      key: key(`${OFFER}${picture.platform}:${lease.id}:${digestOf(`${header}:${here}:${read}`).slice(0, 12)}`),
      channel: 'ledger',
      kind: 'approval',
      lease: lease.id,
      property: lease.property,
      to: property?.managerEmail || 'a person',
      subject: `${header === 'Email' ? 'Mail address' : 'Phone'} of ${lease.id} is ${read} in ${picture.title}`,
      payload: { act, by: picture.platform, amountCents: 0 },
      notBefore: run.now,
      waitsForRelease: true,
      because: { rule: 'always' },
      urgency: 9,
    },
  ];
}

const firstOf = (lease: Lease, header: 'Email' | 'Phone'): string =>
  header === 'Email' ? (lease.emails[0] ?? '') : contactCell(lease, header);

const toldThere = ({ sent: [last] }: Told, header: 'Email' | 'Phone'): string =>
  usable(header, String(last?.payload[header === 'Email' ? 'email' : 'phone'] ?? ''));

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** One way to write each; '' for what cannot be used. */
function usable(header: 'Email' | 'Phone', text: string): string {
  if (header === 'Phone') {
    const read = e164(text);
    return 'number' in read ? read.number : '';
  }
  const read = parseAddress(text);
  return 'address' in read ? read.address : '';
}

const offerLine = ({ run, lease }: Look, offer: Intent): LogLine =>
  logLine(run, 'approval', `${offer.subject}: it waits for a person`, { lease: lease.id, key: offer.key });
