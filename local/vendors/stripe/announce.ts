/** The events that Stripe makes when an object appears or changes, by kind. */
import { isClosed } from './disputes';
import { emit } from './events';
import { type Desk, find, type StripeObject } from './state';

const INTENT_EVENTS: Readonly<Record<string, string>> = {
  succeeded: 'payment_intent.succeeded',
  processing: 'payment_intent.processing',
  canceled: 'payment_intent.canceled',
  requires_action: 'payment_intent.requires_action',
  requires_capture: 'payment_intent.amount_capturable_updated',
};

/** `before` is undefined the first time. Nothing changed, no event. */
export function announce(desk: Desk, object: StripeObject, before: StripeObject | undefined): void {
  const changed = !before || JSON.stringify(before) !== JSON.stringify(object);
  if (!changed) return;
  for (const type of typesFor(object, before)) emit(desk, type, object, changeOf(type, object, before));
  if (object.object !== 'refund' || before) return;
  const charge = find(desk.state, 'charge', object.charge);
  if (charge) emit(desk, 'charge.refunded', charge);
}

function typesFor(object: StripeObject, before: StripeObject | undefined): string[] {
  const moved = !before || before.status !== object.status;
  switch (object.object) {
    case 'payment_intent':
      return moved || Boolean(object.last_payment_error) !== Boolean(before?.last_payment_error)
        ? [intentEvent(object)]
        : [];
    case 'charge':
      return chargeEvents(object, before, moved);
    case 'refund':
      if (object.status === 'failed' && moved) return [before ? 'refund.updated' : 'refund.created', 'refund.failed'];
      return [before ? 'refund.updated' : 'refund.created'];
    case 'dispute':
      return disputeEvents(object, before, moved);
    case 'setup_intent':
      return moved ? [setupEvent(object)] : [];
    case 'customer':
      return [before ? 'customer.updated' : 'customer.created'];
    case 'payment_method':
      return methodEvents(object, before);
    case 'checkout.session':
      return sessionEvents(object, before, moved);
    default:
      return [];
  }
}

function intentEvent(intent: StripeObject): string {
  if (intent.status === 'requires_payment_method' && intent.last_payment_error) return 'payment_intent.payment_failed';
  return INTENT_EVENTS[String(intent.status)] ?? 'payment_intent.created';
}

function chargeEvents(charge: StripeObject, before: StripeObject | undefined, moved: boolean): string[] {
  const types = moved ? [`charge.${charge.status}`] : [];
  const refunded = Number(charge.amount_refunded ?? 0) > Number(before?.amount_refunded ?? 0);
  if (refunded) types.push('charge.refunded');
  return types.length ? types : ['charge.updated'];
}

function disputeEvents(dispute: StripeObject, before: StripeObject | undefined, moved: boolean): string[] {
  const closing = isClosed(dispute.status) && moved ? ['charge.dispute.closed'] : [];
  const withdrawn = String(dispute.status).startsWith('warning_') || dispute.status === 'prevented';
  if (!before) {
    const opening = withdrawn
      ? ['charge.dispute.created']
      : ['charge.dispute.created', 'charge.dispute.funds_withdrawn'];
    return [...opening, ...closing];
  }
  if (!closing.length) return ['charge.dispute.updated'];
  return dispute.status === 'won' ? [...closing, 'charge.dispute.funds_reinstated'] : closing;
}

function setupEvent(intent: StripeObject): string {
  if (intent.status === 'succeeded') return 'setup_intent.succeeded';
  if (intent.status === 'canceled') return 'setup_intent.canceled';
  if (intent.status === 'requires_action') return 'setup_intent.requires_action';
  return intent.last_setup_error ? 'setup_intent.setup_failed' : 'setup_intent.created';
}

function methodEvents(method: StripeObject, before: StripeObject | undefined): string[] {
  if (method.customer && !before?.customer) return ['payment_method.attached'];
  if (before?.customer && !method.customer) return ['payment_method.detached'];
  return before ? ['payment_method.updated'] : [];
}

function sessionEvents(session: StripeObject, before: StripeObject | undefined, moved: boolean): string[] {
  if (moved && session.status === 'expired') return ['checkout.session.expired'];
  if (moved && session.status === 'complete') return ['checkout.session.completed'];
  const paid = session.payment_status === 'paid' && before?.payment_status === 'unpaid';
  return paid ? ['checkout.session.async_payment_succeeded'] : [];
}

/** `previous_attributes`, which only events about changes carry. */
function changeOf(
  type: string,
  object: StripeObject,
  before: StripeObject | undefined,
): Record<string, unknown> | undefined {
  if (!before || !/updated$|refunded$|closed$/.test(type)) return undefined;
  const fields = Object.keys(object).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(object[name]));
  return Object.fromEntries(fields.map((name) => [name, before[name] ?? null]));
}
