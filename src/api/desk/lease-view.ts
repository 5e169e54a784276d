/** The lease screen from one read of the book. */

import { type Account, openAccount, upcomingRent } from '../../domain/account';
import { type Lease, type Property, RENT, type ReceiptRow } from '../../domain/book';
import { daysBetween, localDay } from '../../domain/calendar';
import { rateOn } from '../../domain/charges';
import { contactOf, isGood } from '../../domain/contacts';
import { rungsAhead } from '../../domain/ladder-ahead';
import { isMessage } from '../../domain/legs';
import { sum } from '../../domain/money';
import { e164 } from '../../domain/phone';
import { unreachable } from '../../domain/reach';
import { rowsOfLease, termsOf } from '../../domain/run-book';
import { isDisputedLine } from '../../domain/standing';
import { type Problem, problemText } from '../../domain/values';
import { isInVain } from '../../domain/wanted';
import { type App, runNow } from '../../run/app';
import { type Loaded, loadBook } from '../../sheet/load';
import { standingToday } from '../../sheet/rent-roll';
import { LEASES, LINKS, TERMS } from '../../sheet/schema';
import { noLease, placeFor } from '../account';
import { bankOffersFor } from './bank-offers';
import type { LeaseView, OpenChargeLine, PlannedRung } from './lease';
import { entriesOfLease, entryLines, whyOfCharges } from './lease-ledger';
import { leasePlan } from './lease-plan';
import { balanceWhy, feeTerms } from './lease-words';
import { carrierName, effectLine, leaseLine, receiptLine } from './lines';
import { offersFor } from './offers';
import { requestLines } from './requests';
import { residentPage } from './resident-page';
import type { Refusal } from './told';
import { moneyOf } from './words';

const PLANNED_DAYS = 30;
const PLANNED_MAX = 5;
const ROWS_MAX = 200;

/** `whole` reads the journal from its beginning. An unknown lease and one of another's property get the same answer. */
export function leaseView(
  app: App,
  { lease: id, whole = false }: { readonly lease: string; readonly whole?: boolean | undefined },
): LeaseView | Refusal {
  const loaded = loadBook(app.host);
  const place = placeFor(app, loaded.book, id);
  if (!place) return { refused: noLease(id) };
  return viewOf(app, loaded, place.lease, place.property, whole);
}

function viewOf(app: App, loaded: Loaded, lease: Lease, property: Property, whole: boolean): LeaseView {
  const { book } = loaded;
  const account = openAccount(book, runNow(app), lease, property);
  const { state, today } = account;
  const money = (cents: Parameters<typeof moneyOf>[0]) => moneyOf(cents, property.currency);
  const next = upcomingRent(account);
  const entries = entriesOfLease(app, loaded, lease, whole);
  const receipts = [...rowsOfLease(book.receipts, lease.id)].sort((a, b) => b.initiatedAt - a.initiatedAt);
  const silent = unreachable(book, lease);
  const plan = leasePlan(account);
  return {
    line: leaseLine(book, lease, property, standingToday(book, lease, property, today)),
    row: lease.row,
    asOf: today,
    address: property.address,
    rent: money(rateOn(termsOf(book, lease), RENT, today, lease.rentCents)),
    frequency: lease.frequency,
    start: lease.start,
    ...(lease.end ? { end: lease.end } : {}),
    ...(next ? { nextDue: { day: next.due, amount: money(next.amountCents) } } : {}),
    depositHeld: money(state.depositHeldCents),
    ahead: money(sum(state.unspent.map((each) => each.leftCents))),
    balanceWhy: balanceWhy(state, today, property.currency),
    open: openCharges(app, loaded, account, entries),
    processing: receiptLines(
      loaded,
      receipts.filter((row) => row.state === 'pending'),
    ),
    entries: entryLines(loaded, lease, entries),
    older: !whole && loaded.closedLeases.has(lease.id),
    receipts: receiptLines(loaded, receipts.slice(0, ROWS_MAX)),
    notices: { sent: noticesSent(app, loaded, lease), planned: plannedRungs(account) },
    contacts: {
      emails: lease.emails,
      phone: lease.phone,
      language: lease.language,
      notifyBy: lease.notifyBy,
      smsConsent: lease.smsConsent,
      ...numberOf(lease),
      marked: markedOf(app, loaded, lease),
      ...(silent === undefined ? {} : { unreachable: silent }),
    },
    page: residentPage(app, account),
    offers: offersFor(app, loaded, lease.id),
    banks: bankOffersFor(app, loaded, account),
    links: rowsOfLease(book.links, lease.id).map(({ platform, kind, externalId }) => ({ platform, kind, externalId })),
    terms: termsOf(book, lease).map((term) => ({
      type: term.type,
      amount: money(term.amountCents),
      from: term.from,
      ...(term.until ? { until: term.until } : {}),
      every: term.every,
      memo: term.memo,
    })),
    ...(lease.awaitsSignature
      ? { signature: 'awaited' as const }
      : lease.signedOn
        ? { signature: lease.signedOn }
        : {}),
    ...(lease.holdUntil ? { hold: lease.holdUntil } : {}),
    pauses: state.pauses.map(({ type, about }) => ({ type, ...(about ? { charge: about } : {}) })),
    ...(plan ? { plan } : {}),
    requests: requestLines(account),
    feeTerms: feeTerms(lease, property, next?.due ?? today),
    problems: problemsOfLease(loaded, lease),
    tasks: rowsOfLease(book.tasks, lease.id)
      .filter((task) => task.state === 'open')
      .map(({ key, title, detail, due }) => ({ key, title, detail, due })),
  };
}

const receiptLines = ({ book }: Loaded, rows: readonly ReceiptRow[]) => rows.map((row) => receiptLine(book, row));

function openCharges(
  app: App,
  loaded: Loaded,
  { state, today, property }: Account,
  entries: Parameters<typeof whyOfCharges>[2],
): readonly OpenChargeLine[] {
  const open = state.charges.filter((charge) => charge.openCents > 0);
  const why = whyOfCharges(
    app,
    loaded,
    entries,
    open.map((charge) => charge.key),
  );
  return open
    .map((charge) => ({
      key: charge.key,
      type: charge.type,
      due: charge.due,
      total: moneyOf(charge.totalCents, property.currency),
      open: moneyOf(charge.openCents, property.currency),
      daysLate: Math.max(0, daysBetween(charge.due, today)),
      why: why.get(charge.key) ?? '',
      disputed: isDisputedLine(state, charge),
    }))
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

function numberOf({ phone }: Lease): Pick<LeaseView['contacts'], 'number'> {
  const read = e164(phone);
  return 'number' in read ? { number: read.number } : {};
}

function markedOf(app: App, { book }: Loaded, lease: Lease): LeaseView['contacts']['marked'] {
  const phone = e164(lease.phone);
  const addresses = [
    ...lease.emails.map((address) => ['email', address] as const),
    ...('number' in phone ? [['sms', phone.number] as const] : []),
  ];
  return addresses.flatMap(([kind, address]) => {
    const row = contactOf(book.contacts ?? [], kind, address);
    if (!row || isGood(row)) return [];
    const { state, by, detail } = row;
    const since = localDay(row.since, book.settings.zone);
    return [{ kind, address, state, by: carrierName(app, by), detail, since, final: state === 'opted out' }];
  });
}

const TOLD = ['sent', 'scheduled', 'sending', 'failed', 'unsure', 'waiting for release'];

function noticesSent(app: App, { book, outbox }: Loaded, lease: Lease) {
  const run = runNow(app);
  return rowsOfLease(outbox, lease.id)
    .filter((row) => isMessage(row) && TOLD.includes(row.state) && !isInVain(book, run, row))
    .sort((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, ROWS_MAX)
    .map((row) => effectLine(app, book, row));
}

const plannedRungs = (account: Account): readonly PlannedRung[] =>
  rungsAhead(account, PLANNED_DAYS)
    .slice(0, PLANNED_MAX)
    .map(({ call: { rung }, on }) => ({
      rung: rung.name,
      on,
      channel: rung.channel,
      template: rung.template,
      task: rung.task,
      release: rung.release,
    }));

/** Of its own row, and of the rows of other tabs that name it. */
function problemsOfLease({ book }: Loaded, lease: Lease): readonly string[] {
  const rows = new Map([
    [LEASES.title, [lease.row]],
    [TERMS.title, termsOf(book, lease).map((term) => term.row)],
    [LINKS.title, rowsOfLease(book.links, lease.id).map((link) => link.row)],
  ]);
  const isMine = ({ tab, row }: Problem) => row !== undefined && rows.get(tab)?.includes(row) === true;
  return book.problems.filter(isMine).map(problemText);
}
