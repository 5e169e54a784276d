/** The workspace a Slack sandbox keeps: tokens, channels, webhooks and the messages that arrived. */

export interface Channel {
  readonly id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** The app's bot is in it. */
  hasBot: boolean;
}

export interface Token {
  readonly token: string;
  readonly scopes: readonly string[];
  /** A dead token is answered with this error instead of `invalid_auth`. */
  readonly error?: 'token_revoked' | 'token_expired' | 'account_inactive';
}

export interface Webhook {
  /** `/services/T…/B…/secret`. */
  readonly path: string;
  readonly channel: string;
}

export interface Message {
  readonly channel: string;
  /** Slack's own message id; a text, never a number. */
  readonly ts: string;
  readonly text: string;
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
  readonly threadTs: string | null;
  readonly via: 'webhook' | 'api';
  /** The world's clock, in milliseconds. */
  readonly at: number;
}

export interface SlackState {
  team: { readonly id: string; readonly name: string; readonly url: string };
  bot: { readonly id: string; readonly userId: string; readonly name: string };
  tokens: Token[];
  channels: Channel[];
  webhooks: Webhook[];
  messages: Message[];
  /** Per channel: how many messages may still be posted at once, and when that was counted. */
  allowance: Record<string, { left: number; atMs: number }>;
  counter: number;
}

/** Short bursts are tolerated; then one message a second and channel. */
const BURST = 4;

/** A workspace with two channels, one webhook and one bot token. */
export function freshState(): SlackState {
  return {
    team: { id: 'T0RENTLEDG', name: 'Rent Ledger Sandbox', url: 'https://rent-ledger-sandbox.slack.com/' },
    bot: { id: 'B0RENTLEDG', userId: 'U0RENTLEDG', name: 'rent_ledger' },
    tokens: [{ token: 'xoxb-rentledger', scopes: ['chat:write', 'channels:read', 'incoming-webhook'] }],
    channels: [
      { id: 'C0RENTALRT', name: 'rent-alerts', isPrivate: false, isArchived: false, hasBot: true },
      { id: 'C0GENERAL0', name: 'general', isPrivate: false, isArchived: false, hasBot: false },
    ],
    webhooks: [{ path: '/services/T000/B000/rentledger', channel: 'C0RENTALRT' }],
    messages: [],
    allowance: {},
    counter: 0,
  };
}

/** Takes one message from the channel's allowance; otherwise the whole seconds to wait. */
export function secondsToWait(state: SlackState, channel: string, nowMs: number): number {
  const last = state.allowance[channel] ?? { left: BURST, atMs: nowMs };
  const left = Math.min(BURST, last.left + Math.max(0, nowMs - last.atMs) / 1000);
  if (left < 1) return Math.max(1, Math.ceil(1 - left));
  state.allowance[channel] = { left: left - 1, atMs: nowMs };
  return 0;
}

/** Keeps a message and gives it back with its `ts`. */
export function post(state: SlackState, message: Omit<Message, 'ts'>): Message {
  state.counter += 1;
  const seconds = Math.floor(message.at / 1000);
  const kept = { ...message, ts: `${seconds}.${String(state.counter).padStart(6, '0')}` };
  state.messages.push(kept);
  return kept;
}
