/** What platforms are told of the ledger in specs: how a lease stands, a task about its debt, a receipt. Rigs change what they need. */
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import type { LeaseStatus, ReceiptNote, TaskNote } from '../../src/domain/status';
import { currency, key, leaseId, propertyName } from '../../src/domain/values';

const about = (lease: string) => ({
  leaseId: leaseId(lease),
  property: propertyName('Elm House'),
  unit: '4B',
  residents: 'Ann Lee',
  currency: currency('USD'),
  customer: '',
});

export const statusOf = (lease: string, more: Partial<LeaseStatus> = {}): LeaseStatus => ({
  ...about(lease),
  email: 'ann@example.com',
  phone: '+15125550123',
  balanceCents: cents(125_050),
  unpaidCents: cents(125_050),
  processingCents: cents(0),
  standing: 'late',
  daysLate: 6,
  rentCents: cents(125_050),
  nextDue: day('2027-01-01'),
  lastRung: 'late-1',
  lastPayment: { day: day('2026-11-01'), amountCents: cents(100_000), source: 'stripe', reference: 'pi_1' },
  asOf: day('2026-12-07'),
  contact: 'write',
  ...more,
});

export const taskOf = (lease: string, more: Partial<TaskNote> = {}): TaskNote => ({
  ...about(lease),
  task: key(`task:late-1:${lease}`),
  email: 'ann@example.com',
  balanceCents: cents(125_050),
  title: 'Call about the rent',
  detail: '',
  owner: 'bo@example.com',
  due: day('2026-12-08'),
  state: 'open',
  outcome: '',
  ...more,
});

export const noteOf = (receipt: string, more: Partial<ReceiptNote> = {}): ReceiptNote => ({
  ...about('L-1'),
  receipt: key(receipt),
  address: '4 Elm Street',
  manager: 'Bo Cruz',
  amountCents: cents(100_000),
  state: 'settled',
  reversedCents: cents(0),
  day: day('2026-12-02'),
  source: 'stripe',
  reference: 'pi_1',
  matched: 'its metadata names the lease',
  allocated: ['rent due 2026-12-01 1000.00'],
  balanceCents: cents(25_050),
  ...more,
});
