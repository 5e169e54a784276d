/** DocuSign's own client talks to our sandbox: consent, tokens, templates, envelopes that are signed, sent again and voided. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import docusign from 'docusign-esign';
import { docusignPeople as people } from '../../.cache/sandboxes.mjs';
import { serve } from './serve.mjs';

// The very copy of axios that the client uses.
const axios = createRequire(createRequire(import.meta.url).resolve('docusign-esign'))('axios');

// The client signs with the time of this machine.
const { state, clock, urls } = await serve('docusign', Date.now());
const MINUTE = 60_000;
const AUTH = 'account-d.docusign.com';
const REDIRECT = 'https://example.com/back';

/** The client always speaks https to the real hosts; its requests are led to the loopback ports on their way out. */
axios.interceptors.request.use((config) => {
  const url = new URL(axios.getUri(config));
  const served = urls[url.hostname];
  assert.ok(served, `${url.hostname} is no host of the sandbox`);
  return { ...config, baseURL: undefined, params: undefined, url: served + url.pathname + url.search };
});

const key = (type) => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  people.uploadKey(state, pair.publicKey.export({ type: 'spki', format: 'pem' }));
  return Buffer.from(pair.privateKey.export({ type, format: 'pem' }));
};
const [older, newer] = [key('pkcs1'), key('pkcs8')];
const integration = state.integrations[0].key;
const user = state.users[0].id;
const client = new docusign.ApiClient();
client.setOAuthBasePath(AUTH);
const grant = (pem, scopes = ['signature', 'impersonation']) =>
  client.requestJWTUserToken(integration, user, scopes, pem, 3600);
const said = (words) => (error) => JSON.stringify(error.response.data ?? error.response.body).includes(words);

people.registerRedirect(state, REDIRECT);
const refusedBefore = await grant(older).then(
  () => '',
  (error) => error.response.data.error,
);
people.consent(state, client.getJWTUri(integration, REDIRECT, AUTH), clock.nowMs);
const { body: token } = await grant(older);
client.addDefaultHeader('Authorization', `Bearer ${token.access_token}`);
const who = await client.getUserInfo(token.access_token);
const { accountId, baseUri } = who.accounts.find((one) => one.isDefault === true || one.isDefault === 'true');
client.setBasePath(`${baseUri}/restapi`);
const envelopes = new docusign.EnvelopesApi(client);
const templates = new docusign.TemplatesApi(client);

const template = people.designTemplate(
  state,
  {
    name: 'Residential lease',
    emailSubject: 'Your lease',
    roles: [
      { roleName: 'Resident', tabs: ['text:rent', 'checkbox:pets'] },
      { roleName: 'Landlord', routingOrder: 2, name: 'Olivia Owner', email: 'olivia@landlord.example' },
    ],
  },
  clock.nowMs,
);

const send = async (more = {}) => {
  const envelopeDefinition = {
    templateId: template,
    status: 'sent',
    emailSubject: 'Lease of unit 4B',
    templateRoles: [
      {
        roleName: 'Resident',
        name: 'Anne Charleston',
        email: 'anne@example.com',
        tabs: { textTabs: [{ tabLabel: 'rent', value: '1,450.00' }] },
      },
    ],
    ...more,
  };
  const { envelopeId } = await envelopes.createEnvelope(accountId, { envelopeDefinition });
  return envelopeId;
};

test('consent comes first; then both forms of a key sign, and a strange one does not', async () => {
  assert.equal(refusedBefore, 'consent_required');
  assert.equal(token.expires_in, 3600);
  assert.ok((await grant(newer)).body.access_token);
  const strange = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = Buffer.from(strange.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await assert.rejects(grant(pem), said('no_valid_keys_or_signatures'));
  await assert.rejects(grant(older, ['signature', 'extended']), said('consent_required'));
});

test('the account and its site are told', () => {
  assert.equal(who.email, 'olivia@landlord.example');
  assert.equal(baseUri, 'https://demo.docusign.net');
});

test('templates are listed and told with roles and tabs', async () => {
  const { envelopeTemplates } = await templates.listTemplates(accountId, { searchText: 'lease' });
  assert.deepEqual(
    envelopeTemplates.map((one) => one.templateId),
    [template],
  );
  const { recipients } = await templates.get(accountId, template, { include: 'tabs' });
  assert.deepEqual(
    recipients.signers.map((one) => [one.roleName, one.tabs.textTabs?.[0]?.tabLabel]),
    [
      ['Resident', 'rent'],
      ['Landlord', undefined],
    ],
  );
});

test('an envelope is sent, found by its number, signed in turns and completed', async () => {
  const id = await send({ transactionId: 'RL-1' });
  const found = await envelopes.listStatusChanges(accountId, { transactionIds: 'RL-1' });
  assert.deepEqual(
    found.envelopes.map((one) => one.envelopeId),
    [id],
  );
  people.signEnvelope(state, id, 'anne@example.com', clock.nowMs);
  const { signers } = await envelopes.listRecipients(accountId, id, { includeTabs: 'true' });
  assert.equal(signers[0].status, 'completed');
  assert.equal(signers[0].tabs.textTabs[0].value, '1,450.00');
  people.signEnvelope(state, id, 'olivia@landlord.example', clock.nowMs);
  const whole = await envelopes.getEnvelope(accountId, id, { include: 'recipients' });
  assert.equal(whole.status, 'completed');
  assert.ok(whole.completedDateTime);
});

test('an envelope is sent again and voided with a reason, and the list of changes tells it over pages', async () => {
  const fromDate = new Date(clock.nowMs - MINUTE).toISOString();
  const id = await send();
  await envelopes.update(accountId, id, { resendEnvelope: 'true', envelope: {} });
  await assert.rejects(envelopes.update(accountId, id, { envelope: { status: 'voided' } }), said('voidedReason'));
  await envelopes.update(accountId, id, { envelope: { status: 'voided', voidedReason: 'Paid in full' } });
  const statuses = [];
  for (let start = 0, total = 1; start < total; start++) {
    const page = await envelopes.listStatusChanges(accountId, {
      fromDate,
      count: '1',
      startPosition: String(start),
      order: 'asc',
      orderBy: 'status_changed',
    });
    statuses.push(page.envelopes[0].status);
    total = Number(page.totalSetSize);
  }
  assert.deepEqual(statuses, ['completed', 'voided']);
});

test('what is wrong is an error that the client can read', async () => {
  await assert.rejects(envelopes.getEnvelope(accountId, 'nobody'), said('ENVELOPE_DOES_NOT_EXIST'));
  await assert.rejects(send({ templateId: 'nobody' }), said('TEMPLATE_ID_INVALID'));
  await assert.rejects(envelopes.listStatusChanges(accountId, {}), said('from_date'));
  clock.nowMs += 61 * MINUTE;
  await assert.rejects(templates.listTemplates(accountId), said('AUTHORIZATION_INVALID_TOKEN'));
});
