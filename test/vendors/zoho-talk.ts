/** A client of the Zoho Books sandbox for its tests. */
import { type ZohoState, zohoBooks } from '../../local/vendors/zoho-books';
import { CLIENT, ORGANIZATION } from '../../local/vendors/zoho-books/state';
import { API, opened, START } from '../connectors/zoho-books-account';
import { type Json, Talk } from './talk';

const FORM = 'application/x-www-form-urlencoded';

/** Talks to the sandbox as a signed-in application would. */
export class ZohoTalk extends Talk<ZohoState> {
  token: string;
  readonly refresh: string;

  constructor(limits?: ZohoState['limits']) {
    const one = opened(START, limits);
    super(zohoBooks, one.state, START);
    this.token = Object.keys(one.state.oauth.access)[0] ?? '';
    this.refresh = one.refresh;
  }

  call(method: string, path: string, body?: unknown, query: Record<string, string> = {}) {
    const search = new URLSearchParams({ organization_id: ORGANIZATION, ...query });
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization: `Zoho-oauthtoken ${this.token}`, ...type };
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = this.send(method, `${API}${path}?${search}`, headers, text);
    return { status: reply.status, headers: reply.headers, json: JSON.parse(reply.body) as Json };
  }

  /** Fails the test in Zoho's own words when the call is refused. */
  done(method: string, path: string, body?: unknown, query: Record<string, string> = {}): Json {
    const { json } = this.call(method, path, body, query);
    if (json.code !== 0) throw new Error(JSON.stringify(json));
    return json;
  }

  customer(name = 'Ann Lee (L-1)'): string {
    return this.done('POST', '/contacts', { contact_name: name }).contact.contact_id as string;
  }

  invoice(customer: string, rate = 1450.5, more: Json = {}): Json {
    const body = { customer_id: customer, line_items: [{ item_id: '', name: 'rent', rate, quantity: 1 }], ...more };
    const made = this.done('POST', '/invoices', body).invoice as Json;
    this.done('POST', `/invoices/${made.invoice_id}/status/sent`);
    return made;
  }

  pay(customer: string, invoice: string, amount: number, more: Json = {}) {
    const applied = { invoice_id: invoice, amount_applied: amount };
    const money = { payment_mode: 'cash', amount, date: '2026-12-02', invoices: [applied], ...applied };
    return this.call('POST', '/customerpayments', { customer_id: customer, ...money, ...more });
  }

  shown(id: string): Json {
    return this.done('GET', `/invoices/${id}`).invoice as Json;
  }

  tokenCall(fields: Record<string, string>, host = 'accounts.zoho.com'): Json {
    const body = new URLSearchParams({ client_id: CLIENT.id, client_secret: CLIENT.secret, ...fields }).toString();
    const reply = this.send('POST', `https://${host}/oauth/v2/token`, { 'content-type': FORM }, body);
    return { status: reply.status, ...(JSON.parse(reply.body) as Json) };
  }
}
