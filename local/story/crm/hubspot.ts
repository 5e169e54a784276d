/** HubSpot in the story: the office works with contacts and tasks, somebody pays late and the check bounces, and tasks follow. */
import * as people from '../../vendors/hubspot/people';
import { CLIENT_ID, CLIENT_SECRET, type HubspotState } from '../../vendors/hubspot/state';
import type { Chapter, Operation, Stage } from '../chapter';
import { recordCheck, returnCheck } from '../checks';

const [LATE, KNOWN, SLOW] = ['HS-1', 'HS-2', 'HS-3'] as const;

const stateOf = (stage: Stage): HubspotState => stage.state<HubspotState>();

/** The office has a contact for one of the residents already. The owner signs in, and has the properties made. */
function connect(stage: Stage): void {
  const typed = { email: 'emil@example.com', firstname: 'Emil', phone: '+1 555 0100' };
  people.addContact(stateOf(stage), typed, stage.world.now);
  stage.signIn({ HUBSPOT_CLIENT_ID: CLIENT_ID, HUBSPOT_CLIENT_SECRET: CLIENT_SECRET });
  stage.act('setup');
}

function contactOf(stage: Stage, lease: string): string {
  const found = stateOf(stage).contacts.find((one) => one.properties.rent_ledger_id === lease);
  if (!found) throw new Error(`HubSpot has no contact for ${lease}`);
  return found.id;
}

/** The newest task of ours about a lease that is not done. */
function openTaskOf(stage: Stage, lease: string): string {
  const { tasks } = stateOf(stage);
  const mine = tasks.filter(({ properties }) => properties.hs_task_body?.includes(`${lease} RL-task-`));
  const open = mine.filter(({ properties }) => properties.hs_task_status !== 'COMPLETED').at(-1);
  if (!open) throw new Error(`HubSpot has no open task about ${lease}`);
  return open.id;
}

/** Other people's work on a contact: more tasks than are read one by one. */
function fillWithTasks(stage: Stage, lease: string): void {
  for (let at = 1; at <= 25; at++) {
    const typed = { hs_timestamp: `${stage.day}T15:00:00Z`, hs_task_subject: `Newsletter ${at}` };
    people.addTask(stateOf(stage), contactOf(stage, lease), typed, stage.world.now);
  }
}

const edit = (stage: Stage, lease: string, typed: Readonly<Record<string, string>>): void =>
  people.editContact(stateOf(stage), contactOf(stage, lease), typed, stage.world.now);

const days: Chapter['days'] = {
  '2026-12-01': (stage) => recordCheck(stage, KNOWN, '1150.00', '611'),
  // The office hears of a new phone and mail.
  '2026-12-05': (stage) => edit(stage, KNOWN, { phone: '+15125550144', email: 'emil.berg@example.com' }),
  // Somebody types over what the ledger keeps.
  '2026-12-09': (stage) => edit(stage, SLOW, { rent_status: 'paid', rent_balance: '0' }),
  '2026-12-15': (stage) => recordCheck(stage, LATE, '1325.00', '612'),
  '2026-12-16': (stage) => people.completeTask(stateOf(stage), openTaskOf(stage, SLOW), stage.world.now),
  '2026-12-17': (stage) => fillWithTasks(stage, LATE),
  '2026-12-18': (stage) => returnCheck(stage, LATE, '612'),
  // The answer to a batch is lost on its way: the contacts are found by their key, and none is made twice.
  '2026-12-21': (stage) => {
    stage.world.faults.atVendor({ vendor: 'api.hubapi.com', what: 'timeout', when: { nth: 2 }, side: 'after' });
    recordCheck(stage, SLOW, '600.00', '613');
  },
  '2026-12-23': (stage) => recordCheck(stage, LATE, '1325.00', '614'),
  '2026-12-28': (stage) => {
    people.mergeContacts(stateOf(stage), contactOf(stage, KNOWN), contactOf(stage, LATE), stage.world.now);
    recordCheck(stage, LATE, '10.00', '615');
  },
};

const operation = (name: string, method: string, path: string, given?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^api\\.hubapi\\.com${path}$`),
  ...(given ? { with: given } : {}),
});

const CONTACTS = '/crm/v3/objects/contacts';
const TASKS = '/crm/v3/objects/tasks';

const operations: readonly Operation[] = [
  operation('a token for a code', 'POST', '/oauth/v1/token', /authorization_code/),
  operation('a token refreshed', 'POST', '/oauth/v1/token', /grant_type=refresh_token/),
  operation('the properties', 'GET', '/crm/v3/properties/contacts'),
  operation('a property made', 'POST', '/crm/v3/properties/contacts', /rent_ledger_id/),
  operation('contacts by our key', 'POST', `${CONTACTS}/batch/read`, /"idProperty":"rent_ledger_id"/),
  operation('contacts by mail', 'POST', `${CONTACTS}/batch/read`, /"idProperty":"email"/),
  operation('contacts by id', 'POST', `${CONTACTS}/batch/read`, /^(?!.*idProperty)/),
  operation('contacts upserted', 'POST', `${CONTACTS}/batch/upsert`),
  operation('a contact taken over', 'POST', `${CONTACTS}/batch/update`),
  operation('contacts that changed', 'POST', `${CONTACTS}/search`, /lastmodifieddate/),
  operation('tasks of a contact', 'GET', '/crm/v4/objects/contacts/\\d+/associations/tasks'),
  operation('a task read', 'GET', `${TASKS}/\\d+`),
  operation('a task among many', 'POST', `${TASKS}/search`),
  operation('tasks made', 'POST', `${TASKS}/batch/create`),
  operation('a task closed', 'PATCH', `${TASKS}/\\d+`, /COMPLETED/),
  operation('a task opened again', 'PATCH', `${TASKS}/\\d+`, /NOT_STARTED/),
];

export const chapter: Chapter = {
  platform: 'hubspot',
  leases: [
    { id: LATE, unit: 'H1', residents: 'Ana Ruiz, Leo Ruiz', email: 'ana.ruiz@example.com', rent: '1325.00' },
    { id: KNOWN, unit: 'H2', residents: 'Emil Berg', email: 'emil@example.com', rent: '1150.00' },
    { id: SLOW, unit: 'H3', residents: 'Mina Cho', email: 'mina@example.com', rent: '1200.00' },
  ],
  connect,
  days,
  operations,
  // A CRM holds no money.
  totals: () => new Map(),
};
