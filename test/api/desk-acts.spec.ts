/** Overrides at the desk, on the built add-on: seen before, applied as they were seen, once, by those who may, and undone. */
import type { Act, Applied, Preview, Unsettled } from '../../src/api/desk/override';
import { bookOf, HOUR, importRows, liveDays, tabOf, typeInto, verdictOf, type World } from '../worlds';
import { answerTo, applied, call, lateHouse, MEG, OLGA, previewed, undone, VIC } from './desk-acts-world';

const RENT = 'rent:L-1:2026-11';
const FEE = 'fee:rent:L-1:2026-11';
const waiver: Act = { kind: 'waive', lease: 'L-1', charge: FEE, reason: 'the bank was closed' };

const late = lateHouse();
const balanceOf = (world: World, lease = 'L-1') => bookOf(world).leases.find((each) => each.id === lease)?.balance;
const logOf = (world: World, kind: string) => bookOf(world).log.filter((line) => line.kind === kind);
const changesOf = ({ changes }: Preview) => changes.map(({ what, before, after }) => `${what}: ${before} -> ${after}`);
const whole = (world: World) => expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });

describe('each act', () => {
  const acts: readonly (readonly [string, Act, readonly string[]])[] = [
    ['waives a fee', waiver, ['Balance: 1,550.00 USD -> 1,500.00 USD']],
    [
      'gives a credit',
      { kind: 'credit', lease: 'L-1', amount: '2000', reason: 'the lift stood still' },
      ['Balance: 1,550.00 USD -> -450.00 USD', 'Standing: late 6 days -> paid', 'Money ahead: 0.00 USD -> 450.00 USD'],
    ],
    [
      'lowers a charge',
      { kind: 'adjust', lease: 'L-1', charge: RENT, to: '900', reason: 'agreed' },
      ['Open of rent, due Nov 1, 2026: 1,000.00 USD -> 900.00 USD'],
    ],
    [
      'raises a charge',
      { kind: 'adjust', lease: 'L-1', charge: FEE, to: '75.50', reason: 'agreed' },
      ['Balance: 1,550.00 USD -> 1,575.50 USD', 'Open of late fee, due Nov 7, 2026: none -> 25.50 USD'],
    ],
    [
      'charges once',
      { kind: 'charge', lease: 'L-1', type: 'Key replacement', amount: '25', due: '2026-11-20', reason: 'lost' },
      ['Balance: 1,550.00 USD -> 1,575.00 USD', 'Due day of key replacement, due Nov 20, 2026: none -> Nov 20, 2026'],
    ],
    [
      'moves a due day',
      { kind: 'due', lease: 'L-2', charge: 'rent:L-2:2026-11', to: '2026-11-20', reason: 'agreed' },
      ['Standing: late 6 days -> grace', 'Due day of rent, due Nov 1, 2026: Nov 1, 2026 -> Nov 20, 2026'],
    ],
    [
      'holds',
      { kind: 'hold', lease: 'L-1', until: '2026-11-20', reason: 'agreed' },
      ['Standing: late 6 days -> hold', 'Hold until: none -> Nov 20, 2026'],
    ],
    [
      'changes the rent',
      { kind: 'rent', lease: 'L-1', amount: '1200', from: '2026-12-01', reason: 'letter of October' },
      ['Rent from Dec 1, 2026: 1,000.00 USD -> 1,200.00 USD'],
    ],
    [
      'ends the lease',
      { kind: 'move out', lease: 'L-1', end: '2026-11-15', reason: 'moves' },
      ['End: none -> Nov 15, 2026'],
    ],
    [
      'begins a plan',
      { kind: 'pause', lease: 'L-1', type: 'plan', begins: true, reason: 'agreed' },
      ['Standing: late 6 days -> plan', 'Next rung: late-second on Nov 13, 2026 -> none'],
    ],
  ];

  it.each(acts)('%s, comes to what was previewed, and is undone to what was before', (_what, act, changes) => {
    const world = late.clone();
    const before = bookOf(world);
    const seen = previewed(world, act);
    expect(changesOf(seen)).toEqual(expect.arrayContaining([...changes]));
    expect(bookOf(world).entries).toEqual(before.entries);
    const done = applied(world, 'request-1', act) as Applied;
    expect(done).toMatchObject({ done: true, undo: 'click-request-1' });
    const after = bookOf(world);
    expect(after.entries.slice(before.entries.length).map((entry) => entry.key)).toEqual(done.keys);
    expect(done.keys).toHaveLength(seen.entries.length);
    expect(after.log.some((line) => line.kind === 'act' && line.what === done.says)).toBe(true);
    whole(world);
    const back = undone(world, 'request-2', 'click-request-1') as Applied;
    expect(back).toMatchObject({ done: true, says: `Undone: ${done.says}` });
    const settled = bookOf(world);
    expect(settled.leases).toEqual(before.leases);
    expect(tabOf(world, 'Leases')).toEqual(tabOf(late, 'Leases'));
    expect(tabOf(world, 'Terms')).toEqual(tabOf(late, 'Terms'));
    expect(tabOf(world, 'Rent Roll')).toEqual(tabOf(late, 'Rent Roll'));
    expect(settled.entries).toHaveLength(before.entries.length + 2 * done.keys.length);
    expect(logOf(world, 'undo')).toEqual([expect.objectContaining({ key: 'click-request-1' })]);
    whole(world);
    expect(undone(world, 'request-3', 'click-request-1')).toEqual({ refused: 'It was undone already.' });
    expect(undone(world, 'request-4', 'click-request-2')).toEqual({
      refused: expect.stringContaining('An undo cannot'),
    });
  });

  it('names what the next run does because of it, and the next run does that', () => {
    const world = late.clone();
    const act: Act = { kind: 'rent', lease: 'L-1', amount: '1200', from: '2026-11-01', reason: 'agreed in October' };
    const { also, warnings } = previewed(world, act);
    expect(also).toEqual([expect.stringMatching(/^The next run posts a charge of 200\.00 USD \(rent\)/)]);
    expect(warnings).toEqual([expect.stringContaining('begins in the past')]);
    applied(world, 'request-1', act);
    liveDays(world, '2026-11-08', '2026-11-08');
    expect(bookOf(world).entries.filter((entry) => entry.amount === '200.00')).toHaveLength(1);
    expect(undone(world, 'request-2', 'click-request-1')).toMatchObject({ done: true });
    liveDays(world, '2026-11-09', '2026-11-09');
    expect(balanceOf(world)).toBe('1550.00');
    whole(world);
  });

  it('names the messages that no longer leave and the tasks that close', () => {
    const world = late.clone();
    liveDays(world, '2026-11-13', '2026-11-13');
    const act: Act = { kind: 'credit', lease: 'L-1', amount: '1550', reason: 'settled in court' };
    expect(previewed(world, act).also).toContainEqual('The task "Call the resident" closes.');
    applied(world, 'request-1', act);
    const task = () =>
      bookOf(world).tasks.find((each) => each.key.startsWith('task:rung') && each.lease === 'L-1')?.state;
    expect(task()).toBe('closed by payment');
    undone(world, 'request-2', 'click-request-1');
    expect(task()).toBe('open');
    whole(world);
  });

  it('reverses a check that bounced, with what follows from it, and counts it again', () => {
    const world = late.clone();
    const [receipt] = call<{ keys: string[] }>(world, 'recordReceipt', {
      lease: 'L-1',
      amount: '1550.00',
      method: 'check',
      reference: '17',
    }).keys;
    const act: Act = { kind: 'reverse', lease: 'L-1', receipt: receipt ?? '', because: 'returned', reason: 'no funds' };
    expect(changesOf(previewed(world, act))).toContain('Payment check-17: settled -> returned');
    applied(world, 'request-1', act);
    expect([balanceOf(world), bookOf(world).receipts[0]?.state]).toEqual(['1550.00', 'returned']);
    expect(applied(world, 'request-2', act, { before: { version: 'x' } })).toEqual({
      refused: 'It was reversed already.',
    });
    undone(world, 'request-3', 'click-request-1');
    expect([balanceOf(world), bookOf(world).receipts[0]?.state]).toEqual(['0.00', 'settled']);
    expect(applied(world, 'request-4', act)).toMatchObject({ done: true });
    whole(world);
  });
});

describe('an act is refused', () => {
  const refusals: readonly (readonly [string, Act, string])[] = [
    ['without a reason', { ...waiver, reason: ' ' }, 'Say why: the reason stands in the Ledger and in the Log.'],
    [
      'on an unknown lease',
      { ...waiver, lease: 'X-9' },
      'There is no lease "X-9" that runs. Look at its row on the Leases tab.',
    ],
    ['for more than is open', { ...waiver, amount: '51' }, `Only 50.00 of ${FEE} is open.`],
    [
      'on a deposit',
      { ...waiver, charge: 'deposit:L-1' },
      'A deposit is held for the resident and is no income: it cannot be waived or adjusted.',
    ],
    [
      'with a type that would break a row',
      { kind: 'charge', lease: 'L-1', type: 'a; b = 1 of 2 (x', amount: '1', reason: 'x' },
      'Name the charge in a few plain words, such as key replacement.',
    ],
    [
      'to a day that is none',
      { kind: 'due', lease: 'L-1', charge: RENT, to: '2026-02-30', reason: 'x' },
      '"2026-02-30" is not a date.',
    ],
    [
      'where it changes nothing',
      { kind: 'adjust', lease: 'L-1', charge: RENT, to: '1000', reason: 'x' },
      `${RENT} comes to 1,000.00 USD already.`,
    ],
    [
      'into the past',
      { kind: 'hold', lease: 'L-1', until: '2026-11-06', reason: 'x' },
      'A hold must last until today or later, and no longer than two years.',
    ],
  ];

  it.each(refusals)('%s, and nothing is written', (_why, act, refused) => {
    const world = late.clone();
    const before = bookOf(world);
    expect(call(world, 'preview', { act })).toEqual({ refused });
    expect(applied(world, 'request-1', act, { before: { version: '' } })).toEqual({ refused });
    expect(bookOf(world).entries).toEqual(before.entries);
    expect(call<Unsettled>(world, 'became', { request: 'request-1' })).toEqual({ state: 'not done' });
  });

  it('with arguments that it does not know', () => {
    const extra = answerTo(late.clone(), 'preview', { act: { ...waiver, force: true } });
    expect(extra).toMatchObject({ ok: false, kind: 'arguments' });
    expect(answerTo(late.clone(), 'apply', { request: '../1', act: waiver, before: { version: '' } })).toMatchObject({
      kind: 'arguments',
    });
  });

  it('to a viewer, in the Log too, who may still look at what it would do', () => {
    const world = late.clone();
    const { version } = previewed(world, waiver, VIC);
    expect(answerTo(world, 'apply', { request: 'request-1', act: waiver, before: { version } }, VIC)).toMatchObject({
      kind: 'role',
    });
    expect(logOf(world, 'refused')).toEqual([expect.objectContaining({ what: expect.stringContaining(VIC) })]);
    expect(balanceOf(world)).toBe('1550.00');
  });

  it('to a manager of another house in the words for a lease that is not there', () => {
    const world = late.clone();
    const unknown = (lease: string) => `There is no lease "${lease}" that runs. Look at its row on the Leases tab.`;
    expect(call(world, 'preview', { act: waiver }, OLGA)).toEqual({ refused: unknown('L-1') });
    expect(applied(world, 'request-1', waiver, { user: OLGA, before: { version: '' } })).toEqual({
      refused: unknown('L-1'),
    });
    applied(world, 'request-2', waiver, { user: MEG });
    expect(undone(world, 'request-3', 'click-request-2', OLGA)).toEqual({
      refused: 'There is nothing to undo under "click-request-2".',
    });
    const own: Act = { ...waiver, lease: 'O-1', charge: 'fee:rent:O-1:2026-11' };
    expect(applied(world, 'request-4', own, { user: OLGA })).toMatchObject({ done: true });
  });
});

describe('one request', () => {
  it('acts once, however often it is sent', () => {
    const world = late.clone();
    const before = { version: previewed(world, waiver).version };
    const first = applied(world, 'request-1', waiver, { before }) as Applied;
    const entries = bookOf(world).entries.length;
    const again = applied(world, 'request-1', waiver, { before });
    expect(again).toMatchObject({ done: true, says: first.says, keys: first.keys, undo: first.undo });
    expect(call<Unsettled>(world, 'became', { request: 'request-1' })).toMatchObject({ state: 'done' });
    expect(bookOf(world).entries).toHaveLength(entries);
  });
});

describe('what changed since it was seen', () => {
  it('refuses the act, names it, and the Log tells of both', () => {
    const world = late.clone();
    const before = { version: previewed(world, waiver, MEG).version };
    applied(world, 'request-1', { kind: 'charge', lease: 'L-1', type: 'cleaning', amount: '80', reason: 'stairs' });
    const refused = applied(world, 'request-2', waiver, { user: MEG, before });
    expect(refused).toEqual({
      refused: 'L-1 has changed since you looked: its ledger. Look at what it would do now, and decide again.',
    });
    expect(logOf(world, 'refused')).toEqual([
      expect.objectContaining({ who: MEG, what: expect.stringContaining('Waive 50.00 USD') }),
    ]);
    expect(logOf(world, 'act')).toHaveLength(1);
    typeInto(world, 'Leases', 'L-1', 'Hold until', '2026-12-24');
    const stale = { version: before.version };
    expect(applied(world, 'request-3', waiver, { before: stale })).toEqual({
      refused: expect.stringContaining('its ledger, its row on the Leases tab'),
    });
    expect(applied(world, 'request-4', waiver, { user: MEG })).toMatchObject({ done: true });
  });

  it('keeps a cell that somebody wrote over: undo says so', () => {
    const world = late.clone();
    applied(world, 'request-1', { kind: 'hold', lease: 'L-1', until: '2026-11-20', reason: 'agreed' });
    typeInto(world, 'Leases', 'L-1', 'Hold until', '2026-12-24');
    expect(undone(world, 'request-2', 'click-request-1')).toEqual({
      refused: '"Hold until" of L-1 was changed since, to 2026-12-24: set it on the Leases tab.',
    });
    applied(world, 'request-3', { kind: 'rent', lease: 'L-1', amount: '1200', from: '2027-01-01', reason: 'agreed' });
    importRows(world, 'Terms', [
      { 'Lease ID': 'L-1', Type: 'parking', Amount: '40', From: '2026-12-01', Every: 'period' },
    ]);
    expect(undone(world, 'request-4', 'click-request-3')).toMatchObject({ done: true });
    expect(tabOf(world, 'Terms').map((row) => row.Type)).toEqual(['parking']);
  });

  it('lets money stay where a person has put it since', () => {
    const world = late.clone();
    call(world, 'recordReceipt', { lease: 'L-1', amount: '100', method: 'cash', reference: 'a' });
    const act: Act = {
      kind: 'reallocate',
      lease: 'L-1',
      receipt: 'manual:L-1:2026-11-07:cash-a',
      parts: [
        { charge: FEE, amount: '50' },
        { charge: RENT, amount: '50' },
      ],
      reason: 'the resident asked',
    };
    applied(world, 'request-1', act);
    applied(world, 'request-2', { ...act, parts: [{ charge: RENT, amount: '100' }] });
    expect(undone(world, 'request-3', 'click-request-1')).toEqual({
      refused: expect.stringContaining('lies elsewhere by now'),
    });
    expect(undone(world, 'request-4', 'click-request-2')).toMatchObject({ done: true });
    expect(undone(world, 'request-5', 'click-request-1')).toMatchObject({ done: true });
    whole(world);
  });
});

describe('money recorded by hand', () => {
  it('is taken back by undo of its click, and the fee that it had averted is due again', () => {
    const world = late.clone();
    const money = { lease: 'L-1', amount: '1550', method: 'cash', reference: 'b', on: '2026-11-03' };
    call(world, 'recordReceipt', money);
    expect(balanceOf(world)).toBe('-50.00');
    const click = String(logOf(world, 'receipt')[0]?.run);
    expect(undone(world, 'request-1', click)).toMatchObject({ done: true });
    expect([balanceOf(world), bookOf(world).receipts[0]?.state]).toEqual(['1550.00', 'taken back']);
    expect(undone(world, 'request-2', click)).toEqual({ refused: 'It was undone already.' });
    whole(world);
  });
});

describe('a month that is closed', () => {
  it('asks for the amount to be typed, and its acts can still be undone', () => {
    const world = late.clone();
    applied(world, 'request-0', { ...waiver, amount: '20' });
    liveDays(world, '2026-12-01', '2026-12-02');
    world.advanceTo(world.now + HOUR);
    expect(previewed(world, waiver).typeAmount).toBe('30.00');
    expect(applied(world, 'request-1', waiver)).toEqual({ refused: 'Type the amount 30.00 to confirm it.' });
    expect(applied(world, 'request-2', waiver, { typed: '30' })).toMatchObject({ done: true });
    const before = balanceOf(world);
    expect(undone(world, 'request-3', 'click-request-2')).toMatchObject({ done: true });
    expect(undone(world, 'request-4', 'click-request-0')).toMatchObject({ done: true });
    expect(Number(balanceOf(world))).toBe(Number(before) + 50);
    whole(world);
  });
});
