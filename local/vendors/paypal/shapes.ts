/** PayPal's objects in PayPal's own JSON. */
import {
  centsOf,
  type Dispute,
  iso,
  type Movement,
  money,
  type Order,
  type Payer,
  type PaypalState,
  type Plan,
  type Subscription,
  type Txn,
} from './state';

export type Body = Readonly<Record<string, unknown>>;

export const apiOf = (state: PaypalState): string =>
  state.mode === 'live' ? 'https://api-m.paypal.com' : 'https://api-m.sandbox.paypal.com';
const pageOf = (state: PaypalState): string =>
  state.mode === 'live' ? 'https://www.paypal.com' : 'https://www.sandbox.paypal.com';

export const link = (href: string, rel: string, method = 'GET'): Body => ({ href, rel, method });
const self = (state: PaypalState, path: string): Body => link(`${apiOf(state)}${path}`, 'self');

/** What went back of it, without what is only held. */
export const backOf = (state: PaypalState, txn: Txn): readonly Movement[] =>
  Object.values(state.movements).filter((each) => each.of === txn.id && !['T1110', 'T1111'].includes(each.code));
export const goneCents = (state: PaypalState, txn: Txn): number =>
  backOf(state, txn).reduce((all, each) => all + (each.status === 'COMPLETED' ? each.amountCents : 0), 0);

export const payerBody = (payer: Payer): Body => ({
  email_address: payer.email,
  payer_id: payer.id,
  name: { given_name: payer.given, surname: payer.surname },
});

export function captureBody(state: PaypalState, txn: Txn): Body {
  const { currency } = txn;
  const settled = ['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED'].includes(txn.status);
  return {
    id: txn.id,
    status: txn.status,
    ...(txn.reason ? { status_details: { reason: txn.reason } } : {}),
    amount: money(txn.amountCents, currency),
    final_capture: true,
    seller_protection: { status: 'NOT_ELIGIBLE' },
    ...(settled
      ? {
          seller_receivable_breakdown: {
            gross_amount: money(txn.amountCents, currency),
            paypal_fee: money(txn.feeCents, currency),
            net_amount: money(txn.amountCents - txn.feeCents, currency),
          },
        }
      : {}),
    ...(txn.custom ? { custom_id: txn.custom } : {}),
    ...(txn.invoice ? { invoice_id: txn.invoice } : {}),
    ...(txn.order ? { supplementary_data: { related_ids: { order_id: txn.order } } } : {}),
    create_time: iso(txn.atMs),
    update_time: iso(txn.updatedMs),
    links: [
      self(state, `/v2/payments/captures/${txn.id}`),
      link(`${apiOf(state)}/v2/payments/captures/${txn.id}/refund`, 'refund', 'POST'),
      ...(txn.order ? [link(`${apiOf(state)}/v2/checkout/orders/${txn.order}`, 'up')] : []),
    ],
  };
}

export function refundBody(state: PaypalState, move: Movement): Body {
  return {
    id: move.id,
    status: move.status,
    amount: money(move.amountCents, move.currency),
    ...(move.note ? { note_to_payer: move.note } : {}),
    create_time: iso(move.atMs),
    update_time: iso(move.atMs),
    links: [
      self(state, `/v2/payments/refunds/${move.id}`),
      link(`${apiOf(state)}/v2/payments/captures/${move.of}`, 'up'),
    ],
  };
}

/** The older `sale` of subscriptions, as its events show it. */
export function saleResource(state: PaypalState, txn: Txn): Body {
  const { value } = money(txn.amountCents, txn.currency);
  return {
    id: txn.id,
    state: txn.status.toLowerCase(),
    amount: { total: value, currency: txn.currency, details: { subtotal: value } },
    payment_mode: txn.reason === 'ECHECK' ? 'ECHECK' : 'INSTANT_TRANSFER',
    ...(txn.status === 'PENDING' ? { reason_code: txn.reason ?? 'ECHECK' } : {}),
    protection_eligibility: 'INELIGIBLE',
    ...(txn.status === 'COMPLETED'
      ? { transaction_fee: { value: money(txn.feeCents, txn.currency).value, currency: txn.currency } }
      : {}),
    billing_agreement_id: txn.subscription,
    ...(txn.custom ? { custom: txn.custom } : {}),
    create_time: iso(txn.atMs),
    update_time: iso(txn.updatedMs),
    links: [self(state, `/v1/payments/sale/${txn.id}`)],
  };
}

export function saleRefundResource(state: PaypalState, move: Movement): Body {
  return {
    id: move.id,
    state: move.status.toLowerCase(),
    amount: { total: `-${money(move.amountCents, move.currency).value}`, currency: move.currency },
    create_time: iso(move.atMs),
    update_time: iso(move.atMs),
    ...(move.code === 'T1107' ? { sale_id: move.of } : {}),
    links: [self(state, `/v1/payments/refund/${move.id}`)],
  };
}

export function orderBody(state: PaypalState, order: Order): Body {
  const captured = order.capture ? state.txns[order.capture] : undefined;
  const payments = captured
    ? {
        payments: {
          captures: [captureBody(state, captured)],
          ...(backOf(state, captured).length > 0
            ? { refunds: backOf(state, captured).map((each) => refundBody(state, each)) }
            : {}),
        },
      }
    : {};
  const rel = order.isPayPalSource ? 'payer-action' : 'approve';
  return {
    id: order.id,
    intent: order.intent,
    status: order.status,
    purchase_units: [{ ...order.unit, ...payments }],
    ...(order.payer ? { payer: payerBody(order.payer) } : {}),
    create_time: iso(order.atMs),
    links: [
      self(state, `/v2/checkout/orders/${order.id}`),
      ...(order.status === 'COMPLETED' ? [] : [link(`${pageOf(state)}/checkoutnow?token=${order.id}`, rel)]),
      ...(order.status === 'APPROVED'
        ? [link(`${apiOf(state)}/v2/checkout/orders/${order.id}/capture`, 'capture', 'POST')]
        : []),
    ],
  };
}

export const planBody = (state: PaypalState, plan: Plan): Body => ({
  id: plan.id,
  product_id: plan.product_id,
  name: plan.name,
  ...(plan.description ? { description: plan.description } : {}),
  status: plan.status,
  billing_cycles: plan.billing_cycles,
  payment_preferences: plan.payment_preferences,
  quantity_supported: false,
  create_time: iso(plan.atMs),
  update_time: iso(plan.atMs),
  links: [self(state, `/v1/billing/plans/${plan.id}`)],
});

/** What the next cycle will cost. */
export function priceOf(state: PaypalState, subscription: Subscription) {
  const cycle = state.plans[subscription.plan_id]?.billing_cycles.find((each) => each.tenure_type === 'REGULAR');
  if (!cycle) throw new Error(`The plan of ${subscription.id} has no regular cycle.`);
  return subscription.price ?? cycle.pricing_scheme.fixed_price;
}

export function subscriptionBody(state: PaypalState, each: Subscription, withPlan = false): Body {
  const plan = state.plans[each.plan_id];
  const price = priceOf(state, each);
  const isOn = ['ACTIVE', 'SUSPENDED'].includes(each.status);
  const cycles = plan?.billing_cycles.map((cycle) =>
    each.price ? { ...cycle, pricing_scheme: { ...cycle.pricing_scheme, fixed_price: each.price } } : cycle,
  );
  return {
    id: each.id,
    plan_id: each.plan_id,
    status: each.status,
    ...(each.note ? { status_change_note: each.note } : {}),
    start_time: each.start_time,
    quantity: '1',
    subscriber: { ...each.subscriber, ...(each.payer ? payerBody(each.payer) : {}) },
    ...(each.custom_id ? { custom_id: each.custom_id } : {}),
    plan_overridden: each.price !== undefined,
    ...(withPlan
      ? { plan: { id: plan?.id, product_id: plan?.product_id, name: plan?.name, billing_cycles: cycles } }
      : {}),
    ...(each.payer
      ? {
          billing_info: {
            outstanding_balance: money(0, price.currency_code),
            failed_payments_count: each.failed,
            ...(each.lastFailed ? { last_failed_payment: each.lastFailed } : {}),
            ...(each.status === 'ACTIVE' ? { next_billing_time: iso(each.nextMs) } : {}),
          },
        }
      : {}),
    create_time: iso(each.atMs),
    links: [
      ...(each.status === 'APPROVAL_PENDING'
        ? [link(`${pageOf(state)}/webapps/billing/subscriptions?ba_token=BA-${each.id.slice(2)}`, 'approve')]
        : []),
      self(state, `/v1/billing/subscriptions/${each.id}`),
      ...(isOn ? [link(`${apiOf(state)}/v1/billing/subscriptions/${each.id}/cancel`, 'cancel', 'POST')] : []),
    ],
  };
}

export const revisionBody = (state: PaypalState, each: Subscription): Body => ({
  plan_id: each.plan_id,
  plan_overridden: each.price !== undefined,
  links: [
    link(`${pageOf(state)}/webapps/billing/subscriptions/update?ba_token=BA-${each.id.slice(2)}`, 'approve'),
    self(state, `/v1/billing/subscriptions/${each.id}`),
  ],
});

/** One line of a subscription's own list. */
export function cycleBody(txn: Txn): Body {
  return {
    id: txn.id,
    status: txn.status,
    ...(txn.status === 'PENDING' ? { status_details: { reason: txn.reason ?? 'ECHECK' } } : {}),
    amount_with_breakdown: {
      gross_amount: money(txn.amountCents, txn.currency),
      ...(txn.feeCents > 0
        ? {
            fee_amount: money(txn.feeCents, txn.currency),
            net_amount: money(txn.amountCents - txn.feeCents, txn.currency),
          }
        : {}),
    },
    payer_name: { given_name: txn.payer.given, surname: txn.payer.surname },
    payer_email: txn.payer.email,
    time: iso(txn.atMs),
  };
}

/** In the list a dispute does not say which payment it is about. */
export const disputeSummary = (state: PaypalState, each: Dispute): Body => ({
  dispute_id: each.id,
  create_time: iso(each.atMs),
  update_time: iso(each.updatedMs),
  reason: each.reason,
  status: each.status,
  dispute_state: each.status === 'RESOLVED' ? 'RESOLVED' : 'REQUIRED_ACTION',
  dispute_amount: each.amount,
  dispute_life_cycle_stage: 'CHARGEBACK',
  dispute_channel: 'INTERNAL',
  links: [self(state, `/v1/customer/disputes/${each.id}`)],
});

export function disputeBody(state: PaypalState, each: Dispute): Body {
  const { dispute_state: _, ...summary } = disputeSummary(state, each);
  const txn = state.txns[each.txn];
  return {
    ...summary,
    disputed_transactions: [
      {
        seller_transaction_id: each.txn,
        ...(txn
          ? {
              create_time: iso(txn.atMs),
              transaction_status: txn.status,
              gross_amount: money(txn.amountCents, txn.currency),
              buyer: { name: `${txn.payer.given} ${txn.payer.surname}` },
              ...(txn.custom ? { custom: txn.custom } : {}),
            }
          : {}),
      },
    ],
    ...(each.outcome
      ? {
          dispute_outcome: {
            outcome_code: each.outcome,
            ...(each.refunded ? { amount_refunded: each.refunded } : {}),
          },
        }
      : {}),
  };
}

export const isFullyGone = (state: PaypalState, txn: Txn): boolean => goneCents(state, txn) >= txn.amountCents;
export const unitCents = (order: Order): number => centsOf(order.unit.amount);
