/** Installing workflows in Azure: around what the owner made there, and with no secret where it does not belong. */

import template from '../../docs/azure/rent-ledger.arm.json';
import * as people from '../../local/vendors/azure-logic-apps/people';
import { CLIENT_SECRET } from '../../local/vendors/azure-logic-apps/state';
import { azureLogicApps } from '../../src/connectors/azure-logic-apps';
import { eventsAt, TICK } from '../../src/connectors/azure-logic-apps/definitions';
import { refOf } from '../../src/connectors/told';
import { key } from '../../src/domain/values';
import type { FlowResult } from '../../src/http/client';
import type { Fault } from '../../src/http/types';
import { AzureTalk } from '../vendors/azure-talk';
import type { Json } from '../vendors/talk';
import { AzureBench, empty, MANAGED, rentEvent, WEB } from './azure-account';

const faultIn = (result: FlowResult<unknown>): Fault => {
  if ('value' in result) throw new Error(`it went well: ${JSON.stringify(result.value)}`);
  return result.fault;
};

describe('the workflows that are made', () => {
  const [tick, events] = template.resources
    .filter(({ type }) => type === 'Microsoft.Logic/workflows')
    .map(({ properties }) => JSON.parse(JSON.stringify(properties.definition)) as Json);

  it('are those of the template: the clock to the letter', () => {
    tick!.triggers.Recurrence.recurrence.interval = 1;
    expect(TICK).toEqual(tick);
  });

  it('are those of the template: events without the steps that are examples', () => {
    const cases = events!.actions.What_happened.cases as Record<string, Json>;
    for (const each of Object.values(cases)) each.actions = {};
    const { $connections } = events!.parameters;
    expect(eventsAt('manual')).toEqual({ ...events, parameters: { $connections } });
  });
});

describe('installing', () => {
  const shown = (bench: AzureBench, name: string): Json => {
    const talk = new AzureTalk(bench.nowMs);
    Object.assign(talk, { state: bench.state });
    talk.signIn();
    return talk.call('GET', `/${name}`).json;
  };

  it('makes both workflows, and the clock then calls our address', () => {
    const bench = new AzureBench(empty);
    expect(bench.wish('install')).toEqual({ value: 'rent-ledger-events and rent-ledger-tick in eastus' });
    expect(bench.state.workflows.map(({ name }) => name).sort()).toEqual(['rent-ledger-events', 'rent-ledger-tick']);
    const [sent] = people.tick(bench.state, 'rent-ledger-tick', bench.nowMs);
    expect(sent?.url).toBe(`${WEB}?platform=azure-logic-apps&key=0123456789abcdef0123456789abcdef`);
    expect(azureLogicApps.deliveries!.byHint!(JSON.parse(sent!.body), { now: 0, hmac: () => '' } as never)).toBe(true);
    expect(bench.wish('event', rentEvent())).toEqual({ value: refOf(key('event:1')) });
  });

  it('leaves steps, the clock and the switch of the owner alone, and renews what is ours', () => {
    const bench = new AzureBench(empty);
    bench.wish('install');
    const [tick, events] = ['rent-ledger-tick', 'rent-ledger-events'].map(
      (name) => bench.state.workflows.find((each) => each.name === name)!,
    );
    const steps = { Mine: { type: 'Compose', runAfter: {}, inputs: 'mine' } };
    events!.definition = { ...events!.definition, actions: steps };
    events!.tags = { owner: 'Olivia' };
    const recurrence = { frequency: 'Day', interval: 1 };
    tick!.definition = { ...tick!.definition, triggers: { Recurrence: { type: 'Recurrence', recurrence } } };
    people.switchInPortal(bench.state, 'rent-ledger-tick', false, bench.nowMs);
    bench.nowMs += 60_000;
    expect(bench.wish('install')).toMatchObject({ value: expect.any(String) });
    expect(shown(bench, 'rent-ledger-events')).toMatchObject({
      tags: { owner: 'Olivia' },
      properties: { definition: { actions: steps, triggers: { manual: { kind: 'Http' } } } },
    });
    const { properties } = shown(bench, 'rent-ledger-tick');
    expect(properties.state).toBe('Disabled');
    expect(properties.definition.triggers.Recurrence.recurrence).toEqual(recurrence);
  });

  it('does not lose a secret that the owner has put into the workflow', () => {
    const bench = new AzureBench();
    const events = bench.state.workflows.find(({ name }) => name === 'rent-ledger-events')!;
    events.definition = { ...events.definition, parameters: { pin: { type: 'SecureString' } } };
    events.parameters = { pin: { value: '1234' } };
    expect(faultIn(bench.wish('install'))).toMatchObject({
      fault: 'rejected',
      message: expect.stringContaining('pin'),
    });
    expect(bench.sent.some(({ method }) => method === 'PUT')).toBe(false);
  });

  it.each([
    ['no web address', {}, { inbound: undefined }, 'web address'],
    [
      'no application',
      { AZURE_TENANT: '', AZURE_CLIENT_ID: '', AZURE_SUBSCRIPTION: '', AZURE_RESOURCE_GROUP: '' },
      {},
      'enter the application',
    ],
    ['no region', { AZURE_REGION: '' }, {}, 'Enter the region'],
  ])('is refused with %s', (_, account, more, said) => {
    const bench = new AzureBench(empty);
    const told = { account: { ...MANAGED, ...account }, ...more };
    const fault = faultIn(bench.wish('install', {}, told as never));
    expect([fault.fault, fault.message]).toEqual(['rejected', expect.stringContaining(said)]);
    expect(bench.state.workflows).toEqual([]);
  });

  it('keeps to names that the owner has chosen', () => {
    const bench = new AzureBench(empty);
    const names = { AZURE_EVENTS_WORKFLOW: 'rent', AZURE_TICK_WORKFLOW: 'clock', AZURE_TRIGGER_NAME: 'from_ledger' };
    const account = { ...MANAGED, ...names };
    expect(bench.wish('install', {}, { account })).toEqual({ value: 'rent and clock in eastus' });
    expect(bench.wish('event', rentEvent(), { account })).toMatchObject({ value: expect.any(String) });
    expect(bench.state.workflows.find(({ name }) => name === 'rent')?.runs[0]?.trigger).toBe('from_ledger');
  });
});

describe('secrets', () => {
  it('are in no line that is recorded: client secret, token, key of our address, signature', () => {
    const bench = new AzureBench(empty);
    bench.wish('install');
    bench.wish('event', rentEvent());
    bench.wish('test');
    const sig = /sig=([\w-]+)/.exec(bench.sent.find(({ url }) => url.includes('sig='))?.url ?? '')?.[1] ?? '';
    expect(sig).toHaveLength(43);
    const text = JSON.stringify(bench.har.toJSON());
    for (const secret of [
      CLIENT_SECRET,
      encodeURIComponent(CLIENT_SECRET),
      'aad-sandbox-token',
      '0123456789abcdef',
      sig,
    ])
      expect([secret, text.includes(secret)]).toEqual([secret, false]);
  });

  it('go where they belong: the token to the management API only, the client secret to the sign-in only', () => {
    const bench = new AzureBench();
    bench.wish('event', rentEvent());
    for (const { url, headers, body = '' } of bench.sent) {
      expect(headers.Authorization !== undefined).toBe(url.startsWith('https://management.azure.com/'));
      expect(body.includes('client_secret')).toBe(url.startsWith('https://login.microsoftonline.com/'));
    }
  });
});
