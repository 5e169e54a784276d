/** Ending what was begun at Checkout or saved there: a page on which nobody has paid, a method that is charged no more. */
import { bodyOf } from '../../http/body';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { asked, autopayIn, type Effect, type Flow } from '../connector';
import { CLOSED, paidBy } from '../wishes';
import { get, idOf, post } from './api';

const SESSION = /\bcs_(?:test|live)_[A-Za-z0-9]+/;

const STATES = { open: 'open', complete: 'complete', expired: 'expired' } as const;

/**
 * Closes a page at Checkout: payload `{ page }`, its address. Gives `closed`, or `paid <payment>` where somebody was quicker. An end
 * is an end however often it is asked for.
 */
export const closePage: Effect = {
  once: 'natural-id',
  *run({ payload, key }) {
    const page = new Json(payload, 'payload').str('page');
    const id = SESSION.exec(page)?.[0] ?? fail('malformed', 'The address holds no Checkout Session.');
    const session = yield* sessionOf(id);
    if (session.oneOf('status', STATES) !== 'open') return endOf(session);
    try {
      return endOf(bodyOf(yield* asked(post(`/v1/checkout/sessions/${id}/expire`, {}, key)), id));
    } catch (error) {
      const now = yield* sessionOf(id);
      // It may have been paid in between; whatever else went wrong leaves it open.
      if (now.oneOf('status', STATES) === 'open') throw error;
      return endOf(now);
    }
  },
};

function* sessionOf(id: string): Flow<Json> {
  return bodyOf(yield* asked(get(`/v1/checkout/sessions/${id}`)), id);
}

const endOf = (session: Json): string => {
  const payment = session.oneOf('status', STATES) === 'complete' ? idOf(session, 'payment_intent') : undefined;
  return payment === undefined ? CLOSED : paidBy(payment);
};

/** Takes a saved method off its customer: payload a LeaseOffer with `autopay`. One that is off already stays off. */
export const forget: Effect = {
  once: 'natural-id',
  *run({ payload, key }) {
    const id =
      new Json(payload, 'payload')
        .str('autopay')
        .split(/[\s:]+/)
        .pop() ?? '';
    const method = bodyOf(yield* asked(get(`/v1/payment_methods/${id}`)), id);
    if (!method.has('customer')) return id;
    try {
      yield* asked(post(`/v1/payment_methods/${id}/detach`, {}, key));
    } catch (error) {
      // A resident may have taken it off meanwhile.
      const now = bodyOf(yield* asked(get(`/v1/payment_methods/${id}`)), id);
      if (now.has('customer')) throw error;
    }
    return id;
  },
  unlink: autopayIn,
};
