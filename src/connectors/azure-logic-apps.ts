/**
 * Azure Logic Apps: events of the ledger posted to a workflow, by its signed address or through the management API, which
 * also tells what became of them; and a workflow that calls our web app by the clock. Nothing at Azure knows a repeat, so
 * each event has a name by which its run is found.
 */
import { bodyOf } from '../http/body';
import { azureFault, type Managed, manage, managedIn, sign, tokenFor } from './azure-logic-apps/api';
import { event, probed, test } from './azure-logic-apps/events';
import { install } from './azure-logic-apps/install';
import { pull } from './azure-logic-apps/runs';
import { type AccountSeen, asked, type Connector, type Flow } from './connector';

const ENTRA = 'Azure portal > Microsoft Entra ID > App registrations > your app';

/** Part of the account, and needed for the management API only. */
const open = (name: string, label: string, help: string) => ({ name, label, help, secret: false, optional: true });

export const azureLogicApps: Connector = {
  id: 'azure-logic-apps',
  title: 'Azure Logic Apps',
  group: 'Sheets and flows',
  hosts: ['.logic.azure.com', 'login.microsoftonline.com', 'management.azure.com'],
  credentials: [
    {
      name: 'AZURE_TRIGGER_URL',
      label: 'Trigger address',
      help: 'Azure portal > your workflow > Logic app designer > HTTP POST URL',
      optional: true,
    },
    open('AZURE_TENANT', 'Tenant ID', `${ENTRA} > Directory (tenant) ID`),
    open('AZURE_CLIENT_ID', 'Client ID', `${ENTRA} > Application (client) ID`),
    {
      name: 'AZURE_CLIENT_SECRET',
      label: 'Client secret',
      help: `${ENTRA} > Certificates and secrets > New client secret > Value`,
      optional: true,
    },
    open('AZURE_SUBSCRIPTION', 'Subscription ID', 'Azure portal > Subscriptions'),
    open('AZURE_RESOURCE_GROUP', 'Resource group', 'One of its own, in which the application is Logic App Contributor'),
    open('AZURE_REGION', 'Region', 'Where workflows are made, such as eastus; needed the first time only'),
    open('AZURE_EVENTS_WORKFLOW', 'Workflow of events', 'rent-ledger-events when left empty'),
    open('AZURE_TICK_WORKFLOW', 'Workflow of the clock', 'rent-ledger-tick when left empty'),
    open('AZURE_TRIGGER_NAME', 'Name of the trigger', 'manual when left empty'),
  ],
  limits: { concurrency: 5 },
  sign,
  fault: azureFault,
  *test(account) {
    const managed = managedIn(account);
    return managed ? yield* workflowsOf(managed) : yield* addressSeen();
  },
  effects: { event, test, install },
  tells: { event: 'all leases' },
  acts: [
    {
      kind: 'install',
      title: 'Install the workflows',
      says: 'Makes the workflow of events and that of the clock, or brings them up to date. Steps that you added stay.',
      inbound: true,
    },
    { kind: 'test', title: 'Send a test event', says: 'Posts an event lease.resolved of a lease called TEST.' },
  ],
  deliveries: { pull, byHint: ({ type }) => type === 'tick', everyMinutes: 60 },
  reads: ['Runs of the workflow of events: whether they succeeded', 'The two workflows, when they are installed'],
  writes: [
    'Events: payments received, failed and returned; leases late, escalated and resolved. No names',
    'The two workflows, when you ask for it',
  ],
};

/** The application may look into the resource group; the workflows may still have to be made. */
function* workflowsOf(managed: Managed): Flow<AccountSeen> {
  const token = yield* tokenFor(managed);
  bodyOf(yield* asked(manage(managed, token, 'GET', '')), 'workflows').items('value');
  return { name: `Resource group ${managed.group}`, mode: 'live' };
}

/** A post that is no event: a trigger that checks its schema refuses it, and so its address is proved without a run. */
function* addressSeen(): Flow<AccountSeen> {
  const does = yield* probed();
  return { name: does === 'checks' ? 'Workflow' : 'Workflow that takes anything', mode: 'live' };
}
