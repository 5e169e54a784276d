/** What residents ask for on their page: a line disputed, a promise to pay, a payment plan; one row of the Requests tab each. */
import type { LeaseState, OpenCharge } from './book';
import { decimal, parseAmount } from './money';
import type { Cents, Currency, Day, Instant, Key, LeaseId, PropertyName } from './values';

export const REQUEST_KINDS = ['dispute', 'promise', 'plan'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const REQUEST_STATES = ['open', 'accepted', 'refused', 'withdrawn', 'kept', 'broken'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export interface RequestRow {
  readonly row: number;
  readonly key: Key;
  readonly at: Instant;
  readonly property: PropertyName;
  readonly lease: LeaseId;
  /** The address that the page was made for. */
  readonly by: string;
  readonly kind: RequestKind;
  /** The charge that is disputed; of a promise the oldest that was owed; '' for a plan. */
  readonly about: string;
  readonly text: string;
  /** An https address; '' for none. */
  readonly file: string;
  /** Of a promise: its last day. */
  readonly until?: Day;
  readonly state: RequestState;
  readonly answer: string;
  readonly answeredBy: string;
  readonly answeredAt?: Instant;
}

/** Letters of what a resident writes, and of the address of a file. */
export const TEXT_LEAST = 10;
export const TEXT_MOST = 1000;
export const FILE_MOST = 500;

/** Disputes of one lease that wait for an answer at the same time. */
export const DISPUTES_MOST = 3;
/** A line may be disputed once, and once more after an answer or a withdrawal. */
export const TIMES_MOST = 2;

/** What a resident who asks for a plan can pay each month stands below their words, for whoever reads the sheet. */
export const planWish = (text: string, perMonth: { readonly cents: Cents; readonly currency: Currency }): string =>
  `${text}\n(${decimal(perMonth.cents, perMonth.currency)} ${perMonth.currency} / month)`;

/** Takes {@link planWish} apart again; all of it are the resident's own words where no such amount stands there. */
export function wishIn(text: string, currency: Currency): { readonly text: string; readonly perMonthCents?: Cents } {
  const [whole, amount = '', code] = /\n\((\d+(?:\.\d+)?) ([A-Z]{3}) \/ month\)$/.exec(text) ?? [];
  const perMonthCents = whole === undefined || code !== currency ? undefined : parseAmount(amount, currency);
  return perMonthCents === undefined ? { text } : { text: text.slice(0, -(whole ?? '').length), perMonthCents };
}

export const isOpenRequest = ({ state }: Pick<RequestRow, 'state'>): boolean => state === 'open';

/** Why a line cannot be disputed; undefined where it can. `rows` are those of the lease. */
export function disputeClosed(
  rows: readonly RequestRow[],
  state: LeaseState,
  charge: string,
): 'no line' | 'disputed already' | 'twice' | 'too many' | undefined {
  if (!state.charges.some((each) => each.key === charge)) return 'no line';
  const disputes = rows.filter((row) => row.kind === 'dispute');
  const mine = disputes.filter((row) => row.about === charge);
  if (mine.some(isOpenRequest)) return 'disputed already';
  if (mine.length >= TIMES_MOST) return 'twice';
  return disputes.filter(isOpenRequest).length >= DISPUTES_MOST ? 'too many' : undefined;
}

export const mayDispute = (rows: readonly RequestRow[], state: LeaseState, { key }: Pick<OpenCharge, 'key'>): boolean =>
  disputeClosed(rows, state, key) === undefined;
