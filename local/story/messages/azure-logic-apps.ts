/** Azure in the messages story: workflows are installed, events run through them, a consent ends, an answer is lost, a clock calls. */
import { agreeToConnection, answerRequest, designStep, endConsent, tick } from '../../vendors/azure-logic-apps/people';
import {
  type AzureState,
  CLIENT_ID,
  CLIENT_SECRET,
  GROUP,
  REGION,
  SUBSCRIPTION,
  TENANT,
  TRIGGER_HOST,
} from '../../vendors/azure-logic-apps/state';
import type { Chapter, Operation, Stage } from '../chapter';

const GOOD = 'AZ-1';
const LATE = 'AZ-2';
const EVENTS = 'rent-ledger-events';

const stateOf = (stage: Stage): AzureState => stage.state<AzureState>();

/** The manager has a cheque in hand. */
function pays(stage: Stage, lease: string, amount: string): void {
  const day = stage.day.replace(/-/g, '');
  const request = `story-azure-${lease}-${day}`;
  stage.ask('recordOne', { request, lease, amount, method: 'check', reference: `${lease}-${day}` });
}

/** The next event gets to Azure, and its answer does not get back. */
const loseAnswer = ({ world }: Stage): void =>
  world.faults.atVendor({ vendor: TRIGGER_HOST, what: 'timeout', side: 'after', when: 'once' });

/** In the designer the owner puts a step behind the events: Teams is told of each. */
function tellTeams(stage: Stage): void {
  agreeToConnection(stateOf(stage), 'teams');
  designStep(stateOf(stage), EVENTS, 'teams', stage.world.now);
}

/** The workflow of the clock calls our web address, which answers as Apps Script does. */
function clockStrikes(stage: Stage): void {
  const [sent] = tick(stateOf(stage), 'rent-ledger-tick', stage.world.now);
  if (!sent) throw new Error('The workflow of the clock has sent nothing.');
  const parameters = Object.fromEntries(new URL(sent.url).searchParams);
  stage.world.doPost({ parameters, body: sent.body, type: 'application/json' });
  answerRequest(stateOf(stage), sent, { status: 302 }, stage.world.now);
}

const days: Chapter['days'] = {
  '2026-12-01': (stage) => pays(stage, GOOD, '1150.00'),
  '2026-12-02': (stage) => stage.act('test'),
  '2026-12-04': tellTeams,
  // The next morning the lease that has not paid is late, which is the event whose answer is lost.
  '2026-12-05': (stage) => {
    clockStrikes(stage);
    loseAnswer(stage);
  },
  '2026-12-09': (stage) => stage.act('install'),
  '2026-12-21': (stage) => endConsent(stateOf(stage), 'teams'),
  '2026-12-22': (stage) => pays(stage, LATE, '1300.00'),
  '2026-12-24': (stage) => agreeToConnection(stateOf(stage), 'teams'),
  '2026-12-27': clockStrikes,
};

const PLACE = `subscriptions/${SUBSCRIPTION}/resourceGroups/${GROUP}/providers/Microsoft\\.Logic/workflows`;
const managed = (name: string, method: string, path: string, more: Partial<Operation> = {}): Operation => ({
  name,
  method,
  at: new RegExp(`^management\\.azure\\.com/${PLACE}${path}$`),
  ...more,
});

const operations: readonly Operation[] = [
  { name: 'a token', method: 'POST', at: new RegExp(`^login\\.microsoftonline\\.com/${TENANT}/oauth2/v2\\.0/token$`) },
  managed('the workflows of the group', 'GET', ''),
  managed('a workflow as it is', 'GET', '/[\\w-]+'),
  managed('a workflow is made or changed', 'PUT', '/[\\w-]+'),
  managed('the address of the trigger', 'POST', `/${EVENTS}/triggers/manual/listCallbackUrl`),
  managed('the runs of late', 'GET', `/${EVENTS}/runs`, { with: /startTime/ }),
  managed('the run of an event whose answer was lost', 'GET', `/${EVENTS}/runs`, { with: /clientTrackingId/ }),
  {
    name: 'an event',
    method: 'POST',
    at: new RegExp(`^${TRIGGER_HOST.replace(/\./g, '\\.')}/workflows/\\w+/triggers/manual/paths/invoke$`),
  },
];

export const chapter: Chapter = {
  platform: 'azure-logic-apps',
  leases: [
    { id: GOOD, unit: 'Z1', residents: 'Nora Lindqvist', email: 'nora@example.com', rent: '1150.00' },
    { id: LATE, unit: 'Z2', residents: 'Bram Okafor', email: 'bram@example.com', rent: '1300.00' },
  ],
  connect: (stage) => {
    stage.connectKeys({
      AZURE_TENANT: TENANT,
      AZURE_CLIENT_ID: CLIENT_ID,
      AZURE_CLIENT_SECRET: CLIENT_SECRET,
      AZURE_SUBSCRIPTION: SUBSCRIPTION,
      AZURE_RESOURCE_GROUP: GROUP,
      AZURE_REGION: REGION,
    });
    stage.act('install');
  },
  days,
  operations,
  totals: () => new Map(),
};
