/** A small client for the Slack sandbox: the Web API by form or query, and the webhook. */

import type { SandboxReply } from '../../local/vendors/sandbox';
import { type SlackState, slack } from '../../local/vendors/slack';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const ALERTS = 'C0RENTALRT';
export const GENERAL = 'C0GENERAL0';
export const HOOK = 'https://hooks.slack.com/services/T000/B000/rentledger';
export const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const FORM_TYPE = { 'content-type': 'application/x-www-form-urlencoded' };

interface Heard {
  readonly status: number;
  readonly headers: SandboxReply['headers'];
  readonly json: Json;
}

export class SlackTalk extends Talk<SlackState> {
  token = 'xoxb-rentledger';

  constructor(nowMs = WEDNESDAY_MS) {
    super(slack, slack.start(), nowMs);
  }

  /** A method that writes, as a form; blocks as JSON text. A second passes before each, so that no channel is full. */
  call(method: string, fields: Json = {}): Heard {
    this.nowMs += 1000;
    return this.atOnce(method, fields);
  }

  atOnce(method: string, fields: Json = {}): Heard {
    const form = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const body = new URLSearchParams(form).toString();
    return heard(this.send('POST', urlOf(method), { ...this.auth(), ...FORM_TYPE }, body));
  }

  /** A method that reads, by its address. */
  read(method: string, fields: Record<string, string> = {}): Heard {
    const query = new URLSearchParams(fields).toString();
    return heard(this.send('GET', `${urlOf(method)}${query ? `?${query}` : ''}`, this.auth()));
  }

  /** Posts, and gives the `ts`. */
  say(text: string, more: Json = {}): string {
    return this.call('chat.postMessage', { channel: ALERTS, text, ...more }).json.ts;
  }

  hook(payload: Json): SandboxReply {
    return this.send('POST', HOOK, JSON_TYPE, JSON.stringify(payload));
  }

  auth(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}

export const urlOf = (method: string): string => `https://slack.com/api/${method}`;

export const heard = ({ status, headers, body }: SandboxReply): Heard => ({ status, headers, json: JSON.parse(body) });

export const section = (text: string, block_id?: string): Json => ({
  type: 'section',
  text: { type: 'mrkdwn', text },
  ...(block_id === undefined ? {} : { block_id }),
});
