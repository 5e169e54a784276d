/** The workspace a Slack sandbox keeps: tokens, channels, webhooks and the messages that arrived. */

export interface Channel {
  readonly id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** The app's bot is in it. */
  hasBot: boolean;
  /** Names it had before, the newest last. */
  previousNames?: string[];
  /** A workspace preference lets only admins post here. */
  isReadOnly?: boolean;
}

export interface Token {
  readonly token: string;
  scopes: readonly string[];
  /** A dead token is answered with this error instead of `invalid_auth`. */
  error?: 'token_revoked' | 'token_expired' | 'account_inactive';
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
  text: string;
  blocks: readonly Readonly<Record<string, unknown>>[];
  readonly threadTs: string | null;
  /** A reply that stands in the channel too. */
  readonly isBroadcast: boolean;
  readonly via: 'webhook' | 'api' | 'person';
  /** The member or the bot that wrote it; null for a webhook. */
  readonly user: string | null;
  /** The world's clock, in milliseconds. */
  readonly at: number;
  editedAt: number | null;
}

export interface SlackState {
  team: { readonly id: string; readonly name: string; readonly url: string };
  bot: { readonly id: string; readonly userId: string; readonly name: string };
  tokens: Token[];
  channels: Channel[];
  webhooks: Webhook[];
  messages: Message[];
  /** By channel or method: how many calls may still be made at once, and when that was counted. */
  allowance: Record<string, { left: number; atMs: number }>;
  counter: number;
}

/** What an app is given that its owner installs for this ledger. */
export const BOT_SCOPES: readonly string[] = [
  ...['chat:write', 'channels:read', 'groups:read', 'channels:history', 'groups:history', 'channels:join'],
  'incoming-webhook',
];

/** The app's token, the channel that it is in, and the name of one that it is not in. */
export const SANDBOX_TOKEN = 'xoxb-rentledger';
export const ALERTS_CHANNEL = 'C0RENTALRT';
export const OTHER_CHANNEL = 'general';

/** A workspace with two channels, one webhook and one bot token. */
export function freshState(): SlackState {
  return {
    team: { id: 'T0RENTLEDG', name: 'Rent Ledger Sandbox', url: 'https://rent-ledger-sandbox.slack.com/' },
    bot: { id: 'B0RENTLEDG', userId: 'U0RENTLEDG', name: 'rent_ledger' },
    tokens: [{ token: SANDBOX_TOKEN, scopes: BOT_SCOPES }],
    channels: [
      { id: ALERTS_CHANNEL, name: 'rent-alerts', isPrivate: false, isArchived: false, hasBot: true },
      { id: 'C0GENERAL0', name: OTHER_CHANNEL, isPrivate: false, isArchived: false, hasBot: false },
    ],
    webhooks: [{ path: '/services/T000/B000/rentledger', channel: ALERTS_CHANNEL }],
    messages: [],
    allowance: {},
    counter: 0,
  };
}

/** Keeps a message and gives it back with its `ts`. */
export function post(state: SlackState, message: Omit<Message, 'ts' | 'editedAt'>): Message {
  state.counter += 1;
  const seconds = Math.floor(message.at / 1000);
  const ts = `${seconds}.${String(state.counter).padStart(6, '0')}`;
  const kept: Message = { ...message, ts, blocks: withIds(message.blocks, state.counter), editedAt: null };
  state.messages.push(kept);
  return kept;
}

/** Slack names every block that comes without a name. */
export const withIds = (blocks: Message['blocks'], serial: number): Message['blocks'] =>
  blocks.map((block, at) => (block.block_id === undefined ? { ...block, block_id: `b${serial}${at}` } : block));

/** A moment in the width of a `ts`, so that texts compare as moments do; null when the text is none. Never a number: it would round. */
export function placeOfTs(ts: string): string | null {
  const [, seconds, fraction = ''] = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(ts) ?? [];
  return seconds === undefined ? null : `${seconds.padStart(10, '0')}.${fraction.padEnd(6, '0')}`;
}
