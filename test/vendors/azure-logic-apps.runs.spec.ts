/** The Azure Logic Apps sandbox: who may call a trigger, how runs go and are found, and what the clock sends. */
import * as people from '../../local/vendors/azure-logic-apps/people';
import { AzureTalk, asked, HOURLY_VALUES, hourly } from './azure-talk';
import type { Json } from './talk';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('the address of a Request trigger', () => {
  const ready = () => {
    const talk = new AzureTalk();
    talk.put('wf');
    return { talk, url: talk.address('wf') };
  };

  it('is told whole and in parts', () => {
    const { talk, url } = ready();
    const told = talk.call('POST', '/wf/triggers/manual/listCallbackUrl').json;
    expect(told).toMatchObject({
      method: 'POST',
      queries: { 'api-version': '2016-10-01', sp: '/triggers/manual/run' },
    });
    expect(`${told.basePath}?${new URLSearchParams(told.queries)}`).toBe(url);
    expect(url).toMatch(
      /^https:\/\/prod-27\.eastus\.logic\.azure\.com:443\/workflows\/[a-f0-9]{32}\/triggers\/manual\//,
    );
    expect(talk.call('POST', '/wf/triggers/other/listCallbackUrl').code).toBe('WorkflowTriggerNotFound');
    talk.put('tick', hourly(), { parameters: HOURLY_VALUES });
    expect(talk.call('POST', '/tick/triggers/Recurrence/listCallbackUrl').status).toBe(400);
  });

  it('begins a run at once and names it', () => {
    const { talk, url } = ready();
    const { status, headers } = talk.post(url, { id: 'e1' }, { 'x-ms-client-tracking-id': 'ref-1' });
    expect([status, headers['x-ms-client-tracking-id']]).toEqual([202, 'ref-1']);
    const run = talk.call('GET', `/wf/runs/${headers['x-ms-workflow-run-id']}`).json;
    expect(run.properties).toMatchObject({ status: 'Running', correlation: { clientTrackingId: 'ref-1' } });
    // The same event twice is two runs: the service does not compare.
    talk.post(url, { id: 'e1' }, { 'x-ms-client-tracking-id': 'ref-1' });
    expect(talk.runs('wf')).toHaveLength(2);
  });

  it('is signed: each change to it, and a missing part, is refused', () => {
    const { talk, url } = ready();
    const changed = (name: string, value?: string) => {
      const other = new URL(url);
      if (value === undefined) other.searchParams.delete(name);
      else other.searchParams.set(name, value);
      const { status, code } = talk.post(other.toString(), { id: '1' });
      return [status, code];
    };
    const sig = new URL(url).searchParams.get('sig') ?? '';
    expect(changed('sig', `${sig.slice(0, -1)}${sig.endsWith('A') ? 'B' : 'A'}`)).toEqual([401, 'AuthorizationFailed']);
    expect(changed('sig', '')).toEqual([401, 'DirectApiAuthorizationRequired']);
    expect(changed('sig')).toEqual([401, 'DirectApiAuthorizationRequired']);
    expect(changed('sp', '/triggers/other/run')).toEqual([401, 'AuthorizationFailed']);
    expect(changed('sv', '2.0')).toEqual([401, 'AuthorizationFailed']);
    expect(changed('se', '2099-01-01T00:00:00Z')).toEqual([401, 'AuthorizationFailed']);
    expect(changed('api-version', '2015-01-01')).toEqual([400, 'InvalidApiVersionParameter']);
    const other = talk.post(url.replace('/triggers/manual/', '/triggers/other/'), { id: '1' });
    expect(other.status).toBe(401);
    expect(talk.runs('wf')).toEqual([]);
  });

  it('is worth nothing after its key was renewed; one made with the other key still is', () => {
    const { talk, url } = ready();
    const short = people.addressUntil(talk.state, 'wf', 'manual', talk.nowMs + MINUTE);
    people.renewKey(talk.state, 'wf', 'primary');
    expect(talk.post(url, { id: '1' }).status).toBe(401);
    expect(talk.post(talk.address('wf'), { id: '1' }).status).toBe(202);
    expect(talk.post(short, { id: '1' }).status).toBe(202);
    talk.nowMs += MINUTE;
    expect(talk.post(short, { id: '1' }).status).toBe(401);
  });

  it('takes no token beside its signature, and no other method', () => {
    const { talk, url } = ready();
    const both = talk.post(url, { id: '1' }, { authorization: 'Bearer x' });
    expect(both).toMatchObject({ status: 400, code: 'DirectApiRequestHasMoreThanOneAuthorization' });
    expect(talk.send('GET', url, {}).status).toBe(400);
  });

  it.each([
    [{}, 'Required properties are missing from object: id.'],
    [{ id: null }, 'Invalid type. Expected String but got Null.'],
    [{ id: 7 }, 'Invalid type. Expected String but got Integer.'],
    [[], 'Invalid type. Expected Object but got Array.'],
  ])('holds the body %j against the schema of the trigger', (body, said) => {
    const { talk, url } = ready();
    const { status, code, json } = talk.post(url, body);
    expect([status, code]).toEqual([400, 'TriggerInputSchemaMismatch']);
    expect(json.error.message).toContain(said);
  });

  it('looks at the schema only where the trigger says so', () => {
    const talk = new AzureTalk();
    const { manual } = asked().triggers;
    talk.put('wf', asked({ triggers: { manual: { ...manual, operationOptions: undefined } } }));
    expect(talk.post(talk.address('wf'), {}).status).toBe(202);
  });

  it('is closed while the workflow is switched off, and asks for patience when called too often', () => {
    const { talk, url } = ready();
    people.switchInPortal(talk.state, 'wf', false, talk.nowMs);
    expect(talk.post(url, { id: '1' })).toMatchObject({ status: 400, code: 'WorkflowTriggerIsNotEnabled' });
    people.switchInPortal(talk.state, 'wf', true, talk.nowMs);
    people.throttle(talk.state, 'triggers', 30, talk.nowMs);
    expect(talk.post(url, { id: '1' })).toMatchObject({ status: 429, headers: { 'retry-after': '30' } });
    talk.nowMs += 30_000;
    expect(talk.post(url, { id: '1' }).status).toBe(202);
  });
});

describe('runs', () => {
  it('end after a moment, are listed newest first by pages, and are forgotten after ninety days', () => {
    const talk = new AzureTalk();
    talk.put('wf');
    const url = talk.address('wf');
    const names = ['1', '2', '3'].map((id) => {
      talk.nowMs += 1000;
      return talk.post(url, { id }).headers['x-ms-workflow-run-id'];
    });
    expect(talk.runs('wf').map(({ properties }) => properties.status)).toEqual(['Running', 'Running', 'Succeeded']);
    talk.nowMs += MINUTE;
    const first = talk.call('GET', '/wf/runs?$top=2').json;
    const second = talk.at('GET', first.nextLink).json;
    expect([...first.value, ...second.value].map(({ name }: Json) => name)).toEqual([...names].reverse());
    expect(second.nextLink).toBeUndefined();
    expect(first.value[0].properties).toMatchObject({ status: 'Succeeded', endTime: expect.any(String) });
    talk.nowMs += 90 * DAY;
    talk.signIn();
    expect(talk.runs('wf')).toEqual([]);
  });

  it('are found by status, by time and by the tracking id', () => {
    const talk = new AzureTalk();
    talk.put('wf');
    const url = talk.address('wf');
    for (const id of ['a', 'b']) {
      talk.post(url, { id }, { 'x-ms-client-tracking-id': id });
      talk.nowMs += MINUTE;
    }
    const found = (filter: string) =>
      talk.runs('wf', `?$filter=${encodeURIComponent(filter)}`).map(({ properties }) => properties.correlation);
    const at = new Date(talk.nowMs - MINUTE).toISOString();
    expect(found("clientTrackingId eq 'a'")).toEqual([{ clientTrackingId: 'a' }]);
    expect(found("clientTrackingId eq 'c'")).toEqual([]);
    expect(found(`startTime ge ${at}`)).toEqual([{ clientTrackingId: 'b' }]);
    expect(found(`status eq 'Succeeded' and startTime lt ${at}`)).toEqual([{ clientTrackingId: 'a' }]);
    for (const bad of ["colour eq 'red'", 'status eq Failed', "startTime ge 'soon'", "status gt 'A'"])
      expect(talk.call('GET', `/wf/runs?$filter=${encodeURIComponent(bad)}`).code).toBe('InvalidFilterInQueryString');
    expect(talk.call('GET', '/wf/runs/0858').code).toBe('WorkflowRunNotFound');
  });
});

describe('a step of the owner', () => {
  it('is put behind those that are there, and runs after them', () => {
    const talk = new AzureTalk();
    talk.put('wf');
    people.agreeToConnection(talk.state, 'teams');
    people.designStep(talk.state, 'wf', 'teams', talk.nowMs);
    expect(talk.call('GET', '/wf').json.properties.definition.actions.Tell_teams.runAfter).toEqual({
      Keep: ['Succeeded'],
    });
    talk.post(talk.address('wf'), { id: '1', type: 'lease.late', lease: 'L-104' });
    expect(people.takeRequests(talk.state)).toMatchObject([{ body: '{"text":"lease.late: L-104"}' }]);
  });
});

describe('the clock of a Recurrence trigger', () => {
  const ticking = (http: Json = {}, more: Json = {}) => {
    const talk = new AzureTalk();
    talk.put('tick', hourly(http, more), { parameters: HOURLY_VALUES });
    return talk;
  };
  const status = (talk: AzureTalk) => talk.runs('tick')[0]?.properties.status;

  it('sends the request of the HTTP action, with its expressions worked out', () => {
    const talk = ticking();
    const [sent] = people.tick(talk.state, 'tick', talk.nowMs);
    const [run] = talk.runs('tick');
    expect(sent).toEqual({
      ...{ workflow: 'tick', run: run?.name, action: 'Call', method: 'POST' },
      url: 'https://app.example/exec?key=k1%262',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ run: run?.name, of: 'tick' }),
    });
    talk.nowMs += 10 * MINUTE;
    expect(status(talk)).toBe('Running');
    people.answerRequest(talk.state, sent!, { status: 200 }, talk.nowMs);
    expect(status(talk)).toBe('Succeeded');
  });

  it('sends it again after an answer that may pass, as often as its policy says', () => {
    const talk = ticking({ retryPolicy: { type: 'fixed', count: 1, interval: 'PT1M' } });
    const [sent] = people.tick(talk.state, 'tick', talk.nowMs);
    const [again] = people.answerRequest(talk.state, sent!, { status: 503 }, talk.nowMs);
    expect(again).toEqual(sent);
    expect(people.answerRequest(talk.state, again!, { status: 503 }, talk.nowMs)).toEqual([]);
    talk.nowMs += MINUTE;
    expect(talk.runs('tick')[0]?.properties).toMatchObject({ status: 'Failed', code: 'ActionFailed' });
  });

  it('fails at once after a refusal, goes on where another step takes the failure, and ends where a person ends it', () => {
    const refused = (talk: AzureTalk) => {
      const [sent] = people.tick(talk.state, 'tick', talk.nowMs);
      people.answerRequest(talk.state, sent!, { status: 302 }, talk.nowMs);
      talk.nowMs += MINUTE;
      return status(talk);
    };
    expect(refused(ticking())).toBe('Failed');
    const after = { type: 'Compose', runAfter: { Call: ['Failed'] }, inputs: "@outputs('Call')['statusCode']" };
    expect(refused(ticking({}, { After: after }))).toBe('Succeeded');
    expect(refused(ticking({}, { After: { ...after, runAfter: { Call: ['Succeeded'] } } }))).toBe('Failed');
    const talk = ticking();
    people.tick(talk.state, 'tick', talk.nowMs);
    people.cancelRun(talk.state, 'tick', talk.runs('tick')[0]?.name, talk.nowMs);
    expect(status(talk)).toBe('Cancelled');
  });

  it('passes while the workflow is switched off', () => {
    const talk = ticking();
    people.switchInPortal(talk.state, 'tick', false, talk.nowMs);
    expect(people.tick(talk.state, 'tick', talk.nowMs)).toEqual([]);
    expect(talk.runs('tick')).toEqual([]);
  });
});
