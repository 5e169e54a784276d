/** Calls of the sidebar: payments recorded by hand, and reconciliation. */
import { amount, day, flag, oneOf, optional, record, requestId, text } from '../../args';
import { type DeskCalls, desk } from '../../call';
import { queue } from '../money/queue';
import { recordOne } from '../money/record';
import { previewMany, recordMany } from '../money/record-many';
import { resolution } from '../money/resolution';
import { reconcile } from '../money/resolve';

export const moneyCalls = {
  queue: desk<'queue'>('viewer', () => record({}), queue),
  reconcile: desk<'reconcile'>(
    'manager',
    () => record({ request: requestId, receipt: text, as: resolution() }),
    reconcile,
  ),
  previewMany: desk<'previewMany'>('manager', () => record({ text }), previewMany),
  recordOne: desk<'recordOne'>(
    'manager',
    () =>
      record({
        request: requestId,
        lease: text,
        amount,
        method: oneOf('cash', 'check', 'money order', 'bank transfer', 'other'),
        reference: text,
        on: optional(day),
        memo: optional(text),
        twice: optional(flag),
      }),
    recordOne,
  ),
  recordMany: desk<'recordMany'>('manager', () => record({ request: requestId, text, digest: text }), recordMany),
} satisfies Partial<DeskCalls>;
