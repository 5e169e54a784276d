/** A card that a resident saves at Square while they pay an invoice on its page: which ones there were before, and which one came. */
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { type Account, asked, type Effect, type Flow } from '../connector';
import { get, listIn } from './api';
import { customerOf } from './wish';

/** Where nothing is saved, yet. */
const NONE = 'no card is saved';

/** Cards that can be charged, newest first: of the customer that the payload names, else of the one that bears the lease. */
function* cardsOf(account: Account, wanted: Json): Flow<readonly string[]> {
  const customer = wanted.opt('customer') ?? (yield* customerOf(account, wanted.str('leaseId')))?.id;
  if (customer === undefined) return [];
  const reply = yield* asked(get(account, '/v2/cards', { customer_id: customer, sort_order: 'DESC' }));
  return listIn(reply, 'cards')
    .items.filter((each) => each.bool('enabled'))
    .map((each) => each.str('id'));
}

/**
 * Notes the cards that are there before the resident pays on a page where one can be saved: payload LeaseOffer. It only reads, for
 * Square has no page on which to save a card without a payment.
 */
export const setup: Effect = {
  once: 'natural-id',
  *run({ account, payload }) {
    const cards = yield* cardsOf(account, new Json(payload, 'payload'));
    return cards.join(' ') || NONE;
  },
};

/**
 * Takes up the card that came since: payload LeaseOffer with `known`, what {@link setup} gave. Cards that were there before are of
 * somebody who may have agreed to something else. Gives its id; that there is none is a fault, or with `mayBeNone` the answer.
 */
export const adopt: Effect = {
  once: 'natural-id',
  *run({ account, payload }) {
    const wanted = new Json(payload, 'payload');
    const known = (wanted.opt('known') ?? '').split(' ');
    const card = (yield* cardsOf(account, wanted)).find((each) => !known.includes(each));
    if (card !== undefined || payload.mayBeNone === true) return card ?? NONE;
    return fail('rejected', 'The resident has saved no card on the page of an invoice.');
  },
  link: (ref) => (ref === NONE ? undefined : { kind: 'autopay', externalId: ref }),
};
