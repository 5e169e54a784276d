/** Autopay by the resident's own hand: agreed to on the processor's page, ended here before the next collection. */
import type { Account } from '../../domain/account';
import { setupsOpen } from '../../domain/autopay-ended';
import type { Intent, OutboxRow } from '../../domain/book';
import { leaseOffer, pageIn } from '../../domain/collect';
import { autopayLinks, isAutopay } from '../../domain/collectors';
import type { Link } from '../../domain/matching';
import { isMoneyOnItsWay } from '../../domain/on-its-way';
import { autopayOffKey, autopayOnKey, closeIntent, isAutopayEnd, residentIntent } from '../../domain/pay-pages';
import { NOTHING, rowsOfLease } from '../../domain/run-book';
import type { Key } from '../../domain/values';
import { logLine } from '../../domain/wishes';
import { withQuery } from '../../http/encode';
import { deliver } from '../../outbox/deliver';
import { rowLine } from '../../outbox/row-line';
import { blank, unlinkedLine } from '../../outbox/settle';
import { type App, runNow } from '../../run/app';
import { forgetBank } from '../../run/banks';
import { withLock } from '../../run/lock';
import { commit } from '../../sheet/commit';
import { type Loaded, loadBook } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import { beginBankLink, forgetWaitingBanks } from '../bank-links';
import type { Fields, Outcome, ResidentAct } from './act';
import { isRequest, not, underLock } from './acting';
import { offersIn, setupOpen } from './autopay-view';
import { lookSoon } from './came-back';
import { asResident } from './click';
import { payable } from './connected';
import type { OneLease } from './lease';
import { leadsBack, pay, write } from './pay-acts';

// ---------------------------------------------------------------- on

/** The effect whose page a resident agrees on; Plaid's is no effect, for a bank that is linked tells us by itself. */
const BEGINS: Readonly<Record<string, { readonly kind: string; readonly subject: string }>> = {
  stripe: { kind: 'setup', subject: 'Page to save a card or bank account for autopay' },
  paypal: { kind: 'subscribe', subject: 'Page to agree to a PayPal subscription' },
  square: { kind: 'setup', subject: 'Note the cards that are saved at Square before' },
};

/** Gives the page where the resident agrees. Nothing is collected before they have. */
export const autopayOn: ResidentAct = (app, one, request, fields) => {
  if (!isRequest(request)) return not('notUnderstood');
  const acting: App = { ...asResident(app, one, request), leadsBack: leadsBack(app, fields.page ?? '', 'saved') };
  const platform = fields.platform ?? '';
  const found = payable(app, app.host.userStore.all()).processors;
  const title = found.find((each) => each.id === platform)?.title ?? platform;
  const step = withLock(acting, (): Outcome | Key | 'bank' | 'pay' => {
    const { loaded, account } = underLock(acting, one);
    if (!account) return not('failed');
    const name = autopayOnKey(account.lease.id, request);
    const own = loaded.outbox.find((row) => row.key === name);
    if (own) return isUnfinished(own) && account.run.now < own.notBefore ? name : pageOf(own, title);
    if (autopayLinks(account).length > 0) return not('autopayAlready');
    if (!offersIn(account, found).some((each) => each.platform === platform)) return not('autopayNotOffered');
    const begins = BEGINS[platform];
    if (!begins) return 'bank';
    const page = setupOpen(account);
    if (page?.channel === platform) return pageOf(page, title);
    return begin(acting, loaded, account, { name, platform, title, ...begins });
  });
  if (step === 'busy') return not('busy');
  if (step === 'bank') return linkBank(acting, one, { platform, title, request });
  if (step === 'pay') return payAndSave(app, one, request, fields);
  if (typeof step !== 'string') return step;
  if (deliver(acting, step).result === 'busy') return not('busy');
  const outcome = ended(acting, step, title);
  return outcome === 'pay' ? payAndSave(app, one, request, fields) : outcome;
};

/** What is owed is paid on a page of Square, and the card is saved there: Square has no page for that alone. */
function payAndSave(app: App, one: OneLease, request: string, { page = '' }: Fields): Outcome {
  const outcome = pay(app, one, request, { what: 'all', page });
  return outcome.done ? { ...outcome, says: 'autopaySaveCard' } : outcome;
}

const isUnfinished = ({ state }: OutboxRow): boolean => state === 'ready' || state === 'sending';

interface Begun {
  readonly name: Key;
  readonly platform: string;
  readonly title: string;
  readonly kind: string;
  readonly subject: string;
}

function begin(app: App, loaded: Loaded, account: Account, { name, platform, title, kind, subject }: Begun): Key {
  const successUrl = withQuery(app.host.session.webAddress(), { view: 'saved' });
  const payload = { ...leaseOffer(account, 'rent', platform), successUrl };
  const intent = residentIntent(account, { key: name, channel: platform, kind, subject, payload, waits: true });
  const line = logLine(runNow(app), 'resident', `asks for autopay by ${title}`, { lease: account.lease.id });
  write(app, loaded, { intents: [intent] }, [line]);
  return name;
}

function pageOf(row: OutboxRow, by: string): Outcome | 'pay' {
  if (row.state === 'sent' && row.channel === 'square') return 'pay';
  const url = pageIn(row.vendorRef);
  if (row.state === 'sent' && url) return { done: true, says: 'autopayOpen', with: { by }, open: { url, by } };
  return row.state === 'failed' ? not('payFailed', { by }) : not(row.state === 'cancelled' ? 'payTooLate' : 'busy');
}

/** What could not be made at once is not made later, when nobody waits for it. */
function ended(app: App, name: Key, by: string): Outcome | 'pay' {
  const outcome = withLock(app, (): Outcome | 'pay' => {
    const loaded = loadBook(app.host);
    const row = loaded.outbox.find((each) => each.key === name);
    if (!row) return not('busy');
    if (row.state !== 'ready') return pageOf(row, by);
    const gone: OutboxRow = { ...row, state: 'cancelled', updatedAt: runNow(app).now };
    commit(app.host, loaded, runNow(app), { outbox: [gone], log: [rowLine(app, gone)] });
    return not('payDown');
  });
  return outcome === 'busy' ? not('busy') : outcome;
}

function linkBank(
  app: App,
  { link }: OneLease,
  { platform, title, request }: { readonly platform: string; readonly title: string; readonly request: string },
): Outcome {
  const begun = beginBankLink(app, { platform, purpose: 'pay', lease: link.lease, request });
  if ('refused' in begun) return not('payDown');
  return { done: true, says: 'autopayOpen', with: { by: title }, open: { url: begun.open, by: title } };
}

// ---------------------------------------------------------------- off

/** Nothing more is collected from this moment on; what is under way already is said. */
export const autopayOff: ResidentAct = (app, one, request) => {
  if (!isRequest(request)) return not('notUnderstood');
  const acting = asResident(app, one, request);
  const step = withLock(acting, () => {
    const { loaded, account } = underLock(acting, one);
    if (!account) return not('failed');
    const links = autopayLinks(account);
    const intents = [...links.flatMap((link) => endings(account, link, request)), ...closingSetups(account, request)];
    const wishes = setupsOpen(account).filter(({ channel }) => channel === 'square');
    if (links.length + intents.length + wishes.length > 0) end(acting, loaded, { links, intents, wishes });
    const all = loaded.outbox.filter((row) => isAutopayEnd(row) && row.key.endsWith(`:${request}`));
    const names = [...intents.map((intent) => intent.key), ...all.map((row) => row.key)];
    return { names, underWay: isMoneyOnItsWay(account.book, account.lease.id, account.run.now) };
  });
  if (step === 'busy') return not('busy');
  if ('done' in step) return step;
  forgetWaitingBanks(acting, one.link.lease);
  if (step.names.length > 0) deliver(acting, step.names);
  return leftOver(acting, step.names, step.underWay);
};

interface Ending {
  readonly links: readonly Link[];
  readonly intents: readonly Intent[];
  /** Cards at Square that would be taken up. */
  readonly wishes: readonly OutboxRow[];
}

/** The saved method leaves the Links tab at once, so that nothing is collected; a subscription stays there until PayPal has ended it. */
function end(app: App, loaded: Loaded, { links, intents, wishes }: Ending): void {
  const ours = links.filter((link) => link.platform !== 'paypal');
  const run = runNow(app);
  effectsComing(app);
  commit(app.host, loaded, run, {
    decision: { ...NOTHING, intents },
    people: ours.map(blank),
    // The page of a payment stays: a card that is saved on it is not taken up.
    outbox: wishes.map((row) => ({ ...row, state: 'cancelled', updatedAt: run.now, fault: 'Ended by the resident.' })),
    log: [
      ...ours.map((link) => unlinkedLine(run, link)),
      ...links.map(({ lease, platform }) => logLine(run, 'resident', `ends autopay by ${platform}`, { lease })),
    ],
  });
}

const ENDS: Readonly<Record<string, { readonly kind: string; readonly subject: string }>> = {
  stripe: { kind: 'forget', subject: 'Take the saved method off its customer' },
  paypal: { kind: 'unsubscribe', subject: 'End the PayPal subscription' },
  plaid: { kind: 'removeBank', subject: 'Let go of the linked bank' },
};

function endings(account: Account, { platform, externalId }: Link, request: string): readonly Intent[] {
  if (platform === 'square') return invoicesOut(account, request);
  const ends = ENDS[platform];
  const payload = { ...leaseOffer(account, 'rent', platform), autopay: externalId, reason: 'Ended by the resident' };
  const name = autopayOffKey(account.lease.id, platform, request);
  return ends ? [residentIntent(account, { key: name, channel: platform, ...ends, payload, waits: false })] : [];
}

/** Square charges a saved card by the invoices that are out: they are taken back, unless they were paid. */
function invoicesOut(account: Account, request: string): readonly Intent[] {
  const rows = rowsOfLease(account.book.outbox ?? [], account.lease.id).filter(
    (row) => row.channel === 'square' && isAutopay(row) && row.state === 'sent',
  );
  return rows.map((row) =>
    residentIntent(account, {
      key: autopayOffKey(account.lease.id, `square:${row.key}`, request),
      channel: 'square',
      kind: 'cancelInvoice',
      subject: 'Take back the Square invoice, unless it was paid',
      payload: { leaseId: account.lease.id, invoice: row.vendorRef, unlessPaid: true, tellsIfPaid: true, of: row.key },
      waits: false,
    }),
  );
}

/** Pages that may still save something: closed now or, where Stripe is down, as soon as it can be, and taken up by nobody from now on. */
const closingSetups = (account: Account, request: string): readonly Intent[] =>
  setupsOpen(account)
    .filter(({ channel }) => channel === 'stripe')
    .map((page) => {
      const { channel, kind, subject, payload } = closeIntent(account, page, request);
      const name = autopayOffKey(account.lease.id, `stripe:${page.key}`, request);
      return residentIntent(account, { key: name, channel, kind, subject, payload, waits: false });
    });

function leftOver(app: App, names: readonly Key[], underWay: boolean): Outcome {
  const rows = loadBook(app.host).outbox.filter((row) => names.includes(row.key));
  for (const row of rows.filter((each) => each.kind === 'removeBank' && each.state === 'sent'))
    forgetBank(app, row.channel, row.vendorRef);
  const isPaypalLate = rows.some((row) => row.kind === 'unsubscribe' && row.state !== 'sent');
  if (isPaypalLate) return not('autopayOffLater');
  // Square had charged the card before we came, and no poll has told of it yet.
  const isCharged = rows.some((row) => row.kind === 'cancelInvoice' && row.vendorRef.startsWith('paid '));
  if (isCharged) lookSoon(app, 'square');
  return { done: true, says: underWay || isCharged ? 'autopayOffUnderWay' : 'autopayIsOff' };
}

export const ACTS: Readonly<Record<string, ResidentAct>> = { autopayOn, autopayOff };
