/** People without the role, with strange arguments, or at the same moment: what the one door lets them do. */
import {
  type Answered,
  answerAs,
  askApi,
  bookOf,
  ELM,
  importRows,
  leapTo,
  leaseOf,
  OWNER,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';
import { hostile } from './hostile';

const base = smallWorld({
  on: '2026-11-30',
  properties: [ELM, { ...ELM, Property: 'Oak Court' }],
  leases: [leaseOf('L-1'), leaseOf('L-2'), leaseOf('O-1', { Property: 'Oak Court' })],
  settings: {
    Managers: 'ann@example.com, bob@example.com (Oak Court)',
    Viewers: 'eve@example.com',
  },
});
leapTo(base, '2026-12-01T14:30:00Z');

const credit = (lease: string, amount = '10.00') => ({ kind: 'credit', lease, amount, reason: 'goodwill' });
const versionOf = (world: World, lease: string, user = OWNER): string => {
  const seen = answerAs(world, user, 'preview', { act: credit(lease) });
  return String((seen.value as { version?: string } | undefined)?.version ?? '');
};
const applyAs = (world: World, user: string, lease: string, version: string, request = 'r-0001'): Answered =>
  answerAs(world, user, 'apply', { request, act: credit(lease), before: { version } });

/** All that a call could have written but the traces of the call itself. */
const books = (world: World): string =>
  JSON.stringify([bookOf(world).entries, tabOf(world, 'Receipts'), tabOf(world, 'Leases')]);

describe('who may act', () => {
  hostile(
    'sidebar-authorisation-02',
    'an editor without the role is refused by the script, and the Log names the caller',
    () => {
      const world = base.clone();
      for (const user of ['eve@example.com', 'stranger@example.com']) {
        const { ok, error } = applyAs(world, user, 'L-1', versionOf(world, 'L-1'));
        expect([ok, error]).toEqual([false, `This needs the manager of this ledger. Ask ${OWNER}.`]);
        const [line] = tabOf(world, 'Log').slice(-1);
        expect([line?.Kind, line?.Who]).toEqual(['refused', user]);
        expect(line?.What).toContain('apply');
      }
      expect(bookOf(world).entries.filter((entry) => entry.kind === 'credit')).toEqual([]);
    },
  );

  hostile('sidebar-authorisation-03', 'a viewer reads, and nothing secret is among it', () => {
    const world = base.clone();
    const told = ['today', 'connections', 'log', 'queue', 'setupView', 'progress'].map((name) =>
      answerAs(world, 'eve@example.com', name, {}),
    );
    expect(told.map(({ ok }) => ok)).toEqual(told.map(() => true));
    expect(JSON.stringify(told)).not.toMatch(/sk_test_rentledger|hooks\.slack\.com\/services\/T/);
  });

  hostile('sidebar-authorisation-05', "another property's lease is answered as one that does not exist", () => {
    const world = base.clone();
    const bob = 'bob@example.com';
    const words = (name: string, args: object) =>
      JSON.stringify(answerAs(world, bob, name, args))
        .replace(/L-1|L-9/g, 'X')
        .replace(/"id":"[^"]*"/, '');
    const pairs: readonly (readonly [string, (lease: string) => object])[] = [
      ['lease', (lease) => ({ lease })],
      ['preview', (lease) => ({ act: credit(lease) })],
      ['apply', (lease) => ({ request: `r-0000-${lease}`, act: credit(lease), before: { version: 'v' } })],
      ['recordOne', (lease) => ({ request: `q-0000-${lease}`, lease, amount: '5.00', method: 'cash', reference: '' })],
    ];
    for (const [name, args] of pairs)
      expect([name, words(name, args('L-1'))]).toEqual([name, words(name, args('L-9'))]);
    expect(JSON.stringify(answerAs(world, bob, 'today', {}))).not.toContain('L-1');
    expect(JSON.stringify(answerAs(world, bob, 'log', {}))).not.toContain('L-1');
    expect(answerAs(world, bob, 'lease', { lease: 'O-1' }).value).toHaveProperty('line');
  });

  hostile('sidebar-authorisation-07', 'somebody whose address Google does not tell is never the owner', () => {
    const world = base.clone();
    const { ok, error } = applyAs(world, '', 'L-1', versionOf(world, 'L-1'));
    expect([ok, error]).toEqual([false, `This needs the manager of this ledger. Ask ${OWNER}.`]);
    expect(answerAs(world, '', 'today', {}).ok).toBe(false);
    const open = smallWorld({ on: '2026-11-30' });
    expect(answerAs(open, '', 'today', {}).ok).toBe(true);
    expect(answerAs(open, '', 'daily', {}).ok).toBe(false);
  });
});

describe('what they may send', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['no arguments', undefined],
    ['a number', 7],
    [
      'an object instead of a text',
      { request: 'r-000001', act: { ...credit('L-1'), amount: { toString: '10' } }, before: { version: 'v' } },
    ],
    ['a list with words', { request: 'r-000001', act: { ...credit('L-1'), lease: ['L-1'] }, before: { version: 'v' } }],
    [
      'a number that is none',
      { request: 'r-000001', act: { ...credit('L-1'), amount: null }, before: { version: 'v' } },
    ],
    ['too much', { request: 'r-000001', act: credit('L-1'), before: { version: 'v' }, asOwner: true }],
    ['too little', { request: 'r-000001', act: { kind: 'credit', lease: 'L-1' }, before: { version: 'v' } }],
    [
      'an unknown act',
      { request: 'r-000001', act: { kind: 'overrideBalance', lease: 'L-1', reason: 'x' }, before: { version: 'v' } },
    ],
    ['an amount without end', { request: 'r-000001', act: credit('L-1', '1e309'), before: { version: 'v' } }],
    ['a prototype', JSON.parse('{"request":"r-000001","__proto__":{"act":1}}')],
  ];

  for (const [what, args] of wrong)
    hostile('sidebar-authorisation-04', `${what}: refused in words, and nothing is changed`, () => {
      const world = base.clone();
      const before = books(world);
      const answered = answerAs(world, OWNER, 'apply', args);
      const refused = answered.ok ? (answered.value as { refused?: string }).refused : answered.error;
      expect(refused).toMatch(/\S/);
      expect(books(world)).toBe(before);
    });

  for (const name of ['constructor', '__proto__', 'toString', 'answer', 'setUp_', 'eval', ''])
    hostile('sidebar-authorisation-04', `nothing is called "${name}"`, () => {
      const { ok, error } = answerAs(base.clone(), OWNER, name, {});
      expect([ok, error]).toEqual([false, `There is nothing called "${name}".`]);
    });
});

describe('two at once', () => {
  hostile(
    'sidebar-authorisation-06',
    'the second override of what has changed meanwhile is refused with the new state, and both are in the Log',
    () => {
      const world = base.clone();
      const seen = versionOf(world, 'L-1');
      expect(applyAs(world, 'ann@example.com', 'L-1', seen, 'r-ann-01').value).toMatchObject({ done: true });
      const second = applyAs(world, OWNER, 'L-1', seen, 'r-owner-01');
      expect(second.value).toHaveProperty('refused');
      expect(bookOf(world).entries.filter((entry) => entry.kind === 'credit')).toHaveLength(1);
      const lines = tabOf(world, 'Log').filter((row) => /click-r-(ann|owner)/.test(row.Run ?? ''));
      expect([...new Set(lines.map((row) => row.Who))].sort()).toEqual(['ann@example.com', OWNER]);
      expect(verdictOf(world).ok).toBe(true);
    },
  );

  hostile(
    'sidebar-authorisation-08',
    'a hidden or guarded tab that is edited by hand is found, and stops what would trust it',
    () => {
      for (const tab of ['Openings', 'Log', 'Ledger']) {
        const world = base.clone();
        importRows(world, 'Leases', [leaseOf('L-3')]);
        world.edit(tab, 'B2', 'mine', 'eve@example.com');
        const { ok, problems } = verdictOf(world);
        expect([tab, ok]).toEqual([tab, tab === 'Openings' && tabOf(base, 'Openings').length === 0]);
        if (!ok) expect(problems.join('\n')).toContain(tab);
      }
      const world = base.clone();
      typeInto(world, 'State', 'ledgerLastKey', 'Value', 'mine', 'eve@example.com');
      expect(answerAs(world, OWNER, 'today', {}).error).toMatch(/somebody|sorted or edited/);
      expect(askApi<{ trouble?: string }>(world, 'daily').trouble).toMatch(/Nothing was written/);
    },
  );
});
