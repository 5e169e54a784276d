/** Talks to the Dynamics 365 sandbox as an application would: signs in with its secret, and writes batches by hand. */
import { type DynamicsState, dynamics365 } from '../../local/vendors/dynamics-365';
import * as people from '../../local/vendors/dynamics-365/people';
import { CLIENT_ID, CLIENT_SECRET, ORIGIN, TENANT } from '../../local/vendors/dynamics-365/state';
import type { SandboxReply } from '../../local/vendors/sandbox';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const TOKEN_URL = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`;
export const ROOT = `${ORIGIN}/api/data/v9.0`;
export const KEY = 'new_rentledgerid';

export interface Said {
  readonly status: number;
  readonly json: Json;
  readonly headers: SandboxReply['headers'];
}

export interface Step {
  readonly method: string;
  readonly path: string;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

const requestOf = ({ method, path, body, headers = {} }: Step): string =>
  [
    `${method} ${path.startsWith('$') ? path : `/api/data/v9.0/${path}`} HTTP/1.1`,
    ...(body ? ['Content-Type: application/json'] : ['Accept: application/json']),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    body ? JSON.stringify(body) : '',
  ].join('\r\n');

const HTTP = 'Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n';

/** A batch whose items are single requests or, as a list, change sets. */
export function batchOf(items: readonly (Step | readonly Step[])[]): string {
  const parts = items.map((item, at) => {
    if (!Array.isArray(item)) return `${HTTP}\r\n${requestOf(item as Step)}`;
    const name = `changeset_${at}`;
    const inner = (item as readonly Step[]).map(
      (step, index) => `--${name}\r\n${HTTP}Content-ID: ${index + 1}\r\n\r\n${requestOf(step)}\r\n`,
    );
    return `Content-Type: multipart/mixed; boundary=${name}\r\n\r\n${inner.join('')}--${name}--\r\n`;
  });
  return `${parts.map((part) => `--batch_1\r\n${part}\r\n`).join('')}--batch_1--\r\n`;
}

/** The answers inside a batch, in their order; those of a change set one after another. */
export function answersIn(body: string): { readonly status: number; readonly id?: string; readonly json: Json }[] {
  return body
    .split(/\r\n(?=HTTP\/1\.1 )/)
    .slice(1)
    .map((text) => {
      const [, status] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
      const [, id] = /OData-EntityId: \S+\((.*)\)\r\n/.exec(text) ?? [];
      const [json] = /\{.*\}/.exec(text) ?? ['{}'];
      return { status: Number(status), ...(id === undefined ? {} : { id }), json: JSON.parse(json) as Json };
    });
}

export class DynamicsTalk extends Talk<DynamicsState> {
  token = '';

  /** A second passes before each call. */
  constructor(nowMs = WEDNESDAY_MS) {
    super(dynamics365, dynamics365.start(), nowMs);
  }

  /** With a token, our columns, the alternate key and change tracking of contacts. */
  static ready(): DynamicsTalk {
    const talk = new DynamicsTalk();
    people.addColumn(talk.state, 'contact', { name: KEY, label: 'Rent Ledger id' });
    people.addColumn(talk.state, 'contact', { name: 'new_rentbalance', kind: 'Money' });
    people.defineKey(talk.state, 'contact', [KEY], talk.nowMs);
    people.trackChanges(talk.state, 'contact');
    talk.nowMs += people.INDEX_MS;
    talk.renew();
    return talk;
  }

  signIn(form: Readonly<Record<string, string>> = {}): Said {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: CLIENT_ID,
      client_secret: CLIENT_SECRET,
      scope: `${ORIGIN}/.default`,
      ...form,
    }).toString();
    return this.said(this.send('POST', TOKEN_URL, { 'content-type': 'application/x-www-form-urlencoded' }, body));
  }

  renew(): void {
    const { status, json } = this.signIn();
    if (status !== 200) throw new Error(JSON.stringify(json));
    this.token = json.access_token;
  }

  private said(reply: SandboxReply): Said {
    const isJson = /json/.test(reply.headers['content-type'] ?? '');
    return { status: reply.status, json: isJson ? JSON.parse(reply.body) : {}, headers: reply.headers };
  }

  raw(method: string, path: string, headers: Readonly<Record<string, string>> = {}, body = ''): SandboxReply {
    this.nowMs += 1000;
    const url = path.startsWith('https:') ? path : `${ROOT}/${path}`;
    const base = { authorization: `Bearer ${this.token}`, accept: 'application/json' };
    return this.send(method, url, { ...base, 'odata-version': '4.0', 'odata-maxversion': '4.0', ...headers }, body);
  }

  call(method: string, path: string, body?: Json, headers: Readonly<Record<string, string>> = {}): Said {
    const type: Record<string, string> = body ? { 'content-type': 'application/json; charset=utf-8' } : {};
    return this.said(this.raw(method, path, { ...type, ...headers }, body ? JSON.stringify(body) : ''));
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Json {
    return this.call('GET', path, undefined, headers).json;
  }

  /** Fails the test with Dataverse's own words when the call is refused. Gives the id in the answer's address. */
  done(method: string, path: string, body: Json, headers: Readonly<Record<string, string>> = {}): string {
    const { status, json, headers: told } = this.call(method, path, body, headers);
    if (status >= 300) throw new Error(JSON.stringify(json));
    return /\((.*)\)$/.exec(told['odata-entityid'] ?? '')?.[1] ?? '';
  }

  batch(items: readonly (Step | readonly Step[])[], prefer?: string) {
    const headers = { 'content-type': 'multipart/mixed; boundary="batch_1"', ...(prefer ? { prefer } : {}) };
    const reply = this.raw('POST', '$batch', headers, batchOf(items));
    return { status: reply.status, answers: answersIn(reply.body), reply };
  }

  contact(id = 'U-101', more: Json = {}): string {
    this.done('PATCH', `contacts(${KEY}='${id}')`, { firstname: 'Anne', lastname: 'Charleston', ...more });
    return this.get(`contacts(${KEY}='${id}')?$select=contactid`).contactid as string;
  }

  /** An invoice of one rent line. */
  invoice(contact: string, rent = 1250): string {
    const id = this.done('POST', 'invoices', {
      name: 'Rent December 2026',
      duedate: '2026-12-01',
      'customerid_contact@odata.bind': `/contacts(${contact})`,
    });
    this.line(id, rent);
    return id;
  }

  line(invoice: string, price: number, more: Json = {}): string {
    return this.done('POST', 'invoicedetails', {
      ...{ isproductoverridden: true, productdescription: 'Rent', quantity: 1, priceperunit: price },
      'invoiceid@odata.bind': `/invoices(${invoice})`,
      ...more,
    });
  }
}
