import { day } from '../../src/domain/calendar';
import { keeps, type Mirror } from '../../src/domain/mirror';
import { leaseId } from '../../src/domain/values';
import { bookIn, leaseIn, listening } from './telling-world';

const from = day('2026-12-01');
const XERO: Mirror = { platform: 'xero', from };
const APPFOLIO: Mirror = { platform: 'appfolio', from };

describe('which books keep a lease', () => {
  const keptBy = (mirror: Mirror, books: readonly string[] | undefined, isLinked: boolean): boolean => {
    const ear = listening(['L-1 rent 1000.00'], [], books ? { books } : {});
    const link = {
      row: 2,
      lease: leaseId('L-1'),
      platform: mirror.platform,
      kind: 'customer' as const,
      externalId: 'x',
    };
    if (isLinked) ear.world.links.push(link);
    return keeps(bookIn(ear), mirror, leaseIn(ear));
  };

  it.each([
    ['all that are connected, where its property names none', XERO, undefined, false, true],
    ['those that its property names', XERO, ['xero'], false, true],
    ['none that its property does not name', XERO, ['quickbooks'], true, false],
    ['none, where its property says so', XERO, [], true, false],
    ['a property system that has it', APPFOLIO, undefined, true, true],
    ['no property system that has it not', APPFOLIO, undefined, false, false],
    [
      'a property system that its property names, linked or not: a fault then says what is missing',
      APPFOLIO,
      ['appfolio'],
      false,
      true,
    ],
  ])('%s', (_, mirror, books, isLinked, kept) => {
    expect(keptBy(mirror, books, isLinked)).toBe(kept);
  });
});
