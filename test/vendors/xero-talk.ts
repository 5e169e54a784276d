/** Talks to the Xero sandbox as an application would that the owner has let in. */
import type { SandboxReply } from '../../local/vendors/sandbox';
import { type XeroState, xero } from '../../local/vendors/xero';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

const REDIRECT = 'https://script.google.com/macros/s/rig/exec';
export const NARROW =
  'offline_access accounting.invoices accounting.payments accounting.contacts accounting.settings.read';
const FORM = 'application/x-www-form-urlencoded';

export interface Told {
  readonly status: number;
  readonly json: Json;
  readonly reply: SandboxReply;
}

/** Talks to the accounting API as a signed-in application would. A second passes before each call. */
export class XeroTalk extends Talk<XeroState> {
  token = '';
  refresh = '';

  constructor(scope = NARROW, app: XeroState['app'] = 'new') {
    super(xero, xero.start(), WEDNESDAY_MS);
    this.state.app = app;
    const code = this.agree(scope).searchParams.get('code');
    if (code) this.signIn({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  }

  get books() {
    return this.state.tenants[0]!;
  }

  get client() {
    return this.state.oauth.clients[0]!;
  }

  /** The owner agrees in the browser; where it is sent back to. */
  agree(scope: string): URL {
    const query = new URLSearchParams({
      client_id: this.client.id,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope,
      state: 's1',
    });
    const reply = this.send('GET', `https://login.xero.com/identity/connect/authorize?${query}`, {});
    return new URL(reply.headers.location!);
  }

  signIn(fields: Record<string, string>, secret = this.client.secret): Told {
    const basic = Buffer.from(`${this.client.id}:${secret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': FORM };
    const body = new URLSearchParams(fields).toString();
    const reply = this.send('POST', 'https://identity.xero.com/connect/token', headers, body);
    const json = JSON.parse(reply.body) as Json;
    if (reply.status === 200) {
      this.token = json.access_token;
      this.refresh = json.refresh_token;
    }
    return { status: reply.status, json, reply };
  }

  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Told {
    this.nowMs += 1000;
    const base = {
      authorization: `Bearer ${this.token}`,
      accept: 'application/json',
      'xero-tenant-id': this.books.id,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = this.send(method, `https://api.xero.com/api.xro/2.0${path}`, base, text);
    const isJson = reply.body.startsWith('{');
    return { status: reply.status, json: isJson ? (JSON.parse(reply.body) as Json) : {}, reply };
  }

  contact(name = 'Ann Lee'): string {
    return this.call('PUT', '/Contacts', { Contacts: [{ Name: name }] }).json.Contacts[0].ContactID;
  }

  invoice(more: Json = {}): Told {
    const [contact] = this.books.contacts;
    const ContactID = contact?.id ?? this.contact();
    return this.call('PUT', '/Invoices', { Invoices: [{ ...SALE, Contact: { ContactID }, ...more }] });
  }

  pay(invoice: string, Amount: number, more: Json = {}): Told {
    const payment = { Invoice: { InvoiceID: invoice }, Account: { Code: '090' }, Date: '2026-12-02', Amount, ...more };
    return this.call('PUT', '/Payments', { Payments: [payment] });
  }

  credit(Amount: number, more: Json = {}): Told {
    const note = {
      Type: 'ACCRECCREDIT',
      Contact: { ContactID: this.books.contacts[0]!.id },
      LineItems: [{ Description: 'Waiver', UnitAmount: Amount, AccountCode: '200' }],
      Status: 'AUTHORISED',
      ...more,
    };
    return this.call('PUT', '/CreditNotes', { CreditNotes: [note] });
  }
}

const SALE: Json = {
  Type: 'ACCREC',
  LineItems: [{ Description: 'Rent', Quantity: 1, UnitAmount: 1000, AccountCode: '200' }],
  LineAmountTypes: 'NoTax',
  Date: '2026-12-01',
  DueDate: '2026-12-05',
  Status: 'AUTHORISED',
};

export const messages = ({ json }: Told): string[] =>
  (json.Elements ?? []).flatMap((each: Json) => each.ValidationErrors.map((error: Json) => error.Message));
