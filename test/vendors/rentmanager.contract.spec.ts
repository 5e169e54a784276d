/** Recorded traffic with the Rent Manager sandbox, held against the lists of resources and fields that clients of it agree on. */
import { HarRecorder } from '../../local/har';
import { forDescriptions } from '../../local/story/undescribed';
import { GATEWAY_HOST } from '../../local/vendors/rentmanager';
import * as people from '../../local/vendors/rentmanager/people';
import { PASSWORD } from '../../local/vendors/rentmanager/state';
import { rentmanager } from '../../src/connectors/rentmanager';
import { day } from '../../src/domain/calendar';
import { instant } from '../../src/domain/values';
import { creditWish, DAY, invoiceWish, paymentWish, RentmanagerBench, START } from '../connectors/rentmanager-rig';
import { fitsWhatIsPublished } from './published';
import { CHARGE, PAYMENT, RentmanagerTalk } from './rentmanager-talk';

function tour(): RentmanagerTalk {
  const talk = RentmanagerTalk.loggedIn();
  talk.call('POST', '/Authentication/ChangeLocation?locationID=1');
  for (const list of ['Locations', 'Properties', 'Units', 'Leases', 'ChargeTypes', 'RecurringCharges', 'Credits'])
    talk.get(`/${list}`, { pagesize: '2' });
  talk.get('/Tenants', { filters: 'Status,eq,Current', embeds: 'Contacts.PhoneNumbers,Leases.Unit', pagesize: '2' });
  talk.call('POST', '/Charges', [CHARGE]);
  talk.call('POST', '/Payments', [{ ...PAYMENT, Reference: 'RL-1', Comment: 'Paid by card' }]);
  talk.get('/Charges/4001');
  talk.get('/Charges', { filters: 'AccountID,eq,5001;TransactionDate,ge,2026-12-01' });
  talk.get('/Payments', { filters: 'UpdateDate,ge,2026-12-01T00:00:00Z', orderby: 'UpdateDate' });
  people.reversePayment(talk.state, 4002, {}, talk.hand);
  talk.get('/PaymentReversals');
  for (const inner of ['Transactions', 'Leases', 'RecurringCharges', 'Contacts']) talk.get(`/Tenants/5001/${inner}`);
  talk.get('/Units/11/Leases');
  talk.call('DELETE', '/Charges/4001');
  talk.get('/Charges', { filters: 'Amount,gte,1' });
  return talk;
}

describe('the traffic of the Rent Manager sandbox', () => {
  const { exchanges, state } = tour();
  const recorder = new HarRecorder();
  for (const { request, reply } of exchanges) recorder.add(request, reply, 0);

  it('has every operation in it', () => {
    const calls = exchanges.map(({ request, reply }) => {
      const path = new URL(request.url).pathname.replace(/\/\d+/g, '/ID');
      return `${request.method} ${path} ${reply.status}`;
    });
    expect([...new Set(calls)].sort()).toEqual([
      'DELETE /Charges/ID 200',
      'GET /ChargeTypes 206',
      'GET /Charges 200',
      'GET /Charges 400',
      'GET /Charges/ID 200',
      'GET /Credits 200',
      'GET /Leases 206',
      'GET /Locations 200',
      'GET /PaymentReversals 200',
      'GET /Payments 200',
      'GET /Properties 200',
      'GET /RecurringCharges 206',
      'GET /Tenants 206',
      'GET /Tenants/ID/Contacts 200',
      'GET /Tenants/ID/Leases 200',
      'GET /Tenants/ID/RecurringCharges 200',
      'GET /Tenants/ID/Transactions 200',
      'GET /Units 206',
      'GET /Units/ID/Leases 200',
      'POST /Authentication/AuthorizeUser 200',
      'POST /Authentication/ChangeLocation 200',
      'POST /Charges 200',
      'POST /Payments 200',
    ]);
  });

  it('holds neither the password nor the token', () => {
    const text = JSON.stringify(recorder.toJSON());
    const [token = ''] = Object.keys(state.tokens);
    expect(JSON.stringify(exchanges)).toContain(token);
    expect([PASSWORD, token].filter((secret) => text.includes(secret))).toEqual([]);
  });

  fitsWhatIsPublished('Rent Manager', () => recorder.toJSON(), { passed: exchanges.length });
});

it('has a gateway of the customer’s own at another host, with a key in a header', () => {
  const talk = new RentmanagerTalk();
  const url = `https://${GATEWAY_HOST}/api/v2/transactions/rent?since=2026-12-01&page=1&pageSize=500`;
  expect(talk.send('GET', url, {}).status).toBe(401);
  const { auth } = talk.state.gateway.setUp;
  if (auth.kind !== 'header') throw new Error('The key is in no header.');
  const reply = talk.send('GET', url, { [auth.name.toLowerCase()]: auth.value });
  expect(JSON.parse(reply.body)).toEqual({ data: [], page: 1, totalPages: 1 });
});

/** All that the connector can do with the Web API, some of it refused. */
function connected(): RentmanagerBench {
  const one = new RentmanagerBench();
  const done = (result: object) => expect(result).not.toHaveProperty('fault');
  done(one.run(rentmanager.test!(one.account)));
  done(one.run(rentmanager.lists!.chargeTypes!(one.account)));
  done(one.run(rentmanager.sample!(undefined, one.account)));
  done(one.run(rentmanager.roster!(one.account, day('2026-12-02'))));
  for (const more of [{}, { amountCents: 100 }]) done(one.wish('invoice', invoiceWish(more)));
  done(one.wish('invoice', invoiceWish({ number: 'RL-0000000001' }, 'L-1', { id: '5001' })));
  done(one.wish('payment', paymentWish()));
  done(one.wish('credit', creditWish()));
  people.recordPayment(one.state, { tenant: 5002, cents: 5000, day: '2026-12-02' }, one.hand);
  one.drain();
  one.nowMs += DAY;
  one.drain();
  const period = { since: instant(START - DAY), until: instant(one.nowMs), now: instant(one.nowMs) };
  done(one.run(rentmanager.books!.items({ ...period, account: one.account })));
  done(one.wish('credit', creditWish({ gone: true })));
  done(one.wish('payment', paymentWish({ gone: true })));
  done(one.wish('invoice', invoiceWish({ gone: true })));
  people.closeBooks(one.state, '2026-12-31', one.hand);
  expect(one.wish('invoice', invoiceWish())).toMatchObject({ fault: { fault: 'rejected' } });
  people.endSessions(one.state);
  one.drain();
  return one;
}

describe('the traffic of the Rent Manager connector', () => {
  const one = connected();
  const har = forDescriptions(one.har.toJSON());
  const addresses = har.log.entries.map(({ request }) => new URL(String(request.url)));

  it('has every call in it that it can make', () => {
    const calls = har.log.entries.map(
      ({ request }, at) => `${request.method} ${addresses[at]!.pathname.replace(/\/\d+/g, '/ID')}`,
    );
    expect([...new Set(calls)].sort()).toEqual([
      'DELETE /Charges/ID',
      'DELETE /Credits/ID',
      'DELETE /Payments/ID',
      'GET /ChargeTypes',
      'GET /Charges',
      'GET /Credits',
      'GET /Leases',
      'GET /Locations',
      'GET /Payments',
      'GET /Properties',
      'GET /RecurringCharges',
      'GET /Tenants',
      'GET /Units',
      'POST /Authentication/AuthorizeUser',
      'POST /Charges',
      'POST /Credits',
      'POST /Payments',
    ]);
  });

  it('sets aside the two writes whose fields the list leaves out, and nothing else', () => {
    const aside = har.log.entries.filter((_, at) => addresses[at]!.hostname.endsWith('.undescribed.invalid'));
    const calls = aside.map(({ request }) => `${request.method} ${new URL(String(request.url)).pathname}`);
    expect([...new Set(calls)].sort()).toEqual(['POST /Charges', 'POST /Credits']);
    for (const { request } of aside) expect(String(request.comment)).toMatch(/list/);
  });

  it('holds neither the password nor a token', () => {
    const text = JSON.stringify(one.har.toJSON());
    expect([PASSWORD, '-rentledger-token'].filter((secret) => text.includes(secret))).toEqual([]);
  });

  fitsWhatIsPublished('the connector of Rent Manager', () => har);
});
