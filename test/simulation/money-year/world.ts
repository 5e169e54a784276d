/** The world of the year: one or two leases of each chapter of the money story, all eight platforms connected, no mail. */

import { morningOf } from '../../../local/cli/days';
import { OWNER } from '../../../local/cli/setup';
import { money } from '../../../local/story/money';
import { openStory, STORY_ZONE, type Story } from '../../../local/story/play';
import { sandboxes } from '../../../local/vendors';
import { World } from '../../../local/world';
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

const story: Story = {
  ...money,
  name: 'year',
  title: 'A year with eight platforms',
  first: FIRST,
  last: LAST,
  chapters: money.chapters.map((chapter) => ({
    ...chapter,
    leases: chapter.leases.filter(({ id }) => LEASES[chapter.platform]?.includes(id)),
    days: {},
  })),
};

export const chapters = story.chapters;

/** On the eve of the year: set up, filled, every platform connected. */
export function openYear(seed: number): World {
  const world = World.create({
    bundle: builtBundle(),
    sandboxes,
    now: morningOf(FIRST, STORY_ZONE),
    zone: STORY_ZONE,
    locale: 'en_US',
    owner: OWNER,
    title: story.title,
    seed,
  });
  openStory(world, story);
  return world;
}
