/** Acts of a resident killed at every service call: done or not done, and the form that is sent again ends it once. */
import { bookOf, tabOf, verdictOf, type World } from '../../worlds';
import { lateHouse } from '../desk-acts-world';
import { everyKill, posted, requestsOf } from './requests-world';

const late = lateHouse();
const FEE = 'fee:rent:L-1:2026-11';
const TEXT = 'I paid on the third, my bank shows it.';

const see = (world: World) => ({
  entries: bookOf(world).entries.map(({ key, amount }) => [key, amount]),
  // Clocks go on from try to try.
  requests: tabOf(world, 'Requests').map(({ At: _, 'Answered at': __, ...row }) => row),
  tasks: tabOf(world, 'Tasks'),
  outbox: bookOf(world).outbox.map(({ key, state }) => [key, state]),
  leases: tabOf(world, 'Leases'),
  log: bookOf(world).log.length,
  whole: verdictOf(world).ok,
});

const disputed = late.clone();
posted(disputed, 'L-1', 'dispute', { charge: FEE, text: TEXT, file: '' });
const waiting = requestsOf(disputed, 'L-1')[0]?.Key ?? '';

const CASES: readonly (readonly [string, World, Readonly<Record<string, string>>])[] = [
  ['dispute', late, { charge: FEE, text: TEXT, file: '' }],
  ['disputeWithdraw', disputed, { dispute: waiting }],
  ['promise', late, { until: '2026-11-12', text: '' }],
  ['planAsk', late, { text: 'Could I pay this in three parts?', perMonth: '' }],
  ['preferences', late, { notifyBy: 'email', language: 'es', smsConsent: '', phone: '+15125550123' }],
];

it.each(CASES)('%s', (act, base, fields) => {
  const { before, after } = everyKill(base, 'L-1', act, fields, see);
  expect([before > 1, after > 0]).toEqual([true, true]);
});
