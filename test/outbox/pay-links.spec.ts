/** The page that a mail carries: never one that is closed, nor one that is about to be. */
import type { OutboxRow } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import { key, leaseId, zone } from '../../src/domain/values';
import { linkOf } from '../../src/outbox/pay-links';

const AT = instantOf(day('2026-12-01'), 9, 0, zone('America/New_York'));
const ADDRESS = 'https://checkout.stripe.com/c/pay/cs_test_1';

const row = (name: string, more: Partial<OutboxRow>): OutboxRow => ({
  row: 2,
  key: key(name),
  channel: 'stripe',
  kind: 'payLink',
  lease: leaseId('L-1'),
  to: '',
  subject: '',
  payload: {},
  notBefore: AT,
  because: { rule: 'always' },
  urgency: 0,
  createdAt: AT,
  updatedAt: AT,
  state: 'sent',
  attempts: 1,
  vendorRef: '',
  fault: '',
  ...more,
});
const mail = row('email:late:L-1:2026-12', { channel: 'gmail', kind: 'late', state: 'ready' });
const page = row('paylink:late:L-1:2026-12', { vendorRef: ADDRESS });
const closing = (more: Partial<OutboxRow>): OutboxRow =>
  row(`take-back:${page.key}`, { kind: 'closePage', payload: { of: page.key }, ...more });

describe('the page of a mail that leaves now', () => {
  it.each<readonly [string, readonly OutboxRow[], boolean]>([
    ['is its own', [], true],
    ['is none that waits to be closed', [closing({ state: 'ready' })], false],
    ['is none that is being closed', [closing({ state: 'sending' })], false],
    ['is none of which nobody knows whether it was closed', [closing({ state: 'unsure' })], false],
    ['is none that was closed', [closing({ vendorRef: 'closed' })], false],
    ['is its own where the debt came back first', [closing({ state: 'cancelled' })], true],
    ['is its own where another page was closed', [closing({ payload: { of: 'paylink:late:L-1:2026-11' } })], true],
  ])('%s', (_, others, is) => {
    expect(linkOf([mail, page, ...others], mail, AT + 60_000, () => undefined)?.vendorRef).toBe(
      is ? ADDRESS : undefined,
    );
  });
});
