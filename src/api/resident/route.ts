/**
 * The web address of the script as residents use it: a link is proven, one lease is read, a page or a file comes back; a form acts on
 * that lease. Whatever is wrong with a link, the answer is the same and takes the same calls.
 */

import { contactName } from '../../domain/contacts';
import { type Proof, provePage } from '../../domain/page-token';
import type { Instant } from '../../domain/values';
import { type App, errorText, runNow } from '../../run/app';
import {
  countLink,
  countOpened,
  countRefused,
  countStranger,
  keepCounts,
  type PageCounts,
  pageCounts,
  wantLink,
  webIn,
} from '../../run/page-counts';
import { sealOf } from '../../run/page-links';
import type { Kept } from '../../run/told';
import type { Fields, Outcome, ResidentAct } from './act';
import { cameBack } from './came-back';
import { asResident } from './click';
import { type Found, findPage } from './found';
import { pageLanguage, tagFor } from './head-view';
import type { OneLease } from './lease';
import type { PageAddress } from './pages';
import { readLease } from './reader';
import type { PageLanguage } from './view';

/** First of each name, as Apps Script gives them. */
export type Query = Readonly<Record<string, string>>;

export type PageAnswer =
  | { readonly kind: 'page'; readonly html: string }
  | { readonly kind: 'file'; readonly name: string; readonly text: string };

/** How a proven lease, an outcome or a refusal looks: facts in, whole answers out. */
export interface Show {
  /** What the query asks for of this lease: the account, a statement, a year, a receipt, a file. */
  readonly lease: (one: OneLease, query: Query, at: PageAddress, kept: Kept) => PageAnswer;
  readonly outcome: (outcome: Outcome, language: PageLanguage, at: PageAddress, tag?: string) => PageAnswer;
  readonly neutral: (language: PageLanguage, at: PageAddress) => PageAnswer;
  readonly down: (language: PageLanguage, at: PageAddress) => PageAnswer;
}

export interface Route {
  readonly show: Show;
  readonly acts: Readonly<Record<string, ResidentAct>>;
}

/** About a resident's page, or the wish for a link to one. A webhook's address bears a key; a form may name a platform. */
export const isResidents = ({ page, act, key }: Query): boolean =>
  key === undefined && (page !== undefined || act === NEW_LINK);

/** Papers may be of any time; the account shows thirteen months. */
const WHOLE: readonly string[] = ['statement', 'csv', 'year', 'receipt'];
const LANGUAGES: readonly PageLanguage[] = ['en', 'es', 'fr', 'de'];

/** The account or a paper of it. Writes nothing but counters. */
export function residentGet(app: App, query: Query, route: Route): PageAnswer {
  return answered(app, query, route, (request, at) => {
    const whole = WHOLE.includes(query.show ?? '');
    const one = opened(app, request, { whole });
    if (!one) return route.show.neutral(at.lang ?? 'en', at);
    request.counts = countOpened(request.counts, one.link.id, app.host.clock.now());
    cameBack(app, one, query.view);
    return route.show.lease(one, query, at, request.kept);
  });
}

/** A form of the page. An act works on the lease of the link, whatever its fields say. */
export function residentPost(app: App, query: Query, route: Route): PageAnswer {
  return answered(app, query, route, (request, at) => {
    const { act = '', lang: _lang, request: asked = '', ...fields } = query;
    if (act === NEW_LINK) return freshLink(app, request, fields.address ?? '', route, at);
    const one = opened(app, request, {});
    if (!one) return route.show.neutral(at.lang ?? 'en', at);
    const { lease, property } = one.account;
    const language = at.lang ?? pageLanguage(lease.language);
    const tag = tagFor(language, lease.language, property.currency);
    return route.show.outcome(done(app, one, route.acts, act, asked, shortened(fields)), language, at, tag);
  });
}

/** One request: the link as it was proven, and the counters as they are to be kept. */
interface Request {
  readonly proof: Proof;
  /** It may be answered: not one too many. */
  readonly heard: boolean;
  /** All of the owner's properties. */
  readonly kept: Kept;
  counts: PageCounts;
}

type Work = (request: Request, at: PageAddress) => PageAnswer;

function answered(app: App, query: Query, { show }: Route, work: Work): PageAnswer {
  const now = app.host.clock.now();
  const lang = LANGUAGES.find((each) => each === query.lang);
  // All of the owner's properties at once: the seal now, and what is connected where the page is drawn.
  const kept = app.host.userStore.all();
  const seal = sealOf(app, kept);
  // Without a secret nothing was ever sealed: the work is done all the same, with a seal that fits nothing.
  const proof = provePage(
    seal ?? ((text) => app.host.digest.hmac(text, app.host.digest.uuid())),
    query.page ?? '',
    now,
  );
  const { counts: withWeb, url } = webIn(app, pageCounts(app), now);
  const request = heardIn(proof, withWeb, now, kept);
  const at: PageAddress = {
    url,
    page: (query.page ?? '').slice(0, TOKEN_MOST),
    request: app.host.digest.uuid(),
    ...(lang ? { lang } : {}),
  };
  let answer: PageAnswer;
  try {
    answer = work(request, at);
  } catch (error) {
    app.host.note(`resident page: ${errorText(error)}`);
    answer = show.down(lang ?? 'en', at);
  }
  keepCounts(app, request.counts);
  return answer;
}

const TOKEN_MOST = 80;

function heardIn(proof: Proof, before: PageCounts, now: Instant, kept: Kept): Request {
  const { counts, over } = proof.is === 'no' ? countStranger(before, now) : countLink(before, proof.id, now);
  return { proof, counts, heard: !over, kept };
}

/**
 * The lease of a link that is good and live; undefined otherwise. A link that is not is looked for like any other, so that the time
 * tells nothing; but strangers who ask without end are answered without a look, since the owner's quota is everybody's.
 */
function opened(app: App, request: Request, reach: { readonly whole?: boolean }): OneLease | undefined {
  const { proof, heard } = request;
  const found = heard || proof.is !== 'no' ? lookFor(app, proof) : undefined;
  const one = found && heard && proof.is === 'good' ? readLease(app.host, runNow(app), found, reach) : undefined;
  if (!one) request.counts = countRefused(request.counts, app.host.clock.now());
  return one;
}

const NOBODY = { id: '0'.repeat(32), version: 0 };

const lookFor = (app: App, proof: Proof): Found => {
  const { id, version } = proof.is === 'no' ? NOBODY : proof;
  return findPage(app.host, id, version);
};

/** The form's name for the wish for a fresh link. */
const NEW_LINK = 'newLink';

/**
 * Notes the wish: the owner's clock sends a fresh link to the address on file, within minutes, where the old link was ours or the
 * address that was typed has a page. Nobody learns from the answer, or from the time that it takes, whether there is one.
 */
function freshLink(app: App, request: Request, typed: string, { show }: Route, at: PageAddress): PageAnswer {
  const { proof, heard } = request;
  const wanted = proof.is === 'no' ? typedName(typed) : proof.id;
  if (heard && wanted !== undefined) request.counts = wantLink(request.counts, wanted, app.host.clock.now());
  return show.outcome({ done: true, says: 'linkAsked' }, at.lang ?? 'en', { ...at, page: '' });
}

/** The longest mail address. */
const ADDRESS_MOST = 254;

const typedName = (typed: string): string | undefined =>
  typed.trim() === '' || typed.length > ADDRESS_MOST
    ? undefined
    : contactName(typed.includes('@') ? 'email' : 'sms', typed);

/** Unguessable, made by the page, the same for a second click. */
const REQUEST = /^[\w-]{16,100}$/;
const FIELD_MOST = 4_000;

const shortened = (fields: Query): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.slice(0, FIELD_MOST)]));

function done(app: App, one: OneLease, acts: Route['acts'], name: string, request: string, fields: Fields): Outcome {
  const act = Object.prototype.hasOwnProperty.call(acts, name) ? acts[name] : undefined;
  if (!act || !REQUEST.test(request)) return { done: false, says: act ? 'notUnderstood' : 'unknownAct' };
  return act(asResident(app, one, request), one, request, fields);
}
