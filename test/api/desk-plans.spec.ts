/** Payment plans at the desk, on the built add-on: seen before, proposed, put before a second person, undone, shown, and killed. */
import PostalMime from 'postal-mime';
import type { LeaseView } from '../../src/api/desk/lease';
import type { Act, Unsettled } from '../../src/api/desk/override';
import type { Today } from '../../src/api/desk/today';
import { bookOf, liveDays, mailsOf, standAt, tabOf, verdictOf, type World } from '../worlds';
import { applied, call, lateHouse, MEG, OLGA, previewed, undone } from './desk-acts-world';

const RENT = 'rent:L-1:2026-11';
const FEE = 'fee:rent:L-1:2026-11';

const plan: Act = {
  kind: 'plan propose',
  lease: 'L-1',
  reason: 'she lost her job',
  charges: ['deposit:L-1', RENT, FEE],
  instalments: [
    { due: '2026-11-20', amount: '775.00' },
    { due: '2026-12-20', amount: '775' },
  ],
  feesPaused: true,
  graceDays: 3,
  missedAllowed: 0,
  agreed: 'on the page',
  note: 'Call us if a day does not suit you.',
};

const late = lateHouse();
const leaseIn = (world: World) => call<LeaseView>(world, 'lease', { lease: 'L-1' });
const plansIn = (world: World) => tabOf(world, 'Ledger').filter((row) => row.Kind === 'plan');
const waiting = (world: World) => tabOf(world, 'Outbox').filter((row) => row.Kind === 'plan-offered');

describe('a proposal', () => {
  it('is seen before: what it changes once it is accepted, and its instalments one by one', () => {
    const seen = previewed(late.clone(), plan);
    const changes = seen.changes.map(({ what, before, after }) => `${what}: ${before} -> ${after}`);
    expect(changes).toEqual(
      expect.arrayContaining([
        'Payment plan: none -> proposed, waits for the resident',
        'Standing once accepted: late 6 days -> plan',
        expect.stringMatching(/^Next rung once accepted: late-second on Nov 13, 2026 -> before-due on Nov 1\d, 2026$/),
        'Late fees on it: as agreed -> rest',
        'Instalment 1: none -> 775.00 USD on Nov 20, 2026',
        'Instalment 2: none -> 775.00 USD on Dec 20, 2026',
      ]),
    );
    expect(changes.filter((each) => each.startsWith('Balance'))).toEqual([]);
    expect(seen.warnings).toEqual([]);
    const rentAlone = { ...plan, charges: [RENT], instalments: [{ due: '2026-11-20', amount: '1000' }] };
    const { warnings } = previewed(late.clone(), rentAlone);
    expect(warnings).toEqual(['550.00 USD that is due lies outside it, and goes on as ever.']);
  });

  it('is one row of the Ledger with its terms, one mail with its instalments, and a card on the lease', async () => {
    const world = late.clone();
    expect(applied(world, 'request-1', plan, { user: MEG })).toMatchObject({
      says: 'Proposed a payment plan for 1,550.00 USD in 2 instalments.',
    });
    const again = { request: 'request-1', act: plan, before: { version: 'any' } };
    expect(call(world, 'apply', again, MEG)).toMatchObject({ done: true });
    expect(plansIn(world).map((row) => [row.Type, row.Amount])).toEqual([
      [
        'proposed: 775.00 on 2026-11-20, 775.00 on 2026-12-20; late fees rest; 3 days of grace; 0 may be missed; ' +
          'agreed on the page; note: Call us if a day does not suit you.',
        '0',
      ],
    ]);
    expect(leaseIn(world).plan).toMatchObject({ state: 'proposed', total: { cents: 155_000 }, paid: { cents: 0 } });
    liveDays(world, '2026-11-08', '2026-11-08');
    const mail = mailsOf(world).find((each) => each.subject === 'A payment plan for $1,550.00');
    const { text } = await PostalMime.parse(mail?.raw ?? '');
    expect(text).toContain('- $775.00, due Nov 20, 2026\n- $775.00, due Dec 20, 2026\n');
    expect(text).toContain('Call us if a day does not suit you.');
    expect(text).not.toContain('lost her job');
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('is undone: the plan is withdrawn, and its mail does not leave', () => {
    const world = late.clone();
    applied(world, 'request-1', plan);
    expect(undone(world, 'request-2', 'click-request-1')).toMatchObject({ done: true });
    expect(leaseIn(world).plan).toBeUndefined();
    liveDays(world, '2026-11-08', '2026-11-08');
    expect(waiting(world).map((row) => [row.State, row.Fault])).toEqual([
      ['cancelled', 'The payment plan went on since.'],
    ]);
    expect(mailsOf(world).filter((each) => each.subject.includes('payment plan'))).toEqual([]);
  });

  it('waits for a second person above the limit, and for nobody who may not see the lease', () => {
    const world = lateHouse({ 'Approval limit': '1000.00' });
    expect(applied(world, 'request-1', plan, { user: MEG, typed: '1550.00' })).toMatchObject({ waits: true });
    expect(plansIn(world)).toEqual([]);
    const effect = bookOf(world).outbox.find((row) => row.kind === 'approval')?.key ?? '';
    expect(call(world, 'decideApproval', { request: 'request-2', effect, approve: true, reason: '' })).toMatchObject({
      done: true,
    });
    expect(plansIn(world)).toHaveLength(1);
    expect(call(late.clone(), 'preview', { act: plan }, OLGA)).toMatchObject({ refused: expect.any(String) });
  });

  it('that nobody answers for more than a week is what the manager sees first thing', () => {
    const world = late.clone();
    applied(world, 'request-1', plan);
    const needs = () => call<Today>(world, 'today', {}).needs.filter((need) => need.kind === 'plan');
    standAt(world, '2026-11-14T15:00:00Z');
    expect(needs()).toEqual([]);
    standAt(world, '2026-11-15T15:00:00Z');
    expect(needs()).toMatchObject([{ lease: 'L-1', since: '2026-11-07', money: { cents: 155_000 } }]);
  });

  it('goes nowhere for signature where DocuSign is not connected', () => {
    const signed = { ...plan, agreed: 'by signature' as const };
    expect(call(late.clone(), 'preview', { act: signed })).toMatchObject({
      refused: expect.stringMatching(/not connected/),
    });
  });

  it('with arguments that no form sends is refused before anything is read', () => {
    const bad = [
      { ...plan, graceDays: '3' },
      { ...plan, instalments: [{ due: '2026-11-20' }] },
      { ...plan, more: 1 },
    ];
    for (const act of bad) expect(() => call(late.clone(), 'preview', { act: act as never })).toThrow(/wrong/);
    expect(call(late.clone(), 'preview', { act: { ...plan, graceDays: 0.5 } })).toMatchObject({
      refused: expect.stringMatching(/whole number/),
    });
  });
});

describe('killed', () => {
  const withdraw: Act = { kind: 'plan withdraw', lease: 'L-1', reason: 'other terms' };
  const proposed = (() => {
    const world = late.clone();
    applied(world, 'request-0', plan);
    return world;
  })();

  it.each([
    ['a proposal', late, plan],
    ['a withdrawal', proposed, withdraw],
  ] as const)('%s is done or not done wherever it is killed, and ends the same', (_, base, act) => {
    const before = { version: previewed(base.clone(), act).version };
    const args = { request: 'request-1', act, before };
    const seen = (world: World) => [
      plansIn(world).map((row) => row.Type),
      tabOf(world, 'Outbox').map((row) => row.Key),
    ];
    const whole = base.clone();
    call(whole, 'apply', args);
    const counts = { done: 0, not: 0 };
    for (let at = 1; ; at++) {
      const world = base.clone();
      world.faults.killAt(at, 'after', 'api');
      if (world.run('api', ['apply', [args]], { trigger: 'sidebar' }).ok) break;
      const { state } = call<Unsettled>(world, 'became', { request: 'request-1' });
      expect([at, seen(world)]).toEqual([at, seen(state === 'done' ? whole : base)]);
      counts[state === 'done' ? 'done' : 'not']++;
      call(world, 'apply', args);
      expect([at, seen(world)]).toEqual([at, seen(whole)]);
    }
    expect([counts.done > 0, counts.not > 2]).toEqual([true, true]);
  });
});
