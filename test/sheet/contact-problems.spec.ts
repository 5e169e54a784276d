/** Addresses that take nothing: a problem beside the lease, and none for what the resident has said. */
import { CONTACT_STATES } from '../../src/domain/contacts';
import { problemText } from '../../src/domain/values';
import { contactProblems } from '../../src/sheet/contact-problems';
import { contact, LEASE } from '../domain/messaging';

it("a bounce and a block are problems of the cell, by mail and by text; a resident's word is none", () => {
  const told = (['email', 'sms'] as const).flatMap((kind) =>
    CONTACT_STATES.flatMap((state) => contactProblems([LEASE], [contact(kind, state, { detail: '550' })])),
  );
  expect(told.map(problemText)).toEqual([
    expect.stringMatching(/^Leases row 2, Email: Nothing arrives at ana@example\.com: mailgun says so \(550\)\./),
    expect.stringMatching(/^Leases row 2, Email: ana@example\.com takes nothing from us for now: mailgun says so/),
    expect.stringMatching(/^Leases row 2, Phone: Nothing arrives at \+15125550123: twilio says so \(550\)\./),
    expect.stringMatching(/^Leases row 2, Phone: \+15125550123 takes nothing from us for now: twilio says so/),
  ]);
});

it('an address of nobody is no problem', () => {
  expect(
    contactProblems([{ ...LEASE, emails: [], phone: '' }], [contact('email', 'bounced'), contact('sms', 'blocked')]),
  ).toEqual([]);
});
