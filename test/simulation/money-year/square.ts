/** Square's people: invoices and links are paid by card and bank, cash is taken at the till, money goes back. */
import {
  disputeSquarePayment,
  moveSquareDispute,
  paySquareInvoice,
  paySquareLink,
  refundSquarePayment,
  returnSquareDebit,
  takeSquarePayment,
} from '../../../local/vendors/people';
import type { SquareState } from '../../../local/vendors/square';
import { type Actor, anyOf, type Scene } from './scene';

const LEASE = 'SQ-1';

const account = (scene: Scene): SquareState => scene.state<SquareState>('square');

const invoices: Actor = (scene) => {
  const open = anyOf(scene, Object.values(account(scene).invoices), (one) => one.status === 'UNPAID');
  if (open && scene.chance.is(0.6)) {
    const means = scene.chance.of(['card', 'card', 'bank', 'declined'] as const);
    paySquareInvoice(account(scene), open.id, means, scene.now);
    scene.did(`square invoice ${means}`);
  } else if (open && scene.chance.is(0.1)) scene.offer('square', LEASE, 'cancelInvoice');
  else if (!open && scene.chance.is(0.4)) scene.offer('square', LEASE, 'invoice');
};

const links: Actor = (scene) => {
  const { links: made, orders } = account(scene);
  const open = anyOf(scene, Object.values(made), (one) => orders[one.order_id]?.state === 'OPEN');
  if (open && scene.chance.is(0.4)) {
    const unpaid = (orders[open.order_id]?.net_amount_due_money.amount ?? 0) > 0;
    if (!unpaid) return;
    paySquareLink(account(scene), open.id, scene.chance.of(['card', 'bank'] as const), scene.now);
    scene.did('square link paid');
  } else if (scene.chance.is(0.1)) scene.offer('square', LEASE, 'payLink');
};

const till: Actor = (scene) => {
  const customer = Object.values(account(scene).customers).find((one) => one.reference_id === LEASE);
  if (!customer || !scene.chance.is(0.1)) return;
  const amount_money = { amount: scene.chance.whole(50, 400) * 100, currency: 'USD' };
  takeSquarePayment(
    account(scene),
    { source_id: 'CASH', amount_money, customer_id: customer.id, note: 'Part of the rent' },
    scene.now,
  );
  scene.did('square cash');
};

const goesBack: Actor = (scene) => {
  const { payments, disputes } = account(scene);
  const disputed = new Set(Object.values(disputes).map((one) => one.disputed_payment.payment_id));
  const payment = anyOf(
    scene,
    Object.values(payments),
    (one) => one.status === 'COMPLETED' && !one.refund_ids && !disputed.has(one.id),
  );
  if (!payment || !scene.chance.is(0.15)) return;
  if (payment.source_type === 'CARD' && scene.chance.is(0.5)) {
    disputeSquarePayment(account(scene), payment.id, Math.min(80_000, payment.amount_money.amount), scene.now);
    scene.did('square dispute');
  } else if (payment.source_type === 'BANK_ACCOUNT') {
    returnSquareDebit(account(scene), payment.id, 'INSUFFICIENT_FUNDS', scene.now);
    scene.did('square return');
  } else {
    refundSquarePayment(account(scene), payment.id, 5_000, scene.now);
    scene.did('square refund');
  }
};

/** The networks decide about a dispute that is open. */
export const squareDisputeEnds: Actor = (scene) => {
  const dispute = anyOf(scene, Object.values(account(scene).disputes), (one) => !['WON', 'LOST'].includes(one.state));
  if (!dispute) return;
  const how = scene.chance.of(['WON', 'LOST']);
  moveSquareDispute(account(scene), dispute.id, how, scene.now);
  scene.did(`square dispute ${how}`);
};

export const squarePeople: readonly Actor[] = [
  invoices,
  links,
  till,
  goesBack,
  (scene) => scene.chance.is(0.3) && squareDisputeEnds(scene),
];
