/** Four eyes: above the limit an act waits for a second person, and is then done in the same commit that says so. */
import type { Act, Applied } from '../../src/api/desk/override';
import { bookOf, type Row, tabOf, verdictOf, type World } from '../worlds';
import { answerTo, applied, call, lateHouse, MEG, OLGA, previewed, undone } from './desk-acts-world';

const OWNER = 'owner@example.com';
const act: Act = { kind: 'waive', lease: 'L-1', charge: 'rent:L-1:2026-11', amount: '600', reason: 'flooded kitchen' };
const limited = lateHouse({ 'Approval limit': '500' });

const waitingOf = (world: World): Row => tabOf(world, 'Outbox').find((row) => row.Channel === 'ledger') ?? {};
const balanceOf = (world: World) => bookOf(world).leases.find((each) => each.id === 'L-1')?.balance;

function asking(user = MEG): World {
  const world = limited.clone();
  expect(previewed(world, act, user)).toMatchObject({
    approval: { limit: { cents: 50_000 }, amount: { cents: 60_000 } },
    typeAmount: '600.00',
  });
  expect(applied(world, 'request-1', act, { user, typed: '600' })).toMatchObject({ waits: true, keys: [] });
  return world;
}

const decide = (world: World, user: string, approve: boolean, reason = '', request = 'request-2') =>
  call(world, 'decideApproval', { request, effect: 'approval:request-1', approve, reason }, user);

describe('above the limit', () => {
  it('an act waits, posts nothing and leaves nowhere', () => {
    const world = asking();
    expect(waitingOf(world)).toMatchObject({ State: 'waiting for release', Kind: 'approval' });
    call(world, 'deliver', {});
    expect([waitingOf(world).State, balanceOf(world)]).toEqual(['waiting for release', '1550.00']);
    expect(call(world, 'became', { request: 'request-1' })).toMatchObject({ applied: { waits: true } });
    expect(call(world, 'previewEffect', { effect: 'approval:request-1' })).toMatchObject({
      subject: 'Waive 600.00 USD of rent, due Nov 1, 2026',
      text: expect.stringContaining('Balance: 1,550.00 USD → 950.00 USD'),
    });
  });

  it('a second person approves: it is done then, and the reason names both', () => {
    const world = asking();
    expect(decide(world, OWNER, true, 'saw the kitchen')).toMatchObject({ done: true, undo: 'click-request-2' });
    expect(balanceOf(world)).toBe('950.00');
    expect(waitingOf(world)).toMatchObject({ State: 'sent', Fault: `Approved by ${OWNER}.` });
    const entry = bookOf(world).entries.find((each) => each.type === 'waiver');
    expect(entry?.why).toBe(`flooded kitchen (asked by ${MEG}, approved by ${OWNER}: saw the kitchen)`);
    expect(decide(world, OWNER, true, '', 'request-3')).toEqual({
      refused: expect.stringContaining('decided already'),
    });
    expect(undone(world, 'request-4', 'click-request-2')).toMatchObject({ done: true });
    expect(balanceOf(world)).toBe('1550.00');
    expect(verdictOf(world)).toMatchObject({ ok: true });
  });

  it('nobody approves their own, the owner neither, but anybody may take it back', () => {
    for (const user of [MEG, OWNER]) {
      const world = asking(user);
      expect(decide(world, user, true)).toEqual({
        refused: 'You asked for it yourself: somebody else must approve it.',
      });
      expect(decide(world, user, false, 'typed wrong', 'request-3')).toMatchObject({ done: true });
      expect(waitingOf(world)).toMatchObject({ State: 'cancelled', Fault: `Taken back by ${user}: typed wrong` });
      expect(balanceOf(world)).toBe('1550.00');
    }
  });

  it('a second person refuses with a reason', () => {
    const world = asking();
    expect(decide(world, OWNER, false)).toEqual({ refused: 'Say why it is refused.' });
    expect(decide(world, OWNER, false, 'too much', 'request-3')).toMatchObject({ done: true });
    expect(waitingOf(world)).toMatchObject({ State: 'cancelled', Fault: `Refused by ${OWNER}: too much` });
  });

  it('a manager of another house sees no request', () => {
    const world = asking();
    expect(decide(world, OLGA, true)).toEqual({ refused: 'There is no request approval:request-1.' });
    expect(call(world, 'previewEffect', { effect: 'approval:request-1' }, OLGA)).toMatchObject({
      refused: expect.any(String),
    });
  });

  it('no other door leads around it', () => {
    const world = asking();
    expect(call(world, 'release', { effect: 'approval:request-1' }, MEG)).toMatchObject({
      refused: expect.any(String),
    });
    expect(
      call(world, 'effect', { request: 'request-9', effect: 'approval:request-1', as: 'drop' }, MEG),
    ).toMatchObject({ refused: expect.any(String) });
    expect(call(world, 'credit', { lease: 'L-1', amount: '600', reason: 'x' }, MEG)).toEqual({
      refused: 'It is above the approval limit: do it in the sidebar, where a second person can approve it.',
    });
    expect(balanceOf(world)).toBe('1550.00');
  });

  it('what no longer comes to the same is not done', () => {
    const world = limited.clone();
    const adjust: Act = { kind: 'adjust', lease: 'L-1', charge: 'rent:L-1:2026-11', to: '300', reason: 'flooded' };
    applied(world, 'request-1', adjust, { user: MEG, typed: '700' });
    applied(world, 'request-5', { ...adjust, to: '900' }, { user: MEG });
    expect(decide(world, OWNER, true)).toEqual({
      refused: 'It was asked for with 700.00 USD and would now come to 600.00 USD. Refuse it and ask again.',
    });
  });

  it('the typed amount must be the amount', () => {
    const world = limited.clone();
    expect(applied(world, 'request-1', act, { typed: '60' })).toEqual({
      refused: 'Type the amount 600.00 to confirm it.',
    });
  });

  it('up to the limit nobody is asked', () => {
    const world = limited.clone();
    expect(applied(world, 'request-1', { ...act, amount: '500' }, { user: MEG })).not.toHaveProperty('waits');
    expect(balanceOf(world)).toBe('1050.00');
  });

  it('an owner without anybody else is warned and goes on alone', () => {
    const world = lateHouse({ 'Approval limit': '500', Managers: '' });
    const seen = previewed(world, act);
    expect(seen.approval).toBeUndefined();
    expect(seen.warnings).toEqual([expect.stringContaining('nobody else is listed')]);
    expect((applied(world, 'request-1', act) as Applied).undo).toBe('click-request-1');
  });
});

it('a viewer decides nothing', () => {
  expect(
    answerTo(
      asking(),
      'decideApproval',
      { request: 'request-2', effect: 'x', approve: true, reason: '' },
      'vic@example.com',
    ),
  ).toMatchObject({ kind: 'role' });
});
