/** The hand-over to another owner, from the offer until the former one has left. */
import { askApi, leapTo, OWNER, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { ask, click, given, refusal } from './desk-setup-world';

const ON = '2026-12-01';
const NEXT = 'nia@example.com';
const OTHER = 'otto@example.com';
const base = smallWorld({
  on: ON,
  settings: { Managers: `${NEXT}, ${OTHER} (Elm House)`, Viewers: 'val@example.com' },
});

type Step = { kind: 'offer'; to: string } | { kind: 'cancel' } | { kind: 'take' } | { kind: 'leave' };
const hand = (world: World, step: Step, user: string = OWNER, args = click()) =>
  ask(world, 'handOver', { ...args, step }, user);
const seen = (world: World, user: string) => ask(world, 'setupView', {}, user).handOver;
const triggersOf = (world: World, user: string) =>
  world.triggers
    .filter((trigger) => trigger.user === user)
    .map((trigger) => trigger.handler)
    .sort();
const offered = (): World => {
  const world = base.clone();
  given(hand(world, { kind: 'offer', to: NEXT }));
  return world;
};
const taken = (): World => {
  const world = offered();
  given(hand(world, { kind: 'take' }, NEXT));
  return world;
};

describe('an offer', () => {
  it('is made by the owner to a manager of everything, and shown to both with what is left to do', () => {
    const world = offered();
    expect(seen(world, NEXT)).toMatchObject({ state: 'offered', to: NEXT, next: 'take' });
    expect(seen(world, OWNER)).toMatchObject({ state: 'offered', next: 'cancel' });
    expect(seen(world, OTHER)).not.toHaveProperty('next');
    expect(seen(world, NEXT).todo.length).toBeGreaterThan(1);
    expect(tabOf(world, 'Log').find((row) => row.Kind === 'hand-over')).toMatchObject({ Who: OWNER, After: NEXT });
  });

  it.each([
    ['nobody', /"nobody"/],
    [OWNER, /owner already/],
    ['stranger@example.com', /under Managers on the Settings tab first/],
    [OTHER, /some properties only/],
  ])('to %s is refused', (to, words) => {
    const world = base.clone();
    expect(refusal(hand(world, { kind: 'offer', to }))).toMatch(words);
    expect(seen(world, OWNER)).toMatchObject({ state: 'none', next: 'offer' });
  });

  it('is made by nobody else, and can be taken back', () => {
    const world = offered();
    expect(refusal(hand(world, { kind: 'offer', to: NEXT }, NEXT))).toMatch(/Only the owner/);
    expect(refusal(hand(world, { kind: 'cancel' }, OTHER))).toMatch(/Only the owner/);
    given(hand(world, { kind: 'cancel' }));
    expect(refusal(hand(world, { kind: 'take' }, NEXT))).toMatch(/not offered to you/);
  });
});

describe('taking over', () => {
  it('is for the one to whom it was offered, and for nobody else', () => {
    const world = offered();
    for (const user of [OWNER, OTHER, 'val@example.com'])
      expect(refusal(hand(world, { kind: 'take' }, user))).toMatch(/not offered to you/);
    expect(refusal(hand(base.clone(), { kind: 'take' }, NEXT))).toMatch(/not offered to you/);
  });

  it('makes them the owner: their clock, their role, and platforms that ask for a key of theirs', () => {
    const world = taken();
    expect(triggersOf(world, NEXT)).toEqual(['edited', 'poll', 'tick']);
    expect(ask(world, 'setupView', {}, NEXT)).toMatchObject({ owner: NEXT, mine: true, schedule: true });
    expect(tabOf(world, 'Connections').find((row) => row.Platform === 'stripe')).toMatchObject({
      State: 'needs sign-in',
    });
    expect(seen(world, NEXT).todo.join()).toMatch(/Connect stripe again/);
    expect(tabOf(world, 'Log').find((row) => /is the owner now/.test(row.What ?? ''))).toMatchObject({
      Before: OWNER,
      After: NEXT,
    });
  });

  it('takes the owner’s rights from the former one, who may still look', () => {
    const world = taken();
    const attempt = world.run('api', ['turnOn', [{ ...click(), on: false }]], { trigger: 'sidebar', user: OWNER });
    expect(attempt.value).toMatchObject({ ok: false, kind: 'role' });
    expect(seen(world, OWNER)).toMatchObject({ state: 'taken', next: 'leave' });
    expect(tabOf(world, 'Settings').find((row) => row.Setting === 'Viewers')?.Value).toBe(`val@example.com, ${OWNER}`);
  });

  it('cannot be won with the id of somebody else’s click', () => {
    const world = offered();
    const theirs = click();
    given(hand(world, { kind: 'take' }, NEXT, theirs));
    hand(world, { kind: 'take' }, OTHER, theirs);
    hand(world, { kind: 'leave' }, OTHER, theirs);
    expect(ask(world, 'setupView', {}, NEXT)).toMatchObject({ owner: NEXT, mine: true });
    expect(triggersOf(world, OTHER)).toEqual([]);
    expect(seen(world, NEXT).state).toBe('taken');
  });

  it('of a ledger whose owner nobody knows is for a manager of everything, and the Log says so', () => {
    const world = base.clone();
    world.properties.document = { ...world.properties.document, owner: '' };
    expect(refusal(hand(world, { kind: 'take' }, OTHER))).toMatch(/not offered/);
    expect(seen(world, NEXT)).toMatchObject({ state: 'none', next: 'take' });
    given(hand(world, { kind: 'take' }, NEXT));
    expect(tabOf(world, 'Log').some((row) => /nobody had offered it/.test(row.What ?? ''))).toBe(true);
    expect(ask(world, 'setupView', {}, NEXT).owner).toBe(NEXT);
  });
});

describe('leaving', () => {
  it('removes the former owner’s clock and keys, and ends the hand-over', () => {
    const world = taken();
    given(hand(world, { kind: 'leave' }, OWNER));
    expect(triggersOf(world, OWNER)).toEqual([]);
    expect(world.properties[`user:${OWNER}`] ?? {}).toEqual({});
    expect(seen(world, NEXT)).toMatchObject({ state: 'none' });
    expect(refusal(hand(world, { kind: 'leave' }, OWNER))).toMatch(/nothing of a former owner/);
  });

  it('is for the former owner alone', () => {
    const world = taken();
    for (const user of [NEXT, OTHER]) expect(refusal(hand(world, { kind: 'leave' }, user))).toMatch(/former owner/);
    expect(triggersOf(world, OWNER)).toContain('poll');
  });

  it('is half done by itself: the former clock finds that the ledger is somebody else’s, and goes', () => {
    const world = taken();
    world.advanceTo(world.now + 11 * 60_000);
    expect(triggersOf(world, OWNER)).toEqual([]);
    expect(triggersOf(world, NEXT)).toEqual(['edited', 'poll', 'tick']);
    expect(tabOf(world, 'Connections').find((row) => row.Platform === 'stripe')).toMatchObject({
      State: 'needs sign-in',
    });
    expect(world.executions.filter((each) => each.user === OWNER && each.handler === 'tick')).toEqual([]);
  });

  it('leaves a ledger that runs on in the new name', () => {
    const world = taken();
    given(hand(world, { kind: 'leave' }, OWNER));
    typeInto(world, 'Leases', 'L-1', 'Email', 'l-1@example.com', NEXT);
    leapTo(world, '2027-01-01T15:00:00Z');
    expect(tabOf(world, 'Ledger').map((row) => row.Key)).toContain('rent:L-1:2027-01');
    expect(world.run('api', ['verify', [{}]], { trigger: 'sidebar', user: NEXT }).value).toMatchObject({
      value: { ok: true },
    });
    expect(askApi<{ problems: readonly string[] }>(world, 'exportBook').problems ?? []).not.toContain('Ledger');
  });
});
