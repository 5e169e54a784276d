/** The money story: three months in which rent comes in through every processor and is kept in every accounting system. */
import type { Chapter } from './chapter';
import { chapter as freshbooks } from './money/freshbooks';
import { chapter as paypal } from './money/paypal';
import { chapter as plaid } from './money/plaid';
import { chapter as quickbooks } from './money/quickbooks';
import { chapter as square } from './money/square';
import { chapter as stripe } from './money/stripe';
import { chapter as xero } from './money/xero';
import { chapter as zohoBooks } from './money/zoho-books';
import type { Story } from './play';

const chapters: readonly Chapter[] = [
  // One line for each platform.
  zohoBooks,
  plaid,
  quickbooks,
  freshbooks,
  stripe,
  paypal,
  xero,
  square,
];

export const money: Story = {
  name: 'money',
  title: 'Money in and books in step',
  first: '2026-11-30',
  last: '2027-02-28',
  chapters,
  settings: { 'Quiet hours': 'none', 'Pay link returns to': 'https://example.com/paid' },
};
