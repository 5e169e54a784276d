/** What is shown of one lease: figures, lines, terms, papers, and what belongs to nobody outside the office. */
import { build } from '../../../src/api/resident/build';
import { pageLanguage, tagFor } from '../../../src/api/resident/head-view';
import { documentsOf, receiptName, receiptView, statementView } from '../../../src/api/resident/papers-view';
import { monthWord } from '../../../src/api/resident/strip-view';
import { day } from '../../../src/domain/calendar';
import { cents } from '../../../src/domain/money';
import { currency, instant, key } from '../../../src/domain/values';
import { act } from '../../domain/acting';
import { L1, live, type Payment, RENT, read, worldOf } from './life';

const TOLD = { asOf: instant(Date.parse('2026-01-10T14:00:00Z')), stale: false };
const paid = (after: number, amount: number, fate: Payment['fate'] = 'settled'): Payment => ({ after, amount, fate });

describe('the figures', () => {
  it('say what is owed, since when, and until when a fee can be averted', () => {
    const world = worldOf(RENT);
    live(world, 2, []);
    expect(build(read(world), TOLD).account).toEqual({
      word: 'grace',
      daysLate: 2,
      balanceCents: 100_000,
      unpaidCents: 100_000,
      disputedCents: 0,
      planLaterCents: 0,
      oldestDue: '2026-01-01',
      aheadCents: 0,
      processingCents: 0,
      collectedCents: 0,
      depositHeldCents: 0,
      next: { due: '2026-02-01', amountCents: 100_000 },
      lastFreeDay: '2026-01-04',
    });
  });

  it('name no day of grace once a fee has come', () => {
    const world = worldOf(RENT);
    live(world, 9, []);
    const { account, open } = build(read(world), TOLD, { requests: [] });
    expect(account.word).toBe('late');
    expect(account.lastFreeDay).toBeUndefined();
    expect(account.unpaidCents).toBe(104_000);
    expect(open.map(({ type, openCents, mayDispute }) => [type, openCents, mayDispute])).toEqual([
      ['rent', 100_000, true],
      ['late fee', 4_000, true],
    ]);
    expect(open[0]).toMatchObject({ from: '2026-01-01', until: '2026-02-01' });
  });

  it('neither take pending money off the balance nor leave it unsaid', () => {
    const world = worldOf(RENT);
    live(world, 4, [paid(2, 100_000, 'pending')]);
    const view = build(read(world), TOLD);
    expect(view.account).toMatchObject({ word: 'processing', balanceCents: 100_000, processingCents: 100_000 });
    expect(view.processing).toEqual([{ amountCents: 100_000, on: '2026-01-03', source: 'stripe' }]);
  });

  it('say what is ahead', () => {
    const world = worldOf(RENT);
    live(world, 4, [paid(1, 102_000)]);
    expect(build(read(world), TOLD).account).toMatchObject({ word: 'paid', balanceCents: -2_000, aheadCents: 2_000 });
  });
});

describe('what comes', () => {
  it('is what the coming days will post, credits included, and nothing that is posted', () => {
    const world = worldOf(RENT);
    const term = { row: 2, lease: L1, until: undefined, memo: '' } as const;
    world.terms.set(L1, [
      { ...term, type: 'parking', amountCents: cents(3_000), from: day('2026-01-01'), every: 'period' },
      { ...term, type: 'credit', amountCents: cents(1_000), from: day('2026-01-20'), every: 'once', memo: 'Painting' },
    ] as never);
    live(world, 9, []);
    const view = build(read(world), TOLD);
    expect(view.upcoming.map(({ type, due, amountCents }) => [type, due, amountCents])).toEqual([
      ['credit', '2026-01-20', -1_000],
      ['rent', '2026-02-01', 100_000],
      ['parking', '2026-02-01', 3_000],
    ]);
    expect(view.account.next).toEqual({ due: '2026-02-01', amountCents: 103_000 });
  });
});

describe('the ledger', () => {
  it('shows the words of a Terms row, and never what a manager wrote for the office', () => {
    const world = worldOf(RENT);
    world.terms.set(L1, [
      {
        row: 2,
        lease: L1,
        type: 'repair',
        amountCents: cents(5_000),
        from: day('2026-01-05'),
        every: 'once',
        memo: 'Broken window',
      },
    ]);
    live(world, 9, []);
    act(
      world,
      {
        kind: 'charge',
        lease: 'L1',
        type: 'cleaning',
        amount: '20.00',
        due: world.today,
        reason: 'difficult person',
      } as never,
      'click1',
    );
    const lines = build(read(world), TOLD).months.flatMap((month) => month.lines);
    expect(lines.find((line) => line.type === 'repair')?.memo).toBe('Broken window');
    expect(lines.map((line) => line.type)).toContain('cleaning');
    expect(JSON.stringify(build(read(world), TOLD))).not.toContain('difficult');
  });

  it('names who paid only where several share the lease', () => {
    const alone = worldOf(RENT);
    live(alone, 3, [paid(1, 50_000)]);
    const shared = worldOf(RENT, { residents: 'Maria Silva, Ben Cole' });
    live(shared, 3, [paid(1, 50_000)]);
    for (const [id, row] of shared.receipts) shared.receipts.set(id, { ...row, payer: 'BEN COLE' });
    const payers = (world: typeof alone) =>
      build(read(world), TOLD).months.flatMap((month) => month.lines.flatMap((line) => line.payer ?? []));
    expect(payers(alone)).toEqual([]);
    expect(payers(shared)).toEqual(['BEN COLE']);
  });
});

describe('whom the page greets', () => {
  it('is the person whose address the link was made for, and all where that is not known', () => {
    const two = { residents: 'Maria Silva, Ben Cole', emails: ['m@example.com', 'b@example.com'] };
    const world = worldOf(RENT, two);
    live(world, 0, []);
    const one = read(world);
    const to = (address: string) => build({ ...one, link: { ...one.link, address } }, TOLD).names;
    expect(to('B@example.com')).toBe('Ben Cole');
    expect(to('+15550100199')).toBe('Maria Silva, Ben Cole');
  });

  it('reads the language of the lease unless another was chosen, and the forms of its region or currency', () => {
    expect(['es_MX', 'de', 'fr-CA', 'pl', ''].map(pageLanguage)).toEqual(['es', 'de', 'fr', 'en', 'en']);
    const usd = currency('USD');
    expect(tagFor('es', 'es_MX', usd)).toBe('es-MX');
    expect(tagFor('en', 'es_MX', usd)).toBe('en-US');
    expect(tagFor('en', 'en', currency('GBP'))).toBe('en-GB');
    expect(tagFor('fr', '', currency('CAD'))).toBe('fr-CA');
    expect(tagFor('de', 'de', currency('JPY'))).toBe('de');
    const world = worldOf(RENT, { language: 'fr' });
    live(world, 0, []);
    expect(build(read(world), TOLD).language).toBe('fr');
    expect(build(read(world), { ...TOLD, lang: 'de' }).language).toBe('de');
  });
});

describe('the terms of the late fee', () => {
  it('are those that the ledger reckons by', () => {
    const world = worldOf(RENT);
    live(world, 2, []);
    expect(build(read(world), TOLD).fee).toEqual({
      firstDay: '2026-02-05',
      late: { kind: 'flat', amountCents: 4_000 },
      freeDays: 3,
      returnedCents: 2_500,
      byLaw: false,
    });
  });
});

describe('papers', () => {
  const world = worldOf(RENT);
  live(world, 40, [paid(1, 102_000), paid(33, 60_000, 'pending')]);
  const one = read(world);

  it('name a receipt by nothing that tells of the lease, and show what it paid', () => {
    const [receipt] = documentsOf(one).receipts;
    const name = receipt?.name ?? '';
    expect(name).toMatch(/^[0-9a-f]{24}$/);
    expect(receiptView(one, TOLD, name)).toMatchObject({
      on: '2026-01-02',
      amountCents: 102_000,
      source: 'stripe',
      reference: 'p0',
      paidFor: [
        { type: 'rent', due: '2026-01-01', amountCents: 100_000 },
        { type: 'rent', due: '2026-02-01', amountCents: 2_000 },
      ],
      aheadCents: 0,
    });
  });

  it('are none for money on its way or for a receipt of another lease', () => {
    expect(documentsOf(one).receipts).toHaveLength(1);
    expect(receiptView(one, TOLD, receiptName(key('stripe:p1')))).toBeUndefined();
    expect(receiptView(one, TOLD, receiptName(key('stripe:other')))).toBeUndefined();
    expect(receiptView(one, TOLD, '')).toBeUndefined();
  });

  it('keep a statement within the books, also where its days are turned round', () => {
    const asked = statementView(one, TOLD, { from: day('1999-01-01'), until: day('2999-01-01') });
    expect([asked.from, asked.until]).toEqual(['2026-01-01', one.account.today]);
    const turned = statementView(one, TOLD, { from: day('2026-02-01'), until: day('2026-01-05') });
    expect([turned.from, turned.until, turned.openingCents]).toEqual(['2026-01-05', '2026-01-05', -2_000]);
  });
});

describe('parts that are not there', () => {
  it('leave no form on the page', () => {
    const world = worldOf(RENT);
    live(world, 9, []);
    const bare = build(read(world), TOLD);
    expect(bare).toMatchObject({ mayAsk: false, requests: [], people: [] });
    expect(bare.open.some((line) => line.mayDispute)).toBe(false);
    expect([bare.pay, bare.autopay, bare.plan, bare.contact]).toEqual([undefined, undefined, undefined, undefined]);
    expect(build(read(world), TOLD, { requests: [] }).mayAsk).toBe(true);
  });
});

describe('the word of a month', () => {
  it('is the worst of its charges, and partial where something is paid', () => {
    expect(monthWord([])).toBe('none');
    expect(monthWord(['on time', 'late'])).toBe('late');
    expect(monthWord(['on time', 'unpaid'])).toBe('partial');
    expect(monthWord(['unpaid', 'unpaid'])).toBe('unpaid');
    expect(monthWord(['processing', 'late'])).toBe('processing');
  });
});
