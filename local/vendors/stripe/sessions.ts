/** How a Checkout Session ends: by its payment, or by running out. */
import { emit } from './events';
import { all, type Desk, find, type StripeObject } from './state';

/** The session whose payment this is learns how it went. */
export function settleSession(desk: Desk, intent: StripeObject): void {
  const session = all(desk.state, 'checkout.session').find((one) => one.payment_intent === intent.id);
  if (session?.status !== 'complete' || session.payment_status !== 'unpaid') return;
  if (intent.status === 'succeeded') {
    session.payment_status = 'paid';
    emit(desk, 'checkout.session.async_payment_succeeded', session);
  } else if (intent.status === 'requires_payment_method') {
    emit(desk, 'checkout.session.async_payment_failed', session);
  }
}

/** An open session closes for good. */
export function expireSession(desk: Desk, id: string): void {
  const session = find(desk.state, 'checkout.session', id);
  if (session?.status !== 'open') return;
  Object.assign(session, { status: 'expired', url: null });
  emit(desk, 'checkout.session.expired', session);
}
