/** One lease with its book, and rows of its Outbox, for the specs of messages. */
import type { Lease, OutboxRow, Property } from '../../src/domain/book';
import { day, instantOf } from '../../src/domain/calendar';
import type { ContactRow, ContactState, Way } from '../../src/domain/contacts';
import type { Run, RunBook } from '../../src/domain/run-book';
import { type Instant, instant, key } from '../../src/domain/values';
import { bookOf, leaseFrom, newWorld } from './small-world';

const WORLD = newWorld();
export const NOW = instantOf(day('2026-12-09'), 12, 0, WORLD.property.zone);
export const RUN: Run = { id: 'run', by: 'test', now: NOW };
/** So many minutes after ten in the morning of that day. */
export const at = (minute: number): Instant => instant(NOW - 2 * 3_600_000 + minute * 60_000);

export const MAIL = 'ana@example.com';
export const PHONE = '+15125550123';

const RENT = new Map(Object.entries({ rent: '1000.00', due: '1', grace: '5', fee: '50.00' }));

/** A resident who can be reached by mail and by text. */
export const LEASE: Lease = {
  ...leaseFrom(WORLD, 'L-1', RENT),
  residents: 'Ana Ortega',
  emails: [MAIL],
  phone: '+1 (512) 555-0123',
  smsConsent: '2026-11-01 by phone',
};

export const PROPERTY: Property = WORLD.property;

/** A book of which mail goes by one platform and texts by another. */
export function bookWith(
  lease: Partial<Lease> = {},
  { settings, ...more }: Partial<Omit<RunBook, 'settings'>> & { readonly settings?: Partial<RunBook['settings']> } = {},
): RunBook {
  const book = bookOf({ ...WORLD, leases: [{ ...LEASE, ...lease }] });
  return { ...book, settings: { ...book.settings, mailBy: 'mailgun', textsBy: 'twilio', ...settings }, ...more };
}

export const contact = (kind: Way, state: ContactState, more: Partial<ContactRow> = {}): ContactRow => ({
  row: kind === 'email' ? 2 : 3,
  address: kind === 'email' ? MAIL : PHONE,
  kind,
  state,
  since: at(0),
  by: kind === 'email' ? 'mailgun' : 'twilio',
  detail: '',
  ...more,
});

/** A message that has left by one way. */
export const leg = (way: Way, more: Partial<OutboxRow> = {}): OutboxRow => ({
  row: 2,
  key: key(`${way}:late:L-1:2026-12`),
  createdAt: at(0),
  channel: way === 'email' ? 'mailgun' : 'twilio',
  kind: 'late',
  lease: LEASE.id,
  property: PROPERTY.name,
  to: way === 'email' ? MAIL : PHONE,
  subject: 'Your rent is late',
  payload: { template: 'late', language: 'en', rung: 'late', about: 'rent:L-1:2026-12' },
  because: { rule: 'always' },
  state: 'sent',
  notBefore: at(0),
  attempts: 1,
  vendorRef: `${way}-1`,
  fault: '',
  urgency: 3,
  updatedAt: at(0),
  ...more,
});
