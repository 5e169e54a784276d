/**
 * What the ledger imports into Voyager. There are no keys and no ids in answers: what stands there is read first, by our number in a
 * charge's comment or a receipt's document number, and only what is missing is imported, many lines in one batch.
 */
import { addDays, localDay } from '../../domain/calendar';
import { ZERO } from '../../domain/money';
import { type Day, type Instant, zone } from '../../domain/values';
import { fail, faultOf, raise } from '../../http/faults';
import type { Fault } from '../../http/types';
import type { HttpRequest } from '../../ports';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { creditWish, invoiceWish, ourNumber, paymentWish } from '../wishes';
import { codesIn } from './codes';
import { type Home, type Import, importOf, type Kind, missingFor, type Wish } from './imports';
import { receiptsOf } from './receipts';
import { homeOf } from './residents';
import { currencyOf, customersOf, detailsIn, lineIn, propertiesOf, type VoyagerLine } from './rows';
import { resultOf } from './soap';

const UTC = zone('Etc/UTC');
const BATCH = 20;

function wishIn(kind: Kind, { payload, account }: EffectContext): Wish {
  const wish = kind === 'Charge' ? invoiceWish(payload) : paymentWish(payload);
  const { number, customer, gone, day, currency } = wish;
  if (currency !== currencyOf(account))
    return fail('rejected', `${number} is in ${currency}, but Voyager is kept in ${currencyOf(account)}.`);
  const text = 'description' in wish ? wish.description : `${wish.source} ${wish.reference}`.trim();
  const code = 'type' in wish ? codesIn(account, wish.type) : '';
  return { kind, number, customer, day, text, code, amountCents: gone ? ZERO : wish.amountCents };
}

// ---------------------------------------------------------------- many wishes

interface Case {
  readonly context: EffectContext;
  outcome?: string | Fault;
}

/** Runs a step for one wish; a fault that it throws is that wish's own. */
function alone<T>(each: Case, step: () => T): T | undefined {
  try {
    return step();
  } catch (error) {
    each.outcome = faultOf(error);
    return undefined;
  }
}

function* postAll(kind: Kind, contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const cases = contexts.map((context): Case => ({ context }));
  // Wishes about one number follow each other: side by side both would find that nothing is there.
  const numberOf = ({ context }: Case): string => String(context.payload.number);
  let waiting: readonly Case[] = cases;
  while (waiting.length > 0) {
    const numbers = waiting.map(numberOf);
    const round = waiting.filter((each, at) => numbers.indexOf(numberOf(each)) === at);
    yield* postRound(kind, round);
    waiting = waiting.filter((each) => !round.includes(each));
  }
  return cases.map(({ outcome }) => outcome ?? '');
}

function* postRound(kind: Kind, cases: readonly Case[]): Flow<void> {
  const [first] = cases;
  if (!first) return;
  const { account, now } = first.context;
  const properties = yield* propertiesOf(account);
  const wishes = cases.flatMap((each) => {
    const wish = alone(each, () => wishIn(kind, each.context));
    return wish ? [{ each, wish }] : [];
  });
  const placed: Placed[] = [];
  for (const one of wishes) {
    try {
      placed.push({ ...one, home: yield* homeOf(account, one.wish.customer, properties) });
    } catch (error) {
      one.each.outcome = faultOf(error);
    }
  }
  const there = yield* linesThere(kind, placed, account, now);
  const today = localDay(now, UTC);
  const todo: Todo[] = placed.flatMap(({ each, wish, home }) => {
    const mine = there.filter((line) => line.customer === home.tenant && numberIn(kind, line) === wish.number);
    const imports = alone(each, () => missingFor(wish, home, mine, account, today));
    if (imports?.length === 0) each.outcome = wish.number;
    return imports && imports.length > 0 ? [{ each, number: wish.number, imports }] : [];
  });
  yield* importAll(account, todo);
}

interface Placed {
  readonly each: Case;
  readonly wish: Wish;
  readonly home: Home;
}

interface Todo {
  readonly each: Case;
  readonly number: string;
  readonly imports: readonly Import[];
}

const numberIn = (kind: Kind, { comment, document }: VoyagerLine): string | undefined =>
  ourNumber(kind === 'Charge' ? comment : document);

/** What the properties of the wishes have since the earliest of their days, each property asked once. */
function* linesThere(
  kind: Kind,
  placed: readonly Placed[],
  account: Account,
  now: Instant,
): Flow<readonly VoyagerLine[]> {
  const lines: VoyagerLine[] = [];
  for (const property of new Set(placed.map(({ home }) => home.property))) {
    const days = placed.filter(({ home }) => home.property === property).map(({ wish }) => wish.day);
    const all = [...days, localDay(now, UTC)].sort();
    const window = { FromDate: all[0], ToDate: addDays(all[all.length - 1] as Day, 1) };
    if (kind === 'Payment') lines.push(...(yield* receiptsOf(account, property, window)).lines);
    else {
      const rows = yield* customersOf(account, 'GetResidentTransactions_ByChargeDate_Login', property, window);
      lines.push(...detailsIn(rows, 'Charge').map((row) => lineIn(row, account)));
    }
  }
  return lines;
}

/** First all that are one import each, together; where that is refused, and for the others, one wish after the other. */
function* importAll(account: Account, todo: readonly Todo[]): Flow<void> {
  const simple = todo.filter(
    ({ imports }) => imports.length === 1 && imports[0]?.operation !== 'ImportResidentTransactions_Login',
  );
  const [one] = simple;
  if (one && simple.length > 1) {
    const lines = simple.flatMap(({ imports }) => imports.map(({ line }) => line));
    try {
      yield* resultOf(importOf(account, one.imports[0]?.operation ?? '', lines));
      for (const { each, number } of simple) each.outcome = number;
    } catch (error) {
      // Voyager takes all lines of a call or none: which one it was shows when each goes alone.
      if (faultOf(error).fault !== 'rejected') throw error;
    }
  }
  for (const { each, number, imports } of todo) {
    if (each.outcome !== undefined) continue;
    try {
      for (const { operation, line } of imports) yield* resultOf(importOf(account, operation, [line]));
      each.outcome = number;
    } catch (error) {
      each.outcome = faultOf(error);
      if (each.outcome.fault !== 'rejected') throw error;
    }
  }
}

// ---------------------------------------------------------------- effects

export const POSTS = ['imports come in as posted', 'staff post the batches'] as const;
export const waitsForStaff = ({ VOYAGER_POSTS: how }: Account): boolean => how === POSTS[1];

/** Where imports wait in a batch nothing can be read back before staff post it: whether a repeat is right, a person says. */
const onceFor = (account: Account): 'ask' | 'lookup' => (waitsForStaff(account) ? 'ask' : 'lookup');

const posting = (kind: Kind): Effect => ({
  once: 'lookup',
  onceFor,
  *run(context) {
    const [outcome] = yield* postAll(kind, [context]);
    if (outcome === undefined) throw new Error('Rent Ledger bug: a wish without an outcome');
    return typeof outcome === 'string' ? outcome : raise(outcome);
  },
  batch: { most: BATCH, together: () => kind, run: (contexts) => postAll(kind, contexts) },
});

export const invoice = posting('Charge');
export const payment = posting('Payment');

/** Public descriptions of the interface have no credit. */
export const credit: Effect = {
  once: 'lookup',
  // biome-ignore lint/correctness/useYield: nothing can be asked
  *run({ payload }) {
    const { number, gone } = creditWish(payload);
    return gone
      ? number
      : fail('rejected', `${number}: Voyager’s interface takes no credit, so enter it there by hand.`);
  },
};

/** What would be imported if nothing of it were there. */
export function rehearsed(kind: string, context: EffectContext): readonly HttpRequest[] {
  if (kind !== 'invoice' && kind !== 'payment') return [];
  const wish = wishIn(kind === 'invoice' ? 'Charge' : 'Payment', context);
  const home = { property: wish.customer.property, tenant: wish.customer.id ?? '(the id on the Links tab)' };
  const imports = missingFor(wish, home, [], context.account, localDay(context.now, UTC));
  return imports.map(({ operation, line }) => importOf(context.account, operation, [line]));
}
