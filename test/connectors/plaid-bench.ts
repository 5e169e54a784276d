/** An account at the Plaid sandbox with linked banks, and the connector that talks to it under a clock in the test's hand. */
import type { HarRecorder } from '../../local/har';
import { type PlaidState, plaid as sandbox } from '../../local/vendors/plaid';
import { newItem } from '../../local/vendors/plaid/items';
import type { Item } from '../../local/vendors/plaid/state';
import type { SandboxReply, SandboxRequest } from '../../local/vendors/sandbox';
import type { Account, FeedPage, FeedState, Flow } from '../../src/connectors/connector';
import { plaid } from '../../src/connectors/plaid';
import type { PaymentSeen } from '../../src/domain/book';
import { instant, key } from '../../src/domain/values';
import { type FlowResult, runFlows } from '../../src/http/client';
import type { HttpRequest } from '../../src/ports';
import { effectOf } from './drive';

export const START = Date.UTC(2026, 11, 2, 15);
export const MINUTE = 60_000;
export const DAY = 86_400_000;

type Twist = (request: SandboxRequest, reply: () => SandboxReply) => SandboxReply | Error;

export class PlaidBench {
  readonly state: PlaidState = sandbox.start();
  nowMs = START;
  feed: FeedState | undefined;
  account: Account = {
    PLAID_MODE: 'sandbox',
    PLAID_COUNTRY: 'US',
    PLAID_RECIPIENT_NAME: 'Elm House Ltd',
    PLAID_RECIPIENT_SORT_CODE: '20-00-00',
    PLAID_RECIPIENT_ACCOUNT: '55779911',
  };
  readonly secrets: Record<string, string> = {};
  /** Paths in the order in which they were asked, a wave a list. */
  readonly waves: string[][] = [];
  readonly bodies: Record<string, unknown>[] = [];
  twist: Twist = (_, reply) => reply();

  constructor(private readonly recorder?: HarRecorder) {}

  /** A bank that was linked half an hour ago. */
  bank(purpose: 'feed' | 'pay', more: { readonly currency?: string; readonly balance?: number } = {}): Item {
    const products = [purpose === 'feed' ? 'transactions' : 'transfer'];
    const { item } = newItem(this.state, { products, ...more }, 'sandbox', this.nowMs - 30 * MINUTE);
    this.know(item.item_id, item.access_token, purpose);
    return item;
  }

  know(item: string, secret: string, purpose: 'feed' | 'pay'): void {
    this.secrets[`ITEM_${item}`] = secret;
    if (purpose !== 'feed') return;
    const ITEMS = [this.account.ITEMS, item].filter((each) => each).join(',');
    this.account = { ...this.account, ITEMS };
  }

  private fetch({ method, url, headers, body = '', contentType = '' }: HttpRequest): SandboxReply | Error {
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    const request = { method, url, headers: { ...Object.fromEntries(lower), 'content-type': contentType }, body };
    this.bodies.push(JSON.parse(body) as Record<string, unknown>);
    const reply = this.twist(request, () => sandbox.handle(this.state, request, this.nowMs));
    this.recorder?.add(request, reply, this.nowMs);
    return reply;
  }

  result<T>(flow: Flow<T>): FlowResult<T> {
    const credentials = {
      PLAID_CLIENT_ID: this.state.client_id,
      PLAID_SECRET: this.state.secrets.sandbox ?? '',
      ...this.secrets,
    };
    const { results } = runFlows([{ connector: plaid, credentials, flow }], {
      transport: {
        fetchAll: (requests) => {
          this.waves.push(requests.map((request) => new URL(request.url).pathname));
          return requests.map((request) => this.fetch(request));
        },
      },
      now: () => instant(this.nowMs),
      mayGoOn: () => true,
      note: () => undefined,
    });
    const [result] = results;
    if (!result) throw new Error('one job gives one result');
    return result;
  }

  value<T>(flow: Flow<T>): T {
    const result = this.result(flow);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  effect(name: string, payload: Readonly<Record<string, unknown>>, attempt = 1, cause = 'autopay:rent:L-1:2026-12') {
    const context = { key: key(cause), payload, now: instant(this.nowMs), account: this.account, attempt };
    return this.result(effectOf(plaid, name).run(context));
  }

  pull(): FeedPage {
    const context = { since: instant(START - 30 * DAY), now: instant(this.nowMs), account: this.account };
    if (!plaid.receipts) throw new Error('no feed');
    const page = this.value(plaid.receipts.pull(this.feed, context));
    this.feed = JSON.parse(JSON.stringify(page.state)) as FeedState;
    return page;
  }

  /** To the end; the last word on each payment, and all faults. */
  drain() {
    const payments = new Map<string, PaymentSeen>();
    const faults: FeedPage['faults'][number][] = [];
    for (let more = true, pulls = 0; more; pulls++) {
      if (pulls > 60) throw new Error('the feed does not end');
      const page = this.pull();
      for (const payment of page.payments) payments.set(payment.externalId, payment);
      faults.push(...page.faults);
      more = page.more;
    }
    return { payments, faults };
  }

  /** The next look, some minutes later. */
  later(minutes = 10) {
    this.nowMs += minutes * MINUTE;
    return this.drain();
  }
}

export const faultOf = <T>(result: FlowResult<T>) => {
  if ('value' in result) throw new Error(`it was done: ${JSON.stringify(result.value)}`);
  return result.fault;
};

export const refOf = (result: FlowResult<string>): string => {
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.value;
};

/** The payload of a debit. */
export const pay = (item: Item, more: object = {}) => ({
  amountCents: 145_000,
  currency: 'USD',
  leaseId: 'L-1',
  description: 'Rent, Elm House 4',
  name: 'Anne Charleston',
  autopay: `${item.item_id} ${item.accounts[0]?.account_id}`,
  ...more,
});

/** A debit that was just made. Gives its id. */
export function debited(bench: PlaidBench): string {
  return refOf(bench.effect('transfer', pay(bench.bank('pay'))));
}

/** The one that there is. */
export const only = <T>(all: ReadonlyMap<string, T>): T => {
  const [first] = all.values();
  if (first === undefined || all.size !== 1) throw new Error(`there are ${all.size}`);
  return first;
};
