/** Makes Stripe's events. */
import { shown } from './objects';
import { API_VERSION, type Desk, keep, newId, type StripeObject } from './state';

const EVENT_DAYS = 30;

/** Records that something happened to the object, at the desk's time, with the object as it is now. */
export function emit(desk: Desk, type: string, object: StripeObject, before?: Readonly<Record<string, unknown>>): void {
  const data: Record<string, unknown> = { object: shown(object, desk.now) };
  if (before) data.previous_attributes = before;
  keep(desk.state, {
    id: newId(desk.state, 'evt'),
    object: 'event',
    api_version: API_VERSION,
    created: desk.now,
    data,
    livemode: typeof object.livemode === 'boolean' ? object.livemode : desk.live,
    pending_webhooks: 0,
    request: { id: desk.requestId, idempotency_key: desk.idempotencyKey },
    type,
  });
}

/** Stripe gives events out for 30 days. */
export function isRetained(event: StripeObject, now: number): boolean {
  return event.created > now - EVENT_DAYS * 86_400;
}
