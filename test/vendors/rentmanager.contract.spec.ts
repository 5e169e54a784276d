/** Recorded traffic with the Rent Manager sandbox, held against the lists of resources and fields that clients of it agree on. */
import { HarRecorder } from '../../local/har';
import { GATEWAY_HOST } from '../../local/vendors/rentmanager';
import * as people from '../../local/vendors/rentmanager/people';
import { PASSWORD } from '../../local/vendors/rentmanager/state';
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
  for (const id of [4001]) talk.get(`/Charges/${id}`);
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
