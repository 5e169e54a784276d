/** Monday.com's notes and tasks: each stands once, a task closes and opens again, and what a person has finished stays finished. */

import { TASKS_BOARD } from '../../local/vendors/monday/state';
import { mondayPeople } from '../../local/vendors/people';
import { taskMark } from '../../src/connectors/told';
import { cents } from '../../src/domain/money';
import { key } from '../../src/domain/values';
import { MondayBench, receiptOf, statusOf, taskOf } from './monday-rig';

const MARK = taskMark(taskOf('L-1'));
const closed = (more = {}) => taskOf('L-1', { state: 'closed', outcome: 'Paid on 2026-12-09.', ...more });

const withRow = (more = {}): MondayBench => {
  const bench = new MondayBench(more);
  bench.tellOk('standing', statusOf('L-1'));
  return bench;
};

describe('a note of a payment', () => {
  it('says what came, what it pays and what is owed, below the row of the lease', () => {
    const bench = withRow();
    const ref = bench.tellOk('receipt', receiptOf('L-1'));
    const [update] = bench.state.updates;
    expect(update).toMatchObject({ id: ref, item: bench.rows('L-1')[0]!.id });
    expect(update!.body.split('<br>')).toEqual([
      'Payment received: 1000.00 USD, 2026-12-02',
      'stripe pi_1',
      'Pays rent due 2026-12-01 1000.00',
      'Balance: 250.50 USD',
      expect.stringMatching(/^RL-[0-9a-f]{20}$/),
    ]);
  });

  it('stands once for each state, and a payment that goes back gets a note of its own', () => {
    const bench = withRow();
    bench.tellOk('receipt', receiptOf('L-1'));
    bench.tellOk('receipt', receiptOf('L-1'));
    bench.tellOk('receipt', receiptOf('L-1', { state: 'returned', reversedCents: cents(100_000) }));
    expect(bench.state.updates.map(({ body }) => body.split('<br>')[0])).toEqual([
      'Payment received: 1000.00 USD, 2026-12-02',
      'Payment returned: 1000.00 USD, 2026-12-02',
    ]);
    expect(bench.state.updates[1]!.body).toMatch(/<br>Gone back: 1000\.00 USD<br>/);
  });

  it('waits for the row, fails alone in a state without words, and is not written where nobody wants it', () => {
    const bench = withRow();
    const odd = receiptOf('L-1', { state: 'evaporated' });
    const came = bench.tell('receipt', receiptOf('L-7'), odd, receiptOf('L-1'));
    expect(came).toEqual([
      expect.objectContaining({ fault: 'busy', message: 'The board has no row for this lease yet.' }),
      expect.objectContaining({
        fault: 'malformed',
        message: 'A receipt is "evaporated", which no note has words for.',
      }),
      expect.any(String),
    ]);
    const silent = withRow({ MONDAY_PAYMENTS: 'none' });
    const before = silent.calls;
    expect([silent.tellOk('receipt', receiptOf('L-1')), silent.calls]).toEqual(['none', before]);
  });

  it('holds no tag of anybody', () => {
    const bench = withRow();
    bench.tellOk('receipt', receiptOf('L-1', { reference: '<script>&' }));
    expect(bench.state.updates[0]!.body).toContain('stripe &lt;script&gt;&amp;');
  });
});

describe.each([
  ['a note', {}],
  ['a row on a board for tasks', { MONDAY_TASK_BOARD: TASKS_BOARD }],
])('a task as %s', (_name, account) => {
  const isNote = !('MONDAY_TASK_BOARD' in account);
  const shown = (bench: MondayBench): string[] => {
    if (isNote) return bench.state.updates.map(({ body }) => (/^Done: /.test(body) ? 'Done' : 'Open'));
    const labels = bench.state.boards[1]!.columns.find(({ id }) => id === 'rent_task_status')!.labels!;
    const rows = bench.state.items.filter((item) => item.board === TASKS_BOARD && item.state === 'active');
    return rows.map(({ values }) => {
      const { index } = values.rent_task_status as { index: number };
      return labels.find(({ id }) => id === index)!.label;
    });
  };

  it('is opened, closed when the money comes, and opened again when it goes back', () => {
    const bench = withRow(account);
    const ref = bench.tellOk('task', taskOf('L-1')).split(' ')[0];
    expect(shown(bench)).toEqual(['Open']);
    expect(bench.tellOk('task', closed()).split(' ')[0]).toBe(ref);
    expect(shown(bench)).toEqual(['Done']);
    expect(bench.tellOk('task', taskOf('L-1')).split(' ')[0]).toBe(ref);
    expect(shown(bench)).toEqual(['Open']);
  });

  it('that was never told is not made to be closed', () => {
    const bench = withRow(account);
    expect(bench.tellOk('task', closed())).toBe('none');
    expect(shown(bench)).toEqual([]);
  });

  it('is made anew where it was deleted', () => {
    const bench = withRow(account);
    const [ref] = bench.tellOk('task', taskOf('L-1')).split(' ');
    if (isNote) mondayPeople.deleteUpdate(bench.state, ref!);
    else mondayPeople.setItemState(bench.state, ref!, 'deleted', bench.nowMs);
    expect(bench.tellOk('task', taskOf('L-1')).split(' ')[0]).not.toBe(ref);
    expect(shown(bench)).toEqual(['Open']);
  });

  it('goes with others in two calls', () => {
    const bench = withRow(account);
    bench.tell('standing', ...Array.from({ length: 20 }, (_, at) => statusOf(`L-${at}`)));
    const before = bench.calls;
    const tasks = Array.from({ length: 20 }, (_, at) => taskOf(`L-${at}`));
    expect(bench.tell('task', ...tasks).every((one) => typeof one === 'string')).toBe(true);
    expect([bench.calls - before, shown(bench).length]).toEqual([2, 20]);
  });
});

describe('a row on a board for tasks', () => {
  const bench = () => withRow({ MONDAY_TASK_BOARD: TASKS_BOARD });
  const taskRow = (of: MondayBench) => of.state.items.find(({ values }) => values.rent_task === MARK)!;

  it('has its title, its day, and what is to be done in the columns that there are', () => {
    const one = bench();
    one.tellOk('task', taskOf('L-1'));
    expect(taskRow(one)).toMatchObject({
      name: 'Call about the rent',
      values: { rent_task_due: { date: '2026-12-08' }, rent_task_note: { text: 'They owe 1250.50 & more' } },
    });
    expect(taskRow(one).values).not.toHaveProperty('rent_task_owner');
  });

  it('that a person has put under Done is left as it is when the balance clears', () => {
    const one = bench();
    const ref = one.tellOk('task', taskOf('L-1'));
    mondayPeople.typeOver(one.state, taskRow(one).id, 'rent_task_status', { label: 'Done' }, one.nowMs);
    const before = taskRow(one).updatedMs;
    expect(one.tellOk('task', closed())).toBe(ref.split(' ')[0]);
    expect(taskRow(one).updatedMs).toBe(before);
  });

  it('is another one for another task', () => {
    const one = bench();
    one.tell('task', taskOf('L-1'), taskOf('L-1', { task: key('task:rung:visit:L-1:2026-12') }));
    expect(one.state.items.filter(({ board }) => board === TASKS_BOARD)).toHaveLength(2);
  });
});
