import { instantOf } from '../../src/domain/calendar';
import type { TaskNote } from '../../src/domain/status';
import { openTasksToTell, taskName } from '../../src/domain/task-telling';
import type { Listener } from '../../src/domain/telling';
import { key, leaseId } from '../../src/domain/values';
import { bookIn, type Ear, listening, pay, until } from './telling-world';

const CRM: Listener = { platform: 'crm', tells: { task: 'all leases' } };
const LINKED: Listener = { platform: 'linked', tells: { task: 'linked leases' } };

const noteOf = (intent: Ear['told'][number]['intent']) => intent.payload as unknown as TaskNote;
const lines = ({ told }: Ear, platform = 'crm') =>
  told
    .filter(({ intent }) => intent.channel === platform && intent.kind === 'task')
    .map(({ on, intent }) => `${on} ${noteOf(intent).task.replace('task:', '')} ${noteOf(intent).state}`);
const CALL = 'rung:late-second:L-1:2026-12';

describe('a task that a debt has opened', () => {
  it('is told open, and closed when the balance clears', () => {
    const ear = until(listening(['L-1 rent 1000.00'], [CRM]), '2026-12-15');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    expect(lines(ear)).toEqual([`2026-12-14 ${CALL} open`, `2026-12-15 ${CALL} closed`]);
  });

  it('opens again when the payment bounces, beside the task of the bounce, and closes again', () => {
    const ear = until(listening(['L-1 rent 1000.00'], [CRM]), '2026-12-15');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    until(ear, '2026-12-16');
    pay(ear, 'stripe:p1 returned');
    pay(ear, 'stripe:p2 L-1 1000.00 settled');
    expect(lines(ear)).toEqual([
      `2026-12-14 ${CALL} open`,
      `2026-12-15 ${CALL} closed`,
      `2026-12-16 ${CALL} open`,
      '2026-12-16 returned:stripe:p1 open',
      `2026-12-16 ${CALL} closed`,
      '2026-12-16 returned:stripe:p1 closed',
    ]);
    const [task] = ear.world.tasks;
    expect(task?.state).toBe('closed by payment');
  });

  it('stays closed where another payment that bounces leaves its own charge paid', () => {
    const ear = until(listening(['L-1 rent 1000.00'], [CRM]), '2026-12-15');
    pay(ear, 'stripe:p1 L-1 1000.00 settled');
    until(ear, '2027-01-02');
    pay(ear, 'stripe:p2 L-1 1000.00 settled');
    until(ear, '2027-01-04');
    pay(ear, 'stripe:p2 returned');
    expect(lines(ear).filter((line) => line.includes(CALL))).toEqual([
      `2026-12-14 ${CALL} open`,
      `2026-12-15 ${CALL} closed`,
    ]);
  });

  it('is told under a key of its own each time, however often it turns on one day', () => {
    const ear = until(listening(['L-1 rent 1000.00'], [CRM]), '2026-12-14');
    for (const name of ['p1', 'p2', 'p3']) {
      pay(ear, `stripe:${name} L-1 1000.00 settled`);
      pay(ear, `stripe:${name} returned`);
    }
    const rungs = ear.told.filter(({ intent }) => intent.kind === 'task' && noteOf(intent).task.includes(CALL));
    expect(rungs.map(({ intent }) => noteOf(intent).state)).toEqual([
      'open',
      'closed',
      'open',
      'closed',
      'open',
      'closed',
      'open',
    ]);
    expect(new Set(rungs.map(({ intent }) => taskName(intent.key))).size).toBe(1);
  });

  it('says whose it is, what is owed, and where the lease is at the platform', () => {
    const ear = listening(['L-1 rent 1000.00'], [LINKED]);
    ear.world.links.push({ row: 2, lease: leaseId('L-1'), platform: 'linked', kind: 'customer', externalId: 'c-7' });
    until(ear, '2026-12-14');
    const [told] = ear.told;
    expect(told?.intent.payload).toEqual({
      task: `task:${CALL}`,
      leaseId: 'L-1',
      property: 'Elm Street 5',
      unit: 'L-1',
      residents: 'Resident of L-1',
      email: 'l-1@example.com',
      currency: 'USD',
      balanceCents: 100000,
      title: 'Call the resident',
      detail: expect.stringContaining('Resident of L-1'),
      owner: ear.world.property.managerEmail,
      due: '2026-12-16',
      state: 'open',
      outcome: '',
      customer: 'c-7',
    });
  });

  it('is not told of leases that are not linked, where only those are wanted', () => {
    expect(until(listening(['L-1 rent 1000.00'], [LINKED]), '2026-12-20').told).toEqual([]);
  });
});

describe('a platform that is connected while tasks are open', () => {
  it('is told of those and of no closed ones', () => {
    const ear = until(listening(['L-1 rent 1000.00', 'L-2 rent 500.00'], []), '2026-12-14');
    pay(ear, 'stripe:p1 L-2 500.00 settled');
    const now = instantOf(ear.world.today, 12, 0, ear.world.property.zone);
    const told = openTasksToTell({ ...bookIn(ear), listeners: [CRM] }, { id: 'r', by: 't', now });
    expect(told.map((intent) => intent.lease)).toEqual(['L-1']);
  });
});

describe('the name of a task at a platform', () => {
  it('is the same for every state, and no other effect has one', () => {
    expect(taskName(key('told-task:crm:0123456789ab:01234567'))).toBe('told-task:crm:0123456789ab');
    expect(taskName(key('standing:crm:L-1:01234567'))).toBeUndefined();
  });
});
