/** The whole story: every platform there is in one world, over a quarter. */
import { crm } from './crm';
import { messages } from './messages';
import { money } from './money';
import type { Story } from './play';

export const all: Story = {
  name: 'all',
  title: 'Every platform at once',
  first: '2026-11-30',
  last: '2027-02-28',
  chapters: [...money.chapters, ...messages.chapters, ...crm.chapters],
  settings: { ...money.settings, ...crm.settings, ...messages.settings },
};
