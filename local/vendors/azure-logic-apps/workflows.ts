/** Workflows as resources: shown, made, changed, enabled and disabled. */

import { jsonBody, jsonReply, mediaType, nextNumber } from '../kit/reply';
import { anything, object, oneOf, type Rule, text } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { randomKey, workflowId } from './access';
import { checkDefinition, placed } from './definition';
import { badContent, invalidTemplate, refused } from './errors';
import { paged } from './lists';
import { mapOf } from './shapes';
import {
  type AzureState,
  fallingTicks,
  GROUP_PATH,
  type Members,
  moment,
  REGION,
  sameName,
  TRIGGER_HOST,
  type Workflow,
  workflowPath,
} from './state';

export function workflowOf(state: AzureState, name: string): Workflow {
  const workflow = state.workflows.find((each) => sameName(each.name, name));
  if (workflow) return workflow;
  const which = `The Resource 'Microsoft.Logic/workflows/${name}' under resource group '${state.group}'`;
  throw refused(404, 'ResourceNotFound', `${which} was not found.`);
}

/** The value of a secret is never given back. */
function shownParameters({ definition, parameters }: Workflow): Members {
  const declared = (definition.parameters ?? {}) as Record<string, { type: string }>;
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { value }]) => {
      const type = declared[name]?.type ?? 'String';
      return [name, /^secure/i.test(type) ? { type } : { type, value }];
    }),
  );
}

export function shownWorkflow(workflow: Workflow): Members {
  const { name, id, location, tags, createdMs, changedMs, version, isEnabled, definition, accessControl } = workflow;
  const outgoing = [{ address: '203.0.113.41' }];
  return {
    properties: {
      provisioningState: 'Succeeded',
      ...{ createdTime: moment(createdMs), changedTime: moment(changedMs) },
      state: isEnabled ? 'Enabled' : 'Disabled',
      version,
      accessEndpoint: `https://${TRIGGER_HOST}:443/workflows/${id}`,
      definition,
      parameters: shownParameters(workflow),
      ...(Object.keys(accessControl).length > 0 ? { accessControl } : {}),
      endpointsConfiguration: {
        workflow: { outgoingIpAddresses: outgoing, accessEndpointIpAddresses: [{ address: '203.0.113.42' }] },
        connector: { outgoingIpAddresses: outgoing },
      },
    },
    ...{ id: workflowPath(name), name, type: 'Microsoft.Logic/workflows', location, tags },
  };
}

export function listedWorkflows(state: AzureState, url: URL): Members {
  const rows = [...state.workflows].sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = paged(
    rows,
    (each) => each.name,
    url,
    ({ isEnabled }) => ({ state: isEnabled ? 'Enabled' : 'Disabled' }),
  );
  return { ...page, value: page.value.map(shownWorkflow) };
}

const READ_ONLY = ['provisioningState', 'createdTime', 'changedTime', 'version', 'accessEndpoint'];
const readOnly = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [`${name}?`, anything]));
const BODY = object({
  ...readOnly('id', 'name', 'type', 'identity'),
  'location?': text({ min: 1 }),
  'tags?': mapOf(text({ max: 256 }), text({ min: 1, max: 512 })),
  properties: object({
    ...readOnly(...READ_ONLY, 'endpointsConfiguration', 'sku', 'integrationAccount'),
    'state?': oneOf('Enabled', 'Disabled', 'NotSpecified', 'Completed', 'Suspended'),
    definition: anything,
    'parameters?': mapOf(
      object({ 'value?': anything, 'type?': text(), 'metadata?': anything, 'description?': text() }),
    ),
    'accessControl?': anything,
  }),
});

interface Wanted {
  readonly location?: string;
  readonly tags?: Record<string, string>;
  readonly properties: {
    readonly state?: string;
    readonly definition: Members;
    readonly parameters?: Workflow['parameters'];
    readonly accessControl?: Members;
  };
}

function wantedIn(request: SandboxRequest): Wanted {
  if (mediaType(request) !== 'application/json')
    throw refused(415, 'UnsupportedMediaType', `The content media type '${mediaType(request)}' is not supported.`);
  const body = jsonBody(request);
  if (body === undefined) throw badContent('Unexpected character encountered while parsing value');
  const complaint = (BODY as Rule)(body, '');
  if (complaint?.what === 'unknown') throw badContent(`Could not find member at path '${complaint.at}'`);
  if (complaint) throw badContent(`The value at path '${complaint.at}' is not valid: expected ${complaint.wanted}`);
  return body as Wanted;
}

/** The whole resource is put: what is left out is gone. */
export function putWorkflow(state: AzureState, name: string, request: SandboxRequest, nowMs: number): SandboxReply {
  if (!/^[\w.()-]{1,43}$/.test(name)) throw refused(400, 'InvalidResourceName', `Resource name ${name} is invalid.`);
  const { location, tags = {}, properties } = wantedIn(request);
  if (!location) throw refused(400, 'LocationRequired', 'The location property is required for this definition.');
  const region = location.replace(/ /g, '').toLowerCase();
  const known = state.workflows.find((each) => sameName(each.name, name));
  if (known && known.location !== region) {
    const message = `The resource '${name}' already exists in location '${known.location}'.`;
    throw refused(409, 'InvalidResourceLocation', message);
  }
  if (region !== REGION)
    throw refused(
      400,
      'LocationNotAvailableForResourceType',
      `The provided location '${location}' is not available for resource type 'Microsoft.Logic/workflows'.`,
    );
  checkDefinition(properties.definition);
  const parameters = properties.parameters ?? {};
  checkParameters(properties.definition, parameters);
  checkConnections(state, properties.definition, parameters);
  const fields = {
    tags,
    changedMs: nowMs,
    version: fallingTicks(nowMs, nextNumber(state, 'version')),
    isEnabled: !['Disabled', 'Suspended'].includes(properties.state ?? 'Enabled'),
    definition: properties.definition,
    parameters,
    accessControl: properties.accessControl ?? {},
  };
  if (known) {
    Object.assign(known, fields);
    return jsonReply(200, shownWorkflow(known));
  }
  const serial = nextNumber(state, 'workflow');
  const keys = { primary: randomKey(serial, 'primary', 0), secondary: randomKey(serial, 'secondary', 0) };
  const id = workflowId(serial, name);
  const made: Workflow = { ...fields, name, id, location: region, createdMs: nowMs, keys, runs: [] };
  state.workflows.push(made);
  return jsonReply(201, shownWorkflow(made));
}

type Declared = Readonly<Record<string, { readonly type: string; readonly defaultValue?: unknown }>>;

const FITS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  int: (value) => Number.isInteger(value),
  float: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  array: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** Each value belongs to a declared parameter, and each parameter has a value. */
function checkParameters(definition: Members, given: Workflow['parameters']): void {
  const declared = (definition.parameters ?? {}) as Declared;
  for (const name of Object.keys(given))
    if (!declared[name]) throw invalidTemplate(`The workflow parameter '${name}' is not found in the definition`);
  for (const [name, { type, defaultValue }] of Object.entries(declared)) {
    const value = given[name]?.value ?? defaultValue;
    if (value === undefined) throw invalidTemplate(`The value for the workflow parameter '${name}' is not provided`);
    const fits = FITS[type.toLowerCase().replace('secure', '')]!;
    if (!fits(value)) throw invalidTemplate(`The value for the workflow parameter '${name}' is not of type '${type}'`);
  }
}

const CONNECTION = /^@parameters\('\$connections'\)\['([^']+)'\]\['connectionId'\]$/;

/** Every connector action names a connection that was handed in, and that exists in the resource group. */
function checkConnections(state: AzureState, definition: Members, parameters: Workflow['parameters']): void {
  const handed = (parameters.$connections?.value ?? {}) as Record<string, { connectionId?: string }>;
  for (const { name, action } of placed((definition.actions ?? {}) as Record<string, Members>)) {
    if (action.type !== 'ApiConnection') continue;
    const { connection } = (action.inputs as { host: { connection: { name: string } } }).host;
    const [, key = ''] = CONNECTION.exec(connection.name) ?? [];
    const id = handed[key]?.connectionId;
    if (!id) throw invalidTemplate(`The API connection reference '${key}' of action '${name}' is missing or not valid`);
    const prefix = `${GROUP_PATH}/providers/Microsoft.Web/connections/`.toLowerCase();
    const isThere = state.connections.some((each) => id.toLowerCase() === prefix + each.name.toLowerCase());
    if (!isThere)
      throw refused(
        404,
        'ApiConnectionNotFound',
        `The API connection '${id}' referenced by action '${name}' could not be found.`,
      );
  }
}

export function switchWorkflow(workflow: Workflow, isEnabled: boolean, nowMs: number): SandboxReply {
  if (workflow.isEnabled !== isEnabled) Object.assign(workflow, { isEnabled, changedMs: nowMs });
  return { status: 200, headers: {}, body: '' };
}
