/** Stripe's people: autopay is set up and its method fails, pages are paid, money is refunded, disputed and taken back by a bank. */
import { rowsOf } from '../../../local/cli/tabs';
import {
  disputePayment,
  methodTurns,
  moveDispute,
  payByLink,
  payCheckout,
  refundPayment,
} from '../../../local/vendors/people';
import type { StripeObject, StripeState } from '../../../local/vendors/stripe';
import { type Actor, anyOf, type Scene } from './scene';

const [AUTO, PAGE] = ['ST-1', 'ST-3'] as const;

const account = (scene: Scene): StripeState => scene.state<StripeState>('stripe');
const all = (scene: Scene, kind: string): readonly StripeObject[] => Object.values(account(scene).objects[kind] ?? {});
const isOf = (one: StripeObject, lease: string): boolean => one.metadata?.lease_id === lease;

const openSession = (scene: Scene, lease: string, mode: string): StripeObject | undefined =>
  all(scene, 'checkout.session').find(
    (one) =>
      isOf(one, lease) && one.mode === mode && one.status === 'open' && Number(one.expires_at) * 1000 > scene.now,
  );

/** The resident opens the page that saves a method; then the ledger takes up what was saved. */
const autopay: Actor = (scene) => {
  const saved = all(scene, 'setup_intent').find((one) => isOf(one, AUTO) && one.status === 'succeeded');
  const session = openSession(scene, AUTO, 'setup');
  if (saved) {
    const isTaken = [...rowsOf(scene.world, 'Links')].some((row) => row['Lease ID'] === AUTO && row.Kind === 'autopay');
    if (!isTaken) scene.offer('stripe', AUTO, 'adopt');
    else if (scene.chance.is(0.1)) turns(scene, String(saved.payment_method));
  } else if (session) {
    const method = scene.chance.of(['pm_card_visa', 'pm_usBankAccount_success']);
    payCheckout(account(scene), session.id, method, scene.now);
    scene.did('stripe saves a method');
  } else scene.offer('stripe', AUTO, 'setup');
};

/** The account behind a saved method is empty for a while, and then it is not. */
function turns(scene: Scene, method: string): void {
  const isCard = account(scene).objects.payment_method?.[method]?.type === 'card';
  const good = isCard ? 'pm_card_visa' : 'pm_usBankAccount_success';
  const bad = isCard ? 'pm_card_chargeCustomerFail' : 'pm_usBankAccount_insufficientFunds';
  methodTurns(account(scene), method, account(scene).fates[method] === bad ? good : bad);
  scene.did('stripe method turns');
}

const pages: Actor = (scene) => {
  const session = openSession(scene, PAGE, 'payment');
  const link = all(scene, 'payment_link').find((one) => one.active && isOf(one, PAGE));
  const method = scene.chance.of([
    'pm_card_visa',
    'pm_card_visa',
    'pm_usBankAccount_success',
    'pm_usBankAccount_dispute',
  ]);
  if (session && scene.chance.is(0.7)) {
    payCheckout(account(scene), session.id, method, scene.now);
    scene.did(`stripe page paid with ${method}`);
  } else if (link && scene.chance.is(0.15)) {
    payByLink(account(scene), link.id, 'pm_card_visa', scene.now);
    scene.did('stripe link paid');
  } else if (scene.chance.is(0.5)) scene.offer('stripe', PAGE, scene.chance.of(['payLink', 'payLink', 'paymentLink']));
};

/** Payments that are whole: nothing was refunded, nobody disputes them. */
function whole(scene: Scene): readonly StripeObject[] {
  const touched = new Set([...all(scene, 'refund'), ...all(scene, 'dispute')].map((one) => String(one.payment_intent)));
  return all(scene, 'payment_intent').filter((one) => one.status === 'succeeded' && !touched.has(one.id));
}

const goesBack: Actor = (scene) => {
  const payment = anyOf(scene, whole(scene));
  if (!payment || !scene.chance.is(0.12)) return;
  if (scene.chance.is(0.5)) {
    const amount = scene.chance.is(0.3) ? undefined : scene.chance.whole(1, 300) * 100;
    refundPayment(account(scene), payment.id, scene.now, amount);
    scene.did('stripe refund');
  } else {
    disputePayment(account(scene), payment.id, scene.now);
    scene.did('stripe dispute');
  }
};

/** Ends a dispute that waits for an answer. */
export const stripeDisputeEnds: Actor = (scene) => {
  const dispute = anyOf(scene, all(scene, 'dispute'), (one) => one.status === 'needs_response');
  if (!dispute) return;
  const how = scene.chance.of(['won', 'lost']);
  moveDispute(account(scene), dispute.id, how, scene.now);
  scene.did(`stripe dispute ${how}`);
};

export const stripePeople: readonly Actor[] = [
  autopay,
  pages,
  goesBack,
  (scene) => scene.chance.is(0.3) && stripeDisputeEnds(scene),
];
