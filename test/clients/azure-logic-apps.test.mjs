/** Microsoft's own client talks to our sandbox: it signs in, makes, lists, switches and calls workflows, and reads runs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogicManagementClient } from '@azure/arm-logic';
import { azureLogicAppsPeople } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

const { state, urls, clock } = await serve('azure-logic-apps');
const TENANT = '5f2c9a1e-7b44-4c0d-9a57-1e0b6c3d8f21';
const SUBSCRIPTION = '0b8e4d6a-3f15-4a7c-8d92-6c1f7e5a9b30';
const GROUP = 'rent-ledger';

/** What `@azure/identity` does with a secret, but on loopback, which that package refuses. */
const credential = (secret = 'Qx8~rent-ledger-sandbox-secret') => ({
  async getToken(scopes) {
    const form = { grant_type: 'client_credentials', client_id: 'd41c7e90-58b2-4f6e-a3c8-2b7f9e106c55' };
    const body = new URLSearchParams({ ...form, client_secret: secret, scope: [scopes].flat().join(' ') });
    const url = `${urls['login.microsoftonline.com']}/${TENANT}/oauth2/v2.0/token`;
    const reply = await fetch(url, { method: 'POST', body });
    const { access_token: token, expires_in: seconds, error_description: said } = await reply.json();
    if (!token) throw new Error(said);
    // By the real clock: the client renews by it.
    return { token, expiresOnTimestamp: Date.now() + seconds * 1000 };
  },
});

/**
 * The client thinks that it talks to Azure over https, as its policy for tokens demands; the last policy of all sends the request
 * to loopback. So its own authentication and the links to next pages are in play as they are.
 */
function clientWith(cred) {
  const client = new LogicManagementClient(cred, SUBSCRIPTION, { retryOptions: { maxRetries: 0 } });
  client.pipeline.addPolicy(
    {
      name: 'toLoopback',
      sendRequest(request, next) {
        const { hostname, pathname, search } = new URL(request.url);
        request.url = `${urls[hostname]}${pathname}${search}`;
        request.allowInsecureConnection = true;
        return next(request);
      },
    },
    { afterPhase: 'Sign' },
  );
  return client;
}

const client = clientWith(credential());

const definition = (description) => ({
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  description,
  triggers: {
    manual: {
      type: 'Request',
      kind: 'Http',
      inputs: { method: 'POST', schema: { type: 'object', required: ['id'] } },
      operationOptions: 'EnableSchemaValidation',
    },
  },
  actions: { Keep: { type: 'Compose', runAfter: {}, inputs: "@triggerBody()?['id']" } },
});
const put = (name, description = '') =>
  client.workflows.createOrUpdate(GROUP, name, { location: 'eastus', definition: definition(description) });

async function allOf(pages) {
  const found = [];
  for await (const each of pages) found.push(each);
  return found;
}

const refusedWith = (statusCode, code) => (error) => error.statusCode === statusCode && error.code === code;

/** Posts to the signed address that the client was given. */
function call(value, body, headers = {}) {
  const { hostname, pathname, search } = new URL(value);
  return fetch(`${urls[hostname]}${pathname}${search}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

test('a workflow is made, changed and read, with the dates as dates', async () => {
  const made = await put('events', 'first');
  assert.equal(made.state, 'Enabled');
  assert.equal(made.provisioningState, 'Succeeded');
  assert.equal(made.createdTime.getTime(), clock.nowMs);
  assert.match(made.accessEndpoint, /^https:\/\/prod-27\.eastus\.logic\.azure\.com/);
  await put('events', 'second');
  const read = await client.workflows.get(GROUP, 'events');
  assert.equal(read.definition.description, 'second');
  assert.equal(read.type, 'Microsoft.Logic/workflows');
});

test('workflows are listed over all pages', async () => {
  for (const name of ['a', 'b', 'c']) await put(name);
  const listed = await allOf(client.workflows.listByResourceGroup(GROUP, { top: 2 }));
  assert.deepEqual(
    listed.map(({ name }) => name),
    ['a', 'b', 'c', 'events'],
  );
});

test('a workflow is switched off and on', async () => {
  await client.workflows.disable(GROUP, 'events');
  assert.equal((await client.workflows.get(GROUP, 'events')).state, 'Disabled');
  const off = await allOf(client.workflows.listByResourceGroup(GROUP, { filter: "state eq 'Disabled'" }));
  assert.equal(off.length, 1);
  await client.workflows.enable(GROUP, 'events');
  assert.equal((await client.workflows.get(GROUP, 'events')).state, 'Enabled');
});

test('the address of a trigger begins runs, which are read by pages, by filter and one by one', async () => {
  const { value, method, basePath, queries } = await client.workflowTriggers.listCallbackUrl(GROUP, 'events', 'manual');
  assert.equal(method, 'POST');
  assert.ok(value.startsWith(basePath));
  assert.equal(new URL(value).searchParams.get('sig'), queries.sig);
  const names = [];
  for (const id of ['1', '2', '3']) {
    clock.nowMs += 1000;
    const reply = await call(value, { id }, { 'x-ms-client-tracking-id': `ref-${id}` });
    assert.equal(reply.status, 202);
    names.push(reply.headers.get('x-ms-workflow-run-id'));
  }
  clock.nowMs += 60_000;
  const runs = await allOf(client.workflowRuns.list(GROUP, 'events', { top: 1 }));
  assert.deepEqual(
    runs.map(({ name }) => name),
    names.reverse(),
  );
  assert.equal(runs[0].status, 'Succeeded');
  assert.ok(runs[0].endTime > runs[0].startTime);
  const found = await allOf(client.workflowRuns.list(GROUP, 'events', { filter: "clientTrackingId eq 'ref-2'" }));
  assert.equal(found.length, 1);
  const one = await client.workflowRuns.get(GROUP, 'events', found[0].name);
  assert.equal(one.correlation.clientTrackingId, 'ref-2');
  assert.equal(one.trigger.name, 'manual');
});

test('a run that failed says so', async () => {
  azureLogicAppsPeople.agreeToConnection(state, 'teams');
  const connectionId = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft.Web/connections/teams`;
  const host = { connection: { name: "@parameters('$connections')['teams']['connectionId']" } };
  await client.workflows.createOrUpdate(GROUP, 'says', {
    location: 'eastus',
    parameters: { $connections: { value: { teams: { connectionId } } } },
    definition: {
      ...definition(''),
      parameters: { $connections: { type: 'Object', defaultValue: {} } },
      actions: { Say: { type: 'ApiConnection', runAfter: {}, inputs: { host, method: 'post', path: '/say' } } },
    },
  });
  azureLogicAppsPeople.endConsent(state, 'teams');
  const { value } = await client.workflowTriggers.listCallbackUrl(GROUP, 'says', 'manual');
  await call(value, { id: '1' });
  clock.nowMs += 60_000;
  const [run] = await allOf(client.workflowRuns.list(GROUP, 'says'));
  assert.equal(run.status, 'Failed');
  assert.equal(run.error.code, 'ActionFailed');
});

test('refusals are errors that the client can read', async () => {
  await assert.rejects(client.workflows.get(GROUP, 'gone'), refusedWith(404, 'ResourceNotFound'));
  await assert.rejects(client.workflows.get('other', 'events'), refusedWith(404, 'ResourceGroupNotFound'));
  await assert.rejects(client.workflowRuns.get(GROUP, 'events', '0858'), refusedWith(404, 'WorkflowRunNotFound'));
  const broken = { location: 'eastus', definition: { ...definition(''), actions: { a: { type: 'Compose' } } } };
  await assert.rejects(client.workflows.createOrUpdate(GROUP, 'broken', broken), refusedWith(400, 'InvalidTemplate'));
  await assert.rejects(clientWith(credential('guess')).workflows.get(GROUP, 'events'), /AADSTS7000215/);
  azureLogicAppsPeople.giveRole(state, 'Reader');
  await assert.rejects(put('events'), refusedWith(403, 'AuthorizationFailed'));
  azureLogicAppsPeople.giveRole(state, 'Logic App Contributor');
  azureLogicAppsPeople.throttle(state, 'reads', 5, clock.nowMs);
  await assert.rejects(client.workflows.get(GROUP, 'events'), refusedWith(429, 'TooManyRequests'));
  clock.nowMs += 5000;
  clock.nowMs += 3_600_000;
  await assert.rejects(client.workflows.get(GROUP, 'events'), refusedWith(401, 'ExpiredAuthenticationToken'));
});
