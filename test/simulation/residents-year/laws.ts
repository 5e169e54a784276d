/** What must hold at each midnight of the residents' year, whatever happened: from first principles, and by the model's own diary. */

import { askApi } from '../../../local/cli/api';
import { decoded } from '../../story/resident-life';
import { tabOf, verdictOf } from '../../worlds';
import { wallClock } from '../days';
import { type BookJson, type EntryJson, minor } from '../evidence';
import { mailsOf } from '../mail-checks';
import type { Diary } from './diary';
import { HOMES, type Home } from './house';
import { leaksIn } from './page';
import { type Payment, paymentsIn, total } from './truth';

export interface Look {
  readonly diary: Diary;
  readonly book: BookJson;
  readonly payments: readonly Payment[];
}

export const look = (diary: Diary): Look => ({
  diary,
  book: askApi<BookJson>(diary.scene.world, 'exportBook'),
  payments: paymentsIn(diary.scene.world),
});

export const centsOf = (entry: EntryJson): number => minor(entry.amount, 'USD');
export const entriesOf = ({ book }: Look, home: Home): readonly EntryJson[] =>
  book.entries.filter((entry) => entry.lease === home.id);

function twice(what: string, names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return names.flatMap((name) => (seen.has(name) || !seen.add(name) ? [`${what} ${name} is there twice`] : []));
}

// ---------------------------------------------------------------- balances

const balances = (at: Look): readonly string[] =>
  HOMES.flatMap((home) => {
    const written = total(entriesOf(at, home).map(centsOf));
    const told = minor(at.book.leases.find(({ id }) => id === home.id)?.balance ?? 'NaN', 'USD');
    return written === told ? [] : [`${home.id}: entries come to ${written}, the balance is ${told}`];
  });

/** No receipt without a payment, none of another lease's, none of another amount. */
const receipts = ({ book, payments }: Look): readonly string[] => {
  const known = new Map(payments.map((each) => [each.key, each]));
  return book.receipts.flatMap((row) => {
    if (row.key.startsWith('manual:')) return [];
    const payment = known.get(row.key);
    if (!payment) return [`receipt ${row.key} has no payment`];
    return row.lease === payment.lease ? [] : [`payment ${row.key} of ${payment.lease} went to ${row.lease}`];
  });
};

// ---------------------------------------------------------------- mails

const DEMANDS = /^email:(due-today|late|late-second|final-notice):(.*)$/;

interface Demand {
  readonly home: Home;
  readonly key: string;
  readonly charge: string;
  readonly atMs: number;
  readonly day: string;
  /** What its subject says is owed, in minor units. */
  readonly cents: number;
}

/** Each mail once, to its own lease, with nothing of another one. Gives what asks for money. */
function mails(
  at: Look,
  fromMail: number,
): { readonly faults: readonly string[]; readonly demands: readonly Demand[] } {
  const { world } = at.diary.scene;
  const rows = new Map(tabOf(world, 'Outbox').map((row) => [row.Key, row]));
  const faults: string[] = [
    ...twice(
      'mail',
      mailsOf(world).map(({ key }) => key),
    ),
  ];
  const demands: Demand[] = [];
  const subjects = world.mailbox.filter(({ labelIds }) => labelIds.includes('SENT')).map(({ subject }) => subject);
  for (const [at, { key, to, atMs }] of mailsOf(world).entries()) {
    if (at < fromMail) continue;
    const home = HOMES.find(({ people }) => people.some(({ email }) => to.includes(email)));
    if (!home) continue;
    const { id, zone } = home;
    const row = rows.get(key);
    if (row?.['Lease ID'] !== id) faults.push(`${key} of ${row?.['Lease ID']} went to ${to} of ${id}`);
    const [, , about = ''] = DEMANDS.exec(key) ?? [];
    const cents = Math.round(Number(/[$£]([\d,]+\.\d\d)/.exec(subjects[at] ?? '')?.[1]?.replace(/,/g, '')) * 100);
    const charge = `rent:${about.split('|')[0]}`;
    if (about) demands.push({ home, key, atMs, charge, day: wallClock(atMs, zone).day, cents });
  }
  for (const { to, raw } of world.mailbox.slice(fromMail)) {
    const home = HOMES.find(({ people }) => people.some(({ email }) => to.includes(email)));
    if (home) for (const leak of leaksIn(decoded(raw), home)) faults.push(`a mail to ${to} shows ${leak}`);
  }
  return { faults, demands };
}

/** Nobody is asked for a line that is disputed, promised by a day to come, or in a plan that runs. */
function restFaults({ diary, book }: Look, { home, key, charge, atMs, day }: Demand): readonly string[] {
  const rest = diary.rests.find(
    (each) =>
      each.lease === home.id && each.charges.includes(charge) && each.fromMs < atMs && atMs < restEnd(book, each),
  );
  const due = book.entries.find((entry) => entry.key === charge)?.due ?? '';
  // What a person has let go is not held by what the resident has promised.
  const isReleased = book.entries.some((entry) => entry.kind === 'release' && entry.key === `release:${key}`);
  const promise = diary.promises.find(
    (each) =>
      !isReleased &&
      each.lease === home.id &&
      each.fromMs < atMs &&
      atMs < each.endedMs &&
      due !== '' &&
      due <= each.given &&
      day <= each.until,
  );
  return [
    ...(rest ? [`${key} left although ${charge} rests: ${rest.why} since ${new Date(rest.fromMs).toISOString()}`] : []),
    ...(promise ? [`${key} left although it is promised by ${promise.until}`] : []),
  ];
}

const CLOSED: readonly string[] = ['defaulted', 'ended', 'finished', 'withdrawn', 'declined'];

/** A plan is over by its own rule or by a person's word, as its row says; whether rightly is asked apart. */
export const restEnd = (book: BookJson, { why, about, untilMs }: Diary['rests'][number]): number => {
  if (why !== 'plan') return untilMs;
  const closing = book.entries.find(
    (entry) => entry.kind === 'plan' && entry.about === about && CLOSED.includes(entry.type),
  );
  return Math.min(untilMs, closing ? Date.parse(closing.postedAt) : Number.POSITIVE_INFINITY);
};

/** What was due and posted at a moment, less credits and the money that the ledger knew of, pending or settled. */
export function owedAt(at: Look, home: Home, atMs: number, day: string, knownBefore = atMs): number {
  const debts = entriesOf(at, home).filter(
    (entry) =>
      ['charge', 'credit'].includes(entry.kind) &&
      Date.parse(entry.postedAt) <= atMs &&
      (entry.kind === 'credit' || (entry.due ?? entry.day) <= day),
  );
  const known = at.payments.filter(
    (each) =>
      each.lease === home.id &&
      each.state !== 'failed' &&
      (at.diary.knownMs.get(each.key) ?? Number.POSITIVE_INFINITY) <= knownBefore,
  );
  const back = known.flatMap((each) => each.back).filter((each) => each.atMs <= atMs);
  return total(debts.map(centsOf)) - total(known.map(({ cents }) => cents)) + total(back.map(({ cents }) => cents));
}

function paidFaults(at: Look, { home, key, atMs, day }: Demand): readonly string[] {
  const owed = owedAt(at, home, atMs, day);
  return owed > 0 ? [] : [`${key} left on ${day} although the ledger knew of ${-owed} more than was due`];
}

/**
 * A demand names what the ledger has, to the cent: all that is open, for nothing is posted before it is due. Where a part of it rests,
 * it may be less. The first one, of the day itself, names its own line alone.
 */
function namedFaults(at: Look, { home, key, atMs, cents }: Demand): readonly string[] {
  const posted = entriesOf(at, home).filter((entry) => Date.parse(entry.postedAt) <= atMs);
  const owed = total(posted.map(centsOf));
  const rests = at.diary.rests.some(
    (each) => each.lease === home.id && each.fromMs - DAY_MS < atMs && atMs < each.untilMs + DAY_MS,
  );
  const isExact = !rests && !key.startsWith('email:due-today:');
  return cents === owed || (!isExact && cents < owed) ? [] : [`${key} asks for ${cents}, the ledger has ${owed}`];
}

const DAY_MS = 86_400_000;

// ---------------------------------------------------------------- fees

/** No late fee on a line while it is disputed, or in a plan that pauses fees. */
const fees = (at: Look): readonly string[] =>
  at.book.entries.flatMap((entry) => {
    if (entry.kind !== 'charge' || entry.type !== 'late fee') return [];
    const atMs = Date.parse(entry.postedAt);
    const rest = at.diary.rests.find(
      (each) => each.charges.includes(entry.about ?? '') && each.fromMs < atMs && atMs < restEnd(at.book, each),
    );
    return rest ? [`${entry.key} was charged although ${entry.about} rests: ${rest.why}`] : [];
  });

// ---------------------------------------------------------------- all together

/** How a lease stands is the whole of it each time: after a month's close, which forgets what was told, it may be told again. */
const PICTURE = /^standing:/;

/** A lease whose change would repeat a row of the ledger is left out whole: its day waits for a person, and none ever comes. */
const leftOut = ({ scene: { world } }: Diary): readonly string[] =>
  tabOf(world, 'Log').flatMap(({ Kind, What = '' }) =>
    Kind === 'problem' && What.includes('is already in the Ledger') ? [What] : [],
  );

/** `fromMail`: how many mails had left at the look before this one. */
export function midnight(diary: Diary, fromMail: number): readonly string[] {
  const at = look(diary);
  const { faults, demands } = mails(at, fromMail);
  const found = [
    ...balances(at),
    ...receipts(at),
    ...twice(
      'entry',
      at.book.entries.map(({ key }) => key),
    ),
    ...twice(
      'receipt',
      at.book.receipts.map(({ key }) => key),
    ),
    ...twice(
      'effect',
      at.book.outbox.map(({ key }) => key).filter((key) => !PICTURE.test(key)),
    ),
    ...twice(
      'request',
      tabOf(diary.scene.world, 'Requests').map(({ Key = '' }) => Key),
    ),
    ...faults,
    ...demands.flatMap((demand) => [...restFaults(at, demand), ...paidFaults(at, demand), ...namedFaults(at, demand)]),
    ...fees(at),
    ...leftOut(diary),
    ...verdictOf(diary.scene.world).problems,
    ...diary.trouble.splice(0),
  ];
  for (const { key } of at.book.receipts) if (!diary.knownMs.has(key)) diary.knownMs.set(key, diary.scene.now);
  return found;
}
