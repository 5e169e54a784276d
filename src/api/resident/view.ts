/**
 * What the page of one lease shows: facts, no words of a language. Amounts are minor units of the one currency of the property, days are
 * civil days in its zone. Plain JSON.
 */
import type { ReversalReason } from '../../domain/book';
import type { FeeRule } from '../../domain/fee-policy';
import type { InstalmentWord } from '../../domain/instalments';
import type { StandingWord } from '../../domain/standing';
import type { Cents, Currency, Day, Instant, Key, Zone } from '../../domain/values';

/** Languages that the page speaks; any other one reads English. */
export type PageLanguage = 'en' | 'es' | 'fr' | 'de';

export type { FeeRule };

/** What every page of a lease begins with. */
export interface PageHead {
  readonly language: PageLanguage;
  /** How numbers and days are written, an Intl tag such as `en-GB`: by the lease's language, else by the currency. */
  readonly tag: string;
  readonly currency: Currency;
  readonly zone: Zone;
  readonly today: Day;
  readonly property: {
    readonly name: string;
    readonly address: string;
    readonly managerName: string;
    readonly managerEmail: string;
  };
  readonly unit: string;
  /** Whom the link was made for; all names of the lease where that is not known. */
  readonly names: string;
}

export interface ResidentView extends PageHead {
  /** When the platforms were last read to their end; left out where none is connected. */
  readonly asOf?: Instant;
  /** Payments of the last hours may be missing. */
  readonly stale: boolean;
  /** The lease's last day, where it is past. */
  readonly endedOn?: Day;
  readonly account: AccountFigures;
  readonly processing: readonly ProcessingLine[];
  /** What will fall due within 30 days and is not charged yet. */
  readonly upcoming: readonly UpcomingLine[];
  readonly open: readonly OpenLine[];
  /** Newest month first, each with its newest line first. */
  readonly months: readonly LedgerMonth[];
  /** Older lines exist that are not shown. */
  readonly older: boolean;
  /** The last twelve months up to this one, the oldest first; none of before the lease and its books. */
  readonly strip: readonly StripMonth[];
  readonly fee: FeeFacts;
  readonly pay?: PayView;
  readonly autopay?: AutopayView;
  readonly plan?: PlanView;
  readonly requests: readonly RequestView[];
  /** A day can be promised and a plan asked for. */
  readonly mayAsk: boolean;
  /** A promise to pay is taken: they are not switched off, and none was broken for this debt. */
  readonly mayPromise: boolean;
  readonly people: readonly ShareView[];
  readonly contact?: ContactView;
  readonly documents: DocumentsView;
}

export interface AccountFigures {
  readonly word: StandingWord;
  readonly daysLate: number;
  /** Owed now; negative is money ahead. */
  readonly balanceCents: Cents;
  /** Of that, due and unpaid. */
  readonly unpaidCents: Cents;
  /** Of what is unpaid, what the resident disputes, with the late fees on it. */
  readonly disputedCents: Cents;
  /** Of what is unpaid and not disputed, what a plan that runs covers and does not ask for yet. */
  readonly planLaterCents: Cents;
  readonly oldestDue?: Day;
  readonly aheadCents: Cents;
  readonly processingCents: Cents;
  /** Collected by itself, and not seen as a payment yet. */
  readonly collectedCents: Cents;
  readonly depositHeldCents: Cents;
  readonly next?: { readonly due: Day; readonly amountCents: Cents };
  readonly holdUntil?: Day;
  /** The last day on which the oldest unpaid charge can be paid without a fee; left out once it is past or where none comes. */
  readonly lastFreeDay?: Day;
}

export interface ProcessingLine {
  readonly amountCents: Cents;
  readonly on: Day;
  /** The platform's id, `check`, `cash`, … */
  readonly source: string;
}

export interface UpcomingLine {
  readonly type: string;
  readonly due: Day;
  readonly amountCents: Cents;
  readonly from?: Day;
  readonly until?: Day;
}

export interface OpenLine {
  readonly key: Key;
  readonly type: string;
  readonly due: Day;
  readonly totalCents: Cents;
  readonly openCents: Cents;
  readonly from?: Day;
  readonly until?: Day;
  readonly memo: string;
  /** The resident has said that it is wrong, and nobody has answered yet. */
  readonly disputed: boolean;
  readonly mayDispute: boolean;
}

export interface LedgerLine {
  readonly key: Key;
  readonly day: Day;
  readonly kind: 'charge' | 'receipt' | 'credit' | 'reversal' | 'reinstatement';
  /** The charge's or credit's type; of a receipt its source. */
  readonly type: string;
  readonly reason?: ReversalReason;
  /** What a charge is for in words of the Terms tab; '' otherwise. */
  readonly memo: string;
  readonly from?: Day;
  readonly until?: Day;
  /** Effect on the balance: charges are positive. */
  readonly amountCents: Cents;
  /** Owed after this line. */
  readonly balanceCents: Cents;
  /** Who paid, where the lease has several people and the payment says. */
  readonly payer?: string;
}

export interface LedgerMonth {
  /** `2026-11` */
  readonly month: string;
  readonly lines: readonly LedgerLine[];
}

export type StripWord = 'on time' | 'late' | 'partial' | 'unpaid' | 'processing' | 'none';

export interface StripMonth {
  readonly month: string;
  readonly word: StripWord;
}

/** The terms of a late fee, as the page puts them in words. */
export interface FeeFacts {
  /** The first day on which a fee on the next rent may come; left out where none is charged. */
  readonly firstDay?: Day;
  /** What is agreed; left out for none. */
  readonly late?: FeeRule;
  readonly cap?: FeeRule;
  /** Full days after the due day on which no fee comes, by the terms and by law. */
  readonly freeDays: number;
  readonly returnedCents: Cents;
  /** A law is known that limits such fees. */
  readonly byLaw: boolean;
}

/** What can be paid on this page, or why nothing can. */
export type PayView =
  | {
      readonly can: 'pay';
      /** The platform's title, such as Stripe. */
      readonly by: string;
      /** Owed now less what is under way. */
      readonly wholeCents: Cents;
      /** False: only the whole balance, by the lease or while a notice runs. */
      readonly parts: boolean;
      /** Why only the whole. */
      readonly why?: 'lease' | 'notice';
      /** The least that a chosen part may be. */
      readonly leastCents: Cents;
      /** A page that was made already and can be paid on. */
      readonly open?: { readonly url: string; readonly amountCents: Cents };
      readonly words: string;
    }
  | {
      readonly can: 'not';
      readonly why: 'nothing owed' | 'processing' | 'notice' | 'no platform' | 'down';
      /** How to pay in other ways, in the manager's own words; '' where nobody wrote any. */
      readonly words: string;
    };

export interface AutopayOffer {
  readonly platform: string;
  readonly title: string;
  /** It begins with a payment of so much, on whose page the resident saves a card. */
  readonly paysCents?: Cents;
}

export type AutopayView =
  | { readonly state: 'on'; readonly by: string; readonly next?: Day; readonly mayEnd: boolean }
  | { readonly state: 'off'; readonly offers: readonly AutopayOffer[] }
  | { readonly state: 'waiting'; readonly by: string; readonly url: string };

export interface PlanView {
  readonly key: Key;
  readonly state: 'proposed' | 'running' | 'broken' | 'finished';
  readonly feesPaused: boolean;
  /** What it comes to: open at its beginning, less credits since. */
  readonly totalCents: Cents;
  readonly paidCents: Cents;
  /** Of what is open, while it runs. */
  readonly underWayCents: Cents;
  /** What is under way included. */
  readonly openCents: Cents;
  readonly instalments: readonly {
    readonly due: Day;
    readonly amountCents: Cents;
    readonly underWayCents: Cents;
    /** Neither paid nor under way. */
    readonly openCents: Cents;
    /** One at the most is `next`. */
    readonly state: InstalmentWord;
  }[];
  /** So many days after its day an unpaid instalment is missed. */
  readonly graceDays: number;
  /** So many may be missed; one more, and the plan ends and all that is open is demanded again. */
  readonly missedAllowed: number;
  /** It is to be agreed by signature elsewhere; the address where the platform gave one. */
  readonly signature?: true;
  readonly note: string;
}

export interface RequestView {
  readonly key: Key;
  readonly kind: 'dispute' | 'promise' | 'plan';
  readonly on: Day;
  /** The charge it is about. */
  readonly about?: Key;
  readonly text: string;
  /** Of a wish for a plan: what they can pay each month. */
  readonly perMonthCents?: Cents;
  /** A file elsewhere, https only. */
  readonly file: string;
  /** Of a promise: until when. */
  readonly until?: Day;
  readonly state: 'open' | 'accepted' | 'refused' | 'withdrawn' | 'kept' | 'broken';
  readonly answer: string;
  readonly answeredOn?: Day;
}

/** One of several people on a lease. The debt stays joint: a share is what they agreed among themselves. */
export interface ShareView {
  readonly name: string;
  readonly you: boolean;
  /** Of one period's rent. */
  readonly shareCents: Cents;
  /** What this person paid since the first of the month. */
  readonly paidCents: Cents;
}

export interface ContactView {
  /** As much as may be shown: `m…@example.com`, `…4567`. */
  readonly email: string;
  readonly phone: string;
  readonly notifyBy: string;
  readonly smsConsent: boolean;
  /** Text messages are stopped for this number at its carrier: only START to it lifts that. */
  readonly smsStopped: boolean;
}

export interface DocumentsView {
  /** The first day of the books of this lease: statements begin there. */
  readonly since: Day;
  /** Years with a rent summary. */
  readonly years: readonly number[];
  /** `name` is what an address may bear instead of the receipt's key. */
  readonly receipts: readonly { readonly name: string; readonly on: Day; readonly amountCents: Cents }[];
}
