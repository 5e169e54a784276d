/** What a resident may pay by a page, and through whom: the lease's word on parts, a notice that runs, the property's processor. */
import type { Account } from './account';
import { owedFor } from './autopay';
import type { OutboxRow, Property } from './book';
import { addDays } from './calendar';
import { isAutopay } from './collectors';
import { least, minus, parseAmount, sum, ZERO } from './money';
import { unseenCents } from './on-its-way';
import type { DuringNotice } from './paying';
import { pendingCents, rowsOfLease, type Settings } from './run-book';
import { payableOn, unpaidOn } from './standing';
import type { Cents, Currency, Day } from './values';

/** Processors that make pages to pay on. */
export const PAY_BY = ['stripe', 'paypal', 'square', 'plaid'] as const;

/**
 * In most places taking a part of the rent after a notice may waive it, and the rules differ from state to state, so nothing but the
 * whole is taken unless the landlord says otherwise. In Washington possession may hang on nothing but rent (RCW 59.18.283(2)): a page
 * that takes the whole only, late fees included, would ask for more than that.
 */
const NOTICE_RULES: readonly (readonly [prefix: string, rule: DuringNotice])[] = [['US-WA', 'any']];
const NOTICE_DEFAULT: DuringNotice = 'full only';

export const duringNotice = ({ payDuringNotice, jurisdiction }: Property): DuringNotice =>
  payDuringNotice ??
  NOTICE_RULES.find(([prefix]) => jurisdiction === prefix || jurisdiction.startsWith(`${prefix}-`))?.[1] ??
  NOTICE_DEFAULT;

/** A rung that a person let go for a debt that is unpaid: whatever else the standing says. */
export const noticeRuns = ({ state, today }: Pick<Account, 'state' | 'today'>): boolean =>
  state.released.some((each) => unpaidOn(state, today).some((charge) => each.endsWith(`|${charge.key}`)));

/** Whether a part may be paid; on a plan it may, for that is what was agreed. */
export function partsFor(account: Account): { readonly parts: boolean; readonly why?: 'lease' | 'notice' } {
  const { lease, property, book, state } = account;
  if (state.pauses.some((pause) => pause.type === 'plan')) return { parts: true };
  if (noticeRuns(account) && duringNotice(property) !== 'any') return { parts: false, why: 'notice' };
  if (!(lease.partialPayments ?? book.settings.partialPayments)) return { parts: false, why: 'lease' };
  return { parts: true };
}

/** A notice runs, during which nothing is taken here. */
export const closedByNotice = (account: Account): boolean =>
  noticeRuns(account) &&
  duringNotice(account.property) === 'none' &&
  !account.state.pauses.some((pause) => pause.type === 'plan');

/** The least that a chosen part may be: as Settings say, or the whole where that is less. */
export function leastPart(settings: Settings, currency: Currency, whole: Cents): Cents {
  const told = parseAmount(settings.minimumPart, currency) ?? ZERO;
  return least(told, whole);
}

/** Due and unpaid. */
export const dueCents = ({ state, today }: Pick<Account, 'state' | 'today'>): Cents =>
  sum(payableOn(state, today).map((charge) => charge.openCents));

/**
 * Money that is on its way: payments that their feeds show as pending, debits that no feed has shown yet, and invoices of Square
 * that will be charged to a saved card by themselves.
 */
export function onItsWayCents(account: Account): Cents {
  const { book, lease, run } = account;
  return sum([
    pendingCents(book, lease.id),
    unseenCents(book, lease.id, run.now),
    ...rowsOfLease(book.outbox ?? [], lease.id)
      .filter((row, _, rows) => chargesItself(row, account.today) && !isTakenBack(rows, row))
      .map((row) => owedFor(account, row)),
  ]);
}

/** An invoice of Square whose card is charged on its due date; a day later it was, or never will be. */
export const chargesItself = (row: OutboxRow, today: Day): boolean =>
  isAutopay(row) &&
  row.channel === 'square' &&
  (row.state === 'sent' || row.state === 'sending' || row.state === 'unsure') &&
  typeof row.payload.due === 'string' &&
  addDays(row.payload.due as Day, 1) >= today;

/** An effect that closes a page or takes an invoice back, and whose reference tells where it was paid. */
export const isClosing = ({ kind, payload }: OutboxRow): boolean =>
  kind === 'closePage' || (kind === 'cancelInvoice' && payload.tellsIfPaid === true);

/** It was closed, and nobody had paid: no card is charged any more, and nobody can pay on it. */
export const isTakenBack = (rows: readonly OutboxRow[], page: OutboxRow): boolean =>
  rows.some(
    (row) =>
      isClosing(row) && row.state === 'sent' && row.payload.of === page.key && !row.vendorRef.startsWith('paid '),
  );

const LEAVES: readonly OutboxRow['state'][] = ['ready', 'sending', 'unsure'];

/** The same, or it is about to be: nobody is to be sent there any more. */
export const isBeingTakenBack = (rows: readonly OutboxRow[], page: OutboxRow): boolean =>
  isTakenBack(rows, page) ||
  rows.some((row) => isClosing(row) && LEAVES.includes(row.state) && row.payload.of === page.key);

/** Owed now less what is on its way; never below nothing. */
export function wholeCents(account: Account): Cents {
  const whole = minus(dueCents(account), onItsWayCents(account));
  return whole > 0 ? whole : ZERO;
}

/** A platform that can make a page to pay on. */
export interface Processor {
  readonly id: string;
  readonly title: string;
  /** Currencies of its pages; left out where it takes all. */
  readonly currencies?: readonly string[];
  /** It cannot be asked now. */
  readonly down?: true;
}

const takes = ({ currencies }: Processor, currency: Currency): boolean => currencies?.includes(currency) ?? true;

/**
 * The one that the property names, else the one of Settings, else the only one that is connected and takes the currency. One that a
 * person has named for the property is never replaced by another.
 */
export function processorOf(
  { property, book }: Pick<Account, 'property' | 'book'>,
  connected: readonly Processor[],
): Processor | undefined {
  const able = connected.filter((each) => takes(each, property.currency));
  if (property.payBy) return able.find((each) => each.id === property.payBy);
  return able.find((each) => each.id === book.settings.payLinksBy) ?? (able.length === 1 ? able[0] : undefined);
}

/** In the manager's words; '' where nobody wrote any. */
export const howToPay = ({ property, book }: Pick<Account, 'property' | 'book'>): string =>
  property.howToPay ?? book.settings.howToPay;

/** A word of the Pay during notice column; undefined for one that is not known. */
export const noticeWord = (text: string): DuringNotice | undefined =>
  (({ any: 'any', 'full only': 'full only', full: 'full only', none: 'none', no: 'none' }) as const)[
    text.trim().toLowerCase().replace(/\s+/g, ' ') as 'any'
  ];

/** `yes` or `no`; undefined for any other word. */
export const yesOrNo = (text: string): boolean | undefined =>
  /^(yes|on|true)$/i.test(text) ? true : /^(no|off|false)$/i.test(text) ? false : undefined;
