/** Delivers the Outbox: claim, ask again, send, settle. A row that was being sent when a run died is never sent twice. */

import type { OutboxRow } from '../domain/book';
import type { Key } from '../domain/values';
import { type App, errorText, runNow } from '../run/app';
import { withLock } from '../run/lock';
import { NO_LINKS, type PageLinks, pageLinks } from '../run/page-links';
import type { StepCount } from '../run/progress';
import type { Loaded } from '../sheet/load';
import { type Claim, claimRows, type Only } from './claim';
import { goodForOf } from './effect';
import { noteMail, noteSent } from './flight';
import { mailOf } from './mail';
import { recall } from './recall';
import { type Outcome, sendEffects, UNTRIED, withLinks } from './send';
import { settle } from './settle';

export interface Delivery {
  readonly result: 'done' | 'busy';
  /** Left, or handed to a platform that holds it until its moment. */
  readonly sent: number;
  readonly cancelled: number;
  readonly failed: number;
  readonly unsure: number;
  /** Ready, but left for a later run: no mail quota or no time left. */
  readonly waiting: number;
}

/** The step of a run, as a person reads it. */
export const SEND = 'Send';

/** Delivers what is due, in claims, until nothing that may leave is left or time is short; with `only`, those effects. */
export function deliver(app: App, only?: Only): Delivery {
  const total = { sent: 0, cancelled: 0, failed: 0, unsure: 0, waiting: 0 };
  for (let first = true; ; first = false) {
    app.progress?.begin(SEND);
    if (app.progress?.isStopping()) return { result: 'done', ...total };
    const claim = withLock(app, () => claimRows(app, only));
    if (claim === 'busy') return { result: 'busy', ...total };
    total.cancelled += claim.cancelled + (first && only === undefined ? recalled(app, claim) : 0);
    total.unsure += claim.unsure;
    app.progress?.add(countsOf({ cancelled: claim.cancelled, unsure: claim.unsure }));
    total.waiting = claim.waiting + claim.stuck.size;
    if (claim.rows.length === 0) {
      if (claim.waiting > 0 && app.mayGoOn()) continue;
      return { result: 'done', ...total };
    }
    const outcomes = send(app, claim);
    const settled = withLock(app, () => settle(app, outcomes, claim));
    if (settled === 'busy') return { result: 'busy', ...total };
    const came = { sent: 0, failed: 0, unsure: 0, waiting: 0 };
    for (const outcome of outcomes.values()) came[COUNTED[outcome.state]]++;
    for (const state of ['sent', 'failed', 'unsure', 'waiting'] as const) total[state] += came[state];
    app.progress?.add(countsOf(came));
    if (!app.mayGoOn() || (claim.waiting === 0 && settled === 0)) return { result: 'done', ...total };
  }
}

const COUNTED = { sent: 'sent', scheduled: 'sent', failed: 'failed', unsure: 'unsure', ready: 'waiting' } as const;

const countsOf = (counts: Readonly<Record<string, number>>): readonly StepCount[] =>
  Object.entries(counts).map(([what, count]) => ({ what, count, group: 'messages' }));

/** Messages that a platform holds and nobody wants any more. */
function recalled(app: App, { loaded, own }: Claim): number {
  if (!loaded.outbox.some((row) => row.state === 'scheduled')) return 0;
  const count = recall(app, loaded, own);
  return count === 'busy' ? 0 : count;
}

function send(app: App, { loaded, rows, own }: Claim): Map<Key, Outcome> {
  const outcomes = new Map<Key, Outcome>();
  sendEffects(
    app,
    loaded,
    rows.filter((row) => row.channel !== 'gmail'),
    outcomes,
  );
  const mails = rows.filter((each) => each.channel === 'gmail');
  const pageLink = mails.length > 0 ? pageLinks(app, own) : NO_LINKS;
  for (const row of mails) {
    if (!app.mayGoOn()) outcomes.set(row.key, UNTRIED);
    else outcomes.set(row.key, sendMail(app, loaded, row, outcomes, pageLink));
  }
  return outcomes;
}

function sendMail(
  app: App,
  loaded: Loaded,
  row: OutboxRow,
  outcomes: ReadonlyMap<Key, Outcome>,
  pageLink: PageLinks,
): Outcome {
  const outbox = withLinks(loaded.outbox, outcomes);
  const from = app.host.session.effectiveUser();
  const context = { book: loaded.book, run: runNow(app), from, outbox, goodFor: goodForOf(app), pageLink };
  const mail = mailOf(context, row);
  if ('reason' in mail) return { state: 'failed', fault: mail.reason };
  noteMail(app, row.key, mail.stamp);
  try {
    const { id, threadId } = app.host.mail.send(app.host.digest.base64url(mail.raw), mail.recipients, mail.threadId);
    noteSent(app, [[row.key, `${id} ${threadId}`]]);
    return { state: 'sent', ref: `${id} ${threadId}`, subject: mail.subject, stamp: mail.stamp };
  } catch (error) {
    return mailFault(errorText(error), app.host.clock.now());
  }
}

/** A refusal that Gmail names did not send; anything else may have. */
function mailFault(text: string, nowMs: number): Outcome {
  if (/too many times for one day|quota|rate ?limit/i.test(text))
    return { state: 'ready', fault: text, notBefore: nowMs + 3_600_000 };
  if (/invalid|recipient|permission|not authorized|insufficient/i.test(text)) return { state: 'failed', fault: text };
  return {
    state: 'unsure',
    fault: `${text} Look in the Sent folder whether it left, then mark it sent or send it again.`,
  };
}
