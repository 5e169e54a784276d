/** Readers of the arguments of overrides: exactly the fields of each act, nothing more. */
import * as v from 'valibot';
import type { Act } from '../domain/acts/act';
import { amount, flag, oneOf, parts, type Reader } from './args';

/** The page's own id of a changing call; it becomes part of keys. */
const name = v.pipe(v.string(), v.maxLength(300));
const words = v.pipe(v.string(), v.maxLength(1_000));
/** May be left out. */
export const typedAmount = v.exactOptional(amount);

/** Days are read by the act itself, which says in words what is wrong. */
const dayText = v.pipe(v.string(), v.maxLength(40));

const act = <const Kind extends string, Fields extends v.ObjectEntries>(kind: Kind, fields: Fields) =>
  v.strictObject({ kind: v.literal(kind), lease: name, reason: words, ...fields });

const planFields = {
  charges: v.pipe(v.array(name), v.maxLength(60)),
  instalments: v.pipe(v.array(v.strictObject({ due: dayText, amount })), v.maxLength(60)),
  feesPaused: flag,
  graceDays: v.number(),
  missedAllowed: v.number(),
  agreed: oneOf('on the page', 'by signature'),
  note: words,
};

export const actReader = (): Reader<Act> =>
  v.variant('kind', [
    act('waive', { charge: name, amount: v.exactOptional(amount) }),
    act('credit', { amount }),
    act('adjust', { charge: name, to: amount }),
    act('charge', { type: name, amount, due: v.exactOptional(dayText) }),
    act('due', { charge: name, to: dayText }),
    act('hold', { until: dayText }),
    act('rent', { amount, from: dayText }),
    act('move out', { end: dayText }),
    act('renew', {}),
    act('contact', { header: oneOf('Email', 'Phone'), to: name }),
    act('release', { effect: name }),
    act('reverse', { receipt: name, because: oneOf('returned', 'entered in error') }),
    act('reallocate', { receipt: name, parts }),
    act('pause', { type: oneOf('plan', 'dispute'), begins: flag, charge: v.exactOptional(name) }),
    act('plan propose', planFields),
    act('plan withdraw', {}),
    act('plan end', {}),
    act('deposit', { action: oneOf('refunded', 'withheld', 'applied'), amount }),
  ]);
