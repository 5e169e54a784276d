/** Linked banks: exchanged from a public token, looked at, and removed. */
import { listOf, object, oneOf, text } from '../kit/strict';
import { refusal } from './errors';
import { type Body, itemOf, openItem } from './gate';
import { type BankAccount, type Item, iso, longId, type PlaidState, uuid } from './state';

export const exchangeRule = object({ public_token: text() });
export const accountsRule = object({
  access_token: text(),
  'options?': object({ 'account_ids?': listOf(text()) }),
});
export const itemRule = object({ access_token: text() });
export const removeRule = object({
  access_token: text(),
  'reason_code?': oneOf(
    'FRAUD_FIRST_PARTY',
    'FRAUD_FALSE_IDENTITY',
    'FRAUD_ABUSE',
    'FRAUD_OTHER',
    'CONNECTION_IS_NON_FUNCTIONAL',
    'OTHER',
  ),
  'reason_note?': text({ max: 512 }),
});
export const publicTokenRule = object({
  institution_id: text({ like: /^ins_\d+$/ }),
  initial_products: listOf(text(), { min: 1 }),
  'options?': object({ 'webhook?': text(), 'override_username?': text(), 'override_password?': text() }),
});

const TOKEN_MS = 30 * 60_000;

export interface NewBank {
  readonly institution?: string;
  readonly account?: string;
  readonly mask?: string;
  readonly currency?: string;
  readonly balance?: number;
  readonly products: readonly string[];
}

/** A person has agreed at the bank: an item, and a public token that opens it once. */
export function newItem(
  state: PlaidState,
  bank: NewBank,
  environment: string,
  nowMs: number,
): { item: Item; token: string } {
  const account: BankAccount = {
    account_id: longId(state, 'acc'),
    name: bank.account ?? 'Plaid Checking',
    official_name: null,
    mask: bank.mask ?? '0000',
    type: 'depository',
    subtype: 'checking',
    currency: bank.currency ?? 'USD',
    balance: bank.balance ?? 10_000,
  };
  const item: Item = {
    item_id: longId(state, 'item'),
    access_token: `access-${environment}-${uuid(state, 'access')}`,
    institution_id: 'ins_109508',
    institution_name: bank.institution ?? 'First Platypus Bank',
    products: bank.products,
    linkedMs: nowMs,
    accounts: [account],
    changes: [],
    loginRequired: false,
    removed: false,
  };
  state.items[item.item_id] = item;
  const token = `public-${environment}-${uuid(state, 'public')}`;
  state.publicTokens[token] = { item_id: item.item_id, untilMs: nowMs + TOKEN_MS, used: false };
  return { item, token };
}

export function createPublicToken(state: PlaidState, body: Body, nowMs: number, environment: string): object {
  if (environment !== 'sandbox') throw refusal('SANDBOX_ERROR', 'SANDBOX_ONLY', 'this endpoint is only in the sandbox');
  const products = body.initial_products as string[];
  const unknown = products.find((product) => !state.products.includes(product));
  if (unknown) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', `initial_products has an invalid product: ${unknown}`);
  return { public_token: newItem(state, { products }, environment, nowMs).token };
}

export function exchange(state: PlaidState, body: Body, nowMs: number): object {
  const known = state.publicTokens[String(body.public_token)];
  if (!known || known.used || known.untilMs < nowMs) {
    throw refusal('INVALID_INPUT', 'INVALID_PUBLIC_TOKEN', 'could not find matching public token');
  }
  known.used = true;
  const item = state.items[known.item_id]!;
  return { access_token: item.access_token, item_id: item.item_id };
}

export const accountView = (account: BankAccount): object => ({
  account_id: account.account_id,
  balances: {
    available: account.balance,
    current: account.balance,
    limit: null,
    iso_currency_code: account.currency,
    unofficial_currency_code: null,
  },
  mask: account.mask,
  name: account.name,
  official_name: account.official_name,
  type: account.type,
  subtype: account.subtype,
});

const itemView = (item: Item): object => ({
  item_id: item.item_id,
  institution_id: item.institution_id,
  institution_name: item.institution_name,
  webhook: null,
  error: null,
  available_products: ['balance'],
  billed_products: item.products,
  products: item.products,
  consent_expiration_time: null,
  update_type: 'background',
});

export function accounts(state: PlaidState, body: Body): object {
  const item = openItem(state, body.access_token);
  const wanted = (body.options as { account_ids?: string[] } | undefined)?.account_ids;
  const shown = item.accounts.filter((account) => !wanted || wanted.includes(account.account_id));
  if (wanted && shown.length !== wanted.length) {
    throw refusal('INVALID_INPUT', 'INVALID_ACCOUNT_ID', 'failed to find requested account ID for requested item');
  }
  return { accounts: shown.map(accountView), item: itemView(item) };
}

export function getItem(state: PlaidState, body: Body): object {
  const item = itemOf(state, body.access_token);
  return {
    item: { ...itemView(item), created_at: iso(item.linkedMs) },
    status: {
      investments: null,
      transactions: { last_successful_update: iso(item.linkedMs), last_failed_update: null },
      last_webhook: null,
    },
  };
}

export function removeItem(state: PlaidState, body: Body): object {
  itemOf(state, body.access_token).removed = true;
  return {};
}

export function resetLogin(state: PlaidState, body: Body): object {
  itemOf(state, body.access_token).loginRequired = true;
  return { reset_login: true };
}
