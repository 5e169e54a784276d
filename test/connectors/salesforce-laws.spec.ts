/** Salesforce and its sandbox keep the laws: whatever answer is lost, there is one contact and one task. */
import type { SalesforceState } from '../../local/vendors/salesforce';
import { HOST } from '../../local/vendors/salesforce/fresh';
import * as people from '../../local/vendors/salesforce/people';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { holdsTheLaws } from './laws';
import { CrmBench, fault, rigWith, signedIn, statusOf, taskOf } from './salesforce-rig';

const ask = (method: string, path: string, token: string, body?: unknown): SandboxRequest => ({
  method,
  url: `https://${HOST}/services/data/v66.0${path}`,
  headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
  body: body ? JSON.stringify(body) : '',
});

const refusal = (name: string, status: number, says: RegExp, request: (token: string) => SandboxRequest) => ({
  name,
  status,
  says,
  request: (credentials: Readonly<Record<string, string>>) => request(credentials[ACCESS_TOKEN] ?? ''),
});

const payload = (told: object) => () => JSON.parse(JSON.stringify(told)) as Record<string, unknown>;
const rowsOf = (state: SalesforceState) => people.orgAt(state).records;

holdsTheLaws<SalesforceState>(
  rigWith(signedIn(), {
    writes: [
      {
        effect: 'standing',
        payload: payload(statusOf('L-1')),
        count: (state: SalesforceState) => Object.keys(rowsOf(state).Contact).length,
      },
      {
        effect: 'task',
        payload: payload(taskOf('L-1')),
        count: (state: SalesforceState) => {
          const { Contact, Task } = rowsOf(state);
          return Object.keys(Contact).length === 1 ? Object.keys(Task).length : 0;
        },
      },
    ],
    refusals: [
      refusal('a session of nobody', 401, /INVALID_SESSION_ID/, () => ask('GET', '/limits', 'guess')),
      refusal('a place that is not there', 404, /NOT_FOUND/, (token) =>
        ask('GET', '/sobjects/Lease__c/describe', token),
      ),
      refusal('a query that cannot be read', 400, /MALFORMED_QUERY/, (token) => ask('GET', '/query?q=SELECT', token)),
      refusal('a contact without a name', 400, /REQUIRED_FIELD_MISSING/, (token) =>
        ask('PATCH', '/sobjects/Contact/Rent_Ledger_Id__c/L-1', token, { FirstName: 'Ann' }),
      ),
      refusal('a field that nobody has made', 400, /No such column 'Mood__c'/, (token) =>
        ask('POST', '/sobjects/Contact', token, { LastName: 'Lee', Mood__c: 'x' }),
      ),
      refusal('too many parts', 400, /LIMIT_EXCEEDED/, (token) =>
        ask('POST', '/composite', token, { compositeRequest: [] }),
      ),
    ],
  }),
);

describe('the wire to Salesforce', () => {
  const isToken = (request: SandboxRequest): boolean => /grant_type/.test(request.body);
  const json = { 'content-type': 'application/json' };

  it('renews the session once when a call finds it ended, and goes on', () => {
    const bench = new CrmBench();
    people.endSessions(bench.state);
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([expect.stringMatching(/^003/)]);
    expect(bench.renewals).toBe(1);
    expect(bench.contacts()).toHaveLength(1);
  });

  it('renews a session that is two hours old before it is used', () => {
    const bench = new CrmBench();
    bench.nowMs += 2 * 3_600_000;
    bench.tell('standing', statusOf('L-1'));
    expect(bench.renewals).toBe(1);
  });

  it('ends as an auth fault when the session stays refused', () => {
    const bench = new CrmBench();
    bench.answer = (request, reply) => (isToken(request) ? reply() : { status: 401, headers: json, body: '[]' });
    expect(() => bench.look()).toThrow('"fault":"auth"');
  });

  it.each([
    ['429', { status: 429, headers: json, body: '[]' }, 60],
    [
      'the calls of the day',
      { status: 403, headers: json, body: '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"x"}]' },
      3600,
    ],
  ])('waits after %s, and asks nothing more', (_name, refused, seconds) => {
    const bench = new CrmBench();
    let asked = 0;
    bench.answer = () => {
      asked += 1;
      return refused;
    };
    const flow = bench.rig.connector.effects?.standing?.run(bench.contexts([statusOf('L-1')])[0]!);
    expect(bench.run(flow!)).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: seconds } });
    expect(asked).toBe(1);
  });

  it('never sends a write again whose answer was lost, unless it has looked', () => {
    const bench = new CrmBench();
    bench.answer = (request, reply) => {
      const given = reply();
      return /"POST"/.test(request.body) ? new Error('Address unavailable') : given;
    };
    const flow = bench.rig.connector.effects?.task?.run(bench.contexts([taskOf('L-1')])[0]!);
    expect(bench.run(flow!)).toEqual(fault('down', expect.any(String)));
    expect(bench.tasks()).toHaveLength(1);
  });

  it('has no secret in any line that is recorded', () => {
    const bench = new CrmBench();
    people.endSessions(bench.state);
    bench.tell('standing', statusOf('L-1'));
    bench.tell('task', taskOf('L-1'));
    bench.run(bench.rig.connector.test!(bench.account));
    bench.drainRows();
    const text = JSON.stringify(bench.har.toJSON());
    expect(bench.renewals).toBe(1);
    // The id of the application stands in the address that everybody signs in at.
    for (const name of ['SALESFORCE_CLIENT_SECRET', ACCESS_TOKEN])
      expect([name, text.includes(bench.credentials[name]!)]).toEqual([name, false]);
    for (const token of [...Object.keys(bench.state.sessions), ...Object.keys(bench.state.refresh)])
      expect(text).not.toContain(token);
  });

  it('is sent to no address that is not of Salesforce', () => {
    const { oauth } = bench0();
    const reply = (instance_url: string) => ({
      status: 200,
      headers: json,
      body: JSON.stringify({ access_token: 'a', instance_url }),
    });
    expect(oauth.read(reply('https://eu5.salesforce.com')).found).toEqual({
      SALESFORCE_INSTANCE: 'https://eu5.salesforce.com',
    });
    for (const bad of [
      'http://x.salesforce.com',
      'https://salesforce.com.example.com',
      'https://evil.com/.salesforce.com',
    ])
      expect(() => oauth.read(reply(bad))).toThrow('not an address of Salesforce');
  });
});

function bench0() {
  const { oauth } = rigWith().connector;
  if (!oauth) throw new Error('no sign-in');
  return { oauth };
}
