/** The setup wizard: six steps that can be left and taken up again, and the hand-over to another owner. */
import type { ImportKind } from '../import-headers';
import type { Money, Refusal } from './told';

export type SetupStep = 'choose' | 'leases' | 'facts' | 'connect' | 'messages' | 'dry run';

/** What the wizard asks about the portfolio; a field left out stays as it is. */
export interface SetupFacts {
  readonly zone?: string;
  readonly currency?: string;
  readonly booksOpenOn?: string;
  readonly senderName?: string;
  readonly digestTo?: string;
  readonly managers?: string;
  readonly viewers?: string;
  readonly approvalLimit?: string;
  readonly quietHours?: string;
  /** Facts of one property, by its name. */
  readonly property?: {
    readonly name: string;
    readonly address?: string;
    readonly zone?: string;
    readonly currency?: string;
    readonly jurisdiction?: string;
    readonly graceDays?: string;
    readonly graceRule?: string;
    readonly lateFee?: string;
    readonly lateFeeCap?: string;
    readonly returnedFee?: string;
    readonly managerEmail?: string;
    /** The person confirms these fee terms: name and day go into the cell. */
    readonly confirm?: boolean;
  };
  /** A step that is done; the wizard goes on behind it. */
  readonly done?: SetupStep;
}

export interface SetupProperty {
  readonly name: string;
  readonly address: string;
  readonly zone: string;
  readonly currency: string;
  readonly jurisdiction: string;
  readonly graceDays: string;
  readonly graceRule: string;
  readonly lateFee: string;
  readonly lateFeeCap: string;
  readonly returnedFee: string;
  readonly managerEmail: string;
  readonly confirmed: string;
  /** The rule of the jurisdiction in words, with its source and whether it was verified; '' where none is on file. */
  readonly law: string;
  /** How the fee terms read: grace, fee, cap. */
  readonly terms: string;
  readonly leases: number;
}

export interface SetupView {
  /** The tabs are there. */
  readonly setUp: boolean;
  readonly owner: string;
  /** The person at the keyboard is the owner. */
  readonly mine: boolean;
  readonly step: SetupStep | 'done';
  readonly steps: readonly { readonly step: SetupStep; readonly done: boolean; readonly told: string }[];
  readonly leases: number;
  readonly problems: readonly string[];
  /** Tabs of people's own that look like a rent roll, best first. */
  readonly foundTabs: readonly { readonly tab: string; readonly rows: number; readonly known: number }[];
  readonly demo: boolean;
  readonly facts: Required<Omit<SetupFacts, 'property' | 'done'>>;
  /** The script's own zone where it differs from the spreadsheet's; a warning. */
  readonly zoneWarning?: string;
  readonly properties: readonly SetupProperty[];
  readonly jurisdictions: readonly string[];
  readonly templates: readonly { readonly template: string; readonly languages: readonly string[] }[];
  readonly reminders: boolean;
  readonly schedule: boolean;
  /** Each permission in one line. */
  readonly scopes: readonly { readonly scope: string; readonly why: string }[];
  /** Links to residents' pages may be out, and the person at the keyboard may close them all. */
  readonly pageLinks: boolean;
  readonly handOver: {
    readonly state: 'none' | 'offered' | 'taken';
    readonly to: string;
    /** What is left to do, in order. */
    readonly todo: readonly string[];
    /** The step that is for the person at the keyboard; left out where none is. */
    readonly next?: 'offer' | 'cancel' | 'take' | 'leave';
  };
  /** Good news or what came of the last step, one sentence. */
  readonly says?: string;
}

/** Nothing was written; what is wrong with which field, by its name in {@link SetupFacts}. */
export interface FactsRefused extends Refusal {
  readonly fields: Readonly<Record<string, string>>;
}

export interface HeaderMap {
  readonly kind: ImportKind;
  readonly headers: readonly string[];
  /** Our header to theirs; several columns together are joined by ` + `. */
  readonly mapping: Readonly<Record<string, string>>;
  readonly ours: readonly { readonly header: string; readonly note: string; readonly needed: boolean }[];
  readonly missing: readonly string[];
  readonly rows: number;
  /** How many of them would be taken. */
  readonly taken: number;
  /** The first rows as they would be taken, by our headers. */
  readonly sample: readonly Readonly<Record<string, string>>[];
  /** Rows that cannot be taken; not `refused`, which says that the whole call was. */
  readonly refusedRows: readonly { readonly row: number; readonly reasons: readonly string[] }[];
  /** Rows that are rightly no leases: vacant units, applicants. */
  readonly skipped: readonly { readonly row: number; readonly reason: string }[];
  readonly notes: readonly string[];
}

/** A message as it would leave. */
export interface PreparedMessage {
  readonly lease: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly template: string;
  readonly way: 'email' | 'sms';
  /** Of a text message. */
  readonly segments?: number;
  /** A person would have to let it go. */
  readonly waits: boolean;
}

/** What messages to residents use, before they leave. What managers are mailed comes on top. */
export interface Outlook {
  /** Mails by what carries them, by its name for people; the quota only where the owner's account knows it. */
  readonly mails: readonly {
    readonly by: string;
    readonly count: number;
    readonly left?: number;
    readonly perDay?: number;
  }[];
  readonly texts: number;
  /** Parts into which carriers cut the text messages. */
  readonly segments: number;
  /** `1.25 USD`; left out where no price is in Settings. */
  readonly cost?: string;
}

/** A run in which nothing leaves and nothing is written. */
export interface Preparation {
  readonly days: readonly {
    readonly day: string;
    readonly charges: number;
    readonly fees: number;
    readonly sums: readonly Money[];
    /** The first fifty of all days in full. */
    readonly messages: readonly PreparedMessage[];
    /** Messages of this day beyond those. */
    readonly more: number;
    readonly tasks: readonly string[];
    /** What else would leave: charges to saved methods, posts to a channel. */
    readonly other: readonly string[];
  }[];
  readonly problems: readonly string[];
  /** Why a resident would get nothing, by lease. */
  readonly unreachable: readonly string[];
  /** Messages to residents that lie in the Outbox already and leave in these days; the outlook counts them too. */
  readonly waiting: number;
  readonly outlook: Outlook;
}

/** One message as a resident would get it, with a real lease's data where there is one. */
export interface MessagePreview {
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** The same as a text message, with the parts it takes; left out where there is none. */
  readonly sms?: { readonly text: string; readonly segments: number; readonly encoding: string };
  /** The lease whose data it shows; '' for the built-in sample. */
  readonly lease: string;
  readonly problems: readonly string[];
}

export type HandOver =
  | { readonly kind: 'offer'; readonly to: string }
  | { readonly kind: 'cancel' }
  /** The new owner takes the clock over: triggers run in their name from now on. */
  | { readonly kind: 'take' }
  /** The former owner's triggers and keys are removed. */
  | { readonly kind: 'leave' };
