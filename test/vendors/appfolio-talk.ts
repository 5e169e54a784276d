/** Talks to the AppFolio sandbox as its customer's own program would: keys and developer's id on each call, JSON both ways. */
import { type AppfolioState, appfolio } from '../../local/vendors/appfolio';
import { occupancyOf } from '../../local/vendors/appfolio/people';
import { openPortfolio } from '../../local/vendors/appfolio/portfolio';
import type { Credentials } from '../../local/vendors/appfolio/state';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

const DATABASE = 'https://api.appfolio.com';
const REPORTS = 'https://maplestreet.appfolio.com/api/v2/reports';
export const EVER = 'filters[LastUpdatedAtFrom]=1970-01-01T00:00:00Z';

export interface Told {
  readonly status: number;
  readonly json: Json;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export const basic = ({ clientId, clientSecret }: Credentials): string =>
  `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

/** A second passes before each call. */
export class AppfolioTalk extends Talk<AppfolioState> {
  constructor(nowMs = WEDNESDAY_MS) {
    super(appfolio, appfolio.start(), nowMs);
    openPortfolio(this.state, SMALL_PORTFOLIO, nowMs - 60_000);
  }

  /** A call to the Database API. */
  call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}, waitMs = 1000): Told {
    this.nowMs += waitMs;
    const key = { authorization: basic(this.state.databaseApi), 'x-appfolio-developer-id': this.state.developerId };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const url = path.startsWith('/api/') ? `${DATABASE}${path}` : `${DATABASE}/api/v0/${path}`;
    return this.told(method, url, { ...key, ...type, ...headers }, body);
  }

  list(path: string, query = EVER): Json[] {
    return this.call('GET', `${path}?${query}`).json.data as Json[];
  }

  /** Asks for a report, or for a further page of one. Fifteen seconds pass before each. */
  report(nameOrUrl: string, filters?: unknown, headers: Record<string, string> = {}, waitMs = 15_000): Told {
    this.nowMs += waitMs;
    const key = { authorization: basic(this.state.reportsApi) };
    if (nameOrUrl.startsWith('https:')) return this.told('GET', nameOrUrl, { ...key, ...headers });
    const type = { 'content-type': 'application/json' };
    return this.told('POST', `${REPORTS}/${nameOrUrl}.json`, { ...key, ...type, ...headers }, filters ?? {});
  }

  rows(name: string, filters?: unknown): Json[] {
    return this.report(name, filters).json.results as Json[];
  }

  /** A charge of rent, as it is posted. */
  charge(change: Json = {}): Json {
    return {
      OccupancyId: this.occupancy('Ada Park').id,
      GlAccountId: this.state.glAccounts[0]!.id,
      AmountDue: '1250.00',
      ChargedOn: '2026-12-01',
      Description: 'Rent, December 2026',
      ...change,
    };
  }

  occupancy(who: string) {
    return occupancyOf(this.state, who);
  }

  private told(method: string, url: string, headers: Record<string, string>, body?: unknown): Told {
    const reply = this.send(method, url, headers, body === undefined ? '' : JSON.stringify(body));
    const isJson = reply.headers['content-type'] === 'application/json';
    const json = (isJson ? JSON.parse(reply.body) : {}) as Json;
    return { status: reply.status, json, text: reply.body, headers: reply.headers };
  }
}
