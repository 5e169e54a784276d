/**
 * Zoho Books: invoices, payments and credits mirrored there, payments entered there read back, and rent billed by Zoho itself.
 * Amounts are decimal numbers, days have no hour, errors are a code in the body. No idempotency keys: everything is found again
 * by our number. Limits: 100 calls a minute, by plan 1,000 to 10,000 a day, 5 side by side on a free account.
 */
import type { Connector } from './connector';
import { CENTRES, sign, WAVE, zohoFault } from './zoho-books/api';
import { books } from './zoho-books/audit';
import { credit, payment } from './zoho-books/entries';
import { byHint, everyMinutes, pull } from './zoho-books/feed';
import { invoice } from './zoho-books/invoices';
import { repeat, unrepeat } from './zoho-books/recurring';
import { fields, oauth, perDay, test } from './zoho-books/signin';

export const zohoBooks: Connector = {
  id: 'zoho-books',
  title: 'Zoho Books',
  group: 'Books',
  hosts: Object.values(CENTRES).flatMap(({ accounts, api }) => [api, accounts]),
  credentials: fields,
  oauth,
  limits: { concurrency: WAVE, perMinute: 100, perDay },
  sign,
  fault: zohoFault,
  test,
  receipts: { pull, byHint, everyMinutes },
  effects: { invoice, payment, credit, repeat, unrepeat },
  offers: [
    {
      kind: 'repeat',
      title: 'Let Zoho Books bill the rent',
      says: 'Zoho Books then makes an invoice for each period by itself, besides those that this ledger enters there.',
      amount: 'rent',
      notMirrored: true,
    },
    {
      kind: 'unrepeat',
      title: 'Stop billing by Zoho Books',
      says: 'The recurring invoice is stopped; what it has billed stays.',
      amount: 'rent',
      needs: 'autopay',
    },
  ],
  books,
  reads: [
    'Payments that were entered in Zoho Books, with payer, reference and bank charges, their refunds and deletions',
    'Invoices of ours, for the nightly comparison',
  ],
  writes: [
    'Contacts, one for each lease',
    'Invoices, marked sent or mailed, and voided when a charge was in error',
    'Payments on them, deleted when the money went back, and credits as an adjustment of the invoice',
    'Recurring invoices, where you ask for one',
  ],
};
