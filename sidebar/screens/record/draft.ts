/** A payment as it is being typed: where it begins, what is wrong with it, and the order it becomes. */
import type { Method, RecordOne } from '../../../src/api/desk/acts';
import type { LeaseView } from '../../../src/api/desk/lease';
import type { ReceiptLine } from '../../../src/api/desk/told';
import { daysBetween, parseDay } from '../../../src/domain/calendar';
import { decimal, parseAmount } from '../../../src/domain/money';
import type { Cents, Currency } from '../../../src/domain/values';

export interface Draft {
  readonly amount: string;
  readonly method: Method;
  readonly reference: string;
  readonly on: string;
  readonly memo: string;
  /** The person says that it is another payment of the same amount. */
  readonly twice: boolean;
}

export const METHODS: readonly Method[] = ['check', 'cash', 'money order', 'bank transfer', 'other'];

const REFERENCES: Readonly<Record<Method, string>> = {
  check: 'Check number',
  cash: 'Receipt number, if any',
  'money order': 'Money order number',
  'bank transfer': 'Reference of the transfer',
  other: 'Reference',
};

export const referenceName = (method: Method): string => REFERENCES[method];

/** What is owed, or else what falls due next, is what most people bring. */
export function startDraft({ line, nextDue, rent, asOf }: LeaseView): Draft {
  const { unpaid, balance } = line;
  const amount = unpaid.cents > 0 ? unpaid : balance.cents > 0 ? balance : (nextDue?.amount ?? rent);
  return {
    amount: decimal(amount.cents, amount.currency),
    method: 'check',
    reference: '',
    on: asOf,
    memo: '',
    twice: false,
  };
}

/** Undefined while it is no amount above nothing. */
export function amountOf({ amount }: Pick<Draft, 'amount'>, currency: Currency): Cents | undefined {
  const read = parseAmount(amount, currency);
  return read === undefined || read <= 0 ? undefined : read;
}

/** A payment of this amount within this many days may be the same one. */
const TWIN_DAYS = 3;
/** Money that never came, or went back, is no twin. */
const GONE: readonly string[] = ['failed', 'returned', 'dispute lost', 'refunded', 'not rent'];

export function twinOf(draft: Draft, { line, receipts }: LeaseView): ReceiptLine | undefined {
  const amount = amountOf(draft, line.balance.currency);
  const on = parseDay(draft.on);
  if (amount === undefined || on === undefined) return undefined;
  return receipts.find(
    (each) =>
      each.amount.cents === amount && !GONE.includes(each.state) && Math.abs(daysBetween(each.on, on)) <= TWIN_DAYS,
  );
}

export type Faults = Partial<Readonly<Record<keyof Draft, string>>>;

/** What the person must still do, by field; the script checks all of it again. */
export function faultsOf(draft: Draft, view: LeaseView): Faults {
  const amount = amountOf(draft, view.line.balance.currency);
  const on = parseDay(draft.on);
  return {
    ...(amount === undefined ? { amount: 'Type an amount above zero, such as 1200.00.' } : {}),
    ...(draft.method !== 'cash' && draft.reference.trim() === '' ? { reference: 'Type the number on it.' } : {}),
    ...(on === undefined ? { on: 'Choose the day.' } : {}),
    ...(on !== undefined && on > view.asOf ? { on: 'This day has not come yet.' } : {}),
    ...(twinOf(draft, view) && !draft.twice ? { twice: 'Tick this if two payments came.' } : {}),
  };
}

export function orderOf(draft: Draft, view: LeaseView, hasTwin: boolean): RecordOne {
  const memo = draft.memo.trim();
  return {
    lease: view.line.lease,
    amount: draft.amount.trim(),
    method: draft.method,
    reference: draft.reference.trim(),
    on: draft.on,
    ...(memo ? { memo } : {}),
    ...(hasTwin && draft.twice ? { twice: true } : {}),
  };
}
