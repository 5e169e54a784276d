/** PayPal's people: a subscription is agreed to and bills, links are paid, money comes from outside, and some of it goes back. */
import type { PaypalState } from '../../../local/vendors/paypal';
import { goneCents } from '../../../local/vendors/paypal/shapes';
import type { Payer, Subscription, Txn } from '../../../local/vendors/paypal/state';
import {
  approvePaypalOrder,
  approvePaypalSubscription,
  openPaypalDispute,
  passPaypalCycle,
  payPaypalOutside,
  refundPaypalPayment,
  resolvePaypalDispute,
  reversePaypalPayment,
  settlePaypalPayment,
} from '../../../local/vendors/people';
import { type Actor, anyOf, type Scene } from './scene';

const [BILLED, PAGE] = ['PP-1', 'PP-2'] as const;
const IRIS: Payer = { id: 'JRJSNVAKPAYER', email: 'pp-1@example.com', given: 'Iris', surname: 'Novak' };
const JON: Payer = { id: 'JNABEBEPAYER2', email: 'pp-2@example.com', given: 'Jon', surname: 'Abebe' };

const account = (scene: Scene): PaypalState => scene.state<PaypalState>('paypal');

const subscriptions = (scene: Scene): readonly Subscription[] =>
  Object.values(account(scene).subscriptions).filter((one) => one.custom_id === BILLED);

/** A subscription is approved once, and bills in the first days of each month. */
const subscription: Actor = (scene) => {
  const all = subscriptions(scene);
  const active = all.find((one) => one.status === 'ACTIVE');
  const asked = all.find((one) => one.status === 'APPROVAL_PENDING');
  if (active) {
    if (active.nextMs > scene.now && active.cycles > 0) return;
    const how = scene.chance.of(['paid', 'paid', 'paid', 'pending', 'declined'] as const);
    passPaypalCycle(account(scene), active.id, how, scene.now);
    scene.did(`paypal cycle ${how}`);
  } else if (asked) {
    approvePaypalSubscription(account(scene), asked.id, scene.now, IRIS);
    scene.did('paypal subscription approved');
  } else if (scene.chance.is(0.5)) scene.offer('paypal', BILLED, all.length > 0 ? 'unsubscribe' : 'subscribe');
};

/** A link is paid; what was agreed to is captured by the ledger when it hears of it. */
const links: Actor = (scene) => {
  const order = anyOf(scene, Object.values(account(scene).orders), (one) =>
    ['CREATED', 'PAYER_ACTION_REQUIRED'].includes(one.status),
  );
  if (order && scene.chance.is(0.6)) {
    approvePaypalOrder(account(scene), order.id, scene.now, JON);
    scene.did('paypal order approved');
  } else if (scene.chance.is(0.35)) scene.offer('paypal', PAGE, 'payLink');
  else if (scene.chance.is(0.1)) {
    payPaypalOutside(account(scene), { amountCents: 98_550, note: 'Rent 5B' }, scene.now, JON);
    scene.did('paypal outside');
  }
};

const pending: Actor = (scene) => {
  const txn = anyOf(scene, Object.values(account(scene).txns), (one) => one.status === 'PENDING');
  if (!txn || !scene.chance.is(0.5)) return;
  const how = scene.chance.of(['completed', 'denied'] as const);
  settlePaypalPayment(account(scene), txn.id, how, scene.now);
  scene.did(`paypal ${how}`);
};

const isWhole = (scene: Scene) => (txn: Txn) =>
  txn.status === 'COMPLETED' &&
  goneCents(account(scene), txn) === 0 &&
  !Object.values(account(scene).disputes).some((one) => one.txn === txn.id);

const goesBack: Actor = (scene) => {
  const txn = anyOf(scene, Object.values(account(scene).txns), isWhole(scene));
  if (!txn || !scene.chance.is(0.12)) return;
  const how = scene.chance.of(['refund', 'reverse', 'dispute'] as const);
  if (how === 'refund') refundPaypalPayment(account(scene), txn.id, scene.now, scene.chance.whole(1, 300) * 100);
  else if (how === 'reverse') reversePaypalPayment(account(scene), txn.id, scene.now);
  else openPaypalDispute(account(scene), txn.id, scene.now);
  scene.did(`paypal ${how}`);
};

/** PayPal decides about a dispute that is open. */
export const paypalDisputeEnds: Actor = (scene) => {
  const dispute = anyOf(scene, Object.values(account(scene).disputes), (one) => one.status !== 'RESOLVED');
  if (!dispute) return;
  const how = scene.chance.of(['won', 'lost'] as const);
  resolvePaypalDispute(account(scene), dispute.id, how, scene.now);
  scene.did(`paypal dispute ${how}`);
};

export const paypalPeople: readonly Actor[] = [
  subscription,
  links,
  pending,
  goesBack,
  (scene) => scene.chance.is(0.3) && paypalDisputeEnds(scene),
];
