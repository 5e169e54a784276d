/** How Slack's Web API answers: a failure is an HTTP 200 with `ok: false`, but for the rate limit. */
import { jsonReply, Refused } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import type { Token } from './state';

export type Fields = Readonly<Record<string, unknown>>;

const TYPE = { 'content-type': 'application/json; charset=utf-8' };

export const answer = (fields: Fields): SandboxReply => jsonReply(200, { ok: true, ...fields }, TYPE);

export function refuse(error: string, more: Fields = {}): never {
  throw new Refused(jsonReply(200, { ok: false, error, ...more }, TYPE));
}

export function busy(error: string, waitSeconds: number): never {
  const headers = { ...TYPE, 'retry-after': String(waitSeconds) };
  throw new Refused(jsonReply(429, { ok: false, error }, headers));
}

export function needScope(token: Token, needed: string): void {
  if (!token.scopes.includes(needed)) refuse('missing_scope', { needed, provided: token.scopes.join(',') });
}

/** The answer with what Slack found odd about the call; the call was done all the same. */
export function warned(fields: Fields, found: readonly string[], messages: readonly string[] = []): Fields {
  if (found.length === 0) return fields;
  const known = (fields.response_metadata ?? {}) as { readonly warnings?: readonly string[] };
  const warnings = [...(known.warnings ?? []), ...found];
  const told = messages.length > 0 ? { messages: messages.map((message) => `[WARN] ${message}`) } : {};
  return { ...fields, warning: warnings.join(','), response_metadata: { ...known, warnings, ...told } };
}
