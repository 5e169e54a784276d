/** What SAP Concur keeps for one company: the application that SAP has registered, people, tokens, receipts and images. */
import { createHash } from 'node:crypto';

/** Where the company lives: `us2` of `https://us2.api.concursolutions.com`. */
export type DataCentre = string;

/** Who a token speaks for. */
export interface Principal {
  readonly type: 'user' | 'company';
  readonly id: string;
}

export interface Grant {
  readonly client: string;
  readonly principal: Principal;
  /** With a space between. */
  readonly scope: string;
  readonly issuedMs: number;
  untilMs: number;
}

export interface User {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  active: boolean;
}

/** How the service's own work on a receipt will go; whether the file itself can be read is seen then, too. */
export type Fate = 'fine' | 'imaging fails';

/** An image-only receipt of Receipts v4. */
export interface Receipt {
  readonly id: string;
  readonly user: string;
  readonly client: string;
  readonly forwardId: string | null;
  readonly file: StoredFile;
  readonly readable: boolean;
  readonly receivedMs: number;
  fate: Fate;
}

/** An image of Image v1. */
export interface Image {
  readonly id: string;
  readonly user: string;
  readonly file: StoredFile;
  readonly receivedMs: number;
}

export interface StoredFile {
  readonly name: string | null;
  readonly type: string;
  readonly size: number;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  /** The bytes as characters 0 to 255; null where they would swell a saved world. */
  readonly content: string | null;
}

export interface ConcurState {
  oauth: {
    clients: { readonly id: string; readonly secret: string; readonly redirects: readonly string[] }[];
    codes: Record<string, Grant & { readonly redirect: string }>;
    access: Record<string, Grant>;
    refresh: Record<string, Grant>;
  };
  /** What SAP lets the application do. */
  granted: string[];
  /** Where the application was registered: tokens are first asked for there. */
  applicationAt: DataCentre;
  company: { readonly id: string; at: DataCentre };
  users: User[];
  /** A company request token, and when it ends. */
  requestTokens: Record<string, number>;
  receipts: Receipt[];
  images: Image[];
  /** How many of the next receipts the imaging service will not manage. */
  imagingFailures: number;
  serials: Record<string, number>;
}

export const CLIENT_ID = 'c0a80101-5eed-4b1d-9c0d-000000000001';
export const CLIENT_SECRET = 'concur-secret-rentledger';
export const COMPANY_ID = 'c0a80101-5eed-4b1d-9c0d-0000000000c0';
export const OWNER_ID = 'c0a80101-5eed-4b1d-9c0d-0000000000a1';
export const COLLEAGUE_ID = 'c0a80101-5eed-4b1d-9c0d-0000000000a2';

/** What SAP gives to applications of others for Receipts v4: they may post, and hear how that went. */
export const V4_SCOPE = 'receipts.writeonly';

/** A company in US2 whose owner keeps receipts there, with both the new and the older service. */
export const freshState = (): ConcurState => ({
  oauth: { clients: [{ id: CLIENT_ID, secret: CLIENT_SECRET, redirects: [] }], codes: {}, access: {}, refresh: {} },
  granted: ['openid', V4_SCOPE, 'IMAGE'],
  applicationAt: 'us2',
  company: { id: COMPANY_ID, at: 'us2' },
  users: [
    { id: OWNER_ID, login: 'olivia@landlord.example', password: 'owner-password', active: true },
    { id: COLLEAGUE_ID, login: 'colin@landlord.example', password: 'colleague-password', active: true },
  ],
  requestTokens: {},
  receipts: [],
  images: [],
  imagingFailures: 0,
  serials: {},
});

/** Hex digits that follow from a kind and a number: ids look drawn, and come out the same each time. */
function digits(state: ConcurState, kind: string): string {
  const next = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = next;
  return createHash('sha256').update(`${kind} ${next}`).digest('hex');
}

/** 32 hex digits, as receipts are numbered. */
export const newReceiptId = (state: ConcurState): string => digits(state, 'receipt').slice(0, 32);

/** Letters, digits and dollar signs, as images of the older service are numbered. */
export function newImageId(state: ConcurState): string {
  const text = Buffer.from(digits(state, 'image'), 'hex').toString('base64url').replace(/[-_]/g, 'x');
  return `${text.slice(0, 28)}$${text.slice(28)}`;
}

export function newUuid(state: ConcurState, kind: string): string {
  const hex = digits(state, kind);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const KEPT_BYTES = 200_000;

export const stored = (name: string | null, type: string, bytes: string): StoredFile => ({
  name,
  type,
  size: bytes.length,
  digest: createHash('sha256').update(Buffer.from(bytes, 'latin1')).digest('hex'),
  content: bytes.length > KEPT_BYTES ? null : bytes,
});
