/** Rent Manager and its sandbox keep the laws, also where the server keeps no reference of a payment, and where it gives models back. */
import * as people from '../../local/vendors/rentmanager/people';
import type { RentmanagerState } from '../../local/vendors/rentmanager/state';
import type { Credentials } from '../../src/connectors/connector';
import { holdsTheLaws, type Rig } from './laws';
import { ask, base, creditWish, invoiceWish, paymentWish, signed, start } from './rentmanager-rig';

const bearing = (table: 'Charges' | 'Payments' | 'Credits', number: string) => (state: RentmanagerState) =>
  state.tables[table].filter((row) => `${row.Reference} ${row.Comment}`.includes(number)).length;

const writes = [
  { effect: 'invoice', payload: () => invoiceWish(), count: bearing('Charges', 'RL-8K2M4N7QPZ') },
  { effect: 'payment', payload: () => paymentWish(), count: bearing('Payments', 'RP-0123456789') },
  { effect: 'credit', payload: () => creditWish(), count: bearing('Credits', 'RC-ABCDEFGHJK') },
];

const rig: Rig<RentmanagerState> = {
  ...base,
  emptied(reply) {
    return reply.status === 206 ? { ...reply, body: '' } : undefined;
  },
  writes,
  refusals: [
    {
      name: 'a missing token',
      request: () => ask('GET', '/Payments', {}),
      status: 401,
      says: /Invalid API token/,
    },
    {
      name: 'an unknown path',
      request: (credentials: Credentials) => ask('GET', '/Rents', signed(credentials)),
      status: 404,
      says: /cannot be found/,
    },
    {
      name: 'an operator that other query languages have',
      request: (credentials: Credentials) => ask('GET', '/Payments?filters=Amount,gte,5', signed(credentials)),
      status: 400,
      says: /"filters":\["The operator 'gte' is not valid\."\]/,
    },
    {
      name: 'one charge that stands in no array',
      request: (credentials: Credentials) => ask('POST', '/Charges', signed(credentials), '{"AccountID":5001}'),
      status: 400,
      says: /An array of models is expected/,
    },
    {
      name: 'a tenant’s id under another name',
      request: (credentials: Credentials) => ask('POST', '/Payments', signed(credentials), '[{"TenantID":5001}]'),
      status: 400,
      says: /models\[0\]\.TenantID/,
    },
    {
      name: 'a page of more than a thousand',
      request: (credentials: Credentials) => ask('GET', '/Payments?pagesize=5000', signed(credentials)),
      status: 400,
      says: /between 1 and 1000/,
    },
  ],
};

holdsTheLaws<RentmanagerState>(rig);

const { emptied: _, ...withoutPages } = rig;

describe.each([
  ['keeps no reference of a payment', { takesPaymentReference: false }],
  ['gives models back, and 204 for nothing', { answersPosts: 'models', emptyStatus: 204 }],
] as const)('where the server %s', (_what, habits) => {
  holdsTheLaws<RentmanagerState>({
    ...withoutPages,
    manyPages: 20,
    start(nowMs) {
      const begun = start(nowMs);
      people.serverIs(begun.state, habits);
      return begun;
    },
  });
});
