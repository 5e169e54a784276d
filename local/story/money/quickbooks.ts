/** QuickBooks' chapter: charges, money and credit are kept in step there, and a bookkeeper types, corrects, voids and deletes payments. */
import { correctPayment, deleteTypedPayment, editInvoice, typePayment, voidTypedPayment } from '../../vendors/people';
import type { QuickbooksState } from '../../vendors/quickbooks';
import type { Chapter, Operation, Stage } from '../chapter';

const [ANN, BEA] = ['QB-1', 'QB-2'] as const;

const books = (stage: Stage): QuickbooksState => stage.state<QuickbooksState>();

type Thing = QuickbooksState['objects']['Invoice'][string];
const there = (stage: Stage, kind: 'Invoice' | 'Customer' | 'Payment'): readonly Thing[] =>
  Object.values(books(stage).objects[kind]);

const customerOf = (stage: Stage, lease: string): string =>
  String(there(stage, 'Customer').find((one) => String(one.Notes).endsWith(`: ${lease}`))?.DisplayName);

/** The number of the lease's newest invoice for this much. */
function billOf(stage: Stage, lease: string, amount: number): string {
  const name = customerOf(stage, lease);
  const bills = there(stage, 'Invoice').filter((one) => one.CustomerRef?.name === name && one.TotalAmt === amount);
  const last = bills[bills.length - 1];
  if (!last) throw new Error(`no invoice of ${amount} for ${lease}`);
  return String(last.DocNumber);
}

function typed(stage: Stage, lease: string, amountCents: number, more: object = {}): string {
  const payment = { customer: customerOf(stage, lease), amountCents, method: 'Check', reference: '1042', ...more };
  return typePayment(books(stage), payment, stage.world.now);
}

/** The payment that was typed last. */
const newest = (stage: Stage): string => {
  const all = there(stage, 'Payment').filter((one) => !/^R[PC]-/.test(String(one.PaymentRefNum)));
  return all[all.length - 1]?.Id ?? '';
};

// ---------------------------------------------------------------- the manager, in the sidebar

interface Line {
  readonly key: string;
  readonly type: string;
}

let asked = 0;
const request = (stage: Stage): string => `story-books-${stage.day.replace(/-/g, '')}-${++asked}`;

function act(stage: Stage, what: Readonly<Record<string, unknown>>): { readonly undo?: string } {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = stage.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  return stage.ask('apply', {
    request: request(stage),
    act: wanted,
    before: { version },
    ...(typeAmount ? { typed: typeAmount } : {}),
  });
}

function undo(stage: Stage, what: string): void {
  const { version } = stage.ask<{ version: string }>('previewUndo', { what });
  stage.ask('undo', { request: request(stage), what, reason: 'it was the wrong lease', before: { version } });
}

/** The key of a lease's open charge of that type. */
function chargeOf(stage: Stage, lease: string, type: string): string {
  const { open } = stage.ask<{ open: readonly Line[] }>('lease', { lease });
  const found = open.find((line) => line.type === type);
  if (!found) throw new Error(`no ${type} for ${lease}`);
  return found.key;
}

function recorded(stage: Stage, lease: string, amount: string, reference: string): void {
  stage.ask('recordOne', { request: request(stage), lease, amount, method: 'check', reference });
}

/**
 * QuickBooks tells our web address of a payment, in its old words or as a CloudEvent. Somebody has just read the platforms: a
 * web page cannot renew a token.
 */
function webhook(stage: Stage, body: unknown): void {
  stage.ask('startRun', { request: request(stage), job: 'poll' });
  const { query } = stage.ask<{ query: string }>('webhookAddress', { platform: 'quickbooks' });
  const parameters = Object.fromEntries(new URLSearchParams(query));
  stage.world.doPost({ parameters, body: JSON.stringify(body), type: 'application/json' });
}

const oldHint = (stage: Stage) => ({
  eventNotifications: [
    {
      realmId: books(stage).realm,
      dataChangeEvent: { entities: [{ name: 'Payment', id: newest(stage), operation: 'Create', lastUpdated: '' }] },
    },
  ],
});

const cloudHint = (stage: Stage) => [
  {
    specversion: '1.0',
    type: 'qbo.payment.created.v1',
    intuitentityid: newest(stage),
    intuitaccountid: books(stage).realm,
  },
];

let concession = '';

const all =
  (...acts: readonly ((stage: Stage) => unknown)[]) =>
  (stage: Stage): void => {
    for (const each of acts) each(stage);
  };

const HOST = 'sandbox-quickbooks\\.api\\.intuit\\.com/v3/company/\\d+';
const read = (name: string, path: string, text?: RegExp): Operation => ({
  name,
  method: 'GET',
  at: new RegExp(`^${HOST}/${path}$`),
  ...(text ? { with: text } : {}),
});
const write = (name: string, path: string, text: RegExp): Operation => ({
  name,
  method: 'POST',
  at: new RegExp(`^${HOST}/${path}$`),
  with: text,
});
const tokens = (name: string, grant: string): Operation => ({
  name,
  method: 'POST',
  at: /^oauth\.platform\.intuit\.com\/oauth2\/v1\/tokens\/bearer$/,
  with: new RegExp(`grant_type=${grant}`),
});

export const chapter: Chapter = {
  platform: 'quickbooks',
  leases: [
    { id: ANN, unit: 'Q1', residents: 'Ann Lee', email: 'qb1@example.com', rent: '1450.00' },
    { id: BEA, unit: 'Q2', residents: 'Bea Cole', email: 'qb2@example.com', rent: '1200.00' },
  ],
  connect(stage) {
    const [client] = books(stage).oauth.clients;
    stage.signIn({
      QUICKBOOKS_CLIENT_ID: client?.id ?? '',
      QUICKBOOKS_CLIENT_SECRET: client?.secret ?? '',
      QUICKBOOKS_MODE: 'sandbox',
      QUICKBOOKS_DEPOSIT_ACCOUNT: 'Checking',
    });
  },
  days: {
    '2026-12-02': all(
      (stage) => typed(stage, ANN, 100_000, { invoice: billOf(stage, ANN, 1450) }),
      (stage) => webhook(stage, oldHint(stage)),
    ),
    '2026-12-03': all(
      (stage) => correctPayment(books(stage), newest(stage), 110_000, stage.world.now),
      (stage) => recorded(stage, BEA, '500.00', '77'),
    ),
    '2026-12-04': (stage) => {
      concession = act(stage, { kind: 'credit', lease: BEA, amount: '50.00' }).undo ?? '';
    },
    '2026-12-05': all(
      (stage) => act(stage, { kind: 'charge', lease: ANN, type: 'parking', amount: '80.00', due: '2026-12-20' }),
      (stage) => act(stage, { kind: 'charge', lease: ANN, type: 'lost key', amount: '25.00', due: '2026-12-21' }),
    ),
    '2026-12-07': (stage) =>
      act(stage, {
        kind: 'reverse',
        lease: BEA,
        receipt: `manual:${BEA}:2026-12-03:check-77`,
        because: 'returned',
      }),
    '2026-12-08': all(
      (stage) => act(stage, { kind: 'due', lease: ANN, charge: chargeOf(stage, ANN, 'parking'), to: '2026-12-28' }),
      (stage) => act(stage, { kind: 'adjust', lease: ANN, charge: chargeOf(stage, ANN, 'lost key'), to: '0.00' }),
    ),
    '2026-12-09': (stage) => undo(stage, concession),
    '2026-12-15': (stage) =>
      editInvoice(books(stage), billOf(stage, ANN, 1450), { amountCents: 150_000 }, stage.world.now),
    '2026-12-17': (stage) => stage.ask('fixDifferences', { request: request(stage), platform: 'quickbooks' }),
    '2027-01-02': all(
      (stage) => typed(stage, ANN, 145_000, { invoice: billOf(stage, ANN, 1450) }),
      (stage) => webhook(stage, cloudHint(stage)),
    ),
    '2027-01-04': (stage) => voidTypedPayment(books(stage), newest(stage), stage.world.now),
    '2027-01-05': (stage) => typed(stage, ANN, 140_000, { invoice: billOf(stage, ANN, 1450), reference: '1051' }),
    '2027-01-10': (stage) => typed(stage, BEA, 120_000, { reference: '' }),
    '2027-02-03': (stage) => deleteTypedPayment(books(stage), newest(stage), stage.world.now),
    '2027-02-05': (stage) => recorded(stage, BEA, '1200.00', '91'),
  },
  operations: [
    tokens('a token for a code', 'authorization_code'),
    tokens('a token for a refresh token', 'refresh_token'),
    read('the company', 'companyinfo/\\d+'),
    read('its preferences', 'query', /from%20Preferences/),
    read('payments by the time of their change', 'query', /from%20Payment%20where%20TxnDate/),
    read('changes', 'cdc', /entities=Payment/),
    read('payments by id', 'query', /from%20Payment%20where%20Id/),
    read('their invoices', 'query', /from%20Invoice%20where%20Id/),
    read('their customers', 'query', /from%20Customer%20where%20Id/),
    read('methods of payment', 'query', /from%20PaymentMethod/),
    read('an invoice by its number', 'query', /from%20Invoice%20where%20DocNumber%20(=|%3D)/),
    read('a payment by its number', 'query', /from%20Payment%20where%20PaymentRefNum%20(=|%3D)/),
    read('a credit memo by its number', 'query', /from%20CreditMemo%20where%20DocNumber%20(=|%3D)/),
    read('a customer by the lease', 'query', /from%20Customer%20where%20DisplayName/),
    read('the item', 'query', /from%20Item/),
    read('the income account', 'query', /from%20Account%20where%20AccountType/),
    read('the account to deposit to', 'query', /from%20Account%20where%20Name/),
    read('our invoices of a period', 'query', /from%20Invoice%20where%20DocNumber%20like/),
    read('our payments of a period', 'query', /from%20Payment%20where%20PaymentRefNum%20like/),
    read('our credit memos of a period', 'query', /from%20CreditMemo%20where%20DocNumber%20like/),
    write('an item', 'item', /"IncomeAccountRef"/),
    write('a customer', 'customer', /"DisplayName"/),
    write('an invoice', 'invoice', /^(?!.*"SyncToken").*"DocNumber"/),
    write('another due date', 'invoice', /"SyncToken".*"DueDate"/),
    write('another amount', 'invoice', /"SyncToken".*"Line"/),
    write('an invoice voided', 'invoice', /operation=void/),
    write('a payment', 'payment', /^(?!.*"TotalAmt":0).*"PaymentRefNum"/),
    write('a payment voided', 'payment', /include=void/),
    write('a credit memo', 'creditmemo', /"DocNumber"/),
    write('credit put on an invoice', 'payment', /"TotalAmt":0/),
    write('a credit memo deleted', 'creditmemo', /operation=delete/),
  ],
  totals,
};

/** Payments that were typed there and stand, by the lease in the customer's notes. */
function totals(state: QuickbooksState): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const payment of Object.values(state.objects.Payment)) {
    if (/^R[PC]-/.test(String(payment.PaymentRefNum))) continue;
    const notes = String(state.objects.Customer[payment.CustomerRef?.value ?? '']?.Notes);
    const lease = notes.replace('Rent Ledger lease: ', '');
    found.set(lease, (found.get(lease) ?? 0) + Math.round((payment.TotalAmt ?? 0) * 100));
  }
  return found;
}
