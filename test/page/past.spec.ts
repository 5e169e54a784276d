/** Yesterday: what is kept as days pass, and that the whole world comes back. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { momentText } from '../../local/page/server/state-view';
import { leaseOf, smallWorld, tabOf } from '../worlds';
import { clearDesks, deskOf } from './desk';

afterEach(clearDesks);

const desk = () => deskOf(smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1', { 'Due day': '3' })] }));

describe('going back', () => {
  it('restores cells, mailbox, platforms and clock as they were, and is there for the next page too', async () => {
    const here = desk();
    await here.advance('2026-11-02');
    const seen = here.world.now;
    // Read from the cells, because an execution would move the clock.
    const book = () => [tabOf(here.world, 'Ledger'), tabOf(here.world, 'Outbox'), here.world.mailbox.length];
    const before = book();
    await here.advance('2026-11-03');
    expect(book()).not.toEqual(before);
    expect(here.past.before(here.world.now)).toBe(seen);
    const { lines } = await here.goBack(seen);
    expect(lines[0]).toContain('Mon, 2 Nov 2026, 23:59');
    expect([book(), here.world.now]).toEqual([before, seen]);
    expect(existsSync(join(here.book.path, 'world.json'))).toBe(true);
  });

  it('goes day by day through a longer move', async () => {
    const here = desk();
    await here.advance('2026-11-03');
    const days: string[] = [];
    for (let atMs = here.past.before(here.world.now); atMs !== undefined; atMs = here.past.before(here.world.now)) {
      await here.goBack(atMs);
      days.push(momentText(atMs, 'America/New_York'));
    }
    expect(days).toEqual(['Mon, 2 Nov 2026, 23:59', 'Sun, 1 Nov 2026, 23:59', 'Sun, 1 Nov 2026, 09:00']);
  });

  it('reaches seven moments back and no further', () => {
    const { world, past } = desk();
    const firstMs = world.now;
    for (let day = 0; day < 9; day++) {
      past.keep(world);
      world.state.nowMs += 86_400_000;
    }
    const kept: number[] = [];
    for (let atMs = past.before(world.now); atMs !== undefined; atMs = past.before(atMs)) kept.push(atMs);
    expect(kept).toEqual([8, 7, 6, 5, 4, 3, 2].map((day) => firstMs + day * 86_400_000));
  });

  it('is refused when that moment is not the last one kept', async () => {
    const here = desk();
    await here.advance('2026-11-02');
    await expect(here.goBack(here.world.now - 1)).rejects.toThrow('That day is not kept any more.');
  });
});
