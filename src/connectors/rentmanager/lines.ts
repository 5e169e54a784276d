/**
 * What the ledger writes into Rent Manager: a charge, a payment or a credit with our number. There are no idempotency keys, and a
 * POST may answer nothing, so each is looked for before it is written and read back after that. Many go in one array.
 */
import type { BookCustomer } from '../../domain/books';
import { addDays } from '../../domain/calendar';
import { toNumber } from '../../domain/money';
import type { Cents, Currency, Day } from '../../domain/values';
import { fault, faultOf, isFault, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { concernsOne, inWaves, together } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpRequest } from '../../ports';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { all, currencyOf, oneOf, remove, save } from './api';
import { dayIn, idOf, numberIn } from './money';
import { type Place, placesOf } from './places';

export interface Line {
  readonly number: string;
  readonly customer: BookCustomer;
  readonly currency: Currency;
  readonly amountCents: Cents;
  readonly day: Day;
  readonly gone: boolean;
}

export interface Kind<Wish extends Line> {
  readonly path: 'Charges' | 'Payments' | 'Credits';
  read(payload: EffectContext['payload']): Wish;
  /** What people see. The number stands first where the reference cannot be trusted to be kept. */
  comment(wish: Wish): string;
  /** What the kind needs besides account, day and amount. */
  more(wish: Wish, place: Place, account: Account): object;
}

/** So many go at once: their numbers fit into one address. */
const MOST = 40;
/** Around the day of a line in which one with our number is looked for by its comment. */
const AROUND_DAYS = 45;
const WAVE = 6;
/** What a wish that something be gone comes to where it never was. */
const NOTHING = 'none';

export const lineEffect = <Wish extends Line>(kind: Kind<Wish>): Effect => ({
  once: 'lookup',
  *run(context) {
    const [outcome] = yield* written(kind, [context]);
    if (outcome === undefined) throw new Error('Rent Ledger bug: no outcome');
    return typeof outcome === 'string' ? outcome : raise(outcome);
  },
  batch: {
    most: MOST,
    together: () => kind.path,
    run: (contexts) => written(kind, contexts),
  },
});

/** One wish on its way. */
interface Task<Wish> {
  readonly wish: Wish;
  outcome?: string | Fault;
  place?: Place;
  /** The row that bears our number. */
  there?: Json;
}

function* written<Wish extends Line>(
  kind: Kind<Wish>,
  contexts: readonly EffectContext[],
): Flow<readonly (string | Fault)[]> {
  const account = contexts[0]?.account ?? {};
  const tasks = contexts.map(({ payload }) => taskOf(kind, payload, account));
  const open = () => tasks.filter((task) => task.outcome === undefined);
  yield* found(kind, account, open());
  yield* taken(
    kind,
    account,
    open().filter(({ wish }) => wish.gone),
  );
  for (const task of open()) if (task.there && isReversed(task.there)) task.outcome = reversed(task.wish);
  yield* placed(
    account,
    open().filter(({ there }) => there === undefined),
  );
  yield* sent(
    kind,
    account,
    open().filter((task) => !isRight(task)),
  );
  // What was new has its id only now; a second look costs one call for all of them.
  yield* found(
    kind,
    account,
    open().filter(({ there }) => there === undefined),
  );
  for (const task of open()) task.outcome = task.there ? idOf(task.there) : unseen(task.wish);
  return tasks.map(({ outcome }) => outcome as string | Fault);
}

function taskOf<Wish extends Line>(kind: Kind<Wish>, payload: EffectContext['payload'], account: Account): Task<Wish> {
  try {
    const wish = kind.read(payload);
    const own = currencyOf(account);
    const outcome =
      wish.currency === own
        ? undefined
        : fault('rejected', `Rent Manager keeps ${own}, and ${wish.number} is in ${wish.currency}.`);
    return { wish, ...(outcome ? { outcome } : {}) };
  } catch (error) {
    return { wish: {} as Wish, outcome: faultOf(error) };
  }
}

/** Looks by the reference, and by the comment around the day, for a server may keep no reference of a payment. */
function* found<Wish extends Line>(kind: Kind<Wish>, account: Account, tasks: readonly Task<Wish>[]): Flow<void> {
  if (tasks.length === 0) return;
  const days = tasks.map(({ wish }) => wish.day).sort();
  const around = [
    `TransactionDate,ge,${addDays(days[0] as Day, -AROUND_DAYS)}`,
    `TransactionDate,le,${addDays(days[days.length - 1] as Day, AROUND_DAYS)}`,
  ];
  const prefix = (tasks[0] as Task<Wish>).wish.number.slice(0, 3);
  const lists = [
    [
      oneOf(
        'Reference',
        tasks.map(({ wish }) => wish.number),
      ),
    ],
    [`Comment,sw,${prefix}`, ...around],
  ];
  const looked = kind.path === 'Charges' ? lists.slice(0, 1) : lists;
  const results = yield* together(looked.map((filters) => all(account, kind.path, { filters }, 'ID')));
  const rows = results.flatMap((result) => ('fault' in result ? raise(result.fault) : result.value));
  const byNumber = new Map([...rows].reverse().map((row) => [numberIn(row), row]));
  for (const task of tasks) {
    const there = byNumber.get(task.wish.number);
    if (there) task.there = there;
  }
}

const isReversed = (row: Json): boolean => row.opt('ReversalDate') !== undefined;

const reversed = ({ number }: Line): Fault =>
  fault('rejected', `${number} was reversed in Rent Manager. Record there what is right, or reverse it here too.`);

const unseen = ({ number }: Line): Fault =>
  fault(
    'malformed',
    `Rent Manager took ${number} and does not show it. Look on the tenant's account before you try it again.`,
  );

/** Deletes what ought to be gone. */
function* taken<Wish extends Line>(kind: Kind<Wish>, account: Account, tasks: readonly Task<Wish>[]): Flow<void> {
  for (const task of tasks) if (!task.there) task.outcome = NOTHING;
  for (const task of tasks) if (task.there && isReversed(task.there)) task.outcome = idOf(task.there);
  const there = tasks.filter(({ outcome }) => outcome === undefined);
  const requests = there.map(({ there: row }) => remove(account, kind.path, (row as Json).int('ID')));
  const outcomes = requests.length === 0 ? [] : yield* inWaves(requests, WAVE);
  there.forEach((task, at) => {
    const outcome = outcomes[at];
    const isKept = outcome && isFault(outcome) && outcome.fault !== 'missing';
    task.outcome = isKept ? outcome : idOf(task.there as Json);
  });
}

function* placed<Wish extends Line>(account: Account, tasks: readonly Task<Wish>[]): Flow<void> {
  if (tasks.length === 0) return;
  const places = yield* placesOf(
    account,
    tasks.map(({ wish }) => ({ customer: wish.customer, day: wish.day })),
  );
  tasks.forEach((task, at) => {
    const place = places[at] as Place | Fault;
    if ('fault' in place) task.outcome = place;
    else task.place = place;
  });
}

/** Whether the row says what is wished; a clerk may have changed its amount or its day. */
const isRight = <Wish extends Line>({ there, wish }: Task<Wish>): boolean =>
  there !== undefined &&
  there.decimal('Amount', wish.currency) === wish.amountCents &&
  dayIn(there, 'TransactionDate') === wish.day;

/** All in one array; where that is refused each by itself, so that one bad line stops no other. */
function* sent<Wish extends Line>(kind: Kind<Wish>, account: Account, tasks: readonly Task<Wish>[]): Flow<void> {
  const good = tasks.flatMap((task) => {
    const model = modelOf(kind, account, task);
    if ('fault' in model) task.outcome = model as Fault;
    return 'fault' in model ? [] : [{ task, model }];
  });
  if (good.length === 0) return;
  const [whole] = yield* inWaves(
    [
      save(
        account,
        kind.path,
        good.map(({ model }) => model),
      ),
    ],
    WAVE,
  );
  if (whole && !isFault(whole)) return;
  if (good.length === 1) {
    (good[0] as (typeof good)[number]).task.outcome = whole as Fault;
    return;
  }
  // Whether a refused array is refused whole nobody says, so what is there now is not sent again.
  yield* found(
    kind,
    account,
    good.map(({ task }) => task),
  );
  const rest = good.filter(({ task }) => !isRight(task));
  const outcomes = yield* inWaves(
    rest.map(({ model }) => save(account, kind.path, [model])),
    WAVE,
  );
  rest.forEach(({ task }, at) => {
    const outcome = outcomes[at];
    if (outcome && isFault(outcome) && concernsOne(outcome)) task.outcome = outcome;
  });
}

/** What would be sent for a line that is not there; the place is found when it is. */
export function rehearsedLine<Wish extends Line>(kind: Kind<Wish>, { payload, account }: EffectContext): HttpRequest {
  const wish = kind.read(payload);
  const { id } = wish.customer;
  const AccountID = /^\d+$/.test(id ?? '') ? Number(id) : '(who lives in the unit)';
  const model = modelOf(kind, account, { wish, place: { tenant: 0, property: 0, unit: 0 } });
  return 'fault' in model ? raise(model as Fault) : save(account, kind.path, [{ ...model, AccountID }]);
}

function modelOf<Wish extends Line>(kind: Kind<Wish>, account: Account, { wish, there, place }: Task<Wish>): object {
  const at = place ?? {
    tenant: there?.int('AccountID') ?? 0,
    property: there?.has('PropertyID') ? there.int('PropertyID') : 0,
    unit: there?.has('UnitID') ? there.int('UnitID') : 0,
  };
  try {
    return {
      ...(there ? { ID: there.int('ID') } : {}),
      AccountID: at.tenant,
      AccountType: 'Customer',
      Amount: toNumber(wish.amountCents, wish.currency),
      TransactionDate: `${wish.day}T00:00:00`,
      Reference: wish.number,
      Comment: kind.comment(wish).slice(0, 250),
      ...kind.more(wish, at, account),
    };
  } catch (error) {
    return faultOf(error);
  }
}
