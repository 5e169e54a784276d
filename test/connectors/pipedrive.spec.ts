/** Pipedrive, in what is particular: how deals are found again, what is written and what is left to people. */
import fc from 'fast-check';
import { BALANCE_KEY, DAYS_LATE_KEY, LEDGER_KEY, STATUS_KEY, UNIT_KEY } from '../../local/vendors/pipedrive/fields';
import * as people from '../../local/vendors/pipedrive/people';
import { pipedrive } from '../../src/connectors/pipedrive';
import { type Field, textOf, wireOf } from '../../src/connectors/pipedrive/values';
import { decimal } from '../../src/domain/money';
import { currency } from '../../src/domain/values';
import { PipedriveBench, statusOf } from './pipedrive-rig';

const STAGES = { paid: 4, due: 5, late: 6 };
const paid = { standing: 'paid', balanceCents: 0, unpaidCents: 0, daysLate: 0 };

describe('the deal of a lease', () => {
  it('is made in the stage of its standing, with our figures and a contact', () => {
    const bench = new PipedriveBench();
    const [ref] = bench.tell(statusOf('L-2'));
    const deal = bench.dealOf('L-2');
    expect(ref).toBe(`${deal.id} https://maple-street.pipedrive.com/deal/${deal.id}`);
    expect(pipedrive.effects!.standing!.link!(String(ref))).toEqual({ kind: 'customer', externalId: String(deal.id) });
    expect(deal).toMatchObject({ title: '4B, Elm House: Ann Lee, Bo Lee', pipeline: 2, stage: STAGES.late });
    expect(deal.custom).toEqual({
      [LEDGER_KEY]: 'L-2',
      [STATUS_KEY]: bench.state.fields.find(({ code }) => code === STATUS_KEY)!.options![2]!.id,
      [BALANCE_KEY]: { value: 1250.5, currency: 'USD' },
      [DAYS_LATE_KEY]: 6,
    });
    const [person] = bench.state.persons;
    expect([deal.person, person?.first, person?.last]).toEqual([person?.id, 'Ann', 'Lee']);
    expect([person?.emails[0]?.value, person?.phones[0]?.value]).toEqual(['l-2@home.example', '+15125550123']);
  });

  it('moves and is written over as the standing changes, and is not touched where all stands there', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const customer = String(bench.dealOf('L-2').id);
    bench.tell(statusOf('L-2', { ...paid, customer, contact: 'keep' } as never));
    expect(bench.dealOf('L-2')).toMatchObject({ stage: STAGES.paid });
    expect(bench.dealOf('L-2').custom[BALANCE_KEY]).toEqual({ value: 0, currency: 'USD' });
    const before = bench.dealOf('L-2').updatedMs;
    bench.sent.length = 0;
    bench.tell(statusOf('L-2', { ...paid, customer, contact: 'keep' } as never));
    expect(bench.calls).toEqual([`GET /api/v2/deals/${customer}`]);
    expect(bench.dealOf('L-2').updatedMs).toBe(before);
  });

  it('is known again by its id, by the search where the id is another’s, and is made anew where it was deleted', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const { id } = bench.dealOf('L-2');
    bench.wait(10);
    bench.tell(statusOf('L-2', { ...paid, customer: '1' } as never));
    expect(bench.dealOf('L-2')).toMatchObject({ id, stage: STAGES.paid });
    people.deletePipedriveDeal(bench.state, id, bench.nowMs);
    bench.wait(10);
    const [ref] = bench.tell(statusOf('L-2', { customer: String(id) }));
    expect(bench.dealOf('L-2').id).not.toBe(id);
    expect(ref).toContain(`${bench.dealOf('L-2').id} `);
  });

  it('is found although the search has not heard of it yet', () => {
    const bench = new PipedriveBench();
    bench.answer = (_request, reply) => reply();
    bench.tell(statusOf('L-2', { contact: 'keep' }));
    bench.tell(statusOf('L-2', { contact: 'keep' }));
    expect(bench.dealsOf('L-2')).toHaveLength(1);
  });

  it('is not another lease’s, nor one that has the id in another field', () => {
    const bench = new PipedriveBench();
    const type = (custom: object) =>
      people.typePipedriveDeal(bench.state, { title: 'x', pipeline_id: 2, custom_fields: custom }, bench.nowMs);
    const others = [type({ [LEDGER_KEY]: 'l-2' }), type({ [UNIT_KEY]: 'L-2' })];
    bench.wait(10);
    bench.tell(statusOf('L-2'));
    expect(others).not.toContain(bench.dealOf('L-2').id);
    expect(bench.state.deals.filter(({ id }) => others.includes(id)).map(({ title }) => title)).toEqual(['x', 'x']);
  });

  it('is looked for in one list where many leases are told, and by search where few are', () => {
    const bench = new PipedriveBench();
    const leases = ['L-2', 'L-3', 'L-4', 'L-5'];
    bench.tell(...leases.map((lease) => statusOf(lease, { email: '' })));
    expect(bench.calls.filter((call) => call.startsWith('GET'))).toEqual(['GET /api/v2/deals']);
    bench.sent.length = 0;
    bench.tell(...leases.slice(0, 3).map((lease) => statusOf(lease, { contact: 'keep' })));
    expect(bench.calls.filter((call) => call === 'GET /api/v2/deals/search')).toHaveLength(3);
    expect(bench.calls.filter((call) => !call.startsWith('GET'))).toEqual([]);
  });

  it('is searched for, however many are told, where the account has more deals than are walked', () => {
    const bench = new PipedriveBench();
    const known = people.typePipedriveDeal(
      bench.state,
      { title: 'x', pipeline_id: 2, custom_fields: { [LEDGER_KEY]: 'L-5' } },
      bench.nowMs,
    );
    const [first] = bench.state.deals;
    for (let id = 100; id < 10_100; id += 1)
      bench.state.deals.push({ ...structuredClone(first!), id, custom: {}, updatedMs: first!.updatedMs - 86_400_000 });
    bench.wait(10);
    bench.tell(...['L-2', 'L-3', 'L-4', 'L-5'].map((lease) => statusOf(lease, { email: '' })));
    expect(['L-2', 'L-3', 'L-4'].map((lease) => bench.dealsOf(lease).length)).toEqual([1, 1, 1]);
    expect(bench.dealOf('L-5').id).toBe(known);
  });

  it('is made anew where a person has taken the lease’s id out of it', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const { id } = bench.dealOf('L-2');
    people.editPipedriveDeal(bench.state, id, { custom_fields: { [LEDGER_KEY]: null } }, bench.nowMs);
    bench.wait(10);
    bench.tell(statusOf('L-2', { ...paid, customer: String(id) } as never));
    expect(bench.dealOf('L-2').id).not.toBe(id);
    expect(bench.state.deals.find((deal) => deal.id === id)).toMatchObject({ stage: STAGES.late });
  });

  it('is read with null for what is empty, as Pipedrive says in words', () => {
    const bench = new PipedriveBench();
    bench.answer = (_request, reply) => {
      const given = bench.slowly(reply);
      const body = given.body
        .replaceAll('"additional_data":{}', '"additional_data":{"next_cursor":null}')
        .replaceAll('"pipeline_id":2,"stage_id"', '"person_id":null,"org_id":null,"pipeline_id":2,"stage_id"');
      return { ...given, body };
    };
    const leases = ['L-2', 'L-3', 'L-4', 'L-5'].map((lease) => statusOf(lease, { email: '' }));
    expect(bench.tell(...leases)).toEqual(leases.map(() => expect.stringContaining('pipedrive.com/deal/')));
    expect(bench.tell(...leases).length).toBe(4);
    expect(bench.state.deals).toHaveLength(5);
    expect(bench.changes().rows.get('L-2')).not.toHaveProperty('email');
  });
});

describe('what people have done there', () => {
  it('stands where a deal was taken into another pipeline: its figures are written, its stage is kept', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const { id } = bench.dealOf('L-2');
    people.editPipedriveDeal(bench.state, id, { pipeline_id: 1, stage_id: 2 }, bench.nowMs);
    bench.tell(statusOf('L-2', { ...paid, customer: String(id), contact: 'keep' } as never));
    expect(bench.dealOf('L-2')).toMatchObject({ pipeline: 1, stage: 2 });
    expect(bench.dealOf('L-2').custom[DAYS_LATE_KEY]).toBe(0);
    const { fields } = bench.changes().rows.get('L-2')!;
    expect(fields).toMatchObject({ 'Days late': '0', 'Rent standing': 'paid' });
    expect(fields).not.toHaveProperty('Stage');
  });

  it('stands where a deal was archived, whether it is known by id or by key', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const { id } = bench.dealOf('L-2');
    people.archivePipedriveDeal(bench.state, id, bench.nowMs);
    bench.wait(10);
    for (const customer of [String(id), '']) {
      expect(bench.tell(statusOf('L-2', { ...paid, customer } as never))).toEqual([expect.stringMatching(`^${id} `)]);
      expect(bench.dealOf('L-2')).toMatchObject({ id, stage: STAGES.late });
    }
  });

  it('stands where a deal was lost: it is not opened again', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    people.editPipedriveDeal(bench.state, bench.dealOf('L-2').id, { status: 'lost' }, bench.nowMs);
    bench.tell(statusOf('L-2', { ...paid, customer: String(bench.dealOf('L-2').id) } as never));
    expect(bench.dealOf('L-2')).toMatchObject({ status: 'lost', stage: STAGES.paid });
  });

  it('is told: a stage, a figure, a mail, a deal that was deleted', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'), statusOf('L-3'), statusOf('L-4'));
    bench.changes();
    bench.wait(3600);
    bench.changes();
    const { id, person } = bench.dealOf('L-2');
    people.editPipedriveDeal(bench.state, id, { stage_id: 4, custom_fields: { [DAYS_LATE_KEY]: 1 } }, bench.nowMs);
    people.editPipedrivePerson(bench.state, bench.dealOf('L-3').person!, { phone: '+15125550199' }, bench.nowMs);
    people.deletePipedriveDeal(bench.state, bench.dealOf('L-4').id, bench.nowMs);
    bench.wait(1);
    const { rows } = bench.changes();
    const before = pipedrive.mirror!.written(statusOf('L-2'), bench.account);
    expect(rows.get('L-2')?.fields).toEqual({ ...before, 'Days late': '1', Stage: 'Paid' });
    expect(rows.get('L-3')).toMatchObject({ email: 'l-3@home.example', phone: '+15125550199' });
    expect(rows.get('L-4')).toMatchObject({ gone: true });
    expect([rows.size, person]).toEqual([3, expect.any(Number)]);
  });
});

describe('the contact of a deal', () => {
  it('is kept with the title where nothing changed here', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const { id, person } = bench.dealOf('L-2');
    people.editPipedrivePerson(bench.state, person!, { email: 'new@home.example', phone: '+1999' }, bench.nowMs);
    people.editPipedriveDeal(bench.state, id, { title: 'Ann, the good one' }, bench.nowMs);
    bench.tell(statusOf('L-2', { ...paid, customer: String(id), contact: 'keep' } as never));
    expect(bench.dealOf('L-2')).toMatchObject({ title: 'Ann, the good one', stage: STAGES.paid });
    expect(bench.state.persons[0]).toMatchObject({
      emails: [{ value: 'new@home.example' }],
      phones: [{ value: '+1999' }],
    });
  });

  it('is written over where it changed here; what people have added stays', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'));
    const person = bench.state.persons[0]!;
    person.emails.push({ value: 'work@office.example', primary: false, label: 'work' });
    const customer = String(bench.dealOf('L-2').id);
    bench.tell(statusOf('L-2', { customer, residents: 'Ann Lee-Park', email: 'Ann@New.example', phone: '' }));
    expect([person.first, person.last]).toEqual(['Ann', 'Lee-Park']);
    expect(person.emails).toEqual([
      { value: 'ann@new.example', primary: true, label: 'home' },
      { value: 'work@office.example', primary: false, label: 'work' },
    ]);
    expect(person.phones[0]?.value).toBe('+15125550123');
    expect(bench.dealOf('L-2').title).toBe('4B, Elm House: Ann Lee-Park');
  });

  it('is the one that has the mail, and one for two leases of one resident', () => {
    const bench = new PipedriveBench();
    const known = people.typePipedrivePerson(bench.state, { name: 'Ann', email: 'ann@home.example' }, bench.nowMs);
    bench.wait(10);
    const email = 'Ann@home.example';
    bench.tell(statusOf('L-2', { email }), statusOf('L-3', { email }));
    bench.tell(statusOf('L-4', { email: 'bo@home.example' }), statusOf('L-5', { email: 'bo@home.example' }));
    expect(['L-2', 'L-3'].map((lease) => bench.dealOf(lease).person)).toEqual([known, known]);
    expect(bench.dealOf('L-4').person).toBe(bench.dealOf('L-5').person);
    expect(bench.state.persons).toHaveLength(2);
  });

  it('is made anew where a person deleted it and it changed here, and is none without a mail', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'), statusOf('L-3', { email: '' }));
    expect(bench.dealOf('L-3').person).toBeNull();
    const customer = String(bench.dealOf('L-2').id);
    people.deletePipedrivePerson(bench.state, bench.dealOf('L-2').person!, bench.nowMs);
    bench.wait(10);
    bench.tell(statusOf('L-2', { customer, contact: 'keep' }));
    expect(bench.dealOf('L-2').person).toBeNull();
    bench.tell(statusOf('L-2', { customer }));
    expect(bench.dealOf('L-2').person).toBe(2);
  });
});

describe('leases that are told together', () => {
  it('fail each by itself', () => {
    const bench = new PipedriveBench();
    for (let turn = 0; turn < 2; turn += 1)
      people.typePipedriveDeal(
        bench.state,
        { title: 'x', pipeline_id: 2, custom_fields: { [LEDGER_KEY]: 'L-3' } },
        bench.nowMs,
      );
    bench.wait(10);
    const told = [
      statusOf('L-2'),
      statusOf('L-3'),
      { ...statusOf('L-4'), standing: 'asleep' },
      statusOf('L-5', { email: 'not an address that is taken'.repeat(20) }),
      statusOf('L-6'),
    ];
    const outcomes = bench.tell(...told);
    expect(outcomes.map((each) => (typeof each === 'string' ? 'done' : each.fault))).toEqual([
      ...['done', 'rejected', 'malformed', 'rejected', 'done'],
    ]);
    expect(outcomes[1]).toMatchObject({ message: expect.stringContaining('bear the lease id L-3: 2, 3') });
  });

  it('take the newest word where one lease is told twice', () => {
    const bench = new PipedriveBench();
    bench.tell(statusOf('L-2'), statusOf('L-2', paid as never));
    expect(bench.dealOf('L-2').stage).toBe(STAGES.paid);
  });

  it('end as busy when Pipedrive has had enough, and come whole at the next try', () => {
    const bench = new PipedriveBench();
    let writes = 0;
    bench.answer = (request, reply) => {
      const isWrite = request.method === 'POST' && request.url.endsWith('/deals');
      if (isWrite && ++writes > 2) return { status: 429, headers: { 'x-ratelimit-reset': '2' }, body: '{}' };
      return bench.slowly(reply);
    };
    const statuses = ['L-2', 'L-3', 'L-4', 'L-5', 'L-6'].map((lease) => statusOf(lease));
    expect(() => bench.tell(...statuses)).toThrow('"fault":"busy"');
    bench.answer = (_request, reply) => bench.slowly(reply);
    bench.wait(60);
    bench.tell(...statuses);
    expect(statuses.map(({ leaseId }) => bench.dealsOf(leaseId).length)).toEqual([1, 1, 1, 1, 1]);
  });
});

describe('our values in their fields', () => {
  it('come out of JSON in the words in which they were written, to the last digit', () => {
    const types = ['varchar', 'text', 'double', 'monetary'];
    fc.assert(
      fc.property(
        fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        fc.constantFrom(...types),
        (balanceCents, code, type) => {
          const field: Field = { value: 'BALANCE', code: 'x', name: 'x', type };
          const status = statusOf('L-1', { balanceCents: balanceCents as never, currency: currency(code) });
          const wire = wireOf(field, status);
          const back = textOf(field, JSON.parse(JSON.stringify(wire)));
          expect(back).toBe(textOf(field, wire));
          if (type === 'double') expect(Number(back)).toBe(Number(decimal(status.balanceCents, status.currency)));
          else expect(back.split(' ')[0]).toBe(decimal(status.balanceCents, status.currency));
        },
      ),
    );
  });
});
