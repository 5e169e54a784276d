/** Zoho Books' chapter: the ledger keeps its books there, a bookkeeper types, deletes and refunds, and Zoho bills one rent itself. */
import {
  zohoBookkeeperDeletes,
  zohoBookkeeperRefunds,
  zohoBookkeeperTypes,
  zohoBookkeeperTypesAdvance,
  zohoResidentPays,
  zohoWorkflowPosts,
} from '../../vendors/people';
import type { ZohoState } from '../../vendors/zoho-books';
import { type Books, CLIENT, DEPOSIT_ACCOUNT, type Invoice, ITEM, ORGANIZATION } from '../../vendors/zoho-books/state';
import type { Chapter, Operation, Stage } from '../chapter';
import { unmirrored } from '../unmirrored';

const [ANN, BEA, CAL] = ['ZB-1', 'ZB-2', 'ZB-3'] as const;

const account = (stage: Stage): ZohoState => stage.state<ZohoState>();
const booksIn = (state: ZohoState): Books => state.books[ORGANIZATION] as Books;
const now = (stage: Stage): number => stage.world.now;

const LEASE = /^Lease (.+)$/;

/** The number of the lease's newest invoice for this much. */
function billOf(stage: Stage, lease: string, amount: number): string {
  const charged = ({ lines }: Invoice): number => lines.reduce((all, line) => all + line.rate * line.quantity, 0);
  const bills = Object.values(booksIn(account(stage)).invoices)
    .filter((invoice) => LEASE.exec(invoice.reference)?.[1] === lease && charged(invoice) === amount)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const last = bills.at(-1);
  if (!last) throw new Error(`no invoice of ${amount} for ${lease}`);
  return last.number;
}

/** The payment that was typed last. */
const newest = (stage: Stage): string =>
  Object.values(booksIn(account(stage)).payments)
    .filter((payment) => !/^RP-/.test(payment.reference))
    .map((payment) => payment.id)
    .sort()
    .at(-1) ?? '';

const customerOf = (stage: Stage, lease: string): string =>
  Object.values(booksIn(account(stage)).contacts).find((each) => each.name.endsWith(`(${lease})`))?.name ?? '';

const typed = (stage: Stage, lease: string, amount: number, amountCents: number): string =>
  zohoBookkeeperTypes(
    account(stage),
    { invoice: billOf(stage, lease, amount), amountCents, reference: 'check 1042' },
    now(stage),
  );

// ---------------------------------------------------------------- the manager, in the sidebar

interface Line {
  readonly key: string;
  readonly type: string;
}

let asked = 0;
const request = (stage: Stage): string => `story-zoho-${stage.day.replace(/-/g, '')}-${++asked}`;

function act(stage: Stage, what: Readonly<Record<string, unknown>>): string {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = stage.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  const applied = stage.ask<{ undo?: string }>('apply', {
    request: request(stage),
    act: wanted,
    before: { version },
    ...(typeAmount ? { typed: typeAmount } : {}),
  });
  return applied.undo ?? '';
}

function undo(stage: Stage, what: string): void {
  const { version } = stage.ask<{ version: string }>('previewUndo', { what });
  stage.ask('undo', { request: request(stage), what, reason: 'it was the wrong lease', before: { version } });
}

function chargeOf(stage: Stage, lease: string, type: string): string {
  const { open } = stage.ask<{ open: readonly Line[] }>('lease', { lease });
  const found = open.find((line) => line.type === type);
  if (!found) throw new Error(`no ${type} for ${lease}`);
  return found.key;
}

const charge = (stage: Stage, lease: string, type: string, amount: string, due: string): string =>
  act(stage, { kind: 'charge', lease, type, amount, due });

const recorded = (stage: Stage, lease: string, amount: string, reference: string): unknown =>
  stage.ask('recordOne', { request: request(stage), lease, amount, method: 'check', reference });

/** The rule in Zoho Books posts to our web address. Somebody has just read the platforms: a web page cannot renew a token. */
function ruleRuns(stage: Stage, invoice: string): void {
  stage.ask('startRun', { request: request(stage), job: 'poll' });
  const { query } = stage.ask<{ query: string }>('webhookAddress', { platform: 'zoho-books' });
  const parameters = Object.fromEntries(new URLSearchParams(query));
  stage.world.doPost({
    parameters,
    body: zohoWorkflowPosts(account(stage), invoice, now(stage)),
    type: 'application/json',
  });
}

const signedIn = (stage: Stage, send: string): void =>
  stage.signIn({
    ZOHO_CLIENT_ID: CLIENT.id,
    ZOHO_CLIENT_SECRET: CLIENT.secret,
    ZOHO_DATA_CENTRE: 'US',
    ZOHO_ORGANIZATION: ORGANIZATION,
    ZOHO_PLAN: 'Free',
    ZOHO_SEND: send,
    ZOHO_ITEM: ITEM,
    ZOHO_DEPOSIT_ACCOUNT: DEPOSIT_ACCOUNT,
  });

let lostKey = '';

const all =
  (...acts: readonly ((stage: Stage) => unknown)[]) =>
  (stage: Stage): void => {
    for (const each of acts) each(stage);
  };

/** Zoho has mixed up 420.00 of a cheque with the rent: 80.00 of it was for parking. */
const movedToParking = (stage: Stage): string =>
  act(stage, {
    kind: 'reallocate',
    lease: BEA,
    receipt: `manual:${BEA}:2026-12-03:check-77`,
    parts: [
      { charge: chargeOf(stage, BEA, 'rent'), amount: '420.00' },
      { charge: chargeOf(stage, BEA, 'parking'), amount: '80.00' },
    ],
  });

// ---------------------------------------------------------------- what must have been seen

const API = 'www\\.zohoapis\\.com/books/v3';
const call = (name: string, method: string, path: string, text?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^${API}${path}$`),
  ...(text ? { with: text } : {}),
});
const tokens = (name: string, grant: string): Operation => ({
  name,
  method: 'POST',
  at: /^accounts\.zoho\.com\/oauth\/v2\/token$/,
  with: new RegExp(`grant_type=${grant}`),
});

export const chapter: Chapter = {
  platform: 'zoho-books',
  leases: [
    { id: ANN, unit: 'Z1', residents: 'Ann Ito', email: 'zb1@example.com', rent: '1450.00' },
    { id: BEA, unit: 'Z2', residents: 'Bea Mora', email: 'zb2@example.com', rent: '1200.00' },
    { id: CAL, unit: 'Z3', residents: 'Cal Dunn', email: 'zb3@example.com', rent: '610.00', frequency: 'fortnightly' },
  ],
  connect: (stage) => signedIn(stage, 'email'),
  days: {
    '2026-12-02': all(
      (stage) => zohoResidentPays(account(stage), billOf(stage, ANN, 1450), now(stage)),
      (stage) => ruleRuns(stage, billOf(stage, ANN, 1450)),
    ),
    '2026-12-03': (stage) => recorded(stage, BEA, '500.00', '77'),
    '2026-12-04': (stage) => act(stage, { kind: 'credit', lease: BEA, amount: '50.00' }),
    '2026-12-05': all(
      (stage) => charge(stage, BEA, 'parking', '80.00', '2026-12-20'),
      (stage) => charge(stage, ANN, 'storage', '90.00', '2026-12-20'),
      (stage) => charge(stage, ANN, 'lost key', '25.00', '2026-12-21'),
    ),
    '2026-12-06': movedToParking,
    '2026-12-08': all(
      (stage) => act(stage, { kind: 'due', lease: ANN, charge: chargeOf(stage, ANN, 'storage'), to: '2026-12-28' }),
      (stage) => {
        const lost = chargeOf(stage, ANN, 'lost key');
        lostKey = act(stage, { kind: 'adjust', lease: ANN, charge: lost, to: '0.00' });
      },
    ),
    '2026-12-09': (stage) => undo(stage, lostKey),
    '2026-12-10': (stage) => typed(stage, BEA, 1200, 40_000),
    '2026-12-11': (stage) => zohoBookkeeperDeletes(account(stage), newest(stage), now(stage)),
    '2026-12-12': (stage) => typed(stage, ANN, 90, 20_000),
    '2026-12-13': (stage) => zohoBookkeeperRefunds(account(stage), newest(stage), 5000, now(stage)),
    '2026-12-15': unmirrored('zoho-books', (stage) => stage.offer(CAL, 'repeat')),
    '2026-12-16': (stage) => act(stage, { kind: 'rent', lease: CAL, amount: '640.00', from: '2026-12-28' }),
    '2026-12-17': unmirrored('zoho-books', (stage) => stage.offer(CAL, 'repeat')),
    '2026-12-18': (stage) =>
      act(stage, {
        kind: 'reverse',
        lease: BEA,
        receipt: `manual:${BEA}:2026-12-03:check-77`,
        because: 'returned',
      }),
    '2026-12-29': all(
      (stage) => zohoResidentPays(account(stage), billOf(stage, CAL, 640), now(stage)),
      (stage) => stage.offer(CAL, 'unrepeat'),
    ),
    '2027-01-04': (stage) => zohoBookkeeperTypesAdvance(account(stage), customerOf(stage, BEA), 120_000, now(stage)),
    '2027-01-05': (stage) => zohoResidentPays(account(stage), billOf(stage, ANN, 1450), now(stage)),
    '2027-01-20': (stage) => signedIn(stage, 'mark sent'),
    '2027-01-25': unmirrored('zoho-books', (stage) => stage.offer(CAL, 'repeat')),
    '2027-02-03': (stage) => typed(stage, ANN, 1450, 145_000),
    '2027-02-04': (stage) => recorded(stage, BEA, '1200.00', '91'),
  },
  operations: [
    tokens('a token for a code', 'authorization_code'),
    tokens('a token for a refresh token', 'refresh_token'),
    call('organisations', 'GET', '/organizations'),
    call('a contact by its name', 'GET', '/contacts', /contact_name=/),
    call('a contact', 'POST', '/contacts'),
    call('changed invoices', 'GET', '/invoices', /last_modified_time=/),
    call('an invoice by its number', 'GET', '/invoices', /invoice_number=RL-/),
    call('an invoice whole', 'GET', '/invoices/\\d+'),
    call('a new invoice', 'POST', '/invoices', /ignore_auto_number_generation=true/),
    call('an invoice with a new due date', 'PUT', '/invoices/\\d+', /"due_date"/),
    call('a credit', 'PUT', '/invoices/\\d+', /"adjustment_description":"RC-/),
    call('an invoice by mail', 'POST', '/invoices/\\d+/email'),
    call('an invoice marked sent', 'POST', '/invoices/\\d+/status/sent'),
    call('an invoice voided', 'POST', '/invoices/\\d+/status/void'),
    call('an invoice opened again', 'POST', '/invoices/\\d+/status/draft'),
    call('the payments of an invoice', 'GET', '/invoices/\\d+/payments'),
    call('all payments, once a day', 'GET', '/customerpayments', /per_page=200/),
    call('a payment by its number', 'GET', '/customerpayments', /reference_number=RP-/),
    call('a payment whole', 'GET', '/customerpayments/\\d+'),
    call('its refunds', 'GET', '/customerpayments/\\d+/refunds'),
    call('a new payment', 'POST', '/customerpayments'),
    call('a payment with another amount', 'PUT', '/customerpayments/\\d+'),
    call('a payment taken out', 'DELETE', '/customerpayments/\\d+'),
    call('a recurring invoice by its name', 'GET', '/recurringinvoices', /recurrence_name=/),
    call('a recurring invoice whole', 'GET', '/recurringinvoices/\\d+'),
    call('a new recurring invoice', 'POST', '/recurringinvoices'),
    call('a recurring invoice with a new rent', 'PUT', '/recurringinvoices/\\d+'),
    call('a recurring invoice stopped', 'POST', '/recurringinvoices/\\d+/status/stop'),
    call('a recurring invoice resumed', 'POST', '/recurringinvoices/\\d+/status/resume'),
  ],
  totals(state: never) {
    const books = booksIn(state as ZohoState);
    const totals = new Map<string, number>();
    for (const payment of Object.values(books.payments)) {
      if (/^RP-/.test(payment.reference)) continue;
      const [first] = payment.applied;
      const billed = first && LEASE.exec(books.invoices[first.invoice]?.reference ?? '')?.[1];
      const lease = billed ?? /\((.+)\)$/.exec(books.contacts[payment.customer]?.name ?? '')?.[1] ?? '';
      const refunded = payment.refunds.reduce((sum, refund) => sum + refund.amount, 0);
      totals.set(lease, (totals.get(lease) ?? 0) + Math.round((payment.amount - refunded) * 100));
    }
    return totals;
  },
};
