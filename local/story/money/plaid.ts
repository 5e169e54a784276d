/** Plaid's chapter: the landlord's own account is read, one resident is debited by ACH, one sends money, one pays by bank in pounds. */

import {
  authorisePlaidPayment,
  correctPlaidEntry,
  endPlaidConsent,
  linkPlaidBank,
  movePlaidPayment,
  movePlaidTransfer,
  receiveAtPlaidBank,
  refundPlaidTransfer,
  removePlaidEntry,
} from '../../vendors/people';
import type { PlaidState } from '../../vendors/plaid';
import type { Chapter, Operation, Stage } from '../chapter';
import { clicksOnPage } from '../resident-page';

const [ACH, WIRE, POUNDS] = ['PL-1', 'PL-2', 'PL-3'] as const;
const PAYER = 'Nora Fielding';

const plaid = (stage: Stage): PlaidState => stage.state<PlaidState>();

/** Somebody opens the page, links a bank, and is led back to our web address. */
function link(stage: Stage, args: Readonly<Record<string, string>>, account: string): void {
  const { open } = stage.ask<{ open: string }>('beginBankLink', { platform: 'plaid', ...args });
  const { back } = linkPlaidBank(plaid(stage), open, { account, mask: '4417', balance: 9000 }, stage.world.now);
  const page = stage.world.doGet(Object.fromEntries(new URL(back ?? '').searchParams));
  if (!/The bank is linked/.test(page.body)) throw new Error(page.body);
}

const itemOf = (stage: Stage): string => Object.keys(plaid(stage).items)[0] ?? '';

const newest = <T>(all: Readonly<Record<string, T>>): T => {
  const last = Object.values(all).pop();
  if (last === undefined) throw new Error('there is none yet');
  return last;
};

const debit = (stage: Stage): void => {
  stage.offer(ACH, 'transfer');
};
const move =
  (to: Parameters<typeof movePlaidTransfer>[2]) =>
  (stage: Stage): void =>
    movePlaidTransfer(plaid(stage), newest(plaid(stage).transfers).id, to, stage.world.now);

const sent = (stage: Stage, more: object = {}): string =>
  receiveAtPlaidBank(
    plaid(stage),
    itemOf(stage),
    { amountCents: 130_000, name: `Zelle from ${PAYER} unit 2 rent`, payer: PAYER, ...more },
    stage.world.now,
  );

const newestEntry = (stage: Stage): string => plaid(stage).items[itemOf(stage)]?.changes.slice(-1)[0]?.id ?? '';

const payPage = (stage: Stage): void => {
  const [, page = ''] = stage.offer(POUNDS, 'payLink').split(' ');
  authorisePlaidPayment(plaid(stage), page, stage.world.now);
};
const payment =
  (status: string) =>
  (stage: Stage): void =>
    movePlaidPayment(plaid(stage), newest(plaid(stage).payments).payment_id, status, stage.world.now);

/** Plaid tells our web address that something happened. */
function webhook(stage: Stage, body: object): void {
  const { query } = stage.ask<{ query: string }>('webhookAddress', { platform: 'plaid' });
  const parameters = Object.fromEntries(new URLSearchParams(query));
  stage.world.doPost({ parameters, body: JSON.stringify(body), type: 'application/json' });
}

const toldOfPayment = (stage: Stage): void =>
  webhook(stage, {
    webhook_type: 'PAYMENT_INITIATION',
    webhook_code: 'PAYMENT_STATUS_UPDATE',
    payment_id: newest(plaid(stage).payments).payment_id,
  });

const all =
  (...acts: readonly ((stage: Stage) => unknown)[]) =>
  (stage: Stage): void => {
    for (const act of acts) act(stage);
  };

const at = (name: string, path: string, withText?: RegExp): Operation => ({
  name,
  method: 'POST',
  at: new RegExp(`^sandbox\\.plaid\\.com${path}$`),
  ...(withText ? { with: withText } : {}),
});

export const chapter: Chapter = {
  platform: 'plaid',
  leases: [
    { id: ACH, unit: 'P1', residents: 'Anne Charleston', email: 'pl1@example.com', rent: '1450.00' },
    { id: WIRE, unit: '2', residents: PAYER, email: 'pl2@example.com', rent: '1300.00' },
    { id: POUNDS, unit: 'P3', residents: 'Imran Shah', email: 'pl3@example.com', rent: '950.00', currency: 'GBP' },
  ],
  connect(stage) {
    const { client_id, secrets } = plaid(stage);
    stage.connectKeys({
      PLAID_CLIENT_ID: client_id,
      PLAID_SECRET: secrets.sandbox ?? '',
      PLAID_MODE: 'sandbox',
      PLAID_COUNTRY: 'US',
      PLAID_RECIPIENT_NAME: 'Canal Wharf Ltd',
      PLAID_RECIPIENT_SORT_CODE: '20-00-00',
      PLAID_RECIPIENT_ACCOUNT: '55779911',
    });
    link(stage, { purpose: 'feed' }, 'Rent account');
  },
  days: {
    '2026-12-01': all(
      (stage) => sent(stage, { pending: true }),
      (stage) => link(stage, { purpose: 'pay', lease: ACH }, 'Checking'),
    ),
    '2026-12-02': all((stage) => sent(stage, { replaces: newestEntry(stage) }), debit, payPage),
    '2026-12-03': all(move('posted'), payment('EXECUTED'), toldOfPayment),
    '2026-12-04': all(move('settled'), (stage) =>
      webhook(stage, { webhook_type: 'TRANSFER', webhook_code: 'TRANSFER_EVENTS_UPDATE' }),
    ),
    '2026-12-09': move('funds_available'),
    // January and February are debited by themselves, for the bank is linked.
    '2027-01-02': all(sent, payPage),
    '2027-01-03': all(move('posted'), payment('FAILED'), toldOfPayment),
    '2027-01-04': all(move('settled'), (stage) => removePlaidEntry(plaid(stage), itemOf(stage), newestEntry(stage))),
    '2027-01-05': all(move('returned'), payPage),
    '2027-01-06': all(sent, payment('EXECUTED')),
    // What came back on the fifth was debited again on the eighth.
    '2027-01-11': (stage) =>
      webhook(stage, { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id: itemOf(stage) }),
    '2027-01-12': move('posted'),
    '2027-01-13': move('settled'),
    '2027-02-02': all(sent, payPage),
    '2027-02-03': all(move('posted'), payment('EXECUTED'), (stage) =>
      correctPlaidEntry(plaid(stage), itemOf(stage), newestEntry(stage), { name: `Zelle ${PAYER}, rent of February` }),
    ),
    '2027-02-04': all(move('settled'), (stage) => endPlaidConsent(plaid(stage), itemOf(stage))),
    '2027-02-05': (stage) => link(stage, { purpose: 'feed', item: itemOf(stage) }, 'Rent account'),
    '2027-02-09': all(move('funds_available'), (stage) =>
      refundPlaidTransfer(plaid(stage), newest(plaid(stage).transfers).id, 25_000, stage.world.now),
    ),
    '2027-02-20': (stage) => void clicksOnPage(stage, ACH, { act: 'autopayOff' }),
  },
  operations: [
    at('a page to link a bank', '/link/token/create', /transactions/),
    at('a page for a resident to link theirs', '/link/token/create', /"transfer"/),
    at('a page to pay on', '/link/token/create', /payment_initiation/),
    at('a page to renew a consent', '/link/token/create', /access_token/),
    at('how a page ended', '/link/token/get'),
    at('the secret of a bank', '/item/public_token/exchange'),
    at('a bank let go of', '/item/remove'),
    at('its accounts', '/accounts/get'),
    at('entries of the account', '/transactions/sync'),
    at('a debit judged', '/transfer/authorization/create'),
    at('a debit made', '/transfer/create'),
    at('transfer events', '/transfer/event/sync'),
    at('one transfer', '/transfer/get'),
    at('many transfers', '/transfer/list'),
    at('recipients', '/payment_initiation/recipient/list'),
    at('a recipient', '/payment_initiation/recipient/create'),
    at('a payment by bank', '/payment_initiation/payment/create'),
    at('payments by bank', '/payment_initiation/payment/list'),
    at('one payment by bank', '/payment_initiation/payment/get'),
  ],
  totals,
};

const GOOD = ['settled', 'funds_available'];
const EXECUTED = ['PAYMENT_STATUS_EXECUTED', 'PAYMENT_STATUS_SETTLED'];

/** Transfers by the lease that they carry, entries by their payer, and pounds, which only one lease pays. */
function totals(state: PlaidState): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (lease: string, amount: number) => found.set(lease, (found.get(lease) ?? 0) + Math.round(amount * 100));
  for (const transfer of Object.values(state.transfers)) {
    if (!GOOD.includes(transfer.status)) continue;
    add(transfer.metadata?.lease_id ?? '', Number(transfer.amount));
    for (const refund of transfer.refunds) add(transfer.metadata?.lease_id ?? '', -Number(refund.amount));
  }
  for (const item of Object.values(state.items)) {
    const entries = new Map(item.changes.map(({ id, entry }) => [id, entry]));
    for (const entry of entries.values())
      if (entry && !entry.pending && entry.payer === PAYER) add(WIRE, -entry.amount);
  }
  for (const { status, amount } of Object.values(state.payments))
    if (EXECUTED.includes(status)) add(POUNDS, amount.value);
  return found;
}
