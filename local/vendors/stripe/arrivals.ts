/** What happens in the account when an object that was loaded reaches its time. */
import { announce } from './announce';
import { emit } from './events';
import { link } from './links';
import { complete } from './objects';
import { API_VERSION, type Arrival, copy, type Desk, find, KINDS, type Kind, keep, type StripeObject } from './state';

/** Upserts the object by its id, ties it to its relatives, and makes the events that Stripe would have made. */
export function arrive(desk: Desk, arrival: Arrival): void {
  const { object, quiet, chargeComes, onlyForward } = arrival;
  if (object.object === 'event') {
    arriveEvent(desk, arrival);
    return;
  }
  const current = find(desk.state, object.object as Kind, object.id);
  if (current && onlyForward && progress(object) < progress(current)) return;
  const before = current && copy(current);
  const whole = current ? Object.assign(current, copy(object)) : keep(desk.state, complete(desk, copy(object)));
  fitStatus(desk, whole, object);
  const made = link(desk, whole, before, chargeComes);
  if (quiet) return;
  for (const charge of made) emit(desk, chargeEvent(charge), charge);
  announce(desk, whole, before);
}

function arriveEvent(desk: Desk, arrival: Arrival): void {
  const defaults = { api_version: API_VERSION, pending_webhooks: 0, request: { id: null, idempotency_key: null } };
  const event: StripeObject = keep(desk.state, { ...defaults, livemode: desk.live, ...copy(arrival.object) });
  const subject = (event.data as { object?: StripeObject }).object;
  if (!subject || typeof subject.id !== 'string' || !(KINDS as readonly string[]).includes(subject.object)) return;
  arrive(desk, { ...arrival, object: subject, quiet: true, onlyForward: true });
}

/** Amounts and times that follow from the status, unless the object itself says them. */
function fitStatus(desk: Desk, whole: StripeObject, given: StripeObject): void {
  if (whole.object === 'payment_intent') {
    if (whole.status === 'succeeded' && given.amount_received === undefined) whole.amount_received = whole.amount;
    if (whole.status === 'canceled') whole.canceled_at ??= desk.now;
  }
  if (whole.object === 'charge' && whole.status === 'succeeded') {
    if (given.paid === undefined) whole.paid = true;
    if (given.captured === undefined) Object.assign(whole, { captured: true, amount_captured: whole.amount });
  }
  if (whole.object === 'checkout.session' && whole.status !== 'open' && given.url === undefined) whole.url = null;
}

function chargeEvent(charge: StripeObject): string {
  return `charge.${charge.status}`;
}

/** How far along an object is; a snapshot with less is an older one. */
export function progress(object: StripeObject): number {
  const status = String(object.status ?? '');
  if (object.object === 'payment_intent') {
    if (status === 'succeeded' || status === 'canceled' || object.last_payment_error) return 2;
    return status === 'processing' || status === 'requires_capture' ? 1 : 0;
  }
  if (object.object === 'charge') {
    return (
      (status === 'pending' ? 0 : 1) + (Number(object.amount_refunded ?? 0) > 0 ? 1 : 0) + (object.disputed ? 1 : 0)
    );
  }
  if (object.object === 'refund') return status === 'pending' || status === 'requires_action' ? 0 : 1;
  if (object.object === 'dispute') return ['won', 'lost', 'prevented', 'warning_closed'].includes(status) ? 2 : 0;
  if (object.object === 'checkout.session') return status === 'open' ? 0 : object.payment_status === 'paid' ? 2 : 1;
  return 0;
}
