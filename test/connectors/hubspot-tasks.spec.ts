/** HubSpot's tasks: one for each of ours, closed and opened again, found without the search's lag and left alone by nobody else's. */
import * as people from '../../local/vendors/hubspot/people';
import type { CrmObject } from '../../local/vendors/hubspot/state';
import { taskMark } from '../../src/connectors/told';
import { day } from '../../src/domain/calendar';
import { key } from '../../src/domain/values';
import { HubspotBench, statusOf, taskOf } from './hubspot-rig';

const closed = { state: 'closed', outcome: 'Balance cleared on 2026-12-09.' } as const;

function ready(settings = {}): HubspotBench {
  const bench = new HubspotBench(settings);
  bench.setUp();
  bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
  bench.asked();
  return bench;
}

const statuses = (bench: HubspotBench): (string | undefined)[] =>
  bench.state.tasks.map(({ properties }) => properties.hs_task_status);
const only = (bench: HubspotBench): CrmObject => {
  expect(bench.state.tasks).toHaveLength(1);
  return bench.state.tasks[0]!;
};

describe('a task', () => {
  it('is opened on the contact of its lease, with what it is about as text', () => {
    const bench = ready({ HUBSPOT_TASK_OWNER: '60158085' });
    const refs = bench.tell('task', taskOf('L-1'));
    const { id, properties } = only(bench);
    expect(refs).toEqual([id]);
    expect(properties).toMatchObject({
      hs_task_subject: 'Call about the rent',
      hs_timestamp: '2026-12-08T12:00:00.000Z',
      hs_task_status: 'NOT_STARTED',
      hs_task_priority: 'HIGH',
      hubspot_owner_id: '60158085',
      hs_task_body: [
        'Five days late &lt;first time&gt;',
        'Balance: 1250.50 USD',
        'For casey@landlord.example',
        `L-1 ${taskMark(taskOf('L-1'))}`,
      ].join('<br>'),
    });
    expect(bench.state.links).toEqual([{ task: id, contact: bench.contact('L-1')?.id }]);
  });

  it('says whom it is about where nothing else does', () => {
    const bench = ready();
    bench.tell('task', taskOf('L-1', { detail: '', owner: '' }));
    const lines = ['Ann Lee, Elm House, 4B', 'Balance: 1250.50 USD', `L-1 ${taskMark(taskOf('L-1'))}`];
    expect(only(bench).properties.hs_task_body).toBe(lines.join('<br>'));
  });

  it('is closed at once, though the search has not seen it yet', () => {
    const bench = ready();
    const [ref] = bench.tell('task', taskOf('L-1'));
    bench.nowMs -= 2 * 60_000;
    expect(bench.tell('task', taskOf('L-1', closed))).toEqual([ref]);
    expect(statuses(bench)).toEqual(['COMPLETED']);
  });

  it('is opened again when the payment bounces, with its new day', () => {
    const bench = ready();
    const [ref] = bench.tell('task', taskOf('L-1'));
    bench.tell('task', taskOf('L-1', closed));
    expect(bench.tell('task', taskOf('L-1', { due: day('2026-12-15') }))).toEqual([ref]);
    expect(only(bench).properties).toMatchObject({
      hs_task_status: 'NOT_STARTED',
      hs_timestamp: '2026-12-15T12:00:00.000Z',
    });
    expect(only(bench).properties).not.toHaveProperty('hs_task_completion_date');
  });

  it.each(['IN_PROGRESS', 'WAITING', 'DEFERRED'])('that somebody has made %s stays so while it is open here', (at) => {
    const bench = ready();
    const [ref] = bench.tell('task', taskOf('L-1'));
    people.editTask(bench.state, String(ref), { hs_task_status: at }, bench.nowMs);
    expect(bench.tell('task', taskOf('L-1'))).toEqual([ref]);
    expect(statuses(bench)).toEqual([at]);
  });

  it('that somebody has ticked off is left as it is when it closes here', () => {
    const bench = ready();
    const [ref] = bench.tell('task', taskOf('L-1'));
    people.completeTask(bench.state, String(ref), bench.nowMs);
    const before = only(bench).updatedMs;
    expect(bench.tell('task', taskOf('L-1', closed))).toEqual([ref]);
    expect(only(bench).updatedMs).toBe(before);
  });

  it('that is closed and was never there is nothing to do, and makes no contact', () => {
    const bench = ready();
    expect(bench.tell('task', taskOf('L-1', closed), taskOf('L-9', closed))).toEqual(['none', 'none']);
    expect([bench.state.tasks.length, bench.state.contacts.length]).toEqual([0, 2]);
  });

  it('that somebody has deleted is nothing to close, and is made anew when it opens', () => {
    const bench = ready();
    const [ref] = bench.tell('task', taskOf('L-1'));
    people.deleteTask(bench.state, String(ref), bench.nowMs);
    expect(bench.tell('task', taskOf('L-1', closed))).toEqual(['none']);
    const [again] = bench.tell('task', taskOf('L-1'));
    expect([typeof again, again === ref]).toEqual(['string', false]);
  });

  it('of a lease that has no contact yet makes the contact, and later the standing finds it', () => {
    const bench = ready();
    bench.tell('task', taskOf('L-9'));
    const { id, properties } = bench.contact('L-9')!;
    expect(properties).toMatchObject({ firstname: 'Ann', email: 'l-9@example.com' });
    bench.tell('standing', statusOf('L-9', { contact: 'keep' }));
    expect(bench.contact('L-9')).toMatchObject({ id, properties: { rent_status: 'late' } });
    expect(bench.state.contacts).toHaveLength(3);
  });

  it('does not touch the contact that is there', () => {
    const bench = ready();
    const before = bench.contact('L-1')!.updatedMs;
    bench.tell('task', taskOf('L-1', { email: 'other@example.com', residents: 'Somebody Else' }));
    expect(bench.contact('L-1')).toMatchObject({ updatedMs: before, properties: { firstname: 'Ann' } });
  });

  it('whose status nobody has documented is a fault that names it', () => {
    const bench = ready();
    const [ref] = bench.tell('task', taskOf('L-1'));
    only(bench).properties.hs_task_status = 'ARCHIVED_BY_AI';
    expect(bench.tell('task', taskOf('L-1', closed))).toEqual([
      expect.objectContaining({ fault: 'malformed', message: expect.stringContaining(`task ${ref}`) }),
    ]);
    expect(statuses(bench)).toEqual(['ARCHIVED_BY_AI']);
  });
});

describe('several tasks', () => {
  it('leave together: made in one batch, each with its own reference', () => {
    const bench = ready();
    const tasks = [taskOf('L-1'), taskOf('L-2'), taskOf('L-1', { task: key('task:late-2:L-1:2026-12') })];
    const refs = bench.tell('task', ...tasks);
    const marks = tasks.map(taskMark);
    const bodyOf = (ref: unknown) => bench.state.tasks.find(({ id }) => id === ref)?.properties.hs_task_body;
    expect(refs.map((ref, at) => bodyOf(ref)?.includes(marks[at]!))).toEqual([true, true, true]);
    expect(bench.asked().filter((path) => path.endsWith('batch/create'))).toHaveLength(1);
    expect(bench.tell('task', ...tasks)).toEqual(refs);
    expect(bench.state.tasks).toHaveLength(3);
  });

  it('opened, closed and told twice in one go come to the last word', () => {
    const bench = ready();
    const [first] = bench.tell('task', taskOf('L-1'));
    const told = bench.tell('task', taskOf('L-1', closed), taskOf('L-1'), taskOf('L-2'));
    expect(told.slice(0, 2)).toEqual([first, first]);
    expect(statuses(bench)).toEqual(['NOT_STARTED', 'NOT_STARTED']);
  });

  it('fail each by itself', () => {
    const bench = ready({ HUBSPOT_TASK_OWNER: '1' });
    const [made, closing] = bench.tell('task', taskOf('L-1'), taskOf('L-2', closed));
    expect(made).toEqual(expect.objectContaining({ fault: 'rejected' }));
    expect(closing).toBe('none');
    expect(bench.tell('task', { ...taskOf('L-1'), state: 'maybe' }, taskOf('L-2', closed))[1]).toBe('none');
  });

  it('that nobody can read keeps no other one of its contact from being told', () => {
    const bench = ready();
    const other = taskOf('L-1', { task: key('task:late-2:L-1:2026-12') });
    const [odd, sound] = bench.tell('task', taskOf('L-1'), other);
    bench.state.tasks.find(({ id }) => id === odd)!.properties.hs_task_status = 'ARCHIVED_BY_AI';
    const told = bench.tell('task', taskOf('L-1', closed), { ...other, ...closed });
    expect(told).toEqual([expect.objectContaining({ fault: 'malformed' }), sound]);
  });

  it('of one contact are looked for together: each that is there is read once', () => {
    const bench = ready();
    const of = (count: number) =>
      Array.from({ length: count }, (_, at) => taskOf('L-1', { task: key(`task:late:${at}`) }));
    for (const note of of(16)) bench.tell('task', note);
    bench.asked();
    const told = bench.tell('task', ...of(20).slice(12));
    expect(new Set(told).size).toBe(8);
    const asked = bench.asked().filter((path) => path.includes('/tasks/') && !path.includes('batch'));
    expect(asked).toHaveLength(16);
  });

  it('of other people on the contact are not ours: ours is found among many, new by the list and old by the search', () => {
    const bench = ready();
    const others = (count: number) => {
      for (let at = 0; at < count; at++) {
        const note = taskOf('L-1', { task: key(`task:other:${at}:${bench.state.tasks.length}`) });
        bench.tell('task', note);
      }
    };
    const [ref] = bench.tell('task', taskOf('L-1'));
    others(25);
    expect(bench.tell('task', taskOf('L-1', closed))).toEqual([ref]);
    const newest = taskOf('L-1', { task: key('task:newest') });
    const [fresh] = bench.tell('task', newest);
    bench.nowMs -= 2 * 60_000;
    expect(bench.tell('task', { ...newest, ...closed })).toEqual([fresh]);
    expect(statuses(bench).filter((status) => status === 'COMPLETED')).toHaveLength(2);
    expect(bench.state.tasks).toHaveLength(27);
  });
});
