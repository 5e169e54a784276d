/** Letting go of a bank that a resident had linked. */

import { faultOf } from '../../http/faults';
import { Json } from '../../http/json';
import { asked, autopayIn, type Effect } from '../connector';
import { keyedWrite, secretOf } from './api';

/** Payload: a LeaseOffer with `autopay`, item and account. After it no debit can be made there. One that is gone stays gone. */
export const removeBank: Effect = {
  once: 'natural-id',
  *run({ account, payload }) {
    const [item = ''] = new Json(payload, 'payload').str('autopay').trim().split(/\s+/);
    try {
      yield* asked(keyedWrite(account, '/item/remove', { access_token: secretOf(item) }));
    } catch (error) {
      const { code } = faultOf(error);
      if (code !== 'ITEM_NOT_FOUND' && code !== 'INVALID_ACCESS_TOKEN') throw error;
    }
    return item;
  },
  unlink: autopayIn,
};
