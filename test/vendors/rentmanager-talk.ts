/** A small client for the Rent Manager sandbox: one token, JSON, and a clock that moves. */
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { rentmanager } from '../../local/vendors/rentmanager';
import { seedPortfolio } from '../../local/vendors/rentmanager/people';
import { COMPANY, PASSWORD, type RentmanagerState, USERNAME } from '../../local/vendors/rentmanager/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export interface Answer {
  readonly status: number;
  /** Rows or a model; undefined where the body is empty. */
  readonly json: Json | undefined;
  readonly rows: readonly Json[];
  readonly headers: Readonly<Record<string, string>>;
}

export class RentmanagerTalk extends Talk<RentmanagerState> {
  token = '';
  host = `https://${COMPANY}.api.rentmanager.com`;

  constructor(nowMs = WEDNESDAY_MS) {
    super(rentmanager, rentmanager.start(), nowMs);
    seedPortfolio(this.state, SMALL_PORTFOLIO, this.hand);
  }

  static loggedIn(nowMs = WEDNESDAY_MS): RentmanagerTalk {
    const talk = new RentmanagerTalk(nowMs);
    talk.token = String(talk.logIn().json);
    return talk;
  }

  get hand() {
    return { nowMs: this.nowMs };
  }

  logIn(body: Json = { Username: USERNAME, Password: PASSWORD, LocationID: 1 }): Answer {
    return this.call('POST', '/Authentication/AuthorizeUser', body, {});
  }

  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Answer {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = { ...(headers ?? { 'x-rm12api-apitoken': this.token }), ...type };
    const reply = this.send(method, `${this.host}${path}`, sent, body === undefined ? '' : JSON.stringify(body));
    const json = reply.body === '' ? undefined : (JSON.parse(reply.body) as Json);
    return { status: reply.status, json, rows: Array.isArray(json) ? json : [], headers: reply.headers };
  }

  get(path: string, query: Readonly<Record<string, string>> = {}): Answer {
    const text = new URLSearchParams(query).toString();
    return this.call('GET', text === '' ? path : `${path}?${text}`);
  }

  /** The numbers of the rows that the filters leave. */
  found(resource: string, filters: string, key = 'ID'): number[] {
    const { status, json, rows } = this.get(`/${resource}`, { filters });
    if (status >= 400) throw new Error(JSON.stringify(json));
    return rows.map((row) => Number(row[key]));
  }

  /** What is wrong, in the vendor's words. */
  problem(resource: string, query: Readonly<Record<string, string>>): string {
    const { status, json } = this.get(`/${resource}`, query);
    return `${status} ${JSON.stringify(json?.ModelState ?? json?.UserMessage)}`;
  }

  wait(seconds: number): void {
    this.nowMs += seconds * 1000;
  }
}

export const CHARGE = {
  AccountID: 5001,
  AccountType: 'Customer',
  PropertyID: 101,
  UnitID: 11,
  ChargeTypeID: 1,
  Amount: 1250,
  TransactionDate: '2026-12-01T00:00:00',
};

export const PAYMENT = {
  AccountID: 5001,
  AccountType: 'Customer',
  Amount: 1250,
  TransactionDate: '2026-12-02T00:00:00',
};
