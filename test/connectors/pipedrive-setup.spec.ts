/** Pipedrive as it is connected: what the test call finds and names, the mapping, tasks and notes, and what its errors mean. */
import { pipedrive as sandbox } from '../../local/vendors/pipedrive';
import { BALANCE_KEY, LEDGER_KEY, STATUS_KEY, UNIT_KEY } from '../../local/vendors/pipedrive/fields';
import * as people from '../../local/vendors/pipedrive/people';
import type { PipedriveState } from '../../local/vendors/pipedrive/state';
import type { Choice, Flow } from '../../src/connectors/connector';
import { pipedrive } from '../../src/connectors/pipedrive';
import { faultOf } from '../../src/http/faults';
import { accountIn, byToken, noteOf, PipedriveBench, START, statusOf, taskOf, tested } from './pipedrive-rig';

const fresh = (change: (state: PipedriveState) => void = () => undefined): PipedriveState => {
  const state = sandbox.start();
  change(state);
  return state;
};
const written = (state: PipedriveState, chosen = {}, more = {}) =>
  pipedrive.mirror!.written(statusOf('L-1', more), accountIn(state, byToken, chosen));

describe('the test call', () => {
  it('finds company, pipeline, stages and fields with a personal token, and moves no deal where it could not come back', () => {
    const state = fresh((each) => people.renamePipedriveStage(each, 4, 'Fine', START));
    expect(tested(state, byToken)).toMatchObject({
      value: {
        name: 'Maple Street Rentals, pipeline Rent; deals are not moved: it needs stages for paid and late',
        mode: 'live',
        found: { PIPEDRIVE_DOMAIN: 'https://maple-street.pipedrive.com' },
      },
    });
    expect(written(state)).toEqual({
      ...{ 'Rent standing': 'late', 'Rent balance': '1250.50 USD', 'Days late': '6' },
    });
    expect(written(state, { MAP_STAGE_PAID: 'fine' }).Stage).toBe('Late');
  });

  it.each([
    ['paid', 'Paid'],
    ['due', 'Due'],
    ['grace', 'Due'],
    ['processing', 'Due'],
    ['partial', 'Late'],
    ['disputed', 'Due'],
    ['hold', 'Due'],
    ['plan', 'On a plan'],
    ['notice', 'Court'],
  ])('takes for %s the stage %s', (standing, stage) => {
    const state = fresh((each) => {
      people.renamePipedriveStage(each, 4, 'Paid', START);
      people.renamePipedriveStage(each, 7, 'Court', START);
    });
    const chosen = { MAP_STAGE_PLAN: '8', MAP_STAGE_NOTICE: 'court' };
    expect(written(state, chosen, { standing }).Stage).toBe(stage);
  });

  it('takes fields by code and by name, of any type that bears the value', () => {
    const state = fresh((each) => {
      people.addPipedriveField(each, { code: '9'.repeat(40), name: 'Next rent', type: 'date', options: null });
    });
    const chosen = { MAP_BALANCE: UNIT_KEY, MAP_NEXT_DUE: 'next rent', MAP_KEY: LEDGER_KEY };
    expect(written(state, chosen)).toMatchObject({ Unit: '1250.50', 'Next rent': '2027-01-01' });
    expect(written(state, chosen)).not.toHaveProperty('Rent balance');
    expect(written(state, chosen, { nextDue: '' })['Next rent']).toBe('');
  });

  it.each<[string, (state: PipedriveState) => void, object, string]>([
    [
      'no key field',
      (each) => people.deletePipedriveField(each, LEDGER_KEY),
      {},
      'Deals have no text field "Rent Ledger ID"',
    ],
    ['a key field of numbers', () => undefined, { MAP_KEY: 'Days late' }, 'Deals have no text field "Days late"'],
    ['a field that is not there', () => undefined, { MAP_RENT: 'Nowhere' }, 'Deals have no field "Nowhere"'],
    ['a field of another type', () => undefined, { MAP_NEXT_DUE: 'Days late' }, 'of the type double'],
    ['a field of Pipedrive’s own', () => undefined, { MAP_BALANCE: 'value' }, 'The field "Value" cannot hold'],
    ['a stage that is not there', () => undefined, { MAP_STAGE_LATE: 'Nowhere' }, 'no stage "Nowhere" for "late"'],
    ['a pipeline that is not there', () => undefined, { PIPEDRIVE_PIPELINE: '9' }, 'it has: Letting, Rent'],
    [
      'several pipelines and none for rent',
      (each) => Object.assign(each.pipelines[1]!, { name: 'Homes' }),
      {},
      'several pipelines: Letting, Homes',
    ],
    [
      'options that lack a word',
      (each) => each.fields.find(({ code }) => code === STATUS_KEY)!.options!.splice(2, 2),
      {},
      'lacks options: grace, late',
    ],
  ])('is refused with %s', (_, change, chosen, said) => {
    const result = tested(fresh(change), byToken, chosen as Record<string, string>);
    expect(result).toMatchObject({ fault: { fault: 'rejected', message: expect.stringContaining(said) } });
  });

  it('takes the only pipeline there is', () => {
    const state = fresh((each) => {
      each.pipelines.shift();
      Object.assign(each.pipelines[0]!, { name: 'Homes' });
    });
    expect(tested(state, byToken)).toMatchObject({ value: { name: expect.stringContaining('pipeline Homes') } });
  });
});

describe('what there is to choose from', () => {
  const bench = new PipedriveBench();
  const list = (name: string): readonly Choice[] => {
    const result = bench.run((pipedrive.lists![name] as (account: object) => Flow<readonly Choice[]>)(bench.account));
    if ('fault' in result) throw new Error(result.fault.message);
    return result.value;
  };

  it('is the account’s pipelines, the stages of the chosen one, and fields with what could stand in them', () => {
    expect(list('pipelines').map(({ name }) => name)).toEqual(['Letting', 'Rent']);
    expect(list('stages').slice(0, 3)).toEqual([
      { id: '4', name: 'Paid' },
      { id: '5', name: 'Due' },
      { id: '6', name: 'Late' },
    ]);
    expect(list('fields').map(({ id, note }) => [id === BALANCE_KEY, note])).toEqual([
      [false, 'text: for anything'],
      [false, 'enum: for standing'],
      [true, 'monetary: for balance, unpaid, last amount, rent'],
      [false, 'double: for balance, unpaid, days late, last amount, rent'],
      [false, 'text: for anything'],
    ]);
  });

  it('has a real deal beside it, the lease’s own where it has one', () => {
    bench.tell(statusOf('L-2'));
    const { id } = bench.dealOf('L-2');
    const sample = (of?: { leaseId: string; customer: string }) => bench.run(pipedrive.sample!(of, bench.account));
    for (const of of [undefined, { leaseId: 'L-2', customer: String(id) }, { leaseId: 'L-2', customer: '1' }])
      expect(sample(of)).toMatchObject({
        value: {
          id: String(id),
          name: '4B, Elm House: Ann Lee, Bo Lee',
          fields: expect.arrayContaining([
            { field: LEDGER_KEY, label: 'Rent Ledger ID', value: 'L-2' },
            { field: STATUS_KEY, label: 'Rent standing', value: 'Late' },
            { field: BALANCE_KEY, label: 'Rent balance', value: '1250.50 USD' },
          ]),
        },
      });
    expect(sample({ leaseId: 'L-1', customer: '1' })).toMatchObject({ value: { id: '1', name: 'Known' } });
  });

  it('has no deal beside it in an account without any', () => {
    const empty = new PipedriveBench();
    people.deletePipedriveDeal(empty.state, 1, empty.nowMs);
    expect(empty.run(pipedrive.sample!(undefined, empty.account))).toEqual({ value: undefined });
  });
});

describe('a task', () => {
  it('is planned at the deal for its contact, done when the balance clears, and opened again when a payment bounces', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const deal = bench.dealOf('L-2');
    const customer = String(deal.id);
    const ref = bench.send('task', taskOf('L-2', { customer }));
    const [activity] = bench.state.activities;
    expect(ref).toEqual({ value: String(activity?.id) });
    expect(activity).toMatchObject({ person: deal.person, doneMs: null });
    expect(activity?.members).toMatchObject({
      ...{ subject: 'Call about the rent', type: 'task', due_date: '2026-12-08', deal_id: deal.id },
      note: expect.stringContaining(
        '<p>Rent &lt; due &amp; unpaid.<br>Second line.</p><p>For: bo@landlord.example</p>',
      ),
    });
    for (const [state, isDone] of [
      ['closed', true],
      ['closed', true],
      ['open', false],
    ] as const) {
      expect(bench.send('task', taskOf('L-2', { customer, state }))).toEqual(ref);
      expect(bench.state.activities.map(({ doneMs }) => doneMs !== null)).toEqual([isDone]);
    }
  });

  it('that a person has ticked off, moved to another day or called otherwise stays so when it is closed', () => {
    const bench = new PipedriveBench();
    bench.send('task', taskOf('L-1'));
    const [activity] = bench.state.activities;
    Object.assign(activity!.members, { due_date: '2026-12-24', subject: 'Called twice' });
    people.tickPipedriveActivity(bench.state, activity!.id, bench.nowMs);
    const before = structuredClone(activity);
    bench.send('task', taskOf('L-1', { state: 'closed' }));
    expect(activity).toEqual(before);
  });

  it('waits for the lease’s deal, and has nothing to close where there is none', () => {
    const bench = new PipedriveBench();
    expect(bench.send('task', taskOf('L-2'))).toMatchObject({ fault: { fault: 'busy', retryAfterSeconds: 300 } });
    expect(bench.send('task', taskOf('L-2', { state: 'closed' }))).toEqual({ value: 'none' });
    expect(bench.send('task', taskOf('L-1', { state: 'closed' }))).toEqual({ value: 'none' });
  });

  it('is of the type that the owner has chosen', () => {
    const bench = new PipedriveBench({ PIPEDRIVE_TASK_TYPE: 'call' });
    bench.send('task', taskOf('L-1'));
    expect(bench.state.activities[0]?.members.type).toBe('call');
  });
});

describe('a receipt', () => {
  it('is a note at the deal, one for each state of it', () => {
    const bench = new PipedriveBench();
    bench.send('receipt', noteOf('L-1'));
    const returned = noteOf('L-1', { state: 'returned', reversedCents: 100_000 as never, allocated: [], matched: '' });
    bench.send('receipt', returned, 1, 'receipt:2');
    const [first, second] = bench.state.notes;
    expect(bench.state.notes.map(({ deal }) => deal)).toEqual([1, 1]);
    expect(first?.content).toMatch(
      /^<p>Payment of 1000\.00 USD on 2026-12-02: settled<\/p><p>Seen at stripe, pi_1<\/p><p>Belongs to lease L-1: its metadata names the lease<\/p><p>Pays: rent due 2026-12-01 1000\.00<\/p><p>Balance then: 1250\.50 USD<\/p><p>RL-note-[0-9a-f]{20}<\/p>$/,
    );
    expect(second?.content).toContain('returned, of which 1000.00 USD went back');
  });

  it('is looked for among all notes where an answer was lost', () => {
    const bench = new PipedriveBench();
    const first = bench.send('receipt', noteOf('L-1'));
    for (let n = 0; n < 520; n += 1)
      bench.state.notes.push({ ...bench.state.notes[0]!, id: 1000 + n, content: `No. ${n}` });
    for (const note of bench.state.notes.slice(1)) note.addedMs += 1000;
    expect(bench.send('receipt', noteOf('L-1'), 2)).toEqual(first);
    expect(bench.calls.filter((call) => call === 'GET /v1/notes')).toHaveLength(2);
    expect(bench.state.notes.filter(({ content }) => content.includes('RL-note-'))).toHaveLength(1);
  });

  it('waits for the lease’s deal', () => {
    const bench = new PipedriveBench();
    expect(bench.send('receipt', noteOf('L-2'))).toMatchObject({ fault: { fault: 'busy' } });
  });
});

describe('the door', () => {
  const json = (status: number, body: object, headers = {}) => ({ status, headers, body: JSON.stringify(body) });

  it('is opened by the personal token where there is one', () => {
    const request = { method: 'GET' as const, url: 'https://api.pipedrive.com/v1/users/me', headers: {} };
    const both = { PIPEDRIVE_API_TOKEN: 'p', ACCESS_TOKEN: 'a' };
    expect(pipedrive.sign(request, both).headers).toEqual({ 'x-api-token': 'p' });
    expect(pipedrive.sign(request, { ACCESS_TOKEN: 'a' }).headers).toEqual({ Authorization: 'Bearer a' });
    expect(() => pipedrive.sign(request, {})).toThrow('Pipedrive is not signed in to');
    expect(pipedrive.oauth?.instead).toBe('PIPEDRIVE_API_TOKEN');
  });

  it('leads to the company’s own address and to no other', () => {
    const flow = pipedrive.test!({ PIPEDRIVE_DOMAIN: 'https://pipedrive.com.evil.example' });
    let said: unknown;
    try {
      flow.next();
    } catch (error) {
      said = faultOf(error).message;
    }
    expect(said).toContain('no address of a company at Pipedrive');
  });

  it.each([
    ['a token that is none', json(401, { success: false, error: 'unauthorized access', errorCode: 401 }), 'auth'],
    ['a scope that is lacking', json(403, { success: false, error: 'Scope and URL mismatch' }), 'auth'],
    ['a deal that its user may not change', json(403, { success: false, error: 'Forbidden' }), 'rejected'],
    ['a plan that is full', json(403, { success: false, code: 'feature_capping_deals_limit' }), 'rejected'],
    ['an account that is not paid', json(402, { success: false, error: 'x' }), 'rejected'],
    ['what is not there', json(404, { success: false, error: 'Deal not found' }), 'missing'],
    ['what does not fit', json(400, { success: false, code: 'ERR_SCHEMA_VALIDATION_FAILED' }), 'rejected'],
    ['no success with a good status', json(200, { success: false, error: 'x' }), 'rejected'],
    ['a broken server', { status: 502, headers: {}, body: '<html>' }, 'down'],
  ])('says of %s: %j is %s', (_, reply, kind) => {
    expect(pipedrive.fault(reply)).toMatchObject({ fault: kind });
  });

  it('takes a page instead of an answer for what it is: we were too fast', () => {
    const fault = pipedrive.fault({ status: 403, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html>' });
    expect(fault).toMatchObject({ fault: 'busy', retryAfterSeconds: 3600 });
  });

  it('is good where a note says success or false', () => {
    expect(pipedrive.fault(json(200, { success: true, data: { content: '"success":false' } }))).toBeUndefined();
  });
});

describe('the plan', () => {
  it.each([
    ['Lite', 1500, 60, 30],
    ['Ultimate', 10_500, 15, 10],
  ])('%s bears %i calls a day', (plan, calls, figures, minutes) => {
    const account = { PIPEDRIVE_PLAN: plan };
    expect(pipedrive.limits!.perDay!(account)).toBe(calls);
    expect(pipedrive.figuresEveryMinutes!(account)).toBe(figures);
    expect(pipedrive.mirror!.everyMinutes!(account)).toBe(minutes);
  });
});
