/** Xero's chapter: charges, cash and waivers go into the books there, and a bookkeeper records rent, takes it out and edits an invoice. */
import { deleteXeroPayment, editXeroInvoice, recordXeroPayment, xeroTakings } from '../../vendors/people';
import type { XeroState } from '../../vendors/xero';
import type { Chapter, Operation, Stage } from '../chapter';
import { unmirrored } from '../unmirrored';

const [TYPED, CASH] = ['XR-1', 'XR-2'] as const;

interface Applied {
  readonly keys: readonly string[];
  readonly undo?: string;
}

const books = (stage: Stage) => stage.state<XeroState>().tenants[0]!;
/** What the chapter must remember from one day to another, per world. */
const remembered = new WeakMap<object, Map<string, string>>();

function memory(stage: Stage): Map<string, string> {
  const known = remembered.get(stage.world) ?? new Map<string, string>();
  remembered.set(stage.world, known);
  return known;
}

function recall(stage: Stage, name: string): string {
  const found = memory(stage).get(name);
  if (found === undefined) throw new Error(`nobody has noted the ${name}`);
  return found;
}

/** Our invoice of the lease's rent in the month of that day, which must be there by now. */
function rentInvoice(stage: Stage, lease: string): string {
  const { contacts, invoices } = books(stage);
  const contact = contacts.find((one) => one.number === lease)?.id;
  const month = stage.day.slice(0, 7);
  const found = invoices.find((one) => one.contact === contact && one.due.startsWith(month) && one.status !== 'VOIDED');
  if (!found) throw new Error(`Xero has no invoice of ${lease} for ${month}`);
  return found.number;
}

/** The bookkeeper finds the rent on the bank's statement and types it. */
function typesRent(stage: Stage): void {
  const invoice = rentInvoice(stage, TYPED);
  const wanted = { invoice, day: stage.day, reference: 'bank transfer' };
  memory(stage).set('payment', recordXeroPayment(stage.state<XeroState>(), wanted, stage.world.now));
}

const takesOut = (stage: Stage): void =>
  deleteXeroPayment(stage.state<XeroState>(), recall(stage, 'payment'), stage.world.now);

const request = (stage: Stage, what: string): string => `xero-${what}-${stage.day.replace(/-/g, '')}`;

/** The landlord takes money at the door, or an order from the bank. */
function pays(stage: Stage, method: string, reference: string): void {
  const payment = { lease: CASH, amount: '980.00', method, reference, on: stage.day };
  const told = stage.ask<Applied>('recordOne', { request: request(stage, 'record'), ...payment });
  memory(stage).set('record', told.undo ?? '');
}

/** An act of the owner on a lease, looked at first. */
function acts(stage: Stage, name: string, act: Readonly<Record<string, unknown>>): void {
  const { version } = stage.ask<{ version: string }>('preview', { act });
  const told = stage.ask<Applied>('apply', { request: request(stage, name), act, before: { version } });
  memory(stage).set(name, told.undo ?? '');
  memory(stage).set(`${name} key`, told.keys[0] ?? '');
}

function undoes(stage: Stage, name: string): void {
  const what = recall(stage, name);
  const { version } = stage.ask<{ version: string }>('previewUndo', { what });
  stage.ask('undo', {
    request: request(stage, `undo-${name}`),
    what,
    reason: 'a slip of the pen',
    before: { version },
  });
}

const api = (path: string): RegExp => new RegExp(`^api\\.xero\\.com/api\\.xro/2\\.0/${path}$`);
const ID = '[0-9a-f-]{36}';

const operations: readonly Operation[] = [
  { name: 'sign in', method: 'POST', at: /^identity\.xero\.com\/connect\/token$/, with: /authorization_code/ },
  { name: 'renew the sign-in', method: 'POST', at: /^identity\.xero\.com\/connect\/token$/, with: /refresh_token/ },
  { name: 'find the organisation', method: 'GET', at: /^api\.xero\.com\/connections$/ },
  { name: 'read the organisation', method: 'GET', at: api('Organisation') },
  { name: 'read the accounts', method: 'GET', at: api('Accounts') },
  { name: 'find a contact', method: 'GET', at: api('Contacts') },
  { name: 'make a contact', method: 'PUT', at: api('Contacts') },
  { name: 'find an invoice', method: 'GET', at: api('Invoices'), with: /InvoiceNumbers=/ },
  { name: 'write an invoice', method: 'PUT', at: api('Invoices') },
  { name: 'write one under its next number', method: 'PUT', at: api('Invoices'), with: /RL-\w{10}-2/ },
  { name: 'change an invoice', method: 'POST', at: api(`Invoices/${ID}`), with: /AUTHORISED/ },
  { name: 'void an invoice', method: 'POST', at: api(`Invoices/${ID}`), with: /VOIDED/ },
  { name: 'find a payment', method: 'GET', at: api('Payments'), with: /Reference/ },
  { name: 'record a payment', method: 'PUT', at: api('Payments') },
  { name: 'delete a payment', method: 'POST', at: api(`Payments/${ID}`) },
  { name: 'read payments', method: 'GET', at: api('Payments'), with: /UpdatedDateUTC/ },
  { name: 'write a credit note', method: 'PUT', at: api('CreditNotes') },
  { name: 'allocate a credit note', method: 'PUT', at: api(`CreditNotes/${ID}/Allocations`) },
  { name: 'take the allocation off', method: 'DELETE', at: api(`CreditNotes/${ID}/Allocations/${ID}`) },
  { name: 'void a credit note', method: 'POST', at: api(`CreditNotes/${ID}`), with: /VOIDED/ },
  { name: 'set up a repeating invoice', method: 'PUT', at: api('RepeatingInvoices') },
  { name: 'read a repeating invoice', method: 'GET', at: api(`RepeatingInvoices/${ID}`) },
  { name: 'end a repeating invoice', method: 'POST', at: api(`RepeatingInvoices/${ID}`) },
  { name: 'compare invoices', method: 'GET', at: api('Invoices'), with: /DueDate/ },
  { name: 'compare credit notes', method: 'GET', at: api('CreditNotes'), with: /ACCRECCREDIT/ },
];

export const chapter: Chapter = {
  platform: 'xero',
  leases: [
    { id: TYPED, unit: 'X1', residents: 'Mira Stone', email: 'mira.stone@example.com', rent: '1450.00' },
    { id: CASH, unit: 'X2', residents: 'Otto Lind', email: 'otto.lind@example.com', rent: '980.00' },
  ],
  connect(stage) {
    const [client] = stage.state<XeroState>().oauth.clients;
    stage.signIn({
      XERO_CLIENT_ID: client!.id,
      XERO_CLIENT_SECRET: client!.secret,
      XERO_INCOME_ACCOUNT: '200',
      XERO_BANK_ACCOUNT: '090',
    });
  },
  days: {
    // The cheque bounces, and the rent comes as a transfer a day later.
    '2026-12-02': typesRent,
    '2026-12-03': (stage) => pays(stage, 'cash', ''),
    '2026-12-04': takesOut,
    '2026-12-05': (stage) => {
      typesRent(stage);
      undoes(stage, 'record');
    },
    '2026-12-06': (stage) => pays(stage, 'bank transfer', 'TR-77'),
    // A charge that was not due after all, and was.
    '2026-12-14': (stage) =>
      acts(stage, 'charge', {
        kind: 'charge',
        lease: CASH,
        type: 'key replacement',
        amount: '25.00',
        due: '2026-12-28',
        reason: 'lost',
      }),
    '2026-12-15': (stage) => {
      const charge = recall(stage, 'charge key');
      acts(stage, 'due', { kind: 'due', lease: CASH, charge, to: '2026-12-22', reason: 'agreed' });
    },
    '2026-12-16': (stage) => {
      const charge = recall(stage, 'charge key');
      acts(stage, 'adjust', { kind: 'adjust', lease: CASH, charge, to: '0', reason: 'the key was found' });
    },
    '2026-12-17': (stage) => undoes(stage, 'adjust'),
    // What the books there have not followed shows in the comparison, and is told again.
    '2026-12-23': (stage) => stage.ask('fixDifferences', { request: request(stage, 'fix'), platform: 'xero' }),
    '2026-12-24': (stage) => {
      const charge = recall(stage, 'charge key');
      acts(stage, 'forgive', { kind: 'waive', lease: CASH, charge, reason: 'goodwill' });
    },
    '2027-01-02': (stage) => {
      const charge = `rent:${TYPED}:2027-01`;
      acts(stage, 'waive', { kind: 'waive', lease: TYPED, charge, amount: '50.00', reason: 'the heater was broken' });
    },
    '2027-01-03': (stage) => undoes(stage, 'waive'),
    '2027-01-04': (stage) => {
      typesRent(stage);
      pays(stage, 'check', '1041');
    },
    '2027-01-10': unmirrored('xero', (stage) => stage.offer(CASH, 'repeat')),
    '2027-01-20': (stage) => {
      stage.offer(CASH, 'unrepeat');
    },
    // The bookkeeper moves a due date in the books; the ledger goes by its own.
    '2027-02-02': (stage) =>
      editXeroInvoice(stage.state<XeroState>(), rentInvoice(stage, CASH), { due: '2027-02-10' }, stage.world.now),
    '2027-02-03': (stage) => {
      typesRent(stage);
      pays(stage, 'check', '1042');
    },
  },
  operations,
  totals: (state: XeroState) => xeroTakings(state, 'RP-'),
};
