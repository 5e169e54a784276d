/**
 * What an invoice there says of ours: its line, its credits, which are lines of less than nothing, and its payments. Dataverse has
 * no payments of invoices, so each is a line of the invoice's description, and their sum decides its state.
 */
import { parseDay } from '../../domain/calendar';
import { decimal, minus, parseAmount, sum, ZERO } from '../../domain/money';
import type { Cents, Currency } from '../../domain/values';
import type { Json } from '../../http/json';
import { ourNumber } from '../wishes';
import { odataIn, rowId } from './api';

/** States of an invoice, each with the status that we give it. */
export const PAIRS = {
  open: { statecode: 0, statuscode: 4 },
  paid: { statecode: 2, statuscode: 100001 },
  'paid in part': { statecode: 2, statuscode: 100002 },
  canceled: { statecode: 3, statuscode: 100003 },
} as const;

export type State = keyof typeof PAIRS;

const STATUSES: Readonly<Record<string, State>> = {
  '2 100001': 'paid',
  '2 100002': 'paid in part',
  '3 100003': 'canceled',
};

/** Every status of state 0 is open; a pair that is not documented is a fault. */
export function stateIn(row: Json): State {
  const [state, status] = [row.int('statecode'), row.int('statuscode')];
  if (state === 0) return 'open';
  return (
    STATUSES[`${state} ${status}`] ?? row.at('statuscode').wrong(`a status of the state ${state} that is documented`)
  );
}

export interface Payment {
  readonly number: string;
  readonly amountCents: Cents;
}

export interface Line {
  readonly id: string;
  readonly number: string;
  readonly amountCents: Cents;
}

/** `RP-8K2M4N7QPZ 1250.00 on 2026-12-02, stripe pi_1` */
const PAYMENT = /^(RP-[0-9A-Z]{10}) (\d+(?:\.\d+)?) on (\d{4}-\d{2}-\d{2})\b/;

const linesOf = (description: string): readonly string[] => description.split(/\r?\n/);

export function paymentIn(line: string, currency: Currency): Payment | undefined {
  const [, number, amount = '', on = ''] = PAYMENT.exec(line) ?? [];
  const amountCents = parseAmount(amount, currency);
  return ourNumber(number, 'RP') && number && amountCents !== undefined && parseDay(on)
    ? { number, amountCents }
    : undefined;
}

export const paymentsIn = (description: string, currency: Currency): readonly Payment[] =>
  linesOf(description).flatMap((line) => paymentIn(line, currency) ?? []);

export const paymentLine = (
  { number, amountCents }: Payment,
  currency: Currency,
  { day, from }: { readonly day: string; readonly from: string },
): string => `${number} ${decimal(amountCents, currency)} on ${day}, ${from}`;

/** The description with that payment's line, or without any of its number; every other line stays as people left it. */
export function withPayment(description: string, number: string, line: string | undefined): string {
  const lines = linesOf(description);
  const at = lines.findIndex((each) => each.startsWith(`${number} `));
  const kept = lines.filter((each) => !each.startsWith(`${number} `));
  if (line !== undefined) kept.splice(at < 0 ? kept.length : at, 0, line);
  return kept.join('\n').trim();
}

/** An invoice as it is there. */
export interface There {
  readonly etag: string;
  readonly state: State;
  readonly name: string;
  readonly due: string;
  readonly description: string;
  readonly totalCents: Cents;
  readonly currency: Currency;
  readonly charge: Line | undefined;
  readonly credits: readonly Line[];
}

export const SELECT = 'name,duedate,description,totalamount,statecode,statuscode,_transactioncurrencyid_value';
export const LINES = 'invoicedetailid,productdescription,baseamount';

const textIn = (row: Json, path: string): string => row.opt(path) ?? '';

export function thereIn(row: Json, lines: readonly Json[], number: string, currency: Currency): There {
  const ours = lines.map((line): Line => {
    const id = line.str('invoicedetailid');
    const said = textIn(line, 'productdescription');
    return { id, number: ourNumber(said, 'RC') ?? '', amountCents: line.decimal('baseamount', currency) };
  });
  const chargeId = lineId(number);
  return {
    etag: odataIn(row, 'etag') ?? row.wrong('a row with an etag'),
    state: stateIn(row),
    name: textIn(row, 'name'),
    due: textIn(row, 'duedate').slice(0, 10),
    description: textIn(row, 'description'),
    totalCents: row.decimal('totalamount', currency),
    currency,
    charge: ours.find(({ id }) => id === chargeId),
    credits: ours.filter((line) => line.number !== ''),
  };
}

/** Ids of ours: what is written twice is the same row. */
export const invoiceId = (number: string): string => rowId(`invoice:${number}`);
export const lineId = (number: string): string => rowId(`invoice line:${number}`);

/** What the payments make of an invoice of that total. */
export function stateFor(totalCents: Cents, payments: readonly Payment[]): State {
  const open = minus(totalCents, sum(payments.map(({ amountCents }) => amountCents)));
  if (open <= 0) return 'paid';
  return payments.length > 0 ? 'paid in part' : 'open';
}

/** What is unpaid there; a person who has marked it as paid says that nothing is. */
export function openIn(there: Pick<There, 'state' | 'totalCents' | 'description' | 'currency'>): Cents {
  const { state, totalCents, description, currency } = there;
  if (state === 'paid' || state === 'canceled') return ZERO;
  return minus(totalCents, sum(paymentsIn(description, currency).map(({ amountCents }) => amountCents)));
}
