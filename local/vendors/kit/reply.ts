/** What sandboxes with JSON bodies share: replies, and reading what was sent. */
import type { SandboxReply, SandboxRequest } from '../sandbox';

export const jsonReply = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): SandboxReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
});

/** A refusal in the vendor's own words: thrown anywhere below `handle`, and answered by it. */
export class Refused extends Error {
  constructor(readonly reply: SandboxReply) {
    super(`refused with ${reply.status}`);
  }
}

/** Answers with what `act` gives, or with the refusal that it threw. */
export function answering(act: () => SandboxReply): SandboxReply {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refused) return error.reply;
    throw error;
  }
}

/** The media type without its parameters, in lower case. */
export const mediaType = (request: SandboxRequest): string =>
  (request.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

/** The body as JSON; undefined when it is none. */
export function jsonBody(request: SandboxRequest): unknown {
  try {
    return JSON.parse(request.body) as unknown;
  } catch {
    return undefined;
  }
}

/** A number that is the next of its kind in this account: ids of a sandbox are counted, never drawn. */
export function nextNumber(state: { serials: Record<string, number> }, kind: string): number {
  const next = (state.serials[kind] ?? 0) + 1;
  state.serials[kind] = next;
  return next;
}
