/** A small client for the SendGrid sandbox: a key, JSON, and mails that are right but for what a test changes. */
import { sendgrid } from '../../local/vendors/sendgrid';
import { API_KEY, type Region, SENDER, type SendgridState } from '../../local/vendors/sendgrid/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const RITA = 'rita@home.example';
const HOSTS: Readonly<Record<Region, string>> = { global: 'api.sendgrid.com', eu: 'api.eu.sendgrid.com' };

export const mail = (more: Json = {}): Json => ({
  personalizations: [{ to: [{ email: RITA, name: 'Rita Resident' }], custom_args: { ref: 'r1' } }],
  from: { email: SENDER, name: 'Maple Court' },
  subject: 'Rent is due',
  content: [
    { type: 'text/plain', value: 'Rent is due.' },
    { type: 'text/html', value: '<p>Rent is due.</p>' },
  ],
  categories: ['due'],
  ...more,
});

export class SendgridTalk extends Talk<SendgridState> {
  constructor(
    public key: string = API_KEY,
    readonly region: Region = 'global',
  ) {
    super(sendgrid, sendgrid.start(), WEDNESDAY_MS);
  }

  call(method: string, path: string, body?: Json, headers: Record<string, string> = {}) {
    const base = { authorization: `Bearer ${this.key}`, accept: 'application/json' };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const reply = this.send(method, `https://${HOSTS[this.region]}${path}`, { ...base, ...type, ...headers }, text);
    const json = (reply.body === '' ? {} : JSON.parse(reply.body)) as Json;
    return { status: reply.status, json, headers: reply.headers, error: (json.errors?.[0] ?? {}) as Json };
  }

  /** Sends a mail, which must be taken in. Gives its id. */
  mail(more: Json = {}): string {
    const { status, headers, json } = this.call('POST', '/v3/mail/send', mail(more));
    if (status !== 202) throw new Error(JSON.stringify(json));
    return headers['x-message-id'] ?? '';
  }

  batch(): string {
    return this.call('POST', '/v3/mail/batch').json.batch_id;
  }

  hold(batch_id: string, status = 'cancel') {
    return this.call('POST', '/v3/user/scheduled_sends', { batch_id, status });
  }

  /** A mail of a batch of its own that leaves after so many minutes. Gives the batch. */
  scheduled(minutes: number, more: Json = {}): string {
    const batch_id = this.batch();
    this.mail({ batch_id, send_at: Math.floor(this.nowMs / 1000) + minutes * 60, ...more });
    return batch_id;
  }

  pass(minutes: number): void {
    this.nowMs += minutes * 60_000;
  }

  logs(query?: string, limit?: number): Json[] {
    return this.call('POST', '/v3/logs', { ...(query ? { query } : {}), ...(limit ? { limit } : {}) }).json.messages;
  }

  /** Status of what was sent, newest first, as the logs have it once they have it. */
  statuses(): string[] {
    return this.logs().map((row) => row.status as string);
  }

  list(name: string, query = ''): Json[] {
    return this.call('GET', `/v3/suppression/${name}${query}`).json as unknown as Json[];
  }
}
