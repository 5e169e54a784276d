/** Days, periods and money as residents read them. */
import { day } from '../../src/domain/calendar';
import {
  baseLanguage,
  daysWords,
  languageTag,
  longDay,
  moneyWords,
  periodWords,
  shortDay,
} from '../../src/domain/dates';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('days in words', () => {
  it.each([
    ['en', 'December 1, 2026', 'Dec 1, 2026'],
    ['en-GB', '1 December 2026', '1 Dec 2026'],
    ['es', '1 de diciembre de 2026', '1 dic 2026'],
    ['fr', '1er décembre 2026', '1er déc. 2026'],
    ['de', '1. Dezember 2026', '1. Dez. 2026'],
  ])('%s reads %s and %s', (language, long, short) => {
    expect(plain(longDay(day('2026-12-01'), language))).toBe(long);
    expect(plain(shortDay(day('2026-12-01'), language))).toBe(short);
  });

  it('count on in French after the first', () => {
    expect(plain(longDay(day('2026-12-11'), 'fr'))).toBe('11 décembre 2026');
  });

  it("keep the day on both sides of the year's end, whatever the zone of the machine", () => {
    expect(longDay(day('2026-01-01'), 'en')).toBe('January 1, 2026');
    expect(longDay(day('2026-12-31'), 'en')).toBe('December 31, 2026');
  });
});

describe('a period in words', () => {
  it.each([
    ['2026-12-01', '2027-01-01', 'December 2026'],
    ['2026-02-01', '2026-03-01', 'February 2026'],
    ['2026-10-01', '2027-01-01', 'October 2026 – December 2026'],
    ['2026-12-15', '2027-01-01', 'Dec 15, 2026 – Dec 31, 2026'],
    ['2026-12-01', '2026-12-15', 'Dec 1, 2026 – Dec 14, 2026'],
    ['2026-12-01', '2026-12-02', 'Dec 1, 2026'],
    ['2026-12-07', '2026-12-14', 'Dec 7, 2026 – Dec 13, 2026'],
  ])('[%s, %s) is %s', (from, until, words) => {
    expect(periodWords(day(from), day(until), 'en')).toBe(words);
  });

  it('follows the language', () => {
    expect(periodWords(day('2026-12-01'), day('2027-01-01'), 'es')).toBe('diciembre de 2026');
    expect(periodWords(day('2026-12-01'), day('2027-01-01'), 'de')).toBe('Dezember 2026');
  });
});

describe('money and counts in words', () => {
  it.each([
    ['en-US', 'USD', 125000, '$1,250.00'],
    ['fr-CA', 'CAD', 125000, '1 250,00 $'],
    ['de-DE', 'EUR', 125000, '1.250,00 €'],
    ['ja-JP', 'JPY', 125000, '¥125,000'],
  ])('%s writes %s %i as %s', (language, code, units, words) => {
    expect(plain(moneyWords(cents(units), currency(code), language)).replace('￥', '¥')).toBe(words);
  });

  it('say one day and six days in each language', () => {
    expect(['en', 'es', 'fr', 'de'].map((language) => plain(daysWords(1, language)))).toEqual([
      '1 day',
      '1 día',
      '1 jour',
      '1 Tag',
    ]);
    expect(plain(daysWords(6, 'de'))).toBe('6 Tage');
  });
});

describe('a language cell', () => {
  it.each([
    ['es_MX', 'es-MX'],
    [' FR ', 'fr'],
    ['', 'en'],
    ['Spanish!', 'en'],
    ['zz', 'en'],
    ['x', 'en'],
  ])('"%s" becomes %s and never stops a message', (text, tag) => {
    expect(languageTag(text)).toBe(tag);
    expect(longDay(day('2026-12-01'), text)).not.toBe('');
  });

  it('has a base language', () => {
    expect(baseLanguage(' ES_mx')).toBe('es');
    expect(baseLanguage('')).toBe('');
  });
});
