/** What the Plaid sandbox remembers of one client: linked banks and their entries, transfers, payments, and Link pages. */

export interface BankAccount {
  readonly account_id: string;
  readonly name: string;
  readonly official_name: string | null;
  readonly mask: string;
  readonly type: string;
  readonly subtype: string;
  readonly currency: string;
  balance: number;
}

export interface Entry {
  readonly transaction_id: string;
  readonly account_id: string;
  /** Positive is money out. */
  readonly amount: number;
  readonly iso_currency_code: string;
  readonly date: string;
  readonly authorized_date: string | null;
  readonly name: string;
  readonly original_description: string | null;
  readonly payer: string | null;
  readonly reference: string | null;
  readonly pending: boolean;
  readonly pending_transaction_id: string | null;
}

/** One thing that happened to the entries of a bank: a cursor is a place in this list. */
export interface Change {
  readonly id: string;
  /** Null: the bank has taken it away. */
  readonly entry: Entry | null;
}

export interface Item {
  readonly item_id: string;
  readonly access_token: string;
  readonly institution_id: string;
  readonly institution_name: string;
  readonly products: readonly string[];
  readonly linkedMs: number;
  readonly accounts: BankAccount[];
  readonly changes: Change[];
  loginRequired: boolean;
  removed: boolean;
}

export interface LinkSession {
  readonly link_session_id: string;
  readonly started_at: string;
  readonly finished_at: string;
  readonly public_token: string | null;
  readonly item_id: string | null;
}

export interface LinkToken {
  readonly link_token: string;
  readonly hosted_link_url: string;
  readonly createdMs: number;
  readonly untilMs: number;
  readonly products: readonly string[];
  readonly countries: readonly string[];
  readonly language: string;
  readonly client_name: string;
  readonly payment_id: string | null;
  /** The bank whose consent is renewed. */
  readonly item_id: string | null;
  readonly redirect: string | null;
  readonly sessions: LinkSession[];
}

export interface Authorization {
  readonly id: string;
  readonly createdMs: number;
  readonly decision: 'approved' | 'declined' | 'user_action_required';
  readonly rationale: { readonly code: string; readonly description: string } | null;
  readonly proposed: {
    readonly account_id: string;
    readonly type: string;
    readonly network: string;
    readonly amount: string;
    readonly ach_class: string | null;
    readonly user: Readonly<Record<string, unknown>>;
  };
  readonly item_id: string;
  transfer: string | null;
}

export interface Refund {
  readonly id: string;
  readonly transfer_id: string;
  readonly amount: string;
  readonly created: string;
  status: string;
}

export interface Transfer {
  readonly id: string;
  readonly authorization_id: string;
  readonly account_id: string;
  readonly type: string;
  readonly network: string;
  readonly ach_class: string | null;
  readonly user: Readonly<Record<string, unknown>>;
  readonly amount: string;
  readonly description: string;
  readonly created: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  readonly refunds: Refund[];
  status: string;
  failure_reason: { failure_code: string | null; ach_return_code: string | null; description: string } | null;
}

export interface TransferEvent {
  readonly event_id: number;
  readonly timestamp: string;
  readonly event_type: string;
  readonly transfer_id: string;
  readonly account_id: string;
  readonly transfer_type: string;
  readonly transfer_amount: string;
  readonly failure_reason: Transfer['failure_reason'];
  readonly refund_id: string | null;
}

export interface Recipient {
  readonly recipient_id: string;
  readonly name: string;
  readonly iban: string | null;
  readonly bacs: { readonly account: string; readonly sort_code: string } | null;
}

export interface BankPayment {
  readonly payment_id: string;
  readonly recipient_id: string;
  readonly reference: string;
  readonly amount: { readonly currency: string; readonly value: number };
  readonly createdMs: number;
  status: string;
  last_status_update: string;
  refunded: number;
  readonly refund_ids: string[];
}

/** Plain JSON. */
export interface PlaidState {
  client_id: string;
  /** By environment. */
  secrets: Record<string, string>;
  /** What Plaid has opened to this client. */
  products: string[];
  serials: Record<string, number>;
  links: Record<string, LinkToken>;
  publicTokens: Record<string, { readonly item_id: string; readonly untilMs: number; used: boolean }>;
  items: Record<string, Item>;
  authorizations: Record<string, Authorization>;
  /** Idempotency keys of authorizations. */
  keys: Record<string, { readonly authorization: string; readonly atMs: number; readonly print: string }>;
  refundKeys: Record<string, string>;
  transfers: Record<string, Transfer>;
  events: TransferEvent[];
  recipients: Recipient[];
  payments: Record<string, BankPayment>;
  /** When the entries of each bank were asked for, in the last minute. */
  asked: Record<string, number[]>;
}

export const freshState = (): PlaidState => ({
  client_id: 'rentledgerclientid000001',
  secrets: { sandbox: 'sandboxsecret0123456789abcdef01', production: 'productionsecret0123456789abc01' },
  products: ['transactions', 'auth', 'transfer', 'payment_initiation'],
  serials: {},
  links: {},
  publicTokens: {},
  items: {},
  authorizations: {},
  keys: {},
  refundKeys: {},
  transfers: {},
  events: [],
  recipients: [],
  payments: {},
  asked: {},
});

export const iso = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** Ids are counted, never drawn: 8-4-4-4-12 as Plaid's are. */
export function uuid(state: PlaidState, kind: string): string {
  const next = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = next;
  const mark = [...kind].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffff, 7).toString(16);
  return `${next.toString(16).padStart(8, '0')}-${mark.padStart(6, '0').slice(0, 4)}-4a00-8b00-${mark.padStart(12, '0')}`;
}

/** Ids of items, accounts and entries: 37 letters and digits. */
export function longId(state: PlaidState, kind: string): string {
  const next = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = next;
  return `${kind}${'Kd3Vx9QmZw7RtYb5LnHs2PfGc8'.slice(0, 27 - kind.length)}${next.toString(36).padStart(10, '0')}`;
}
