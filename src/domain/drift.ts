/** Where a platform and the ledger differ: what one has and the other lacks, and amounts and states that are not the same. */
import type { Lease, LeaseState, OpenCharge, PaymentSeen, ReceiptRow } from './book';
import { DEPOSIT } from './book';
import { creditNumber, invoiceNumber, paymentNumber } from './books';
import { addDays } from './calendar';
import { moneyText } from './fee-words';
import { comesToNothing, keeps, type Mirror } from './mirror';
import { minus, sum, ZERO } from './money';
import { stateAfter } from './receipt-row';
import { restated } from './restated';
import { leaseById, type RunBook } from './run-book';
import type { Cents, Currency, Day, Instant, LeaseId } from './values';

export type DriftKind = 'missing here' | 'missing there' | 'amount differs' | 'state differs';

export interface Drift {
  readonly kind: DriftKind;
  /** The vendor's id of a payment, or our number of an invoice, payment or credit. */
  readonly about: string;
  /** `payment`, `invoice`, ... in the words of the sentence. */
  readonly thing: string;
  readonly lease?: LeaseId;
  readonly here: string;
  readonly there: string;
  /** `read again` reads the platform anew; `tell again` tells these books what the ledger says; `look`: a person decides. */
  readonly fix: 'read again' | 'tell again' | 'look';
}

export interface Compared {
  readonly drifts: readonly Drift[];
  readonly count: number;
  /** Money of the period here and there, by currency. */
  readonly here: ReadonlyMap<Currency, Cents>;
  readonly there: ReadonlyMap<Currency, Cents>;
}

const add = (totals: Map<Currency, Cents>, currency: Currency, amount: Cents): void => {
  totals.set(currency, ((totals.get(currency) ?? 0) + amount) as Cents);
};

// ---------------------------------------------------------------- payments seen at a platform

/** A person has set it aside: what its source says of it no longer matters to the ledger. */
const ASIDE: readonly string[] = ['not rent', 'taken back', 'split'];

/** Payments of the period as the platform has them now, against the rows of the Receipts tab. */
export function comparePayments(seen: readonly PaymentSeen[], rows: readonly ReceiptRow[], since: Instant): Compared {
  const here = new Map<Currency, Cents>();
  const there = new Map<Currency, Cents>();
  const known = new Map(rows.map((row) => [row.key, row]));
  // As the books would take it now: what was corrected or voided there stands here with what went back.
  const stated = seen.flatMap((each) => restated(each, known, since));
  const told = new Map(stated.filter((each) => each.initiatedAt >= since).map((each) => [each.key, each]));
  const drifts: Drift[] = [];
  for (const payment of told.values()) {
    const row = known.get(payment.key);
    if (payment.state === 'settled') add(there, payment.currency, netOf(payment));
    if (row) drifts.push(...paymentDrift(payment, row));
    else if (payment.state !== 'failed')
      drifts.push({
        kind: 'missing here',
        about: payment.externalId,
        thing: 'payment',
        here: '',
        there: `${payment.state}, ${moneyText(payment.amountCents, payment.currency)}`,
        fix: 'read again',
      });
  }
  for (const row of rows) {
    if (row.initiatedAt < since || row.state === 'failed' || row.state === 'taken back') continue;
    if (row.state !== 'pending') add(here, row.currency, minus(row.amountCents, row.reversedCents));
    // What went back whole is nothing on either side: a bank or a bookkeeper takes such an entry off its list.
    if (told.has(row.key) || row.reversedCents >= row.amountCents) continue;
    drifts.push({
      kind: 'missing there',
      about: row.externalId,
      thing: 'payment',
      ...(row.lease ? { lease: row.lease } : {}),
      here: `${row.state}, ${moneyText(row.amountCents, row.currency)}`,
      there: '',
      fix: 'look',
    });
  }
  return { drifts, count: told.size, here, there };
}

const netOf = (payment: PaymentSeen): Cents =>
  minus(
    payment.amountCents,
    sum(payment.reversals.filter((each) => each.state !== 'won').map((each) => each.amountCents)),
  );

function paymentDrift(payment: PaymentSeen, row: ReceiptRow): readonly Drift[] {
  const shared = {
    about: payment.externalId,
    thing: 'payment',
    ...(row.lease ? { lease: row.lease } : {}),
    fix: 'read again' as const,
  };
  if (payment.amountCents !== row.amountCents)
    return [
      {
        ...shared,
        kind: 'amount differs',
        here: moneyText(row.amountCents, row.currency),
        there: moneyText(payment.amountCents, payment.currency),
      },
    ];
  if (ASIDE.includes(row.state)) return [];
  const state = payment.state === 'settled' ? stateAfter(payment) : payment.state;
  // A payment that settled and then failed at its source stands here as returned.
  const isSame = state === row.state || (state === 'failed' && row.state === 'returned');
  return isSame ? [] : [{ ...shared, kind: 'state differs', here: row.state, there: state }];
}

// ---------------------------------------------------------------- books kept elsewhere

/** Something of ours as other books have it. */
export interface BookedThere {
  readonly kind: 'invoice' | 'payment' | 'credit';
  readonly number: string;
  readonly amountCents: Cents;
  readonly openCents?: Cents;
  /** Our number of the invoice it lies on, where these books tell. */
  readonly on?: string;
  readonly currency: Currency;
  readonly gone: boolean;
}

interface Booked extends BookedThere {
  readonly lease: LeaseId;
  /** For an invoice that is wholly credited: it may be voided there just as well, for that says the same. */
  readonly orVoided?: true;
  /** The invoice that it lies on. */
  readonly invoice?: string;
}

/** What these books ought to hold of the charges that fell due from a day on, and of what lies on them. */
export function bookedHere(book: RunBook, mirror: Mirror, since: Day, until: Day): readonly Booked[] {
  const first = mirror.from > since ? mirror.from : since;
  return [...book.states.values()].flatMap((state) => {
    const lease = leaseById(book, state.lease);
    if (!lease || !keeps(book, mirror, lease)) return [];
    return state.charges
      .filter((charge) => charge.type !== DEPOSIT && charge.due >= first && charge.due <= until)
      .flatMap((charge) => bookedFor(book, mirror, lease, state, charge));
  });
}

function bookedFor(
  book: RunBook,
  mirror: Mirror,
  lease: Lease,
  state: LeaseState,
  charge: OpenCharge,
): readonly Booked[] {
  const currency = book.properties.get(lease.property)?.currency ?? book.settings.currency;
  const shared = { lease: state.lease, currency, gone: false };
  const covers = charge.covers.map((cover): Booked | undefined => {
    if (cover.credit)
      return {
        ...shared,
        kind: 'credit',
        number: creditNumber(cover.source, charge.key),
        amountCents: cover.amountCents,
      };
    if (cover.source.startsWith(`${mirror.platform}:`)) return undefined;
    return {
      ...shared,
      kind: 'payment',
      number: paymentNumber(cover.source, charge.key),
      amountCents: cover.amountCents,
    };
  });
  const invoice: Booked = {
    ...shared,
    kind: 'invoice',
    number: invoiceNumber(charge.key),
    amountCents: charge.totalCents,
    openCents: charge.openCents,
  };
  // A charge that was entered in error is voided there, one that was waived has a credit note: both come to nothing.
  const isNothing = comesToNothing(charge);
  const lies = covers.flatMap((each) => (each ? [{ ...each, invoice: invoice.number }] : []));
  if (!isNothing) return [invoice, ...lies];
  return [{ ...invoice, orVoided: true }, ...lies.map((each) => ({ ...each, orVoided: true as const }))];
}

/** `waiting` are numbers that something in the Outbox is about: they are on their way. */
export function compareBooks(
  here: readonly Booked[],
  there: readonly BookedThere[],
  waiting: ReadonlySet<string>,
): Compared {
  const found = new Map(there.map((each) => [each.number, each]));
  const totals = { here: new Map<Currency, Cents>(), there: new Map<Currency, Cents>() };
  const drifts: Drift[] = [];
  const wanted = new Set<string>();
  for (const ours of here) {
    wanted.add(ours.number);
    const theirs = found.get(ours.number);
    const invoice = found.get(ours.invoice ?? ours.number);
    const isVoided = ours.orVoided === true && (invoice === undefined || invoice.gone);
    if (ours.kind === 'invoice' && !isVoided) add(totals.here, ours.currency, ours.amountCents);
    if (ours.kind === 'invoice' && theirs && !theirs.gone) add(totals.there, theirs.currency, theirs.amountCents);
    if (isWaiting(ours, here, waiting)) continue;
    const drift = isVoided ? undefined : bookDrift(ours, theirs);
    if (drift) drifts.push(drift);
  }
  // What lies on the invoice of another period is compared with that one, not here.
  const isElsewhere = ({ on }: BookedThere) => on !== undefined && !wanted.has(on);
  for (const theirs of there)
    if (isStray(theirs) && !isElsewhere(theirs) && !wanted.has(theirs.number) && !waiting.has(theirs.number))
      drifts.push({
        kind: 'missing here',
        about: theirs.number,
        thing: theirs.kind,
        here: '',
        there: moneyText(theirs.amountCents, theirs.currency),
        fix: 'look',
      });
  return { drifts, count: here.length, ...totals };
}

/** An invoice that no charge of the period wants may be that of a charge before it. */
const isStray = ({ gone, kind }: BookedThere): boolean => !gone && kind !== 'invoice';

/** It is on its way itself, or something that lies on it is. */
const isWaiting = (ours: Booked, here: readonly Booked[], waiting: ReadonlySet<string>): boolean =>
  waiting.size > 0 &&
  (waiting.has(ours.number) || here.some((each) => each.invoice === ours.number && waiting.has(each.number)));

function bookDrift(ours: Booked, theirs: BookedThere | undefined): Drift | undefined {
  const shared = { about: ours.number, thing: ours.kind, lease: ours.lease, fix: 'tell again' as const };
  const amount = moneyText(ours.amountCents, ours.currency);
  if (!theirs) return { ...shared, kind: 'missing there', here: amount, there: '' };
  if (theirs.gone) return { ...shared, kind: 'state differs', here: amount, there: 'voided or deleted' };
  if (theirs.amountCents !== ours.amountCents)
    return { ...shared, kind: 'amount differs', here: amount, there: moneyText(theirs.amountCents, theirs.currency) };
  const [open, openThere] = [ours.openCents ?? ZERO, theirs.openCents ?? ours.openCents ?? ZERO];
  if (open === openThere) return undefined;
  const words = (cents: Cents) => `${moneyText(cents, ours.currency)} open`;
  return { ...shared, kind: 'state differs', here: words(open), there: words(openThere) };
}

/** What a person reads: `QuickBooks: invoice RL-… is missing there`. */
export function driftTitle(platform: string, { kind, thing, about }: Drift): string {
  const is: Readonly<Record<DriftKind, string>> = {
    'missing here': 'is missing here',
    'missing there': 'is missing there',
    'amount differs': 'has another amount there',
    'state differs': 'stands otherwise there',
  };
  return `${platform}: ${thing} ${about} ${is[kind]}`;
}

const FIXES: Readonly<Record<Drift['fix'], string>> = {
  'read again': 'Read it again: Connections, Differences, Fix.',
  'tell again': 'Tell these books again what the ledger says: Connections, Differences, Fix.',
  look: 'Look at both, and correct the one that is wrong.',
};

export const driftDetail = ({ here, there, fix }: Drift): string =>
  `Here: ${here || 'nothing'}. There: ${there || 'nothing'}. ${FIXES[fix]}`;

/** Money and credit that lay there so many days before the charge fell due are found with its invoice. */
export const AHEAD_DAYS = 92;

/** The nightly comparison looks so many days back: most returns and corrections come within them. */
export const DRIFT_DAYS = 35;
export const driftSince = (today: Day): Day => addDays(today, -DRIFT_DAYS);
