/**
 * Microsoft publishes no description of an environment's Web API, but the columns of its tables: what the sandbox has is held
 * against them, and so is every request, those inside a batch too.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as people from '../../local/vendors/dynamics-365/people';
import { type Column, type Table, tables } from '../../local/vendors/dynamics-365/tables';
import { dynamics365 } from '../../src/connectors/dynamics-365';
import { instant } from '../../src/domain/values';
import { CrmBench, creditOf, invoiceOf, paymentOf, START, statusOf, taskOf } from '../connectors/dynamics-365-rig';
import { DynamicsTalk, KEY } from './dynamics-talk';
import { descriptionOf, fitsWhatIsPublished, itIfPublished } from './published';
import { har } from './talk';

interface Published {
  readonly name: string;
  readonly type: string;
  readonly maxLength?: number;
  readonly options?: readonly { readonly value: number; readonly state?: number }[];
}

const FILE = join(dirname(descriptionOf('dynamics-365')), 'entities.json');
const entities = (): Readonly<Record<string, readonly Published[]>> =>
  existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')).entities : {};

/** Of all activities, or of tables, whose columns the model writes elsewhere or not at all. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  invoice: ['customerid'],
  task: [
    'activityid',
    'subject',
    'category',
    'scheduledstart',
    'scheduledend',
    'actualstart',
    'actualend',
    'prioritycode',
  ],
};

const talk = DynamicsTalk.ready();
const CONTACT = `contacts(${KEY}='U-101')`;
const LINE = { isproductoverridden: true, productdescription: 'Rent', quantity: 1, priceperunit: 1250 };

/** Every operation, as the sandbox has it. */
function tour(): void {
  const contact = talk.contact('U-101', { mobilephone: '+1 555 0100', emailaddress1: 'anne@example.com' });
  talk.done('PATCH', CONTACT, { new_rentbalance: 1250 }, { 'if-match': '*' });
  talk.call('PATCH', CONTACT, { new_rentbalance: 1250 }, { 'if-none-match': '*' });
  const invoice = talk.invoice(contact);
  talk.done('PATCH', `invoices(${invoice})`, { statecode: 2, statuscode: 100002 });
  talk.get(
    'invoices?$select=name,totalamount,statecode,statuscode,duedate,modifiedon,_customerid_value&$orderby=modifiedon',
  );
  const task = { subject: 'Call', scheduledend: '2026-12-04T17:00:00Z' };
  const regarding = { 'regardingobjectid_contact_task@odata.bind': `/contacts(${contact})` };
  talk.batch([
    { method: 'GET', path: 'WhoAmI' },
    { method: 'GET', path: "EntityDefinitions(LogicalName='contact')/Keys?$select=KeyAttributes,EntityKeyIndexStatus" },
    { method: 'POST', path: 'tasks', body: { ...task, ...regarding } },
    [
      { method: 'PATCH', path: CONTACT, body: { new_rentbalance: 0 } },
      { method: 'POST', path: 'invoicedetails', body: { ...LINE, 'invoiceid@odata.bind': `/invoices(${invoice})` } },
    ],
  ]);
  const all = talk.get('contacts?$select=firstname,mobilephone', { prefer: 'odata.track-changes' });
  people.editRow(talk.state, 'contact', contact, { mobilephone: '+1 555 0199' }, talk.nowMs);
  talk.get(all['@odata.deltaLink']);
  talk.get('tasks?$select=subject,statecode', { prefer: 'odata.maxpagesize=1' });
  talk.call('DELETE', `contacts(${contact})`);
}
tour();

const bench = new CrmBench();

/** All that the connector can do. */
function connectorTour(): void {
  const { account } = bench;
  if (dynamics365.test) bench.run(dynamics365.test(account));
  for (const list of Object.values(dynamics365.lists ?? {})) bench.run(list(account));
  bench.done('standing', statusOf('L-1'), statusOf('L-2', { contact: 'keep' }));
  bench.done('task', taskOf('L-1'));
  bench.done('task', taskOf('L-1', { state: 'closed' }));
  bench.done('invoice', invoiceOf());
  bench.done('payment', paymentOf());
  bench.done('credit', creditOf());
  bench.done('credit', creditOf({ gone: true }));
  if (dynamics365.sample) bench.run(dynamics365.sample({ leaseId: 'L-1', customer: '' }, account));
  for (let at = 0; at < 2; at++) bench.news();
  const [since, now] = [instant(START - 40 * 86_400_000), instant(bench.nowMs)];
  if (dynamics365.books) bench.run(dynamics365.books.items({ account, since, now, until: now }));
  bench.nowMs += 3_600_000;
  bench.news();
}
connectorTour();

/** Method and set of every request; of a batch, of those inside it. */
const asked = (requests: readonly { method: string; url: string; body: string }[]): string[] =>
  requests.flatMap((request) => {
    const inside = [...request.body.matchAll(/^([A-Z]+) \/api\/data\/v9\.0\/(\w+)\S* HTTP\/1\.1/gm)];
    if (inside.length > 0) return inside.map(([, method, set]) => `${method} ${set} in a batch`);
    const path = new URL(request.url).pathname
      .replace(/^\/api\/data\/v9\.0\//, '')
      .replace(/\(.*|^\/.*(?=\/oauth2)/, '');
    return [`${request.method} ${path}`];
  });

const published = (table: Table, column: Column): Published | undefined =>
  entities()[table.name]?.find((each) => each.name === column.name);

describe('the traffic of Dynamics 365', () => {
  it('has every operation of the sandbox in it', () => {
    expect([...new Set(asked(talk.exchanges.map(({ request }) => request)))].sort()).toEqual([
      'DELETE contacts',
      'GET EntityDefinitions in a batch',
      'GET WhoAmI in a batch',
      'GET contacts',
      'GET invoices',
      'GET tasks',
      'PATCH contacts',
      'PATCH contacts in a batch',
      'PATCH invoices',
      'POST /oauth2/v2.0/token',
      'POST invoicedetails',
      'POST invoicedetails in a batch',
      'POST invoices',
      'POST tasks in a batch',
    ]);
  });

  it('has every operation of the connector in it', () => {
    const sent = bench.sent.map(({ method, url, body = '' }) => ({ method, url, body }));
    expect([...new Set(asked(sent))].sort()).toEqual([
      'DELETE invoicedetails in a batch',
      'GET EntityDefinitions in a batch',
      'GET WhoAmI in a batch',
      'GET contacts',
      'GET contacts in a batch',
      'GET invoicedetails',
      'GET invoicedetails in a batch',
      'GET invoices',
      'GET invoices in a batch',
      'GET pricelevels',
      'GET tasks in a batch',
      'GET transactioncurrencies',
      'GET transactioncurrencies in a batch',
      'PATCH contacts in a batch',
      'PATCH invoicedetails in a batch',
      'PATCH invoices in a batch',
      'PATCH tasks in a batch',
    ]);
  });

  fitsWhatIsPublished('Dynamics 365, as the sandbox answers', () => har(talk.exchanges));
  fitsWhatIsPublished('Dynamics 365, as the connector asks', () => bench.har.toJSON());
});

describe('the tables of the sandbox', () => {
  const own = Object.values(tables).filter((table) => !table.fixed);

  itIfPublished('have no column that Microsoft does not name', () => {
    for (const table of own) {
      const strange = table.columns.filter((column) => !published(table, column)).map((column) => column.name);
      expect({ table: table.name, strange }).toEqual({ table: table.name, strange: ELSEWHERE[table.name] ?? [] });
    }
  });

  itIfPublished('take texts as long, and the same options', () => {
    for (const table of own) {
      for (const column of table.columns) {
        const found = published(table, column);
        const at = `${table.name}.${column.name}`;
        if (found?.maxLength !== undefined && column.max !== undefined)
          expect({ at, max: column.max }).toEqual({ at, max: found.maxLength });
        const values = (options: Published['options']) => options?.map(({ value, state }) => [value, state]);
        if (found?.options && column.name !== 'pricingerrorcode')
          expect({ at, options: values(column.options) }).toEqual({ at, options: values(found.options) });
      }
    }
  });
});
