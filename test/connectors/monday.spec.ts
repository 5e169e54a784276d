/** Monday.com in particular: rows by their key, the owner's columns and labels, parts that fail alone, and what the owner sees. */

import { mondayPeople } from '../../local/vendors/people';
import { monday } from '../../src/connectors/monday';
import { cents } from '../../src/domain/money';
import { BOARD, MAPPED, MondayBench, statusOf } from './monday-rig';

const many = (count: number) => Array.from({ length: count }, (_, at) => statusOf(`L-${at + 1}`));
const fault = (kind: string, message: unknown = expect.any(String)) =>
  expect.objectContaining({ fault: kind, message });
const valuesOf = (bench: MondayBench, lease: string) => bench.rows(lease)[0]!.values as Record<string, never>;

describe('the row of a lease', () => {
  it('is made with everything that the board has a column for', () => {
    const bench = new MondayBench();
    const ref = bench.tellOk('standing', statusOf('L-1'));
    const [row] = bench.rows('L-1');
    expect(ref).toBe(`${row!.id} https://rent-ledger-sandbox.monday.com/boards/${BOARD}/pulses/${row!.id}`);
    expect(row!.name).toBe('Ann Lee, 4B');
    expect(row!.values).toMatchObject({
      text_mkrl01: 'L-1',
      text_mkrl02: '4B',
      numeric_mkrl04: '1250.50',
      date_mkrl06: { date: '2026-11-01' },
      email_mkrl07: { email: 'ann@example.com', text: 'ann@example.com' },
      phone_mkrl08: { phone: '+15125550123', countryShortName: 'US' },
    });
    const label = bench.state.boards[0]!.columns.find(({ id }) => id === 'color_mkrl03')!.labels!.at(-1);
    expect([label!.label, row!.values.color_mkrl03]).toEqual(['late', expect.objectContaining({ index: label!.id })]);
  });

  it('is changed in place, and its contact only where that is new', () => {
    const bench = new MondayBench();
    bench.tellOk('standing', statusOf('L-1'));
    const { id } = bench.rows('L-1')[0]!;
    mondayPeople.typeOver(bench.state, id, 'email_mkrl07', { email: 'a@x.org', text: 'Ann' }, bench.nowMs);
    mondayPeople.renameItem(bench.state, id, 'Annie Lee', bench.nowMs);
    const settled = { balanceCents: cents(0), standing: 'paid' } as const;
    bench.tellOk('standing', statusOf('L-1', { ...settled, contact: 'keep' }));
    expect(bench.rows('L-1')[0]).toMatchObject({ id, name: 'Annie Lee' });
    expect(valuesOf(bench, 'L-1')).toMatchObject({ numeric_mkrl04: '0.00', email_mkrl07: { email: 'a@x.org' } });
    bench.tellOk('standing', statusOf('L-1', { residents: 'Ann Wu', contact: 'write' }));
    expect(bench.rows('L-1')[0]).toMatchObject({ id, name: 'Ann Wu, 4B' });
    expect(valuesOf(bench, 'L-1').email_mkrl07).toMatchObject({ email: 'ann@example.com' });
  });

  it('is emptied where there is nothing to say', () => {
    const bench = new MondayBench();
    bench.tellOk('standing', statusOf('L-1'));
    const { lastPayment: _, ...never } = statusOf('L-1', { contact: 'keep' });
    bench.tellOk('standing', never);
    expect(valuesOf(bench, 'L-1')).not.toHaveProperty('date_mkrl06');
  });

  it('is told twice where somebody has duplicated it, and looked for by the id where its key is emptied', () => {
    const bench = new MondayBench();
    const [id] = bench.tellOk('standing', statusOf('L-1')).split(' ');
    mondayPeople.duplicateItem(bench.state, id!, bench.nowMs);
    bench.tellOk('standing', statusOf('L-1', { balanceCents: cents(5), contact: 'keep' }));
    expect(bench.rows('L-1').map(({ values }) => values.numeric_mkrl04)).toEqual(['0.05', '0.05']);
    for (const row of bench.rows('L-1'))
      mondayPeople.typeOver(bench.state, row.id, MAPPED.MAP_LEASE!, null, bench.nowMs);
    expect(bench.tellOk('standing', statusOf('L-1', { customer: id! }))).toMatch(new RegExp(`^${id} `));
    expect(bench.rows('L-1')).toHaveLength(1);
  });

  it('is never that of another lease, whatever id is remembered', () => {
    const bench = new MondayBench();
    const [other] = bench.tellOk('standing', statusOf('L-2')).split(' ');
    bench.tellOk('standing', statusOf('L-1', { customer: other! }));
    expect([bench.rows('L-1').length, bench.rows('L-2').length]).toEqual([1, 1]);
  });

  it('is made anew where it was deleted', () => {
    const bench = new MondayBench();
    const [id] = bench.tellOk('standing', statusOf('L-1')).split(' ');
    mondayPeople.setItemState(bench.state, id!, 'deleted', bench.nowMs);
    expect(bench.tellOk('standing', statusOf('L-1', { customer: id! }))).not.toMatch(new RegExp(`^${id} `));
    expect(bench.rows('L-1').filter(({ state }) => state === 'active')).toHaveLength(1);
  });

  it('has the labels that the owner names, and no column where they want none', () => {
    const bench = new MondayBench({ MONDAY_LABELS: 'late = Late; paid = Current', MAP_BALANCE: 'none' });
    bench.tellOk('standing', statusOf('L-1'));
    expect(valuesOf(bench, 'L-1').color_mkrl03).toMatchObject({ index: 2 });
    expect(valuesOf(bench, 'L-1')).not.toHaveProperty('numeric_mkrl04');
    expect(monday.mirror!.written(statusOf('L-1'), bench.account)).toMatchObject({ Standing: 'Late' });
  });

  it.each([
    ['+44 20 7946 0018', { phone: '+442079460018', countryShortName: 'GB' }],
    ['+353 1 555 0123', { phone: '+35315550123', countryShortName: 'IE' }],
    ['512 555 0123', undefined],
    ['+999 555 0123', undefined],
  ])('has the phone %s with its country, or not at all', (phone, kept) => {
    const bench = new MondayBench();
    bench.tellOk('standing', statusOf('L-1', { phone }));
    expect(bench.rows('L-1')[0]!.values.phone_mkrl08).toEqual(kept && expect.objectContaining(kept));
  });
});

describe('many leases', () => {
  it('go in one look and a call for each twenty-five', () => {
    const bench = new MondayBench();
    const refs = bench.tell('standing', ...many(100));
    expect(new Set(refs).size).toBe(100);
    expect(bench.calls).toBe(5);
    bench.tell('standing', ...many(100));
    expect([bench.calls, bench.state.items.length]).toEqual([10, 100]);
  });

  it('fail one by one: a row that is refused leaves the others written', () => {
    const bench = new MondayBench();
    bench.tell('standing', ...many(3));
    mondayPeople.setItemState(bench.state, bench.rows('L-2')[0]!.id, 'archived', bench.nowMs);
    const odd = statusOf('L-3', { email: 'nobody', contact: 'write' });
    const came = bench.tell('standing', statusOf('L-1', { unit: '9' }), odd, statusOf('L-2', { unit: '9' }));
    expect(came).toEqual([
      expect.any(String),
      fault('rejected', expect.stringMatching(/^The platform said no: Email: /)),
      expect.any(String),
    ]);
    expect(valuesOf(bench, 'L-1').text_mkrl02).toBe('9');
    expect(valuesOf(bench, 'L-3').text_mkrl02).toBe('4B');
  });

  it('leave what cannot be read to its own row, and of two states of one lease the last is written', () => {
    const bench = new MondayBench();
    const [one, two, three] = bench.tell(
      'standing',
      statusOf('L-1', { unit: '1' }),
      {},
      statusOf('L-1', { unit: '2' }),
    );
    expect([one, two]).toEqual([three, fault('malformed', expect.stringMatching(/^payload.leaseId is missing/))]);
    expect(bench.rows('L-1').map(({ values }) => values.text_mkrl02)).toEqual(['2']);
  });

  it('of which an answer was lost are looked for, and none is made twice', () => {
    const bench = new MondayBench();
    let calls = 0;
    bench.answer = (_request, reply) => {
      const given = reply();
      calls++;
      return calls === 3 ? new Error('Address unavailable') : given;
    };
    const came = bench.tell('standing', ...many(60));
    const isDown = (one: unknown) => (one as { fault?: string }).fault === 'down';
    expect(came.map(isDown)).toEqual(came.map((_, at) => at >= 25 && at < 50));
    bench.answer = (_request, reply) => reply();
    bench.tell('standing', ...many(60));
    expect(bench.state.items).toHaveLength(60);
  });

  it('that were half written when the day ended are told as busy, and nothing is made twice', () => {
    const bench = new MondayBench();
    mondayPeople.changePlan(bench.state, 'trial');
    bench.tellOk('standing', statusOf('L-1'));
    bench.state.used.calls = 198;
    const came = bench.tell('standing', ...many(60));
    expect(came.slice(0, 25).every((one) => typeof one === 'string')).toBe(true);
    const says = 'Too many calls at once (HTTP 429): The calls that your plan of Monday.com has in a day are used up.';
    expect(came[59]).toEqual(fault('busy', says));
    bench.nowMs += 86_400_000;
    bench.tell('standing', ...many(60));
    expect(bench.state.items).toHaveLength(60);
  });
});

describe('what the owner sees', () => {
  it('is the account and its boards, and the plan decides how much is asked in a day', () => {
    const bench = new MondayBench();
    const result = bench.run(monday.test!(bench.account));
    const found = {
      PLAN: 'standard',
      SLUG: 'rent-ledger-sandbox',
      LACKS: expect.stringMatching(/^Unpaid, Days late, Rent/),
    };
    expect(result).toEqual({ value: { name: 'Rent Ledger Sandbox: Residents', mode: 'live', found } });
    const perDay = (PLAN: string) => monday.limits!.perDay!({ PLAN });
    expect(['trial', 'standard', 'pro', 'enterprise', 'cosmic'].map(perDay)).toEqual([200, 1000, 10_000, 25_000, 200]);
    expect(['trial', 'pro'].map((PLAN) => monday.figuresEveryMinutes!({ PLAN }))).toEqual([240, 0]);
    expect(['trial', 'pro'].map((PLAN) => monday.mirror!.everyMinutes!({ PLAN }))).toEqual([480, 0]);
  });

  it('is a connection without a board, and the boards and columns to choose from', () => {
    const bench = new MondayBench();
    expect(bench.run(monday.test!({}))).toMatchObject({ value: { name: 'Rent Ledger Sandbox' } });
    expect(bench.run(monday.lists!.boards!({}))).toEqual({
      value: [
        { id: BOARD, name: 'Residents' },
        { id: '1234567891', name: 'Rent tasks' },
      ],
    });
    const columns = bench.run(monday.lists!.columns!(bench.account)) as { value: readonly object[] };
    expect(columns.value).toContainEqual({ id: 'numeric_mkrl04', name: 'Balance', note: 'numbers' });
    expect(columns.value).toContainEqual({
      ...{ id: 'lookup_mkrl15', name: 'Building address', note: 'mirror: takes no value of ours' },
    });
    expect(columns.value.at(-1)).toEqual({ id: 'none', name: 'None', note: 'it is not written' });
  });

  it('is a board by the address of its page, and a fault for one that is gone', () => {
    const bench = new MondayBench({ MONDAY_BOARD: `https://rent-ledger-sandbox.monday.com/boards/${BOARD}/views/1` });
    bench.tellOk('standing', statusOf('L-1'));
    mondayPeople.archiveBoard(bench.state, BOARD);
    expect(bench.run(monday.test!(bench.account))).toEqual({
      fault: fault('missing', `The board ${BOARD} is gone, or you may not see it. Choose another one.`),
    });
    expect(bench.one('standing', statusOf('L-1'))).toEqual({ fault: fault('missing') });
    for (const MONDAY_BOARD of ['', 'Residents'])
      expect(new MondayBench({ MONDAY_BOARD }).one('standing', statusOf('L-1'))).toEqual({ fault: fault('rejected') });
  });

  it('is columns that are made once, all but those that are mapped', () => {
    const bench = new MondayBench();
    bench.tellOk('columns');
    bench.tellOk('columns');
    const made = bench.state.boards[0]!.columns.filter(({ id }) => id.startsWith('rent_')).map(({ id }) => id);
    expect(made).toEqual([
      ...[
        'rent_unpaid',
        'rent_days_late',
        'rent_rent',
        'rent_next_due',
        'rent_last_amount',
        'rent_as_of',
        'rent_property',
      ],
    ]);
    expect(made.every((id) => /^[a-z_]{1,20}$/.test(id))).toBe(true);
    expect(bench.run(monday.test!(bench.account))).toMatchObject({ value: { found: { LACKS: '' } } });
    bench.tellOk('standing', statusOf('L-1'));
    expect(valuesOf(bench, 'L-1')).toMatchObject({ rent_days_late: '6', rent_property: 'Elm House' });
  });

  it('is what is wrong with a column, in words', () => {
    const wrong = (more: Record<string, string>) => new MondayBench(more).one('standing', statusOf('L-1'));
    expect(wrong({ MAP_LEASE: 'rent_lease' })).toEqual({
      fault: fault('missing', expect.stringMatching(/no such column/)),
    });
    expect(wrong({ MAP_LEASE: 'numeric_mkrl04' })).toEqual({
      fault: fault('rejected', expect.stringMatching(/text column/)),
    });
    expect(wrong({ MAP_UNPAID: 'numeric_mkrl04' })).toEqual({
      fault: fault('rejected', 'Two values cannot both go to the column "Balance".'),
    });
    expect(wrong({ MAP_UNIT: 'formula_mkrl14' })).toEqual({
      fault: fault('rejected', 'The column "Yearly rent" is of the type formula, which takes no value of ours.'),
    });
  });

  it('is one real row, that of the lease where there is one', () => {
    const bench = new MondayBench();
    expect(bench.run(monday.sample!(undefined, bench.account))).toEqual({ value: undefined });
    bench.tell('standing', ...many(3));
    const row = (lease: string) => bench.run(monday.sample!({ leaseId: lease, customer: '' }, bench.account));
    expect(row('L-2')).toMatchObject({ value: { id: bench.rows('L-2')[0]!.id, name: 'Ann Lee, 4B' } });
    expect(row('L-9')).toMatchObject({ value: { id: bench.rows('L-1')[0]!.id } });
    const { value } = row('L-2') as { value: { fields: readonly object[] } };
    expect(value.fields).toContainEqual({ field: 'Balance', label: 'Balance', value: '1250.5' });
    expect(value.fields.some((field) => (field as { field: string }).field === 'formula_mkrl14')).toBe(false);
  });
});
