/** Every link to a resident's page made worthless at once, by the owner's word in the wizard. */
import { getPage, housed, tokenFor } from '../resident-worlds';
import { OWNER, smallWorld, tabOf, type World } from '../worlds';
import { answerTo, ask, click, given } from './desk-setup-world';

const MANAGER = 'ben@example.com';
const base = housed({ settings: { Reminders: 'on', Managers: MANAGER } });
const opens = (world: World, link: string) => getPage(world.clone(), link).body.includes('Hello Resident L-1');

describe('every link to a resident’s page', () => {
  it('is closed by the owner, and told in the Log once however often that is clicked', () => {
    const world = base.clone();
    const sent = tokenFor(world, 'l-1@example.com');
    expect(opens(world, sent)).toBe(true);
    const once = click();
    const view = given(ask(world, 'revokePageLinks', once));
    given(ask(world, 'revokePageLinks', once));
    expect(view.says).toBe('Every link to a resident’s page that was sent before is worthless now.');
    expect(opens(world, sent)).toBe(false);
    expect(opens(world, tokenFor(world, 'l-1@example.com'))).toBe(true);
    const told = tabOf(world, 'Log').filter((row) => row.What === view.says);
    expect(told.map((row) => [row.Kind, row.Who])).toEqual([
      ['page', OWNER],
      ['act', OWNER],
    ]);
  });

  it('is closed by nobody else, and offered to nobody else', () => {
    const world = base.clone();
    expect(answerTo(world, 'revokePageLinks', click(), MANAGER)).toMatchObject({ ok: false });
    expect(ask(world, 'setupView', {}, MANAGER).pageLinks).toBe(false);
    expect(ask(world, 'setupView', {}).pageLinks).toBe(true);
  });

  it('is not offered to be closed before there is one', () => {
    expect(ask(smallWorld({ on: '2026-12-01', settings: { Reminders: 'off' } }), 'setupView', {}).pageLinks).toBe(
      false,
    );
  });
});
