/** Stripe's chapter: autopay by card and bank account, pay pages, lasting links, refunds, disputes and a debit that comes back late. */
import type { StripeObject, StripeState } from '../../vendors/stripe';
import { payOut } from '../../vendors/stripe/payouts';
import {
  disputePayment,
  methodTurns,
  moveDispute,
  payByLink,
  payCheckout,
  refundPayment,
} from '../../vendors/stripe/people';
import type { Chapter, Operation, Stage, StoryLease } from '../chapter';
import { clicksOnPage, holds } from '../resident-page';

const lease = (id: string, unit: string, residents: string, rent: string): StoryLease => ({
  id,
  unit,
  residents,
  email: `${id.toLowerCase()}@example.com`,
  rent,
});

const LEASES = [
  lease('ST-1', '1A', 'Ada Park', '1450.00'),
  lease('ST-2', '1B', 'Ben Ortiz', '1200.00'),
  lease('ST-3', '2A', 'Cleo Wong', '1310.50'),
  lease('ST-4', '2B', 'Dev Shah', '990.00'),
];

const accountOf = (stage: Stage): StripeState => stage.state<StripeState>();
const all = (state: StripeState, kind: string): readonly StripeObject[] => Object.values(state.objects[kind] ?? {});
const sessionIn = (ref: string): string => /cs_test_\w+/.exec(ref)?.[0] ?? '';

/** The resident opens the page that the ledger had made, and fills it in. */
function fillIn(stage: Stage, id: string, kind: 'payLink' | 'setup', method: string): void {
  const session = sessionIn(stage.offer(id, kind));
  const said = payCheckout(accountOf(stage), session, method, stage.world.now);
  if (!said.startsWith('complete')) throw new Error(`${id}, ${kind}: ${said}`);
}

function setUpAutopay(stage: Stage, id: string, method: string): void {
  fillIn(stage, id, 'setup', method);
  stage.offer(id, 'adopt');
}

/** The payments of a lease that went through, newest last. */
const paidBy = (state: StripeState, id: string): readonly StripeObject[] =>
  all(state, 'payment_intent').filter((one) => one.metadata?.lease_id === id && one.status === 'succeeded');
const lastPaid = (stage: Stage, id: string): string => paidBy(accountOf(stage), id).slice(-1)[0]?.id ?? '';

/** The lasting link that is open for the lease is paid on. */
function payOnLink(stage: Stage, id: string, method: string): void {
  const link = all(accountOf(stage), 'payment_link').find((one) => one.active && one.metadata?.lease_id === id);
  const said = payByLink(accountOf(stage), link?.id ?? '', method, stage.world.now);
  if (!said.startsWith('pi_')) throw new Error(`${id}: ${said}`);
}

function savedMethodTurns(stage: Stage, id: string, into: string): void {
  const state = accountOf(stage);
  const setup = all(state, 'setup_intent').find((one) => one.metadata?.lease_id === id && one.status === 'succeeded');
  methodTurns(state, String(setup?.payment_method), into);
}

/** Somebody pays by card reader or invoice at Stripe: a charge of its own, which names no lease but a known customer. */
function payAtTheDesk(stage: Stage, id: string, amount: number): void {
  const state = accountOf(stage);
  const customer = all(state, 'customer').find((one) => one.metadata?.lease_id === id)?.id;
  const body = new URLSearchParams({
    amount: String(amount),
    currency: 'usd',
    customer: String(customer),
    payment_method: 'pm_card_visa',
    confirm: 'true',
    'allowed_payment_method_types[0]': 'card',
  }).toString();
  const headers = {
    authorization: `Bearer ${state.keys[0]?.key}`,
    'content-type': 'application/x-www-form-urlencoded',
  };
  const url = 'https://api.stripe.com/v1/payment_intents';
  const { status } = stage.atVendor({ method: 'POST', url, headers, body });
  if (status !== 200) throw new Error(`${id}: the desk's payment was refused (${status})`);
}

/** A webhook tells of the lease's last payment; the ledger asks Stripe itself. */
function hint(stage: Stage, id: string): void {
  const query = stage.ask<{ query: string }>('webhookAddress', { platform: 'stripe' }).query;
  const intent = lastPaid(stage, id);
  const events = all(accountOf(stage), 'event').filter((one) => one.type === 'payment_intent.succeeded');
  const event = events.find((one) => (one.data as { object: { id: string } }).object.id === intent);
  stage.world.doPost({
    parameters: { platform: 'stripe', key: new URLSearchParams(query).get('key') ?? '' },
    body: JSON.stringify(event),
    type: 'application/json',
  });
}

const DAYS: Chapter['days'] = {
  '2026-12-01': (stage) => {
    setUpAutopay(stage, 'ST-1', 'pm_card_visa');
    setUpAutopay(stage, 'ST-2', 'pm_usBankAccount_success');
  },
  '2026-12-02': (stage) => {
    fillIn(stage, 'ST-3', 'payLink', 'pm_card_visa');
    fillIn(stage, 'ST-4', 'payLink', 'pm_usBankAccount_dispute');
    hint(stage, 'ST-3');
  },
  '2026-12-10': (stage) => {
    refundPayment(accountOf(stage), lastPaid(stage, 'ST-3'), stage.world.now, 10_000);
    payOut(accountOf(stage), stage.world.now);
  },
  // The bank has taken ST-4's debit back by now: it is paid again by card.
  '2026-12-18': (stage) => {
    stage.offer('ST-4', 'payLink');
    fillIn(stage, 'ST-4', 'payLink', 'pm_card_visa');
  },
  // The other page for the same debt is open no more.
  '2026-12-19': (stage) => {
    const pages = all(accountOf(stage), 'checkout.session').filter((one) => one.metadata?.lease_id === 'ST-4');
    const ends = pages.map((one) => String(one.status));
    holds(stage, !ends.includes('open') && ends.includes('expired'), `each page of ST-4 is over (${ends})`);
  },
  '2026-12-28': (stage) => {
    stage.offer('ST-3', 'paymentLink');
    savedMethodTurns(stage, 'ST-2', 'pm_usBankAccount_insufficientFunds');
  },
  '2027-01-02': (stage) => {
    payOnLink(stage, 'ST-3', 'pm_card_visa');
    fillIn(stage, 'ST-4', 'payLink', 'pm_card_visa');
  },
  '2027-01-05': (stage) => {
    disputePayment(accountOf(stage), lastPaid(stage, 'ST-3'), stage.world.now);
  },
  // The first debit came back; the one of the eighth finds money.
  '2027-01-08': (stage) => savedMethodTurns(stage, 'ST-2', 'pm_usBankAccount_success'),
  '2027-01-20': (stage) => {
    const [dispute] = all(accountOf(stage), 'dispute').filter((one) => one.status === 'needs_response');
    moveDispute(accountOf(stage), dispute?.id ?? '', 'won', stage.world.now);
    stage.offer('ST-3', 'paymentLink');
  },
  // Nobody answers at Stripe when the rent of February is due: what was asked for is looked for before it is asked for again.
  '2027-01-31': ({ world }) => world.faults.atVendor({ vendor: 'stripe', what: 'timeout', when: 'always' }),
  '2027-02-01': ({ world }) => world.faults.clear('stripe'),
  '2027-02-02': (stage) => {
    payOnLink(stage, 'ST-3', 'pm_card_visa');
    payAtTheDesk(stage, 'ST-2', 5000);
  },
  '2027-02-05': (stage) => {
    disputePayment(accountOf(stage), lastPaid(stage, 'ST-3'), stage.world.now);
  },
  '2027-02-12': (stage) => {
    const [dispute] = all(accountOf(stage), 'dispute').filter((one) => one.status === 'needs_response');
    moveDispute(accountOf(stage), dispute?.id ?? '', 'lost', stage.world.now);
  },
  '2027-02-20': (stage) => {
    clicksOnPage(stage, 'ST-1', { act: 'autopayOff' });
  },
};

const at = (path: string): RegExp => new RegExp(`^api\\.stripe\\.com/v1/${path}$`);
const read = (name: string, path: string, more?: RegExp): Operation => ({
  name,
  method: 'GET',
  at: at(path),
  ...(more ? { with: more } : {}),
});
const write = (name: string, path: string, more?: RegExp): Operation => ({
  ...read(name, path, more),
  method: 'POST',
});

const OPERATIONS: readonly Operation[] = [
  read('test call', 'balance'),
  read('payments: events since the last one', 'events', /ending_before/),
  read('payments: first read', 'payment_intents', /latest_charge/),
  read('payments: charges of their own', 'charges'),
  read('payments: one again', 'payment_intents/pi_\\w+'),
  read('payments: refunds of one', 'refunds', /payment_intent/),
  read('payments: disputes of one', 'disputes', /payment_intent/),
  read('payments: the payer’s address', 'customers/cus_\\w+'),
  read('a hint: the event it names', 'events/evt_\\w+'),
  write('autopay', 'payment_intents', /off_session=true/),
  write('autopay by bank debit', 'payment_intents', /us_bank_account/),
  read('autopay: was it made?', 'payment_intents', /customer=cus_\w+/),
  write('pay page', 'checkout/sessions', /mode=payment/),
  read('payouts: those that arrived', 'balance_transactions', /type=payout/),
  read('payouts: what each holds', 'balance_transactions', /payout=po_/),
  read('pay page: how it stands', 'checkout/sessions/cs_\\w+'),
  write('pay page: closed', 'checkout/sessions/cs_\\w+/expire'),
  read('autopay ended: the method', 'payment_methods/pm_\\w+'),
  write('autopay ended: taken off', 'payment_methods/pm_\\w+/detach'),
  read('setting up: customers by address', 'customers', /email/),
  read('setting up: customers by our id', 'customers/search'),
  write('setting up: a new customer', 'customers'),
  write('setting up: the page', 'checkout/sessions', /mode=setup/),
  read('taking up what was saved', 'setup_intents', /customer/),
  read('lasting link: open ones', 'payment_links'),
  write('lasting link: product', 'products'),
  write('lasting link: price', 'prices'),
  write('lasting link', 'payment_links'),
  write('lasting link: the older one closes', 'payment_links/plink_\\w+', /active=false/),
];

export const chapter: Chapter = {
  platform: 'stripe',
  leases: LEASES,
  connect: (stage) => stage.connectKeys({ STRIPE_SECRET_KEY: accountOf(stage).keys[0]?.key ?? '' }),
  days: DAYS,
  operations: OPERATIONS,
  totals: (state: StripeState) => new Map(LEASES.map(({ id }) => [id, moneyOf(state, id)])),
};

/** Received on payments of the lease or of its customer, less refunds that stand and disputes that were not won. */
function moneyOf(state: StripeState, id: string): number {
  const customer = all(state, 'customer').find((one) => one.metadata?.lease_id === id)?.id;
  const intents = all(state, 'payment_intent').filter(
    (one) =>
      one.status === 'succeeded' &&
      (one.metadata?.lease_id === id || (!one.metadata?.lease_id && one.customer === customer && customer)),
  );
  const ids = new Set(intents.map((one) => one.id));
  const gone = [...all(state, 'refund'), ...all(state, 'dispute')].filter(
    (one) => ids.has(String(one.payment_intent)) && !['failed', 'canceled', 'won'].includes(String(one.status)),
  );
  const sum = (rows: readonly StripeObject[]) => rows.reduce((total, one) => total + Number(one.amount ?? 0), 0);
  return sum(intents) - sum(gone);
}
