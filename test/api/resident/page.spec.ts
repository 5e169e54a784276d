/** A resident's link from the mail to the page: who sees what, and that everybody else sees one and the same answer. */
import { createHmac } from 'node:crypto';
import { pageToken } from '../../../src/domain/page-token';
import { ELM, HOUR, leapTo, leaseOf, MINUTE, mailsOf, smallWorld, tabOf, type World } from '../../worlds';

const settings = { Reminders: 'on' };

/** Two leases of one house, charged on the first of December; the page's rows are made that night. */
export function housed(more: Parameters<typeof smallWorld>[0] | object = {}): World {
  const leases = [leaseOf('L-1'), leaseOf('L-2', { Email: 'bob@example.com, cleo@example.com', Rent: '1234.00' })];
  const world = smallWorld({ on: '2026-11-25', leases, properties: [ELM], settings, ...more });
  leapTo(world, '2026-12-01T15:30:00Z');
  return world;
}

const base = housed();
const secretOf = (world: World): string => world.properties[`user:${world.owner}`]?.['secret:resident-pages'] ?? '';
const seal = (world: World) => (text: string) => createHmac('sha256', secretOf(world)).update(text).digest('hex');

const rowOf = (world: World, address: string) => {
  const row = tabOf(world, 'Resident pages').find((each) => each.Address === address);
  if (!row) throw new Error(`no page for ${address}`);
  return row;
};

const tokenFor = (world: World, address: string, now = world.now, more: { id?: string; version?: number } = {}) => {
  const row = rowOf(world, address);
  return pageToken(seal(world), { id: row.Link ?? '', version: Number(row.Version), ...more }, now, 30);
};

const get = (world: World, page: string, more: Record<string, string> = {}) => {
  const before = world.executions.length;
  const { body, status } = world.doGet({ page, ...more });
  const run = world.executions[before];
  if (!run) throw new Error('nothing ran');
  return { body, status, run };
};

const NEUTRAL = get(base.clone(), 'rl_nothing').body;

describe('the Resident pages tab', () => {
  it('gets a row for each address in the night, for the phone and for all mail addresses of a lease together', () => {
    expect(tabOf(base, 'Resident pages').map((row) => [row['Lease ID'], row.Address, row.Version, row.State])).toEqual([
      ['L-1', 'l-1@example.com', '1', 'live'],
      ['L-2', 'bob@example.com', '1', 'live'],
      ['L-2', 'cleo@example.com', '1', 'live'],
      ['L-2', 'bob@example.com, cleo@example.com', '1', 'live'],
    ]);
  });
});

describe('a good link', () => {
  it('shows its own lease, in nine calls at most', () => {
    const { body, run } = get(base.clone(), tokenFor(base, 'l-1@example.com'));
    expect(body).toContain('Resident L-1');
    expect(body).toContain('$1,000.00');
    expect(body).not.toContain('L-2');
    expect(body).not.toContain('1,234');
    expect(run.totalCalls).toBeLessThan(10);
    expect(run.modelMs).toBeLessThan(2000);
  });
});
