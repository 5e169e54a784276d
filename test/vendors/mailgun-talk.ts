/** A small client for the Mailgun sandbox: basic sign-in, forms of both kinds, and a clock that moves. */
import { mailgun } from '../../local/vendors/mailgun';
import { API_KEY, type MailgunState, US_DOMAIN } from '../../local/vendors/mailgun/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const US = 'https://api.mailgun.net';
export const EU = 'https://api.eu.mailgun.net';
export const US_STORAGE = 'https://storage-us-east4.api.mailgun.net';
export const ADA = 'ada@home.example';
export const BOB = 'bob@home.example';

type Pairs = readonly (readonly [string, string])[];

const BOUNDARY = 'boundaryOfTheTalk';

export const multipart = (pairs: Pairs, files = ''): string => {
  const parts = pairs.map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}${files}--${BOUNDARY}--\r\n`;
};

export const attachment = (name: string, filename: string, content: string): string =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\n` +
  `Content-Type: text/plain\r\n\r\n${content}\r\n`;

/** A list stands for a field that is given more than once. */
export const pairsOf = (fields: Json): Pairs =>
  Object.entries(fields).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [name, String(each)]),
  );

export const MAIL = { from: 'Maple Street <rent@mg.maple.example>', to: ADA, subject: 'Rent is due', text: 'Hello' };

export class MailgunTalk extends Talk<MailgunState> {
  key = API_KEY;
  host = US;
  domain = US_DOMAIN;

  constructor(nowMs = WEDNESDAY_MS) {
    super(mailgun, mailgun.start(), nowMs);
  }

  call(method: string, path: string, body = '', headers: Record<string, string> = {}) {
    const basic = Buffer.from(`api:${this.key}`).toString('base64');
    const url = path.startsWith('https:') ? path : `${this.host}${path}`;
    const reply = this.send(method, url, { authorization: `Basic ${basic}`, ...headers }, body);
    const isJson = reply.headers['content-type']?.startsWith('application/json');
    return { status: reply.status, json: (isJson ? JSON.parse(reply.body) : {}) as Json, body: reply.body };
  }

  /** A call about the talk's own domain: `get('events', { ascending: 'yes' })`. */
  get(path: string, query: Json = {}) {
    const search = new URLSearchParams(query as Record<string, string>).toString();
    return this.call('GET', `/v3/${this.domain}/${path}${search ? `?${search}` : ''}`);
  }

  post(path: string, fields: Json) {
    const form = new URLSearchParams(pairsOf(fields).map((pair) => [...pair])).toString();
    return this.call('POST', `/v3/${this.domain}/${path}`, form, {
      'content-type': 'application/x-www-form-urlencoded',
    });
  }

  postParts(path: string, fields: Json, files = '') {
    return this.call('POST', `/v3/${this.domain}/${path}`, multipart(pairsOf(fields), files), {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
    });
  }

  postJson(path: string, value: unknown) {
    return this.call('POST', `/v3/${this.domain}/${path}`, JSON.stringify(value), {
      'content-type': 'application/json',
    });
  }

  mail(more: Json = {}) {
    return this.post('messages', { ...MAIL, ...more });
  }

  /** What happened until a minute from now, oldest first. */
  events(query: Json = {}): Json[] {
    this.nowMs += 60_000;
    const begin = String(this.nowMs / 1000 - 86_400);
    return this.get('events', { begin, ascending: 'yes', limit: '300', ...query }).json.items as Json[];
  }

  kinds(query: Json = {}): string[] {
    return this.events(query).map(({ event, severity }) => (severity ? `${event} ${severity}` : event));
  }
}
