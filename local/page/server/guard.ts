/** Who may talk to the page's server: this machine's browser, on this page, and no other page or name. */
import { timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

export interface Door {
  /** `127.0.0.1:8700`; known once the server listens. */
  host: string;
  readonly token: string;
}

export const TOKEN_HEADER = 'x-page-token';

/** A foreign name that resolves to 127.0.0.1 must not read the book, so the Host header is checked on every request. */
export function isOwnHost(host: string | undefined, door: Door): boolean {
  const port = door.host.split(':')[1];
  return host === door.host || host === `localhost:${port}`;
}

/** In constant time. */
export function isToken(given: string | undefined, token: string): boolean {
  const [one, other] = [Buffer.from(given ?? ''), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Refuses strange hosts always, and writes from any other page: wrong origin, or without the page's token. */
export function guard(door: Door): MiddlewareHandler {
  return async (context, next) => {
    const host = context.req.header('host');
    if (!isOwnHost(host, door)) return context.json({ error: 'This address is not served here.' }, 403);
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') {
      const isOwnOrigin = context.req.header('origin') === `http://${host}`;
      if (!isOwnOrigin) return context.json({ error: 'Only the page itself may change the book.' }, 403);
      if (!isToken(context.req.header(TOKEN_HEADER), door.token)) {
        return context.json({ error: 'The page is out of date. Reload it.' }, 403);
      }
    }
    await next();
    secure(context.res.headers);
    return undefined;
  };
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function secure(headers: Headers): void {
  if (!headers.has('content-security-policy')) headers.set('content-security-policy', POLICY);
  headers.set('x-content-type-options', 'nosniff');
  headers.set('referrer-policy', 'no-referrer');
  headers.set('cache-control', 'no-store');
}
