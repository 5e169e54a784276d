/** A small client for the HubSpot sandbox: speaks JSON with the private app's token, or signs in. */
import { hubspot } from '../../local/vendors/hubspot';
import { registerRedirect } from '../../local/vendors/hubspot/people';
import { CLIENT_ID, CLIENT_SECRET, type HubspotState, SANDBOX_TOKEN, SCOPES } from '../../local/vendors/hubspot/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const REDIRECT = 'https://app.example/back';
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** The property that names a lease, as an application would create it. */
export const KEY: Json = {
  name: 'rent_ledger_id',
  label: 'Rent Ledger ID',
  groupName: 'contactinformation',
  type: 'string',
  fieldType: 'text',
  hasUniqueValue: true,
};
export const STATUS: Json = {
  name: 'rent_status',
  label: 'Rent status',
  groupName: 'contactinformation',
  type: 'enumeration',
  fieldType: 'select',
  options: ['current', 'late'].map((value, displayOrder) => ({ label: value, value, displayOrder, hidden: false })),
};
export const BALANCE: Json = {
  name: 'rent_balance',
  label: 'Rent balance',
  groupName: 'contactinformation',
  type: 'number',
  fieldType: 'number',
};
export const DUE: Json = {
  name: 'rent_next_due',
  label: 'Next rent due',
  groupName: 'contactinformation',
  type: 'date',
  fieldType: 'date',
};

export class HubspotTalk extends Talk<HubspotState> {
  token = SANDBOX_TOKEN;

  constructor(nowMs = WEDNESDAY_MS) {
    super(hubspot, hubspot.start(), nowMs);
    registerRedirect(this.state, REDIRECT);
  }

  /** With the properties of a ledger in place. */
  static ready(): HubspotTalk {
    const talk = new HubspotTalk();
    for (const property of [KEY, STATUS, BALANCE, DUE]) talk.post('/crm/v3/properties/contacts', property);
    return talk;
  }

  /** A second passes before each call. */
  call(method: string, path: string, body?: unknown, headers: Json = {}) {
    this.nowMs += 1000;
    return this.atOnce(method, path, body, headers);
  }

  atOnce(method: string, path: string, body?: unknown, headers: Json = {}) {
    const type: Json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    const auth = { authorization: `Bearer ${this.token}` };
    const reply = this.send(method, `https://api.hubapi.com${path}`, { ...auth, ...type, ...headers }, text);
    return { status: reply.status, headers: reply.headers, json: JSON.parse(reply.body || '{}') as Json };
  }

  /** Fails the test with HubSpot's own words when the call is refused. */
  post(path: string, body: unknown): Json {
    const { status, json } = this.call('POST', path, body);
    if (status > 299) throw new Error(JSON.stringify(json));
    return json;
  }

  upsert(inputs: readonly Json[]) {
    const named = inputs.map((input) => ({ idProperty: 'rent_ledger_id', ...input }));
    return this.call('POST', '/crm/v3/objects/contacts/batch/upsert', { inputs: named });
  }

  /** Reads contacts by the ledger's own key unless another is named. */
  read(ids: readonly string[], more: Json = {}) {
    return this.call('POST', '/crm/v3/objects/contacts/batch/read', {
      inputs: ids.map((id) => ({ id })),
      idProperty: 'rent_ledger_id',
      properties: ['rent_ledger_id', 'rent_status', 'email', 'phone'],
      propertiesWithHistory: [],
      ...more,
    });
  }

  search(type: 'contacts' | 'tasks', filters: readonly Json[], more: Json = {}) {
    const filterGroups = filters.length > 0 ? [{ filters }] : [];
    const body = { filterGroups, sorts: [], properties: [], limit: 100, after: '0', ...more };
    return this.call('POST', `/crm/v3/objects/${type}/search`, body);
  }

  task(contact: string, properties: Json = {}, associationTypeId = 204) {
    return this.call('POST', '/crm/v3/objects/tasks', taskFor(contact, properties, associationTypeId));
  }

  /** The owner agrees in the browser. Gives where the browser is led to. */
  agree(scopes: readonly string[] = SCOPES, more: Record<string, string> = {}): string {
    const query = { client_id: CLIENT_ID, redirect_uri: REDIRECT, scope: scopes.join(' '), state: 's', ...more };
    const url = `https://app.hubspot.com/oauth/authorize?${new URLSearchParams(query)}`;
    const reply = this.send('GET', url, {});
    return reply.headers.location ?? reply.body;
  }

  grant(fields: Record<string, string>, headers: Record<string, string> = FORM) {
    const app = { client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uri: REDIRECT };
    const body = new URLSearchParams({ ...app, ...fields }).toString();
    const reply = this.send('POST', 'https://api.hubapi.com/oauth/v1/token', headers, body);
    return { status: reply.status, json: JSON.parse(reply.body) as Json };
  }

  /** Signs in and speaks as the application from then on. Gives the refresh token. */
  signIn(scopes: readonly string[] = SCOPES): string {
    const code = new URL(this.agree(scopes)).searchParams.get('code') ?? '';
    const { json } = this.grant({ grant_type: 'authorization_code', code });
    this.token = json.access_token;
    return json.refresh_token;
  }
}

export const taskFor = (contact: string, properties: Json = {}, associationTypeId = 204): Json => ({
  properties: {
    hs_timestamp: '2026-12-07T14:00:00Z',
    hs_task_subject: 'Rent is late: 4B',
    hs_task_body: 'Balance 1,250.00 (rent-ledger task:late-1:L-104)',
    hs_task_status: 'NOT_STARTED',
    hs_task_priority: 'HIGH',
    ...properties,
  },
  associations: [{ to: { id: contact }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId }] }],
});
