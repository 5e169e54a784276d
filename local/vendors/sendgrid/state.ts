/** What a SendGrid account holds: keys, senders, batches and their holds, messages with their events, and suppression lists. */
import { nextNumber } from '../kit/reply';

export type Region = 'global' | 'eu';

export interface ApiKey {
  readonly key: string;
  readonly id: string;
  readonly region: Region;
  scopes: string[];
}

/** An event of a message in the shape of Email Logs. */
export type Event = Readonly<Record<string, unknown>> & { readonly event: string; readonly timestamp: number };

export interface Content {
  readonly type: string;
  readonly value: string;
}

export interface Message {
  readonly sg_message_id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly content: readonly Content[];
  readonly headers: Readonly<Record<string, string>>;
  readonly categories: readonly string[];
  readonly customArgs: Readonly<Record<string, string>>;
  readonly batchId: string | null;
  readonly sendAt: number | null;
  /** Suppression lists that are not asked for this message. */
  readonly bypasses: readonly ListName[];
  readonly keyId: string;
  readonly acceptedMs: number;
  /** When it leaves. */
  dueMs: number;
  isDone: boolean;
  events: Event[];
}

export interface Batch {
  readonly id: string;
  readonly createdMs: number;
}

/** A batch that is cancelled or paused. */
export interface Hold {
  readonly batch_id: string;
  status: 'cancel' | 'pause';
  readonly sinceMs: number;
}

export type ListName = 'bounces' | 'blocks' | 'invalid_emails' | 'spam_reports' | 'unsubscribes';

export interface Suppression {
  /** Unix seconds. */
  readonly created: number;
  readonly email: string;
  readonly reason?: string;
  readonly status?: string;
  readonly ip?: string;
}

/** How a mailbox takes what comes: it is gone, its host refuses us for now, or it does not answer. */
export type Mailbox = 'gone' | 'refusing' | 'silent';

export interface Account {
  /** Addresses that were verified one by one, and domains whose every address is good. */
  senders: string[];
  domains: string[];
  /** Mails a day that the plan allows; null for a plan without that limit. */
  dailyMails: number | null;
  /** The add-on that opens the Email Activity API. */
  hasActivityHistory: boolean;
  serials: Record<string, number>;
  batches: Batch[];
  holds: Hold[];
  messages: Message[];
  lists: Record<ListName, Suppression[]>;
  mailboxes: Record<string, Mailbox>;
  /** Calls counted in the minute that runs, for each group of operations. */
  rates: Record<string, { minute: number; calls: number }>;
}

export interface SendgridState {
  keys: ApiKey[];
  accounts: Record<Region, Account>;
}

export const API_KEY = 'SG.rentledger.sandbox-key-of-the-global-account';
export const EU_KEY = 'SG.rentledger.sandbox-key-of-the-eu-subuser';
export const SENDER = 'rent@landlord.example';

/** What a key with access to mail, scheduled sends, suppressions and email activity carries. */
export const SCOPES = [
  'mail.send',
  ...['create', 'read'].map((act) => `mail.batch.${act}`),
  ...['create', 'read', 'update', 'delete'].map((act) => `user.scheduled_sends.${act}`),
  'suppression.read',
  ...['bounces', 'blocks', 'invalid_emails', 'spam_reports', 'unsubscribes'].map((list) => `suppression.${list}.read`),
  'email_activity.read',
];

const freshAccount = (): Account => ({
  senders: [SENDER],
  domains: ['maple-court.example'],
  dailyMails: null,
  hasActivityHistory: true,
  serials: {},
  batches: [],
  holds: [],
  messages: [],
  lists: { bounces: [], blocks: [], invalid_emails: [], spam_reports: [], unsubscribes: [] },
  mailboxes: {},
  rates: {},
});

/** One account, and one of its subusers that keeps everything in the EU. */
export function freshState(): SendgridState {
  return {
    keys: [
      { key: API_KEY, id: 'rentledgerKey0000000001', region: 'global', scopes: [...SCOPES] },
      { key: EU_KEY, id: 'rentledgerKey0000000002', region: 'eu', scopes: [...SCOPES] },
    ],
    accounts: { global: freshAccount(), eu: freshAccount() },
  };
}

/** Twenty-two characters that begin with a letter, another one each time. */
export const newId = (account: Account, kind: string): string =>
  Buffer.from(`${kind}${String(nextNumber(account, kind)).padStart(15, '0')}`).toString('base64url');

export const seconds = (ms: number): number => Math.floor(ms / 1000);

/** Addresses are one and the same in capitals and in small letters. */
export const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const isListed = (account: Account, list: ListName, email: string): boolean =>
  account.lists[list].some((row) => sameAddress(row.email, email));

/** An address stands in a list once; what happened last is what the list says. */
export function suppress(account: Account, list: ListName, row: Suppression): void {
  account.lists[list] = [...account.lists[list].filter(({ email }) => !sameAddress(email, row.email)), row];
}
