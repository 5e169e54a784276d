/** The Plaid sandbox: money moves as banks move it, entries come by cursor, and what is wrong is refused in Plaid's words. */
import {
  linkPlaidBank,
  movePlaidTransfer,
  receiveAtPlaidBank,
  removePlaidEntry,
  settledPlaidTransfer,
} from '../../local/vendors/people';
import { type PlaidState, plaid } from '../../local/vendors/plaid';
import { newItem } from '../../local/vendors/plaid/items';
import type { Item } from '../../local/vendors/plaid/state';

const START = Date.UTC(2026, 11, 2, 15);
const HOUR = 3_600_000;

interface Answer {
  readonly status: number;
  readonly [name: string]: unknown;
}

class Account {
  readonly state: PlaidState = plaid.start();
  nowMs = START;

  ask(path: string, body: object = {}, host = 'sandbox.plaid.com'): Answer {
    const environment = host.split('.')[0] ?? '';
    const headers = {
      'content-type': 'application/json',
      'plaid-client-id': this.state.client_id,
      'plaid-secret': this.state.secrets[environment] ?? '',
    };
    const request = { method: 'POST', url: `https://${host}${path}`, headers, body: JSON.stringify(body) };
    const reply = plaid.handle(this.state, request, this.nowMs);
    return { ...(JSON.parse(reply.body) as object), status: reply.status };
  }

  bank(products: readonly string[], balance = 5000): Item {
    return newItem(this.state, { products, balance }, 'sandbox', this.nowMs - HOUR).item;
  }

  authorize(item: Item, more: object = {}): Answer {
    return this.ask('/transfer/authorization/create', {
      access_token: item.access_token,
      account_id: item.accounts[0]?.account_id,
      type: 'debit',
      network: 'ach',
      amount: '1450.00',
      ach_class: 'web',
      user: { legal_name: 'Anne Charleston' },
      ...more,
    });
  }

  create(item: Item, authorization: string, more: object = {}): Answer {
    return this.ask('/transfer/create', {
      access_token: item.access_token,
      account_id: item.accounts[0]?.account_id,
      authorization_id: authorization,
      description: 'Rent',
      ...more,
    });
  }

  debit(item: Item): string {
    const { authorization } = this.authorize(item) as { authorization: { id: string } } & Answer;
    return (this.create(item, authorization.id) as { transfer: { id: string } } & Answer).transfer.id;
  }
}

describe('a debit', () => {
  it('leaves the account when it is posted and comes back when it is returned', () => {
    const account = new Account();
    const item = account.bank(['transfer']);
    const id = account.debit(item);
    const balance = () => item.accounts[0]?.balance;
    expect(balance()).toBe(5000);
    movePlaidTransfer(account.state, id, 'posted', account.nowMs);
    expect(balance()).toBe(3550);
    movePlaidTransfer(account.state, id, 'settled', account.nowMs);
    movePlaidTransfer(account.state, id, 'returned', account.nowMs, 'R01');
    expect(balance()).toBe(5000);
    expect(account.ask('/transfer/get', { transfer_id: id })).toMatchObject({
      transfer: { status: 'returned', cancellable: false, failure_reason: { failure_code: 'R01' } },
    });
  });

  it('tells each step as an event, and the next ones after any of them', () => {
    const account = new Account();
    const id = account.debit(account.bank(['transfer']));
    movePlaidTransfer(account.state, id, 'posted', account.nowMs);
    movePlaidTransfer(account.state, id, 'settled', account.nowMs);
    const types = (after_id: number) =>
      (account.ask('/transfer/event/sync', { after_id }).transfer_events as { event_type: string }[]).map(
        (event) => event.event_type,
      );
    expect(types(0)).toEqual(['pending', 'posted', 'settled']);
    expect(types(2)).toEqual(['settled']);
    expect(account.ask('/transfer/event/sync', { after_id: 0, count: 2 }).has_more).toBe(true);
  });

  it.each([
    ['a good one', {}, 'approved'],
    ['more than there is', { amount: '9000.00' }, 'declined'],
    ['more than is allowed', { amount: '2000000.00' }, 'declined'],
  ])('of %s is judged', (_, more, decision) => {
    const account = new Account();
    expect(account.authorize(account.bank(['transfer']), more)).toMatchObject({ authorization: { decision } });
  });

  it('replays an authorization for two days by its key, and makes one transfer of it', () => {
    const account = new Account();
    const item = account.bank(['transfer']);
    const id = () =>
      (account.authorize(item, { idempotency_key: 'k1' }) as { authorization: { id: string } } & Answer).authorization
        .id;
    const first = id();
    account.nowMs += 30 * 60_000;
    expect(id()).toBe(first);
    const made = [account.create(item, first), account.create(item, first)];
    expect(made[1]?.transfer).toEqual(made[0]?.transfer);
    expect(account.authorize(item, { idempotency_key: 'k1', amount: '1.00' }).status).toBe(400);
    account.nowMs += 49 * HOUR;
    expect(id()).not.toBe(first);
  });

  it('can be cancelled while it waits, and refunded up to its amount once it has settled', () => {
    const account = new Account();
    const item = account.bank(['transfer']);
    const [gone, kept] = [account.debit(item), account.debit(item)];
    expect(account.ask('/transfer/cancel', { transfer_id: gone }).status).toBe(200);
    const refund = (amount: string, idempotency_key: string) =>
      account.ask('/transfer/refund/create', { transfer_id: kept, amount, idempotency_key });
    expect(refund('1.00', 'r0')).toMatchObject({ status: 400, error_type: 'TRANSFER_ERROR' });
    for (const step of ['posted', 'settled'] as const) movePlaidTransfer(account.state, kept, step, account.nowMs);
    expect(account.ask('/transfer/cancel', { transfer_id: kept })).toMatchObject({ error_type: 'TRANSFER_ERROR' });
    const one = refund('1000.00', 'r1').refund;
    expect(refund('1000.00', 'r1').refund).toEqual(one);
    expect(refund('450.01', 'r2').status).toBe(400);
    expect(refund('450.00', 'r3').status).toBe(200);
  });

  it('lists the newest first, page by page, between two moments', () => {
    const account = new Account();
    const ids = Array.from({ length: 30 }, (_, at) =>
      settledPlaidTransfer(account.state, { lease: 'L-1', amountCents: 1000 + at }, START + at * 60_000),
    );
    const list = (more: object) =>
      (account.ask('/transfer/list', more).transfers as { id: string }[]).map((transfer) => transfer.id);
    expect([...list({}), ...list({ offset: 25 })]).toEqual([...ids].reverse());
    expect(list({ start_date: '2026-12-02T15:10:00Z', end_date: '2026-12-02T15:11:00Z' })).toEqual([ids[11], ids[10]]);
  });
});

describe('entries of an account', () => {
  const sync = (account: Account, item: Item, more: object = {}) =>
    account.ask('/transactions/sync', { access_token: item.access_token, ...more });
  const ids = (list: unknown) => (list as { transaction_id: string }[]).map((entry) => entry.transaction_id);
  const arrive = (account: Account, item: Item, more: object = {}) =>
    receiveAtPlaidBank(account.state, item.item_id, { amountCents: 100_000, name: 'Zelle', ...more }, account.nowMs);

  it('come in with a minus, page by page, and then only what is new', () => {
    const account = new Account();
    const item = account.bank(['transactions']);
    const made = [arrive(account, item), arrive(account, item), arrive(account, item)];
    const first = sync(account, item, { count: 2 });
    expect(first).toMatchObject({ has_more: true, added: [{ amount: -1000 }, { amount: -1000 }] });
    const second = sync(account, item, { cursor: first.next_cursor });
    expect([...ids(first.added), ...ids(second.added)]).toEqual(made);
    const later = arrive(account, item);
    expect(ids(sync(account, item, { cursor: second.next_cursor }).added)).toEqual([later]);
  });

  it('that were told and are gone are removed; those that came and went in between are not spoken of', () => {
    const account = new Account();
    const item = account.bank(['transactions']);
    const pending = arrive(account, item, { pending: true });
    const { next_cursor: cursor } = sync(account, item);
    const brief = arrive(account, item);
    removePlaidEntry(account.state, item.item_id, brief);
    const posted = arrive(account, item, { replaces: pending });
    const { added, removed } = sync(account, item, { cursor });
    expect([ids(added), ids(removed)]).toEqual([[posted], [pending]]);
  });

  it('that change between two pages send the reader back', () => {
    const account = new Account();
    const item = account.bank(['transactions']);
    for (let at = 0; at < 3; at++) arrive(account, item);
    const { next_cursor: cursor } = sync(account, item, { count: 1 });
    arrive(account, item);
    expect(sync(account, item, { cursor })).toMatchObject({
      status: 400,
      error_code: 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
    });
  });

  it('may be read fifty times a minute', () => {
    const account = new Account();
    const item = account.bank(['transactions']);
    const statuses = Array.from({ length: 51 }, () => sync(account, item).status);
    expect([statuses[49], statuses[50]]).toEqual([200, 429]);
    account.nowMs += 61_000;
    expect(sync(account, item).status).toBe(200);
  });
});

describe('a page of Link', () => {
  const create = (account: Account, more: object = {}) =>
    account.ask('/link/token/create', {
      client_name: 'Elm House',
      language: 'en',
      country_codes: ['US'],
      user: { client_user_id: 'owner' },
      products: ['transactions'],
      hosted_link: {},
      ...more,
    });

  it('gives a public token that opens the bank once, within half an hour', () => {
    const account = new Account();
    const { hosted_link_url, link_token } = create(account);
    linkPlaidBank(account.state, String(hosted_link_url), {}, account.nowMs);
    const { link_sessions } = account.ask('/link/token/get', { link_token });
    const [session] = link_sessions as { results: { item_add_results: { public_token: string }[] } }[];
    const exchange = () =>
      account.ask('/item/public_token/exchange', {
        public_token: session?.results.item_add_results[0]?.public_token,
      });
    const { access_token } = exchange();
    expect(exchange()).toMatchObject({ error_code: 'INVALID_PUBLIC_TOKEN' });
    expect(account.ask('/accounts/get', { access_token })).toMatchObject({ accounts: [{ mask: '0000' }] });
    expect(account.ask('/item/remove', { access_token }).status).toBe(200);
    expect(account.ask('/accounts/get', { access_token })).toMatchObject({ error_code: 'INVALID_ACCESS_TOKEN' });
  });

  it('is over when its time is', () => {
    const account = new Account();
    const { hosted_link_url } = create(account);
    expect(() => linkPlaidBank(account.state, String(hosted_link_url), {}, START + HOUR)).toThrow(/expired/);
  });

  it.each([
    ['no products', { products: [] }, 'MISSING_FIELDS'],
    ['a payment of nobody', { products: ['payment_initiation'] }, 'INVALID_PAYMENT_ID'],
    ['debits outside the US', { products: ['transfer'], country_codes: ['GB'] }, 'INVALID_FIELD'],
    ['more than three weeks', { hosted_link: { url_lifetime_seconds: 2_000_000 } }, 'INVALID_FIELD'],
    ['a country that Plaid has not', { country_codes: ['JP'] }, 'INVALID_FIELD'],
  ])('with %s is refused', (_, more, error_code) => {
    expect(create(new Account(), more)).toMatchObject({ status: 400, error_code });
  });
});

describe('what is wrong is refused', () => {
  it.each([
    ['an amount without cents', (a: Account, i: Item) => a.authorize(i, { amount: '1450' }), 'INVALID_FIELD'],
    ['a debit as ppd', (a: Account, i: Item) => a.authorize(i, { ach_class: 'ppd' }), 'INVALID_FIELD'],
    ['a key too long', (a: Account, i: Item) => a.authorize(i, { idempotency_key: 'k'.repeat(51) }), 'INVALID_FIELD'],
    ['an account of another bank', (a: Account, i: Item) => a.authorize(i, { account_id: 'x' }), 'INVALID_ACCOUNT_ID'],
    ['an authorization of nobody', (a: Account, i: Item) => a.create(i, 'x'), 'NOT_FOUND'],
    ['an event that is not yet', (a: Account) => a.ask('/transfer/event/sync', { after_id: 7 }), 'INVALID_FIELD'],
    ['a list too long', (a: Account) => a.ask('/transfer/list', { count: 26 }), 'INVALID_FIELD'],
    ['an unknown transfer', (a: Account) => a.ask('/transfer/get', { transfer_id: 'x' }), 'NOT_FOUND'],
    ['a reference with a dash', (a: Account) => payment(a, { reference: 'RL-1' }), 'INVALID_FIELD'],
    ['less than one pound', (a: Account) => payment(a, { amount: { currency: 'GBP', value: 0.5 } }), 'INVALID_FIELD'],
    ['three decimals', (a: Account) => payment(a, { amount: { currency: 'GBP', value: 1.005 } }), 'INVALID_FIELD'],
  ])('%s', (_, act, error_code) => {
    const account = new Account();
    expect(act(account, account.bank(['transfer']))).toMatchObject({ error_code });
  });

  const payment = (account: Account, more: object) =>
    account.ask('/payment_initiation/payment/create', {
      recipient_id: account.ask('/payment_initiation/recipient/create', { name: 'Elm', iban: 'GB29NWBK60161331926819' })
        .recipient_id,
      reference: 'RL1',
      amount: { currency: 'GBP', value: 950 },
      ...more,
    });

  it('a description of more than ten characters, and an authorization older than an hour', () => {
    const account = new Account();
    const item = account.bank(['transfer']);
    const { authorization } = account.authorize(item) as { authorization: { id: string } } & Answer;
    expect(account.create(item, authorization.id, { description: 'Rent December' }).status).toBe(400);
    account.nowMs += HOUR + 1;
    expect(account.create(item, authorization.id)).toMatchObject({ error_type: 'TRANSFER_ERROR' });
  });

  it('a product that was not opened, and simulations in production', () => {
    const account = new Account();
    account.state.products = ['transactions'];
    expect(account.ask('/transfer/list')).toMatchObject({ error_code: 'INVALID_PRODUCT' });
    const simulate = { transfer_id: 'x', event_type: 'posted' };
    expect(account.ask('/sandbox/transfer/simulate', simulate, 'production.plaid.com')).toMatchObject({
      error_type: 'SANDBOX_ERROR',
    });
  });
});
