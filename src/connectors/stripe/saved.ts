/** Saving a resident's card or bank account for autopay: the page where they do it, and what was saved there. */
import { bodyOf } from '../../http/body';
import { fail, isFault } from '../../http/faults';
import { Json } from '../../http/json';
import { inWaves } from '../../http/paging';
import { asked, type Effect, type EffectContext, type Flow } from '../connector';
import { httpsIn, withPage } from '../wishes';
import { expanded, get, listOf, PAGE, WAVE } from './api';
import { currencyOf, METHOD_TYPES, made, metadataOf, pageOf } from './effects';

/**
 * A page where the resident saves a card or a bank account: payload LeaseOffer. Nothing is charged there. Gives
 * `<customer id> <address>`: the customer is what the Links tab remembers, the address holds the session's id.
 */
export const setup: Effect = {
  once: 'vendor-key',
  *run(context) {
    const wanted = new Json(context.payload, 'payload');
    const returnTo = httpsIn(wanted, 'successUrl');
    const currency = currencyOf(wanted);
    const customer = wanted.opt('customer') ?? (yield* customerOf(wanted, context));
    const metadata = metadataOf(wanted, context.key);
    const session = yield* made(
      '/v1/checkout/sessions',
      {
        mode: 'setup',
        currency,
        customer,
        success_url: returnTo,
        client_reference_id: wanted.str('leaseId'),
        // Bank accounts are debited in dollars only.
        allowed_payment_method_types: currency === 'usd' ? Object.keys(METHOD_TYPES) : ['card'],
        metadata,
        setup_intent_data: { description: wanted.str('description'), metadata },
      },
      context.key,
    );
    return withPage(customer, pageOf(session));
  },
  link: (ref) => ({ kind: 'customer', externalId: ref.split(' ')[0] ?? '' }),
};

/** The lease's customer: one that carries its id, else a new one. */
function* customerOf(wanted: Json, { key }: EffectContext): Flow<string> {
  const email = wanted.opt('email');
  const lease = wanted.str('leaseId');
  const query = `metadata['lease_id']:'${lease.replace(/['\\]/g, '\\$&')}'`;
  // The search lags by a minute, and in India there is none; the list by address is of this moment.
  const outcomes = yield* inWaves(
    [
      ...(email ? [get('/v1/customers', { email, limit: PAGE })] : []),
      get('/v1/customers/search', { query, limit: PAGE }),
    ],
    WAVE,
  );
  for (const outcome of outcomes) {
    if (isFault(outcome)) continue;
    const found = bodyOf(outcome, 'customers').list('data');
    const ours = found.find((each) => each.opt('metadata.lease_id') === lease);
    if (ours) return ours.str('id');
  }
  const params = {
    email,
    name: wanted.opt('name'),
    phone: wanted.opt('phone'),
    description: wanted.opt('description'),
    metadata: { lease_id: lease },
  };
  return (yield* made('/v1/customers', params, `${key}:customer`)).str('id');
}

/**
 * Takes up what the resident saved: payload LeaseOffer with `customer`. Reads only, so repeating it is harmless. Gives
 * `pm_… card` or `pm_… us_bank_account`. A bank account whose small deposits nobody has confirmed yet is not saved. That
 * nothing is saved is a fault, or with `mayBeNone` the answer.
 */
export const adopt: Effect = {
  once: 'natural-id',
  *run({ payload }) {
    const wanted = new Json(payload, 'payload');
    const customer = wanted.str('customer');
    const request = get('/v1/setup_intents', { customer, limit: PAGE, expand: ['data.payment_method'] });
    const setups = listOf(yield* asked(request), 'setup_intents').items;
    const method = setups
      .filter((each) => isDone(each) && each.opt('metadata.lease_id') === wanted.str('leaseId'))
      .map((each) => expanded(each, 'payment_method'))
      // One that was taken off the customer cannot be charged any more.
      .find((each) => each?.has('customer'));
    if (method) return `${method.str('id')} ${method.oneOf('type', METHOD_TYPES)}`;
    if (payload.mayBeNone === true) return NONE;
    const open = setups.some((each) => each.str('status') === 'requires_action');
    const why = open
      ? 'The bank account that the resident saved waits to be confirmed by them.'
      : 'The resident has not finished saving a card or a bank account.';
    return fail('rejected', why);
  },
  link(ref) {
    if (ref === NONE) return undefined;
    const [id = '', type] = ref.split(' ');
    return { kind: 'autopay', externalId: type === METHOD_TYPES.us_bank_account ? `${type} ${id}` : id };
  },
};

/** Where nothing is saved yet. */
const NONE = 'nothing saved yet';

const SETUP_DONE: Readonly<Record<string, boolean>> = {
  succeeded: true,
  processing: false,
  canceled: false,
  requires_action: false,
  requires_confirmation: false,
  requires_payment_method: false,
};
const isDone = (setup: Json): boolean => setup.oneOf('status', SETUP_DONE);
