/** Customers and the cards that are on file for them. */
import { invalid, refusal } from './answer';
import { page, SEARCH_LAG_MS } from './lists';
import { customerOf } from './orders';
import { iso, newId, type SquareState, type Thing } from './state';

const NAMES = ['given_name', 'family_name', 'company_name', 'email_address', 'phone_number'];

export function createCustomer(state: SquareState, wish: Readonly<Record<string, unknown>>, nowMs: number): Thing {
  const { idempotency_key: _key, ...fields } = wish;
  if (!NAMES.some((name) => fields[name]))
    throw invalid('MISSING_REQUIRED_PARAMETER', `At least one of ${NAMES.join(', ')} is required.`);
  const customer: Thing = {
    id: newId(state, 'customer', 'CUST'),
    ...fields,
    preferences: { email_unsubscribed: false },
    creation_source: 'THIRD_PARTY',
    version: 0,
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.customers[customer.id] = customer;
  return customer;
}

interface CustomerSearch {
  readonly cursor?: string;
  readonly limit?: number;
  readonly query?: {
    readonly filter?: Readonly<Record<string, { readonly exact?: string; readonly fuzzy?: string }>>;
    readonly sort?: { readonly order?: string };
  };
}

export function searchCustomers(state: SquareState, wanted: CustomerSearch, nowMs: number) {
  const filter = wanted.query?.filter ?? {};
  const passes = (customer: Thing): boolean =>
    Object.entries(filter).every(([name, { exact, fuzzy }]) => {
      const value = String(customer[name] ?? '').toLowerCase();
      return exact === undefined ? value.includes((fuzzy ?? '').toLowerCase()) : value === exact.toLowerCase();
    });
  const limit = wanted.limit ?? 100;
  if (limit < 1 || limit > 100) throw invalid('VALUE_TOO_HIGH', 'limit must be from 1 to 100.', 'limit');
  const { cursor, ...asked } = wanted;
  const madeAt = (row: Thing): number => Date.parse(row.created_at);
  const rows = Object.values(state.customers).filter((row) => madeAt(row) + SEARCH_LAG_MS <= nowMs && passes(row));
  const descends = wanted.query?.sort?.order === 'DESC';
  const found = page({ rows, by: madeAt, descends, limit, asked, cursor, nowMs });
  return {
    ...(found.rows.length > 0 ? { customers: found.rows } : {}),
    ...(found.cursor ? { cursor: found.cursor } : {}),
  };
}

const NONCES: Readonly<Record<string, string | undefined>> = {
  'cnon:card-nonce-ok': undefined,
  'cnon:card-nonce-insufficient-funds': 'INSUFFICIENT_FUNDS',
};

/** Puts a card on file. What its bank will say one day is no part of the object that is shown. */
export function createCard(
  state: SquareState,
  wish: { readonly source_id: string; readonly card: { readonly customer_id: string } },
  nowMs: number,
): Thing {
  customerOf(state, wish.card.customer_id);
  if (!Object.hasOwn(NONCES, wish.source_id))
    throw refusal(400, 'PAYMENT_METHOD_ERROR', 'INVALID_CARD_DATA', `Invalid card data: ${wish.source_id}`);
  const decline = NONCES[wish.source_id];
  const card: Thing = {
    id: `ccof:${newId(state, 'card', 'CARD')}`,
    ...wish.card,
    card_brand: 'VISA',
    last_4: '1111',
    exp_month: 11,
    exp_year: 2029,
    card_type: 'CREDIT',
    prepaid_type: 'NOT_PREPAID',
    bin: '411111',
    enabled: true,
    version: 1,
    merchant_id: state.merchant.id,
    ...(decline ? { decline } : {}),
    created_at: iso(nowMs),
    updated_at: iso(nowMs),
  };
  state.cards[card.id] = card;
  return card;
}

export const shownCard = ({ decline: _decline, updated_at: _at, ...card }: Thing) => card;
