/** Who is reached by which way: Notify by, what the rung asks for, what is known of the addresses, consent and Settings. */
import fc from 'fast-check';
import type { NotifyBy } from '../../src/domain/book';
import { CONTACT_STATES, type ContactState, REFUSALS } from '../../src/domain/contacts';
import { mailsOf, type Reach, reachOf, unreachable, type Wish, wishIn } from '../../src/domain/reach';
import { bookWith, contact, LEASE, MAIL } from './messaging';

const NOTIFY: readonly NotifyBy[] = ['email', 'sms', 'both', 'email, else sms', 'sms, else email', 'none'];
const WISHES: readonly Wish[] = ['resident', 'email', 'sms', 'both'];

/** What is open: mail, the phone, both or neither. */
interface Open {
  readonly mail: boolean;
  readonly phone: boolean;
}
const OPEN: Readonly<Record<string, Open>> = {
  'both are good': { mail: true, phone: true },
  'the mail is bad': { mail: false, phone: true },
  'the phone is bad': { mail: true, phone: false },
  'both are bad': { mail: false, phone: false },
};

const words = ({ ways, standby }: Reach): string =>
  `${ways.join('+') || '-'}${standby === undefined ? '' : ` else ${standby}`}`;

const reachWith = (notifyBy: NotifyBy, wish: Wish, { mail, phone }: Open): string => {
  const contacts = [...(mail ? [] : [contact('email', 'bounced')]), ...(phone ? [] : [contact('sms', 'opted out')])];
  const book = bookWith({ notifyBy }, { contacts });
  return words(reachOf(book, book.leases[0] ?? LEASE, wish));
};

/** One line for each Notify by and state of the addresses: the ways for each wish of a rung. */
const table = (): string =>
  NOTIFY.flatMap((notifyBy) =>
    Object.entries(OPEN).map(([name, open]) => {
      const ways = WISHES.map((wish) => reachWith(notifyBy, wish, open).padEnd(15)).join(' | ');
      return `${notifyBy.padEnd(15)} | ${name.padEnd(16)} | ${ways.trimEnd()}`;
    }),
  ).join('\n');

it('the ways of a message, for every Notify by, channel of its rung and state of the addresses', () => {
  expect(`\n${table()}\n`).toBe(`
email           | both are good    | email           | email           | sms             | email+sms
email           | the mail is bad  | -               | -               | sms             | sms
email           | the phone is bad | email           | email           | -               | email
email           | both are bad     | -               | -               | -               | -
sms             | both are good    | sms             | email           | sms             | email+sms
sms             | the mail is bad  | sms             | -               | sms             | sms
sms             | the phone is bad | -               | email           | -               | email
sms             | both are bad     | -               | -               | -               | -
both            | both are good    | email+sms       | email           | sms             | email+sms
both            | the mail is bad  | sms             | -               | sms             | sms
both            | the phone is bad | email           | email           | -               | email
both            | both are bad     | -               | -               | -               | -
email, else sms | both are good    | email else sms  | email           | sms             | email+sms
email, else sms | the mail is bad  | sms             | -               | sms             | sms
email, else sms | the phone is bad | email           | email           | -               | email
email, else sms | both are bad     | -               | -               | -               | -
sms, else email | both are good    | sms else email  | email           | sms             | email+sms
sms, else email | the mail is bad  | sms             | -               | sms             | sms
sms, else email | the phone is bad | email           | email           | -               | email
sms, else email | both are bad     | -               | -               | -               | -
none            | both are good    | -               | -               | -               | -
none            | the mail is bad  | -               | -               | -               | -
none            | the phone is bad | -               | -               | -               | -
none            | both are bad     | -               | -               | -               | -
`);
});

describe('why a way is closed', () => {
  it.each([
    ['no address', { emails: [] }, {}, 'email', 'there is no e-mail address on the lease'],
    [
      'no consent',
      { smsConsent: '' },
      {},
      'sms',
      'nobody recorded under "SMS consent" that the resident agreed to text messages',
    ],
    ['no phone', { phone: '' }, {}, 'sms', 'The phone number is empty'],
    [
      'a phone that cannot be called',
      { phone: '555-0123' },
      {},
      'sms',
      'The country code is missing. Write it like +1 512 555 0123',
    ],
    ['texts are off', {}, { textsBy: '' }, 'sms', 'text messages are off in Settings (Texts by)'],
    ['reminders are off', {}, { reminders: false }, 'email', 'Reminders are off in Settings'],
    ['reminders are off', {}, { reminders: false }, 'sms', 'Reminders are off in Settings'],
    ['none', { notifyBy: 'none' }, {}, 'both', 'Notify by is "none"'],
  ] as const)('%s', (_, lease, settings, wish, expected) => {
    const book = bookWith(lease, { settings });
    expect(unreachable(book, book.leases[0] ?? LEASE, wish)).toBe(expected);
  });

  it('is told of the way that is not taken, also where another one is', () => {
    const book = bookWith({ notifyBy: 'both', smsConsent: '' });
    const reach = reachOf(book, book.leases[0] ?? LEASE);
    expect(reach).toEqual({ ways: ['email'], reasons: [expect.stringMatching(/SMS consent/)] });
    expect(unreachable(book, book.leases[0] ?? LEASE)).toBeUndefined();
  });
});

describe('a lease of two residents', () => {
  const emails = [MAIL, 'bo@example.com'];
  const book = (...states: readonly ContactState[]) =>
    bookWith(
      { emails },
      { contacts: states.map((state, index) => contact('email', state, { address: emails[index] ?? '' })) },
    );

  it.each([
    ['good', 'good', 'ana@example.com, bo@example.com'],
    ['opted out', 'good', 'bo@example.com'],
    ['good', 'bounced', 'ana@example.com'],
    ['complained', 'blocked', ''],
  ] as const)('of whom one is "%s" and the other "%s": %s', (one, two, expected) => {
    const { contacts = [], leases } = book(one, two);
    expect(mailsOf(contacts, leases[0] ?? LEASE).join(', ')).toBe(expected);
    expect(reachOf(book(one, two), leases[0] ?? LEASE, 'email').ways).toEqual(expected === '' ? [] : ['email']);
  });
});

const states = fc.constantFrom(...CONTACT_STATES);
const anything = fc.record({
  notifyBy: fc.constantFrom(...NOTIFY),
  wish: fc.constantFrom(...WISHES),
  mail: states,
  phone: states,
  emails: fc.constantFrom<readonly string[]>([], [MAIL]),
  number: fc.constantFrom('', '555', '+1 512 555 0123'),
  smsConsent: fc.constantFrom('', 'yes'),
  reminders: fc.boolean(),
  textsBy: fc.constantFrom('', 'twilio'),
});

describe('whatever stands on the tabs', () => {
  const reached = (each: typeof anything extends fc.Arbitrary<infer T> ? T : never) => {
    const { notifyBy, emails, number: phone, smsConsent, reminders, textsBy } = each;
    const contacts = [contact('email', each.mail), contact('sms', each.phone)];
    const book = bookWith({ notifyBy, emails, phone, smsConsent }, { contacts, settings: { reminders, textsBy } });
    return reachOf(book, book.leases[0] ?? LEASE, each.wish);
  };
  const taken = ({ ways, standby }: Reach) => [...ways, ...(standby ? [standby] : [])];

  it('"none" and reminders that are off reach nobody', () => {
    fc.assert(
      fc.property(anything, (each) => {
        const { ways, standby } = reached({ ...each, notifyBy: 'none' });
        expect([...ways, standby]).toEqual([undefined]);
        expect(taken(reached({ ...each, reminders: false }))).toEqual([]);
      }),
    );
  });

  it('nobody is texted without consent, a number, and a platform for it', () => {
    fc.assert(
      fc.property(anything, (each) => {
        const isOpen = each.smsConsent !== '' && each.textsBy !== '' && each.number.length > 3;
        if (!isOpen) expect(taken(reached(each))).not.toContain('sms');
      }),
    );
  });

  it('nothing goes to an address that has refused, bounced or is blocked', () => {
    fc.assert(
      fc.property(anything, (each) => {
        const isShut = (state: ContactState) => REFUSALS.includes(state) || state === 'bounced' || state === 'blocked';
        if (isShut(each.mail)) expect(taken(reached(each))).not.toContain('email');
        if (isShut(each.phone)) expect(taken(reached(each))).not.toContain('sms');
      }),
    );
  });

  it('a way is taken once, one stands by at most, and where there is none there is a reason', () => {
    fc.assert(
      fc.property(anything, (each) => {
        const reach = reached(each);
        expect(new Set(taken(reach)).size).toBe(taken(reach).length);
        if (reach.ways.length === 0) expect(reach.standby).toBeUndefined();
        if (reach.ways.length === 0) expect(reach.reasons.join()).not.toBe('');
        if (reach.standby !== undefined) expect(reach.ways).toHaveLength(1);
      }),
    );
  });
});

it.each([
  [{}, 'resident'],
  [{ wish: 'both' }, 'both'],
  [{ wish: 'sms' }, 'sms'],
  [{ wish: 'task' }, 'resident'],
  [{ wish: 7 }, 'resident'],
])('the wish in a payload %j is %s', (payload, expected) => {
  expect(wishIn(payload)).toBe(expected);
});
