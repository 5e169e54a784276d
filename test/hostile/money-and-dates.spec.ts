/** Dates and money that break naive ledgers, told to the built add-on as a year would tell them. */
import fc from 'fast-check';
import {
  askApi,
  bookOf,
  disputeOf,
  ELM,
  intentOf,
  leapTo,
  leaseOf,
  liveDays,
  loadStripe,
  mailsOf,
  refundOf,
  smallWorld,
  tabOf,
  verdictOf,
  type World,
} from '../worlds';
import { hostile } from './hostile';

const entries = (world: World, lease: string) => bookOf(world).entries.filter((entry) => entry.lease === lease);
const keys = (world: World, lease: string) => entries(world, lease).map((entry) => entry.key);
const balance = (world: World, lease: string) => bookOf(world).leases.find((each) => each.id === lease)?.balance;

/** The first tick of a day, a quarter past midnight in New York. */
const day = (world: World, on: string) => leapTo(world, `${on}T05:20:00Z`);

describe('the calendar', () => {
  hostile(
    'money-and-dates-03',
    'rent due on the 31st falls on the last day of each of the 48 months of a leap cycle',
    () => {
      const world = smallWorld({
        on: '2027-01-01',
        zone: 'Etc/UTC',
        properties: [{ ...ELM, 'Time zone': 'Etc/UTC', 'Late fee': '' }],
        leases: [
          leaseOf('L-1', { 'Due day': '31', Start: '2026-12-31', Email: '' }),
          leaseOf('L-2', { Start: '2028-02-29', Email: '' }),
        ],
        settings: { 'Quiet hours': 'none' },
      });
      for (let month = 1; month <= 48; month++) leapTo(world, Date.UTC(2027, month, 0, 1));
      const due = entries(world, 'L-1')
        .filter((entry) => entry.kind === 'charge')
        .map((entry) => String(entry.due));
      const last = Array.from({ length: 48 }, (_, month) =>
        new Date(Date.UTC(2027, month + 1, 0)).toISOString().slice(0, 10),
      );
      expect(due).toEqual(last);
      expect(keys(world, 'L-2').filter((name) => name.startsWith('rent:'))[0]).toBe('rent:L-2:2028-02-29');
      expect(verdictOf(world).ok).toBe(true);
    },
  );

  hostile('money-and-dates-05', 'three days without a trigger over the month end are made up for once', () => {
    const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1')], settings: { 'Quiet hours': 'none' } });
    loadStripe(world, [intentOf('pi_Nov', 'L-1', 100_000, '2026-11-01T12:00:00Z')]);
    for (const on of ['2026-11-01', '2026-11-02', '2026-11-29']) day(world, on);
    const mails = mailsOf(world).length;
    world.state.nowMs = Date.parse('2026-12-07T06:00:00Z');
    for (let run = 0; run < 3; run++) world.run('tick', [], { trigger: 'time' });
    expect(keys(world, 'L-1').filter((name) => name.endsWith('2026-12') && name.startsWith('rent:'))).toHaveLength(1);
    const [fee] = entries(world, 'L-1').filter((entry) => String(entry.type) === 'late fee');
    expect([fee?.key, fee?.day]).toEqual(['fee:rent:L-1:2026-12', '2026-12-06']);
    const late = mailsOf(world)
      .slice(mails)
      .filter(({ to }) => to.includes('l-1@'));
    expect(late).toHaveLength(1);
    expect(late[0]?.subject).toMatch(/late|due/i);
  });
});

describe('money that comes in its own order', () => {
  hostile(
    'money-and-dates-06',
    'a payment initiated before the fee takes the fee back once, with a row of the Log',
    () => {
      const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1')] });
      liveDays(world, '2026-11-01', '2026-11-06');
      expect(keys(world, 'L-1')).toContain('fee:rent:L-1:2026-11');
      loadStripe(world, [
        intentOf('pi_Early', 'L-1', 100_000, '2026-11-05T12:00:00Z', { payment_method_types: ['us_bank_account'] }),
      ]);
      liveDays(world, '2026-11-07', '2026-11-09');
      expect(balance(world, 'L-1')).toBe('0.00');
      expect(keys(world, 'L-1').filter((name) => name === 'void:fee:rent:L-1:2026-11')).toHaveLength(1);
      expect(tabOf(world, 'Log').filter((row) => row.Key === 'void:fee:rent:L-1:2026-11')).toHaveLength(1);
    },
  );

  hostile('money-and-dates-07', 'late returns, won disputes and partial refunds leave what the processor holds', () => {
    const world = smallWorld({
      on: '2026-11-01',
      properties: [{ ...ELM, 'Late fee': '', 'Returned payment fee': '' }],
      leases: ['L-1', 'L-2', 'L-3'].map((id) => leaseOf(id, { Email: '' })),
    });
    const paid = '2026-11-01T12:00:00Z';
    loadStripe(world, [
      intentOf('pi_Ach', 'L-1', 100_000, paid, { payment_method_types: ['us_bank_account'] }),
      intentOf('pi_Won', 'L-2', 100_000, paid),
      intentOf('pi_Part', 'L-3', 150_000, paid),
    ]);
    liveDays(world, '2026-11-01', '2026-11-03');
    loadStripe(world, [disputeOf('dp_Won', 'pi_Won', 100_000, '2026-11-10T12:00:00Z', 'needs_response')]);
    liveDays(world, '2026-11-11', '2026-11-11');
    loadStripe(world, [
      disputeOf('dp_Ach', 'pi_Ach', 100_000, '2026-12-31T12:00:00Z', 'lost'),
      disputeOf('dp_Won', 'pi_Won', 100_000, '2026-11-10T12:00:00Z', 'won'),
      refundOf('re_Part', 'pi_Part', 30_000, '2026-12-30T12:00:00Z'),
    ]);
    for (const on of ['2026-12-01', '2027-01-01']) day(world, on);
    leapTo(world, '2027-01-01T06:00:00Z');
    // Three rents each (November, December, January) of 1,000.00, less what stayed with the processor.
    expect(['L-1', 'L-2', 'L-3'].map((lease) => balance(world, lease))).toEqual(['3000.00', '2000.00', '1800.00']);
    expect(verdictOf(world).ok).toBe(true);
  });

  hostile(
    'money-and-dates-08',
    'twelve months ahead are kept, and two equal payments of one day are two receipts',
    () => {
      const world = smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1'), leaseOf('L-2')] });
      loadStripe(world, [
        intentOf('pi_Year', 'L-1', 1_200_000, '2026-11-01T12:00:00Z'),
        intentOf('pi_One', 'L-2', 50_000, '2026-11-01T12:00:00Z'),
        intentOf('pi_Two', 'L-2', 50_000, '2026-11-01T12:05:00Z'),
      ]);
      liveDays(world, '2026-11-01', '2026-11-02');
      expect(balance(world, 'L-1')).toBe('-11000.00');
      expect(bookOf(world).leases.find((each) => each.id === 'L-1')?.prepaid).toBe('11000.00');
      expect(keys(world, 'L-2').filter((name) => name.startsWith('stripe:'))).toEqual([
        'stripe:pi_One',
        'stripe:pi_Two',
      ]);
      expect(balance(world, 'L-2')).toBe('0.00');
    },
  );
});

describe('fees and shares', () => {
  hostile(
    'money-and-dates-09',
    'a fee above the law, before its day, or on a fee is not charged, and the row names the rule',
    () => {
      const world = smallWorld({
        on: '2026-11-01',
        properties: [{ ...ELM, Jurisdiction: 'US-NY', 'Late fee': '500.00', 'Grace days': '0' }],
        leases: [leaseOf('L-1', { Email: '' })],
      });
      liveDays(world, '2026-11-01', '2026-11-05');
      const fees = () => entries(world, 'L-1').filter((entry) => String(entry.type) === 'late fee');
      expect(fees()).toEqual([]);
      liveDays(world, '2026-11-06', '2026-11-30');
      expect(fees().map((fee) => fee.amount)).toEqual(['50.00']);
      expect(String(fees()[0]?.why)).toMatch(/N\.?Y|238-a/);
    },
  );

  const MONTHS = [
    ['2027-01', 31],
    ['2027-02', 28],
    ['2027-04', 30],
    ['2028-02', 29],
  ] as const;
  const made = new Map<string, World>();
  const monthOf = (first: string): World => {
    const utc = { ...ELM, 'Time zone': 'Etc/UTC' };
    const open = () => smallWorld({ on: `${first}-01`, zone: 'Etc/UTC', properties: [utc], leases: [leaseOf('L-1')] });
    made.set(first, made.get(first) ?? open());
    return (made.get(first) as World).clone();
  };

  hostile(
    'money-and-dates-10',
    'a rent that changes in the middle of a period costs the sum of its parts, to the cent',
    () => {
      const change = fc.tuple(
        fc.constantFrom(...MONTHS),
        fc.integer({ min: 2, max: 28 }),
        fc.integer({ min: 1, max: 3000 }),
      );
      fc.assert(
        fc.property(change, ([[first, days], date, rent]) => {
          const world = monthOf(first);
          const from = `${first}-${String(date).padStart(2, '0')}`;
          askApi(world, 'addTerm', [{ lease: 'L-1', type: 'rent', amount: `${rent}.00`, from, every: 'period' }]);
          askApi(world, 'daily');
          const charges = entries(world, 'L-1').filter((entry) => entry.kind === 'charge');
          const charged = charges.reduce((all, entry) => all + Math.round(Number(entry.amount) * 100), 0);
          const exact = (100_000 * (date - 1) + rent * 100 * (days - date + 1)) / days;
          expect(Math.abs(charged - exact)).toBeLessThanOrEqual(1);
        }),
        { numRuns: 12 },
      );
    },
  );
});
