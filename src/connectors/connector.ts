/**
 * What a connector is: facts, and pure functions that build requests and read replies. It never fetches, loops,
 * retries, logs, stores or reads a clock.
 */
import type { Once, PaymentSeen } from '../domain/book';
import type { Told } from '../domain/status';
import type { Cents, Currency, Day, Instant, Key } from '../domain/values';
import type { OAuth } from '../http/oauth';
import type { Fault } from '../http/types';
import type { HttpReply, HttpRequest } from '../ports';
import type { Batch, DeliveryFeed, DeliveryState, Outgoing, Schedule } from './messages';
import type { MirrorReading, SampleOf, SampleRow } from './mirror';
import type { RosterReading } from './roster';

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
  /** For an effect that {@link Effect.carries} a message: that message. */
  readonly message?: Outgoing;
  /** What earlier tries of a text said of which nobody knows whether they left: it may be there in those words. */
  readonly tried?: readonly string[];
  /** The vendor is to hold it until then; only for an effect with a {@link Schedule}. */
  readonly sendAt?: Instant;
  /** What the effect that `payload.after` names has returned: the message to answer in its thread, the envelope to void. */
  readonly after?: string;
}

/** Something that leaves through the Outbox. */
export interface Effect {
  /** How a repeat after a lost answer stays harmless. For `lookup` the flow itself asks for our key first. */
  readonly once: Once;
  /** Where it depends on the account: one in which nothing can be looked up leaves a repeat to a person. */
  onceFor?(account: Account): Once;
  /**
   * Does it. Gives the vendor's reference for what was done, with the address of a page after a blank where there is one; a
   * {@link Fault} is thrown when it was not done.
   */
  run(context: EffectContext): Flow<string>;
  /** What a refusal says of the address that it was sent to: the resident has opted out, there is no such phone. */
  refused?(fault: Fault): DeliveryState | undefined;
  /** Effects of this kind that may leave in one go. */
  readonly batch?: Batch;
  /** It takes a rendered message along. */
  readonly carries?: Outgoing['kind'];
  readonly schedule?: Schedule;
  /** The platform tells later what became of it: until then its end is open. */
  readonly followed?: true;
  /** A row for the Links tab that remembers what was made for the lease, such as its subscription. */
  link?(ref: string): { readonly kind: LinkedKind; readonly externalId: string } | undefined;
  /** The id of an agreement that has ended with it: its autopay or document row leaves the Links tab. */
  unlink?(ref: string, payload: EffectContext['payload']): string | undefined;
  /** For how long the page in its reference can be paid on, where that is less than for ever: an older one is made anew. */
  readonly goodForMs?: number;
}

/** What a row of the Links tab can remember of a platform for a lease. */
export type LinkedKind = 'customer' | 'autopay' | 'document';

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
  /** Of a payment or credit, where the books tell: our number of the invoice it lies on, or whatever names another one. */
  readonly on?: string;
  readonly currency: Currency;
  /** Voided, deleted or cancelled there. */
  readonly gone: boolean;
}

/** Our invoices of the charges that fall due within the period, and what lies on them, whenever that was dated. */
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
  /** It can be chosen from this list of {@link Connector.lists}, once the platform is connected. */
  readonly pick?: string;
  /** It takes several of them, parted by commas. */
  readonly several?: true;
  /**
   * It names the vendor's place for a value of ours: a line of the mapping's screen, under that heading. `label` is what we call the
   * value, `name` begins with `MAP_`.
   */
  readonly maps?: string;
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

export type Group = 'Pay in' | 'Books' | 'Messages' | 'Documents' | 'Sheets and flows' | 'CRM' | 'Property systems';

/** An effect that a manager may ask for on a lease's screen; its payload is the LeaseOffer of domain/collect.ts. */
export interface Offer {
  /** The effect's name. */
  readonly kind: string;
  /** On the button: "Set up a PayPal subscription". */
  readonly title: string;
  /** What happens, in one sentence, for the person who clicks. */
  readonly says: string;
  /** Is it about what is open now, about the rent of each period, or about no money at all? */
  readonly amount: 'open balance' | 'rent' | 'none';
  /** A text that the manager writes with it, such as a reason; it is the `note` of the payload. */
  readonly asks?: { readonly label: string; readonly help: string };
  /** The currencies in which it works; left out where it takes all. */
  readonly currencies?: readonly string[];
  /** It would bill what the ledger has entered in these books already: offered only while they are not kept in step with it. */
  readonly notMirrored?: true;
  /** Offered only where the Links tab has such a row for the lease, or only where it has none. */
  readonly needs?: LinkedKind;
  readonly unless?: LinkedKind;
}

/** An effect that the owner may ask for on the platform's card: a test message, a workflow to be installed. */
export interface AccountAct {
  /** The effect's name; its payload holds what was asked for. */
  readonly kind: string;
  readonly title: string;
  readonly says: string;
  readonly asks?: {
    readonly name: string;
    readonly label: string;
    readonly help: string;
    /** It may be left empty. */
    readonly optional?: true;
  };
  /** It needs the address to which platforms post: {@link EffectContext.inbound}. */
  readonly inbound?: true;
}

/** One of the things that the account has, to choose from: a channel, a tab, a template. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  /** Why it may not do, or what it is. */
  readonly note?: string;
}

export interface Connector {
  /** The vendor's own lower-kebab name, everywhere. */
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** Only these hosts are ever called with this connector's credentials; `.example.com` stands for all hosts under it. */
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
  /** What became of messages and documents. */
  readonly deliveries?: DeliveryFeed;
  /** What it is told of the ledger by effects of these names, whose payloads are those of domain/status.ts. */
  readonly tells?: { readonly [Kind in Told]?: 'all leases' | 'linked leases' };
  /**
   * Minutes that a standing waits where only figures have changed, so that several are told as one; a new word is told at once. For
   * accounts that bear few calls a day.
   */
  readonly figuresEveryMinutes?: (account: Account) => number;
  /** What it shows of the picture that it keeps. */
  readonly mirror?: MirrorReading;
  /** One real row, to see which of its fields is which of ours. Undefined where there is none. */
  readonly sample?: (of: SampleOf | undefined, account: Account) => Flow<SampleRow | undefined>;
  /** Leases, units and residents to be taken over from it. */
  readonly roster?: RosterReading;
  /** What an effect would send, unsigned and unsent: for a dry run where the owner has said how requests look. Pure. */
  readonly rehearse?: (kind: string, context: EffectContext) => readonly HttpRequest[];
  readonly acts?: readonly AccountAct[];
  /** Lists to choose from, by the name that a field picks from. */
  readonly lists?: Readonly<Record<string, (account: Account) => Flow<readonly Choice[]>>>;
  /** It is called with the access token of the script itself: nothing is signed in to. `ACCESS_TOKEN` holds it. */
  readonly ownToken?: true;
  /** What it reads and writes, one line each, for people and the docs. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}
