/** The host as the core sees it: types only. `gas/` implements them over Apps Script, and nothing else may name a global. */
import type { Instant } from './domain/values';

/** An unformatted cell value: dates are serial numbers, an empty cell is ''. */
export type Cell = string | number | boolean;

/** A request of `spreadsheets.batchUpdate`, in the API's own JSON. */
export type SheetRequest = Readonly<Record<string, unknown>>;

export interface SheetShape {
  readonly id: number;
  readonly title: string;
  readonly rows: number;
  readonly columns: number;
  readonly hidden: boolean;
}

export interface WorkbookShape {
  readonly id: string;
  readonly title: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly sheets: readonly SheetShape[];
}

export interface Workbook {
  /** One `spreadsheets.values.batchGet` (unformatted values, serial dates). A range that the workbook lacks throws. */
  read(ranges: readonly string[]): readonly (readonly (readonly Cell[])[])[];
  /** One atomic `spreadsheets.batchUpdate`: everything lands, or nothing. Returns the replies. */
  commit(requests: readonly SheetRequest[]): readonly unknown[];
  /** One `spreadsheets.get` with the given field mask, raw. */
  get(fields: string, ranges?: readonly string[]): Readonly<Record<string, unknown>>;
  shape(): WorkbookShape;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Content type of the body; Apps Script wants it apart from the headers. */
  readonly contentType?: string;
  /** It only reads, whatever its method: some vendors search with POST. */
  readonly reads?: true;
  /**
   * It carries the vendor's idempotency key elsewhere than in the header of that name, so a repeat cannot act twice; false: it has
   * the header, but nobody promises that it is heeded.
   */
  readonly keyed?: boolean;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Transport {
  /** All at once; replies in request order. A connection that failed is an `Error` in its place, never thrown. */
  fetchAll(requests: readonly HttpRequest[]): readonly (HttpReply | Error)[];
}

export interface Store {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  setAll(values: Readonly<Record<string, string>>): void;
  remove(name: string): void;
  all(): Readonly<Record<string, string>>;
}

/** A memory of this file that may forget at any time. It never throws: where there is none, nothing is kept. */
export interface Cache {
  get(name: string): string | undefined;
  /** `value` may have up to 100 KB; it is gone after `seconds`, or before. */
  put(name: string, value: string, seconds: number): void;
  remove(name: string): void;
}

/** Where the person at the keyboard stands. */
export interface Selection {
  /** Title of the tab and 1-based row of the cell; undefined where nobody looks, as in a clock's run. */
  current(): { readonly tab: string; readonly row: number } | undefined;
}

/** The bound file as a cell's own function sees it: read without anybody's consent, and never written. */
export interface OpenTabs {
  /** All rows down to the last that holds something; undefined when there is no such tab. */
  rows(title: string): readonly (readonly Cell[])[] | undefined;
}

export interface Lock {
  /** False when another execution holds the document lock for longer than the wait. */
  take(waitMs: number): boolean;
  release(): void;
}

export interface Clock {
  now(): Instant;
}

export interface Mail {
  /** Sends a whole RFC 5322 message (base64url) and gives its ids. */
  send(raw: string, recipients: number, threadId?: string): { readonly id: string; readonly threadId: string };
  /** Recipients that may still be mailed today. */
  remaining(): number;
  /** Recipients that the account may mail in 24 hours. */
  perDay(): number;
}

export interface Triggers {
  list(): readonly { readonly id: string; readonly handler: string }[];
  everyMinutes(handler: string, minutes: number): void;
  everyHour(handler: string): void;
  onEdit(handler: string): void;
  after(handler: string, ms: number): void;
  remove(id: string): void;
}

export interface Digest {
  /** HMAC-SHA-256 of UTF-8 text, lower-case hex. */
  hmac(text: string, secret: string): string;
  uuid(): string;
  /** Base64url without padding of UTF-8 text. */
  base64url(text: string): string;
  /** RS256 (RFC 7518) of UTF-8 text with a PKCS#8 key in PEM, base64url without padding. Throws when the key cannot be read. */
  rs256(text: string, pem: string): string;
}

export interface Session {
  /** E-mail of the person at the keyboard; '' when Apps Script does not tell. */
  activeUser(): string;
  /** E-mail of the account the code runs as. */
  effectiveUser(): string;
  /** Address of the deployed web app; '' until somebody has deployed it. */
  webAddress(): string;
  /** The access token of the account the code runs as, good for the scopes of the manifest for a few minutes. A secret. */
  token(): string;
}

export interface Host {
  readonly workbook: Workbook;
  readonly transport: Transport;
  /** The running user's own properties: secrets and cursors of the trigger owner. */
  readonly userStore: Store;
  /** Shared by all users of this file: hints and flags, never secrets. */
  readonly documentStore: Store;
  /** Shared by all users of this file, and forgetful. */
  readonly cache: Cache;
  /** The same for the web app, which has none of the file: shared by the clock and by everybody who opens a resident's page. */
  readonly pageCache: Cache;
  readonly selection: Selection;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly mail: Mail;
  readonly triggers: Triggers;
  readonly digest: Digest;
  readonly session: Session;
  /** A line for the execution log; already redacted. */
  readonly note: (line: string) => void;
}

/** A person's edit, as the edit trigger tells it. */
export interface Edit {
  readonly tab: string;
  readonly a1: string;
  readonly user: string;
  /** Absent for edits of several cells at once. */
  readonly before?: string;
  readonly after?: string;
}

/** What was posted to the web app; Apps Script shows no headers. */
export interface Posted {
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One figure of the card. */
export interface CardRow {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

/** What the card beside the spreadsheet says. */
export interface CardView {
  /** `As of 2026-12-06 09:05 (America/New_York)`; '' where nothing could be read. */
  readonly asOf: string;
  readonly rows: readonly CardRow[];
  /** Instead of figures: what is the matter, and what to do. */
  readonly trouble?: string;
}

/** Why a call came to nothing. Never an exception's own text, never a stack. */
export interface Failure {
  readonly ok: false;
  /** What happened. */
  readonly error: string;
  readonly kind: 'unknown' | 'role' | 'arguments' | 'busy' | 'book';
  /** What it means for rent. */
  readonly means: string;
  /** What to do about it. */
  readonly fix: string;
  /** To quote: the run's id, which the execution log knows too. */
  readonly id: string;
}

/** The answer to a person's call: a value, or a refusal in words. */
export type Answer = { readonly ok: true; readonly value: unknown } | Failure;
