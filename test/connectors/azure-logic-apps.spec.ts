/** Azure Logic Apps: events leave once and hold no names, and what Azure refuses is told in words for people. */
import * as people from '../../local/vendors/azure-logic-apps/people';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import type { Account, Flow } from '../../src/connectors/connector';
import { refOf } from '../../src/connectors/told';
import { key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import { onceOf } from '../../src/outbox/effect';
import type { Json } from '../vendors/talk';
import { AzureBench, addressed, empty, installed, MANAGED, rentEvent } from './azure-account';
import { effectOf } from './drive';

const faultIn = (result: FlowResult<unknown>): Fault => {
  if ('value' in result) throw new Error(`it went well: ${JSON.stringify(result.value)}`);
  return result.fault;
};
const posted = (bench: AzureBench): Json[] =>
  bench.sent.flatMap(({ url, body }) => (url.includes('logic.azure.com') ? [JSON.parse(body ?? '') as Json] : []));
const lost = (bench: AzureBench): void => {
  bench.answer = (request, reply) => {
    const given = reply();
    return request.url.includes('logic.azure.com') ? new Error('Address unavailable') : given;
  };
};
const found = (bench: AzureBench): void => {
  bench.answer = (_request, reply) => reply();
};

describe('an event', () => {
  it('is posted in the words of its schema: amounts as decimals, the moment in UTC, nothing that has no value', () => {
    const bench = new AzureBench(addressed);
    bench.wish('event', rentEvent());
    expect(posted(bench)).toEqual([
      {
        ...{ version: 1, id: 'late:L-104:rent:L-104:2026-12', type: 'lease.late', at: '2026-12-02T15:00:00.000Z' },
        ...{ property: 'Maple Street', lease: 'L-104', unit: '2B', currency: 'USD' },
        ...{ amount: '1250.00', balance: '1250.00', standing: 'late', daysLate: 1 },
      },
    ]);
  });

  it.each([
    ['JPY', 125_000, '125000'],
    ['KWD', 125_000, '125.000'],
    ['USD', -5, '-0.05'],
  ])('tells %s with its own decimals', (currency, amountCents, text) => {
    const bench = new AzureBench(addressed);
    bench.wish('event', rentEvent({ currency, amountCents } as never));
    expect(posted(bench)[0]?.amount).toBe(text);
  });

  it('holds no more than the schema has, whatever stands in the payload', () => {
    const bench = new AzureBench(addressed);
    const more = { residents: 'Rita Resident', email: 'rita@home.example', rung: 'second', ref: 'pi_1' };
    bench.wish('event', rentEvent({ type: 'payment.failed', ...more } as never));
    expect(posted(bench)[0]).toMatchObject({ rung: 'second', ref: 'pi_1' });
    expect(JSON.stringify(posted(bench))).not.toMatch(/rita/i);
  });

  it('is refused here when it is none, before anything is posted', () => {
    const bench = new AzureBench(addressed);
    expect(faultIn(bench.wish('event', rentEvent({ type: 'lease.moved' } as never)))).toMatchObject({
      fault: 'malformed',
      message: expect.stringContaining('lease.moved'),
    });
    expect(bench.sent).toEqual([]);
  });

  it('carries its name for life, which Azure keeps with the run', () => {
    const bench = new AzureBench();
    expect(bench.wish('event', rentEvent())).toEqual({ value: refOf(key('event:1')) });
    expect(bench.runs.map(({ tracking }) => tracking)).toEqual([refOf(key('event:1'))]);
    expect(bench.asked).toEqual(['POST login', 'POST management', 'POST prod-27']);
  });

  it('is looked for before it is posted again', () => {
    const bench = new AzureBench();
    lost(bench);
    expect(faultIn(bench.wish('event', rentEvent())).fault).toBe('down');
    found(bench);
    expect(bench.wish('event', rentEvent(), { attempt: 2 })).toEqual({ value: refOf(key('event:1')) });
    expect(bench.runs).toHaveLength(1);
  });

  it('leaves with others in one go, each with an outcome of its own', () => {
    const bench = new AzureBench();
    const { batch } = effectOf(azureLogicApps, 'event');
    const good = ['a', 'b'].map((name) => bench.contextOf(name, rentEvent({ id: name })));
    const bad = bench.contextOf('c', rentEvent({ standing: 'angry' } as never));
    bench.wish('event', rentEvent({ id: 'd' }), { name: 'd' });
    const again = bench.contextOf('d', rentEvent({ id: 'd' }), { attempt: 2 });
    const contexts = [good[0]!, bad, again, good[1]!];
    expect(new Set(contexts.map((each) => batch!.together(each))).size).toBe(1);
    const before = bench.sent.length;
    const result = bench.run(batch!.run(contexts));
    expect(result).toEqual({
      value: [refOf(key('a')), expect.objectContaining({ fault: 'malformed' }), refOf(key('d')), refOf(key('b'))],
    });
    expect(bench.runs.map(({ tracking }) => tracking).sort()).toEqual(
      ['a', 'b', 'd'].map((id) => refOf(key(id))).sort(),
    );
    expect(bench.sent.length - before).toBe(5);
  });

  it('keeps what arrived when another post of the wave is lost', () => {
    const bench = new AzureBench();
    const { batch } = effectOf(azureLogicApps, 'event');
    bench.answer = (request, reply) => {
      const given = reply();
      return request.body.includes('"id":"b"') ? new Error('Address unavailable') : given;
    };
    const contexts = ['a', 'b'].map((name) => bench.contextOf(name, rentEvent({ id: name })));
    expect(bench.run(batch!.run(contexts))).toEqual({
      value: [refOf(key('a')), expect.objectContaining({ fault: 'down' })],
    });
  });
});

describe('an event by address alone', () => {
  it('leaves a repeat to a person, since nobody can be asked whether it arrived', () => {
    const bench = new AzureBench(addressed);
    expect(onceOf(effectOf(azureLogicApps, 'event'), bench.account)).toBe('ask');
    expect(onceOf(effectOf(azureLogicApps, 'event'), MANAGED)).toBe('lookup');
    lost(bench);
    expect(faultIn(bench.wish('event', rentEvent())).fault).toBe('down');
    expect(bench.runs).toHaveLength(1);
    found(bench);
    // The person has looked, and sends it again.
    expect(bench.wish('event', rentEvent(), { attempt: 2 })).toEqual({ value: refOf(key('event:1')) });
  });

  it('goes to the address and nowhere else, with no token', () => {
    const bench = new AzureBench(addressed);
    bench.wish('event', rentEvent());
    expect(bench.asked).toEqual(['POST prod-27']);
    expect(bench.sent[0]?.headers).toEqual({ 'x-ms-client-tracking-id': refOf(key('event:1')) });
  });

  it.each([
    ['', 'Enter the trigger address'],
    ['https://prod-1.eastus.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sv=1.0', 'not whole'],
    ['https://evil.example/workflows/1/triggers/manual/paths/invoke?sig=a', 'not whole'],
    ['https://logic.azure.com.evil.example/workflows/1/triggers/manual/paths/invoke?sig=a', 'not whole'],
    ['http://prod-1.eastus.logic.azure.com/workflows/1/triggers/manual/paths/invoke?sig=a', 'not whole'],
  ])('does not leave for the address %p', (address, said) => {
    const bench = new AzureBench(addressed);
    bench.credentials = { AZURE_TRIGGER_URL: address };
    expect(faultIn(bench.wish('event', rentEvent()))).toMatchObject({
      fault: 'auth',
      message: expect.stringContaining(said),
    });
    expect(bench.sent).toEqual([]);
  });
});

describe('what Azure refuses', () => {
  type Spoil = (bench: AzureBench) => void;
  const cases: [string, Spoil, string, string][] = [
    [
      'a switched off workflow',
      ({ state, nowMs }) => people.switchInPortal(state, 'rent-ledger-events', false, nowMs),
      'rejected',
      'switched off',
    ],
    [
      'a deleted workflow',
      ({ state }) => people.deleteInPortal(state, 'rent-ledger-events'),
      'missing',
      'not there any more',
    ],
    ['a renewed key', ({ state }) => people.renewKey(state, 'rent-ledger-events', 'primary'), 'auth', 'copy it again'],
    ['too many posts', ({ state, nowMs }) => people.throttle(state, 'triggers', 42, nowMs), 'busy', 'throttled'],
  ];

  it.each(cases)('is told of %s', (_, spoil, kind, said) => {
    const bench = new AzureBench(addressed);
    spoil(bench);
    const fault = faultIn(bench.wish('event', rentEvent()));
    expect([fault.fault, fault.message]).toEqual([kind, expect.stringContaining(said)]);
    if (kind === 'busy') expect(fault.retryAfterSeconds).toBe(42);
  });

  it('is told of an older schema', () => {
    const bench = new AzureBench(addressed);
    const [workflow] = bench.state.workflows;
    const text = JSON.stringify(workflow!.definition).replace('"required":["version"', '"required":["rent","version"');
    workflow!.definition = JSON.parse(text);
    expect(faultIn(bench.wish('event', rentEvent()))).toMatchObject({
      fault: 'rejected',
      code: 'TriggerInputSchemaMismatch',
    });
  });

  it.each([
    ['an ended secret', ({ state }: AzureBench) => people.renewSecret(state, 'another'), 'auth', 'AADSTS7000215'],
    ['no role', ({ state }: AzureBench) => people.giveRole(state, 'none'), 'auth', 'Logic App Contributor'],
    [
      'a workflow that was not made',
      ({ state }: AzureBench) => people.deleteInPortal(state, 'rent-ledger-events'),
      'missing',
      'Install',
    ],
  ])('is told of %s at the management API', (_, spoil, kind, said) => {
    const bench = new AzureBench();
    spoil(bench);
    const fault = faultIn(bench.wish('event', rentEvent()));
    expect([fault.fault, fault.message]).toEqual([kind, expect.stringContaining(said)]);
  });

  it('takes an answer that is no run for what it is', () => {
    const bench = new AzureBench(addressed);
    bench.answer = () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' });
    expect(faultIn(bench.wish('event', rentEvent()))).toMatchObject({ fault: 'malformed' });
    bench.answer = () => ({ status: 200, headers: { 'x-ms-workflow-run-id': '0858' }, body: 'thanks' });
    expect(bench.wish('event', rentEvent(), { name: 'event:2' })).toEqual({ value: refOf(key('event:2')) });
  });
});

describe('the test call', () => {
  const seen = (bench: AzureBench) => bench.run(azureLogicApps.test!(bench.account) as Flow<{ name: string }>);

  it('proves an address without beginning a run', () => {
    const bench = new AzureBench(addressed);
    expect(seen(bench)).toEqual({ value: { name: 'Workflow', mode: 'live' } });
    expect(bench.runs).toEqual([]);
    people.renewKey(bench.state, 'rent-ledger-events', 'primary');
    expect(faultIn(seen(bench)).fault).toBe('auth');
  });

  it('says when the workflow takes anything', () => {
    const bench = new AzureBench(addressed);
    const [workflow] = bench.state.workflows;
    delete (workflow!.definition.triggers as Json).manual.operationOptions;
    expect(seen(bench)).toMatchObject({ value: { name: 'Workflow that takes anything' } });
  });

  it('looks into the resource group, whether workflows are there or still to be made', () => {
    for (const start of [installed, empty])
      expect(seen(new AzureBench(start))).toEqual({ value: { name: 'Resource group rent-ledger', mode: 'live' } });
  });

  it.each([
    ['half an application', { AZURE_TENANT: MANAGED.AZURE_TENANT }, 'together'],
    ['another resource group', { ...MANAGED, AZURE_RESOURCE_GROUP: 'other' }, 'no such resource group'],
    ['another subscription', { ...MANAGED, AZURE_SUBSCRIPTION: MANAGED.AZURE_TENANT }, 'no such subscription'],
  ])('refuses %s', (_, account, said) => {
    const bench = new AzureBench();
    const fault = faultIn(bench.run(azureLogicApps.test!(account as Account)));
    expect([fault.fault, fault.message]).toEqual(['rejected', expect.stringContaining(said)]);
  });

  it('wants a secret with the application', () => {
    const bench = new AzureBench();
    bench.credentials = {};
    expect(faultIn(seen(bench))).toMatchObject({ fault: 'auth', message: expect.stringContaining('client secret') });
  });
});
