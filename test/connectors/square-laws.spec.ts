/** Square and its sandbox keep the laws. */
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { SANDBOX_TOKEN, type SquareState, square as sandbox } from '../../local/vendors/square';
import type { Credentials } from '../../src/connectors/connector';
import { square } from '../../src/connectors/square';
import { holdsTheLaws } from './laws';
import { ACCOUNT, ask, draftInvoice, OFFER, paidOrder, SQUARE_START } from './square-world';

const signed = ({ SQUARE_ACCESS_TOKEN: token = '' }: Credentials, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${token}`,
  'square-version': '2025-08-20',
  ...more,
});
const JSON_TYPE = { 'content-type': 'application/json' };
const invoicesOf = (number: string) => (state: SquareState) =>
  Object.values(state.invoices).filter((each) => each.invoice_number.startsWith(number)).length;

const refusal = (
  name: string,
  request: (credentials: Credentials) => SandboxRequest,
  status: number,
  says: RegExp,
) => ({ name, request, status, says });

holdsTheLaws<SquareState>({
  connector: square,
  sandbox,
  startMs: SQUARE_START,
  currency: 'USD',
  start(nowMs) {
    const state = sandbox.start();
    draftInvoice(state, 'RL-CANCE00000', nowMs);
    return { state, credentials: { SQUARE_ACCESS_TOKEN: SANDBOX_TOKEN, SQUARE_MODE: 'sandbox' }, account: ACCOUNT };
  },
  pay: (state, { lease, amountCents, atMs }) => paidOrder(state, { lease, amountCents, atMs }),
  manyPages: 250,
  spoil(state, id) {
    const payment = state.payments[id];
    if (!payment) throw new Error(`no ${id}`);
    payment.status = 'SIDEWAYS';
  },
  emptied(reply) {
    const { payments, cursor } = JSON.parse(reply.body) as { payments?: unknown[]; cursor?: string };
    return payments && cursor ? { ...reply, body: JSON.stringify({ cursor }) } : undefined;
  },
  writes: [
    { effect: 'invoice', payload: () => OFFER, count: invoicesOf('RL-0123456789') },
    {
      effect: 'payLink',
      payload: () => OFFER,
      count: (state: SquareState) => Object.keys(state.links).length,
    },
    {
      effect: 'cancelInvoice',
      payload: () => ({ leaseId: 'L-7', number: 'RL-CANCE00000' }),
      count: (state: SquareState) => 1 - invoicesOf('RL-CANCE00000')(state),
    },
  ],
  refusals: [
    refusal('an unknown path', (has) => ask('GET', '/v2/rents', signed(has)), 404, /NOT_FOUND/),
    refusal('a wrong method', (has) => ask('DELETE', '/v2/payments', signed(has)), 404, /NOT_FOUND/),
    refusal('a missing token', () => ask('GET', '/v2/locations', {}), 401, /AUTHENTICATION_ERROR.*UNAUTHORIZED/),
    refusal(
      'a version that is no date',
      (has) => ask('GET', '/v2/locations', { ...signed(has), 'square-version': 'latest' }),
      400,
      /INVALID_SQUARE_VERSION_FORMAT/,
    ),
    refusal(
      'a form',
      (has) =>
        ask('POST', '/v2/customers', signed(has, { 'content-type': 'application/x-www-form-urlencoded' }), 'a=b'),
      415,
      /UNSUPPORTED_MEDIA_TYPE/,
    ),
    refusal(
      'an unknown field',
      (has) => ask('POST', '/v2/customers', signed(has, JSON_TYPE), '{"given_name":"Ann","pet":"cat"}'),
      400,
      /UNKNOWN_BODY_PARAMETER.*pet/,
    ),
    refusal('an unknown filter', (has) => ask('GET', '/v2/refunds?since=1', signed(has)), 400, /UNKNOWN_QUERY/),
    refusal(
      'an amount as text',
      (has) =>
        ask(
          'POST',
          '/v2/refunds',
          signed(has, JSON_TYPE),
          '{"idempotency_key":"k","payment_id":"P","amount_money":{"amount":"5","currency":"USD"}}',
        ),
      400,
      /EXPECTED_INTEGER/,
    ),
    refusal(
      'the token of the other world',
      (has) => ({ ...ask('GET', '/v2/locations', signed(has)), url: 'https://connect.squareup.com/v2/locations' }),
      401,
      /UNAUTHORIZED/,
    ),
  ],
});
