/** How a resident is reached, changed at the desk: seen before, written into the cell, undone, and refused where it could not be used. */
import type { Act, Applied } from '../../src/api/desk/override';
import type { Refusal } from '../../src/api/desk/told';
import { toldHouse } from '../message-worlds';
import { bookOf, tabOf, typeInto, verdictOf, type World } from '../worlds';
import { applied, call, lateHouse, MEG, OLGA, previewed, undone, VIC } from './desk-acts-world';

const base = lateHouse();
const contact = (header: 'Email' | 'Phone', to: string, lease = 'L-1'): Act => ({
  kind: 'contact',
  lease,
  header,
  to,
  reason: 'she wrote to us',
});
const cell = (world: World, header: string, lease = 'L-1') =>
  tabOf(world, 'Leases').find((row) => row['Lease ID'] === lease)?.[header];
const refusedBy = (world: World, act: Act): string => {
  const told = applied(world, 'contact-0', act, { before: { version: '' } }) as Refusal;
  return told.refused;
};
const leaseLines = (world: World) =>
  bookOf(world)
    .log.filter(({ kind, what }) => kind === 'lease' && /Email|Phone/.test(what))
    .map(({ what, before, after }) => [what, before, after]);

describe('a mail address', () => {
  const world = base.clone();
  const act = contact('Email', ' Ana.Ruiz@Example.COM ');

  it('is seen before: the cell as it is and as it would be', () => {
    const seen = previewed(world, act, MEG);
    expect(seen.title).toBe('Change the mail address of L-1 to Ana.Ruiz@example.com');
    expect(seen.entries).toEqual([]);
    expect(seen.changes.map(({ what, before, after }) => [what, before, after])).toContainEqual([
      'Email',
      'l-1@example.com',
      'Ana.Ruiz@example.com',
    ]);
    expect(cell(world, 'Email')).toBe('l-1@example.com');
  });

  it('is written by a manager, once for each request, with a line of the Log', () => {
    const told = applied(world, 'contact-1', act, { user: MEG }) as Applied;
    expect(told).toMatchObject({ says: 'Changed the mail address of L-1 to Ana.Ruiz@example.com.', keys: [] });
    expect(applied(world, 'contact-1', act, { user: MEG, before: { version: 'old' } })).toMatchObject({
      says: told.says,
    });
    expect(cell(world, 'Email')).toBe('Ana.Ruiz@example.com');
    expect(leaseLines(world)).toEqual([
      [expect.stringContaining('she wrote to us'), 'l-1@example.com', 'Ana.Ruiz@example.com'],
    ]);
    expect(verdictOf(world).problems).toEqual([]);
  });

  it('is undone to what stood there', () => {
    expect(undone(world, 'contact-2', 'click-contact-1', MEG)).toMatchObject({ done: true });
    expect(cell(world, 'Email')).toBe('l-1@example.com');
    expect(verdictOf(world).problems).toEqual([]);
  });

  it('is not undone over what somebody has typed since', () => {
    const later = base.clone();
    applied(later, 'contact-1', act);
    typeInto(later, 'Leases', 'L-1', 'Email', 'third@example.com');
    expect(undone(later, 'contact-2', 'click-contact-1')).toEqual({
      refused: '"Email" of L-1 was changed since, to third@example.com: set it on the Leases tab.',
    });
    expect(cell(later, 'Email')).toBe('third@example.com');
  });

  it('is the first of the cell: those of roommates stay', () => {
    const shared = base.clone();
    typeInto(shared, 'Leases', 'L-1', 'Email', 'old@example.com; bob@example.com');
    applied(shared, 'contact-1', contact('Email', 'new@example.com'));
    expect(cell(shared, 'Email')).toBe('new@example.com, bob@example.com');
    applied(shared, 'contact-3', contact('Email', 'bob@example.com'));
    expect(cell(shared, 'Email')).toBe('bob@example.com');
  });

  it('is taken out by an empty text', () => {
    const without = base.clone();
    expect(previewed(without, contact('Email', '')).title).toBe('Take the mail address of L-1 out of its row');
    expect(applied(without, 'contact-1', contact('Email', ''))).toMatchObject({ done: true });
    expect(cell(without, 'Email')).toBe('');
    expect(undone(without, 'contact-2', 'click-contact-1')).toMatchObject({ done: true });
    expect(cell(without, 'Email')).toBe('l-1@example.com');
  });
});

describe('a phone', () => {
  it('is written as networks want it, and warns where texts go there', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-1', 'SMS consent', 'on the lease, 2026-01-01');
    const act = contact('Phone', '+1 (512) 555-0144');
    expect(previewed(world, act).warnings).toEqual([
      'Texts go there as well: whoever has that phone must have agreed to them.',
    ]);
    expect(previewed(world, contact('Phone', '+1 (512) 555-0144', 'L-2')).warnings).toEqual([]);
    applied(world, 'contact-1', act);
    expect(cell(world, 'Phone')).toBe('+15125550144');
    undone(world, 'contact-2', 'click-contact-1');
    expect(cell(world, 'Phone')).toBe('');
  });

  it('takes the place of one that could not be called, and that comes back when it is undone', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-1', 'Phone', '555 0144 (work)');
    applied(world, 'contact-1', contact('Phone', '+15125550144'));
    undone(world, 'contact-2', 'click-contact-1');
    expect(cell(world, 'Phone')).toBe('555 0144 (work)');
  });
});

describe('what is refused', () => {
  it.each([
    ['Email', 'ana at example', 'is not one e-mail address'],
    ['Email', 'ana@example.com, bob@example.com', 'write one address only'],
    ['Email', 'ana@example.com\nBcc: x@y.example', 'a line break or a hidden character'],
    ['Phone', '512 555 0144', 'The country code is missing. Write it like +1 512 555 0123.'],
    ['Phone', '+1 112 555 0144', 'This is no number of the United States or Canada'],
    ['Phone', '+15125550144 ext. 3', 'Write the phone number alone'],
    ['Email', 'l-1@example.com', 'The mail address of L-1 is so already.'],
    ['Phone', '', 'The phone of L-1 is so already.'],
  ] as const)('%s: %j', (header, to, why) => {
    const world = base.clone();
    expect(refusedBy(world, contact(header, to))).toContain(why);
    expect([cell(world, 'Email'), cell(world, 'Phone')]).toEqual(['l-1@example.com', '']);
  });

  it('a cell of which a part cannot be read: it would be lost', () => {
    const world = base.clone();
    typeInto(world, 'Leases', 'L-1', 'Email', 'l-1@example.com, bob at example');
    expect(refusedBy(world, contact('Email', 'new@example.com'))).toBe(
      'The Email cell of L-1 holds something that cannot be read: correct it on the Leases tab.',
    );
    expect(cell(world, 'Email')).toBe('l-1@example.com, bob at example');
    expect(applied(world, 'contact-5', contact('Phone', '+15125550144'))).toMatchObject({ done: true });
  });

  it('an act on what has changed since it was looked at', () => {
    const world = base.clone();
    const act = contact('Email', 'new@example.com');
    const { version } = previewed(world, act);
    typeInto(world, 'Leases', 'L-1', 'Email', 'third@example.com');
    expect(applied(world, 'contact-1', act, { before: { version } })).toEqual({
      refused: expect.stringMatching(/^L-1 has changed since you looked: its row on the Leases tab/),
    });
    expect(cell(world, 'Email')).toBe('third@example.com');
  });

  it('one without a reason, by a viewer, or on a lease that is not theirs', () => {
    const world = base.clone();
    const act = contact('Email', 'new@example.com');
    expect(refusedBy(world, { ...act, reason: ' ' })).toMatch(/why/i);
    expect(() => call(world, 'apply', { request: 'contact-7', act, before: { version: '' } }, VIC)).toThrow(
      'This needs the manager of this ledger',
    );
    expect(call(world, 'preview', { act }, OLGA)).toEqual({ refused: expect.stringContaining('L-1') });
    expect(cell(world, 'Email')).toBe('l-1@example.com');
  });
});

describe('an address to which nothing goes through', () => {
  it('is corrected like any other: the cell itself can be read', () => {
    const world = toldHouse();
    expect(bookOf(world).problems?.join(' ')).toMatch(/Nothing arrives at l-3@example\.com/);
    const act = contact('Email', 'alive@example.com', 'L-3');
    expect(applied(world, 'contact-9', act)).toMatchObject({ done: true });
    expect(cell(world, 'Email', 'L-3')).toBe('alive@example.com');
  });
});
