/** The Pipedrive sandbox: deals move, the search lags behind, lists page, notes are cleaned, and tasks are ticked off. */
import { BALANCE_KEY, DAYS_LATE_KEY, LEDGER_KEY, STATUS_KEY, UNIT_KEY } from '../../local/vendors/pipedrive/fields';
import * as people from '../../local/vendors/pipedrive/people';
import { API_DOMAIN, CLERK, OWNER } from '../../local/vendors/pipedrive/state';
import { PipedriveTalk } from './pipedrive-talk';
import type { Json } from './talk';

const ids = (rows: Json[]): number[] => rows.map(({ id }) => id);
const search = (term: string, more = '') => `v2 deals/search?term=${term}&fields=custom_fields&exact_match=true${more}`;

describe('a deal', () => {
  it('is made, moved to another stage and given fields of our own', () => {
    const talk = new PipedriveTalk();
    const made = talk.call('POST', 'v2 deals', { title: 'Unit 101', pipeline_id: 2 });
    expect([made.status, made.data.stage_id, made.data.status]).toEqual([200, 4, 'open']);
    const custom = {
      [LEDGER_KEY]: 'L-101',
      [STATUS_KEY]: 33,
      [BALANCE_KEY]: { value: 1250.5, currency: 'USD' },
      [DAYS_LATE_KEY]: 6,
    };
    const moved = talk.call('PATCH', `v2 deals/${made.data.id}`, { stage_id: 6, custom_fields: custom });
    expect(moved.data).toMatchObject({ stage_id: 6, stage_change_time: '2026-12-02T15:00:02Z', custom_fields: custom });
    expect(talk.get(`v2 deals/${made.data.id}`).data).toEqual(moved.data);
    const cleared = talk.call('PATCH', `v2 deals/${made.data.id}`, { custom_fields: { [STATUS_KEY]: null } });
    expect(cleared.data.custom_fields).toEqual({ ...custom, [STATUS_KEY]: null, [UNIT_KEY]: null });
    expect(cleared.data.stage_change_time).toBe('2026-12-02T15:00:02Z');
  });

  it('goes into another pipeline only where stage and pipeline are both named', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101', { pipeline_id: 1 });
    expect(talk.call('PATCH', `v2 deals/${id}`, { stage_id: 6 }).status).toBe(400);
    const { data } = talk.call('PATCH', `v2 deals/${id}`, { stage_id: 6, pipeline_id: 2 });
    expect([data.stage_id, data.pipeline_id]).toEqual([6, 2]);
  });

  it('is lost with a reason, and has none any more when it is opened again', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    const lost = talk.call('PATCH', `v2 deals/${id}`, { status: 'lost', lost_reason: 'Moved out' }).data;
    expect([lost.lost_time, lost.close_time]).toEqual(['2026-12-02T15:00:06Z', '2026-12-02T15:00:06Z']);
    const open = talk.call('PATCH', `v2 deals/${id}`, { status: 'open' }).data;
    expect([open.lost_reason, open.close_time, open.lost_time]).toEqual([null, null, undefined]);
  });

  it.each([
    ['a member that v2 does not know', { user_id: 5 }, 'user_id: unknown'],
    ['a number as text', { stage_id: '6' }, 'stage_id: wrong type'],
    ['a field that the account lacks', { custom_fields: { [`${'0'.repeat(40)}`]: 'x' } }, 'is not allowed'],
    ['the label of an option', { custom_fields: { [STATUS_KEY]: 'Late' } }, `custom_fields.${STATUS_KEY}`],
    ['an option that is not there', { custom_fields: { [STATUS_KEY]: 99 } }, `custom_fields.${STATUS_KEY}`],
    ['money without its currency', { custom_fields: { [BALANCE_KEY]: 5 } }, `custom_fields.${BALANCE_KEY}`],
    ['256 characters', { custom_fields: { [UNIT_KEY]: 'x'.repeat(256) } }, `custom_fields.${UNIT_KEY}`],
    ['a stage that is not there', { stage_id: 77 }, 'no stage 77'],
    ['a person who is not there', { person_id: 77 }, 'no person 77'],
    ['a status that is none', { status: 'late' }, 'open, won or lost'],
    ['a reason without a loss', { lost_reason: 'x' }, 'lost deal only'],
    ['a time of winning without a win', { won_time: '2026-12-02 15:00:00' }, 'won_time'],
  ])('is not changed by %s', (_, members: Json, said) => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    const before = talk.get(`v2 deals/${id}`).data;
    const { status, json } = talk.call('PATCH', `v2 deals/${id}`, { title: 'Changed', ...members });
    expect([status, json]).toEqual([
      400,
      { success: false, error: expect.stringContaining(said), code: 'ERR_SCHEMA_VALIDATION_FAILED' },
    ]);
    expect(talk.get(`v2 deals/${id}`).data).toEqual(before);
  });

  it('is not found by a number that is none, and not changed once it is deleted', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    expect(talk.get('v2 deals/77').status).toBe(404);
    people.deletePipedriveDeal(talk.state, id, talk.nowMs);
    expect(talk.get(`v2 deals/${id}`).data.is_deleted).toBe(true);
    expect(talk.call('PATCH', `v2 deals/${id}`, { stage_id: 6 }).status).toBe(404);
    expect(ids(talk.get('v2 deals').data)).toEqual([]);
    expect(ids(talk.get('v2 deals?status=deleted').data)).toEqual([id]);
  });

  it('leaves the list when it is archived, and is found and read as before', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    people.archivePipedriveDeal(talk.state, id, talk.nowMs);
    expect(talk.get('v2 deals').data).toEqual([]);
    expect(talk.get(`v2 deals/${id}`).data.is_archived).toBe(true);
    talk.nowMs += 10_000;
    expect(talk.get(search('L-101')).data.items[0].item).toMatchObject({ id, is_archived: true });
  });
});

describe('the search', () => {
  it('learns of a deal some seconds after the lists do', () => {
    const talk = new PipedriveTalk();
    const { data } = talk.call('POST', 'v2 deals', { title: 'Unit 101', custom_fields: { [LEDGER_KEY]: 'L-101' } });
    expect(talk.get(search('L-101')).data.items).toEqual([]);
    expect(ids(talk.get('v2 deals').data)).toEqual([data.id]);
    talk.nowMs += 5_000;
    expect(talk.get(search('L-101')).data.items).toEqual([
      { result_score: expect.any(Number), item: expect.objectContaining({ id: data.id, custom_fields: ['L-101'] }) },
    ]);
  });

  it('knows what a field held before, until it has heard of the change', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    talk.call('PATCH', `v2 deals/${id}`, { custom_fields: { [LEDGER_KEY]: 'L-102' } });
    expect(talk.get(search('L-101')).data.items).toHaveLength(1);
    talk.nowMs += 5_000;
    expect(talk.get(search('L-101')).data.items).toHaveLength(0);
    expect(talk.get(search('L-102')).data.items).toHaveLength(1);
  });

  it('does not tell small letters from capitals, nor one field from another', () => {
    const talk = new PipedriveTalk();
    talk.deal('L-101');
    talk.deal('L-999', { custom_fields: { [UNIT_KEY]: 'l-101' } });
    expect(talk.get(search('L-101')).data.items).toHaveLength(2);
    const byField = `v2 itemSearch/field?entity_type=deal&field=${LEDGER_KEY}&match=exact&term=`;
    expect(talk.get(`${byField}L-101`).data).toEqual([{ id: 1, [LEDGER_KEY]: 'L-101' }]);
    expect(talk.get(`${byField}l-101`).data).toEqual([]);
  });

  it.each([
    ['one character that need not be all', 'v2 deals/search?term=x', 400],
    ['one character that is all', 'v2 deals/search?term=x&exact_match=true', 200],
    ['more than a hundred rows', search('L-1', '&limit=101'), 400],
    ['a field that deals lack', 'v2 deals/search?term=xx&fields=email', 400],
    ['a parameter of v1', 'v2 deals/search?term=xx&start=0', 400],
    ['no field', 'v2 itemSearch/field?term=xx&entity_type=deal', 400],
  ])('answers to %s', (_, path, status) => {
    expect(new PipedriveTalk().get(path).status).toBe(status);
  });

  it('gives its hits page by page', () => {
    const talk = new PipedriveTalk();
    for (let n = 0; n < 5; n += 1) talk.deal(`L-10${n}`);
    const path = 'v2 deals/search?term=Lease&fields=title&limit=2';
    const found: number[] = [];
    for (let next: string | undefined = '', turn = 0; next !== undefined && turn < 9; turn += 1) {
      const page = talk.get(next ? `${path}&cursor=${next}` : path);
      found.push(...page.data.items.map(({ item }: Json) => item.id));
      next = page.next;
    }
    expect(found).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds persons by mail', () => {
    const talk = new PipedriveTalk();
    const id = people.typePipedrivePerson(talk.state, { name: 'Ada Park', email: 'ada@home.example' }, talk.nowMs);
    talk.nowMs += 5_000;
    const { data } = talk.get('v2 persons/search?term=ADA@home.example&fields=email&exact_match=true');
    expect(data.items[0].item).toMatchObject({ id, name: 'Ada Park', emails: ['ada@home.example'] });
  });
});

describe('a list', () => {
  it('is walked in the order of changes, and a row that changes meanwhile comes again at its end', () => {
    const talk = new PipedriveTalk();
    for (let n = 0; n < 4; n += 1) talk.deal(`L-10${n}`);
    const path = 'v2 deals?sort_by=update_time&sort_direction=asc&limit=2';
    const first = talk.get(path);
    talk.call('PATCH', 'v2 deals/1', { stage_id: 6 });
    const second = talk.get(`${path}&cursor=${first.next}`);
    const third = talk.get(`${path}&cursor=${second.next}`);
    expect([first, second, third].map(({ data }) => ids(data))).toEqual([[1, 2], [3, 4], [1]]);
    expect(third.next).toBeUndefined();
  });

  it('has what was changed in the span, whose start belongs to it and whose end does not', () => {
    const talk = new PipedriveTalk();
    for (let n = 0; n < 3; n += 1) talk.deal(`L-10${n}`);
    const at = (n: number): string => talk.get(`v2 deals/${n}`).data.update_time;
    const path = `v2 deals?updated_since=${at(2)}&updated_until=${at(3)}`;
    expect(ids(talk.get(path).data)).toEqual([2]);
  });

  it.each([
    ['a fraction of a second', 'v2 deals?updated_since=2026-12-02T15:00:00.000Z'],
    ['a day alone', 'v2 persons?updated_since=2026-12-02'],
    ['an order of its own', 'v2 deals?sort_by=title'],
    ['a strange cursor', 'v2 deals?cursor=abc'],
    ['a cursor of another order', `v2 deals?cursor=${Buffer.from('{"by":"add_time","id":1}').toString('base64url')}`],
    ['more than five hundred rows', 'v2 deals?limit=501'],
    ['no rows', 'v2 activities?limit=0'],
    ['more than a hundred ids', `v2 persons?ids=${Array.from({ length: 101 }, (_, n) => n).join(',')}`],
    ['sixteen fields', `v2 deals?custom_fields=${Array.from({ length: 16 }, () => LEDGER_KEY).join(',')}`],
  ])('does not take %s', (_, path) => {
    const talk = new PipedriveTalk();
    talk.deal('L-101');
    expect(talk.get(path)).toMatchObject({ status: 400, json: { code: 'ERR_SCHEMA_VALIDATION_FAILED' } });
  });

  it('shows the fields that are asked for and no others', () => {
    const talk = new PipedriveTalk();
    talk.deal('L-101');
    expect(talk.get(`v2 deals?custom_fields=${LEDGER_KEY}`).data[0].custom_fields).toEqual({ [LEDGER_KEY]: 'L-101' });
  });
});

describe('persons', () => {
  it('are read one by one, by a handful of ids, of a deal, and by what has changed', () => {
    const talk = new PipedriveTalk();
    const typed = { name: 'Ada Park', email: 'ada@home.example', phone: '+15550100' };
    const id = people.typePipedrivePerson(talk.state, typed, talk.nowMs);
    people.typePipedrivePerson(talk.state, { name: 'Lee' }, talk.nowMs);
    const deal = talk.deal('L-101', { person_id: id });
    const mails = [{ value: 'ada@home.example', primary: true, label: 'work' }];
    expect(talk.get(`v2 persons/${id}`).data).toMatchObject({ first_name: 'Ada', last_name: 'Park', emails: mails });
    expect(ids(talk.get(`v2 persons?ids=${id},77`).data)).toEqual([id]);
    expect(ids(talk.get(`v2 persons?deal_id=${deal}`).data)).toEqual([id]);
    const since = new Date(talk.nowMs).toISOString().replace(/\.\d+/, '');
    people.editPipedrivePerson(talk.state, id, { email: 'ada@new.example', phone: '' }, talk.nowMs + 1000);
    const [changed, ...others] = talk.get(`v2 persons?updated_since=${since}`).data;
    expect([changed.emails[0].value, changed.phones, others]).toEqual(['ada@new.example', [], []]);
  });

  it('are made, and changed by lists that take the place of those before', () => {
    const talk = new PipedriveTalk();
    const emails = [{ value: 'ada@home.example' }, { value: 'ada@work.example', primary: true, label: 'home' }];
    const { data } = talk.call('POST', 'v2 persons', { name: 'Ada Park', emails });
    expect(data.emails.map(({ primary, label }: Json) => [primary, label])).toEqual([
      [false, 'work'],
      [true, 'home'],
    ]);
    const changed = talk.call('PATCH', `v2 persons/${data.id}`, { emails: [{ value: 'ada@new.example' }] }).data;
    expect([changed.name, changed.emails]).toEqual([
      'Ada Park',
      [{ value: 'ada@new.example', primary: true, label: 'work' }],
    ]);
    for (const body of [{}, { name: '' }, { name: 'x', job_title: 'x' }, { name: 'x', emails: 'x@home.example' }])
      expect(talk.call('POST', 'v2 persons', body).status).toBe(400);
    expect(talk.call('PATCH', 'v2 persons/77', { name: 'x' }).status).toBe(404);
  });

  it('are gone from lists and from their deals when they are deleted', () => {
    const talk = new PipedriveTalk();
    const id = people.typePipedrivePerson(talk.state, { name: 'Ada Park' }, talk.nowMs);
    const deal = talk.deal('L-101', { person_id: id });
    people.deletePipedrivePerson(talk.state, id, talk.nowMs);
    expect(talk.get('v2 persons').data).toEqual([]);
    expect(talk.get(`v2 deals/${deal}`).data).not.toHaveProperty('person_id');
  });
});

describe('an activity', () => {
  it('is made for a deal and its person, done, and opened again', () => {
    const talk = new PipedriveTalk();
    const person = people.typePipedrivePerson(talk.state, { name: 'Ada Park' }, talk.nowMs);
    const deal = talk.deal('L-101', { person_id: person });
    const task = { subject: 'Rent is late', type: 'task', due_date: '2026-12-09', deal_id: deal, note: 'RL-1' };
    const made = talk.call('POST', 'v2 activities', { ...task, participants: [{ person_id: person, primary: true }] });
    expect(made.data).toMatchObject({ ...task, person_id: person, done: false, owner_id: OWNER });
    const { id } = made.data;
    const done = talk.call('PATCH', `v2 activities/${id}`, { done: true }).data;
    expect(done.marked_as_done_time).toBe('2026-12-02T15:00:07Z');
    expect(ids(talk.get(`v2 activities?deal_id=${deal}&done=false`).data)).toEqual([]);
    people.tickPipedriveActivity(talk.state, id, talk.nowMs, false);
    expect(talk.get(`v2 activities/${id}`).data).not.toHaveProperty('marked_as_done_time');
    expect(ids(talk.get(`v2 activities?deal_id=${deal}&done=false`).data)).toEqual([id]);
    people.deletePipedriveActivity(talk.state, id, talk.nowMs);
    expect(talk.get(`v2 activities/${id}`).status).toBe(404);
  });

  it('has its person from the participants alone', () => {
    const talk = new PipedriveTalk();
    const person = people.typePipedrivePerson(talk.state, { name: 'Ada Park' }, talk.nowMs);
    const { data } = talk.call('POST', 'v2 activities', { subject: 'x', type: 'task', person_id: person });
    expect(data).not.toHaveProperty('person_id');
  });

  it.each([
    ['a kind that the account lacks', { type: 'dunning' }],
    ['a deal that is not there', { deal_id: 77 }],
    ['a user who is not there', { owner_id: 77 }],
    ['a person who is not there', { participants: [{ person_id: 77 }] }],
    ['a day that is none', { due_date: '9 December' }],
    ['a member that v2 does not know', { user_id: OWNER }],
    ['1 for true', { done: 1 }],
  ])('is not made with %s', (_, more: Json) => {
    const talk = new PipedriveTalk();
    expect(talk.call('POST', 'v2 activities', { subject: 'x', type: 'task', ...more }).status).toBe(400);
    expect(talk.state.activities).toEqual([]);
  });
});

describe('a note', () => {
  it('is cleaned, pinned, and listed by its deal with an offset', () => {
    const talk = new PipedriveTalk();
    const deal = talk.deal('L-101');
    const content = '<p onclick="x()">Paid <b>1,250.00</b><!-- RL-1 --></p><script>alert(1)</script><table>';
    const { data } = talk.call('POST', 'v1 notes', { content, deal_id: deal, pinned_to_deal_flag: 1 });
    expect(data).toMatchObject({ content: '<p>Paid <b>1,250.00</b></p>', deal_id: deal, pinned_to_deal_flag: true });
    expect(data.add_time).toBe('2026-12-02 15:00:06');
    for (let n = 0; n < 2; n += 1) talk.call('POST', 'v1 notes', { content: `No. ${n}`, deal_id: deal });
    const path = `v1 notes?deal_id=${deal}&sort=add_time%20DESC&limit=2`;
    const first = talk.get(path);
    expect(first.json.additional_data.pagination).toEqual({
      ...{ start: 0, limit: 2, more_items_in_collection: true, next_start: 2 },
    });
    const second = talk.get(`${path}&start=2`);
    expect([...ids(first.data), ...ids(second.data)]).toEqual([3, 2, 1]);
    expect(second.json.additional_data.pagination.more_items_in_collection).toBe(false);
    expect(talk.get('v1 notes?deal_id=77').data).toEqual([]);
  });

  it.each([
    ['no text', { deal_id: 1 }, 400],
    ['nothing that it is about', { content: 'x' }, 400],
    ['true for 1', { content: 'x', deal_id: 1, pinned_to_deal_flag: true }, 400],
    ['a deal that is not there', { content: 'x', deal_id: 77 }, 404],
  ])('is not made with %s', (_, body: Json, status) => {
    const talk = new PipedriveTalk();
    talk.deal('L-101');
    const heard = talk.call('POST', 'v1 notes', body);
    expect([heard.status, heard.json.data, talk.state.notes]).toEqual([status, null, []]);
  });
});

describe('the account', () => {
  it('tells its pipelines, their stages in order, and its fields with their options', () => {
    const talk = new PipedriveTalk();
    const added = people.addPipedriveStage(talk.state, 2, 'In court', talk.nowMs);
    people.renamePipedriveStage(talk.state, 6, 'Overdue', talk.nowMs);
    people.deletePipedriveStage(talk.state, 5, talk.nowMs);
    expect(talk.get('v2 pipelines').data.map(({ name }: Json) => name)).toEqual(['Letting', 'Rent']);
    const stages = talk.get('v2 stages?pipeline_id=2&sort_by=order_nr').data;
    expect(stages.map(({ name }: Json) => name)).toEqual([
      ...['Paid', 'Overdue', 'Notice given', 'On a plan', 'Moved out', 'In court'],
    ]);
    expect(stages.at(-1).id).toBe(added);
    const fields = talk.get('v2 dealFields?limit=500').data as Json[];
    const status = fields.find(({ field_code }) => field_code === STATUS_KEY)!;
    expect([status.is_custom_field, status.options[2]]).toEqual([true, { id: 33, label: 'Late' }]);
  });

  it('forgets a field with all that was in it', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101');
    people.deletePipedriveField(talk.state, LEDGER_KEY);
    expect(talk.get(`v2 deals/${id}`).data.custom_fields).not.toHaveProperty(LEDGER_KEY);
    expect(talk.call('PATCH', `v2 deals/${id}`, { custom_fields: { [LEDGER_KEY]: 'L-101' } }).status).toBe(400);
  });

  it('moves the deals of a stage that is deleted', () => {
    const talk = new PipedriveTalk();
    const id = talk.deal('L-101', { stage_id: 6 });
    people.deletePipedriveStage(talk.state, 6, talk.nowMs);
    expect(talk.get(`v2 deals/${id}`).data.stage_id).toBe(4);
  });

  it('says who asks, at the company address too, and who has made what', () => {
    const talk = new PipedriveTalk();
    expect(talk.atOnce('GET', 'v1 users/me', undefined, API_DOMAIN).data).toMatchObject({
      ...{ id: OWNER, company_name: 'Maple Street Rentals', company_domain: 'maple-street' },
    });
    const deal = talk.get(`v2 deals/${talk.deal('L-101')}`).data;
    expect([deal.creator_user_id, deal.owner_id]).toEqual([CLERK, CLERK]);
  });
});
