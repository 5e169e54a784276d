/** The entries of linked banks: a log of changes, and what `/transactions/sync` makes of it. */
import { flag, object, text, whole } from '../kit/strict';
import { refusal } from './errors';
import { type Body, countSync, needsProduct, openItem } from './gate';
import { accountView } from './items';
import type { Entry, Item, PlaidState } from './state';

export const syncRule = object({
  access_token: text(),
  'cursor?': text({ max: 256 }),
  'count?': whole,
  'options?': object({
    'include_original_description?': flag,
    'include_personal_finance_category?': flag,
    'days_requested?': whole,
    'account_id?': text(),
  }),
});

/** Right after a bank was linked there is nothing yet. */
const READY_MS = 30_000;

interface Window {
  /** Changes before this one were told. */
  readonly from: number;
  /** How many changes there were when the walk began. */
  readonly until: number;
  readonly offset: number;
}

const cursorOf = (item: Item, window: Window): string =>
  Buffer.from(JSON.stringify([item.item_id, window.from, window.until, window.offset])).toString('base64');

function windowIn(item: Item, cursor: string): Window {
  try {
    const [id, from, until, offset] = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as [
      string,
      ...number[],
    ];
    if (id === item.item_id && until! <= item.changes.length) return { from: from!, until: until!, offset: offset! };
  } catch {
    // Told below.
  }
  throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'cursor not associated with access_token');
}

/** The newest version of each entry after so many changes; the ids that are gone are missing. */
function entriesAt(item: Item, changes: number): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const { id, entry } of item.changes.slice(0, changes)) {
    if (entry) found.set(id, entry);
    else found.delete(id);
  }
  return found;
}

type Told = { readonly kind: 'added' | 'modified' | 'removed'; readonly id: string; readonly entry?: Entry };

/** What a reader of the first part must be told to know the second. */
function difference(item: Item, { from, until }: Window): Told[] {
  const [before, after] = [entriesAt(item, from), entriesAt(item, until)];
  const touched = [...new Set(item.changes.slice(from, until).map((change) => change.id))];
  return touched.flatMap((id): Told[] => {
    const entry = after.get(id);
    if (!entry) return before.has(id) ? [{ kind: 'removed', id }] : [];
    if (!before.has(id)) return [{ kind: 'added', id, entry }];
    return JSON.stringify(before.get(id)) === JSON.stringify(entry) ? [] : [{ kind: 'modified', id, entry }];
  });
}

export function sync(state: PlaidState, body: Body, nowMs: number): object {
  needsProduct(state, 'transactions');
  const item = openItem(state, body.access_token);
  countSync(state, item.item_id, nowMs);
  if (!item.products.includes('transactions')) {
    throw refusal('ITEM_ERROR', 'PRODUCTS_NOT_SUPPORTED', 'transactions is not a product of this item');
  }
  const count = body.count === undefined ? 100 : (body.count as number);
  if (count < 1 || count > 500) throw refusal('INVALID_REQUEST', 'INVALID_FIELD', 'count must be between 1 and 500');
  const accounts = item.accounts.map(accountView);
  if (nowMs < item.linkedMs + READY_MS) {
    const nothing = { added: [], modified: [], removed: [], next_cursor: '', has_more: false };
    return { ...nothing, accounts, transactions_update_status: 'NOT_READY' };
  }
  const asked = body.cursor ? windowIn(item, body.cursor as string) : { from: 0, until: 0, offset: 0 };
  const isWalking = asked.offset > 0;
  if (isWalking && asked.until !== item.changes.length) {
    throw refusal(
      'TRANSACTIONS_ERROR',
      'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
      'Underlying transaction data changed since last page was fetched. Please restart pagination from last update.',
    );
  }
  const window: Window = isWalking ? asked : { from: asked.until, until: item.changes.length, offset: 0 };
  const all = difference(item, window);
  const page = all.slice(window.offset, window.offset + count);
  const more = window.offset + count < all.length;
  const next = more
    ? { ...window, offset: window.offset + count }
    : { from: window.until, until: window.until, offset: 0 };
  const withWords = (body.options as { include_original_description?: boolean } | undefined)
    ?.include_original_description;
  const of = (kind: Told['kind']) => page.filter((told) => told.kind === kind);
  const views = (kind: Told['kind']) => of(kind).map(({ entry }) => entryView(entry!, withWords === true));
  return {
    accounts,
    added: views('added'),
    modified: views('modified'),
    removed: of('removed').map(({ id }) => ({ transaction_id: id, account_id: item.accounts[0]!.account_id })),
    next_cursor: cursorOf(item, next),
    has_more: more,
    transactions_update_status: 'HISTORICAL_UPDATE_COMPLETE',
  };
}

function entryView(entry: Entry, withWords: boolean): object {
  const { payer, reference, original_description, ...plain } = entry;
  return {
    ...plain,
    unofficial_currency_code: null,
    category: null,
    category_id: null,
    check_number: null,
    datetime: null,
    authorized_datetime: null,
    location: {
      address: null,
      city: null,
      region: null,
      postal_code: null,
      country: null,
      lat: null,
      lon: null,
      store_number: null,
    },
    merchant_name: null,
    ...(withWords ? { original_description } : {}),
    payment_meta: {
      reference_number: reference,
      ppd_id: null,
      payee: null,
      by_order_of: null,
      payer,
      payment_method: null,
      payment_processor: null,
      reason: null,
    },
    account_owner: null,
    payment_channel: 'other',
    transaction_code: null,
    transaction_type: 'special',
    counterparties: [],
  };
}
