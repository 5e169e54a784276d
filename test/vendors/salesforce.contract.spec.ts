/**
 * Every operation of the Salesforce sandbox and its connector, held against the fields and limits that are published of it.
 * The list of versions lies outside of any version and is in no list.
 */
import * as people from '../../local/vendors/salesforce/people';
import { salesforce } from '../../src/connectors/salesforce';
import { CrmBench, statusOf, taskOf } from '../connectors/salesforce-rig';
import { fitsWhatIsPublished } from './published';
import { REDIRECT, SalesforceTalk } from './salesforce-talk';
import { har } from './talk';

const talk = SalesforceTalk.signedIn();
const CONTACT = '/sobjects/Contact/Rent_Ledger_Id__c';

/** The sign-in of a person, and a session that is renewed. */
function signIn(): void {
  people.registerRedirect(talk.state, REDIRECT);
  const asked = { response_type: 'code', client_id: talk.app.clientId, redirect_uri: REDIRECT };
  const url = `https://login.salesforce.com/services/oauth2/authorize?${new URLSearchParams(asked)}`;
  const code = new URL(people.allow(talk.state, url, talk.nowMs)).searchParams.get('code')!;
  const fields = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT };
  const { refresh_token } = talk.grant(fields, 'login.salesforce.com').json;
  talk.grant({ grant_type: 'refresh_token', refresh_token }, 'login.salesforce.com');
}

function tour(): void {
  signIn();
  talk.get('/limits');
  for (const object of ['Contact', 'Task', 'User', 'TaskStatus']) talk.get(`/sobjects/${object}/describe`);
  const parts = [1, 2, 3].flatMap((number) => talk.lease(number, { Email: `r${number}@example.com`, Phone: '555-1' }));
  talk.composite(parts);
  talk.composite(talk.lease(1, { Email: 'no mail' }));
  const { id } = talk.done('PATCH', `${CONTACT}/L-4`, { LastName: 'Park' });
  talk.get(`${CONTACT}/L-4`);
  talk.get(`/sobjects/Contact/${id}?fields=Name,Email`);
  const task = talk.done('POST', '/sobjects/Task', { WhoId: id, Subject: 'Rent is late', Priority: 'High' }).id;
  talk.call('PATCH', `/sobjects/Task/${task}`, { Status: 'Completed' });
  talk.call('PATCH', '/sobjects/Contact/003RL0000zzzzzzIAA', { Phone: '1' });
  collections(task);
  queries();
}

function collections(task: string): void {
  const attributes = { type: 'Contact' };
  const records = Array.from({ length: 200 }, (_none, at) => ({
    attributes,
    Rent_Ledger_Id__c: `L-1${at}`,
    LastName: `Resident ${at}`,
    Rent_Balance__c: at,
    Rent_Due_Date__c: '2026-12-01',
  }));
  talk.done('PATCH', '/composite/sobjects/Contact/Rent_Ledger_Id__c', { allOrNone: false, records });
  talk.done('POST', '/composite/sobjects', { records: [{ attributes: { type: 'Task' }, Subject: 'Call' }] });
  const change = { attributes: { type: 'Task' }, Id: task, Status: 'In Progress' };
  talk.done('PATCH', '/composite/sobjects', { allOrNone: true, records: [change] });
}

function queries(): void {
  const since = 'SystemModstamp >= 2026-12-01T00:00:00Z ORDER BY SystemModstamp, Id';
  const soql = `SELECT Id, Email, Phone, Rent_Status__c, LastModifiedBy.Name FROM Contact WHERE ${since}`;
  const { json } = talk.soql(soql, 'query', { 'sforce-query-options': 'batchSize=200' });
  talk.get(json.nextRecordsUrl as string);
  talk.soql('SELECT Id FROM Contact WHERE IsDeleted = true', 'queryAll');
  talk.soql('SELECT Nothing FROM Contact');
}
tour();

const bench = new CrmBench();

/** All that the connector can do, some of it refused. */
function connectorTour(): void {
  people.endSessions(bench.state);
  if (salesforce.test) bench.run(salesforce.test(bench.account));
  for (const list of Object.values(salesforce.lists ?? {})) bench.run(list(bench.account));
  const lease = (at: number) => statusOf(`L-${at}`, { email: `r${at}@example.com` });
  people.addContact(bench.state, { LastName: 'Lee', Email: 'r1@example.com' }, bench.nowMs);
  bench.tell('standing', lease(1), lease(2), { ...lease(3), email: 'no mail' });
  bench.tell('standing', ...Array.from({ length: 30 }, (_, at) => lease(at)));
  bench.tell('task', taskOf('L-1', { owner: 'clara.clerk@maple-street.example' }), taskOf('L-40'));
  for (const state of ['closed', 'open'] as const) bench.tell('task', taskOf('L-1', { state }));
  bench.drainRows();
  if (salesforce.sample) bench.run(salesforce.sample(undefined, bench.account));
}
connectorTour();

const operationsIn = (requests: readonly { readonly method: string; readonly url: string }[]): string[] =>
  [
    ...new Set(
      requests.map((request) => {
        const path = new URL(request.url).pathname
          .replace(/\/services\/data\/v\d+\.0/, '')
          .replace(/\/query\/.+/, '/query/PAGE')
          .replace(/(Rent_Ledger_Id__c)\/.+/, '$1/KEY')
          .replace(/\/00\w{16}$/, '/ID');
        return `${request.method} ${path}`;
      }),
    ),
  ].sort();

const recorded = bench.har.toJSON();

describe('the traffic of Salesforce', () => {
  it('has every operation of the sandbox in it', () => {
    expect(operationsIn(talk.exchanges.map(({ request }) => request))).toEqual([
      'GET /limits',
      'GET /query',
      'GET /query/PAGE',
      'GET /queryAll',
      'GET /sobjects/Contact/ID',
      'GET /sobjects/Contact/Rent_Ledger_Id__c/KEY',
      'GET /sobjects/Contact/describe',
      'GET /sobjects/Task/describe',
      'GET /sobjects/TaskStatus/describe',
      'GET /sobjects/User/describe',
      'PATCH /composite/sobjects',
      'PATCH /composite/sobjects/Contact/Rent_Ledger_Id__c',
      'PATCH /sobjects/Contact/ID',
      'PATCH /sobjects/Contact/Rent_Ledger_Id__c/KEY',
      'PATCH /sobjects/Task/ID',
      'POST /composite',
      'POST /composite/sobjects',
      'POST /services/oauth2/token',
      'POST /sobjects/Task',
    ]);
  });

  it('has every operation of the connector in it', () => {
    expect(operationsIn(recorded.log.entries.map(({ request }) => request as never))).toEqual([
      'GET /limits',
      'GET /query',
      'GET /queryAll',
      'GET /sobjects/Contact/ID',
      'GET /sobjects/Contact/describe',
      'GET /sobjects/Task/describe',
      'PATCH /composite/sobjects/Contact/Rent_Ledger_Id__c',
      'POST /composite',
      'POST /services/oauth2/token',
    ]);
  });

  fitsWhatIsPublished('Salesforce, as the sandbox answers', () => har(talk.exchanges));
  fitsWhatIsPublished('Salesforce, as the connector asks', () => recorded);
});
