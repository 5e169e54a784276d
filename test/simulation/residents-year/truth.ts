/** What the four processors hold of each lease, read from their own accounts and not from our books. */
import type { PaypalState } from '../../../local/vendors/paypal/state';
import type { PlaidState } from '../../../local/vendors/plaid';
import type { SquareState } from '../../../local/vendors/square';
import type { StripeObject, StripeState } from '../../../local/vendors/stripe/state';
import type { World } from '../../../local/world';
import { statusOf } from '../evidence';

export interface Payment {
  /** As the ledger names its receipt: `stripe:pi_1`. */
  readonly key: string;
  readonly platform: string;
  readonly lease: string;
  readonly cents: number;
  readonly atMs: number;
  readonly state: 'settled' | 'pending' | 'failed';
  /** Given back, taken back by a bank, or lost in a dispute. */
  readonly back: readonly { readonly atMs: number; readonly cents: number }[];
}

export const total = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0);
/** A receipt is taken back once at most: what a bank returns of a payment that was refunded before is no debt a second time. */
export const backOf = ({ back, cents }: Payment): number => Math.min(cents, total(back.map((each) => each.cents)));

function stripe(world: World): readonly Payment[] {
  const { objects } = world.vendorState<StripeState>('stripe');
  const all = (kind: string): readonly StripeObject[] => Object.values(objects[kind] ?? {});
  const gone = [
    ...all('refund').filter((each) => !['failed', 'canceled'].includes(String(each.status))),
    ...all('dispute').filter((each) => each.status !== 'won'),
  ];
  return all('payment_intent').flatMap((intent) => {
    const status = statusOf(intent);
    if (status === 'nothing') return [];
    const back = gone.filter((each) => each.payment_intent === intent.id);
    return {
      key: `stripe:${intent.id}`,
      platform: 'stripe',
      lease: intent.metadata?.lease_id ?? '',
      cents: Number(intent.amount),
      atMs: intent.created * 1000,
      state: status,
      back: back.map((each) => ({ atMs: each.created * 1000, cents: Number(each.amount) })),
    };
  });
}

const PAYPAL: Readonly<Record<string, Payment['state']>> = { PENDING: 'pending', DECLINED: 'failed', DENIED: 'failed' };

function paypal(world: World): readonly Payment[] {
  const { txns, movements } = world.vendorState<PaypalState>('paypal');
  return Object.values(txns).map((txn) => ({
    key: `paypal:${txn.id}`,
    platform: 'paypal',
    lease: txn.custom ?? '',
    cents: txn.amountCents,
    atMs: txn.atMs,
    state: PAYPAL[txn.status] ?? 'settled',
    back: Object.values(movements)
      .filter((each) => each.of === txn.id && !['T1110', 'T1111'].includes(each.code) && each.status === 'COMPLETED')
      .map((each) => ({ atMs: each.atMs, cents: each.amountCents })),
  }));
}

function square(world: World): readonly Payment[] {
  const { payments, orders, customers, refunds, disputes } = world.vendorState<SquareState>('square');
  const leaseOf = (order = '', customer = ''): string => {
    const metadata = orders[order]?.metadata as { lease_id?: string } | undefined;
    return metadata?.lease_id ?? String(customers[customer]?.reference_id ?? '');
  };
  const lost = Object.values(disputes).filter((each) => each.state === 'LOST');
  return Object.values(payments).map((each) => ({
    key: `square:${each.id}`,
    platform: 'square',
    lease: leaseOf(each.order_id, each.customer_id),
    cents: each.amount_money.amount,
    atMs: Date.parse(each.created_at),
    state: each.status === 'COMPLETED' ? 'settled' : each.status === 'FAILED' ? 'failed' : 'pending',
    back: [
      ...Object.values(refunds)
        .filter((one) => one.payment_id === each.id && one.status !== 'FAILED')
        .map((one) => ({ atMs: Date.parse(one.created_at), cents: one.amount_money.amount })),
      ...lost
        .filter((one) => one.disputed_payment.payment_id === each.id)
        .map((one) => ({ atMs: Date.parse(one.created_at), cents: one.amount_money.amount })),
    ],
  }));
}

const DEBITS: Readonly<Record<string, Payment['state']>> = { settled: 'settled', funds_available: 'settled' };
const failedDebits: readonly string[] = ['failed', 'returned', 'cancelled'];
const EXECUTED: readonly string[] = ['PAYMENT_STATUS_EXECUTED', 'PAYMENT_STATUS_SETTLED'];
/** The one lease in pounds: payments by bank bear no lease of their own. */
const POUNDS = 'PL-1';

function plaid(world: World): readonly Payment[] {
  const { transfers, payments } = world.vendorState<PlaidState>('plaid');
  const debits = Object.values(transfers).map(
    (each): Payment => ({
      key: `plaid:${each.id}`,
      platform: 'plaid',
      lease: each.metadata?.lease_id ?? '',
      cents: Math.round(Number(each.amount) * 100),
      atMs: Date.parse(each.created),
      state: failedDebits.includes(each.status) ? 'failed' : (DEBITS[each.status] ?? 'pending'),
      back: each.refunds.map((one) => ({ atMs: Date.parse(one.created), cents: Math.round(Number(one.amount) * 100) })),
    }),
  );
  const pounds = Object.values(payments).flatMap((each): readonly Payment[] =>
    each.status === 'PAYMENT_STATUS_INPUT_NEEDED'
      ? []
      : [
          {
            key: `plaid:${each.payment_id}`,
            platform: 'plaid',
            lease: POUNDS,
            cents: Math.round(each.amount.value * 100),
            atMs: each.createdMs,
            state: EXECUTED.includes(each.status)
              ? 'settled'
              : /FAILED|REJECTED/.test(each.status)
                ? 'failed'
                : 'pending',
            back: [],
          },
        ],
  );
  return [...debits, ...pounds];
}

export const paymentsIn = (world: World): readonly Payment[] => [
  ...stripe(world),
  ...paypal(world),
  ...square(world),
  ...plaid(world),
];
