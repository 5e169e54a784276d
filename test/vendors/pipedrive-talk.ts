/** A small client for the Pipedrive sandbox: the personal token or the application's, and JSON. */
import { type PipedriveState, pipedrive } from '../../local/vendors/pipedrive';
import { LEDGER_KEY } from '../../local/vendors/pipedrive/fields';
import { registerPipedriveRedirect, typePipedriveDeal } from '../../local/vendors/pipedrive/people';
import { INDEX_MS } from '../../local/vendors/pipedrive/search-index';
import { CLIENT_ID, CLIENT_SECRET, TOKEN } from '../../local/vendors/pipedrive/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const REDIRECT = 'https://app.example/back';
const API = 'https://api.pipedrive.com';

export interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: Json;
  // Vendor JSON is read loosely in tests, as in `Json`.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly data: any;
  readonly next: string | undefined;
}

export class PipedriveTalk extends Talk<PipedriveState> {
  auth: Record<string, string> = { 'x-api-token': TOKEN };

  constructor(nowMs = WEDNESDAY_MS) {
    super(pipedrive, pipedrive.start(), nowMs);
    registerPipedriveRedirect(this.state, REDIRECT);
  }

  /** A second passes before each call, so that no window is full. `path` begins with the version: `v2 deals/5`. */
  call(method: string, path: string, body?: Json): Heard {
    this.nowMs += 1000;
    return this.atOnce(method, path, body);
  }

  get = (path: string): Heard => this.call('GET', path);

  atOnce(method: string, path: string, body?: Json, host = API): Heard {
    const [version, rest] = path.split(' ');
    const type: Json = body === undefined ? {} : { 'content-type': 'application/json' };
    const url = `${host}/${version === 'v2' ? 'api/v2' : 'v1'}/${rest}`;
    const text = body === undefined ? '' : JSON.stringify(body);
    return heard(this.send(method, url, { ...this.auth, ...type }, text));
  }

  /** A deal of ours, known to the search. */
  deal(key: string, more: Json = {}): number {
    const members = { title: `Lease ${key}`, pipeline_id: 2, custom_fields: { [LEDGER_KEY]: key }, ...more };
    const id = typePipedriveDeal(this.state, members, this.nowMs);
    this.nowMs += INDEX_MS;
    return id;
  }

  /** The owner agrees in the browser. */
  code(): string {
    const query = new URLSearchParams({ client_id: CLIENT_ID, redirect_uri: REDIRECT, state: 's' });
    const { location = '' } = this.send('GET', `https://oauth.pipedrive.com/oauth/authorize?${query}`, {}).headers;
    return new URL(location).searchParams.get('code') ?? '';
  }

  token(fields: Record<string, string>, secret = CLIENT_SECRET): Heard {
    const basic = Buffer.from(`${CLIENT_ID}:${secret}`).toString('base64');
    const headers = { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(fields).toString();
    return heard(this.send('POST', 'https://oauth.pipedrive.com/oauth/token', headers, body));
  }

  /** Signs in as the application with these scopes. Gives the token reply. */
  signIn(scopes?: readonly string[]): Json {
    if (scopes) this.state.appScopes = [...scopes];
    const { json } = this.token({ grant_type: 'authorization_code', code: this.code(), redirect_uri: REDIRECT });
    this.auth = { authorization: `Bearer ${json.access_token}` };
    return json;
  }
}

function heard({ status, headers, body }: { status: number; headers: Heard['headers']; body: string }): Heard {
  const json = (headers['content-type'] === 'application/json' ? JSON.parse(body) : {}) as Json;
  return { status, headers, json, data: json.data, next: json.additional_data?.next_cursor };
}
