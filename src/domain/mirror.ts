/** What books kept elsewhere must be told after a decision: the state of every charge, payment and credit that it touched. */
import { digestOf } from './audit';
import { DEPOSIT, type Entry, type Intent, type Item, type Lease, type LeaseState, type OpenCharge } from './book';
import {
  type BookCustomer,
  type CreditWish,
  creditNumber,
  type InvoiceWish,
  invoiceNumber,
  type PaymentWish,
  paymentNumber,
} from './books';
import { localDay } from './calendar';
import { ZERO } from './money';
import { type Decision, leaseById, NOTHING, type Run, type RunBook, stateOf } from './run-book';
import { customerAt } from './telling';
import { type Cents, type Currency, type Day, type Key, key, type LeaseId } from './values';
import { URGENCY } from './wishes';

/** Books that are kept in step: charges that fall due from a day on, and all that happens to them. */
export interface Mirror {
  readonly platform: string;
  readonly from: Day;
}

type Wish =
  | { readonly kind: 'invoice'; readonly wish: InvoiceWish }
  | { readonly kind: 'payment'; readonly wish: PaymentWish }
  | { readonly kind: 'credit'; readonly wish: CreditWish };

/** A wish with the entry that caused it: the same entry never asks twice. */
type Caused = Wish & { readonly cause: Key; readonly charge: Key; readonly source?: Key };

interface Scene {
  readonly book: RunBook;
  readonly decision: Decision;
  readonly lease: Lease;
  readonly before: LeaseState;
  readonly after: LeaseState;
}

/** `states` are the leases' states after the decision. Nothing is told of deposits: they are a liability, not rent. */
export function mirrored(
  book: RunBook,
  states: ReadonlyMap<LeaseId, LeaseState>,
  run: Run,
  decision: Decision,
): readonly Intent[] {
  const mirrors = book.mirrors ?? [];
  if (mirrors.length === 0 || decision.entries.length === 0) return [];
  const byLease = new Map<LeaseId, Entry[]>();
  for (const entry of decision.entries) byLease.set(entry.lease, [...(byLease.get(entry.lease) ?? []), entry]);
  return [...byLease].flatMap(([id, entries]) => {
    const lease = leaseById(book, id);
    const after = states.get(id);
    if (!lease || !after) return [];
    const scene: Scene = { book, decision, lease, before: stateOf(book, id), after };
    const wishes = latest(entries.flatMap((entry) => causedBy(scene, entry)));
    return mirrors.flatMap((mirror) =>
      wishes.filter((each) => isMirrored(scene, mirror, each)).map((each) => intentOf(scene, run, mirror, each)),
    );
  });
}

/** One entry may follow another in the same decision: the last word holds. */
function latest(wishes: readonly Caused[]): readonly Caused[] {
  const byNumber = new Map<string, Caused>();
  for (const each of wishes) {
    byNumber.delete(each.wish.number);
    byNumber.set(each.wish.number, each);
  }
  return [...byNumber.values()].sort((a, b) => order(a) - order(b));
}

/** An invoice before what lies on it; but one that is taken back only after that is gone. */
const order = ({ kind, wish }: Caused): number => (kind === 'invoice' ? (wish.gone ? 2 : 0) : 1);

function causedBy(scene: Scene, entry: Entry): readonly Caused[] {
  switch (entry.kind) {
    case 'charge':
      return invoiceOf(scene, entry.key, entry.key, false);
    case 'due':
      return invoiceOf(scene, entry.about, entry.key, false);
    case 'credit':
      if (entry.type === 'adjustment' && takesBack(entry.items)) return wholeOf(scene, entry.items, entry.key, true);
      return entry.items.flatMap((item) => coverOf(scene, entry.key, item, entry, true));
    case 'reversal':
      // Whether it was an adjustment or a waiver no longer shows: the invoice stands, and no credit of it does.
      if (isCreditReason(entry.reason) && takesBack(entry.items))
        return [
          ...wholeOf(scene, entry.items, entry.key, false),
          ...entry.items.flatMap((item) => coverOf(scene, entry.receipt, item, entry, true)),
        ];
      return entry.items.flatMap((item) => coverOf(scene, entry.receipt, item, entry, isCreditReason(entry.reason)));
    case 'receipt':
    case 'reinstatement':
    case 'allocation':
      return entry.items.flatMap((item) => coverOf(scene, entry.receipt, item, entry, false));
    default:
      return [];
  }
}

const isCreditReason = (reason: string): boolean => reason.endsWith('undone');

/** An adjustment of a whole charge says that it was entered in error: its invoice is voided, and no credit note is made. */
const takesBack = (items: readonly Item[]): boolean =>
  items.length === 1 && items.every((item) => item.amountCents === item.ofCents);

const wholeOf = (scene: Scene, items: readonly Item[], cause: Key, gone: boolean): readonly Caused[] =>
  items.flatMap((item) => invoiceOf(scene, item.charge, cause, gone));

const chargeIn = (state: LeaseState, charge: Key): OpenCharge | undefined =>
  state.charges.find((each) => each.key === charge);

function invoiceOf(scene: Scene, charge: Key, cause: Key, gone: boolean): readonly Caused[] {
  const found = chargeIn(scene.after, charge) ?? chargeIn(scene.before, charge);
  if (!found || found.type === DEPOSIT) return [];
  const { property, unit } = scene.lease;
  const wish: InvoiceWish = {
    number: invoiceNumber(charge),
    customer: customerOf(scene.lease),
    currency: currencyOf(scene),
    amountCents: found.totalCents,
    // Dated the day it falls due, whatever asks for it: another day would move an invoice that is there.
    day: found.due,
    due: found.due,
    type: found.type,
    description: `${found.type}, ${property} ${unit}, due ${found.due}`.replace(/\s+/g, ' '),
    gone,
  };
  return [{ kind: 'invoice', wish, cause, charge }];
}

/** The money or credit of one source on one charge, as it stands after the decision. */
function coverOf(
  scene: Scene,
  source: Key,
  item: Pick<Item, 'charge' | 'type' | 'amountCents'>,
  entry: Pick<Entry, 'key' | 'day' | 'why'>,
  credit: boolean,
): readonly Caused[] {
  if (item.type === DEPOSIT) return [];
  const cover = chargeIn(scene.after, item.charge)?.covers.find((each) => each.source === source);
  const was = chargeIn(scene.before, item.charge)?.covers.find((each) => each.source === source);
  const isCredit = cover?.credit ?? was?.credit ?? credit;
  const gone = cover === undefined;
  const amountCents = (cover ?? was)?.amountCents ?? (Math.abs(item.amountCents) as Cents);
  const shared = {
    customer: customerOf(scene.lease),
    currency: currencyOf(scene),
    amountCents,
    day: (cover ?? was)?.on ?? entry.day,
    invoice: invoiceNumber(item.charge),
    gone,
  };
  if (isCredit) {
    const wish: CreditWish = { ...shared, number: creditNumber(source, item.charge), reason: entry.why.slice(0, 200) };
    return [{ kind: 'credit', wish, cause: entry.key, charge: item.charge, source }];
  }
  const seen = seenAs(scene, source);
  const wish: PaymentWish = { ...shared, number: paymentNumber(source, item.charge), ...seen };
  return [{ kind: 'payment', wish, cause: entry.key, charge: item.charge, source }];
}

/**
 * A charge that one credit has taken back whole: entered in error, or waived. Whether these books have it voided, with a credit
 * note, or not at all, it comes to the same.
 */
export const comesToNothing = (charge: OpenCharge | undefined): boolean =>
  charge !== undefined && charge.openCents === 0 && charge.covers.length === 1 && charge.covers[0]?.credit === true;

/** What the ledger says now of one lease's charges and of what lies on them. */
function standing(
  book: RunBook,
  run: Run,
  lease: Lease,
): { readonly scene: Scene; readonly wishes: readonly Caused[] } {
  const state = stateOf(book, lease.id);
  const scene: Scene = { book, decision: NOTHING, lease, before: state, after: state };
  const entry = { key: key(`again:${run.id}`), day: localDay(run.now, book.settings.zone), why: 'told again' };
  const wishes = state.charges.flatMap((charge) => [
    ...invoiceOf(scene, charge.key, entry.key, false),
    ...charge.covers.flatMap((cover) =>
      coverOf(scene, cover.source, { charge: charge.key, type: charge.type, amountCents: ZERO }, entry, false),
    ),
  ]);
  return { scene, wishes };
}

/** What books would be told of one lease now, were it all new to them: for a dry run. */
export function wishesToday(book: RunBook, run: Run, platform: string, id: LeaseId): readonly Intent[] {
  const lease = leaseById(book, id);
  if (!lease) return [];
  const { scene, wishes } = standing(book, run, lease);
  return wishes.map((each) => intentOf(scene, run, { platform, from: lease.start }, each)).reverse();
}

/**
 * The wish for something that these books lack, or have otherwise: the state that the ledger has now. Undefined for a number
 * that no charge of the ledger stands behind any more.
 */
export function toldAgain(book: RunBook, run: Run, mirror: Mirror, number: string): Intent | undefined {
  for (const lease of book.leases) {
    const { scene, wishes } = standing(book, run, lease);
    const found = wishes.find((each) => each.wish.number === number);
    if (found) return isMirrored(scene, mirror, found) ? intentOf(scene, run, mirror, found) : undefined;
  }
  return undefined;
}

/**
 * The wishes for all that these books were never told of: charges from their first day on that were posted before they were
 * connected, or while they were not, with what lies on them. `known` are the names of what they were told.
 */
export function toldFirst(
  book: RunBook,
  run: Run,
  mirror: Mirror,
  known: ReadonlySet<string | undefined>,
): readonly Intent[] {
  return book.leases
    .flatMap((lease) => {
      const { scene, wishes } = standing(book, run, lease);
      return wishes
        .filter((each) => isMirrored(scene, mirror, each) && !comesToNothing(chargeIn(scene.after, each.charge)))
        .map((each) => intentOf(scene, run, mirror, each));
    })
    .filter((intent) => !known.has(booksName(intent.key)));
}

function seenAs({ book, decision }: Scene, receipt: Key): Pick<PaymentWish, 'source' | 'reference'> {
  const row =
    decision.receipts.find((each) => each.key === receipt) ?? book.receipts.find((each) => each.key === receipt);
  if (row) return { source: row.source, reference: row.externalId };
  const [source = '', ...rest] = receipt.split(':');
  return { source, reference: rest.join(':') };
}

/** A payment that was seen in these very books is there already: telling them of it would double it. */
const isEcho = ({ platform }: Mirror, source: Key | undefined): boolean => source?.startsWith(`${platform}:`) ?? false;

/** They have leases of their own: charges of others would only be refused there, one by one. */
const PROPERTY_SYSTEMS: readonly string[] = ['yardi-breeze', 'appfolio', 'rentmanager'];

/**
 * True where these books keep this lease's charges: as its property says, and where that says nothing, all books that are
 * connected; a property system then keeps those leases alone that are linked to one of its own.
 */
export function keeps(book: RunBook, { platform }: Mirror, { id, property: name }: Lease): boolean {
  const property = book.properties.get(name);
  if (!property) return false;
  const isItsOwn = !PROPERTY_SYSTEMS.includes(platform) || customerAt(book, id, platform) !== '';
  return property.books?.includes(platform) ?? isItsOwn;
}

function isMirrored(scene: Scene, mirror: Mirror, { charge, source, kind }: Caused): boolean {
  if (!keeps(scene.book, mirror, scene.lease)) return false;
  const due = (chargeIn(scene.after, charge) ?? chargeIn(scene.before, charge))?.due;
  return due !== undefined && due >= mirror.from && !(kind === 'payment' && isEcho(mirror, source));
}

function intentOf({ book, lease }: Scene, run: Run, { platform }: Mirror, { kind, wish, cause }: Caused): Intent {
  const id = customerAt(book, lease.id, platform);
  return {
    key: key(`books:${platform}:${wish.number}:${digestOf(cause).slice(0, 8)}`),
    channel: platform,
    kind,
    lease: lease.id,
    property: lease.property,
    to: wish.customer.name,
    subject: `${kind} ${wish.number}${wish.gone ? ' taken out' : ''}`,
    payload: { ...wish, ...(id ? { customer: { ...wish.customer, id } } : {}) },
    notBefore: run.now,
    waitsForRelease: false,
    because: { rule: 'always' },
    urgency: kind === 'invoice' && !wish.gone ? URGENCY.invoice : URGENCY.books,
  };
}

/** Everything about one invoice, payment or credit bears this name, whatever asked for it. */
export const booksName = (effect: Key): string | undefined => /^books:[^:]+:[^:]+/.exec(effect)?.[0];

const currencyOf = ({ book, lease }: Scene): Currency =>
  book.properties.get(lease.property)?.currency ?? book.settings.currency;

const NAME_MAX = 90;

/** Names in books are unique, so the lease id is part of it; colons and line ends are refused by some. */
export const customerName = (residents: string, id: LeaseId): string =>
  `${plainName(residents).slice(0, NAME_MAX - id.length - 3)} (${id})`.trim();

const plainName = (residents: string): string => residents.replace(/[:\s]+/g, ' ').trim();

export function customerOf(lease: Lease): BookCustomer {
  const plain = plainName(lease.residents);
  const [email] = lease.emails;
  return {
    leaseId: lease.id,
    name: customerName(lease.residents, lease.id),
    residents: plain || lease.id,
    ...(email ? { email } : {}),
    ...(lease.phone ? { phone: lease.phone } : {}),
    property: lease.property,
    unit: lease.unit,
  };
}
