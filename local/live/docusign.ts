/** What DocuSign's effects are given on trial: one person who would sign, and an envelope that is not there. */
import { day } from '../../src/domain/calendar';
import type { LeaseTerms } from '../../src/domain/collect';
import { cents } from '../../src/domain/money';

const terms: LeaseTerms = {
  people: [{ name: 'Rent Ledger Trial', email: 'trial@example.com' }],
  start: day('2026-12-01'),
  end: '',
  rentCents: cents(100),
  depositCents: cents(0),
  dueDay: 1,
  address: '1 Trial Street',
  manager: 'manager@example.com',
};
const document = '00000000-0000-4000-8000-000000000001';
const note = 'Trial of Rent Ledger';

export const docusignSamples: Readonly<Record<string, object>> = {
  lease: { terms },
  plan: { terms, note },
  resend: { document },
  void: { document, note },
};
