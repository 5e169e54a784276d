/** Tasks of a debt in a CRM: opened by a rung, closed when the balance clears, open again when the bank takes the payment back. */
import * as hubspot from '../../local/vendors/hubspot/people';
import { bookOf, disputeOf, intentOf, loadStripe, twisted, verdictOf, type World } from '../worlds';
import { mornings, paysByCheque } from './carriers-world';
import { crmHouse, hubspotState, later, told } from './crm-world';

const line = twisted();
afterEach(() => delete line.twist);

/** The fourteenth of December: the second reminder has opened a task about each. */
const called = (() => {
  const world = crmHouse(line.vendors);
  mornings(world, '2026-12-02', '2026-12-07', '2026-12-14');
  return world;
})();

const tasksThere = (world: World, lease: string) =>
  hubspotState(world)
    .tasks.filter(({ properties }) => properties.hs_task_body?.includes(`${lease} RL-task-`))
    .map(({ properties }) => [properties.hs_task_subject, properties.hs_task_status]);
const tasksHere = (world: World, lease: string) =>
  bookOf(world)
    .tasks.filter((task) => task.lease === lease)
    .map(({ task, state }) => [task, state]);

const paysByCard = (world: World, lease: string, amount: number) =>
  loadStripe(world, [intentOf(`pi_${lease}`, lease, amount, world.now)]);

describe('a task of a rung', () => {
  it('is opened on the contact, with its due day and whose it is', () => {
    expect(tasksThere(called, 'L-1')).toEqual([['Call the resident', 'NOT_STARTED']]);
    const [task] = hubspotState(called).tasks;
    expect(task?.properties).toMatchObject({
      hs_task_priority: 'HIGH',
      hs_task_body: expect.stringContaining('Balance: 1050.00 USD'),
    });
    expect(hubspotState(called).links).toHaveLength(2);
  });

  it('is closed there when the balance clears, and the other lease’s stays open', () => {
    const world = called.clone();
    paysByCard(world, 'L-1', 105_000);
    later(world, 12, 24);
    expect(tasksHere(world, 'L-1')).toEqual([['Call the resident', 'closed by payment']]);
    expect(tasksThere(world, 'L-1')).toEqual([['Call the resident', 'COMPLETED']]);
    expect(tasksThere(world, 'L-2')).toEqual([['Call the resident', 'NOT_STARTED']]);
  });

  it('stays open while a part is owed', () => {
    const world = called.clone();
    paysByCard(world, 'L-1', 100_000);
    later(world, 12, 24);
    expect(tasksThere(world, 'L-1')).toEqual([['Call the resident', 'NOT_STARTED']]);
  });

  it('is the same task open again when the payment bounces at the vendor, and closes again with the next', () => {
    const world = called.clone();
    paysByCard(world, 'L-1', 105_000);
    later(world, 12, 24);
    loadStripe(world, [disputeOf('dp_L1', 'pi_L-1', 105_000, world.now, 'needs_response')]);
    later(world, 12, 24);
    expect(tasksHere(world, 'L-1')).toContainEqual(['Call the resident', 'open']);
    const mine = tasksThere(world, 'L-1').filter(([subject]) => subject === 'Call the resident');
    expect(mine).toEqual([['Call the resident', 'NOT_STARTED']]);
    for (const amount of ['600.00', '450.00']) paysByCheque(world, 'L-1', amount);
    later(world, 12, 24);
    expect(new Set(tasksThere(world, 'L-1').map(([, state]) => state))).toEqual(new Set(['COMPLETED']));
    expect(told(world, 'task', 'L-1').every(({ state }) => state === 'sent')).toBe(true);
    expect(verdictOf(world).problems).toEqual([]);
  });

  it('is told in its last state only, where it opened and closed while the platform was away', () => {
    const world = called.clone();
    world.faults.atVendor({ vendor: 'hubspot', what: 'server-error', when: 'always' });
    paysByCard(world, 'L-1', 105_000);
    later(world, 12);
    loadStripe(world, [disputeOf('dp_L1', 'pi_L-1', 105_000, world.now, 'needs_response')]);
    later(world, 12);
    world.faults.clear();
    later(world, 40, 80, 160);
    expect(tasksHere(world, 'L-1')).toContainEqual(['Call the resident', 'open']);
    expect(tasksThere(world, 'L-1').filter(([subject]) => subject === 'Call the resident')).toEqual([
      ['Call the resident', 'NOT_STARTED'],
    ]);
  });

  it('that somebody has ticked off there stays ticked off until the debt returns', () => {
    const world = called.clone();
    const [task] = hubspotState(world).tasks.filter(({ properties }) => properties.hs_task_body?.includes('L-1 RL-'));
    hubspot.completeTask(hubspotState(world), task?.id ?? '', world.now);
    later(world, 12, 24);
    expect(tasksThere(world, 'L-1')).toEqual([['Call the resident', 'COMPLETED']]);
    expect(tasksHere(world, 'L-1')).toEqual([['Call the resident', 'open']]);
  });

  it('is made once where the answer to its making was lost', () => {
    const world = crmHouse(line.vendors);
    mornings(world, '2026-12-02', '2026-12-07');
    line.twist = ({ url }, reply) => (/tasks\/batch\/create/.test(url) ? { ...reply, status: 502, body: '' } : reply);
    mornings(world, '2026-12-14');
    delete line.twist;
    later(world, 40, 80);
    expect(tasksThere(world, 'L-1')).toEqual([['Call the resident', 'NOT_STARTED']]);
    expect(told(world, 'task', 'L-1').map(({ state }) => state)).toEqual(['sent']);
  });
});
