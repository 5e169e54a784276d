/** The account that a Mailgun sandbox keeps: domains, mail on its way, events, suppressions, and posts to leave. */
import { createHash } from 'node:crypto';
import { nextNumber } from '../kit/reply';

export type Region = 'us' | 'eu';

export interface Domain {
  readonly name: string;
  readonly region: Region;
  readonly id: string;
  readonly createdMs: number;
  /** A sandbox domain delivers to authorised recipients only. */
  readonly type: 'custom' | 'sandbox';
  authorised: string[];
  state: 'active' | 'unverified';
}

/** A key for everything, or one that may send for a single domain. */
export interface Key {
  readonly secret: string;
  readonly sendsFor: string | null;
}

/** One mail to one address. A call with recipient variables makes one for each. */
export interface Mail {
  readonly domain: string;
  /** Without angle brackets, as events have it. */
  readonly messageId: string;
  readonly recipient: string;
  readonly from: string;
  /** The header that the recipient sees. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
  readonly size: number;
  readonly storageKey: string;
  readonly isTest: boolean;
  /** When it was asked to leave, where a time was asked for. */
  readonly scheduledMs: number | null;
  state: 'queued' | 'delivered' | 'failed' | 'rejected' | 'deleted';
  /** When the next try is due. */
  dueMs: number;
  attempts: number;
  deliveredMs: number | null;
}

export interface Attachment {
  readonly filename: string;
  readonly 'content-type': string;
  readonly size: number;
}

/** An event in Mailgun's own JSON, and what only the sandbox knows about it. */
export interface Kept {
  readonly domain: string;
  readonly atMs: number;
  /** Events reach the storage late, and not in the order in which they happened. */
  readonly indexedMs: number;
  readonly item: EventItem;
}

export interface EventItem {
  readonly id: string;
  readonly event: string;
  readonly timestamp: number;
  readonly [field: string]: unknown;
}

export interface Suppression {
  readonly address: string;
  readonly created_at: string;
  /** Bounces have a code and an error, unsubscribes the tags that they are for. */
  readonly code?: string;
  readonly error?: string;
  readonly tags?: readonly string[];
}

export type Table = 'bounces' | 'unsubscribes' | 'complaints';

export interface Webhook {
  readonly domain: string;
  readonly kind: string;
  readonly url: string;
}

export interface Trouble {
  /** `gone`: no such mailbox; `full`: it takes nothing for now. */
  readonly is: 'gone' | 'full';
}

export interface MailgunState {
  serials: Record<string, number>;
  account: {
    keys: Key[];
    signingKey: string;
    /** How long events are kept at least. */
    retentionDays: number;
    /** How far ahead mail can be scheduled; plans with more storage have 7. */
    scheduleDays: number;
    /** No mail is taken until then. */
    sendsFromMs: number;
    /** What an event takes to its storage. */
    indexMs: number;
  };
  domains: Domain[];
  mails: Mail[];
  events: Kept[];
  /** By domain and table. */
  suppressions: Record<string, Suppression[]>;
  /** Mailboxes, by address in lower case, that do not take mail. */
  mailboxes: Record<string, Trouble>;
  webhooks: Webhook[];
  /** News that no webhook has been told yet. */
  untold: { readonly url: string; readonly item: EventItem }[];
}

export const API_KEY = 'mg-key-rentledger';
export const SENDING_KEY = 'mg-sending-rentledger';
export const SIGNING_KEY = 'mg-signing-rentledger';
export const US_DOMAIN = 'mg.maple.example';
export const EU_DOMAIN = 'mg.canal.example';
export const TEST_DOMAIN = 'sandbox0123456789abcdef.mailgun.org';

const FOUNDED_MS = Date.UTC(2025, 2, 3, 9);

const domain = (name: string, region: Region, type: Domain['type'] = 'custom'): Domain => ({
  name,
  region,
  id: digest(`domain ${name}`).slice(0, 24),
  createdMs: FOUNDED_MS,
  type,
  authorised: [],
  state: 'active',
});

/** One account with a domain in each region and the sandbox domain that every account has. */
export function freshState(): MailgunState {
  return {
    serials: {},
    account: {
      keys: [
        { secret: API_KEY, sendsFor: null },
        { secret: SENDING_KEY, sendsFor: US_DOMAIN },
      ],
      signingKey: SIGNING_KEY,
      retentionDays: 3,
      scheduleDays: 3,
      sendsFromMs: 0,
      indexMs: 3000,
    },
    domains: [domain(US_DOMAIN, 'us'), domain(EU_DOMAIN, 'eu'), domain(TEST_DOMAIN, 'us', 'sandbox')],
    mails: [],
    events: [],
    suppressions: {},
    mailboxes: {},
    webhooks: [],
    untold: [],
  };
}

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Ids of a sandbox are counted, and only look drawn. */
export const serialDigest = (state: MailgunState, kind: string): string => digest(`${kind} ${nextNumber(state, kind)}`);

export const suppressed = (state: MailgunState, domainName: string, table: Table): Suppression[] => {
  const key = `${domainName} ${table}`;
  state.suppressions[key] ??= [];
  return state.suppressions[key];
};

/** `Thu, 13 Oct 2011 18:02:00 UTC` */
export const rfcTime = (ms: number): string => new Date(ms).toUTCString().replace('GMT', 'UTC');

const RFC_2822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UTC|UT)$/;

/** The instant of an RFC 2822 time; undefined for any other text. */
export function rfcInstant(text: string): number | undefined {
  if (!RFC_2822.test(text)) return undefined;
  const ms = Date.parse(text.replace(/ UT$/, ' UTC'));
  return Number.isNaN(ms) ? undefined : ms;
}

/** `Ada Park <ada@home.example>` without the name, in lower case. */
export const plainAddress = (spec: string): string => (/<([^<>]*)>\s*$/.exec(spec)?.[1] ?? spec).trim().toLowerCase();
