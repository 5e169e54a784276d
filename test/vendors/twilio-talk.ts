/** A small client for the Twilio sandbox: Basic credentials, forms, and a clock that moves. */
import { twilio } from '../../local/vendors/twilio';
import { ACCOUNT, AUTH_TOKEN, NUMBER, SERVICE, type TwilioState } from '../../local/vendors/twilio/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

/** Residents' phones. */
export const ADA = '+14155550142';
export const LEE = '+14155550143';

export const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

export interface Answer {
  readonly status: number;
  readonly json: Json;
  readonly headers: Readonly<Record<string, string>>;
}

export class TwilioTalk extends Talk<TwilioState> {
  authorization = basic(ACCOUNT, AUTH_TOKEN);
  account = ACCOUNT;

  constructor(nowMs = WEDNESDAY_MS) {
    super(twilio, twilio.start(), nowMs);
  }

  call(method: string, url: string, body = '', headers: Record<string, string> = {}): Answer {
    const type: Record<string, string> = body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = this.send(method, url, { authorization: this.authorization, ...type, ...headers }, body);
    return { status: reply.status, json: JSON.parse(reply.body) as Json, headers: reply.headers };
  }

  get(path: string): Answer {
    return this.call('GET', path.startsWith('http') ? path : `https://api.twilio.com${path}`);
  }

  get base(): string {
    return `/2010-04-01/Accounts/${this.account}`;
  }

  create(fields: Json): Answer {
    const url = `https://api.twilio.com${this.base}/Messages.json`;
    return this.call('POST', url, new URLSearchParams(fields as Record<string, string>).toString());
  }

  /** A text from the number that stands alone. Fails the test with Twilio's own words when it is refused. */
  text(fields: Json = {}): Json {
    const { status, json } = this.create({ To: ADA, From: NUMBER, Body: 'Rent is due on Friday.', ...fields });
    if (status !== 201) throw new Error(JSON.stringify(json));
    return json;
  }

  /** A text through the messaging service. */
  pooled(fields: Json = {}): Json {
    const all = { To: ADA, MessagingServiceSid: SERVICE, Body: 'Rent is due on Friday.', ...fields };
    const { status, json } = this.create(all);
    if (status !== 201) throw new Error(JSON.stringify(json));
    return json;
  }

  message(sid: string): Json {
    return this.get(`${this.base}/Messages/${sid}.json`).json;
  }

  cancel(sid: string): Answer {
    return this.call('POST', `https://api.twilio.com${this.base}/Messages/${sid}.json`, 'Status=canceled');
  }

  list(query: Json = {}): Answer {
    const text = new URLSearchParams(query as Record<string, string>).toString();
    return this.get(`${this.base}/Messages.json${text === '' ? '' : `?${text}`}`);
  }

  /** So many seconds pass. */
  wait(seconds: number): void {
    this.nowMs += seconds * 1000;
  }
}
