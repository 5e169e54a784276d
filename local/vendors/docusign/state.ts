/** What the DocuSign sandbox remembers: integrations and who consented to them, accounts, templates, envelopes and mails. */
import { nextNumber } from '../kit/reply';

export type Environment = 'demo' | 'production';

export interface Consent {
  readonly user: string;
  readonly scopes: readonly string[];
}

/** An application of the page Apps and Keys. */
export interface Integration {
  readonly key: string;
  readonly environment: Environment;
  redirects: string[];
  /** PEM texts. The private halves are nobody's business but their owner's. */
  publicKeys: string[];
  consents: Consent[];
  /** Successful calls in this environment: the review before going live counts them. */
  calls: number;
}

export interface User {
  readonly id: string;
  readonly environment: Environment;
  readonly name: string;
  readonly email: string;
}

/** How much of its limits an account has used. */
export interface Usage {
  hour: number;
  calls: number;
  /** Times of the calls of the last 30 seconds. */
  burst: number[];
  blockedUntilMs: number;
}

export interface Account {
  readonly id: string;
  /** The number that its page shows; the API takes either. */
  readonly number: string;
  readonly name: string;
  readonly environment: Environment;
  /** `demo.docusign.net`: an account lives on one site. */
  readonly host: string;
  readonly users: readonly string[];
  readonly isDefault: boolean;
  readonly usage: Usage;
}

export type TabKind = 'text' | 'checkbox' | 'list' | 'signHere' | 'dateSigned' | 'fullName';

/** A field on the document, as its designer left it and as it is filled. */
export interface Tab {
  readonly kind: TabKind;
  readonly tabLabel: string;
  readonly required: boolean;
  readonly locked: boolean;
  readonly maxLength?: number;
  /** Of a list: what may be chosen. */
  readonly items?: readonly string[];
  value: string;
}

export interface Role {
  readonly kind: 'signer' | 'carbonCopy';
  readonly recipientId: string;
  readonly roleName: string;
  readonly routingOrder: number;
  /** A person who is always the same, such as the landlord. */
  readonly name?: string;
  readonly email?: string;
  readonly tabs: readonly Tab[];
}

export interface Template {
  readonly templateId: string;
  readonly account: string;
  readonly name: string;
  readonly description: string;
  readonly emailSubject: string;
  readonly document: string;
  readonly createdMs: number;
  modifiedMs: number;
  roles: readonly Role[];
}

export type RecipientStatus = 'created' | 'sent' | 'delivered' | 'completed' | 'declined' | 'autoresponded';

export interface Recipient {
  readonly kind: Role['kind'];
  readonly recipientId: string;
  readonly guid: string;
  readonly roleName: string;
  readonly routingOrder: number;
  readonly clientUserId: string | null;
  name: string;
  email: string;
  status: RecipientStatus;
  sentMs: number | null;
  deliveredMs: number | null;
  signedMs: number | null;
  declinedMs: number | null;
  reason: string | null;
  readonly tabs: Tab[];
}

export type EnvelopeStatus = 'created' | 'sent' | 'delivered' | 'completed' | 'declined' | 'voided' | 'correct';

export interface TextField {
  readonly fieldId: string;
  readonly name: string;
  readonly value: string;
  readonly show: string;
  readonly required: string;
}

export interface Envelope {
  readonly envelopeId: string;
  readonly account: string;
  readonly sender: string;
  readonly integration: string;
  readonly templateId: string;
  readonly emailSubject: string;
  readonly emailBlurb: string;
  readonly transactionId: string | null;
  readonly customFields: readonly TextField[];
  /** In days; null is switched off. */
  readonly expireAfter: number | null;
  readonly reminder: { readonly delay: number; readonly frequency: number } | null;
  readonly createdMs: number;
  readonly recipients: Recipient[];
  status: EnvelopeStatus;
  changedMs: number;
  modifiedMs: number;
  sentMs: number | null;
  deliveredMs: number | null;
  completedMs: number | null;
  declinedMs: number | null;
  voidedMs: number | null;
  voidedReason: string | null;
  nextReminderMs: number | null;
}

/** A mail that DocuSign has sent. */
export interface Mail {
  readonly to: string;
  readonly envelope: string;
  readonly about: 'sign' | 'reminder' | 'copy' | 'completed' | 'declined' | 'voided';
  readonly subject: string;
  readonly atMs: number;
}

/** A breach of the polling rule: nothing fails, but the review before going live does. */
export interface Flag {
  readonly envelope: string;
  readonly path: string;
  readonly atMs: number;
  readonly sinceMs: number;
}

export interface Token {
  readonly user: string;
  readonly integration: string;
  readonly environment: Environment;
  readonly scopes: readonly string[];
  readonly untilMs: number;
}

/** Plain JSON. */
export interface DocusignState {
  serials: Record<string, number>;
  integrations: Integration[];
  users: User[];
  accounts: Account[];
  tokens: Record<string, Token>;
  templates: Template[];
  envelopes: Envelope[];
  mails: Mail[];
  flags: Flag[];
  /** `GET envelope-id` and the like -> times of the calls of the last hour. */
  asked: Record<string, number[]>;
  /** Path of an envelope -> when its state was asked for last. */
  polled: Record<string, number>;
}

export const AUTH_HOSTS: Readonly<Record<Environment, string>> = {
  demo: 'account-d.docusign.com',
  production: 'account.docusign.com',
};

export const INTEGRATION_KEY = '1f0c9f2e-5a8b-4c3d-9e7a-2b6d4f8a1c05';
export const DEMO_USER = '7c1d2e3f-4a5b-4c6d-8e9f-0a1b2c3d4e5f';
export const DEMO_ACCOUNT = '3a9d5b71-6c2e-4f80-9b1d-5e7f9a0c2d46';
export const LIVE_USER = 'b2c4d6e8-1a3c-4e5f-9b7d-8f6a4c2e0d13';
export const LIVE_ACCOUNT = 'd4e6f8a0-2b4c-4d6e-8f0a-1c3e5a7b9d2f';
export const EUROPE_ACCOUNT = 'e5f7a9b1-3c5d-4e7f-9a1b-2d4f6b8c0e3a';

const unused = (): Usage => ({ hour: 0, calls: 0, burst: [], blockedUntilMs: 0 });

const person = (id: string, environment: Environment): User => ({
  id,
  environment,
  name: 'Olivia Owner',
  email: 'olivia@landlord.example',
});

const account = (
  id: string,
  number: string,
  host: string,
  { user, isDefault = true }: { readonly user: string; readonly isDefault?: boolean },
): Account => ({
  id,
  number,
  name: 'Maple Street Rentals',
  environment: host === 'demo.docusign.net' ? 'demo' : 'production',
  host,
  users: [user],
  isDefault,
  usage: unused(),
});

/** An owner with a developer account, and two accounts on different production sites; the application is in demo only. */
export const freshState = (): DocusignState => ({
  serials: {},
  integrations: [{ key: INTEGRATION_KEY, environment: 'demo', redirects: [], publicKeys: [], consents: [], calls: 0 }],
  users: [person(DEMO_USER, 'demo'), person(LIVE_USER, 'production')],
  accounts: [
    account(DEMO_ACCOUNT, '21740193', 'demo.docusign.net', { user: DEMO_USER }),
    account(EUROPE_ACCOUNT, '90217734', 'eu.docusign.net', { user: LIVE_USER, isDefault: false }),
    account(LIVE_ACCOUNT, '70116452', 'na4.docusign.net', { user: LIVE_USER }),
  ],
  tokens: {},
  templates: [],
  envelopes: [],
  mails: [],
  flags: [],
  asked: {},
  polled: {},
});

/** One call of an application in one account. */
export interface Desk {
  readonly state: DocusignState;
  readonly account: Account;
  readonly token: Token;
  readonly nowMs: number;
}

export const DAY_MS = 86_400_000;

/** `2026-12-02T15:00:00.0000000Z` */
export const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '0000Z');

/** Ids are counted, never drawn: 8-4-4-4-12 as DocuSign's are. */
export function guid(state: DocusignState, kind: string): string {
  const next = nextNumber(state, kind).toString(16);
  const mark = [...kind].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffff, 7).toString(16);
  return `${next.padStart(8, '0')}-${mark.slice(0, 4).padStart(4, '0')}-4d00-9c00-${mark.padStart(12, '0')}`;
}
