/** Link tokens and Hosted Link: a page of Plaid's own, and what became of it. */
import { flag, listOf, object, oneOf, text, whole } from '../kit/strict';
import { notFound, refusal } from './errors';
import { type Body, itemOf, needsProduct } from './gate';
import { iso, type LinkToken, type PlaidState, uuid } from './state';

const COUNTRIES = ['US', 'GB', 'ES', 'NL', 'FR', 'IE', 'CA', 'DE', 'IT', 'PL', 'DK', 'NO', 'SE', 'EE', 'LT', 'LV'];
const MORE = ['PT', 'BE', 'AT', 'FI'];
const PRODUCTS = [
  'assets',
  'auth',
  'balance',
  'identity',
  'liabilities',
  'payment_initiation',
  'transactions',
  'transfer',
];

export const createRule = object({
  client_name: text({ min: 1, max: 30 }),
  language: oneOf('da', 'nl', 'en', 'et', 'fr', 'de', 'it', 'lv', 'lt', 'no', 'pl', 'pt', 'ro', 'es', 'sv'),
  country_codes: listOf(oneOf(...COUNTRIES, ...MORE), { min: 1 }),
  user: object({ client_user_id: text({ min: 1 }), 'legal_name?': text(), 'email_address?': text() }),
  'products?': listOf(oneOf(...PRODUCTS)),
  'webhook?': text({ like: /^https:/ }),
  'access_token?': text({ min: 1 }),
  'redirect_uri?': text({ like: /^https:/ }),
  'payment_initiation?': object({ payment_id: text() }),
  'transactions?': object({ 'days_requested?': whole }),
  'update?': object({ 'account_selection_enabled?': flag }),
  'hosted_link?': object({
    'completion_redirect_uri?': text({ like: /^[a-z][a-z0-9+.-]*:/ }),
    'url_lifetime_seconds?': whole,
    'is_mobile_app?': flag,
    'delivery_method?': oneOf('sms', 'email'),
  }),
});
export const getRule = object({ link_token: text() });

const TOKEN_MS = 4 * 3_600_000;
const HOSTED_SECONDS = 1800;
const HOSTED_MAX = 21 * 86_400;

interface Hosted {
  readonly completion_redirect_uri?: string;
  readonly url_lifetime_seconds?: number;
}

export function createLink(state: PlaidState, body: Body, nowMs: number, environment: string): object {
  const products = (body.products as string[] | undefined) ?? [];
  const updated = body.access_token === undefined ? null : itemOf(state, body.access_token).item_id;
  checkProducts(state, body, products, updated);
  const hosted = body.hosted_link as Hosted | undefined;
  const seconds = hosted?.url_lifetime_seconds ?? HOSTED_SECONDS;
  if (seconds < 1 || seconds > HOSTED_MAX) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'url_lifetime_seconds must be positive and at most 21 days');
  }
  const id = uuid(state, 'link');
  const link: LinkToken = {
    link_token: `link-${environment}-${id}`,
    hosted_link_url: `https://secure.plaid.com/hl/${id.replace(/-/g, '')}`,
    createdMs: nowMs,
    untilMs: nowMs + (hosted ? seconds * 1000 : TOKEN_MS),
    products,
    countries: body.country_codes as string[],
    language: body.language as string,
    client_name: body.client_name as string,
    payment_id: (body.payment_initiation as { payment_id: string } | undefined)?.payment_id ?? null,
    item_id: updated,
    redirect: hosted?.completion_redirect_uri ?? null,
    sessions: [],
  };
  state.links[link.link_token] = link;
  return {
    link_token: link.link_token,
    expiration: iso(link.untilMs),
    ...(hosted ? { hosted_link_url: link.hosted_link_url } : {}),
  };
}

function checkProducts(state: PlaidState, body: Body, products: readonly string[], updated: string | null): void {
  if (updated !== null) {
    if (products.length === 0) return;
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'products must not be sent in update mode');
  }
  if (products.length === 0) throw refusal('INVALID_REQUEST', 'MISSING_FIELDS', 'products must be set');
  for (const product of products) needsProduct(state, product);
  const isPayment = products.includes('payment_initiation');
  if (isPayment && products.length > 1) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'payment_initiation cannot be used with other products');
  }
  const payment = (body.payment_initiation as { payment_id: string } | undefined)?.payment_id;
  if (isPayment && (payment === undefined || !state.payments[payment])) {
    throw refusal('INVALID_INPUT', 'INVALID_PAYMENT_ID', 'payment_id is not a payment of this client');
  }
  const outside = (body.country_codes as string[]).filter((country) => country !== 'US');
  if (products.includes('transfer') && outside.length > 0) {
    throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'transfer is supported in the US only');
  }
}

export function getLink(state: PlaidState, body: Body): object {
  const link = state.links[String(body.link_token)];
  if (!link) throw notFound('link token');
  return {
    link_token: link.link_token,
    created_at: iso(link.createdMs),
    expiration: iso(link.untilMs),
    link_sessions: link.sessions.map((session) => ({
      link_session_id: session.link_session_id,
      started_at: session.started_at,
      finished_at: session.finished_at,
      events: [],
      exit: null,
      on_exit: null,
      results: session.public_token === null ? null : resultsOf(state, session.item_id!, session.public_token),
    })),
    metadata: {
      initial_products: link.products,
      webhook: null,
      country_codes: link.countries,
      language: link.language,
      redirect_uri: null,
      client_name: link.client_name,
    },
  };
}

function resultsOf(state: PlaidState, itemId: string, token: string): object {
  const item = state.items[itemId]!;
  const added = {
    public_token: token,
    accounts: item.accounts.map(({ account_id, name, mask, type, subtype }) => ({
      id: account_id,
      name,
      mask,
      type,
      subtype,
      verification_status: null,
      class_type: null,
    })),
    institution: { name: item.institution_name, institution_id: item.institution_id },
  };
  return {
    item_add_results: [added],
    cra_item_add_results: [],
    cra_update_results: [],
    bank_income_results: [],
    payroll_income_results: [],
    document_income_results: null,
  };
}
