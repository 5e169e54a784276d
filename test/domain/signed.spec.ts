/** Rungs that count from the day of signature: each once, about no debt, in nobody's way; and the welcome that one of them sends. */
import fc from 'fast-check';
import { openAccount } from '../../src/domain/account';
import type { Lease } from '../../src/domain/book';
import { addDays, day, instantOf } from '../../src/domain/calendar';
import { type Rung, signedRungs } from '../../src/domain/ladder';
import { mailFields } from '../../src/domain/mail-fields';
import { type Message, render, templateFor } from '../../src/domain/messages';
import { cents } from '../../src/domain/money';
import { type Day, key, leaseId } from '../../src/domain/values';
import {
  bookOf,
  commitEntry,
  entryStem,
  LADDER,
  leaseFrom,
  newWorld,
  nothingTold,
  runDay,
  stateIn,
  type Told,
  type World,
} from './small-world';
import { optionsOf } from './story';

const L1 = leaseId('L1');
const SIGNED_ON = day('2026-11-20');
const signedRung = (name: string, days: number, more: Partial<Rung> = {}): Rung => ({
  ...(LADDER[0] as Rung),
  name,
  template: name,
  days,
  from: 'signed',
  ...more,
});
const WELCOME = signedRung('signed', 0);

function worldOf(words: readonly string[], signed: Partial<Lease>, rungs: readonly Rung[] = [WELCOME]): World {
  const world = newWorld();
  world.ladder = [...LADDER, ...rungs];
  world.leases.push({ ...leaseFrom(world, 'L1', optionsOf(['rent', '1000.00', ...words], [])), ...signed });
  return world;
}

/** Every day's run from the first to the last, or those that are not missed. */
function live(world: World, first: Day, last: Day, missed: (today: Day) => boolean = () => false): Told {
  const told = nothingTold();
  for (let today = first; today <= last; today = addDays(today, 1)) if (!missed(today)) runDay(world, told, today);
  return told;
}

const welcomes = (told: Told) => told.rungs.filter((name) => name.startsWith('signed:'));

describe('a rung that counts from the day of signature', () => {
  it('is taken on that day, or so many days after, each once', () => {
    const world = worldOf([], { signedOn: SIGNED_ON }, [
      WELCOME,
      signedRung('move-in', 5, { task: 'Hand over the keys' }),
    ]);
    expect(live(world, addDays(SIGNED_ON, -3), addDays(SIGNED_ON, -1)).rungs).toEqual([]);
    expect(live(world, SIGNED_ON, SIGNED_ON)).toMatchObject({ rungs: ['signed:L1:2026-11-20'], sends: ['signed'] });
    const later = live(world, SIGNED_ON, addDays(SIGNED_ON, 6));
    expect(later).toMatchObject({ rungs: ['move-in:L1:2026-11-20'], sends: ['move-in'] });
    expect(later.tasks).toEqual(['rung:move-in:L1:2026-11-20']);
  });

  it('comes once however often the day runs and whichever days are missed, and never more than 14 days late', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { minLength: 1 }), (ran) => {
        const world = worldOf([], { signedOn: SIGNED_ON });
        const told = live(
          world,
          SIGNED_ON,
          addDays(SIGNED_ON, 40),
          (today) => !ran.some((at) => addDays(SIGNED_ON, at) === today),
        );
        expect(welcomes(told)).toHaveLength(ran.some((at) => at <= 14) ? 1 : 0);
      }),
      { numRuns: 40 },
    );
  });

  it('is no news when the day of signature is entered more than 14 days late', () => {
    const told = (today: Day) => live(worldOf([], { signedOn: SIGNED_ON }), today, today);
    expect(welcomes(told(addDays(SIGNED_ON, 14)))).toHaveLength(1);
    expect(welcomes(told(addDays(SIGNED_ON, 15)))).toEqual([]);
  });

  it('waits while the lease awaits its signature, and nothing is charged meanwhile', () => {
    const world = worldOf([], { awaitsSignature: true });
    expect(live(world, SIGNED_ON, day('2026-12-10'))).toEqual(nothingTold());
    const [{ awaitsSignature, ...lease }] = world.leases as [Lease];
    expect(awaitsSignature).toBe(true);
    world.leases[0] = { ...lease, signedOn: day('2026-12-10') };
    const told = live(world, day('2026-12-10'), day('2026-12-10'));
    expect(welcomes(told)).toEqual(['signed:L1:2026-12-10']);
    expect(told.charges).toContain('rent:L1:2026-12 1000.00');
  });

  it('is not taken of a lease whose day of signature nobody wrote down', () => {
    expect(welcomes(live(worldOf([], {}), SIGNED_ON, addDays(SIGNED_ON, 5)))).toEqual([]);
  });

  it('is taken again when the lease is signed anew on another day', () => {
    const world = worldOf([], { signedOn: SIGNED_ON });
    live(world, SIGNED_ON, SIGNED_ON);
    world.leases[0] = { ...(world.leases[0] as Lease), signedOn: day('2027-11-20') };
    const state = stateIn(world, L1);
    const calls = signedRungs(world.ladder, world.leases[0], state, day('2027-11-21'));
    expect(calls.map(({ rung, on, time }) => [rung.name, on, time])).toEqual([['signed', '2027-11-20', 1]]);
  });
});

describe('a debt', () => {
  it('is no part of a welcome: it is sent while all is paid, on a hold and beside a reminder of the same day', () => {
    const held = worldOf([], { signedOn: SIGNED_ON, holdUntil: day('2026-12-31') });
    expect(live(held, SIGNED_ON, SIGNED_ON).sends).toEqual(['signed']);
    const both = worldOf([], { signedOn: day('2026-11-28') });
    expect(live(both, day('2026-11-28'), day('2026-11-28')).sends.sort()).toEqual(['before-due', 'signed']);
  });

  it('climbs its own rungs, none of which a welcome overtakes or holds back', () => {
    const rungsOf = (signed: Partial<Lease>) => {
      const told = live(
        worldOf([], signed, [WELCOME, signedRung('settled-in', 12)]),
        day('2026-11-20'),
        day('2027-01-15'),
      );
      return told.rungs.filter((name) => !/^(signed|settled-in):/.test(name));
    };
    expect(rungsOf({})).toEqual(expect.arrayContaining(['late:L1:2026-12', 'final-notice:L1:2026-12']));
    for (const on of ['2026-11-20', '2026-11-28', '2026-12-01', '2026-12-07', '2026-12-21'])
      expect(rungsOf({ signedOn: day(on) })).toEqual(rungsOf({}));
  });
});

/** What the welcome says on a day, from the book as it is then. */
function welcomeOn(world: World, today: Day, language = 'en'): Message {
  const lease = world.leases[0] as Lease;
  const now = instantOf(today, 9, 0, world.property.zone);
  const account = openAccount(
    bookOf(world),
    { id: 'r', by: 't', now },
    lease,
    world.property,
    stateIn(world, L1),
    today,
  );
  const row = { kind: 'signed', payload: { about: key(`signed:L1:${lease.signedOn}`) } };
  const template = templateFor([], 'signed', language);
  const message = template ? render(template, mailFields(account, row, language, ''), language) : { reason: 'none' };
  if ('reason' in message) throw new Error(message.reason);
  return message;
}

describe('the welcome', () => {
  it('says what is due first and when: the rent, and the deposit that falls due with it', () => {
    const { subject, text } = welcomeOn(worldOf(['deposit', '500.00'], { signedOn: SIGNED_ON }), SIGNED_ON);
    expect(subject).toBe('Welcome to Elm Street 5: your lease is signed');
    expect(text).toMatch(/^Your lease for Elm Street 5, L1 is signed\. First due: \$1,500\.00 on December 1, 2026\.\n/);
    expect(text).toContain('- Rent, December 2026: $1,000.00, due Dec 1, 2026\n- Deposit: $500.00, due Dec 1, 2026\n');
    expect(text).toContain('Please pay in the way your lease sets out.');
  });

  it('asks for no deposit that was held when the books opened', () => {
    const world = worldOf(['deposit', '500.00', 'start', '2026-01-01'], { signedOn: SIGNED_ON });
    world.settings = { ...world.settings, booksOpenOn: day('2026-12-01') };
    const { text } = welcomeOn(world, SIGNED_ON);
    expect(text).toContain('First due: $1,000.00 on December 1, 2026.');
    expect(text).not.toContain('Deposit');
  });

  it('says that nothing is due where the first rent is paid ahead', () => {
    const world = worldOf([], { signedOn: SIGNED_ON });
    world.today = SIGNED_ON;
    const stem = entryStem(world, world.leases[0] as Lease, 'receipt:1');
    commitEntry(world, { ...stem, kind: 'receipt', receipt: key('cash:1'), amountCents: cents(100_000), items: [] });
    const { text } = welcomeOn(world, SIGNED_ON);
    expect(text).toMatch(/^Your lease for Elm Street 5, L1 is signed\.\n/);
    expect(text).toContain('Nothing is due at the moment.');
    expect(text).not.toMatch(/\$|Please pay|on its way/);
  });

  it.each(['en', 'es', 'fr', 'de'])('names the amount and the day in %s', (language) => {
    expect(welcomeOn(worldOf([], { signedOn: SIGNED_ON }), SIGNED_ON, language).text).toMatch(
      /^.*1[.,\s]?000[.,]00.* 2026\b/,
    );
  });
});
