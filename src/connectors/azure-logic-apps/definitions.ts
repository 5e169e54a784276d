/** The two workflows as they are made through the management API; docs/azure has the same with steps as examples. */
import { EVENTS } from '../told';

type Members = Readonly<Record<string, unknown>>;

const HEAD = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
};

/** The trigger that our events are posted to, unless the owner has another name for it. */
export const TRIGGER = 'manual';

const STATUS = "@outputs('Tell_Rent_Ledger')?['statusCode']";

/** Every hour it calls the web app, which then looks for news: a clock that goes on when Google's has stopped. */
export const TICK = {
  ...HEAD,
  parameters: { webAppUrl: { type: 'String' }, inboundKey: { type: 'SecureString' } },
  triggers: { Recurrence: { type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 1 } } },
  actions: {
    Tell_Rent_Ledger: {
      type: 'Http',
      runAfter: {},
      inputs: {
        method: 'POST',
        uri: "@parameters('webAppUrl')",
        queries: { platform: 'azure-logic-apps', key: "@parameters('inboundKey')" },
        body: { type: 'tick', run: "@workflow()['run']['name']", at: '@utcNow()' },
        retryPolicy: { type: 'fixed', count: 2, interval: 'PT1M' },
      },
      limit: { timeout: 'PT2M' },
      operationOptions: 'DisableAsyncPattern',
      // The key must not be read in the history of runs.
      runtimeConfiguration: { secureData: { properties: ['inputs', 'outputs'] } },
    },
    // Apps Script answers a post with a redirect, after the work; whether that is followed is not told anywhere.
    Was_it_taken: {
      type: 'If',
      runAfter: { Tell_Rent_Ledger: ['Succeeded', 'Failed'] },
      expression: { or: [{ equals: [STATUS, 200] }, { equals: [STATUS, 302] }] },
      actions: {},
      else: { actions: { Not_taken: ending('NotTaken', 'The web app of Rent Ledger did not take the call.') } },
    },
  },
};

function ending(code: string, message: string): Members {
  return { type: 'Terminate', runAfter: {}, inputs: { runStatus: 'Failed', runError: { code, message } } };
}

const AMOUNT = { type: 'string', pattern: '^-?\\d+(\\.\\d{1,4})?$' };

/** The schema of docs/azure/events.schema.json as the service understands it; members that come later pass. */
const SCHEMA = {
  type: 'object',
  required: [
    ...['version', 'id', 'type', 'at', 'property', 'lease', 'unit', 'currency', 'amount', 'balance', 'standing'],
    'daysLate',
  ],
  properties: {
    version: { type: 'integer', enum: [1] },
    id: { type: 'string', minLength: 1 },
    type: { type: 'string', enum: EVENTS },
    at: { type: 'string', format: 'date-time' },
    property: { type: 'string' },
    lease: { type: 'string', minLength: 1 },
    unit: { type: 'string' },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
    amount: AMOUNT,
    balance: AMOUNT,
    standing: {
      type: 'string',
      enum: ['paid', 'due', 'grace', 'late', 'partial', 'processing', 'plan', 'disputed', 'hold', 'notice'],
    },
    daysLate: { type: 'integer', minimum: 0 },
    rung: { type: 'string', minLength: 1 },
    ref: { type: 'string', minLength: 1 },
  },
};

export const EVENT_TRIGGER = {
  type: 'Request',
  kind: 'Http',
  inputs: { method: 'POST', schema: SCHEMA },
  operationOptions: 'EnableSchemaValidation',
};

/** `payment.received` -> `Payment_received`. */
const caseName = (type: string): string => `${type.charAt(0).toUpperCase()}${type.slice(1).replace('.', '_')}`;

const OLDER = 'This workflow is older than the event that it was sent: deploy it again.';

/** One case for each type of event, empty: what is to happen is the owner's to say, in the designer. */
export const eventsAt = (trigger: string) => ({
  ...HEAD,
  parameters: { $connections: { type: 'Object', defaultValue: {} } },
  triggers: { [trigger]: EVENT_TRIGGER },
  actions: {
    What_happened: {
      type: 'Switch',
      runAfter: {},
      expression: "@triggerBody()?['type']",
      cases: Object.fromEntries(EVENTS.map((type) => [caseName(type), { case: type, actions: {} }])),
      default: { actions: { Unknown_event: ending('UnknownEvent', OLDER) } },
    },
  },
});
