/** A mail that SendGrid holds until its moment: each has a batch of its own, by which it is taken back. */
import { fail, faultOf } from '../../http/faults';
import { ifThere } from '../../http/paging';
import { type Account, asked, type Flow } from '../connector';
import type { Schedule } from '../messages';
import { HOUR_MS, MINUTE_MS } from '../seen';
import { cancelBatch, changeHold, holds, rowsOf } from './api';

/** SendGrid does not promise to stop what leaves sooner than this. */
const NOTICE_MS = 10 * MINUTE_MS;
const BUSY_SECONDS = 600;

export const schedule: Schedule = {
  leastMs: 15 * MINUTE_MS,
  // Seventy-two hours by SendGrid's clock, which may go before ours.
  mostMs: 72 * HOUR_MS - 10 * MINUTE_MS,

  // Test calls find out whether the key may cancel: what cannot be taken back is not handed over early.
  may: ({ SCHEDULES }) => SCHEDULES === 'yes',

  *cancel(ref, { account, now }) {
    const [, batch, at] = ref.split(' ');
    if (!batch || !at || now > Number(at) * 1000 - NOTICE_MS) return 'left';
    return yield* cancelled(account, batch);
  },
};

function* cancelled(account: Account, batch: string): Flow<'cancelled' | 'left'> {
  try {
    yield* asked(cancelBatch(account, batch));
    return 'cancelled';
  } catch (error) {
    const { fault: kind, message } = faultOf(error);
    if (kind !== 'rejected') throw error;
    if (/a status for this batch id exists/i.test(message)) return yield* heldAlready(account, batch);
    if (/max limit reached/i.test(message)) return fail('busy', TEN, { retryAfterSeconds: BUSY_SECONDS });
    throw error;
  }
}

const TEN = 'SendGrid holds ten cancelled mails at a time, and ten are held; it is tried again.';

/** By us, when an answer was lost; or paused by a person, in which case it would still leave. */
function* heldAlready(account: Account, batch: string): Flow<'cancelled' | 'left'> {
  const reply = yield* ifThere(asked(holds(account, batch)));
  if (!reply) return 'left';
  const held = rowsOf(reply, 'batches').find((each) => each.str('batch_id') === batch);
  if (held?.oneOf('status', { cancel: false, pause: true })) yield* asked(changeHold(account, batch, 'cancel'));
  return 'cancelled';
}
