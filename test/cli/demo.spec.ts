/** The demo portfolio: who lives in it, and that its six weeks show every standing there is. */
import { duesOf, stripeHistory } from '../../local/demo/payments';
import { HOUSEHOLDS } from '../../local/demo/portfolio';
import { BUILDINGS } from '../../local/demo/units';
import { CommandLine } from '../simulation/cli';

const line = new CommandLine();
afterAll(() => line.close());

const kinds = (column: string) => new Set(HOUSEHOLDS.map(({ unit }) => unit.more?.[column] ?? ''));

describe('the demo portfolio', () => {
  it('has forty-eight households in three buildings, three zones and two currencies', () => {
    expect(HOUSEHOLDS).toHaveLength(48);
    expect(new Set(BUILDINGS.map((building) => building.zone)).size).toBe(3);
    expect(new Set(BUILDINGS.map((building) => building.currency))).toEqual(new Set(['USD', 'GBP']));
  });

  it('has no two households with one id, one address or one customer', () => {
    expect(new Set(HOUSEHOLDS.map(({ unit }) => unit.id)).size).toBe(48);
    expect(new Set(HOUSEHOLDS.map(({ email }) => email)).size).toBe(48);
    expect(new Set(HOUSEHOLDS.map(({ customer }) => customer)).size).toBe(48);
  });

  it('shows every frequency and every way of proration', () => {
    expect(kinds('Frequency')).toEqual(new Set(['', 'weekly', 'fortnightly', 'quarterly', 'yearly']));
    expect(kinds('Proration')).toEqual(new Set(['', 'actual days', '30-day', '365-day']));
  });

  it('is the same in every run', () => {
    expect(JSON.stringify(stripeHistory())).toBe(JSON.stringify(stripeHistory()));
  });

  it.each([
    ['LN-6', ['2026-10-01', '2026-10-08', '2026-10-15', '2026-10-22', '2026-10-29', '2026-11-05']],
    ['AU-201', ['2026-10-09', '2026-10-23', '2026-11-06']],
    ['AU-202', ['2026-10-02', '2026-10-16', '2026-10-30']],
    ['BK-S1', ['2026-10-01']],
    ['LN-11', ['2026-11-01']],
    ['BK-G1', ['2026-10-12', '2026-11-01']],
  ])('%s pays on the days on which its rent falls due', (id, days) => {
    const household = HOUSEHOLDS.find(({ unit }) => unit.id === id);
    expect(household && duesOf(household)).toEqual(days);
  });
});

interface Book {
  readonly leases: readonly { readonly standing: string }[];
  readonly receipts: readonly { readonly lease: string | null; readonly state: string }[];
  readonly problems: readonly unknown[];
}

describe('the demo on the ninth of November', () => {
  let book: Book;

  beforeAll(async () => {
    const made = await line.run('demo', '--book', 'demo');
    expect([made.exit, made.out.split('\n')[0]]).toEqual([0, `Made the demo in ${line.path('demo')}.`]);
    book = JSON.parse((await line.run('export', '--book', 'demo')).out) as Book;
  }, 240_000);

  it('shows every standing at least once', () => {
    const standings = new Set(book.leases.map((lease) => lease.standing));
    for (const word of [
      'paid',
      'due',
      'grace',
      'late',
      'partial',
      'processing',
      'disputed',
      'hold',
      'plan',
      'notice',
    ]) {
      expect(standings).toContain(word);
    }
  });

  it('has a payment that nobody could place, a failed card, a returned debit and a refund', () => {
    expect(book.receipts.filter((receipt) => receipt.lease === null)).toHaveLength(1);
    const states = new Set(book.receipts.map((receipt) => receipt.state));
    for (const state of ['failed', 'returned', 'disputed', 'partly refunded', 'pending'])
      expect(states).toContain(state);
  });

  it('shows the cell that holds words as a problem, and lets the other leases run', async () => {
    const { json } = await line.json<{ problems: string[] }>('status', '--book', 'demo');
    expect(json.problems.join('\n')).toMatch(/"seventeen ninety-five" is not an amount/);
    expect(book.leases).toHaveLength(47);
  });

  it('is sound', async () => {
    expect((await line.run('verify', '--book', 'demo')).out).toMatch(/^All is well/);
  });
});
