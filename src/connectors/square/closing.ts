/** Ending an invoice of Square that serves as a page to pay on. */
import { Json } from '../../http/json';
import type { Effect } from '../connector';
import { CLOSED, paidBy } from '../wishes';
import { byId, ended, paymentOn, stateOf } from './invoices';

/** Payload `{ page }`, id and address. Gives `closed`, or `paid <payment>` where somebody was quicker. */
export const closePage: Effect = {
  once: 'natural-id',
  *run({ account, payload }) {
    const id = new Json(payload, 'payload').str('page').split(' ')[0] ?? '';
    const found = yield* byId(account, id);
    if (!found) return CLOSED;
    if (stateOf(found) !== 'kept') {
      yield* ended(account, found);
      return CLOSED;
    }
    return paidBy((yield* paymentOn(account, found)) ?? id);
  },
};
