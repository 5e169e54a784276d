/**
 * The invoice effect: charges of ours posted on occupancies. AppFolio can neither change nor take back a charge that is there, so its
 * bookkeeper is told by a note. Our number stands in the charge's description: by it a charge is found again, whatever was lost.
 */
import { digestOf } from '../../domain/audit';
import type { InvoiceWish } from '../../domain/books';
import { addDays, localDay } from '../../domain/calendar';
import { decimal } from '../../domain/money';
import { type Day, zone } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail, fault, faultOf, isFault, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { concernsOne, outcomesOf } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpReply } from '../../ports';
import {
  type Account,
  asked,
  type BookItem,
  type BooksAudit,
  type Effect,
  type EffectContext,
  type Flow,
} from '../connector';
import { invoiceWish, ourNumber } from '../wishes';
import { accountFor, accountsOf, type GlAccount } from './accounts';
import { idIn, list, post, USD } from './api';
import { type Directory, directory, householdOf } from './households';
import { changeNote, note } from './notes';

/** A charge may be posted so long before the day on which it falls due. */
const AHEAD_DAYS = 92;
const MOST = 50;
const DESCRIPTION_MAX = 255;

type Outcome = string | Fault;

/** A charge of ours that AppFolio has. */
interface There {
  readonly id: string;
  /** Undefined where only the tenant's ledger shows it. */
  readonly row?: Json;
}

/** What is asked of AppFolio before anything is posted. */
interface Scene {
  readonly account: Account;
  /** Read where a lease is not named by its id, or where somebody has to be written to. */
  people?: Directory;
  readonly accounts: readonly GlAccount[];
  readonly there: ReadonlyMap<string, There>;
}

export const invoice: Effect = {
  once: 'lookup',
  *run(context) {
    const [outcome] = yield* posted([context]);
    if (outcome === undefined || typeof outcome === 'string') return outcome ?? '';
    return raise(outcome);
  },
  batch: { most: MOST, together: () => 'charges', run: posted },
};

/** Charges posted together, each with an outcome of its own. */
function* posted(contexts: readonly EffectContext[]): Flow<readonly Outcome[]> {
  const wishes = contexts.map(({ payload }) => attempt(() => invoiceWish(payload)));
  const good = wishes.flatMap((wish) => (isFaultOutcome(wish) ? [] : [wish]));
  const [first] = contexts;
  if (!first || good.length === 0) return wishes.flatMap((wish) => (isFaultOutcome(wish) ? [wish] : []));
  const scene: Scene = {
    account: first.account,
    ...(good.every(({ customer }) => customer.id) ? {} : { people: yield* directory() }),
    accounts: yield* accountsOf(),
    there: yield* chargesSince(addDays(earliest(good), -AHEAD_DAYS)),
  };
  // The same charge twice is the newest word on it once.
  const newest = new Map(good.map((wish) => [wish.number, wish]));
  const outcomes = new Map<string, Outcome>();
  const fresh: { readonly number: string; readonly body: object }[] = [];
  for (const [number, wish] of newest) {
    const known = scene.there.get(number);
    if (known) outcomes.set(number, yield* agreed(scene, wish, known));
    else if (wish.gone) outcomes.set(number, number);
    else {
      const body = attempt(() => bodyFor(scene, wish));
      if (isFaultOutcome(body)) outcomes.set(number, body);
      else fresh.push({ number, body });
    }
  }
  for (const [number, outcome] of yield* made(fresh)) outcomes.set(number, outcome);
  return wishes.map((wish) => (isFaultOutcome(wish) ? wish : (outcomes.get(wish.number) ?? unsaid)));
}

const earliest = (wishes: readonly InvoiceWish[]): Day =>
  wishes.map(({ due }) => due).reduce((first, due) => (due < first ? due : first), '9999-12-31' as Day);

const unsaid = fault('busy', 'AppFolio has not said what became of this charge: it is looked for again.', {
  retryAfterSeconds: 60,
});

function bodyFor({ people = NOBODY, accounts, account }: Scene, wish: InvoiceWish): object {
  if (wish.currency !== USD) return fail('rejected', 'AppFolio keeps its books in USD only.');
  return {
    OccupancyId: wish.customer.id ?? householdOf(people, wish.customer).id,
    GlAccountId: accountFor(accounts, wish.type, account).id,
    AmountDue: decimal(wish.amountCents, USD),
    ChargedOn: wish.due,
    Description: `${wish.description.slice(0, DESCRIPTION_MAX - wish.number.length - 1)} ${wish.number}`,
  };
}

const NOBODY: Directory = { households: [], faults: [] };

/** The same request again is known by this; another one for the same charge is found by its number before it is sent. */
const keyOf = (body: object, number = 'bulk'): string => `${number}-${digestOf(JSON.stringify(body)).slice(0, 32)}`;

/** One by itself, several in one call. */
function* made(
  fresh: readonly { readonly number: string; readonly body: object }[],
): Flow<readonly (readonly [string, Outcome])[]> {
  const [first] = fresh;
  if (!first) return [];
  const bulk = { data: fresh.map(({ number, body }) => ({ ...body, ReferenceId: number })) };
  const request =
    fresh.length === 1
      ? post('charges', first.body, keyOf(first.body, first.number))
      : post('charges/bulk', bulk, keyOf(bulk));
  const [reply] = yield* outcomesOf([request]);
  if (!reply) return [];
  if (isFault(reply)) {
    if (!concernsOne(reply)) return raise(reply);
    return fresh.map(({ number }) => [number, reply] as const);
  }
  return fresh.length === 1 ? [[first.number, idIn(reply, 'charge')]] : bulkOutcomes(reply);
}

/** Each item has an outcome of its own. What is not told is looked for by the next try. */
function bulkOutcomes(reply: HttpReply): readonly (readonly [string, Outcome])[] {
  return bodyOf(reply, 'charges')
    .items('data')
    .flatMap((item): (readonly [string, Outcome])[] => {
      const number = ourNumber(item.opt('ReferenceId'), 'RL');
      if (number === undefined) return [];
      const id = item.opt('ResourceId') ?? item.opt('Id');
      if (id !== undefined) return [[number, id]];
      const said = JSON.stringify(item.at('errors').value ?? 'no reason given');
      return [[number, fault('rejected', `AppFolio did not take the charge: ${said}.`)]];
    });
}

/** A charge that is there stays as it is. Where it ought to be otherwise, a note says so. */
function* agreed(scene: Scene, wish: InvoiceWish, { id, row }: There): Flow<Outcome> {
  const isSame = !wish.gone && (row === undefined || saysTheSame(row, wish));
  if (isSame) return id;
  const people = scene.people ?? (yield* directory());
  scene.people = people;
  const household = attempt(() => householdOf(people, wish.customer));
  if (isFaultOutcome(household)) return household;
  yield* asked(note(household, changeNote(wish, id)));
  return id;
}

const saysTheSame = (row: Json, { amountCents, due }: InvoiceWish): boolean =>
  row.decimal('AmountDue', USD) === amountCents && row.opt('ChargedOn')?.slice(0, 10) === due;

// ---------------------------------------------------------------- what is there

/** Charges of ours that were posted or changed since, by our number: from the list, and from the tenants' ledgers. */
function* chargesSince(from: Day): Flow<ReadonlyMap<string, There>> {
  const since = { LastUpdatedAtFrom: `${from}T00:00:00Z` };
  const there = new Map<string, There>();
  // The list might show only what is unpaid. What a ledger entry holds is not described: any text in it may bear the number.
  for (const row of yield* list('tenant_ledgers', since)) {
    const number = ourNumber(textsOf(row), 'RL');
    if (number !== undefined) there.set(number, { id: row.str('Id') });
  }
  for (const row of yield* list('charges', since)) {
    const number = ourNumber(row.opt('Description'), 'RL');
    if (number !== undefined) there.set(number, { id: row.str('Id'), row });
  }
  return there;
}

const textsOf = (row: Json): string =>
  Object.values(row.value as Readonly<Record<string, unknown>>)
    .filter((value) => typeof value === 'string')
    .join('\n');

const UTC = zone('Etc/UTC');

/** Charges of ours alone: receipts and credits cannot be posted there, and what is unpaid is not told in words that hold. */
export const books: BooksAudit = {
  takes: () => ['invoice'],
  *items({ since, until }) {
    const [from, to] = [localDay(since, UTC), localDay(until, UTC)];
    const rows = yield* list('charges', { LastUpdatedAtFrom: `${addDays(from, -AHEAD_DAYS)}T00:00:00Z` });
    return rows.flatMap((row) => itemOf(row, from, to) ?? []);
  },
};

function itemOf(row: Json, from: Day, to: Day): BookItem | undefined {
  const number = ourNumber(row.opt('Description'), 'RL');
  const on = row.opt('ChargedOn')?.slice(0, 10) ?? '';
  if (number === undefined || on < from || on > to) return undefined;
  const amountCents = row.decimal('AmountDue', USD);
  return { kind: 'invoice', number, id: row.str('Id'), amountCents, currency: USD, gone: false };
}

// ---------------------------------------------------------------- faults beside values

const isFaultOutcome = <T>(given: T | Fault): given is Fault =>
  typeof given === 'object' && given !== null && 'fault' in given;

function attempt<T>(act: () => T): T | Fault {
  try {
    return act();
  } catch (error) {
    return faultOf(error);
  }
}
