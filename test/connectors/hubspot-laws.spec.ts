/** HubSpot and its sandbox keep the laws: whatever answer is lost, there is one contact for a lease and one task for a mark. */
import type { HubspotState } from '../../local/vendors/hubspot/state';
import type { SandboxRequest } from '../../local/vendors/sandbox';
import type { Credentials } from '../../src/connectors/connector';
import { taskMark } from '../../src/connectors/told';
import { ACCESS_TOKEN } from '../../src/run/tokens';
import { rigWith, statusOf, taskOf } from './hubspot-rig';
import { holdsTheLaws } from './laws';

const payload = (told: object) => () => JSON.parse(JSON.stringify(told)) as Record<string, unknown>;

const ask = (
  method: string,
  path: string,
  token: string,
  body?: unknown,
  type = 'application/json',
): SandboxRequest => ({
  method,
  url: `https://api.hubapi.com${path}`,
  headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body ? { 'content-type': type } : {}) },
  body: body ? JSON.stringify(body) : '',
});

const refusal = (name: string, status: number, says: RegExp, request: (token: string) => SandboxRequest) => ({
  name,
  status,
  says,
  request: (credentials: Credentials) => request(credentials[ACCESS_TOKEN] ?? ''),
});

const UPSERT = '/crm/v3/objects/contacts/batch/upsert';
const contactsOf = (lease: string) => (state: HubspotState) =>
  state.contacts.filter(({ properties }) => properties.rent_ledger_id === lease).length;

holdsTheLaws<HubspotState>(
  rigWith({
    writes: [
      { effect: 'standing', payload: payload(statusOf('L-1')), count: contactsOf('L-1') },
      {
        effect: 'task',
        payload: payload(taskOf('L-1')),
        count: (state: HubspotState) =>
          state.tasks.filter(({ properties }) => properties.hs_task_body?.includes(taskMark(taskOf('L-1')))).length,
      },
      {
        effect: 'setup',
        payload: () => ({}),
        count: (state: HubspotState) =>
          state.properties.contacts.filter(({ name }) => /^rent_/.test(name)).length === 12 ? 1 : 0,
      },
    ],
    refusals: [
      refusal('a missing token', 401, /INVALID_AUTHENTICATION/, () => ask('GET', '/crm/v3/properties/contacts', '')),
      refusal('a token of nobody', 401, /INVALID_AUTHENTICATION/, () =>
        ask('GET', '/crm/v3/properties/contacts', 'pat-other'),
      ),
      refusal('a key that is no property', 400, /non-unique 0-1 property rent_ledger_id/, (token) =>
        ask('POST', UPSERT, token, { inputs: [{ id: 'L-1', idProperty: 'rent_ledger_id', properties: {} }] }),
      ),
      refusal('a number where text is wanted', 400, /Invalid input JSON/, (token) =>
        ask('POST', UPSERT, token, { inputs: [{ id: 1, idProperty: 'rent_ledger_id', properties: {} }] }),
      ),
      refusal('a form', 415, /Unsupported Media Type/, (token) =>
        ask('POST', UPSERT, token, { inputs: [] }, 'application/x-www-form-urlencoded'),
      ),
      refusal('a task that is not there', 404, /OBJECT_NOT_FOUND/, (token) =>
        ask('GET', '/crm/v3/objects/tasks/1', token),
      ),
      refusal('a path that is not there', 404, /resource not found/, (token) => ask('GET', '/crm/v3/objects', token)),
    ],
  }),
);
