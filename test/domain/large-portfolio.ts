/** Payments that wait for a lease, and a portfolio of many look-alike leases to find it in. */
import type { Lease, ReceiptRow } from '../../src/domain/book';
import { day } from '../../src/domain/calendar';
import { cents, ZERO } from '../../src/domain/money';
import type { RunBook } from '../../src/domain/run-book';
import { currency, instant, key, leaseId } from '../../src/domain/values';
import { bookOf, leaseFrom, newWorld, nothingTold, runDay } from './small-world';
import { optionsOf } from './story';

const AT = instant(Date.parse('2026-12-02T15:00:00Z'));
const NAMES = ['Garcia', 'Smith', 'Novotny', 'Okafor', 'Nguyen', 'Brook', 'Lindqvist', 'Haddad', 'Cole', 'Moreau'];
const SYLLABLES = ['ka', 'lo', 'mi', 'ra', 'ten', 'vor', 'sa', 'bel', 'dun', 'ish'];

export const receipt = (more: Partial<ReceiptRow> = {}): ReceiptRow => ({
  row: 2,
  key: key('stripe:pi_1'),
  source: 'stripe',
  externalId: 'pi_1',
  amountCents: cents(77_700),
  currency: currency('USD'),
  state: 'settled',
  initiatedAt: AT,
  payer: '',
  payerEmail: '',
  customer: '',
  leaseRef: '',
  memo: '',
  matched: '',
  items: [],
  reversedCents: ZERO,
  feeCents: ZERO,
  reversals: [],
  seenAt: AT,
  ...more,
});

/** Every lease of a book with its property. */
export const places = (book: RunBook) =>
  book.leases.map((lease) => ({ lease, property: book.properties.get(lease.property) as never }));

const surname = (n: number) =>
  `${NAMES[n % 10]}${SYLLABLES[Math.floor(n / 10) % 10]}${SYLLABLES[Math.floor(n / 100) % 10]}`;

/** A book whose one lease owes December. */
function owing(): { readonly book: RunBook; readonly lease: Lease } {
  const world = newWorld();
  world.ladder = [];
  world.leases.push(leaseFrom(world, 'L-101', optionsOf(['rent', '1000.00', 'due', '1'], [])));
  runDay(world, nothingTold(), day('2026-12-01'));
  const book = bookOf(world);
  return { book, lease: book.leases[0] as Lease };
}

/** So many leases with December due, and so many bank lines whose names, rents and units fit some of them. */
export function largePortfolio(leaseCount: number, payments: number): { book: RunBook; rows: readonly ReceiptRow[] } {
  const { book: base, lease: first } = owing();
  const leases = Array.from(
    { length: leaseCount },
    (_, n): Lease => ({
      ...first,
      id: leaseId(`R-${n}`),
      unit: `${Math.floor(n / 26)}${String.fromCharCode(65 + (n % 26))}`,
      residents: `${NAMES[(n * 7) % 10]} ${surname(n)}, ${NAMES[(n * 3) % 10]} ${surname(n + 5)}`,
      rentCents: cents(80_000 + (n % 400) * 500),
    }),
  );
  const state = base.states.get(first.id);
  const states = new Map(
    leases.map((lease) => {
      const open = {
        ...state?.charges[0],
        key: `rent:${lease.id}:2026-12`,
        totalCents: lease.rentCents,
        openCents: lease.rentCents,
      };
      return [lease.id, { ...state, lease: lease.id, charges: [open] } as never];
    }),
  );
  const rows = Array.from({ length: payments }, (_, n) =>
    receipt({
      key: key(`bank:${n}`),
      amountCents: cents(80_000 + n * 500),
      payer: `${NAMES[n % 10]} ${surname(n * 37)}`,
      memo: `ACH PMT DES:RENT unit ${n}B INDN:${surname(n * 11)} ${NAMES[n % 7]} WEB`,
    }),
  );
  return { book: { ...base, leases, states }, rows };
}
