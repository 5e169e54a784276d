/** How a vendor failure travels: as a value outside, and as one thrown error type inside a flow. */
import type { HttpReply } from '../ports';
import { redact } from './redact';
import type { Fault, FaultKind } from './types';

/** What one request of a wave came to. */
export type Outcome = HttpReply | Fault;

export const isFault = (outcome: Outcome): outcome is Fault => 'fault' in outcome;

/**
 * The only error that the client throws into a flow, and the only one that a flow may throw to mean a vendor failure.
 */
export class FaultError extends Error {
  constructor(
    readonly fault: Fault,
    /** All outcomes of the wave in request order, so that a flow may keep the good ones. */
    readonly outcomes: readonly Outcome[] = [],
  ) {
    super(fault.message);
    this.name = 'FaultError';
  }
}

export const isFaultError = (error: unknown): error is FaultError => error instanceof FaultError;

/** The fault that was thrown; an error that is none is a bug, and is thrown on. */
export function faultOf(error: unknown): Fault {
  if (!isFaultError(error)) throw error;
  return error.fault;
}

/** Throws a fault that was had as a value. */
export function raise(found: Fault): never {
  throw new FaultError(found);
}

/** The reply of an outcome; a fault is thrown. */
export const replyOf = (outcome: Outcome): HttpReply => (isFault(outcome) ? raise(outcome) : outcome);

/** A fault whose message is redacted and bounded; `more` adds status, code and so on. */
export function fault(kind: FaultKind, message: string, more: Omit<Partial<Fault>, 'fault' | 'message'> = {}): Fault {
  return { fault: kind, message: redact(message), ...more };
}

/** Throws a fault; for readers that found an answer they cannot read, and requests that cannot be built. */
export function fail(kind: FaultKind, message: string, more: Omit<Partial<Fault>, 'fault' | 'message'> = {}): never {
  throw new FaultError(fault(kind, message, more));
}

export interface FaultWords {
  /** The vendor's own words; the status is told when there are none. */
  readonly message?: string;
  readonly code?: string;
  /** The vendor means something else by this status than most do. */
  readonly kind?: FaultKind;
}

export const isGood = ({ status }: HttpReply): boolean => status >= 200 && status < 300;

/** The fault of an error that came with a good status. */
export function refusal({ status }: HttpReply, { message, code, kind = 'rejected' }: FaultWords): Fault {
  return fault(kind, `${faultWords(kind)}: ${message ?? code}`, { status, ...(code ? { code } : {}) });
}

const REQUEST_ID_HEADERS = ['request-id', 'x-request-id', 'x-slack-req-id', 'intuit_tid', 'concur-correlationid'];

/** Undefined for 2xx; otherwise the fault that the HTTP status means (RFC 9110), with the vendor's words. */
export function classify(reply: HttpReply, words: FaultWords = {}): Fault | undefined {
  if (isGood(reply)) return undefined;
  const header = REQUEST_ID_HEADERS.find((name) => reply.headers[name] !== undefined);
  const requestId = header === undefined ? undefined : reply.headers[header];
  const said = words.message ? `: ${words.message}` : '.';
  return fault(words.kind ?? kindOf(reply.status), `${meaning(reply.status)} (HTTP ${reply.status})${said}`, {
    status: reply.status,
    ...(words.code ? { code: redact(words.code) } : {}),
    ...(requestId ? { requestId } : {}),
  });
}

function kindOf(status: number): FaultKind {
  if (status === 401 || status === 403) return 'auth';
  if (status === 404 || status === 410) return 'missing';
  if (status === 409 || status === 423 || status === 425 || status === 429) return 'busy';
  if (status === 408 || status >= 500) return 'down';
  if (status >= 400) return 'rejected';
  return 'malformed';
}

const meaning = (status: number): string => faultWords(kindOf(status));

const KINDS: readonly FaultKind[] = ['auth', 'busy', 'rejected', 'missing', 'down', 'malformed'];

/** The kind of a fault from its words, as the Connections tab and the Outbox keep them. */
export const faultKindOf = (text: string): FaultKind | undefined =>
  KINDS.find((kind) => text.includes(faultWords(kind))) ?? (text.includes('No answer from ') ? 'down' : undefined);

/** The words with which a fault of this kind begins. */
export function faultWords(kind: FaultKind): string {
  switch (kind) {
    case 'auth':
      return 'The credentials were refused';
    case 'missing':
      return 'There is no such object';
    case 'busy':
      return 'Too many calls at once';
    case 'down':
      return 'The platform failed';
    case 'rejected':
      return 'The platform said no';
    case 'malformed':
      return 'An answer that is not expected';
  }
}
