/** Fields for message tests: all that a message can know, and the least that each kind always has. */
import type { MessageFields } from '../../src/domain/message-fields';

const charges = [
  { label: 'Rent December 2026', amount: '$1,200.00', due: 'Dec 1, 2026' },
  { label: 'Late fee', amount: '$50.00', due: 'Dec 6, 2026' },
];

export const FULL: MessageFields = {
  resident_names: 'María López & Zoë Okafor',
  unit: 'Apt 4B',
  property: 'Elm Court',
  address: '12 Elm Street, Austin, TX 78701',
  balance_due: '$1,250.00',
  amount_due: '$1,200.00',
  due_date: 'December 1, 2026',
  days_late: '6 days',
  rent_period: 'December 2026',
  charges,
  last_grace_day: 'December 5, 2026',
  late_fee: '$50.00',
  pay_by: 'December 15, 2026',
  account_link: '',
  pay_link: 'https://pay.example/c/123?a=1&b=2',
  payment_amount: '$1,200.00',
  payment_date: 'December 1, 2026',
  payment_method: 'bank debit',
  payment_reference: 'pi_123',
  remaining_balance: '$50.00',
  failure_reason: 'The account did not hold enough money.',
  manager_name: 'Dana Reyes',
  manager_email: 'dana@landlord.example',
  today: 'December 7, 2026',
  as_of: 'December 7, 2026, 08:00',
  received_total: '$10,400.00',
  received_count: '9',
  expected_total: '$48,000.00',
  late_count: '2',
  late_total: '$2,450.00',
  late_list: [
    { resident_names: 'María López', unit: '4B', property: 'Elm Court', amount: '$1,250.00', days_late: '6 days' },
    { resident_names: 'Jo Doe', unit: '2', property: 'Oak House', amount: '$1,200.00', days_late: '1 day' },
  ],
  unmatched_count: '1',
  unmatched_list: [{ payer: 'J DOE', amount: '$900.00', date: 'Dec 6, 2026', source: 'stripe' }],
  problems_count: '1',
  problems_list: [{ problem: 'Leases row 4, Rent: "abc" is not an amount.' }],
  tasks_list: [{ title: 'Call María López', owner: 'dana@landlord.example', due: 'Dec 8, 2026' }],
  sent_count: '14',
  next_day_due_count: '3',
};

const always: MessageFields = { resident_names: '', unit: '', property: 'Elm Court', manager_name: 'Dana Reyes' };
const debt: MessageFields = { ...always, balance_due: '$1,250.00', due_date: 'December 1, 2026' };

/** What is known at the least when a message of a key is written. */
export const MINIMAL: Readonly<Record<string, MessageFields>> = {
  'before-due': { ...debt, amount_due: '$1,200.00' },
  'due-today': { ...debt, amount_due: '$1,200.00' },
  late: debt,
  'late-second': debt,
  'final-notice': debt,
  receipt: { ...always, payment_amount: '$1,200.00', payment_date: 'December 1, 2026', remaining_balance: '$0.00' },
  'payment-failed': { ...always, payment_amount: '$1,200.00', balance_due: '$1,250.00' },
  'autopay-ended': { ...always, balance_due: '$1,250.00' },
  signed: { ...always, amount_due: '', due_date: '' },
  'account-link': { ...always, account_link: '' },
  digest: {
    today: 'December 7, 2026',
    as_of: 'December 7, 2026, 08:00',
    received_total: '$0.00',
    received_count: '0',
    expected_total: '$0.00',
    late_count: '0',
    late_total: '$0.00',
    unmatched_count: '0',
    problems_count: '0',
    sent_count: '0',
    next_day_due_count: '0',
  },
};
