/** What we ask Plaid to do: debit a resident's linked account in the US, and make a page to pay by bank in the UK and the EU. */
import { decimal, toNumber } from '../../domain/money';
import { type Cents, type Currency, currency } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { everyPage } from '../../http/paging';
import type { HttpRequest } from '../../ports';
import { type Account, asked, type Effect, type EffectContext, type Flow } from '../connector';
import { DAY_MS, MINUTE_MS } from '../seen';
import { withPage } from '../wishes';
import { ascii, idempotencyKey, keyedWrite, read, secretOf, write } from './api';
import { referenceOf } from './reference';
import { transfersIn } from './transfers';

/** An effect that waits longer than this is not sent any more. */
const LOOKED_BACK_MS = 35 * DAY_MS;
const MAX_PAGES = 80;

/** Of a currency that the product takes. */
function amountOf(wanted: Json, known: Readonly<Record<string, true>>): { cents: Cents; money: Currency } {
  wanted.oneOf('currency', known);
  const cents = wanted.minor('amountCents');
  // Plaid takes no payment below one.
  return cents >= 100
    ? { cents, money: currency(wanted.str('currency')) }
    : wanted.at('amountCents').wrong('1.00 or more');
}

// ---------------------------------------------------------------- ACH debit

/**
 * Debits a linked bank account: payload `{ amountCents, currency: 'USD', leaseId, description, name, email?, autopay:
 * "<item> <account>", retry?: 1 | 2 }`. First Plaid judges the debit, then the transfer is made of what it approved. A
 * decline is a `rejected` fault with Plaid's reason: nothing was collected. The money is pending for days, and the receipts
 * feed tells how it ends. The authorization carries our key; that key is forgotten after two days, so a repeat looks for the
 * transfer first.
 */
export const transfer: Effect = {
  once: 'lookup',
  *run(context) {
    const wanted = new Json(context.payload, 'payload');
    const body = debitBody(wanted, context.key);
    const made = context.attempt > 1 ? yield* transferMade(context) : undefined;
    if (made !== undefined) return made;
    const authorization_id = yield* authorizationFor(context, body.authorization);
    const done = yield* asked(keyedWrite(context.account, '/transfer/create', { ...body.transfer, authorization_id }));
    return bodyOf(done, 'transfer').str('transfer.id');
  },
};

/** The rules of ACH ask for these words where a debit that came back is tried again, and allow two. */
const RETRIES = [1, 2];
/** ACH carries no more. */
const DESCRIPTION_MAX = 10;

function debitBody(wanted: Json, key: string) {
  const [item = '', bankAccount = ''] = wanted.str('autopay').trim().split(/\s+/);
  if (item === '' || bankAccount === '') wanted.at('autopay').wrong('a linked item and its account');
  const { cents, money } = amountOf(wanted, { USD: true });
  const email = wanted.opt('email');
  const bank = { access_token: secretOf(item), account_id: bankAccount };
  return {
    authorization: {
      ...bank,
      type: 'debit',
      network: 'ach',
      amount: decimal(cents, money),
      ach_class: 'web',
      user: { legal_name: wanted.str('name'), email_address: email },
    },
    transfer: {
      ...bank,
      description: descriptionOf(wanted),
      metadata: { lease_id: ascii(wanted.str('leaseId')), effect_key: ascii(key) },
    },
  };
}

function descriptionOf(wanted: Json): string {
  if (!wanted.has('retry')) {
    const plain = wanted
      .str('description')
      .replace(/[^A-Za-z0-9.-]+/g, ' ')
      .trim();
    return plain.slice(0, DESCRIPTION_MAX).trim() || 'Rent';
  }
  const retry = wanted.int('retry');
  return RETRIES.includes(retry) ? `Retry ${retry}` : wanted.at('retry').wrong('the first or second retry');
}

/** Plaid takes an authorization for an hour. */
const GOOD_MS = 55 * MINUTE_MS;
const MAX_AUTHORIZATIONS = 6;

/**
 * The key replays an earlier authorization for two days. One whose hour is over makes no transfer any more, so that a further
 * one cannot be the second; its key is made of the one before, and so is found again too.
 */
function* authorizationFor({ account, key, now }: EffectContext, body: object): Flow<string> {
  let seed: string = key;
  for (let at = 0; at < MAX_AUTHORIZATIONS; at++) {
    const asking = { ...body, idempotency_key: idempotencyKey(seed) };
    const reply = yield* asked(keyedWrite(account, '/transfer/authorization/create', asking));
    const authorization = bodyOf(reply, 'authorization').at('authorization');
    const id = approved(authorization);
    if (authorization.isoInstant('created') > now - GOOD_MS) return id;
    seed = `${seed} ${id}`;
  }
  return fail('busy', 'Plaid gives old authorizations only. It is tried again later.');
}

const DECISIONS = { approved: true, declined: false, user_action_required: false } as const;

function approved(authorization: Json): string {
  if (authorization.oneOf('decision', DECISIONS)) return authorization.str('id');
  const [code, words] = ['code', 'description'].map((path) => authorization.opt(`decision_rationale.${path}`));
  const needsPayer = authorization.str('decision') === 'user_action_required';
  const why = `${code ?? 'no reason given'}${words ? `: ${words}` : ''}`;
  const message = needsPayer
    ? `The resident must link the bank again before it can be debited (${why}). Nothing was collected.`
    : `Plaid declined the debit (${why}). Nothing was collected.`;
  return fail('rejected', message, code ? { code } : {});
}

function* transferMade({ account, key, now }: EffectContext): Flow<string | undefined> {
  const wanted = ascii(key);
  for (let page = 0; page < MAX_PAGES; page++) {
    const dates = { start_date: new Date(now - LOOKED_BACK_MS).toISOString(), count: 25, offset: page * 25 };
    const list = transfersIn(bodyOf(yield* asked(read(account, '/transfer/list', dates)), 'transfers'));
    const found = list.find((each) => each.opt('metadata.effect_key') === wanted);
    if (found) return found.str('id');
    if (list.length < 25) return undefined;
  }
  return tooMany();
}

const tooMany = (): never =>
  fail('malformed', 'The list at Plaid does not end, so nobody can tell whether this was done before. Look there.');

// ---------------------------------------------------------------- payment by bank

const COUNTRIES: Readonly<Record<string, readonly string[]>> = {
  GBP: ['GB'],
  EUR: ['DE', 'ES', 'FR', 'IE', 'IT', 'NL', 'BE', 'PT', 'AT', 'FI'],
};
/** Plaid allows 21 days; a reminder brings a new page. */
const PAGE_SECONDS = 7 * 86_400;

/**
 * A page on which the resident pays from their own bank: payload `{ amountCents, currency: 'GBP' | 'EUR', leaseId, property?,
 * successUrl?, lastsSeconds? }`. Gives the payment's id and the page's address. The payment's reference is made of the key: a repeat finds
 * the payment by it, and opens another page for the same payment.
 */
export const payLink: Effect = {
  once: 'lookup',
  goodForMs: (PAGE_SECONDS - 12 * 3600) * 1000,
  *run(context) {
    const wanted = new Json(context.payload, 'payload');
    const { cents, money } = amountOf(wanted, { GBP: true, EUR: true });
    const reference = referenceOf(wanted.str('leaseId'), context.key);
    const amount = { currency: money, value: toNumber(cents, money) };
    const made = context.attempt > 1 ? yield* paymentMade(context, reference) : undefined;
    const payment = made ?? (yield* newPayment(context.account, reference, amount));
    const reply = yield* asked(pageRequest(context.account, wanted, payment, COUNTRIES[money] ?? []));
    return withPage(payment, bodyOf(reply, 'link').str('hosted_link_url'));
  },
};

function* newPayment(account: Account, reference: string, amount: object): Flow<string> {
  const recipient_id = yield* recipientOf(account);
  const body = { recipient_id, reference, amount };
  return bodyOf(yield* asked(write(account, '/payment_initiation/payment/create', body)), 'payment').str('payment_id');
}

function pageRequest(account: Account, wanted: Json, payment: string, countries: readonly string[]): HttpRequest {
  const redirect = wanted.opt('successUrl');
  // Opening a page moves nothing, so it may be asked for again.
  return keyedWrite(account, '/link/token/create', {
    client_name: clientName(wanted.opt('property')),
    language: 'en',
    country_codes: countries,
    products: ['payment_initiation'],
    user: { client_user_id: wanted.str('leaseId') },
    payment_initiation: { payment_id: payment },
    hosted_link: { url_lifetime_seconds: lifeOf(wanted), completion_redirect_uri: redirect },
  });
}

const lifeOf = (wanted: Json): number => (wanted.has('lastsSeconds') ? wanted.int('lastsSeconds') : PAGE_SECONDS);

/** Stands on the page; Plaid shows 30 characters. */
export const clientName = (name: string | undefined): string =>
  (name ?? '').trim().slice(0, 30).trim() || 'Rent Ledger';

function* paymentMade({ account, now }: EffectContext, reference: string): Flow<string | undefined> {
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const asking = read(account, '/payment_initiation/payment/list', { count: 200, cursor });
    const body = bodyOf(yield* asked(asking), 'payments');
    const found = body.list('payments').find((each) => each.str('reference') === reference);
    if (found) return found.str('payment_id');
    const next = body.opt('next_cursor');
    if (next === undefined || next === cursor || body.isoInstant('next_cursor') < now - LOOKED_BACK_MS)
      return undefined;
    cursor = next;
  }
  return tooMany();
}

/** The landlord's account as Plaid knows it, or made known now. */
function* recipientOf(account: Account): Flow<string> {
  const wanted = recipientIn(account);
  const all = yield* everyPage<Json, string>(
    (cursor) => read(account, '/payment_initiation/recipient/list', { count: 100, cursor }),
    (reply, cursor) => {
      const body = bodyOf(reply, 'recipients');
      const next = body.opt('next_cursor');
      return { items: body.list('recipients'), next: next === cursor ? undefined : next };
    },
    MAX_PAGES,
  );
  const known = all.find((each) => isSame(each, wanted));
  if (known) return known.str('recipient_id');
  const reply = yield* asked(write(account, '/payment_initiation/recipient/create', { ...wanted }));
  return bodyOf(reply, 'recipient').str('recipient_id');
}

interface Recipient {
  readonly name: string;
  readonly iban?: string;
  readonly bacs?: { readonly account: string; readonly sort_code: string };
}

function recipientIn(account: Account): Recipient {
  const bare = (name: string): string => (account[name] ?? '').replace(/[\s-]/g, '').toUpperCase();
  const name = (account.PLAID_RECIPIENT_NAME ?? '').trim();
  const [iban, number, sortCode] = ['IBAN', 'ACCOUNT', 'SORT_CODE'].map((part) => bare(`PLAID_RECIPIENT_${part}`));
  if (name && iban) return { name, iban };
  if (name && number && sortCode) return { name, bacs: { account: number, sort_code: sortCode } };
  return fail(
    'rejected',
    'Where rent is paid to is not known: connect Plaid again with the account holder, and an IBAN or a sort code and account number.',
  );
}

const isSame = (known: Json, { name, iban, bacs }: Recipient): boolean =>
  known.str('name') === name &&
  known.opt('iban') === iban &&
  known.opt('bacs.account') === bacs?.account &&
  known.opt('bacs.sort_code') === bacs?.sort_code;
