/** What is known of an address: whether anything may be sent to it, and the words that say why not. */
import fc from 'fast-check';
import { CONTACT_STATES, contactName, contactOf, isGood, shut, type Way } from '../../src/domain/contacts';
import { contact, MAIL, PHONE } from './messaging';

const HEARD = [
  ['email', 'good', undefined],
  ['email', 'opted in', undefined],
  ['email', 'opted out', 'ana@example.com has opted out (mailgun, 2026-12-09)'],
  ['email', 'complained', 'ana@example.com has marked a message as spam (mailgun, 2026-12-09)'],
  ['email', 'bounced', 'ana@example.com takes no messages (mailgun, 2026-12-09)'],
  ['email', 'blocked', 'ana@example.com takes nothing from us for now (mailgun, 2026-12-09)'],
  ['sms', 'good', undefined],
  ['sms', 'opted in', undefined],
  ['sms', 'opted out', '+15125550123 has opted out (twilio, 2026-12-09)'],
  ['sms', 'complained', '+15125550123 has marked a message as spam (twilio, 2026-12-09)'],
  ['sms', 'bounced', '+15125550123 takes no messages (twilio, 2026-12-09)'],
  ['sms', 'blocked', '+15125550123 takes nothing from us for now (twilio, 2026-12-09)'],
] as const;

it.each(HEARD)('%s that is "%s": %s', (kind, state, expected) => {
  expect(shut([contact(kind, state)], kind, kind === 'email' ? MAIL : PHONE)).toBe(expected);
  expect(isGood(contact(kind, state))).toBe(expected === undefined);
});

it('the table has every state by both ways', () => {
  expect(HEARD.map(([kind, state]) => `${kind} ${state}`)).toEqual(
    (['email', 'sms'] as const).flatMap((kind) => CONTACT_STATES.map((state) => `${kind} ${state}`)),
  );
});

it('an address of which nothing is known is good', () => {
  expect(shut([], 'email', MAIL)).toBeUndefined();
  expect(shut([contact('email', 'bounced')], 'email', 'bo@example.com')).toBeUndefined();
});

it.each([
  ['email', 'ANA@Example.com '],
  ['email', ' ana@example.com'],
  ['sms', '+1 (512) 555-0123'],
  ['sms', '001 512 555 0123'],
  ['sms', '+15125550123'],
] as const)('%s "%s" is the same address however it is written', (kind, written) => {
  expect(shut([contact(kind, 'opted out')], kind, written)).toBeDefined();
  expect(shut([contact(kind, 'opted out', { address: written })], kind, kind === 'email' ? MAIL : PHONE)).toBeDefined();
});

it('what holds for a mail address holds for no phone, and the other way round', () => {
  const ways: readonly Way[] = ['email', 'sms'];
  fc.assert(
    fc.property(fc.constantFrom(...ways), fc.constantFrom(...CONTACT_STATES), (kind, state) => {
      const other = kind === 'email' ? 'sms' : 'email';
      expect(contactOf([contact(kind, state)], other, kind === 'email' ? MAIL : PHONE)).toBeUndefined();
    }),
  );
});

it('a name never leads to another address', () => {
  const addresses = fc.oneof(
    fc.emailAddress(),
    fc.integer({ min: 2_000_000, max: 99_999_999 }).map((n) => `+49${n}`),
  );
  fc.assert(
    fc.property(addresses, addresses, (one, two) => {
      fc.pre(one.toLowerCase() !== two.toLowerCase());
      expect(contactName('sms', one)).not.toBe(contactName('sms', two));
      expect(contactName('email', one)).not.toBe(contactName('email', two));
    }),
  );
});
