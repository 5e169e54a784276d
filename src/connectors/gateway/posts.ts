/**
 * What the ledger posts through a gateway. Each wish is the whole state of one charge, payment or credit: its lines there are
 * looked for by our number, and only what they lack is posted, under the same number with its place behind it.
 */
import type { BookCustomer } from '../../domain/books';
import { localDay } from '../../domain/calendar';
import { decimal, minus, negate, sum, ZERO } from '../../domain/money';
import { type Cents, type Currency, type Day, type Instant, zone } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { sendJson } from '../../http/encode';
import { fail, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { HttpRequest } from '../../ports';
import { asked, type Effect, type EffectContext, type Flow } from '../connector';
import { creditWish, invoiceWish, ourNumber, paymentWish } from '../wishes';
import { type Home, homeOf, type Posted, tenantsFor } from './homes';
import { aboutRow, type Line, lineIn, rowsOf } from './lines';
import type { Part, Profile } from './profile';
import { idIf, writtenAmount, writtenDay, writtenId } from './wire';

const UTC = zone('Etc/UTC');
/** So many wishes leave together: the list of tenants is read once for them. */
const BATCH = 20;

export type Posting = 'invoice' | 'payment' | 'credit';

interface Wish extends Posted {
  readonly number: string;
  readonly currency: Currency;
  /** What is to stand there in the end; a credit is a charge below nothing. */
  readonly amountCents: Cents;
  readonly day: Day;
  readonly parts: { readonly [Each in Part]?: string };
  readonly isCredit?: true;
}

/** `type` of a charge is looked up among the gateway's codes: another one is refused, for it would land in the wrong account. */
function wishIn(profile: Profile, posting: Posting, { payload }: EffectContext): Wish {
  if (posting === 'invoice') {
    const { amountCents, gone, type, description, ...wish } = invoiceWish(payload);
    const parts = { code: codeOf(profile, type), text: description };
    return { ...wish, kind: 'charge', amountCents: gone ? ZERO : amountCents, parts };
  }
  if (posting === 'payment') {
    const { amountCents, gone, source, reference, ...wish } = paymentWish(payload);
    const parts = { method: profile.method, document: reference, text: `${source} ${reference}`.trim() };
    return { ...wish, kind: 'payment', amountCents: gone ? ZERO : amountCents, parts };
  }
  const { amountCents, gone, reason, ...wish } = creditWish(payload);
  const parts = { code: codeOf(profile, 'credit'), text: reason };
  return { ...wish, kind: 'charge', amountCents: gone ? ZERO : negate(amountCents), parts, isCredit: true };
}

function codeOf({ codes }: Profile, type: string): string {
  const plain = type.toLowerCase();
  const code = codes.get(plain) ?? (plain === 'credit' ? codes.get('rent') : undefined);
  return code ?? fail('rejected', `The gateway's types of charges have none for "${type}": enter it on the card.`);
}

// ---------------------------------------------------------------- one wish

function requestOf(profile: Profile, wish: Wish, home: Home, amount: Cents, reference: string, on: Day): HttpRequest {
  const ids = {
    property: home.property,
    unit: home.unit,
    tenant: home.tenant,
    lease: home.lease,
    code: wish.parts.code,
  };
  const written = Object.entries(ids).map(([part, id]) => [
    part,
    id === undefined ? undefined : writtenId(profile, id),
  ]);
  const values: { readonly [Each in Part]?: string | number } = {
    ...wish.parts,
    ...Object.fromEntries(written),
    type: wish.kind,
    amount: writtenAmount(profile, wish.kind, amount),
    date: writtenDay(profile, on),
    postMonth: on.slice(0, 7),
    reference,
  };
  const named = Object.entries(profile[wish.kind]).flatMap(([part, name]) => {
    const value = values[part as Part];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  const url = profile.base + profile.paths[wish.kind];
  const headers = { 'Idempotency-Key': reference };
  return sendJson('POST', url, Object.fromEntries(named), { headers, keyed: profile.isKeyed });
}

/** Our lines of this number. A list that shows others where one reference was asked for proves nothing. */
function* linesOf(profile: Profile, wish: Wish, now: Instant): Flow<readonly Line[]> {
  const { kind, number, day } = wish;
  const isNumber = (row: Json) => ourNumber(idIf(row, profile[kind].reference)) === number;
  const lines: Line[] = [];
  if (!profile.ask.reference) {
    const rows = yield* rowsOf(profile, kind, { from: day, to: later(day, localDay(now, UTC)) });
    return rows.filter(isNumber).map((row) => lineIn(profile, kind, row));
  }
  for (let at = 0; ; at++) {
    const rows = yield* rowsOf(profile, kind, { reference: placed(number, at) });
    const strange = rows.find((row) => !isNumber(row));
    if (strange) return fail('malformed', `The gateway lists ${aboutRow(strange, profile.answer.id)} for ${number}.`);
    if (rows.length === 0) return lines;
    lines.push(...rows.map((row) => lineIn(profile, kind, row)));
  }
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
/** `RP-…`, and for what is posted to it afterwards `RP-…/1`. */
const placed = (number: string, at: number): string => (at === 0 ? number : `${number}/${at}`);

/** Brings it about, and gives the id of its first line there. */
function* bring(profile: Profile, wish: Wish, home: () => Home, now: Instant): Flow<string> {
  const { number, amountCents } = wish;
  if (wish.currency !== profile.currency)
    return fail(
      'rejected',
      `${number} is in ${wish.currency}, but the gateway keeps its books in ${profile.currency}.`,
    );
  const lines = yield* linesOf(profile, wish, now);
  const [first] = lines;
  const own = lines.filter((line) => line.reverses === undefined);
  const isUndone = own.some((line) => line.state === 'reversed' || line.state === 'returned');
  const net = isUndone ? ZERO : sum(own.map((line) => line.amountCents));
  if (net === amountCents) return first?.id ?? number;
  if (isUndone) return fail('rejected', `${number} was taken back at ${profile.title}, and is not posted again.`);
  const missing = minus(amountCents, net);
  if (missing < 0 && !profile.takesNegative) return byHand(profile, wish, missing);
  // What follows is dated today: the month of the first line may be closed.
  const on = first ? later(wish.day, localDay(now, UTC)) : wish.day;
  const request = requestOf(profile, wish, home(), missing, placed(number, own.length), on);
  const id = idIf(bodyOf(yield* asked(request), 'answer'), profile.answer.id);
  return first?.id ?? id ?? number;
}

function byHand({ title }: Profile, { number, isCredit, kind, currency }: Wish, missing: Cents): never {
  const amount = decimal(negate(missing), currency);
  const what = isCredit ? `Credit of ${amount}` : `${amount} of the ${kind} ${number}`;
  const how = isCredit ? `enter it at ${title} by hand` : `take it back at ${title} by hand`;
  return fail('rejected', `${what}: this gateway takes no amounts below nothing, so ${how}.`);
}

// ---------------------------------------------------------------- effects

/** Wishes about one number follow each other: side by side both would find that nothing is there. */
function* inTurn(flows: readonly (() => Flow<string>)[]): Flow<readonly (string | Fault)[]> {
  const told: (string | Fault)[] = [];
  for (const flow of flows) {
    const [result] = yield* together([flow()]);
    if (!result) throw new Error('Rent Ledger bug: a wish without an outcome');
    told.push('value' in result ? result.value : result.fault);
  }
  return told;
}

function* postAll(
  profile: Profile,
  posting: Posting,
  contexts: readonly EffectContext[],
): Flow<readonly (string | Fault)[]> {
  const numberOf = ({ payload }: EffectContext): string => String(payload.number);
  const readable = contexts.flatMap(({ payload }) => {
    const { customer } = payload as { readonly customer?: BookCustomer };
    return customer ? [{ kind: posting === 'payment' ? ('payment' as const) : ('charge' as const), customer }] : [];
  });
  const tenants = yield* tenantsFor(profile, readable);
  const numbers = [...new Set(contexts.map(numberOf))];
  const groups = numbers.map((number) => contexts.filter((context) => numberOf(context) === number));
  const results = yield* together(
    groups.map((group) => inTurn(group.map((context) => () => one(profile, posting, context, tenants)))),
  );
  const outcomes = new Map<EffectContext, string | Fault>();
  groups.forEach((group, at) => {
    const result = results[at];
    group.forEach((context, place) => {
      if (result) outcomes.set(context, 'value' in result ? (result.value[place] ?? '') : result.fault);
    });
  });
  return contexts.map((context) => outcomes.get(context) ?? '');
}

function* one(profile: Profile, posting: Posting, context: EffectContext, tenants: readonly Json[]): Flow<string> {
  const wish = wishIn(profile, posting, context);
  return yield* bring(profile, wish, () => homeOf(profile, wish, tenants), context.now);
}

export const postingOf = (posting: Posting, profileOf: (context: EffectContext) => Profile): Effect => ({
  once: 'lookup',
  *run(context) {
    const [outcome] = yield* postAll(profileOf(context), posting, [context]);
    if (outcome === undefined || typeof outcome === 'string') return outcome ?? '';
    return raise(outcome);
  },
  batch: {
    most: BATCH,
    together: () => posting,
    *run(contexts) {
      const [first] = contexts;
      return first ? yield* postAll(profileOf(first), posting, contexts) : [];
    },
  },
});

/** What would be sent if nothing of it were there: for a dry run. A household that is not known has a place that says so. */
export function rehearsed(profile: Profile, posting: Posting, context: EffectContext): HttpRequest {
  const wish = wishIn(profile, posting, context);
  const { id = '(the id on the Links tab)', property, unit } = wish.customer;
  const home = { property, unit, tenant: id, lease: id };
  return requestOf(profile, wish, home, wish.amountCents, wish.number, wish.day);
}

/** A kind that another profile of the platform may not have. */
export const isPosting = (kind: string): kind is Posting => ['invoice', 'payment', 'credit'].includes(kind);
