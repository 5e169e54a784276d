/** Pipedrive in the CRM story: deals move with the rent, a clerk corrects, types over and deletes, a task closes and opens again. */
import { cellOf } from '../../cli/tabs';
import { DAYS_LATE_KEY, LEDGER_KEY } from '../../vendors/pipedrive/fields';
import * as people from '../../vendors/pipedrive/people';
import { CLIENT_ID, CLIENT_SECRET, type Deal, type PipedriveState } from '../../vendors/pipedrive/state';
import type { Chapter, Operation, Stage } from '../chapter';
import { recordCheck, returnCheck } from '../checks';

const LATE = 'PD-1';
const WATCHED = 'PD-2';
const KNOWN = 'PD-3';

const stateOf = (stage: Stage): PipedriveState => stage.state<PipedriveState>();

function dealOf(stage: Stage, lease: string): Deal {
  const deals = stateOf(stage).deals.filter(({ custom, isDeleted }) => custom[LEDGER_KEY] === lease && !isDeleted);
  const [deal, another] = deals;
  if (!deal || another) throw new Error(`${lease} has ${another ? 'several deals' : 'no deal'} in Pipedrive.`);
  return deal;
}

/** The clerk has a contact and a deal for one lease already; the owner signs in with an application of their own. */
function connect(stage: Stage): void {
  const { now } = stage.world;
  const person = people.typePipedrivePerson(
    stateOf(stage),
    { name: 'Kim Novak', email: 'kim@example.com', phone: '+15125550142' },
    now,
  );
  const members = { title: 'Flat P3', pipeline_id: 2, person_id: person, custom_fields: { [LEDGER_KEY]: KNOWN } };
  people.typePipedriveDeal(stateOf(stage), members, now);
  stage.signIn({ PIPEDRIVE_CLIENT_ID: CLIENT_ID, PIPEDRIVE_CLIENT_SECRET: CLIENT_SECRET });
}

/** Half of what Pipedrive answers gets lost on its way, though it has acted. */
function losesAnswers({ world }: Stage): void {
  world.faults.atVendor({ vendor: 'pipedrive', what: 'timeout', side: 'after', when: { rate: 0.5 } });
}

const days: Chapter['days'] = {
  '2026-12-01': (stage) => recordCheck(stage, WATCHED, '1200.00', 'p1'),
  // The clerk types over a figure of ours, and corrects a phone.
  '2026-12-03': (stage) => {
    const deal = dealOf(stage, WATCHED);
    people.editPipedriveDeal(stateOf(stage), deal.id, { custom_fields: { [DAYS_LATE_KEY]: 99 } }, stage.world.now);
    people.editPipedrivePerson(
      stateOf(stage),
      dealOf(stage, KNOWN).person!,
      { phone: '+15125550199' },
      stage.world.now,
    );
  },
  '2026-12-07': (stage) => recordCheck(stage, KNOWN, '400.00', 'p2'),
  // The clerk deletes a deal; it comes back with the next word of its lease.
  '2026-12-08': (stage) => people.deletePipedriveDeal(stateOf(stage), dealOf(stage, WATCHED).id, stage.world.now),
  '2026-12-09': (stage) => recordCheck(stage, WATCHED, '50.00', 'p3'),
  // The manager corrects a mail here.
  '2026-12-10': ({ world }) => world.edit('Leases', cellOf(world, 'Leases', KNOWN, 'Email'), 'kim.novak@example.com'),
  '2026-12-11': (stage) => recordCheck(stage, KNOWN, '800.00', 'p4'),
  // On the 14th the ladder has opened a task, which closes with the rent and opens again with the return.
  '2026-12-16': (stage) => recordCheck(stage, LATE, '1450.00', 'p5'),
  '2026-12-19': (stage) => returnCheck(stage, LATE, 'p5'),
  '2026-12-22': (stage) => {
    losesAnswers(stage);
    for (const [at, lease] of [LATE, WATCHED, KNOWN].entries()) recordCheck(stage, lease, '20.00', `p${6 + at}`);
  },
  '2026-12-23': ({ world }) => world.faults.clear('pipedrive'),
  '2026-12-24': (stage) => recordCheck(stage, LATE, '1430.00', 'p9'),
};

const HOST = '(?:api|maple-street)\\.pipedrive\\.com';
const operation = (name: string, method: string, path: string, given?: RegExp): Operation => ({
  name,
  method,
  at: new RegExp(`^${HOST}/${path}$`),
  ...(given ? { with: given } : {}),
});

const operations: readonly Operation[] = [
  operation('who is signed in', 'GET', 'v1/users/me'),
  operation('the pipelines', 'GET', 'api/v2/pipelines'),
  operation('the stages of one', 'GET', 'api/v2/stages', /pipeline_id=2/),
  operation('the fields of deals', 'GET', 'api/v2/dealFields'),
  operation('deals of the account', 'GET', 'api/v2/deals', /custom_fields=/),
  operation('deals by the search', 'GET', 'api/v2/deals/search', /exact_match=true/),
  operation('deals that changed', 'GET', 'api/v2/deals', /sort_by=update_time/),
  operation('deals that were deleted', 'GET', 'api/v2/deals', /status=deleted/),
  operation('one deal', 'GET', 'api/v2/deals/\\d+'),
  operation('a new deal', 'POST', 'api/v2/deals'),
  operation('a deal that moves', 'PATCH', 'api/v2/deals/\\d+', /"stage_id"/),
  operation('figures in a deal', 'PATCH', 'api/v2/deals/\\d+', /"custom_fields"/),
  operation('a contact by mail', 'GET', 'api/v2/persons/search', /fields=email/),
  operation('contacts by their ids', 'GET', 'api/v2/persons', /ids=/),
  operation('contacts that changed', 'GET', 'api/v2/persons', /sort_by=update_time/),
  operation('a new contact', 'POST', 'api/v2/persons'),
  operation('a contact that changed here', 'PATCH', 'api/v2/persons/\\d+'),
  operation('the tasks of a deal', 'GET', 'api/v2/activities', /deal_id=/),
  operation('a new task', 'POST', 'api/v2/activities'),
  operation('a task that is done', 'PATCH', 'api/v2/activities/\\d+', /"done":true/),
  operation('a task that is open again', 'PATCH', 'api/v2/activities/\\d+', /"done":false/),
  operation('a receipt as a note', 'POST', 'v1/notes'),
  operation('a note looked for after a lost answer', 'GET', 'v1/notes'),
];

export const chapter: Chapter = {
  platform: 'pipedrive',
  leases: [
    { id: LATE, unit: 'P1', residents: 'Petra Dunn', email: 'petra@example.com', rent: '1450.00' },
    { id: WATCHED, unit: 'P2', residents: 'Owen Hart, Lia Hart', email: 'owen@example.com', rent: '1200.00' },
    { id: KNOWN, unit: 'P3', residents: 'Kim Novak', email: 'kim@example.com', rent: '1200.00' },
  ],
  connect,
  days,
  operations,
  // A CRM holds no money.
  totals: () => new Map(),
};
