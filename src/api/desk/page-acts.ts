/** What a manager does with the link to a resident's page: show it, send it anew, or make it worthless. Each once, each in the Log. */
import { freshLink } from '../../domain/page-letters';
import { pageToken } from '../../domain/page-token';
import { isPageOpen, type PageRow, pagesOf } from '../../domain/pages';
import { NOTHING } from '../../domain/run-book';
import { logLine } from '../../domain/wishes';
import { type App, runNow } from '../../run/app';
import { sealOf } from '../../run/page-links';
import type { Loaded } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { accountOf, noLease } from '../account';
import type { Calls } from './contract';
import { actOnce, type Done } from './once';
import type { Applied } from './override';
import type { PageAct } from './resident-page';
import type { Refusal } from './told';

type Ended = Applied & { readonly link?: string };

/** A link is made anew each time that it is shown: it stands in no cell and no log. */
export function residentLink(app: App, { request, lease, page, as }: Calls['residentLink']['args']): Ended | Refusal {
  return actOnce<Ended>(app, request, (acting, loaded) => {
    const account = accountOf(loaded, acting, lease);
    if (!account) return { refused: noLease(lease) };
    const found = pagesOf(loaded.book.pages ?? [], account.lease.id).find((each) => each.id === page);
    if (!found) return { refused: 'This lease has no such page any more. Look at the lease again.' };
    if (as !== 'revoke' && !isPageOpen(loaded.book, account.lease, found.address, account.today))
      return {
        refused: `The page for ${found.address} is over: the address has gone from the lease, or the lease is settled.`,
      };
    return ACTS[as](acting, loaded, account, found);
  });
}

type Work = (
  app: App,
  loaded: Loaded,
  account: NonNullable<ReturnType<typeof accountOf>>,
  page: PageRow,
) => Done<Ended> | Refusal;

const told = (app: App, page: PageRow, what: string) => logLine(runNow(app), 'page', what, { lease: page.lease });

/** Whoever holds the link acts as the resident, so the Log tells to whom it was shown. */
const show: Work = (app, { book }, _account, page) => {
  if (page.state !== 'live') return { refused: 'This link was revoked. Send a fresh one.' };
  const seal = sealOf(app);
  const web = app.host.session.webAddress();
  if (!seal || web === '')
    return {
      refused:
        'Only the account of the owner can show a link, once the web app is deployed. Send a fresh link instead.',
    };
  const link = `${web}?page=${pageToken(seal, page, runNow(app).now, book.settings.pageLinkDays)}`;
  const says = `The link to the page for ${page.address} was shown.`;
  return {
    changes: { log: [told(app, page, `${says} ${app.run.by}`)] },
    applied: { done: true, says, keys: [], link },
  };
};

/** A page that was revoked is open again from here on; the links of before stay worthless. */
const send: Work = (app, _loaded, account, page) => {
  const intents = freshLink(account, page, `sent:${app.run.id}`);
  if (intents.length === 0)
    return { refused: `Nothing can be sent to ${page.address} now. See how residents are told, under Facts.` };
  effectsComing(app);
  const says = `A fresh link is on its way to ${page.address}.`;
  const pages = page.state === 'revoked' ? [{ ...page, state: 'live' as const }] : [];
  return {
    changes: { decision: { ...NOTHING, intents }, pages, log: [told(app, page, says)] },
    applied: { done: true, says, keys: [] },
  };
};

const revoke: Work = (app, _loaded, _account, page) => {
  if (page.state === 'revoked') return { refused: 'This link is revoked already.' };
  const says = `Every link that was sent to ${page.address} is worthless from now on.`;
  const after: PageRow = { ...page, state: 'revoked', version: page.version + 1 };
  return { changes: { pages: [after], log: [told(app, page, says)] }, applied: { done: true, says, keys: [] } };
};

const ACTS: Readonly<Record<PageAct, Work>> = { link: show, send, revoke };
