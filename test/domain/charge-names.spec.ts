/** What charges are called in mails and texts: as on the resident's page, in the language of the mail. */
import { day } from '../../src/domain/calendar';
import { CHARGE_NAMES, chargeName } from '../../src/domain/charge-names';
import { mailFields } from '../../src/domain/mail-fields';
import { accountIn } from './asking';
import { leaseFrom, newWorld, nothingTold, runDay } from './small-world';
import { optionsOf } from './story';

const LANGUAGES = Object.keys(CHARGE_NAMES) as (keyof typeof CHARGE_NAMES)[];

/** Rent and its late fee, both open. */
function late() {
  const world = newWorld();
  const words = 'rent 1000.00 due 1 start 2026-10-01 grace 5 fee 50.00'.split(' ');
  world.leases.push(leaseFrom(world, 'L1', optionsOf(words, [])));
  const told = nothingTold();
  for (let on = 1; on <= 7; on++) runDay(world, told, day(`2026-10-0${on}`));
  return accountIn(world, 'L1');
}

describe('the charges of a mail', () => {
  it.each([
    ['en', ['Rent', 'Late fee']],
    ['es', ['Renta', 'Recargo por mora']],
    ['fr', ['Loyer', 'Frais de retard']],
    ['de', ['Miete', 'Verzugsgebühr']],
  ])('are called in %s as on the page', (language, names) => {
    const fields = mailFields(late(), { kind: 'late', payload: { about: 'rent:L1:2026-10' } }, language, '');
    expect((fields.charges ?? []).map(({ label }) => label.split(',')[0])).toEqual(names);
  });

  it('are called so in the answer to a dispute', () => {
    const request = { about: 'fee:rent:L1:2026-10', on: day('2026-10-07'), agreed: true, answer: 'x' };
    const fields = mailFields(late(), { kind: 'request-answered', payload: { request } }, 'de-AT', '');
    expect(fields.request_line).toBe('Verzugsgebühr');
  });
});

describe('the names', () => {
  it('are the same kinds in every language, and no English word where it is another language', () => {
    const kinds = Object.keys(CHARGE_NAMES.en);
    for (const language of LANGUAGES) {
      expect(Object.keys(CHARGE_NAMES[language])).toEqual(kinds);
      for (const kind of ['rent', 'late fee', 'deposit', 'returned payment fee', 'opening balance'])
        if (language !== 'en') expect(chargeName(kind, language)).not.toBe(chargeName(kind, 'en'));
    }
  });

  it('leave a manager’s own kind as it was written, whatever it is called', () => {
    expect(chargeName('garden', 'fr')).toBe('Garden');
    for (const name of ['constructor', 'toString', '__proto__'])
      expect(chargeName(name, 'es').toLowerCase()).toBe(name.toLowerCase());
  });

  it('of a language that we do not have are English', () => {
    expect(chargeName('late fee', 'pt')).toBe('Late fee');
    expect(chargeName('late fee', 'constructor')).toBe('Late fee');
  });
});
