/** Paying: the page at the processor is made while the resident waits, or not at all, and never beside another one for the same debt. */
import type { Account } from '../../domain/account';
import type { OutboxRow } from '../../domain/book';
import { pageIn } from '../../domain/collect';
import { decimal, display, least, parseAmount } from '../../domain/money';
import {
  beingMade,
  type Chosen,
  canClose,
  closeIntent,
  closeKey,
  inTheWay,
  isPaidUnseen,
  isSamePage,
  looksPaid,
  openPages,
  pageIntent,
  pageKey,
} from '../../domain/pay-pages';
import { leastPart, type Processor, partsFor, processorOf, wholeCents } from '../../domain/pay-terms';
import { NOTHING } from '../../domain/run-book';
import { type Person, peopleOn } from '../../domain/shares';
import { payableOn } from '../../domain/standing';
import type { Cents, Key } from '../../domain/values';
import { logLine } from '../../domain/wishes';
import { withQuery } from '../../http/encode';
import { deliver } from '../../outbox/deliver';
import { rowLine } from '../../outbox/row-line';
import { type App, runNow } from '../../run/app';
import { withLock } from '../../run/lock';
import { commit } from '../../sheet/commit';
import type { Loaded } from '../../sheet/load';
import { effectsComing } from '../../sheet/outbox-hint';
import type { Fields, Outcome, ResidentAct } from './act';
import { isRequest, not, underLock } from './acting';
import { lookSoon } from './came-back';
import { asResident, payerOf } from './click';
import { type Connected, payable } from './connected';
import type { OneLease } from './lease';
import { payView } from './pay-view';

/** Either the end, or effects that must leave before it goes on. */
type Step = { readonly outcome: Outcome } | { readonly send: readonly Key[] };

/** Taking back what another tab has begun, closing what is in the way, making the page, and saying where it is. */
const ROUNDS = 4;

/** Makes a page to pay on, or gives the one that is there. */
export const pay: ResidentAct = (app, one, request, fields) => {
  if (!isRequest(request)) return not('notUnderstood');
  const acting: App = { ...asResident(app, one, request), leadsBack: leadsBack(app, fields.page ?? '', 'paid') };
  const connected = payable(app, app.host.userStore.all()).processors;
  const tried = new Set<Key>();
  for (let round = 0; round < ROUNDS; round++) {
    const step = withLock(acting, () => nextStep({ app: acting, one, request, fields, connected, tried }));
    if (step === 'busy') return not('busy');
    if ('outcome' in step) return step.outcome;
    for (const name of step.send) tried.add(name);
    if (step.send.length > 0 && deliver(acting, step.send).result === 'busy') return not('busy');
  }
  return not('busy');
};

/** Where the processor's page leads back to: this page. Its link is a secret, so it goes along and is never written down. */
export function leadsBack(app: App, page: string, view: string): NonNullable<App['leadsBack']> {
  const here = app.host.session.webAddress();
  return { successUrl: withQuery(here, { page, view }), cancelUrl: withQuery(here, { page }) };
}

interface Asking {
  readonly app: App;
  readonly one: OneLease;
  readonly request: string;
  readonly fields: Fields;
  readonly connected: readonly Connected[];
  /** What this execution has sent. */
  readonly tried: ReadonlySet<Key>;
}

interface Wish {
  readonly account: Account;
  readonly loaded: Loaded;
  readonly chosen: Chosen;
  readonly processor: Processor;
  readonly payer: Person | undefined;
}

function nextStep(asking: Asking): Step {
  const { loaded, account } = underLock(asking.app, asking.one);
  if (!account) return { outcome: not('failed') };
  const own = loaded.outbox.find((row) => row.key === pageKey(account.lease.id, asking.request));
  if (own) return goOn(asking, loaded, account, own);
  const chosen = choice(account, asking);
  if ('done' in chosen) return { outcome: chosen };
  const processor = processorOf(account, asking.connected);
  if (!processor) return { outcome: not('payNoPlatform') };
  return wished(asking, { account, loaded, chosen, processor, payer: payerOf(asking.one.link, account) });
}

// ---------------------------------------------------------------- what is asked for

function choice(account: Account, { one, fields, connected }: Asking): Chosen | Outcome {
  const view = payView({ account, link: one.link }, connected);
  if (view.can === 'not') return not(REFUSALS[view.why]);
  const { currency } = account.property;
  const money = (cents: Cents): string => display(cents, currency, account.lease.language);
  const chosen = amountIn(account, fields, view.wholeCents);
  if ('done' in chosen) return chosen;
  const { amountCents } = chosen;
  if (amountCents > view.wholeCents) return not('payTooMuch', { whole: money(view.wholeCents) });
  if (amountCents === view.wholeCents) return chosen;
  if (!partsFor(account).parts) return not('payWholeOnly', { whole: money(view.wholeCents) });
  const smallest = leastPart(account.book.settings, currency, view.wholeCents);
  return chosen.charge || amountCents >= smallest ? chosen : not('payTooLittle', { least: money(smallest) });
}

const REFUSALS = {
  'nothing owed': 'payNothing',
  processing: 'payProcessing',
  notice: 'payNotice',
  'no platform': 'payNoPlatform',
  down: 'payDown',
} as const;

function amountIn(account: Account, fields: Fields, whole: Cents): Chosen | Outcome {
  switch (fields.what) {
    case 'all':
      return { amountCents: whole };
    case 'charge': {
      const charge = payableOn(account.state, account.today).find((each) => each.key === fields.charge);
      return charge ? { amountCents: least(charge.openCents, whole), charge } : not('payChargeGone');
    }
    case 'part': {
      const amountCents = parseAmount((fields.amount ?? '').trim(), account.property.currency);
      return amountCents !== undefined && amountCents > 0 ? { amountCents } : not('payAmountUnread');
    }
    default:
      return not('notUnderstood');
  }
}

// ---------------------------------------------------------------- pages that are there already

function wished(asking: Asking, wish: Wish): Step {
  const { account, loaded, chosen, processor, payer } = wish;
  const others = beingMade(account);
  if (others.some((row) => row.state === 'sending')) return { outcome: not('busy') };
  // The newer wish counts: one that has not left yet never does.
  if (others.length > 0) {
    withdraw(asking, loaded, others);
    return { send: [] };
  }
  const same = openPages(account).find(
    (page) => isSamePage(page, processor.id, chosen, payer) && !looksPaid(account, page) && isYoung(account, page),
  );
  if (same) return { outcome: opened(same, processor.title) };
  const pages = inTheWay(account, chosen.amountCents, payer);
  // Nobody can close it, and it is open for a short while only.
  const fixed = pages.find((page) => !canClose(page) && typeof page.payload.lastsSeconds === 'number');
  if (fixed) return { outcome: not('payOtherOpen', { amount: moneyOn(account, fixed) }) };
  return closing(asking, wish, pages.filter(canClose)) ?? making(asking, wish);
}

const moneyOn = ({ property, lease }: Account, { payload }: OutboxRow): string =>
  display(Number(payload.amountCents) as Cents, property.currency, lease.language);

/** A page that is nearly over is made anew. */
const YOUNG_MS = { stripe: 20 * 3_600_000, paypal: 2.5 * 3_600_000, square: 30 * 86_400_000, plaid: 15 * 60_000 };

const isYoung = ({ run }: Account, { channel, updatedAt }: OutboxRow): boolean =>
  run.now - updatedAt < (YOUNG_MS[channel as keyof typeof YOUNG_MS] ?? 0);

const opened = (page: OutboxRow, by: string): Outcome => ({
  done: true,
  says: 'payOpen',
  with: { by },
  open: { url: pageIn(page.vendorRef), by },
});

/** Undefined where nothing is in the way any more. */
function closing(asking: Asking, wish: Wish, pages: readonly OutboxRow[]): Step | undefined {
  const { app, request, tried } = asking;
  const { account, loaded } = wish;
  const rows = pages.map((page) => ({ page, row: loaded.outbox.find((each) => each.key === closeKey(page, request)) }));
  const paid = rows.find(({ page, row }) => row?.state === 'sent' && isPaidUnseen(account, page, row));
  if (paid) {
    lookSoon(app, paid.page.channel);
    return { outcome: not('payUnderWay') };
  }
  const stuck = rows.flatMap(({ row }) =>
    row && row.state !== 'sent' && (tried.has(row.key) || isOver(row)) ? [row] : [],
  );
  if (stuck.length > 0) return { outcome: givenUp(asking, loaded, stuck, 'payDown') };
  const open = rows.filter(({ row }) => row?.state !== 'sent');
  if (open.length === 0) return undefined;
  const intents = open.flatMap(({ page, row }) => (row ? [] : [closeIntent(account, page, request)]));
  if (intents.length > 0) write(app, loaded, { intents });
  return { send: open.map(({ page }) => closeKey(page, request)) };
}

const isOver = ({ state }: OutboxRow): boolean => state === 'failed' || state === 'cancelled';

// ---------------------------------------------------------------- the page

function making({ app, one, request }: Asking, { account, loaded, chosen, processor, payer }: Wish): Step {
  const { currency } = account.property;
  const returnTo = withQuery(app.host.session.webAddress(), { view: 'paid' });
  const wish = { request, platform: processor.id, returnTo, ...(payer ? { payer } : {}) };
  const intent = pageIntent(account, wish, chosen);
  const what = `asks to pay ${decimal(chosen.amountCents, currency)} ${currency} by ${processor.title}`;
  write(app, loaded, { intents: [intent] }, [logLine(runNow(app), 'resident', what, { lease: one.link.lease })]);
  return { send: [intent.key] };
}

/** The page of this very request is there, or is still to be made. */
function goOn(asking: Asking, loaded: Loaded, account: Account, row: OutboxRow): Step {
  const by = asking.connected.find((each) => each.id === row.channel)?.title ?? row.channel;
  if (row.state === 'sent') {
    if (looksPaid(account, row)) return { outcome: not('payUnderWay') };
    return { outcome: openPages(account).includes(row) ? opened(row, by) : not('payTooLate') };
  }
  if (row.state === 'failed') return { outcome: not('payFailed', { by }) };
  if (row.state === 'cancelled') return { outcome: not('payTooLate') };
  if (row.state === 'unsure') return { outcome: not('busy') };
  if (asking.tried.has(row.key)) return { outcome: givenUp(asking, loaded, [row], 'payDown') };
  // The run of this request died while it was sending, and its key makes no second page.
  if (row.state === 'sending') return { send: [row.key] };
  // It was not made when it was asked for: it is made now if it still fits.
  const amount = Number(row.payload.amountCents) as Cents;
  const fits = amount <= wholeCents(account) && account.run.now < row.notBefore;
  const others = inTheWay(
    account,
    amount,
    peopleOn(account.lease).find(({ name }) => name === row.payload.payer),
  );
  if (fits && others.filter(canClose).length === 0) return { send: [row.key] };
  return { outcome: givenUp(asking, loaded, [row], 'payTooLate') };
}

/** What could not leave at once never leaves: nobody would be there to see it. */
function givenUp(asking: Asking, loaded: Loaded, rows: readonly OutboxRow[], says: string): Outcome {
  withdraw(asking, loaded, rows);
  return not(says);
}

function withdraw({ app }: Asking, loaded: Loaded, rows: readonly OutboxRow[]): void {
  const gone = rows
    .filter((row) => row.state === 'ready')
    .map((row): OutboxRow => ({ ...row, state: 'cancelled', updatedAt: runNow(app).now, fault: told(row.fault) }));
  if (gone.length > 0)
    commit(app.host, loaded, runNow(app), { outbox: gone, log: gone.map((row) => rowLine(app, row)) });
}

const TOLD = 'The resident was told to try again.';
const told = (fault: string): string => (fault === '' ? TOLD : `${TOLD} Before that: ${fault}`);

export function write(
  app: App,
  loaded: Loaded,
  decision: Partial<typeof NOTHING>,
  log: Parameters<typeof commit>[3]['log'] = [],
): void {
  effectsComing(app);
  commit(app.host, loaded, runNow(app), { decision: { ...NOTHING, ...decision }, log });
}

export const ACTS: Readonly<Record<string, ResidentAct>> = { pay };
