/** Pages of the processors and what banks do after them: paid, declined, too late, a second time; money that goes back. */
import type { PaypalState } from '../../../local/vendors/paypal/state';
import {
  approvePaypalOrder,
  approvePaypalSubscription,
  authorisePlaidPayment,
  disputePayment,
  linkPlaidBank,
  movePlaidPayment,
  passPaypalCycle,
  payCheckout,
  paySquareInvoice,
  refundPayment,
  refundPaypalPayment,
  refundSquarePayment,
  returnSquareDebit,
  settlePaypalPayment,
} from '../../../local/vendors/people';
import type { PlaidState } from '../../../local/vendors/plaid';
import type { SquareState } from '../../../local/vendors/square';
import type { StripeState } from '../../../local/vendors/stripe/state';
import { plaidDebitsMove } from '../money-year/plaid';
import { type Actor, anyOf } from '../money-year/scene';
import type { Diary, OpenPage } from './diary';
import { backOf, paymentsIn } from './truth';

const METHODS = [
  'pm_card_visa',
  'pm_card_visa',
  'pm_usBankAccount_success',
  'pm_usBankAccount_success',
  'pm_usBankAccount_insufficientFunds',
  'pm_usBankAccount_dispute',
  'pm_card_visa_chargeDeclined',
] as const;

const payer = ({ home }: OpenPage) => {
  const [person] = home.people;
  const [given = '', surname = ''] = person?.name.split(' ') ?? [];
  return { id: `PAYER${home.id}`, email: person?.email ?? '', given, surname };
};

function atStripe(diary: Diary, { url }: OpenPage): boolean {
  const { scene } = diary;
  const session = /cs_test_\w+/.exec(url)?.[0] ?? '';
  const said = payCheckout(scene.state<StripeState>('stripe'), session, scene.chance.of(METHODS), scene.now);
  return said.startsWith('complete');
}

function atPaypal({ scene }: Diary, page: OpenPage): boolean {
  const state = scene.state<PaypalState>('paypal');
  const order = /[?&]token=(\w+)/.exec(page.url)?.[1] ?? '';
  const subscription = Object.values(state.subscriptions).find(
    (one) => one.custom_id === page.home.id && one.status === 'APPROVAL_PENDING',
  );
  if (page.view === 'paid') approvePaypalOrder(state, order, scene.now, payer(page));
  else if (subscription) approvePaypalSubscription(state, subscription.id, scene.now, payer(page));
  return page.view === 'paid' || subscription !== undefined;
}

function atSquare({ scene }: Diary, { url }: OpenPage): boolean {
  const state = scene.state<SquareState>('square');
  const invoice = Object.values(state.invoices).find((one) => one.public_url === url);
  const means = scene.chance.of(['card', 'card', 'bank', 'declined'] as const);
  paySquareInvoice(state, invoice?.id ?? '', means, scene.now);
  return means !== 'declined';
}

function atPlaid({ scene }: Diary, { url, view }: OpenPage): boolean {
  const state = scene.state<PlaidState>('plaid');
  if (view === 'paid') authorisePlaidPayment(state, url, scene.now);
  else {
    const { back } = linkPlaidBank(state, url, { account: 'Checking', mask: '4417', balance: 90_000 }, scene.now);
    scene.world.doGet(Object.fromEntries(new URL(back ?? '').searchParams));
  }
  return true;
}

const AT: readonly (readonly [host: RegExp, way: (diary: Diary, page: OpenPage) => boolean])[] = [
  [/stripe\.com/, atStripe],
  [/paypal\.com/, atPaypal],
  [/square/, atSquare],
  [/plaid\.com/, atPlaid],
];

/** They do what the page wants of them; a page that is closed, paid or too old refuses it in its own words. */
export function finish(diary: Diary, page: OpenPage): void {
  const at = AT.find(([host]) => host.test(page.url));
  if (!at) {
    diary.say(`nobody knows the page ${page.url}`);
    return;
  }
  const name = `${at[0].source.replace(/\W.*/, '')} ${page.view}`;
  try {
    const isDone = at[1](diary, page);
    diary.scene.did(isDone ? `${name}${page.paid ? ' twice' : ''}` : `${name}: not taken`);
    page.paid ||= isDone;
  } catch (error) {
    diary.scene.did(`${name}: ${page.paid ? 'not twice' : 'too late'}`);
    if (!(error instanceof Error)) throw error;
  }
}

// ---------------------------------------------------------------- banks, day by day

const pounds: Actor = (scene) => {
  const state = scene.state<PlaidState>('plaid');
  for (const { payment_id, status } of Object.values(state.payments)) {
    if (status !== 'PAYMENT_STATUS_INITIATED' || !scene.chance.is(0.6)) continue;
    const to = scene.chance.is(0.85) ? 'PAYMENT_STATUS_EXECUTED' : 'PAYMENT_STATUS_FAILED';
    movePlaidPayment(state, payment_id, to, scene.now);
    scene.did(`plaid payment ${to}`);
  }
};

const subscriptions: Actor = (scene) => {
  const state = scene.state<PaypalState>('paypal');
  for (const one of Object.values(state.subscriptions)) {
    if (one.status !== 'ACTIVE' || (one.nextMs > scene.now && one.cycles > 0)) continue;
    const how = scene.chance.of(['paid', 'paid', 'pending', 'declined'] as const);
    passPaypalCycle(state, one.id, how, scene.now);
    scene.did(`paypal cycle ${how}`);
  }
  const waiting = anyOf(scene, Object.values(state.txns), (one) => one.status === 'PENDING');
  if (waiting) settlePaypalPayment(state, waiting.id, scene.chance.of(['completed', 'denied'] as const), scene.now);
};

/** Money that was whole goes back, in part or wholly. */
const returns: Actor = (scene) => {
  const whole = paymentsIn(scene.world).filter((each) => each.state === 'settled' && backOf(each) === 0);
  const payment = anyOf(scene, whole);
  if (!payment || !scene.chance.is(0.12)) return;
  const id = payment.key.slice(payment.platform.length + 1);
  const part = Math.min(payment.cents, scene.chance.whole(10, 400) * 100);
  if (payment.platform === 'stripe') {
    const state = scene.state<StripeState>('stripe');
    if (scene.chance.is(0.5)) refundPayment(state, id, scene.now, part);
    else disputePayment(state, id, scene.now);
  } else if (payment.platform === 'paypal')
    refundPaypalPayment(scene.state<PaypalState>('paypal'), id, scene.now, part);
  else if (payment.platform === 'square') {
    const state = scene.state<SquareState>('square');
    if (state.payments[id]?.source_type === 'BANK_ACCOUNT')
      returnSquareDebit(state, id, 'INSUFFICIENT_FUNDS', scene.now);
    else refundSquarePayment(state, id, part, scene.now);
  } else return;
  scene.did(`money went back: ${payment.platform}`);
};

/** What banks do on a day; at the end everything under way comes to its end. */
export function banks({ scene }: Diary, isOver = false): void {
  for (const act of [pounds, subscriptions]) act(scene);
  if (isOver || scene.chance.is(0.5)) plaidDebitsMove(scene);
  if (!isOver) returns(scene);
}
