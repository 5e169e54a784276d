/** FreshBooks' chapter: clients pay online, a bookkeeper types and deletes, and the ledger keeps invoices, payments and credit in step. */
import * as people from '../../vendors/freshbooks/people';
import { ACCOUNT, CLIENT_ID, CLIENT_SECRET, type FreshbooksState, type Invoice } from '../../vendors/freshbooks/state';
import type { Chapter, Operation, Stage } from '../chapter';

const accountOf = (stage: Stage): FreshbooksState => stage.state<FreshbooksState>();

/** The invoice of a lease's rent for a month. */
function rentOf(stage: Stage, lease: string, month: string): Invoice {
  const found = accountOf(stage).invoices.find(
    (each) => each.po_number === lease && each.create_date.startsWith(month) && each.lines[0]?.name === 'rent',
  );
  if (!found) throw new Error(`FreshBooks has no invoice for the rent of ${lease} in ${month}.`);
  return found;
}

/** The network brings what FreshBooks has posted to the script's web address. */
function carryPosts(stage: Stage): void {
  for (const { uri, body } of people.takePosts(accountOf(stage)))
    stage.world.doPost({
      parameters: Object.fromEntries(new URL(uri).searchParams),
      body,
      type: 'application/x-www-form-urlencoded',
    });
}

function typed(stage: Stage, lease: string, month: string, amount: string, note: string): number {
  const { invoice_number: invoice } = rentOf(stage, lease, month);
  const id = people.typePayment(accountOf(stage), { invoice, amount, note }, stage.world.now);
  carryPosts(stage);
  return id;
}

function paidOnline(stage: Stage, lease: string, month: string, amount: string, type: string): number {
  const { invoice_number: invoice } = rentOf(stage, lease, month);
  const id = people.payOnline(accountOf(stage), { invoice, amount, type }, stage.world.now);
  carryPosts(stage);
  return id;
}

/** The manager does something in the sidebar: looks at what it would change, and confirms. */
function act(stage: Stage, wanted: Readonly<Record<string, unknown>>): void {
  const { version } = stage.ask<{ version: string }>('preview', { act: wanted });
  stage.ask('apply', { request: `freshbooks-${stage.day}-${wanted.kind}`, act: wanted, before: { version } });
}

interface Exported {
  readonly entries: readonly {
    readonly kind: string;
    readonly type: string;
    readonly key: string;
    readonly lease: string;
  }[];
  readonly receipts: readonly { readonly key: string; readonly reference: string; readonly lease: string | null }[];
}

const keyOf = (stage: Stage, lease: string, type: string): string =>
  stage
    .ask<Exported>('exportBook')
    .entries.filter((entry) => entry.lease === lease && entry.kind === 'charge' && entry.type === type)
    .at(-1)?.key ?? '';

function recordCheck(stage: Stage, lease: string, amount: string, reference: string): void {
  const request = `freshbooks-${stage.day}-${reference}`;
  stage.ask('recordOne', { request, lease, amount, method: 'check', reference, on: stage.day });
}

const LIVE = 'api.freshbooks.com';
const accounting = (name: string, method: string, noun: string, given: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^${LIVE}/accounting/account/${ACCOUNT}/${noun}$`),
  with: given,
});
const [INVOICES, PAYMENTS, CLIENTS] = ['invoices/invoices', 'payments/payments', 'users/clients'];

const operations: readonly Operation[] = [
  { name: 'code for tokens', method: 'POST', at: /oauth\/token$/, with: /authorization_code/ },
  { name: 'tokens renewed', method: 'POST', at: /oauth\/token$/, with: /"grant_type":"refresh_token"/ },
  { name: 'identity', method: 'GET', at: /users\/me$/ },
  accounting('client found', 'GET', CLIENTS, /note_like/),
  accounting('client made', 'POST', CLIENTS, /Rent Ledger lease/),
  accounting('invoice looked for by number', 'GET', INVOICES, /invoice_number/),
  accounting('invoice made', 'POST', INVOICES, /RL-/),
  accounting('invoice marked as sent', 'PUT', `${INVOICES}/\\d+`, /action_mark_as_sent/),
  accounting('invoice changed', 'PUT', `${INVOICES}/\\d+`, /due_offset_days/),
  accounting('invoice deleted', 'PUT', `${INVOICES}/\\d+`, /"vis_state":1/),
  accounting('payment looked for by number', 'GET', PAYMENTS, /notes/),
  accounting('payment made', 'POST', PAYMENTS, /"type":"Other"/),
  accounting('payment deleted', 'PUT', `${PAYMENTS}/\\d+`, /"vis_state":1/),
  accounting('credit made', 'POST', PAYMENTS, /"type":"Credit"/),
  accounting('payments changed since a day', 'GET', PAYMENTS, /updated_min/),
  accounting('deleted payments', 'GET', PAYMENTS, /updated_min.*vis_state|vis_state.*updated_min/),
  accounting('payments on their way', 'GET', PAYMENTS, /logids/),
  accounting('invoices of payments, in one list', 'GET', INVOICES, /invoiceids/),
  accounting('payment read again after a post', 'GET', `${PAYMENTS}/\\d+`, /^/),
  accounting('payments of an invoice after a post', 'GET', PAYMENTS, /invoiceid%5D/),
  accounting('invoices of a period', 'GET', INVOICES, /date_min/),
  accounting('payments of a period', 'GET', PAYMENTS, /date_min/),
  {
    name: 'callbacks listed',
    method: 'GET',
    at: new RegExp(`^${LIVE}/events/account/${ACCOUNT}/events/callbacks$`),
  },
  {
    name: 'callback registered',
    method: 'POST',
    at: new RegExp(`^${LIVE}/events/account/${ACCOUNT}/events/callbacks$`),
  },
  {
    name: 'callback verified',
    method: 'PUT',
    at: new RegExp(`^${LIVE}/events/account/${ACCOUNT}/events/callbacks/\\d+$`),
    with: /verifier/,
  },
];

const lease = (id: string, unit: string, residents: string, rent: string) => ({
  id,
  unit,
  residents,
  email: `${id.toLowerCase()}@example.com`,
  rent,
});

/** Ids of payments that a later day is about. */
const remembered = new WeakMap<FreshbooksState, Map<string, number>>();
function remember(stage: Stage, name: string, id: number): void {
  const state = accountOf(stage);
  remembered.set(state, (remembered.get(state) ?? new Map()).set(name, id));
}
const recalled = (stage: Stage, name: string): number => remembered.get(accountOf(stage))?.get(name) ?? 0;

export const chapter: Chapter = {
  platform: 'freshbooks',
  leases: [lease('FB-1', '7A', 'Gil Moreno', '1450.00'), lease('FB-2', '7B', 'Hana Sato', '1300.00')],
  connect: (stage) => stage.signIn({ FRESHBOOKS_CLIENT_ID: CLIENT_ID, FRESHBOOKS_CLIENT_SECRET: CLIENT_SECRET }),
  days: {
    // The ledger has registered its address; FreshBooks sends the verifier there.
    '2026-11-30': carryPosts,
    '2026-12-02': (stage) => void paidOnline(stage, 'FB-1', '2026-12', '1450.00', 'VISA'),
    '2026-12-03': (stage) => recordCheck(stage, 'FB-2', '1300.00', '1042'),
    // The check comes back.
    '2026-12-08': (stage) => {
      const receipt =
        stage.ask<Exported>('exportBook').receipts.find((row) => row.key.endsWith('check-1042'))?.key ?? '';
      act(stage, { kind: 'reverse', lease: 'FB-2', receipt, because: 'returned', reason: 'The bank returned it' });
    },
    '2026-12-09': (stage) => act(stage, { kind: 'credit', lease: 'FB-2', amount: '50.00', reason: 'Broken heater' }),
    '2026-12-11': (stage) => recordCheck(stage, 'FB-2', '1250.00', '1050'),
    '2026-12-14': (stage) =>
      act(stage, {
        kind: 'charge',
        lease: 'FB-1',
        type: 'parking',
        amount: '60.00',
        due: '2026-12-20',
        reason: 'Guest',
      }),
    '2026-12-15': (stage) =>
      act(stage, {
        kind: 'due',
        lease: 'FB-1',
        charge: keyOf(stage, 'FB-1', 'parking'),
        to: '2026-12-28',
        reason: 'Asked',
      }),
    '2026-12-16': (stage) =>
      act(stage, {
        kind: 'adjust',
        lease: 'FB-1',
        charge: keyOf(stage, 'FB-1', 'parking'),
        to: '0.00',
        reason: 'No guest came',
      }),
    '2027-01-04': (stage) => remember(stage, 'typo', typed(stage, 'FB-1', '2027-01', '145.00', 'check 88')),
    '2027-01-05': (stage) => {
      people.deletePayment(accountOf(stage), recalled(stage, 'typo'), stage.world.now);
      carryPosts(stage);
      typed(stage, 'FB-1', '2027-01', '1450.00', 'check 88');
    },
    '2027-01-06': (stage) => remember(stage, 'debit', paidOnline(stage, 'FB-2', '2027-01', '1300.00', 'ACH')),
    '2027-01-11': (stage) => people.clearDebit(accountOf(stage), recalled(stage, 'debit')),
    '2027-02-02': (stage) => void typed(stage, 'FB-1', '2027-02', '700.00', 'check 91'),
    '2027-02-03': (stage) => void paidOnline(stage, 'FB-2', '2027-02', '1300.00', 'MASTERCARD'),
    '2027-02-05': (stage) => void typed(stage, 'FB-1', '2027-02', '750.00', 'check 92'),
  },
  operations,
  totals(state: FreshbooksState) {
    const totals = new Map<string, number>();
    for (const { invoiceid, amount, note, type, vis_state, underWay } of state.payments) {
      const isMoney = vis_state === 0 && !underWay && type !== 'Credit' && !note.startsWith('RP-');
      const owner = state.invoices.find((each) => each.id === invoiceid)?.po_number;
      if (!isMoney || typeof owner !== 'string') continue;
      totals.set(owner, (totals.get(owner) ?? 0) + Math.round(Number(amount.amount) * 100));
    }
    return totals;
  },
};
