/** Everything a world remembers apart from its workbook: plain JSON, so that saving and cloning are simple. */
import { emptyPlan, type FaultPlan } from '../faults';
import type { Meters, Profile } from './limits';

export interface CacheEntry {
  readonly value: string;
  readonly expiresMs: number;
}

/** When a clock trigger fires. `minuteOfHour` and the like are drawn once and kept, as on Google. */
export type ClockRule =
  | { readonly kind: 'minutes'; readonly every: number; readonly offsetMs: number }
  | { readonly kind: 'hours'; readonly every: number; readonly offsetMs: number }
  | {
      readonly kind: 'days';
      readonly every: number;
      /** Minutes after local midnight; may be below 0 or over a day's end by `nearMinute`. */
      readonly minuteOfDay: number;
      /** Local day number on which the count starts. */
      readonly firstDay: number;
      /** 0 Sunday to 6 Saturday. */
      readonly weekDay?: number;
      readonly monthDay?: number;
    }
  | { readonly kind: 'once'; readonly atMs: number };

export type TriggerEvent = 'CLOCK' | 'ON_EDIT' | 'ON_OPEN' | 'ON_CHANGE' | 'ON_FORM_SUBMIT';

export interface TriggerRecord {
  readonly id: string;
  readonly handler: string;
  /** The account that made it and that it runs as. */
  readonly user: string;
  readonly event: TriggerEvent;
  readonly rule?: ClockRule;
  readonly zone: string;
  /** Undefined for event triggers and for a one-shot that has fired; that one stays listed, as on Google. */
  nextMs?: number;
}

export interface MailMessage {
  readonly id: string;
  readonly threadId: string;
  /** Whose mailbox it is in. */
  readonly account: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly date: number;
  /** The RFC 5322 text as it was sent, one character per byte, without Bcc lines. */
  readonly raw: string;
  readonly labelIds: readonly string[];
}

export interface MailLabel {
  readonly id: string;
  readonly name: string;
}

export interface UiState {
  menus: unknown[];
  sidebar?: unknown;
  dialogs: unknown[];
  toasts: unknown[];
  alerts: unknown[];
  /** What people answer to the next alerts and prompts; a button name, or a button and a text. */
  answers: { readonly button: string; readonly text?: string }[];
  /** Where each person's cursor stands; absent in worlds saved before this was kept. */
  selections?: Record<string, Selection>;
}

/** A selected range of a tab, by the tab's name. */
export interface Selection {
  readonly sheet: string;
  readonly a1: string;
}

export interface RunError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export type TriggerKind = 'time' | 'edit' | 'open' | 'install' | 'web' | 'sidebar' | 'card' | 'custom';

export interface RunResult {
  readonly ok: boolean;
  /** JSON-like value of the function; undefined when it gave none. */
  readonly value?: unknown;
  readonly error?: RunError;
  /** Ended from outside: by time or by a fault. */
  readonly killed: boolean;
  /** Calls by `service.method`, the pure ones included. */
  readonly calls: Readonly<Record<string, number>>;
  /** Numbered calls: those that a fault can strike. */
  readonly totalCalls: number;
  /** Modelled milliseconds on Google. */
  readonly modelMs: number;
  /** Real milliseconds here; the one figure that differs between equal worlds, so it is never stored. */
  readonly wallMs: number;
  readonly log: readonly string[];
}

/** One line of the list of executions; values are not kept. */
export interface ExecutionRecord extends Omit<RunResult, 'wallMs' | 'value'> {
  readonly handler: string;
  readonly user: string;
  readonly trigger?: TriggerKind;
  readonly startMs: number;
}

export interface HostState {
  readonly version: 1;
  readonly seed: number;
  nowMs: number;
  readonly owner: string;
  readonly profile: Profile;
  /** Serial numbers for ids, by purpose. */
  serials: Record<string, number>;
  properties: Record<string, Record<string, string>>;
  caches: Record<string, Record<string, CacheEntry>>;
  triggers: TriggerRecord[];
  meters: Meters;
  mailbox: MailMessage[];
  labels: MailLabel[];
  ui: UiState;
  executions: ExecutionRecord[];
  vendors: Record<string, unknown>;
  faults: FaultPlan;
}

export function startState(seed: number, nowMs: number, owner: string, profile: Profile): HostState {
  return {
    version: 1,
    seed,
    nowMs,
    owner,
    profile,
    serials: {},
    properties: {},
    caches: {},
    triggers: [],
    meters: {},
    mailbox: [],
    labels: [],
    ui: { menus: [], dialogs: [], toasts: [], alerts: [], answers: [] },
    executions: [],
    vendors: {},
    faults: emptyPlan(),
  };
}

/** The next serial number of a purpose, from 1. */
export function nextSerial(state: HostState, purpose: string): number {
  const serial = (state.serials[purpose] ?? 0) + 1;
  state.serials[purpose] = serial;
  return serial;
}
