/**
 * The effects `invoice`, `payment` and `credit`: each reads the invoice that it is about, says what it ought to be, and writes the
 * difference in one change set. Ids are ours, so a repeat finds everything done.
 */
import { currency as asCurrency, type Currency } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { HttpReply } from '../../ports';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { creditWish, invoiceWish, paymentWish } from '../wishes';
import { contactAt, listOf, pageOf } from './api';
import { alone, batched, faultIn, type Op, read, rowIn } from './batch';
import * as ledger from './ledger';
import { opsFor, type Seen, type Turn, type Wish } from './wanted';

const READERS: Readonly<Record<Wish['kind'], (payload: EffectContext['payload']) => Wish>> = {
  invoice: (payload) => ({ kind: 'invoice', wish: invoiceWish(payload) }),
  payment: (payload) => ({ kind: 'payment', wish: paymentWish(payload) }),
  credit: (payload) => ({ kind: 'credit', wish: creditWish(payload) }),
};

const NOTHING = 'none';

function turnOf(kind: Wish['kind'], { account, payload, attempt }: EffectContext): Turn | Fault {
  try {
    const told = READERS[kind](payload);
    // A lease whose name cannot be looked up fails here, and alone.
    contactAt(account, told.wish.customer.leaseId);
    const number = told.kind === 'invoice' ? told.wish.number : told.wish.invoice;
    return { told, number, id: ledger.invoiceId(number), attempt };
  } catch (error) {
    return faultOf(error);
  }
}

// ---------------------------------------------------------------- what is there

const questions = (account: Account, { told, id }: Turn): readonly Op[] => [
  read(`invoices(${id})?$select=${ledger.SELECT}`),
  read(listOf('invoicedetails', { select: ledger.LINES, filter: `_invoiceid_value eq ${id}` })),
  read(`${contactAt(account, told.wish.customer.leaseId)}?$select=contactid`),
];

export const CURRENCIES = listOf('transactioncurrencies', { select: 'isocurrencycode' });

/** Codes of the environment's currencies, and their ids. */
export function currenciesIn(reply: HttpReply | undefined): ReadonlyMap<string, string> {
  const there = rowIn(reply) ?? fail('malformed', 'Dynamics 365 tells no currencies.');
  return new Map(
    bodyOf(there, 'currencies')
      .list('value')
      .map((row) => [row.str('isocurrencycode'), row.str('transactioncurrencyid')]),
  );
}

export function currencyIn(row: Json, currencies: ReadonlyMap<string, string>): Currency {
  const id = row.str('_transactioncurrencyid_value');
  const [code] = [...currencies].find(([, each]) => each === id) ?? [];
  return code === undefined
    ? row.at('_transactioncurrencyid_value').wrong('a currency of the environment')
    : asCurrency(code);
}

function seenOf(
  account: Account,
  turn: Turn,
  [invoice, lines, contact]: readonly (HttpReply | undefined)[],
  currencies: ReadonlyMap<string, string>,
): Seen {
  const { number, told } = turn;
  const reply = rowIn(invoice);
  const row = reply && bodyOf(reply, `invoice ${number}`);
  const details = rowIn(lines);
  const there =
    row &&
    ledger.thereIn(row, details ? bodyOf(details, 'lines').list('value') : [], number, currencyIn(row, currencies));
  const { currency } = told.wish;
  if (there && there.currency !== currency)
    fail('rejected', `Invoice ${number} is in ${there.currency} there, and in ${currency} here.`);
  const currencyId =
    currencies.get(currency) ??
    fail('rejected', `The environment has no currency ${currency}. Add it in its settings.`);
  return { ...turn, account, there, hasContact: rowIn(contact) !== undefined, currencyId };
}

// ---------------------------------------------------------------- many at once

type Plan = { readonly seen: Seen; readonly ops: readonly Op[] } | Fault;

function planOf(seen: () => Seen): Plan {
  try {
    const found = seen();
    return { seen: found, ops: opsFor(found) };
  } catch (error) {
    return faultOf(error);
  }
}

const PER_TURN = 3;

/** Of several that are about one invoice each is to see what the one before has made of it: they go in rounds. */
function roundsOf(turns: readonly Turn[]): readonly (readonly Turn[])[] {
  const rounds: Turn[][] = [];
  for (const turn of turns) {
    const free = rounds.find((round) => !round.some(({ id }) => id === turn.id));
    if (free) free.push(turn);
    else rounds.push([turn]);
  }
  return rounds;
}

function* round(account: Account, turns: readonly Turn[]): Flow<readonly (string | Fault)[]> {
  const asked = turns.flatMap((turn) => questions(account, turn)).map((op) => [op]);
  const [currencies, ...answers] = (yield* batched(account, [[read(CURRENCIES)], ...asked])).map(([only]) => only);
  const known = currenciesIn(currencies);
  const plans = turns.map((turn, at) =>
    planOf(() => seenOf(account, turn, answers.slice(at * PER_TURN, (at + 1) * PER_TURN), known)),
  );
  const writing = plans.flatMap((one) => ('ops' in one && one.ops.length > 0 ? [one] : []));
  const done = yield* batched(
    account,
    writing.map(({ ops }) => ops),
  );
  return plans.map((one): string | Fault => {
    if (!('ops' in one)) return one;
    const at = writing.indexOf(one);
    const { there, id } = one.seen;
    const isNowhere = !there && at < 0;
    return (
      (at < 0 ? undefined : faultIn(done[at] ?? [])) ??
      (isNowhere ? NOTHING : `${id} ${pageOf(account, 'invoice', id)}`)
    );
  });
}

const tell = (kind: Wish['kind']) =>
  function* all(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
    const account = contexts[0]?.account ?? {};
    const turns = contexts.map((context) => turnOf(kind, context));
    const outcomes = new Map<Turn | Fault, string | Fault>();
    for (const part of roundsOf(turns.flatMap((turn) => ('told' in turn ? [turn] : [])))) {
      const came = yield* round(account, part);
      for (const [at, turn] of part.entries()) outcomes.set(turn, came[at] ?? NOTHING);
    }
    return turns.map((turn) => outcomes.get(turn) ?? ('told' in turn ? NOTHING : turn));
  };

const MOST = 20;

const effect = (kind: Wish['kind']): Effect => ({
  once: 'natural-id',
  run: alone(tell(kind)),
  batch: { most: MOST, together: () => kind, run: tell(kind) },
});

export const invoice = effect('invoice');
export const payment = effect('payment');
export const credit = effect('credit');
