/** The world of the year: one or two leases of each chapter of the money story, all eight platforms connected, no mail. */

import { morningOf } from '../../../local/cli/days';
import { OWNER } from '../../../local/cli/setup';
import type { Chapter } from '../../../local/story/chapter';
import { STORY_ZONE } from '../../../local/story/chapter';
import { money } from '../../../local/story/money';
import { openStory } from '../../../local/story/play';
import { sandboxes } from '../../../local/vendors';
import { World } from '../../../local/world';
import { importRows } from '../../worlds';
import { builtBundle } from '../bundle';

/** What each chapter's people live through here: a lease whose money has a way of its own. */
export const LEASES: Readonly<Record<string, readonly string[]>> = {
  stripe: ['ST-1', 'ST-3'],
  paypal: ['PP-1', 'PP-2'],
  square: ['SQ-1'],
  plaid: ['PL-1', 'PL-2'],
  quickbooks: ['QB-1'],
  xero: ['XR-1'],
  'zoho-books': ['ZB-1'],
  freshbooks: ['FB-1'],
};

export const FIRST = '2026-11-30';
export const LAST = '2027-11-30';

const TITLE = 'A year with eight platforms';

/** The chapters of these platforms with these of their leases, and nothing that happens by itself. */
export function chaptersOf(leases: Readonly<Record<string, readonly string[]>>): readonly Chapter[] {
  return money.chapters
    .filter(({ platform }) => leases[platform])
    .map((chapter) => ({
      ...chapter,
      leases: chapter.leases.filter(({ id }) => leases[chapter.platform]?.includes(id)),
      days: {},
    }));
}

export const chapters = chaptersOf(LEASES);

/** On the eve of the year: set up, filled, every platform of the chapters connected. */
export function openYear(seed: number, played: readonly Chapter[] = chapters): World {
  const world = World.create({
    bundle: builtBundle(),
    sandboxes,
    now: morningOf(FIRST, STORY_ZONE),
    zone: STORY_ZONE,
    locale: 'en_US',
    owner: OWNER,
    title: TITLE,
    seed,
  });
  openStory(world, { ...money, name: 'year', title: TITLE, first: FIRST, last: LAST, chapters: played });
  // A sign-in ends on a web page, and the run that follows at once writes its row.
  world.advanceTo(world.now + 3 * 60_000);
  importRows(world, 'Settings', [{ Setting: 'Reminders', Value: 'off' }]);
  return world;
}
