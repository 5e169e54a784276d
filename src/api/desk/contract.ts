/**
 * What the sidebar may ask, by name: the arguments and the answer of each call. The gateway must offer exactly these, so a
 * change on either side is a compile error on the other. Days are `2026-12-01`, amounts in arguments are as people type them.
 */

import type { Choice } from '../../connectors/connector';
import type { BankLinkBegun, BankLinkEnded } from '../bank-links';
import type { Effect, EffectAct, LooksTwice, Recorded, RecordMany, RecordOne } from './acts';
import type { BreezeCheck, BreezeFile, BreezeKind } from './breeze/files';
import type { Connection } from './connections';
import type { Evidence } from './evidence';
import type { LeaseView } from './lease';
import type { LogCsv, LogPage, LogQuery } from './log';
import type { MappingView } from './mapping';
import type { Act, Applied, Before, Preview, Unsettled } from './override';
import type { Queue, Resolution } from './reconcile';
import type { Rehearsed } from './rehearsal';
import type { PageAct } from './resident-page';
import type { RosterView } from './roster';
import type { RunProgress } from './runs';
import type { FactsRefused, HandOver, HeaderMap, MessagePreview, Preparation, SetupFacts, SetupView } from './setup';
import type { Today } from './today';
import type { Refusal } from './told';
import type { PacketVerdict } from './verify-packet';

type None = Readonly<Record<string, never>>;
interface Ask<Args, Value> {
  readonly args: Args;
  readonly value: Value;
}
/** Every changing call carries an id made by the page: the same id acts at most once, and can be asked for later. */
interface Once {
  readonly request: string;
}

export interface Calls {
  // reads
  today: Ask<None, Today>;
  selection: Ask<None, { readonly tab: string; readonly lease?: string; readonly receipt?: string }>;
  findLeases: Ask<{ readonly text: string }, readonly { readonly lease: string; readonly label: string }[]>;
  lease: Ask<{ readonly lease: string; readonly whole?: boolean }, LeaseView | Refusal>;
  log: Ask<LogQuery, LogPage>;
  logCsv: Ask<LogQuery, LogCsv>;
  /** All about one lease in two files, of all its time or of some days; the Log tells of it. */
  evidence: Ask<
    Once & { readonly lease: string; readonly from?: string | undefined; readonly until?: string | undefined },
    Evidence | Refusal
  >;
  /** Either file of a packet held against the book; nothing is written. */
  verifyPacket: Ask<{ readonly text: string }, PacketVerdict | Refusal>;
  connections: Ask<None, readonly Connection[]>;
  progress: Ask<None, RunProgress>;
  queue: Ask<None, Queue>;
  previewEffect: Ask<{ readonly effect: string }, Effect | Refusal>;
  preview: Ask<{ readonly act: Act }, Preview | Refusal>;
  previewUndo: Ask<{ readonly what: string }, Preview | Refusal>;
  previewMany: Ask<{ readonly text: string }, RecordMany | Refusal>;
  setupView: Ask<None, SetupView>;
  mapHeaders: Ask<
    ({ readonly text: string } | { readonly tab: string }) & { readonly mapping?: Readonly<Record<string, string>> },
    HeaderMap | Refusal
  >;
  previewMessage: Ask<
    { readonly template: string; readonly language: string; readonly lease?: string },
    MessagePreview | Refusal
  >;
  dryRun: Ask<
    {
      readonly days: number;
      /** With reminders as Settings has them; left out, as if they were on. */
      readonly asItIs?: boolean | undefined;
    },
    Preparation | Refusal
  >;
  /** After a lost reply: what became of a changing call. */
  became: Ask<Once, Unsettled>;

  // changes
  apply: Ask<Once & { readonly act: Act; readonly before: Before; readonly typed?: string }, Applied | Refusal>;
  undo: Ask<Once & { readonly what: string; readonly reason: string; readonly before: Before }, Applied | Refusal>;
  decideApproval: Ask<
    Once & { readonly effect: string; readonly approve: boolean; readonly reason: string },
    Applied | Refusal
  >;
  recordOne: Ask<Once & RecordOne, Recorded | LooksTwice | Refusal>;
  recordMany: Ask<Once & { readonly text: string; readonly digest: string }, Recorded | Refusal>;
  reconcile: Ask<Once & { readonly receipt: string; readonly as: Resolution }, Applied | Refusal>;
  effect: Ask<Once & { readonly effect: string; readonly as: EffectAct }, Applied | Refusal>;
  holdToday: Ask<Once, Applied | Refusal>;
  /** An answer to what a resident asked for on their page; `about` is its key. */
  answerRequest: Ask<
    Once & {
      readonly about: string;
      readonly as: 'accepted' | 'refused';
      readonly answer: string;
      readonly daysCount?: boolean | undefined;
    },
    Applied | Refusal
  >;
  taskDone: Ask<Once & { readonly task: string; readonly outcome: string }, Applied | Refusal>;

  /** What a connected platform can do for a lease; `link` is the address of the page it made. */
  askPlatform: Ask<
    Once & {
      readonly lease: string;
      readonly platform: string;
      readonly kind: string;
      readonly note?: string | undefined;
    },
    (Applied & { readonly link?: string }) | Refusal
  >;

  /** The link to a resident's page; `link` is its address, where it is to be shown. */
  residentLink: Ask<
    Once & { readonly lease: string; readonly page: string; readonly as: PageAct },
    (Applied & { readonly link?: string }) | Refusal
  >;

  // runs
  startRun: Ask<Once & { readonly job: 'daily' | 'poll' | 'deliver' }, RunProgress | Refusal>;
  stopRun: Ask<None, RunProgress>;

  // connections
  connectPlatform: Ask<
    Once & { readonly platform: string; readonly credentials: Readonly<Record<string, string>> },
    Connection | Refusal
  >;
  /** The address of the vendor's page where the owner agrees; the sign-in ends on the web address of the script. */
  signIn: Ask<
    { readonly platform: string; readonly credentials: Readonly<Record<string, string>> },
    { readonly open: string } | Refusal
  >;
  /** Puts the differences between a platform and the ledger right, and compares them anew. */
  fixDifferences: Ask<Once & { readonly platform: string }, Applied | Refusal>;
  /** The vendor's page on which a bank is linked: the owner's to read, or a resident's to collect from. */
  beginBankLink: Ask<
    {
      readonly platform: string;
      readonly purpose: 'feed' | 'pay';
      readonly lease?: string | undefined;
      /** A bank that is linked and wants a new consent. */
      readonly item?: string | undefined;
    },
    BankLinkBegun | Refusal
  >;
  /** Whether somebody has come to the end of that page. */
  endBankLink: Ask<{ readonly link: string }, BankLinkEnded | Refusal>;
  testPlatform: Ask<{ readonly platform: string }, Connection | Refusal>;
  /** What the account has, to choose from: channels, tabs, templates. */
  platformList: Ask<
    { readonly platform: string; readonly list: string },
    { readonly choices: readonly Choice[] } | Refusal
  >;
  /** Changes what is no secret of a connection, once it is connected. */
  platformFields: Ask<
    Once & { readonly platform: string; readonly values: Readonly<Record<string, string>> },
    Connection | Refusal
  >;
  /** A test message, a workflow to install, headers to make. */
  platformAct: Ask<
    Once & { readonly platform: string; readonly kind: string; readonly value?: string | undefined },
    Applied | Refusal
  >;
  /** The channel of Slack's app for a property; '' as property is all of them, '' as channel is none. */
  propertyChannel: Ask<
    Once & {
      readonly property: string;
      readonly channel: string;
      /** The channel's name, for the sentence. */
      readonly name?: string | undefined;
    },
    Applied | Refusal
  >;
  /** The vendor's fields beside ours, tried on one real row: that of the lease, or of any. */
  mapping: Ask<{ readonly platform: string; readonly lease?: string | undefined }, MappingView | Refusal>;
  /** The request that would be sent for a real charge (`invoice`) or payment of a lease; nothing is sent. */
  rehearse: Ask<{ readonly platform: string; readonly kind: string; readonly lease: string }, Rehearsed | Refusal>;
  /** Leases of a property system held against the Leases tab; nothing is written. */
  roster: Ask<{ readonly platform: string }, RosterView | Refusal>;
  /** Takes over what was chosen of it, as it was seen. */
  takeRoster: Ask<
    Once & { readonly platform: string; readonly version: string; readonly ids: readonly string[] },
    Applied | Refusal
  >;
  /** Charges, receipts or a journal of some days as a file for Breeze, connected or not. */
  breezeFile: Ask<
    {
      readonly kind: BreezeKind;
      readonly from: string;
      readonly until: string;
      /** Accounts of a journal. */
      readonly cash?: string | undefined;
      readonly receivable?: string | undefined;
      readonly income?: string | undefined;
    },
    BreezeFile | Refusal
  >;
  /** A file that was exported from Breeze beside the ledger; nothing is written. */
  breezeCheck: Ask<{ readonly text: string }, BreezeCheck | Refusal>;
  pausePlatform: Ask<Once & { readonly platform: string; readonly paused: boolean }, Connection | Refusal>;
  removePlatform: Ask<Once & { readonly platform: string }, Connection | Refusal>;

  // setup
  saveFacts: Ask<Once & { readonly facts: SetupFacts }, SetupView | FactsRefused | Refusal>;
  importRoll: Ask<
    Once & {
      readonly from: { readonly text: string } | { readonly tab: string };
      /** A person's corrections, our header to theirs; '' takes a column out. */
      readonly mapping: Readonly<Record<string, string>>;
    },
    SetupView | Refusal
  >;
  demoPortfolio: Ask<Once & { readonly put: boolean }, SetupView | Refusal>;
  testMessage: Ask<
    Once & {
      readonly template: string;
      readonly language: string;
      readonly lease?: string;
      /** A phone number: the text message goes there, instead of a mail to the person. */
      readonly phone?: string;
    },
    Applied | Refusal
  >;
  /** Nothing leaves any more, or everything as usual. */
  pauseAll: Ask<Once & { readonly paused: boolean }, Applied | Refusal>;
  /** What a person says of an address. */
  setContact: Ask<
    Once & { readonly kind: 'email' | 'sms'; readonly address: string; readonly as: 'good' | 'opted out' },
    Applied | Refusal
  >;
  turnOn: Ask<Once & { readonly on: boolean }, SetupView | Refusal>;
  /** The clock triggers of the owner. */
  schedule: Ask<Once & { readonly on: boolean }, SetupView | Refusal>;
  /** Every link to a resident's page that was sent before is worthless from then on. */
  revokePageLinks: Ask<Once, SetupView | Refusal>;
  handOver: Ask<Once & { readonly step: HandOver }, SetupView | Refusal>;
}

export type CallName = keyof Calls;
