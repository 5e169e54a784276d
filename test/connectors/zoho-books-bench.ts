/** The connector of Zoho Books at work on an account of the sandbox. */
import { HarRecorder } from '../../local/har';
import { zohoBooks as sandbox, type ZohoState } from '../../local/vendors/zoho-books';
import type { Books } from '../../local/vendors/zoho-books/state';
import type { BookItem, FeedState, Flow } from '../../src/connectors/connector';
import { zohoBooks } from '../../src/connectors/zoho-books';
import type { PaymentSeen } from '../../src/domain/book';
import { instant } from '../../src/domain/values';
import { type FlowResult, runFlows } from '../../src/http/client';
import { ACCESS_TOKEN, EXPIRES_AT } from '../../src/run/tokens';
import { context, effectOf } from './drive';
import { INVOICE, invoiceWish, type Opened, opened, START } from './zoho-books-account';

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** One account, the connector, and a clock that the test moves. */
export class Bench {
  readonly opened: Opened;
  readonly sent: { method: string; path: string; body: string }[] = [];
  readonly account: Record<string, string>;
  readonly har = new HarRecorder();
  nowMs = START;
  feed: FeedState | undefined;

  constructor(settings: Record<string, string> = {}) {
    this.opened = opened(START, { perMinute: 100, perDay: 1000 });
    this.account = { ...this.opened.account, ...settings };
  }

  /** The token of before has ended. */
  signInAgain(): void {
    const { state, credentials } = opened(this.nowMs);
    const [access] = Object.keys(state.oauth.access);
    Object.assign(this.state.oauth.access, state.oauth.access);
    Object.assign(this.opened.credentials, { [ACCESS_TOKEN]: access, [EXPIRES_AT]: credentials[EXPIRES_AT] });
  }

  get state(): ZohoState {
    return this.opened.state;
  }

  get books(): Books {
    const [first] = Object.values(this.state.books);
    if (!first) throw new Error('no books');
    return first;
  }

  tell<T>(flow: Flow<T>): FlowResult<T> {
    const { state } = this;
    const { results } = runFlows([{ connector: zohoBooks, credentials: this.opened.credentials, flow }], {
      transport: {
        fetchAll: (requests) =>
          requests.map((request) => {
            const { method, url, body = '', contentType } = request;
            const type: Record<string, string> = body ? { 'content-type': contentType ?? '' } : {};
            const headers = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
            this.sent.push({ method, path: new URL(url).pathname.replace('/books/v3', ''), body });
            const asked = { method, url, headers: { ...Object.fromEntries(headers), ...type }, body };
            const reply = sandbox.handle(state, asked, this.nowMs);
            this.har.add(asked, reply, this.nowMs);
            return reply;
          }),
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
    const result = this.tell(flow);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  effect(name: string, payload: Record<string, unknown>, attempt = 1): string {
    return this.value(this.flow(name, payload, attempt));
  }

  refused(name: string, payload: Record<string, unknown>) {
    const result = this.tell(this.flow(name, payload));
    return 'fault' in result ? result.fault : { fault: 'none', message: '' };
  }

  private flow(name: string, payload: Record<string, unknown>, attempt = 1): Flow<string> {
    const told = context(`k:${name}`, payload, { now: instant(this.nowMs), account: this.account, attempt });
    return effectOf(zohoBooks, name).run(told);
  }

  /** A minute passes, then everything new is read. */
  drain(): Map<string, PaymentSeen> {
    this.nowMs += MINUTE;
    const found = new Map<string, PaymentSeen>();
    for (let more = true; more; ) {
      const told = { since: instant(START - 30 * DAY), now: instant(this.nowMs), account: this.account };
      const page = this.value(zohoBooks.receipts!.pull(this.feed, told));
      for (const payment of page.payments) found.set(payment.externalId, payment);
      expect(page.faults).toEqual([]);
      this.feed = JSON.parse(JSON.stringify(page.state)) as FeedState;
      more = page.more;
    }
    return found;
  }

  items(): readonly BookItem[] {
    const told = { since: instant(START - 30 * DAY), now: instant(this.nowMs), account: this.account };
    return this.value(zohoBooks.books!.items({ ...told, until: instant(this.nowMs + 30 * DAY) }));
  }

  invoice(number = INVOICE) {
    const found = Object.values(this.books.invoices).find((each) => each.number === number);
    if (!found) throw new Error(`no invoice ${number}`);
    return found;
  }
}

/** An account in which one invoice of ours is open. */
export const billed = (settings: Record<string, string> = {}): Bench => {
  const one = new Bench(settings);
  one.effect('invoice', invoiceWish());
  return one;
};
