/**
 * What a connector is: facts, and pure functions that build requests and read replies. It never fetches, loops,
 * retries, logs, stores or reads a clock.
 */
import type { Once, PaymentSeen } from '../domain/book';
import type { Cents, Currency, Day, Instant, Key } from '../domain/values';
import type { OAuth } from '../http/oauth';
import type { Fault } from '../http/types';
import type { HttpReply, HttpRequest } from '../ports';

/**
 * Yields a wave of requests and is resumed with their replies, in order. The client turns a bad reply into a thrown
 * {@link Fault}.
 */
export type Flow<T> = Generator<readonly HttpRequest[], T, readonly HttpReply[]>;

// ---------------------------------------------------------------- money coming in

/** Something that must be done at the platform because of what it told: it becomes an effect in the same commit, once. */
export interface Want {
  readonly kind: string;
  /** The vendor's id of what it is about. */
  readonly about: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Something that could not be read: what it is, and why. */
export interface Lost {
  readonly about: string;
  readonly fault: Fault;
}

export interface FeedPage {
  readonly payments: readonly PaymentSeen[];
  /** JSON-ready place to go on from; committed together with the payments. */
  readonly state: FeedState;
  /** True when another pull would find more now. */
  readonly more: boolean;
  /** Objects the feed could not read, each a named fault shown with what it concerns. */
  readonly faults: readonly Lost[];
  readonly wants?: readonly Want[];
}

export type FeedState = Readonly<Record<string, string | number | boolean | null>>;

export interface PullContext {
  /** The first day of the books: nothing older is asked for. */
  readonly since: Instant;
  readonly now: Instant;
  /** What is no secret of the connection: ids, mode and zone that sign-in found or the owner chose. */
  readonly account: Account;
}

/** Payments seen at a platform. One pull is one step: a kill between pulls loses nothing. */
export interface ReceiptFeed {
  pull(state: FeedState | undefined, context: PullContext): Flow<FeedPage>;
  /** Reads one object again, for an inbound hint. Undefined when the hint names nothing of ours. */
  byHint?(hint: Readonly<Record<string, unknown>>, account: Account): Flow<readonly PaymentSeen[]> | undefined;
  /** Minutes from one drained read to the next where the account's plan cannot bear every poll; undefined for every poll. */
  everyMinutes?(account: Account): number | undefined;
}

/** Money that a processor sent to the landlord's bank: many receipts less fees come as one deposit, which a bank feed can know by it. */
export interface Payout {
  /** The vendor's id. */
  readonly id: string;
  /** What arrives: gross less fee. Negative where the processor took money from the bank. */
  readonly amountCents: Cents;
  readonly currency: Currency;
  readonly arrivalDay: Day;
  readonly feeCents: Cents;
  /** Payments less refunds and disputes. */
  readonly grossCents: Cents;
}

// ---------------------------------------------------------------- what leaves

export interface EffectContext {
  readonly key: Key;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly now: Instant;
  readonly account: Account;
  /** Where the platform may post its hints to, for an effect that registers it; a secret. */
  readonly inbound?: string;
  /** 1 for the first try: nothing under this key can be there yet, so a `lookup` may be saved. */
  readonly attempt: number;
}

/** Something that leaves through the Outbox. */
export interface Effect {
  /** How a repeat after a lost answer stays harmless. For `lookup` the flow itself asks for our key first. */
  readonly once: Once;
  /**
   * Does it. Gives the vendor's reference for what was done, with the address of a page after a blank where there is one; a
   * {@link Fault} is thrown when it was not done.
   */
  run(context: EffectContext): Flow<string>;
  /** A row for the Links tab that remembers what was made for the lease, such as its subscription. */
  link?(ref: string): { readonly kind: 'customer' | 'autopay'; readonly externalId: string } | undefined;
  /** The id of an agreement that has ended with it: its autopay row leaves the Links tab. */
  unlink?(ref: string, payload: EffectContext['payload']): string | undefined;
  /** For how long the page in its reference can be paid on, where that is less than for ever: an older one is made anew. */
  readonly goodForMs?: number;
}

/** An effect that is one request. */
export const oneCall = (
  once: Once,
  request: (context: EffectContext) => HttpRequest,
  ref: (reply: HttpReply, context: EffectContext) => string,
): Effect => ({
  once,
  *run(context) {
    return ref(yield* asked(request(context)), context);
  },
});

/** The agreement that the payload, a LeaseOffer, names. */
export const autopayIn = (_ref: string, { autopay }: EffectContext['payload']): string | undefined =>
  typeof autopay === 'string' ? autopay : undefined;

/** Sends one request and gives its reply. */
export function* asked(request: HttpRequest): Flow<HttpReply> {
  const [reply] = yield [request];
  if (!reply) throw new Error('Rent Ledger bug: no reply');
  return reply;
}

/** Sends requests in one wave and gives their replies, one each. */
export function* askedAll<R extends readonly HttpRequest[]>(
  ...requests: R
): Flow<{ readonly [At in keyof R]: HttpReply }> {
  const replies = yield requests;
  if (replies.length !== requests.length) throw new Error('Rent Ledger bug: a reply is missing');
  return replies as { readonly [At in keyof R]: HttpReply };
}

// ---------------------------------------------------------------- books kept elsewhere

/** What an accounting system holds of ours, for the nightly comparison. */
export interface BookItem {
  readonly kind: 'invoice' | 'payment' | 'credit';
  /** Our own number, by which it is compared. */
  readonly number: string;
  /** The vendor's id. */
  readonly id: string;
  readonly amountCents: Cents;
  /** Of an invoice: what is unpaid there. */
  readonly openCents?: Cents;
  readonly currency: Currency;
  /** Voided, deleted or cancelled there. */
  readonly gone: boolean;
}

/** Items of ours that were dated within the period, and those of the given numbers. */
export interface BooksAudit {
  items(context: PullContext & { readonly until: Instant }): Flow<readonly BookItem[]>;
}

// ---------------------------------------------------------------- banks linked on the vendor's page

export interface BankLinkContext {
  /** The owner's own account, to read what comes in; or a resident's, to collect from. */
  readonly purpose: 'feed' | 'pay';
  readonly leaseId?: string;
  /** Whose account it is. */
  readonly name: string;
  /** The address of our page, to which the vendor's leads back with the state; '' where there is none. */
  readonly redirect: string;
  readonly state: string;
  readonly key: Key;
  readonly account: Account;
  /** A bank that is linked already and wants a new consent: its link is kept. */
  readonly item?: string;
}

export interface LinkedBank {
  readonly item: string;
  /** Opens the account: kept with the credentials as `ITEM_<item>`. Empty where the one that is kept stays good. */
  readonly secret: string;
  /** For people: bank, account and its last digits. */
  readonly name: string;
  readonly accountId: string;
}

/** Banks that people link on the vendor's own page. The runtime keeps one secret for each. */
export interface BankLinks {
  begin(context: BankLinkContext): Flow<{ readonly open: string; readonly token: string }>;
  /** The currencies in which a resident's bank can be collected from; for others none is asked to link one. */
  collects(account: Account): readonly Currency[];
  /** Undefined while nobody has finished the page. `item` as it was begun with. */
  finish(token: string, account: Account, item?: string): Flow<LinkedBank | undefined>;
}

// ---------------------------------------------------------------- the connection

export type Credentials = Readonly<Record<string, string>>;
export type Account = Readonly<Record<string, string>>;

/** Something that the owner enters, and where to find it. */
export interface CredentialField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** False for what may be seen: a mode, a data centre. It is part of the {@link Account}. Secret when left out. */
  readonly secret?: boolean;
  readonly optional?: boolean;
  /** The values there are; the first is taken when nothing is chosen. */
  readonly choices?: readonly string[];
}

/** What a test call has found. */
export interface AccountSeen {
  /** The account's own name, for people. */
  readonly name: string;
  /** Whether real money moves there. */
  readonly mode: 'live' | 'sandbox';
  /** Ids and the like, kept with the connection and given to every flow as its account. */
  readonly found?: Account;
}

export interface Limits {
  /** Requests of this platform in one wave. */
  readonly concurrency?: number;
  readonly perMinute?: number;
  /** Calls that the account's plan allows in a day; undefined where there is no such limit. */
  readonly perDay?: (account: Account) => number | undefined;
}

export type Group = 'Pay in' | 'Books' | 'Messages';

/** An effect that a manager may ask for on a lease's screen; its payload is the LeaseOffer of domain/collect.ts. */
export interface Offer {
  /** The effect's name. */
  readonly kind: string;
  /** On the button: "Set up a PayPal subscription". */
  readonly title: string;
  /** What happens, in one sentence, for the person who clicks. */
  readonly says: string;
  /** Is it about what is open now, or about the rent of each period? */
  readonly amount: 'open balance' | 'rent';
  /** The currencies in which it works; left out where it takes all. */
  readonly currencies?: readonly string[];
  /** It would bill what the ledger has entered in these books already: offered only while they are not kept in step with it. */
  readonly notMirrored?: true;
  /** Offered only where the Links tab has such a row for the lease, or only where it has none. */
  readonly needs?: 'customer' | 'autopay';
  readonly unless?: 'customer' | 'autopay';
}

export interface Connector {
  /** The vendor's own lower-kebab name, everywhere. */
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** Only these hosts are ever called with this connector's credentials. */
  readonly hosts: readonly string[];
  readonly credentials: readonly CredentialField[];
  /** How its access tokens are had; left out where the credentials themselves are what is sent. */
  readonly oauth?: OAuth;
  readonly limits?: Limits;
  /** Adds authentication and version headers. With {@link oauth} the credentials hold a fresh `ACCESS_TOKEN`. */
  sign(request: HttpRequest, credentials: Credentials): HttpRequest;
  /** Undefined when the reply is good. */
  fault(reply: HttpReply): Fault | undefined;
  /** Harmless calls that prove the credentials and find the account. */
  readonly test?: (account: Account) => Flow<AccountSeen>;
  readonly receipts?: ReceiptFeed;
  /** What it paid out of late. */
  readonly payouts?: (context: PullContext) => Flow<readonly Payout[]>;
  readonly effects?: Readonly<Record<string, Effect>>;
  readonly offers?: readonly Offer[];
  /** Its secrets are those of the credentials and one `ITEM_…` for each linked bank; the account's `ITEMS` are to be read. */
  readonly banks?: BankLinks;
  /** Takes the effects `invoice`, `payment` and `credit` of domain/books.ts, and can be compared with the ledger. */
  readonly books?: BooksAudit;
  /** What it reads and writes, one line each, for people and the docs. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}
