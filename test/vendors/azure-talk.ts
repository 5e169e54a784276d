/** A small client for the Azure sandbox: signs in with the application's secret, manages workflows, posts to triggers. */
import { azureLogicApps } from '../../local/vendors/azure-logic-apps';
import {
  type AzureState,
  CLIENT_ID,
  CLIENT_SECRET,
  GROUP_PATH,
  TENANT,
} from '../../local/vendors/azure-logic-apps/state';
import { type Json, Talk, WEDNESDAY_MS } from './talk';

export const TOKEN_URL = `https://login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`;
export const SCOPE = 'https://management.azure.com/.default';
const WORKFLOWS = `https://management.azure.com${GROUP_PATH}/providers/Microsoft.Logic/workflows`;

export const SCHEMA =
  'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';

/** A definition with a Request trigger that wants an id, and one step. */
export const asked = (more: Json = {}): Json => ({
  $schema: SCHEMA,
  contentVersion: '1.0.0.0',
  triggers: {
    manual: {
      type: 'Request',
      kind: 'Http',
      inputs: {
        method: 'POST',
        schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
      },
      operationOptions: 'EnableSchemaValidation',
    },
  },
  actions: { Keep: { type: 'Compose', runAfter: {}, inputs: "@triggerBody()?['id']" } },
  ...more,
});

/** A definition that calls an address every hour. */
export const hourly = (http: Json = {}, more: Json = {}): Json => ({
  $schema: SCHEMA,
  contentVersion: '1.0.0.0',
  parameters: { address: { type: 'String' }, inboundKey: { type: 'SecureString' } },
  triggers: { Recurrence: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } } },
  actions: {
    Call: {
      type: 'Http',
      runAfter: {},
      inputs: {
        method: 'POST',
        uri: "@parameters('address')",
        queries: { key: "@parameters('inboundKey')" },
        body: { run: "@{workflow()['run']['name']}", of: "@workflow()['name']" },
        ...http,
      },
    },
    ...more,
  },
});

export const HOURLY_VALUES = { address: { value: 'https://app.example/exec' }, inboundKey: { value: 'k1&2' } };

export class AzureTalk extends Talk<AzureState> {
  token = '';

  constructor(nowMs = WEDNESDAY_MS) {
    super(azureLogicApps, azureLogicApps.start(), nowMs);
    this.signIn();
  }

  signIn(fields: Json = {}, url = TOKEN_URL) {
    const form = { grant_type: 'client_credentials', client_id: CLIENT_ID, client_secret: CLIENT_SECRET, scope: SCOPE };
    const wanted = Object.entries({ ...form, ...fields }).filter(([, value]) => value !== undefined);
    const body = new URLSearchParams(wanted.map(([name, value]) => [name, String(value)])).toString();
    const answer = this.read('POST', url, { 'content-type': 'application/x-www-form-urlencoded' }, body);
    if (answer.status === 200) this.token = answer.json.access_token as string;
    return answer;
  }

  /** `path` after `…/workflows`, with a question mark where there is more to ask than the version. */
  call(method: string, path = '', body?: Json, headers: Json = {}) {
    const [place = '', query = ''] = path.split('?');
    const url = `${WORKFLOWS}${place}?api-version=2019-05-01${query ? `&${query}` : ''}`;
    return this.at(method, url, body, headers);
  }

  at(method: string, url: string, body?: Json, headers: Json = {}) {
    const type: Json = body === undefined ? {} : { 'content-type': 'application/json' };
    const text = body === undefined ? '' : JSON.stringify(body);
    return this.read(method, url, { authorization: `Bearer ${this.token}`, ...type, ...headers }, text);
  }

  put(name: string, definition: Json = asked(), more: Json = {}) {
    return this.call('PUT', `/${name}`, { location: 'eastus', properties: { definition, ...more } });
  }

  /** The signed address of a trigger. */
  address(name: string, trigger = 'manual'): string {
    return this.call('POST', `/${name}/triggers/${trigger}/listCallbackUrl`).json.value as string;
  }

  /** What our side posts, without a token: the address is enough. */
  post(url: string, body: unknown, headers: Json = {}) {
    return this.read('POST', url, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
  }

  runs(name: string, query = ''): Json[] {
    return this.call('GET', `/${name}/runs${query}`).json.value as Json[];
  }

  private read(method: string, url: string, headers: Record<string, string>, body: string) {
    const reply = this.send(method, url, headers, body);
    const json = JSON.parse(reply.body || '{}') as Json;
    return { status: reply.status, headers: reply.headers, json, code: (json.error?.code ?? '') as string };
  }
}
