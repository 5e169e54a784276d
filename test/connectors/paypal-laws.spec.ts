/** PayPal and its sandbox keep the laws. */
import type { Credentials } from '../../src/connectors/connector';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { holdsTheLaws } from './laws';
import { ask, JSON_BODY, rig } from './paypal-rig';

const signed = ({ [ACCESS_TOKEN]: token = '' }: Credentials, more: Record<string, string> = {}) => ({
  authorization: `Bearer ${token}`,
  ...more,
});

holdsTheLaws({
  ...rig,
  refusals: [
    {
      name: 'an unknown path',
      request: (credentials) => ask('GET', '/v1/rents', signed(credentials)),
      status: 404,
      says: /RESOURCE_NOT_FOUND/,
    },
    {
      name: 'a call without a token',
      request: () => ask('GET', '/v1/reporting/balances', {}),
      status: 401,
      says: /AUTHENTICATION_FAILURE/,
    },
    {
      name: 'a token of the sandbox at the live host',
      request: (credentials) => ask('GET', 'https://api-m.paypal.com/v1/reporting/balances', signed(credentials)),
      status: 401,
      says: /invalid_token/,
    },
    {
      name: 'a form where JSON is wanted',
      request: (credentials) =>
        ask(
          'POST',
          '/v2/checkout/orders',
          signed(credentials, { 'content-type': 'application/x-www-form-urlencoded' }),
          'intent=CAPTURE',
        ),
      status: 415,
      says: /UNSUPPORTED_MEDIA_TYPE/,
    },
    {
      name: 'an unknown field',
      request: (credentials) =>
        ask(
          'POST',
          '/v1/catalogs/products',
          signed(credentials, JSON_BODY),
          JSON.stringify({ name: 'Rent', type: 'SERVICE', color: 'red' }),
        ),
      status: 400,
      says: /INVALID_PARAMETER_SYNTAX/,
    },
    {
      name: 'a number as an amount',
      request: (credentials) =>
        ask(
          'POST',
          '/v2/checkout/orders',
          signed(credentials, JSON_BODY),
          JSON.stringify({
            intent: 'CAPTURE',
            purchase_units: [{ amount: { currency_code: 'USD', value: 1250 } }],
          }),
        ),
      status: 400,
      says: /INVALID_REQUEST/,
    },
    {
      name: 'an unknown parameter',
      request: (credentials) => ask('GET', '/v1/reporting/balances?currency=USD', signed(credentials)),
      status: 400,
      says: /INVALID_REQUEST/,
    },
  ],
});
