/** The money story: three months in which rent comes in through every processor and is kept in every accounting system. */
import type { Chapter } from './chapter';
import { chapter as paypal } from './money/paypal';
import { chapter as stripe } from './money/stripe';
import { chapter as xero } from './money/xero';
import type { Story } from './play';

const chapters: readonly Chapter[] = [
  // One line for each platform.
  stripe,
  paypal,
  xero,
];

export const money: Story = {
  name: 'money',
  title: 'Money in and books in step',
  first: '2026-11-30',
  last: '2027-02-28',
  chapters,
};
