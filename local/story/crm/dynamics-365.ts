/** Dynamics 365 in the story: clerks work with contacts, tasks and invoices that the ledger keeps, and correct some of them. */

import * as people from '../../vendors/dynamics-365/people';
import type { DynamicsState } from '../../vendors/dynamics-365/state';
import { CLIENT_ID, CLIENT_SECRET, ORIGIN, TENANT } from '../../vendors/dynamics-365/state';
import type { Chapter, Operation, Stage } from '../chapter';

const [ANA, BO, CY] = ['D365-1', 'D365-2', 'D365-3'] as const;
const KEY = 'new_rentledgerid';

const stateOf = (stage: Stage): DynamicsState => stage.state<DynamicsState>();

/** The owner makes columns, key and tracking as the guide says, then connects. */
function connect(stage: Stage): void {
  const state = stateOf(stage);
  const { now } = stage.world;
  people.addColumn(state, 'contact', { name: KEY, label: 'Rent Ledger id' });
  people.addColumn(state, 'contact', { name: 'new_rentstatus', label: 'Rent status' });
  people.addColumn(state, 'contact', { name: 'new_rentbalance', kind: 'Money', label: 'Rent balance' });
  people.addColumn(state, 'contact', { name: 'new_rentdue', kind: 'DateOnly', label: 'Rent due' });
  people.addColumn(state, 'contact', { name: 'new_residents', label: 'Residents' });
  people.defineKey(state, 'contact', [KEY], now - people.INDEX_MS);
  people.trackChanges(state, 'contact');
  stage.connectKeys({
    DYNAMICS_URL: ORIGIN,
    DYNAMICS_TENANT: TENANT,
    DYNAMICS_CLIENT_ID: CLIENT_ID,
    DYNAMICS_CLIENT_SECRET: CLIENT_SECRET,
    MAP_RESIDENTS: 'new_residents',
  });
}

// ---------------------------------------------------------------- clerks

const contactOf = (stage: Stage, lease: string): string => {
  const found = stateOf(stage).rows.contact!.find((row) => row.values[KEY] === lease);
  if (!found) throw new Error(`no contact of ${lease}`);
  return found.id;
};

const types =
  (lease: string, values: people.Typed) =>
  (stage: Stage): void =>
    people.editRow(stateOf(stage), 'contact', contactOf(stage, lease), values, stage.world.now);

/** A clerk does the open task of a lease, if there is one. */
const doesTask =
  (lease: string) =>
  (stage: Stage): void => {
    const contact = contactOf(stage, lease);
    const open = stateOf(stage).rows.task!.find(
      (row) => row.values.regardingobjectid === contact && row.values.statecode === 0,
    );
    if (open) people.completeTask(stateOf(stage), open.id, stage.world.now);
  };

// ---------------------------------------------------------------- the manager, in the sidebar

let asked = 0;
const request = (stage: Stage): string => `story-d365-${stage.day.replace(/-/g, '')}-${++asked}`;

const pays =
  (lease: string, amount: string, reference: string) =>
  (stage: Stage): void => {
    stage.ask('recordOne', { request: request(stage), lease, amount, method: 'check', reference, on: stage.day });
  };

function act(stage: Stage, what: Readonly<Record<string, unknown>>): { readonly undo?: string } {
  const wanted = { reason: 'agreed on the phone', ...what };
  const { version, typeAmount } = stage.ask<{ version: string; typeAmount?: string }>('preview', { act: wanted });
  const typed = typeAmount ? { typed: typeAmount } : {};
  return stage.ask('apply', { request: request(stage), act: wanted, before: { version }, ...typed });
}

const bounces =
  (lease: string, on: string, reference: string) =>
  (stage: Stage): void => {
    act(stage, { kind: 'reverse', lease, receipt: `manual:${lease}:${on}:check-${reference}`, because: 'returned' });
  };

function undo(stage: Stage, what: string): void {
  const { version } = stage.ask<{ version: string }>('previewUndo', { what });
  stage.ask('undo', { request: request(stage), what, reason: 'it was the wrong lease', before: { version } });
}

let concession = '';
let parking = '';

const all =
  (...acts: readonly ((stage: Stage) => unknown)[]) =>
  (stage: Stage): void => {
    for (const each of acts) each(stage);
  };

const days: Chapter['days'] = {
  '2026-12-02': (stage) => {
    parking = act(stage, { kind: 'charge', lease: CY, type: 'parking', amount: '80.00', due: '2026-12-20' }).undo ?? '';
  },
  '2026-12-03': all(pays(BO, '500.00', '77'), types(BO, { mobilephone: '+1 512 555 0142' })),
  '2026-12-04': (stage) => {
    concession = act(stage, { kind: 'credit', lease: BO, amount: '50.00' }).undo ?? '';
  },
  '2026-12-05': all(types(ANA, { new_rentbalance: 1 }), (stage) => undo(stage, parking)),
  '2026-12-07': types(BO, { emailaddress1: 'bo.cruz@new.example' }),
  '2026-12-09': (stage) => undo(stage, concession),
  '2026-12-10': pays(ANA, '1450.00', '501'),
  '2026-12-11': (stage) => people.throttle(stateOf(stage), 'time', 7 * 3600, stage.world.now),
  '2026-12-14': bounces(ANA, '2026-12-10', '501'),
  '2026-12-15': doesTask(BO),
  '2026-12-17': (stage) => people.removeRow(stateOf(stage), 'contact', contactOf(stage, CY), stage.world.now),
  '2026-12-18': pays(CY, '990.00', '11'),
  '2026-12-21': pays(ANA, '1450.00', '502'),
  '2026-12-22': pays(BO, '700.00', '78'),
};

// ---------------------------------------------------------------- what must have been seen

const HOST = 'rentledger\\.crm\\.dynamics\\.com/api/data/v9\\.0';
const batch = (name: string, text: RegExp): Operation => ({
  name,
  method: 'POST',
  at: new RegExp(`^${HOST}/\\$batch$`),
  with: text,
});
const read = (name: string, set: string, text: RegExp): Operation => ({
  name,
  method: 'GET',
  at: new RegExp(`^${HOST}/${set}$`),
  with: text,
});

const operations: readonly Operation[] = [
  { name: 'a token', method: 'POST', at: /^login\.microsoftonline\.com\/[\w-]+\/oauth2\/v2\.0\/token$/ },
  batch('who calls, and what contacts have', /WhoAmI[\s\S]*EntityDefinitions/),
  batch('contacts made or changed', /PATCH \S+\/contacts\([^\r]*select=contactid[\s\S]*"lastname"/),
  batch('contacts of which people have the word', /If-Match: \*[\s\S]*"new_rentstatus"/),
  batch('tasks as they are', /GET \S+\/tasks\(/),
  batch('a task opened', /"regardingobjectid_contact_task@odata\.bind"/),
  batch('a task closed', /PATCH \S+\/tasks\([\s\S]*"statecode":1,"statuscode":5/),
  batch('an invoice as it is', /GET \S+\/invoices\([\s\S]*GET \S+\/invoicedetails\?/),
  batch('the currencies', /GET \S+\/transactioncurrencies\?/),
  batch('an invoice made', /If-None-Match: \*[\s\S]*"invoicenumber"/),
  batch('its line', /"isproductoverridden":true/),
  batch('a payment on it', /"description":"RP-/),
  batch('an invoice paid in part', /"statecode":2,"statuscode":100002/),
  batch('an invoice paid', /"statecode":2,"statuscode":100001/),
  batch('an invoice opened again', /"statecode":0,"statuscode":4/),
  batch('an invoice canceled', /"statecode":3,"statuscode":100003/),
  batch('a credit on it', /"priceperunit":-50/),
  batch('a credit taken out', /DELETE \S+\/invoicedetails\(/),
  read('all contacts', 'contacts', /select=(?!.*deltatoken)/),
  read('contacts that changed', 'contacts', /deltatoken=/),
  read('the currencies by themselves', 'transactioncurrencies', /isocurrencycode/),
  read('invoices of a period', 'invoices', /duedate/),
  read('credits', 'invoicedetails', /RC-/),
];

export const chapter: Chapter = {
  platform: 'dynamics-365',
  leases: [
    { id: ANA, unit: 'D1', residents: 'Ana Ruiz and Leo Ruiz', email: 'ana@example.com', rent: '1450.00' },
    { id: BO, unit: 'D2', residents: 'Bo Cruz', email: 'bo@example.com', rent: '1200.00' },
    { id: CY, unit: 'D3', residents: 'Cy Young', email: 'cy@example.com', rent: '990.00' },
  ],
  connect,
  days,
  operations,
  // What is written there is a picture: no money is held.
  totals: () => new Map(),
};
