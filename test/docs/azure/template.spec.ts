/** The deployment template of docs/azure: its shape, what Azure Resource Manager would check, and what its workflows do. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import * as people from '../../../local/vendors/azure-logic-apps/people';
import { GROUP, REGION, SUBSCRIPTION } from '../../../local/vendors/azure-logic-apps/state';
import { AzureTalk } from '../../vendors/azure-talk';
import { descriptionOf, itIfPublished } from '../../vendors/published';
import type { Json } from '../../vendors/talk';
import { deployed, type Resource, type Template, type Values } from './arm';

const DOCS = join(__dirname, '../../../docs/azure');
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Json;
const template = read(join(DOCS, 'rent-ledger.arm.json')) as unknown as Template & Json;
const parameters = read(join(DOCS, 'rent-ledger.parameters.json'));
const eventSchema = read(join(DOCS, 'events.schema.json'));
const KEY = 'k'.repeat(64);
const VALUES: Values = { ...(parameters.parameters as Values), inboundKey: { value: KEY } };
const TARGET = { subscription: SUBSCRIPTION, group: GROUP, location: REGION };

const clone = (of: object): Json => structuredClone(of) as Json;
const made = (of: Json = template, values: Values = VALUES) => deployed(of as unknown as Template, values, TARGET);
const named = (resources: readonly Resource[], name: string) => resources.find((each) => each.name === name)!;

function complaints(schema: AnySchema, value: unknown): string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const published = (file: string): Json => read(join(descriptionOf('azure-logic-apps'), '..', file));

describe('the template', () => {
  it('has the shape that templates, connections and workflow definitions have', () => {
    expect(complaints(read(join(__dirname, 'template.schema.json')), template)).toEqual([]);
  });

  it.each([
    [
      'an action of no type',
      (of: Json) => (of.resources[2].properties.definition.actions.Tell_Rent_Ledger.type = 'Do'),
    ],
    ['a strange input', (of: Json) => (of.resources[2].properties.definition.actions.Tell_Rent_Ledger.inputs.x = 1)],
    ['a secret with a default', (of: Json) => (of.parameters.inboundKey.defaultValue = 'k')],
    [
      'a trigger that takes anything',
      (of: Json) => delete of.resources[3].properties.definition.triggers.manual.operationOptions,
    ],
  ])('would be seen with %s', (_, spoil) => {
    const spoilt = clone(template);
    spoil(spoilt);
    expect(complaints(read(join(__dirname, 'template.schema.json')), spoilt)).not.toEqual([]);
  });

  itIfPublished('fits what Microsoft publishes of workflow definitions and resources', () => {
    const { $schema: _dialect, ...definitionSchema } = published('workflow.schema.json');
    const resource = published('arm-resource.schema.json');
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    const expressions = 'https://schema.management.azure.com/schemas/common/definitions.json';
    ajv.addSchema({ $id: expressions, definitions: { expression: { type: 'string', pattern: '^\\[(.*)\\]$' } } });
    const { id, $schema: _old, $comment: _comment, ...rest } = resource;
    // The newest that is published of resources is an older version than the one that is deployed with.
    rest.resourceDefinitions.workflows.properties.apiVersion.enum.push('2019-05-01');
    ajv.addSchema({ ...rest, $id: id.replace(/#$/, '') });
    const validate = ajv.compile({ $ref: `${id}/resourceDefinitions/workflows` });
    const workflows = template.resources.filter(({ type }) => type === 'Microsoft.Logic/workflows');
    expect(workflows).toHaveLength(2);
    for (const each of workflows) expect([validate(each), validate.errors]).toEqual([true, null]);
    for (const { properties } of made().resources.filter(({ type }) => type === 'Microsoft.Logic/workflows'))
      expect(complaints(definitionSchema, properties.definition)).toEqual([]);
  });

  it('comes to two connections and two workflows, the connections first', () => {
    const { resources, outputs } = made();
    expect(resources.map(({ name }) => name)).toEqual([
      'rent-ledger-office365',
      'rent-ledger-teams',
      'rent-ledger-tick',
      'rent-ledger-events',
    ]);
    expect(Object.values(outputs).map(({ value }) => value)).toEqual(['rent-ledger-tick', 'rent-ledger-events']);
    expect(named(resources, 'rent-ledger-teams').properties.api.id).toBe(
      `/subscriptions/${SUBSCRIPTION}/providers/Microsoft.Web/locations/eastus/managedApis/teams`,
    );
  });

  it.each([
    [
      'a parameter that is not there',
      'there is no parameter colour',
      (of: Json) => (of.variables.tick = "[parameters('colour')]"),
    ],
    [
      'a variable that is not there',
      'there is no variable colour',
      (of: Json) => (of.resources[0].name = "[variables('colour')]"),
    ],
    ['a bracket that stays open', 'expected )', (of: Json) => (of.variables.tick = "[concat('a', 'b']")],
    ['more after the end', 'goes on', (of: Json) => (of.variables.tick = "[concat('a'))]")],
    ['a function that is not there', 'no function nothing', (of: Json) => (of.variables.tick = "[nothing('a')]")],
    ['a dependency that is not there', 'not in the template', (of: Json) => of.resources.splice(0, 1)],
    ['one name twice', 'twice', (of: Json) => (of.variables.tick = "[variables('events')]")],
  ])('would be refused with %s', (_, said, spoil) => {
    const spoilt = clone(template);
    spoil(spoilt);
    expect(() => made(spoilt)).toThrow(said);
  });

  it('asks for the key each time: no file holds it, and a short one is refused', () => {
    expect(Object.keys(parameters.parameters)).not.toContain('inboundKey');
    expect(() => made(template, parameters.parameters)).toThrow('inboundKey has no value');
    expect(() => made(template, { ...VALUES, inboundKey: { value: 'k' } })).toThrow('out of bounds');
    expect(() => made(template, { ...VALUES, everyHours: { value: 25 } })).toThrow('out of bounds');
    // An output would lie in the history of deployments, where many may read it.
    expect(JSON.stringify(template.outputs)).not.toMatch(/listCallbackUrl|inboundKey/);
  });

  it('hides what it sends to the web app from the history of runs', () => {
    const { definition } = template.resources[2]!.properties;
    expect(definition.parameters.inboundKey.type).toBe('SecureString');
    const { secureData } = definition.actions.Tell_Rent_Ledger.runtimeConfiguration;
    expect(secureData.properties).toEqual(['inputs', 'outputs']);
  });
});

/** The template as it lies in Azure, with both consents given. */
function inAzure(): AzureTalk {
  const talk = new AzureTalk();
  for (const { type, name, location, properties } of made().resources) {
    if (type === 'Microsoft.Web/connections') people.agreeToConnection(talk.state, name);
    else {
      const { status, json } = talk.call('PUT', `/${name}`, { location, properties });
      expect([status, json.error]).toEqual([201, undefined]);
    }
  }
  return talk;
}

const LATE = {
  version: 1,
  id: 'late:L-104:1',
  type: 'lease.late',
  at: '2026-12-02T15:00:00.000Z',
  property: 'Maple Street',
  lease: 'L-104',
  unit: '2B',
  currency: 'USD',
  amount: '1250.00',
  balance: '1250.00',
  standing: 'late',
  daysLate: 1,
};
const MORE: Readonly<Record<string, Json>> = {
  'payment.received': { ref: 'pi_1', standing: 'paid', daysLate: 0, balance: '-50.00' },
  'payment.failed': { ref: 'pi_1' },
  'payment.returned': { ref: 'pi_1' },
  'lease.late': {},
  'lease.escalated': { rung: 'second reminder' },
  'lease.resolved': { amount: '0.00', balance: '0.00', standing: 'paid', daysLate: 0 },
};
const eventOf = (type: string): Json => ({ ...LATE, type, ...MORE[type] });
const TYPES = Object.keys(MORE);

describe('the schema of events', () => {
  it.each(TYPES)('takes an event %s', (type) => {
    expect(complaints(eventSchema, eventOf(type))).toEqual([]);
  });

  it.each([
    ['a name', { resident: 'Rita' }],
    ['no id', { id: undefined }],
    ['a number for money', { amount: 1250 }],
    ['a standing that is none', { standing: 'angry' }],
    ['a moment that is none', { at: 'today' }],
    ['no rung', { type: 'lease.escalated' }],
  ])('refuses an event with %s', (_, more) => {
    expect(complaints(eventSchema, JSON.parse(JSON.stringify({ ...LATE, ...more })))).not.toEqual([]);
  });

  it('is that of the trigger, which lets newer members pass and says nothing that the service does not know', () => {
    const { schema } = template.resources[3]!.properties.definition.triggers.manual.inputs;
    const bare = Object.entries(eventSchema.properties as Record<string, Json>).map(
      ([name, { description, ...rest }]) => [name, rest],
    );
    const { type, required } = eventSchema;
    expect(schema).toEqual({ type, required, properties: Object.fromEntries(bare) });
  });
});

describe('the workflow of events', () => {
  it.each([
    ['payment.received', ['Teams_payment_received']],
    ['payment.failed', ['Mail_payment_failed']],
    ['payment.returned', ['Mail_payment_returned']],
    ['lease.late', ['Teams_lease_late']],
    ['lease.escalated', ['Teams_lease_escalated', 'Mail_lease_escalated']],
    ['lease.resolved', ['Teams_lease_resolved']],
  ])('does its own steps for %s, and names no more than the event does', (type, actions) => {
    const talk = inAzure();
    const { status } = talk.post(talk.address('rent-ledger-events'), eventOf(type));
    const sent = people.takeRequests(talk.state);
    expect([status, sent.map(({ action }) => action)]).toEqual([202, actions]);
    for (const { body } of sent) {
      expect(body).toContain('Maple Street 2B (L-104)');
      expect(body).not.toMatch(/@\{|triggerBody|undefined|null/);
    }
    talk.nowMs += 60_000;
    expect(talk.runs('rent-ledger-events')[0]?.properties.status).toBe('Succeeded');
  });

  it('writes to the people and the channel that were entered', () => {
    const talk = inAzure();
    talk.post(talk.address('rent-ledger-events'), eventOf('lease.escalated'));
    const [teams, mail] = people.takeRequests(talk.state);
    expect(teams?.url).toBe('rent-ledger-teams/beta/teams/conversation/message/poster/Flow%20bot/location/Channel');
    expect(JSON.parse(teams!.body).recipient.channelId).toBe('19:CHANNEL@thread.tacv2');
    expect([mail?.url, JSON.parse(mail!.body).To]).toEqual(['rent-ledger-office365/v2/Mail', 'manager@example.com']);
  });

  it('refuses what is no event, and takes one with a newer member', () => {
    const talk = inAzure();
    const url = talk.address('rent-ledger-events');
    expect(talk.post(url, { ...LATE, type: 'lease.moved' }).code).toBe('TriggerInputSchemaMismatch');
    expect(talk.post(url, { ...LATE, amount: null }).code).toBe('TriggerInputSchemaMismatch');
    expect(talk.post(url, { ...LATE, colour: 'red' }).status).toBe(202);
  });
});

describe('the workflow of the clock', () => {
  const ticked = (status: number) => {
    const talk = inAzure();
    const [sent] = people.tick(talk.state, 'rent-ledger-tick', talk.nowMs);
    const again = people.answerRequest(talk.state, sent!, { status }, talk.nowMs);
    for (const each of again) people.answerRequest(talk.state, each, { status: 200 }, talk.nowMs);
    talk.nowMs += 60_000;
    return { sent, again: again.length, status: talk.runs('rent-ledger-tick')[0]?.properties.status };
  };

  it('posts to the web app with the key, as every platform that posts a hint does', () => {
    const { sent } = ticked(200);
    const url = new URL(sent!.url);
    expect([sent!.method, `${url.origin}${url.pathname}`]).toEqual(['POST', VALUES.webAppUrl!.value]);
    expect(Object.fromEntries(url.searchParams)).toEqual({ platform: 'azure-logic-apps', key: KEY });
    expect(JSON.parse(sent!.body)).toEqual({ type: 'tick', run: sent!.run, at: expect.stringMatching(/^2026-12-02T/) });
    expect(sent!.body).not.toContain(KEY);
  });

  it.each([
    [200, 0, 'Succeeded'],
    // Apps Script answers a post with a redirect; the work is done by then.
    [302, 0, 'Succeeded'],
    [503, 1, 'Succeeded'],
    [404, 0, 'Failed'],
  ])('after an answer %i asks %i times more and ends as %s', (status, again, end) => {
    expect(ticked(status)).toMatchObject({ again, status: end });
  });
});
