/** Residents' pages written down, listed and wished for, killed at each call: the next runs come to the same. */
import { getPage, housed, pageRow, postForm, tokenFor } from '../resident-worlds';
import { bookOf, HOUR, leapTo, MINUTE, standAt, tabOf, type World } from '../worlds';

const base = (() => {
  const world = housed();
  const mine = tokenFor(world, 'l-1@example.com');
  for (let time = 0; time < 2; time++) getPage(world, mine);
  getPage(world, 'rl_nothing');
  postForm(world, { act: 'newLink', page: tokenFor(world, 'bob@example.com', world.now - 40 * 24 * HOUR) });
  return standAt(world, world.now + 10 * MINUTE);
})();

const cameTo = (world: World) => ({
  opened: pageRow(world, 'l-1@example.com').Opened?.replace(/T.*/, ''),
  letters: bookOf(world)
    .outbox.filter((row) => row.kind === 'account-link')
    .map((row) => [row.to, row.state]),
  mails: world.mailbox.filter((mail) => mail.to === 'bob@example.com').length,
  pages: tabOf(world, 'Resident pages').map((row) => [row.Address, row.Version, row.State]),
});

describe('a poll that folds what the web has counted', () => {
  const whole = base.clone();
  const run = whole.run('poll', [], { trigger: 'time' });
  leapTo(whole, whole.now + HOUR);
  const wanted = cameTo(whole);

  it('counts, and sends one link', () => {
    expect(wanted).toMatchObject({
      opened: '2 times, last 2026-12-01',
      letters: [['bob@example.com', 'sent']],
      mails: 1,
    });
  });

  it.each(Array.from({ length: run.totalCalls }, (_, at) => at + 1))('killed at call %i comes to the same', (call) => {
    for (const when of ['before', 'after'] as const) {
      const world = base.clone();
      world.faults.killAt(call, when, 'poll');
      world.run('poll', [], { trigger: 'time' });
      for (let time = 0; time < 3; time++) leapTo(world, world.now + 20 * MINUTE);
      const came = cameTo(world);
      // A mail whose answer was lost waits for a person: it is never sent twice.
      const unsure = came.letters.some(([, state]) => state === 'unsure');
      expect({ ...came, letters: unsure ? wanted.letters : came.letters }).toEqual({ ...wanted, mails: came.mails });
      expect(came.mails).toBeLessThanOrEqual(1);
      expect(unsure || came.mails === 1).toBe(true);
    }
  });
});
