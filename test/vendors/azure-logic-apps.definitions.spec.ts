/** What the Azure sandbox takes as a workflow definition, and what it says of one that it does not take. */
import * as people from '../../local/vendors/azure-logic-apps/people';
import { GROUP_PATH } from '../../local/vendors/azure-logic-apps/state';
import { AzureTalk, asked, HOURLY_VALUES, hourly } from './azure-talk';
import type { Json } from './talk';

const step = (inputs: unknown, more: Json = {}): Json => ({ type: 'Compose', runAfter: {}, inputs, ...more });
const following = (...names: string[]): Json => ({
  runAfter: Object.fromEntries(names.map((name) => [name, ['Succeeded']])),
});
const refusal = (definition: Json, more: Json = {}): string => {
  const { status, json } = new AzureTalk().put('wf', definition, more);
  return status === 400 ? String(json.error.message) : `taken with ${status}`;
};
const withSteps = (actions: Json, more: Json = {}): string => refusal(asked({ actions, ...more }));

describe('a definition', () => {
  it.each([
    ['no schema', { $schema: undefined }, '$schema'],
    ['a strange member', { colour: 'red' }, 'colour'],
    ['a version that is none', { contentVersion: 'newest' }, 'contentVersion'],
    ['a trigger of no type', { triggers: { a: { type: 'Alarm' } } }, "'Alarm'"],
    ['an action of no type', { actions: { a: { type: 'Do', runAfter: {} } } }, "'Do'"],
    ['a parameter of no type', { parameters: { a: { type: 'Money' } } }, 'a.type'],
    [
      'too many parameters',
      { parameters: Object.fromEntries([...Array(51).keys()].map((n) => [n, { type: 'Int' }])) },
      '51',
    ],
    ['a name that is too long', { actions: { ['n'.repeat(81)]: step(1) } }, '80 characters'],
    ['a step twice', { actions: { a: step(1), A: step(1) } }, 'more than once'],
  ])('is refused with %s', (_, more, said) => {
    expect(refusal(asked(more))).toContain(said);
  });

  it.each([
    ['an interval that is too long', { frequency: 'Hour', interval: 12_001 }, 'interval'],
    ['a unit that is none', { frequency: 'Fortnight', interval: 1 }, 'frequency'],
    ['a zone by its other name', { frequency: 'Day', interval: 1, timeZone: 'America/New_York' }, 'timeZone'],
    ['an hour that is none', { frequency: 'Day', interval: 1, schedule: { hours: [24] } }, 'hours'],
  ])('is refused with a recurrence of %s', (_, recurrence, said) => {
    expect(refusal(hourly(), { parameters: HOURLY_VALUES })).toBe('taken with 201');
    const triggers = { Recurrence: { type: 'Recurrence', recurrence } };
    expect(refusal({ ...hourly(), triggers }, { parameters: HOURLY_VALUES })).toContain(said);
  });

  it.each([
    ['no method', { method: undefined }, 'method'],
    ['a strange input', { colour: 'red' }, 'colour'],
    ['a retry policy that is none', { retryPolicy: { type: 'often' } }, 'retryPolicy.type'],
  ])('is refused with an HTTP action of %s', (_, http, said) => {
    expect(refusal(hourly(http), { parameters: HOURLY_VALUES })).toContain(said);
  });

  it('has steps that run after steps of the same group, and never in a circle', () => {
    expect(withSteps({ a: step(1), b: step(2, following('a')) })).toBe('taken with 201');
    expect(withSteps({ a: step(1, following('b')) })).toContain("non-existent action: 'b'");
    expect(withSteps({ a: step(1, following('b')), b: step(1, following('a')) })).toContain('circular');
    const scope = { type: 'Scope', runAfter: {}, actions: { inner: step(1) } };
    expect(withSteps({ scope, b: step(1, following('inner')) })).toContain("non-existent action: 'inner'");
    expect(withSteps({ a: { ...step(1), runAfter: { a: ['Done'] } } })).toContain('runAfter');
  });

  it('is nested eight deep at most', () => {
    const nested = (depth: number): Json =>
      depth === 0 ? { end: step(1) } : { [`s${depth}`]: { type: 'Scope', runAfter: {}, actions: nested(depth - 1) } };
    expect(withSteps(nested(7))).toBe('taken with 201');
    expect(withSteps(nested(8))).toContain('nested too deep');
  });

  it('says plainly that the sandbox runs no loops, rather than refusing what Azure takes', () => {
    const loop = { loop: { type: 'Foreach', runAfter: {}, foreach: '@triggerBody()', actions: {} } };
    expect(() => withSteps(loop)).toThrow('does not run actions of type Foreach');
  });
});

describe('an expression', () => {
  it.each([
    "@triggerBody()?['id']",
    "@{triggerBody()?['id']} and @{utcNow()}",
    "@concat('it''s ', string(1.5), if(equals(1, 2), 'a', 'b'))",
    "@triggerOutputs().headers['x']",
    '@@home',
    'somebody@example.com',
    'a @@{ that is none',
    '@equals(triggerBody()?.id, null)',
  ])('is taken: %s', (text) => {
    expect(withSteps({ a: step(text) })).toBe('taken with 201');
  });

  it.each([
    ["@concat('a'", "expected ')'"],
    ["@concat('a)", 'not closed'],
    ['@{utcNow(}', 'expected an expression'],
    ['@{utcNow()', "expected '}'"],
    ['@utcNow() more', 'goes on'],
    ['@triggerBody()?', "expected '[' or '.'"],
    ['@nothing()', "'nothing' in action 'a' is not defined"],
    ["@parameters('rent')", "'rent'"],
    ["@outputs('b')", "'b' that action 'a' refers to is not defined"],
    [`@concat('${'x'.repeat(8192)}')`, 'longer than 8192'],
  ])('is refused: %s', (text, said) => {
    expect(withSteps({ a: step(text) })).toContain(said);
  });

  it('looks only at steps that have ended', () => {
    expect(withSteps({ a: step(1), b: step("@outputs('a')") })).toContain('runAfter');
    expect(withSteps({ a: step(1), b: step("@outputs('a')", following('a')) })).toBe('taken with 201');
    const inScope = { type: 'Scope', ...following('a'), actions: { inner: step("@outputs('a')") } };
    expect(withSteps({ a: step(1), scope: inScope })).toBe('taken with 201');
    expect(withSteps({ a: step('@triggerBody()') }, { triggers: {} })).toContain('needs a trigger');
  });
});

describe('values for parameters', () => {
  const declared = { parameters: { rent: { type: 'Int' }, who: { type: 'String', defaultValue: 'nobody' } } };

  it.each([
    [{ rent: { value: 1 } }, 'taken with 201'],
    [{}, "'rent' is not provided"],
    [{ rent: { value: '1' } }, "not of type 'Int'"],
    [{ rent: { value: 1 }, more: { value: 1 } }, "'more' is not found"],
  ])('are held against what is declared: %j', (parameters, said) => {
    expect(refusal(asked(declared), { parameters })).toContain(said);
  });
});

describe('a connector action', () => {
  const name = "@parameters('$connections')['teams']['connectionId']";
  const definition = asked({
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    actions: {
      Say: {
        type: 'ApiConnection',
        runAfter: {},
        inputs: {
          host: { connection: { name } },
          method: 'post',
          path: '/say',
          body: { text: "@triggerBody()?['id']" },
        },
      },
    },
  });
  const id = `${GROUP_PATH}/providers/Microsoft.Web/connections/teams`;
  const parameters = { $connections: { value: { teams: { connectionId: id, connectionName: 'teams', id: 'api' } } } };

  it('needs a connection that was handed in and is there', () => {
    const talk = new AzureTalk();
    expect(talk.put('wf', definition).code).toBe('InvalidTemplate');
    expect(talk.put('wf', definition, { parameters })).toMatchObject({ status: 404, code: 'ApiConnectionNotFound' });
    people.agreeToConnection(talk.state, 'teams');
    expect(talk.put('wf', definition, { parameters }).status).toBe(201);
  });

  it('does its work while the consent lasts, and fails the run after it has ended', () => {
    const talk = new AzureTalk();
    people.agreeToConnection(talk.state, 'teams');
    talk.put('wf', definition, { parameters });
    const url = talk.address('wf');
    talk.post(url, { id: 'hello' });
    expect(people.takeRequests(talk.state)).toMatchObject([
      { action: 'Say', url: 'teams/say', body: '{"text":"hello"}' },
    ]);
    people.endConsent(talk.state, 'teams');
    talk.nowMs += 60_000;
    talk.post(url, { id: 'hello' });
    talk.nowMs += 60_000;
    expect(talk.runs('wf').map(({ properties }) => properties.status)).toEqual(['Failed', 'Succeeded']);
  });
});

describe('a condition', () => {
  const branch = (text: string): Json => ({ [text]: step(text) });
  const outcome = (expression: unknown, id: string): string[] => {
    const talk = new AzureTalk();
    const If = { type: 'If', runAfter: {}, expression, actions: branch('yes'), else: { actions: branch('no') } };
    expect(talk.put('wf', asked({ actions: { If } })).status).toBe(201);
    talk.post(talk.address('wf'), { id });
    return Object.keys(talk.state.workflows[0]?.runs[0]?.results ?? {}).filter((name) => name !== 'If');
  };

  it('takes one branch and leaves the other', () => {
    const equals = { equals: ["@triggerBody()?['id']", 'a'] };
    expect(outcome({ and: [equals] }, 'a')).toEqual(['yes']);
    expect(outcome({ and: [equals, { not: equals }] }, 'a')).toEqual(['no']);
    expect(outcome({ or: [{ greater: [1, 2] }, equals] }, 'a')).toEqual(['yes']);
    expect(outcome("@equals(triggerBody()?['id'], 'b')", 'a')).toEqual(['no']);
  });
});
