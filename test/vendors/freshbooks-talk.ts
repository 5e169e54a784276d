/** A small client for the FreshBooks sandbox: signs in with chosen scopes and speaks JSON. */
import { freshbooks } from '../../local/vendors/freshbooks';
import { SCOPES } from '../../local/vendors/freshbooks/gate';
import { registerRedirect } from '../../local/vendors/freshbooks/people';
import { ACCOUNT, CLIENT_ID, CLIENT_SECRET, type FreshbooksState } from '../../local/vendors/freshbooks/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const REDIRECT = 'https://app.example/back';
export const APP = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uri: REDIRECT };

export class FreshbooksTalk extends Talk<FreshbooksState> {
  access = '';
  refresh = '';

  constructor(scopes: readonly string[] = SCOPES, nowMs = WEDNESDAY_MS) {
    super(freshbooks, freshbooks.start(), nowMs);
    registerRedirect(this.state, REDIRECT);
    const { access_token, refresh_token } = this.token({
      grant_type: 'authorization_code',
      code: this.code(scopes),
    }).json;
    this.access = access_token;
    this.refresh = refresh_token;
  }

  /** The owner agrees in the browser. */
  code(scopes: readonly string[] = SCOPES): string {
    const query = {
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: REDIRECT,
      scope: scopes.join(' '),
      state: 's',
    };
    const url = `https://auth.freshbooks.com/oauth/authorize?${new URLSearchParams(query)}`;
    const { location = '' } = this.send('GET', url, {}).headers;
    return new URL(location).searchParams.get('code') ?? '';
  }

  token(fields: Json) {
    const body = JSON.stringify({ ...APP, ...fields });
    return this.read(
      'POST',
      'https://api.freshbooks.com/auth/oauth/token',
      { 'content-type': 'application/json' },
      body,
    );
  }

  /** `path` after the account: `accounting invoices/invoices/5`. */
  call(method: string, path: string, body?: Json, headers: Json = {}) {
    const [service, rest] = path.split(' ');
    return this.at(method, `/${service}/account/${ACCOUNT}/${rest}`, body, headers);
  }

  at(method: string, path: string, body?: Json, headers: Json = {}) {
    const base = { authorization: `Bearer ${this.access}`, 'api-version': 'alpha' };
    const type: Json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    return this.read(method, `https://api.freshbooks.com${path}`, { ...base, ...type, ...headers }, text);
  }

  private read(method: string, url: string, headers: Record<string, string>, body: string) {
    const reply = this.send(method, url, headers, body);
    const json = JSON.parse(reply.body || '{}') as Json;
    return { status: reply.status, json, result: (json.response?.result ?? {}) as Json };
  }

  client(more: Json = {}): number {
    return Number(
      this.call('POST', 'accounting users/clients', { client: { fname: 'Rita', ...more } }).result.client.id,
    );
  }

  invoice(more: Json = {}): Json {
    const lines = [{ name: 'Rent', qty: 1, unit_cost: { amount: '1000.00', code: 'USD' } }];
    const invoice = { customerid: this.client(), create_date: '2026-12-01', due_offset_days: 4, lines, ...more };
    return this.call('POST', 'accounting invoices/invoices', { invoice }).result.invoice;
  }

  pay(invoiceid: number, amount: string, more: Json = {}) {
    const payment = { invoiceid, amount: { amount }, date: '2026-12-02', type: 'Check', ...more };
    return this.call('POST', 'accounting payments/payments', { payment });
  }

  shown(id: number): Json {
    return this.call('GET', `accounting invoices/invoices/${id}`).result.invoice;
  }
}
