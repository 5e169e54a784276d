/** Salesforce in the CRM story: a clerk corrects contacts and types over them, a payment bounces, a contact is lost. */
import type { SalesforceState } from '../../vendors/salesforce';
import * as people from '../../vendors/salesforce/people';
import type { Chapter, ChapterRows, Operation, Stage } from '../chapter';
import { recordCheck, returnCheck } from '../checks';

const LATE = 'SF-1';
const KNOWN = 'SF-2';
const LOST = 'SF-3';

const stateOf = (stage: Stage): SalesforceState => stage.state<SalesforceState>();

/** The administrator has made the application and the fields; one of the residents is a contact there already. */
function connect(stage: Stage): void {
  const state = stateOf(stage);
  const { app, records, host } = people.orgAt(state);
  const [account = ''] = Object.keys(records.Account);
  const resident = { LastName: 'Okafor', FirstName: 'C.', Email: 'chidi@example.com', MobilePhone: '+15125550142' };
  people.addContact(state, { ...resident, AccountId: account }, stage.world.now);
  people.makeField(state, 'Contact', { name: 'Household__c', type: 'string', length: 255 });
  people.registerRedirect(state, stage.world.webAppUrl);
  stage.signIn({
    SALESFORCE_DOMAIN: `https://${host}/`,
    SALESFORCE_CLIENT_ID: app.clientId,
    SALESFORCE_CLIENT_SECRET: app.clientSecret,
    SALESFORCE_ACCOUNT: account,
    MAP_RESIDENTS: 'Household__c',
  });
}

/** What the clerk writes into the contact of a lease. */
const clerkWrites =
  (lease: string, fields: Readonly<Record<string, string | number>>) =>
  (stage: Stage): void => {
    const contact = people.contactOf(stateOf(stage), lease);
    people.editContact(stateOf(stage), String(contact?.Id), fields, stage.world.now);
  };

function losesContact(stage: Stage): void {
  const contact = people.contactOf(stateOf(stage), LOST);
  people.deleteRecord(stateOf(stage), 'Contact', String(contact?.Id), stage.world.now);
}

const days: Chapter['days'] = {
  '2026-12-02': (stage) => recordCheck(stage, KNOWN, '1300.00', '611'),
  '2026-12-03': clerkWrites(LATE, { MobilePhone: '+15125550199' }),
  '2026-12-07': clerkWrites(KNOWN, { Rent_Status__c: 'late', Email: 'chidi.okafor@example.com' }),
  '2026-12-10': (stage) => recordCheck(stage, LATE, '1500.00', '612'),
  '2026-12-14': (stage) => returnCheck(stage, LATE, '612'),
  '2026-12-16': (stage) => people.endSessions(stateOf(stage)),
  '2026-12-18': (stage) => recordCheck(stage, LATE, '1550.00', '613'),
  '2026-12-21': losesContact,
  '2026-12-22': (stage) => recordCheck(stage, LOST, '700.00', '614'),
};

const HOST = 'maple-street\\.my\\.salesforce\\.com/services';
const operation = (name: string, method: string, path: string, given?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^${HOST}${path}$`),
  ...(given ? { with: given } : {}),
});
const composite = (name: string, given: RegExp): Operation => operation(name, 'POST', '/data/v66\\.0/composite', given);

const operations: readonly Operation[] = [
  operation('a session for a code', 'POST', '/oauth2/token', /grant_type=authorization_code/),
  operation('a session renewed', 'POST', '/oauth2/token', /grant_type=refresh_token/),
  operation('the calls of the day', 'GET', '/data/v66\\.0/limits'),
  operation('the fields of contacts', 'GET', '/data/v66\\.0/sobjects/Contact/describe'),
  operation('the fields of tasks', 'GET', '/data/v66\\.0/sobjects/Task/describe'),
  operation('the organisation', 'GET', '/data/v66\\.0/query', /Organization/),
  operation('what has changed', 'GET', '/data/v66\\.0/queryAll', /SystemModstamp/),
  composite('contacts looked up', /FROM%20Contact%20WHERE/),
  composite('tasks looked up', /FROM%20Task%20WHERE/),
  composite(
    'a contact upserted by our key',
    /"PATCH","url":"[^"]*\/Contact\/Rent_Ledger_Id__c\/SF-1".*"Rent_Status__c"/,
  ),
  // In a composite call, or as a collection where many contacts are written at once.
  operation(
    'a contact that was there before',
    'POST|PATCH',
    '/data/v66\\.0/composite(?:/sobjects)?',
    /"PATCH","url":"[^"]*\/Contact\/003.*"Rent_Ledger_Id__c":"SF-2"|"Id":"003\w+","Rent_Ledger_Id__c":"SF-2"/,
  ),
  composite('a task opened', /"POST","url":"[^"]*\/Task".*"Subject"/),
  composite('a task closed', /"PATCH","url":"[^"]*\/Task\/00T.*"Completed"/),
  composite('a task opened again', /"PATCH","url":"[^"]*\/Task\/00T.*"Not Started","ActivityDate"/),
];

const rows: ChapterRows = {
  Ladder: [{ Rung: 'call-them', Days: '6', 'Counted from': 'due', Channel: 'task', Task: 'Call about the rent' }],
};

export const chapter: Chapter = {
  platform: 'salesforce',
  leases: [
    { id: LATE, unit: 'S1', residents: 'Nora Vance', email: 'nora@example.com', rent: '1500.00' },
    { id: KNOWN, unit: 'S2', residents: 'Chidi Okafor', email: 'chidi@example.com', rent: '1300.00' },
    { id: LOST, unit: 'S3', residents: 'Ida Berg, Per Berg', email: 'ida@example.com', rent: '1400.00' },
  ],
  connect,
  rows,
  days,
  operations,
  // A mirror holds no money.
  totals: () => new Map(),
};
