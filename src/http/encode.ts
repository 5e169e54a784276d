/** Requests: query strings and form bodies without URLSearchParams, which Apps Script lacks, and JSON bodies. */
import type { HttpRequest } from '../ports';

export type Param =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly Param[]
  | { readonly [name: string]: Param };
export type Params = Readonly<Record<string, Param>>;

export const FORM = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json; charset=utf-8';

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Percent-encodes anything; half a surrogate pair, which would make encodeURIComponent throw, becomes U+FFFD. */
export const percent = (text: string): string => encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd'));

/**
 * `a=1&b%5Bc%5D=2&d%5B0%5D=x`: nested names in brackets, lists by index, brackets percent-encoded because UrlFetchApp
 * refuses some raw ones. Undefined is left out; null clears a field (empty text).
 */
export function form(params: Params): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(params)) add(pairs, name, value);
  return pairs.join('&');
}

function add(pairs: string[], name: string, value: Param): void {
  if (value === undefined) return;
  if (value !== null && typeof value === 'object') {
    for (const [inner, each] of Object.entries(value)) add(pairs, `${name}[${inner}]`, each as Param);
    return;
  }
  pairs.push(`${percent(name)}=${value === null ? '' : percent(String(value))}`);
}

/** The URL with a query; unchanged when there is nothing to add. */
export function withQuery(url: string, params: Params): string {
  const query = form(params);
  return query === '' ? url : `${url}?${query}`;
}

type Headers = Readonly<Record<string, string>>;

export const getFrom = (url: string, headers: Headers = {}): HttpRequest => ({ method: 'GET', url, headers });

/** A request with a JSON body, or with none; `more` adds headers and the like. */
export const sendJson = (
  method: HttpRequest['method'],
  url: string,
  body?: object,
  more: Partial<HttpRequest> = {},
): HttpRequest => ({
  method,
  url,
  headers: {},
  ...(body ? { contentType: JSON_TYPE, body: JSON.stringify(body) } : {}),
  ...more,
});

export const withHeaders = (request: HttpRequest, headers: Headers): HttpRequest => ({
  ...request,
  headers: { ...request.headers, ...headers },
});

/** A moment in UTC without milliseconds: `2026-12-01T09:00:00Z`. */
export const utcSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** A part of a multipart body: a value, or a file of text. Binary files do not fit, since the body is text. */
export interface Part {
  readonly name: string;
  readonly value: string;
  readonly filename?: string;
  readonly contentType?: string;
}

/**
 * A `multipart/form-data` body (RFC 7578) and its content type. The boundary is made of `seed`, so that a repeat is the same request.
 */
export function multipart(parts: readonly Part[], seed: string): Pick<HttpRequest, 'body' | 'contentType'> {
  let boundary = `----rent-ledger-${seed.replace(/[^A-Za-z0-9]/g, '').slice(0, 40)}`;
  while (parts.some((part) => part.value.includes(boundary))) boundary += '-';
  const quoted = (text: string): string => text.replace(/["\r\n]/g, (each) => percent(each));
  const head = ({ name, filename, contentType }: Part): string =>
    [
      `Content-Disposition: form-data; name="${quoted(name)}"${filename ? `; filename="${quoted(filename)}"` : ''}`,
      ...(contentType ? [`Content-Type: ${contentType}`] : []),
    ].join('\r\n');
  const bodies = parts.map((part) => `--${boundary}\r\n${head(part)}\r\n\r\n${part.value}\r\n`);
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: `${bodies.join('')}--${boundary}--\r\n` };
}
