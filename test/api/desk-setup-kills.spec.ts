/** Each click of the wizard cut off after every service call, and made again with the same id: it acts once, and to the end. */
import { createHash } from 'node:crypto';
import type { CallName } from '../../src/api/desk/contract';
import { housed } from '../resident-worlds';
import { askApi, bare, leapTo, leaseOf, OWNER, smallWorld, tabOf, type World } from '../worlds';
import { ask, click, given, peopleTabs } from './desk-setup-world';

const NEXT = 'nia@example.com';
const ON = '2026-12-01';
const CALLS_MAX = 200;

const begun = smallWorld({ on: ON, leases: [leaseOf('L-1')], settings: { Managers: NEXT, Reminders: 'off' } });
const withDemo = begun.clone();
given(ask(withDemo, 'demoPortfolio', { ...click(), put: true }));
askApi(withDemo, 'daily');
const offered = begun.clone();
given(ask(offered, 'handOver', { ...click(), step: { kind: 'offer', to: NEXT } }));
const taken = offered.clone();
given(ask(taken, 'handOver', { ...click(), step: { kind: 'take' } }, NEXT));
leapTo(taken, taken.now + 60_000);

const ROLL =
  'Property,Unit,Tenant,Rent,Start\nElm House,7,Ann Lee,1200,2026-12-01\nOak Court,1,Bo Poe,900,2026-12-01\n';

interface Clicked {
  readonly name: CallName;
  readonly world: World;
  readonly args: object;
  readonly user?: string;
}

const CLICKS: readonly (readonly [string, Clicked])[] = [
  ['the first facts', { name: 'saveFacts', world: bare(ON), args: { facts: { currency: 'EUR', done: 'choose' } } }],
  ['an import', { name: 'importRoll', world: begun, args: { from: { text: ROLL }, mapping: {} } }],
  ['the demo taken away', { name: 'demoPortfolio', world: withDemo, args: { put: false } }],
  ['the clock off', { name: 'schedule', world: begun, args: { on: false } }],
  ['taking over', { name: 'handOver', world: offered, args: { step: { kind: 'take' } }, user: NEXT }],
  ['every link closed', { name: 'revokePageLinks', world: housed(), args: {} }],
  ['leaving', { name: 'handOver', world: taken, args: { step: { kind: 'leave' } } }],
];

/** What a person finds afterwards, without the times at which it happened. */
const found = (world: World) => ({
  people: createHash('sha256').update(peopleTabs(world)).digest('hex'),
  ledger: tabOf(world, 'Ledger').map((row) => [row['Lease ID'], row.Kind, row.Amount]),
  acts: tabOf(world, 'Log').map((row) => [row.Kind, row.What]),
  rentRoll: tabOf(world, 'Rent Roll').map((row) => [row['Lease ID'], row.Status]),
  connections: tabOf(world, 'Connections').map((row) => [row.Platform, row.State]),
  triggers: world.triggers.map((trigger) => `${trigger.user} ${trigger.handler}`).sort(),
  owner: world.properties.document?.owner,
  handOver: world.properties.document?.['hand-over'],
  steps: world.properties.document?.setup,
  secrets: Object.keys(world.properties[`user:${OWNER}`] ?? {}).filter((name) => name.startsWith('secret:')),
});

describe('a click that is cut off and made again', () => {
  it.each(CLICKS)('acts once and to the end: %s', (_what, { name, world, args, user = OWNER }) => {
    const whole = { ...click(), ...args };
    const act = (on: World) => on.run('api', [name, [whole]], { trigger: 'sidebar', user });
    const reference = world.clone();
    expect(act(reference)).toMatchObject({ ok: true, value: { ok: true } });
    const expected = found(reference);
    let kills = 0;
    for (let call = 1; call < CALLS_MAX; call++) {
      const again = world.clone();
      again.faults.killAt(call, 'after', 'api');
      if (act(again).ok) break;
      kills++;
      expect(act(again)).toMatchObject({ ok: true, value: { ok: true } });
      expect([call, found(again)]).toEqual([call, expected]);
    }
    expect(kills).toBeGreaterThan(5);
  });
});
