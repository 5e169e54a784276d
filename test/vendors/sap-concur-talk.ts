/** A small client for the SAP Concur sandbox: signs in as a user or a company, and sends pictures in both services' ways. */

import type { SandboxReply } from '../../local/vendors/sandbox';
import { sapConcur } from '../../local/vendors/sap-concur';
import { makeConcurRequestToken } from '../../local/vendors/sap-concur/people';
import { CLIENT_ID, CLIENT_SECRET, COMPANY_ID, type ConcurState, OWNER_ID } from '../../local/vendors/sap-concur/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const HOME = 'https://us2.api.concursolutions.com';
export const APP = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
export const OWNER = { username: 'olivia@landlord.example', password: 'owner-password' };
export const PDF = '%PDF-1.4\nReceipt R-1042 Zo\\353 Park 1,450.00\n%%EOF\n';
const BOUNDARY = 'receipt-boundary';

export interface Sent {
  readonly name?: string;
  readonly type?: string;
  readonly bytes?: string;
  /** Null sends a plain field. */
  readonly fileName?: string | null;
}

/** A multipart body of these parts, as characters 0 to 255. */
export function multipart(parts: readonly Sent[]): string {
  const pieces = parts.map(({ name = 'image', type = 'application/pdf', bytes = PDF, fileName = 'receipt.pdf' }) => {
    const file = fileName === null ? '' : `; filename="${fileName}"`;
    const kind = fileName === null ? '' : `\r\nContent-Type: ${type}`;
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}${kind}\r\n\r\n${bytes}\r\n`;
  });
  return `${pieces.join('')}--${BOUNDARY}--\r\n`;
}

export const MULTIPART = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };

export class ConcurTalk extends Talk<ConcurState> {
  home = HOME;
  access = '';
  refresh = '';

  constructor(fields: Json = OWNER, nowMs = WEDNESDAY_MS) {
    super(sapConcur, sapConcur.start(), nowMs);
    this.keep(this.token({ grant_type: 'password', ...fields }).json);
  }

  static asCompany(): ConcurTalk {
    const talk = new ConcurTalk();
    const password = makeConcurRequestToken(talk.state, talk.nowMs);
    const fields = { grant_type: 'password', credtype: 'authtoken', username: COMPANY_ID, password };
    talk.keep(talk.token(fields).json);
    return talk;
  }

  keep({ access_token, refresh_token, geolocation }: Json): void {
    this.access = access_token;
    this.refresh = refresh_token;
    this.home = geolocation;
  }

  token(fields: Json, home = this.home) {
    const body = new URLSearchParams({ ...APP, ...fields }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    return this.read('POST', `${home}/oauth2/v0/token`, type, body);
  }

  renew(fields: Json = {}) {
    return this.token({ grant_type: 'refresh_token', refresh_token: this.refresh, ...fields });
  }

  call(method: string, path: string, headers: Record<string, string> = {}, bytes = '') {
    return this.read(method, `${this.home}${path}`, { authorization: `Bearer ${this.access}`, ...headers }, bytes);
  }

  /** Posts an image-only receipt. */
  post(parts: readonly Sent[] = [{}], user = OWNER_ID) {
    return this.call('POST', `/receipts/v4/users/${user}/image-only-receipts`, MULTIPART, multipart(parts));
  }

  /** The id of a receipt that was taken. */
  taken(...parts: readonly Sent[]): string {
    const { status, reply } = this.post([{}, ...parts]);
    if (status !== 202) throw new Error(`${status} ${reply.body}`);
    return reply.headers.location!.split('/').at(-1)!;
  }

  status(id: string) {
    return this.call('GET', `/receipts/v4/status/${id}`);
  }

  statuses(asked: unknown) {
    return this.call('POST', '/receipts/v4/status', { 'content-type': 'application/json' }, JSON.stringify(asked));
  }

  /** Sends a picture to the older service. */
  image(bytes = PDF, headers: Record<string, string> = { 'content-type': 'application/pdf' }) {
    return this.call('POST', '/api/image/v1.0/receipt', headers, bytes);
  }

  /** Bodies are given as characters 0 to 255, and arrive as the host and the loopback bring them. */
  private read(method: string, url: string, headers: Record<string, string>, bytes: string) {
    const request = { method, url, headers, body: Buffer.from(bytes, 'latin1').toString('utf8'), bytes };
    const reply: SandboxReply = this.sandbox.handle(this.state, request, this.nowMs);
    this.exchanges.push({ request, reply });
    const isJson = reply.headers['content-type'] === 'application/json' && reply.body !== '';
    return { status: reply.status, json: (isJson ? JSON.parse(reply.body) : {}) as Json, reply };
  }
}

/** What a JSON Web Token claims. */
export const claimsOf = (token: string): Json =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Json;
