/** Talks to the Salesforce sandbox as an application with a session would. */
import { type SalesforceState, salesforce } from '../../local/vendors/salesforce';
import { HOST } from '../../local/vendors/salesforce/fresh';
import { orgAt } from '../../local/vendors/salesforce/people';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const REDIRECT = 'https://script.google.com/macros/s/rig/exec';

export class SalesforceTalk extends Talk<SalesforceState> {
  token = '';
  host = HOST;
  version = 66;

  /** A second passes before each call. */
  constructor(nowMs = WEDNESDAY_MS) {
    super(salesforce, salesforce.start(), nowMs);
  }

  static signedIn(host = HOST): SalesforceTalk {
    const talk = new SalesforceTalk();
    talk.host = host;
    talk.renew();
    return talk;
  }

  get app() {
    return orgAt(this.state, this.host).app;
  }

  /** A session by client credentials. */
  renew(): void {
    const { status, json } = this.grant({ grant_type: 'client_credentials' });
    if (status !== 200) throw new Error(JSON.stringify(json));
    this.token = json.access_token;
  }

  grant(fields: Record<string, string>, host = this.host): { status: number; json: Json } {
    const { clientId: client_id, clientSecret: client_secret } = this.app;
    const body = new URLSearchParams({ client_id, client_secret, ...fields }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = this.send('POST', `https://${host}/services/oauth2/token`, headers, body);
    return { status: reply.status, json: JSON.parse(reply.body) as Json };
  }

  get base(): string {
    return `/services/data/v${this.version}.0`;
  }

  call(method: string, path: string, body?: unknown, more: Record<string, string> = {}) {
    this.nowMs += 1000;
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization: `Bearer ${this.token}`, ...type, ...more };
    const whole = path.startsWith('/services/') ? path : `${this.base}${path}`;
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = this.send(method, `https://${this.host}${whole}`, headers, text);
    return {
      status: reply.status,
      json: reply.body === '' ? undefined : JSON.parse(reply.body),
      headers: reply.headers,
    };
  }

  get(path: string): Json {
    return this.done('GET', path);
  }

  /** Fails the test with Salesforce's own words when the call is refused. */
  done(method: string, path: string, body?: unknown): Json {
    const { status, json } = this.call(method, path, body);
    if (status >= 300) throw new Error(JSON.stringify(json));
    return json as Json;
  }

  soql(text: string, word = 'query', more: Record<string, string> = {}) {
    return this.call('GET', `/${word}?q=${encodeURIComponent(text)}`, undefined, more);
  }

  /** What a query gives, each record without its attributes. */
  rows(text: string, word = 'query'): Json[] {
    const { status, json } = this.soql(text, word);
    if (status !== 200) throw new Error(JSON.stringify(json));
    return (json.records as Json[]).map(({ attributes: _own, ...row }) => row);
  }

  /** The parts of a composite call, in short: status and, where it failed, the code. */
  composite(parts: readonly Json[], allOrNone = true): Json {
    const { status, json } = this.call('POST', '/composite', { allOrNone, compositeRequest: parts });
    if (status !== 200) throw new Error(JSON.stringify(json));
    return json.compositeResponse as Json;
  }

  /** The parts of one lease: the contact by our id, and its task. */
  lease(number: number, fields: Json = {}, task: Json = {}): Json[] {
    return [
      {
        method: 'PATCH',
        url: `${this.base}/sobjects/Contact/Rent_Ledger_Id__c/L-${number}`,
        referenceId: `contact${number}`,
        body: { LastName: `Resident ${number}`, Rent_Status__c: 'Late', Rent_Balance__c: 125.5, ...fields },
      },
      {
        method: 'PATCH',
        url: `${this.base}/sobjects/Task/Rent_Ledger_Id__c/late-L-${number}`,
        referenceId: `task${number}`,
        body: { WhoId: `@{contact${number}.id}`, Subject: 'Rent is late', ActivityDate: '2026-12-04', ...task },
      },
    ];
  }
}

export const codes = (parts: Json): string[] =>
  parts.map((part: Json) => `${part.httpStatusCode} ${part.body?.[0]?.errorCode ?? ''}`.trim());
