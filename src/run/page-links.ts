/** The secret that seals residents' links, and the links themselves: made as a message leaves, and for whom a page is kept. */

import { pageToken, type Seal } from '../domain/page-token';
import { pageFor } from '../domain/pages';
import type { RunBook } from '../domain/run-book';
import type { LeaseId } from '../domain/values';
import type { App } from './app';

const SECRET = 'secret:resident-pages';

/** Undefined until the owner's clock has made one: a stranger's request does not. */
export function sealOf(app: Pick<App, 'host'>, own?: Readonly<Record<string, string>>): Seal | undefined {
  const secret = own ? own[SECRET] : app.host.userStore.get(SECRET);
  return secret ? (text) => app.host.digest.hmac(text, secret) : undefined;
}

/** Made once, under the lock, by the owner's clock. */
export function makeSeal(app: Pick<App, 'host'>): void {
  if (app.host.userStore.get(SECRET) === undefined) renewSeal(app);
}

/** Every link that was ever sent is worthless from now on. */
export const renewSeal = (app: Pick<App, 'host'>): void =>
  app.host.userStore.set(SECRET, `${app.host.digest.uuid()}${app.host.digest.uuid()}`.replace(/-/g, ''));

/** 128 random bits, lower-case hex: a UUID has 122 of them, so two are sealed together. */
export const newPageId = (app: Pick<App, 'host'>): string =>
  app.host.digest.hmac(app.host.digest.uuid(), app.host.digest.uuid()).slice(0, 32);

export interface Recipient {
  readonly lease: LeaseId;
  readonly to: string;
}

/** The address of a recipient's page at a moment; '' where there is none: no page, no secret, no web address. */
export type PageLinks = (book: RunBook, recipient: Recipient, now: number) => string;

export const NO_LINKS: PageLinks = () => '';

/** Asked once for all messages of a run. */
export function pageLinks(app: Pick<App, 'host'>, own: Readonly<Record<string, string>>): PageLinks {
  const seal = sealOf(app, own);
  if (!seal) return NO_LINKS;
  let web: string | undefined;
  return (book, { lease, to }, now) => {
    const page = pageFor(book.pages ?? [], lease, to);
    if (!page) return '';
    web ??= app.host.session.webAddress();
    return web === '' ? '' : `${web}?page=${pageToken(seal, page, now, book.settings.pageLinkDays)}`;
  };
}
