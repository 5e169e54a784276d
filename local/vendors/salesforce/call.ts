/** A call of one resource: sent alone, or as a part of a composite call. */
import { jsonBody, mediaType } from '../kit/reply';
import type { SandboxRequest } from '../sandbox';
import { badMethod, refusal, unparsed } from './errors';
import type { Given } from './records';

export interface Call {
  readonly method: string;
  /** What follows the version: `['sobjects', 'Contact', '003…']`. */
  readonly path: readonly string[];
  readonly url: URL;
  readonly headers: SandboxRequest['headers'];
  /** Throws when there is none, or when it is no object. */
  readonly body: () => Given;
}

export interface Answer {
  readonly status: number;
  /** Nothing where the status is 204. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export function wants(call: Call, ...methods: readonly string[]): void {
  if (!methods.includes(call.method)) throw badMethod(call.method, methods);
}

/** The body of a request as an object. */
export function objectIn(request: SandboxRequest): Given {
  const type = mediaType(request);
  if (type !== 'application/json')
    throw refusal(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `Content-Type header specified in HTTP request is not supported: ${type}`,
    );
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw unparsed(`The HTTP entity body is required, but this request has no valid one at [line:1, column:1]`);
  return body as Given;
}

/** Only these members, of these types; those with `?` may be left out. */
export function membersOf(
  given: Given,
  members: Readonly<Record<string, 'boolean' | 'list' | 'string' | 'object'>>,
): void {
  const rules = new Map(Object.entries(members).map(([name, type]) => [name.replace('?', ''), { name, type }]));
  for (const name of Object.keys(given)) if (!rules.has(name)) throw unparsed(`Unrecognized field "${name}"`);
  for (const [plain, { name, type }] of rules) {
    const value = given[plain];
    if (value === undefined || value === null) {
      if (!name.endsWith('?')) throw unparsed(`Missing required field "${plain}"`);
      continue;
    }
    const actual = Array.isArray(value) ? 'list' : typeof value;
    if (actual !== type) throw unparsed(`Cannot deserialize instance of ${type} for "${plain}"`);
  }
}
