/** The account that a Twilio sandbox keeps: credentials, numbers, services, messages, and the residents' phones. */

export type Status =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'received';

export interface Message {
  readonly sid: string;
  readonly to: string;
  /** Null until a messaging service has chosen one of its numbers. */
  from: string | null;
  readonly body: string;
  readonly direction: 'outbound-api' | 'outbound-reply' | 'inbound';
  status: Status;
  readonly createdMs: number;
  updatedMs: number;
  sentMs: number | null;
  segments: number;
  errorCode: number | null;
  /** Of the service that was named, or the account's own default. */
  readonly service: string;
  /** Hundred-thousandths of a dollar; null until it is known. */
  price: number | null;
  /** How long it may wait in the queue. */
  readonly validitySeconds: number;
  /** What becomes of it next; null when nothing does. */
  next: { readonly atMs: number; readonly step: Step } | null;
}

export type Step = 'queue' | 'expire' | 'start' | 'send' | 'settle';

export interface OwnNumber {
  readonly sid: string;
  readonly number: string;
  /** Of the messaging service whose pool it is in. */
  readonly service: string | null;
  /** It belongs to a campaign that the carriers know. */
  registered: boolean;
  /** Until when its queue is full of segments that wait. */
  busyUntilMs: number;
}

export interface Service {
  readonly sid: string;
  readonly name: string;
  readonly createdMs: number;
  readonly smartEncoding: boolean;
  readonly validitySeconds: number;
}

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
  /** A standard key opens everything but the account itself; a main key opens that, too. */
  readonly kind: 'standard' | 'main';
}

/**
 * `off`: switched off. `gone`: no longer in service. `landline`: known to be one. `hidden landline`: only its carrier
 * knows. `filtered`: its carrier takes our texts for spam. `silent`: its carrier never says that a text arrived.
 */
export type PhoneKind = 'on' | 'off' | 'gone' | 'landline' | 'hidden landline' | 'filtered' | 'silent';

export interface TwilioState {
  account: {
    readonly sid: string;
    authToken: string;
    readonly name: string;
    status: 'active' | 'suspended' | 'closed';
    type: 'Trial' | 'Full';
    readonly createdMs: number;
    /** Stands in messages that named no service. */
    readonly defaultService: string;
  };
  /** A second pair that sends nothing and knows the magic numbers only. */
  test: { readonly sid: string; readonly authToken: string };
  keys: ApiKey[];
  numbers: OwnNumber[];
  services: Service[];
  /** By sid, oldest first. */
  messages: Record<string, Message>;
  /** Sids of those that are not yet what they will be. */
  pending: string[];
  /** `<number or service> <phone>`: who said STOP to whom. */
  optedOut: string[];
  phones: Record<string, PhoneKind>;
  /** Phones that a trial account may text. */
  verified: string[];
  /** Country codes that the account may text, as `+1`. */
  regions: string[];
  /** When the last requests came: those still under way count against the limit. */
  callsMs: number[];
  serials: Record<string, number>;
}

const hex = (text: string): string => text.padStart(32, '0');

export const ACCOUNT = `AC${'5e'.repeat(16)}`;
export const AUTH_TOKEN = 'a17e57a0'.repeat(4);
export const TEST_ACCOUNT = `AC${'7e'.repeat(16)}`;
export const TEST_TOKEN = '7e57a17e'.repeat(4);
export const KEY_SID = `SK${'b0'.repeat(16)}`;
export const KEY_SECRET = 'twilioStandardKeySecretRentLedgr';
export const MAIN_KEY_SID = `SK${'b1'.repeat(16)}`;
export const MAIN_KEY_SECRET = 'twilioMainKeySecretOfRentLedger0';
export const SERVICE = `MG${'c0'.repeat(16)}`;
/** Stands alone, in no service. */
export const NUMBER = '+14155550110';
/** Two numbers of the service. */
export const POOL = ['+14155550120', '+14155550121'] as const;

const OPENED_MS = Date.UTC(2025, 2, 3, 9);

/** A paid account with one number of its own and a messaging service with two. */
export function freshState(): TwilioState {
  const own = (number: string, at: number, service: string | null): OwnNumber => ({
    sid: `PN${hex(String(at))}`,
    number,
    service,
    registered: true,
    busyUntilMs: 0,
  });
  return {
    account: {
      sid: ACCOUNT,
      authToken: AUTH_TOKEN,
      name: 'Maple Street Rentals',
      status: 'active',
      type: 'Full',
      createdMs: OPENED_MS,
      defaultService: `MG${'de'.repeat(16)}`,
    },
    test: { sid: TEST_ACCOUNT, authToken: TEST_TOKEN },
    keys: [
      { sid: KEY_SID, secret: KEY_SECRET, kind: 'standard' },
      { sid: MAIN_KEY_SID, secret: MAIN_KEY_SECRET, kind: 'main' },
    ],
    numbers: [own(NUMBER, 1, null), own(POOL[0], 2, SERVICE), own(POOL[1], 3, SERVICE)],
    services: [
      { sid: SERVICE, name: 'Rent reminders', createdMs: OPENED_MS, smartEncoding: true, validitySeconds: 36_000 },
    ],
    messages: {},
    pending: [],
    optedOut: [],
    phones: {},
    verified: [],
    regions: ['+1', '+44'],
    callsMs: [],
    serials: {},
  };
}

/** Sids are counted, and look like any other. */
export function newSid(state: TwilioState, kind: string): string {
  const serial = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = serial;
  return `${kind}${(0x5eed_0000 + serial).toString(16).padStart(32, 'f0e1d2c3b4a59687')}`;
}

/** `Fri, 24 May 2019 17:44:46 +0000` */
export const rfc2822 = (ms: number): string => new Date(ms).toUTCString().replace('GMT', '+0000');

/** What an opt-out is kept under: the whole pool of a service, or the one number. */
export function senderOf(state: TwilioState, number: string): string {
  return state.numbers.find((own) => own.number === number)?.service ?? number;
}

export const isOptedOut = (state: TwilioState, sender: string, phone: string): boolean =>
  state.optedOut.includes(`${sender} ${phone}`);
