/** The HubSpot sandbox: tasks with their contacts, and the search with its filters, pages, limits and its lag. */
import * as people from '../../local/vendors/hubspot/people';
import { HubspotTalk, taskFor } from './hubspot-talk';
import type { Json } from './talk';

const TASKS = '/crm/v3/objects/tasks';
const LAG_MS = 10_000;

function withContacts(count: number): HubspotTalk {
  const talk = HubspotTalk.ready();
  for (let at = 1; at <= count; at++) {
    const typed = { email: `r${at}@example.com`, firstname: at % 2 ? 'Ada' : 'Ben', rent_ledger_id: `L-${at}` };
    people.addContact(talk.state, { ...typed, rent_balance: String(at * 100) }, talk.nowMs + at * 1000);
  }
  talk.nowMs += count * 1000 + LAG_MS;
  return talk;
}

const keys = (json: Json): string[] => json.results.map((one: Json) => one.properties.rent_ledger_id);
const KEYS = { properties: ['rent_ledger_id'] };

describe('tasks', () => {
  const ready = () => {
    const talk = withContacts(2);
    return { talk, contact: talk.state.contacts[0]!.id };
  };

  it('are made with the contact they are about, and read with it', () => {
    const { talk, contact } = ready();
    const { status, json } = talk.task(contact);
    expect([status, json.properties.hs_task_status]).toEqual([201, 'NOT_STARTED']);
    expect(json.properties.hs_timestamp).toBe('2026-12-07T14:00:00.000Z');
    const read = talk.call('GET', `${TASKS}/${json.id}?properties=hs_task_subject,hs_task_body&associations=contacts`);
    expect(read.json).toMatchObject({
      properties: { hs_task_subject: 'Rent is late: 4B' },
      associations: { contacts: { results: [{ id: contact, type: 'task_to_contact' }] } },
    });
    expect(read.json.properties).not.toHaveProperty('hs_task_status');
  });

  it.each([
    ['no due time', { hs_timestamp: '' }, 204, 'required properties'],
    ['an unknown status', { hs_task_status: 'DONE' }, 204, 'INVALID_OPTION'],
    ['an unknown owner', { hubspot_owner_id: '7' }, 204, 'INVALID_OPTION'],
    ['the way from contact to task', {}, 203, 'association type'],
  ])('are refused with %s', (_name, properties, type, words) => {
    const { talk, contact } = ready();
    const { status, json } = talk.task(contact, properties, type);
    expect(status).toBe(400);
    expect(JSON.stringify(json)).toContain(words);
    expect(talk.state.tasks).toEqual([]);
  });

  it('are refused for a contact that is not there', () => {
    const { status, json } = ready().talk.task('999');
    expect([status, json.message]).toEqual([400, 'No contact with ID 999 exists.']);
  });

  it('are closed and opened again, and know when', () => {
    const { talk, contact } = ready();
    const { id } = talk.task(contact).json;
    const set = (hs_task_status: string) => talk.call('PATCH', `${TASKS}/${id}`, { properties: { hs_task_status } });
    expect(set('COMPLETED')).toMatchObject({ status: 200, json: { properties: { hs_task_status: 'COMPLETED' } } });
    const since = () =>
      talk.call('GET', `${TASKS}/${id}?properties=hs_task_completion_date`).json.properties.hs_task_completion_date;
    expect(since()).toMatch(/^2026-12-02T15:/);
    expect(set('NOT_STARTED').status).toBe(200);
    expect(since()).toBeUndefined();
    expect(set('DONE').status).toBe(400);
    expect(talk.call('PATCH', `${TASKS}/${id}`, { properties: { hs_timestamp: '' } }).status).toBe(400);
    people.completeTask(talk.state, id, talk.nowMs);
    expect(since()).toBeDefined();
    people.deleteTask(talk.state, id, talk.nowMs);
    expect(set('COMPLETED').status).toBe(404);
  });

  it('are made a hundred at a time, in parts where each has a trace id', () => {
    const { talk, contact } = ready();
    const inputs = [contact, '999'].map((one) => ({ ...taskFor(one), objectWriteTraceId: `about ${one}` }));
    const { status, json } = talk.call('POST', `${TASKS}/batch/create`, { inputs });
    expect([status, json.results.length, json.errors[0].context.objectWriteTraceId]).toEqual([207, 1, ['about 999']]);
    expect(talk.call('POST', `${TASKS}/batch/create`, { inputs: [taskFor(contact)] }).status).toBe(201);
    expect(talk.call('POST', `${TASKS}/batch/create`, { inputs: Array(101).fill(taskFor(contact)) }).status).toBe(400);
  });

  it('of a contact are listed at once, page by page, without waiting for the index', () => {
    const { talk, contact } = ready();
    const ids = [1, 2, 3].map(() => talk.task(contact).json.id as string);
    const path = `/crm/v4/objects/contacts/${contact}/associations/tasks`;
    const first = talk.call('GET', `${path}?limit=2`).json;
    const rest = talk.call('GET', `${path}?limit=2&after=${first.paging.next.after}`).json;
    expect([...first.results, ...rest.results].map((one: Json) => one.toObjectId)).toEqual(ids);
    expect(rest).not.toHaveProperty('paging');
    expect(talk.call('GET', `${path}?limit=501`).status).toBe(400);
    expect(talk.call('GET', '/crm/v4/objects/contacts/999/associations/tasks').status).toBe(404);
  });

  it('are linked later, and once', () => {
    const { talk, contact } = ready();
    const other = talk.state.contacts[1]!.id;
    const { id } = talk.task(contact).json;
    const link = (to: string) => talk.call('PUT', `/crm/v4/objects/tasks/${id}/associations/default/contacts/${to}`);
    for (let at = 0; at < 2; at++)
      expect(link(other).json.results.map((one: Json) => one.associationSpec.associationTypeId)).toEqual([204, 203]);
    expect(talk.state.links).toHaveLength(2);
    expect(link('999').status).toBe(404);
  });

  it('follow a contact that is merged into another', () => {
    const { talk, contact } = ready();
    const kept = talk.state.contacts[1]!.id;
    const { id } = talk.task(contact).json;
    people.mergeContacts(talk.state, kept, contact, talk.nowMs);
    const listed = talk.call('GET', `/crm/v4/objects/contacts/${kept}/associations/tasks`).json.results;
    expect(listed.map((one: Json) => one.toObjectId)).toEqual([id]);
  });
});

describe('the search', () => {
  it('sees a change some seconds later, and the old state until then', () => {
    const talk = withContacts(1);
    const named = (value: string) =>
      talk.search('contacts', [{ propertyName: 'firstname', operator: 'EQ', value }]).json.total;
    expect([named('ada'), named('Zoe')]).toEqual([1, 0]);
    people.editContact(talk.state, 'r1@example.com', { firstname: 'Zoe' }, talk.nowMs);
    expect([named('Ada'), named('Zoe')]).toEqual([1, 0]);
    talk.nowMs += LAG_MS;
    expect([named('Ada'), named('Zoe')]).toEqual([0, 1]);
    people.deleteContact(talk.state, 'r1@example.com', talk.nowMs);
    expect(named('Zoe')).toBe(1);
    talk.nowMs += LAG_MS;
    expect(named('Zoe')).toBe(0);
  });

  it('goes by the day of change, sorted, page by page', () => {
    const talk = withContacts(5);
    const since = String(talk.state.contacts[1]!.createdMs);
    const filter = { propertyName: 'lastmodifieddate', operator: 'GTE', value: since };
    const sorts = ['lastmodifieddate'];
    const first = talk.search('contacts', [filter], { ...KEYS, sorts, limit: 3 }).json;
    expect([first.total, keys(first), first.paging.next.after]).toEqual([4, ['L-2', 'L-3', 'L-4'], '3']);
    const rest = talk.search('contacts', [filter], { ...KEYS, sorts, limit: 3, after: '3' }).json;
    expect([keys(rest), rest.paging]).toEqual([['L-5'], undefined]);
    const down = talk.search('contacts', [filter], { ...KEYS, sorts: ['-lastmodifieddate'], limit: 1 }).json;
    expect(keys(down)).toEqual(['L-5']);
  });

  it.each([
    ['EQ', { propertyName: 'rent_balance', operator: 'EQ', value: '200' }, ['L-2']],
    ['NEQ', { propertyName: 'firstname', operator: 'NEQ', value: 'Ada' }, ['L-2']],
    ['LT, by number and not by letters', { propertyName: 'rent_balance', operator: 'LT', value: '1000' }, [1, 2, 3]],
    ['LTE', { propertyName: 'rent_balance', operator: 'LTE', value: '200' }, [1, 2]],
    ['GT', { propertyName: 'rent_balance', operator: 'GT', value: '200' }, [3]],
    ['BETWEEN', { propertyName: 'rent_balance', operator: 'BETWEEN', value: '150', highValue: '300' }, [2, 3]],
    ['IN, of small letters', { propertyName: 'rent_ledger_id', operator: 'IN', values: ['l-1', 'l-3'] }, [1, 3]],
    ['IN, of capitals, in vain', { propertyName: 'rent_ledger_id', operator: 'IN', values: ['L-1'] }, []],
    ['NOT_IN', { propertyName: 'email', operator: 'NOT_IN', values: ['r1@example.com'] }, [2, 3]],
    ['HAS_PROPERTY', { propertyName: 'email', operator: 'HAS_PROPERTY' }, [1, 2, 3]],
    ['NOT_HAS_PROPERTY', { propertyName: 'email', operator: 'NOT_HAS_PROPERTY' }, []],
    ['CONTAINS_TOKEN', { propertyName: 'email', operator: 'CONTAINS_TOKEN', value: 'r2' }, [2]],
    ['CONTAINS_TOKEN with a star', { propertyName: 'email', operator: 'CONTAINS_TOKEN', value: 'r*' }, [1, 2, 3]],
    ['NOT_CONTAINS_TOKEN', { propertyName: 'email', operator: 'NOT_CONTAINS_TOKEN', value: 'r2' }, [1, 3]],
  ])('filters by %s', (_name, filter, wanted) => {
    const found = keys(withContacts(3).search('contacts', [filter], KEYS).json);
    expect(found).toEqual(wanted.map((one) => (typeof one === 'number' ? `L-${one}` : one)));
  });

  it('takes groups as alternatives and filters of one group together', () => {
    const talk = withContacts(4);
    const is = (propertyName: string, value: string) => ({ propertyName, operator: 'EQ', value });
    const filterGroups = [
      { filters: [is('firstname', 'Ada'), is('rent_balance', '300')] },
      { filters: [is('rent_ledger_id', 'L-2')] },
    ];
    expect(keys(talk.search('contacts', [], { filterGroups, ...KEYS }).json)).toEqual(['L-2', 'L-3']);
    expect(talk.search('contacts', [], { query: 'r4' }).json.total).toBe(1);
  });

  it('finds tasks by the contact they are about and by a word in them', () => {
    const talk = withContacts(2);
    const [one, other] = talk.state.contacts.map((contact) => contact.id) as [string, string];
    talk.task(one);
    talk.task(other, { hs_task_body: 'Something else' });
    talk.nowMs += LAG_MS;
    const about = { propertyName: 'associations.contact', operator: 'EQ', value: one };
    const word = { propertyName: 'hs_task_body', operator: 'CONTAINS_TOKEN', value: 'task:late-1:L-104' };
    for (const filters of [[about], [word], [about, word]])
      expect(talk.search('tasks', filters).json.results.map((task: Json) => task.id)).toEqual([
        talk.state.tasks[0]!.id,
      ]);
    expect(talk.search('tasks', [{ ...about, operator: 'GT' }]).status).toBe(400);
  });

  const filter = { propertyName: 'firstname', operator: 'HAS_PROPERTY' };
  it.each([
    ['a limit above 200', { limit: 201 }],
    ['a limit of nothing', { limit: 0 }],
    ['a page beyond ten thousand', { after: '9901' }],
    ['six groups', { filterGroups: Array(6).fill({ filters: [filter] }) }],
    ['seven filters in a group', { filterGroups: [{ filters: Array(7).fill(filter) }] }],
    ['nineteen filters', { filterGroups: Array(4).fill({ filters: Array(5).fill(filter) }) }],
    ['an empty group', { filterGroups: [{ filters: [] }] }],
    ['two sorts', { sorts: ['firstname', 'lastname'] }],
    ['a sort by nothing known', { sorts: ['colour'] }],
    ['a filter of nothing known', { filterGroups: [{ filters: [{ ...filter, propertyName: 'colour' }] }] }],
    ['a list for one value', { filterGroups: [{ filters: [{ ...filter, operator: 'EQ', values: ['a'] }] }] }],
    ['one value for a list', { filterGroups: [{ filters: [{ ...filter, operator: 'IN', value: 'a' }] }] }],
    ['half a span', { filterGroups: [{ filters: [{ ...filter, operator: 'BETWEEN', value: '1' }] }] }],
    [
      'a number that is none',
      { filterGroups: [{ filters: [{ propertyName: 'rent_balance', operator: 'GT', value: 'x' }] }] },
    ],
    ['an unknown member', { colour: 'red' }],
    ['no sorts', { sorts: undefined }],
  ])('refuses %s', (_name, more) => {
    const { status, json } = withContacts(1).search('contacts', [], more);
    expect([status, json.category]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('reaches the ten thousandth result and tells how many there are', () => {
    const talk = HubspotTalk.ready();
    const row = people.addContact(talk.state, { firstname: 'Ada' }, talk.nowMs);
    const [first] = talk.state.contacts;
    talk.state.contacts = Array.from({ length: 10_050 }, (_, at) => ({ ...first!, id: String(Number(row) + at) }));
    talk.nowMs += LAG_MS;
    const last = talk.search('contacts', [], { after: '9800', limit: 200 });
    expect([last.status, last.json.total, last.json.results.length]).toEqual([200, 10_050, 200]);
    expect(talk.search('contacts', [], { after: last.json.paging.next.after, limit: 1 }).status).toBe(400);
  });
});
