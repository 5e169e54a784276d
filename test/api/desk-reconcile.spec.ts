/** The reconcile queue: candidates, match, split, not rent and ask later from the sidebar, each guarded and undone by reversing entries. */

import { receiptsDecided, undoReceipts } from '../../src/api/desk/money/undo';
import { actOnce } from '../../src/api/desk/once';
import { nodeApp } from '../bench/node-host';
import {
  askApi,
  bookOf,
  callApi,
  ELM,
  intentOf,
  leapTo,
  leaseOf,
  loadStripe,
  mailsOf,
  type Row,
  refundOf,
  smallWorld,
  tabOf,
  typeInto,
  verdictOf,
  type World,
} from '../worlds';

interface Item {
  readonly receipt: { readonly key: string; readonly payer: string; readonly memo: string };
  readonly candidates: readonly {
    readonly lease: { readonly lease: string; readonly balance: { readonly cents: number } };
    readonly confidence: string;
    readonly reasons: readonly string[];
    readonly pays: readonly { readonly charge: string; readonly amount: { readonly cents: number } }[];
    readonly ahead: { readonly cents: number };
  }[];
  readonly duplicates: readonly string[];
  readonly remember?: { readonly kind: string; readonly value: string };
  readonly asked?: string;
  readonly version: string;
}
interface Said {
  readonly done?: true;
  readonly says: string;
  readonly refused?: string;
  readonly keys: readonly string[];
  readonly undo?: string;
}

const OAK: Row = { ...ELM, Property: 'Oak Court' };
const HOSTILE = '=IMPORTXML("https://evil.example")<img src=x onerror=alert(1)> apt 4B';

/** Three leases due on the first of December, and what has come to Stripe by the second. */
function withPayments(objects: readonly object[]): World {
  const world = smallWorld({
    on: '2026-12-01',
    properties: [ELM, OAK],
    leases: [
      leaseOf('L-1', { Unit: '4A', Residents: 'Ada Brook' }),
      leaseOf('L-2', { Unit: '4B', Residents: 'María García', Rent: '1250.00' }),
      leaseOf('O-1', { Property: 'Oak Court', Unit: '7', Residents: 'Dan Ash', Rent: '800.00' }),
    ],
    settings: { 'Quiet hours': 'none', Reminders: 'on', Managers: 'bob@example.com (Oak Court), mia@example.com' },
  });
  loadStripe(world, objects);
  leapTo(world, '2026-12-02T15:00:00Z');
  return world;
}

const MARIA = {
  id: 'cus_M',
  object: 'customer',
  created: 1_764_600_000,
  name: '=HYPERLINK("https://evil.example") GARCIA MARIA',
  email: 'mg@pay.example',
};

/** Four payments that name no lease. */
const base = withPayments([
  MARIA,
  intentOf('pi_Apt', '', 125_000, '2026-12-01T16:00:00Z', { customer: 'cus_M', description: HOSTILE }),
  intentOf('pi_Two', '', 180_000, '2026-12-01T17:00:00Z', { receipt_email: 'aunt@example.net' }),
  intentOf('pi_Coin', '', 1_750, '2026-12-01T18:00:00Z', { description: 'laundry' }),
  intentOf('pi_Slow', '', 4_200, '2026-12-01T19:00:00Z', {
    status: 'processing',
    payment_method_types: ['us_bank_account'],
  }),
]);

const queueOf = (world: World): readonly Item[] => askApi<{ items: readonly Item[] }>(world, 'queue').items;
const itemOf = (world: World, id: string): Item =>
  queueOf(world).find((item) => item.receipt.key === `stripe:${id}`) as Item;
const decide = (world: World, request: string, id: string, as: object, version = itemOf(world, id).version): Said =>
  askApi<Said>(world, 'reconcile', [{ request, receipt: `stripe:${id}`, as: { ...as, version } }]);
const match = (lease: string, remember = false) => ({ kind: 'match', lease, remember });
const receiptOf = (world: World, id: string) =>
  tabOf(world, 'Receipts').find((row) => row.Key === `stripe:${id}`) as Row;
const balances = (world: World) => Object.fromEntries(bookOf(world).leases.map((lease) => [lease.id, lease.balance]));
const asPerson = (world: World, user: string, name: string, args: object = {}) =>
  world.run('api', [name, [args]], { trigger: 'sidebar', user }).value as {
    ok: boolean;
    value: Said & { items: readonly Item[] };
  };

/** What the undo of a click does, on the world's own workbook. */
function undo(world: World, request: string, of: string): Said {
  const lines = tabOf(world, 'Log').filter((row) => row.Run === `click-${of}`);
  const receipts = receiptsDecided(lines.map((row) => ({ kind: row.Kind ?? '', key: row.Key ?? '' })));
  const app = nodeApp(world, 'ann@example.com', world.now);
  return actOnce(app, request, (acting, loaded) => {
    const changes = undoReceipts(acting, loaded, receipts, 'It was a mistake.');
    if ('refused' in changes) return changes;
    const keys = changes.decision.entries.map((entry) => entry.key);
    return { changes, applied: { done: true, says: 'Undone', keys } };
  }) as Said;
}

const STATE_BEFORE = balances(base);

describe('the queue', () => {
  it('shows each waiting payment with its candidates, where the money would go, and how to remember the payer', () => {
    const items = queueOf(base.clone());
    expect(items.map((item) => item.receipt.key)).toEqual(
      ['pi_Apt', 'pi_Two', 'pi_Coin', 'pi_Slow'].map((id) => `stripe:${id}`),
    );
    const [apt] = items as [Item];
    expect(apt.candidates).toHaveLength(1);
    expect(apt.candidates[0]).toMatchObject({
      lease: { lease: 'L-2', word: 'grace', balance: { cents: 125_000, currency: 'USD' } },
      confidence: 'sure',
      pays: [{ charge: 'rent:L-2:2026-12', amount: { cents: 125_000 } }],
      ahead: { cents: 0 },
    });
    expect(apt.candidates[0]?.reasons).toEqual([
      'payer is named like María García',
      'unit 4B in memo',
      'same amount as rent due Dec 1, 2026',
      'near the due date Dec 1, 2026',
    ]);
    expect(apt.remember).toEqual({ kind: 'customer', value: 'cus_M' });
    expect(apt.receipt.memo).toBe(HOSTILE);
  });

  it('warns of money that was recorded by hand as well', () => {
    const world = base.clone();
    const cash = { lease: 'L-2', amount: '1250.00', method: 'check', reference: '9', on: '2026-12-02' };
    askApi(world, 'recordOne', [{ request: 'r1', ...cash }]);
    expect(itemOf(world, 'pi_Apt').duplicates).toEqual(['manual check-9 of Dec 2, 2026, on lease L-2']);
  });

  it('shows a person of some properties only what one of their leases may be meant by, and takes nothing else from them', () => {
    const world = base.clone();
    expect(asPerson(world, 'bob@example.com', 'queue').value.items).toEqual([]);
    const args = {
      request: 'q1',
      receipt: 'stripe:pi_Apt',
      as: { ...match('O-1'), version: itemOf(world, 'pi_Apt').version },
    };
    const unknown = asPerson(world, 'bob@example.com', 'reconcile', { ...args, receipt: 'stripe:pi_None' });
    const hidden = asPerson(world, 'bob@example.com', 'reconcile', args);
    expect(hidden.value.refused).toBe(unknown.value.refused?.replace('pi_None', 'pi_Apt'));
    expect(receiptOf(world, 'pi_Apt')['Lease ID']).toBe('');
  });
});

describe('a match', () => {
  it('pays the lease, thanks the resident, remembers the payer, and is in the Log under who matched it', () => {
    const world = base.clone();
    const said = decide(world, 'q1', 'pi_Apt', match('L-2', true));
    expect(said).toMatchObject({
      says: 'Matched 1,250.00 USD of pi_Apt to L-2',
      undo: 'click-q1',
      keys: ['stripe:pi_Apt'],
    });
    expect(receiptOf(world, 'pi_Apt')).toMatchObject({ 'Lease ID': 'L-2', State: 'settled' });
    expect(receiptOf(world, 'pi_Apt').Matched).toMatch(/^matched by \S+@\S+$/);
    expect(tabOf(world, 'Links')).toMatchObject([
      { 'Lease ID': 'L-2', Platform: 'stripe', Kind: 'customer', 'External ID': 'cus_M' },
    ]);
    const log = tabOf(world, 'Log').filter((row) => row.Run === 'click-q1');
    expect(log.map((row) => [row.Kind, row.Key])).toEqual([
      ['receipt', 'stripe:pi_Apt'],
      ['reconciled', 'stripe:pi_Apt'],
      ['act', ''],
    ]);
    const cells = ['Receipts', 'Links', 'Ledger', 'Log', 'Outbox', 'Tasks', 'Rent Roll'].map((title) =>
      JSON.stringify(
        world.workbook.api('spreadsheets.get', {
          ranges: `'${title}'!A1:Z60`,
          fields: 'sheets.data.rowData.values.userEnteredValue',
        }),
      ),
    );
    expect(cells.filter((text) => text.includes('formulaValue'))).toEqual([]);
    expect(cells.filter((text) => text.includes('=HYPERLINK(')).length).toBeGreaterThan(1);
    loadStripe(world, [intentOf('pi_Next', '', 100, '2026-12-02T15:01:00Z', { customer: 'cus_M' })]);
    leapTo(world, '2026-12-02T15:30:00Z');
    expect(receiptOf(world, 'pi_Next')['Lease ID']).toBe('L-2');
    expect(mailsOf(world).filter((mail) => mail.subject.startsWith('Thank you')).length).toBe(2);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('clicked twice is made once', () => {
    const world = base.clone();
    const version = itemOf(world, 'pi_Apt').version;
    const [first, second] = [1, 2].map(() => decide(world, 'q1', 'pi_Apt', match('L-2'), version));
    expect(second).toMatchObject({ says: first?.says, keys: first?.keys, undo: 'click-q1' });
    expect(bookOf(world).entries.filter((row) => row.kind === 'receipt')).toHaveLength(1);
  });

  it.each([
    ['an unknown lease', match('L-9'), undefined, /^There is no lease "L-9" that runs/],
    ['an old version', match('L-2'), '0000', /^The receipt has changed since it was shown/],
  ])('with %s is refused and changes nothing', (_name, as, version, words) => {
    const world = base.clone();
    const before = JSON.stringify(world.workbook);
    expect(decide(world, 'q1', 'pi_Apt', as, version).refused).toMatch(words);
    expect(JSON.stringify(world.workbook)).toBe(before);
  });

  it('of what another person matched meanwhile is refused', () => {
    const world = base.clone();
    const { version } = itemOf(world, 'pi_Apt');
    decide(world, 'q1', 'pi_Apt', match('L-2'));
    expect(decide(world, 'q2', 'pi_Apt', match('L-1'), version).refused).toBe(
      'There is no receipt stripe:pi_Apt that waits.',
    );
  });

  it.each([
    ['no version', { kind: 'match', lease: 'L-2', remember: false }],
    ['no known kind', { kind: 'burn', version: 'x' }],
    ['a further field', { ...match('L-2'), version: 'x', sudo: true }],
  ])('with %s is refused before anything runs', (_name, as) => {
    const called = callApi(base.clone(), 'reconcile', [{ request: 'q', receipt: 'stripe:pi_Apt', as }]);
    expect(called.ok).toBe(false);
  });

  it('undone is off the lease with its link and its thanks, waits, and only a person matches it again', () => {
    const world = base.clone();
    typeInto(world, 'Settings', 'Quiet hours', 'Value', '00:00-23:00');
    decide(world, 'q1', 'pi_Apt', match('L-2', true));
    expect(undo(world, 'u1', 'q1')).toMatchObject({ done: true, keys: ['stripe:pi_Apt:unmatched:1'] });
    expect(balances(world)).toEqual(STATE_BEFORE);
    expect(tabOf(world, 'Links')).toEqual([]);
    const thanks = bookOf(world).outbox.find((row) => row.key === 'email:receipt:stripe:pi_Apt');
    expect(thanks?.state).toBe('cancelled');
    typeInto(world, 'Leases', 'L-1', 'Email', 'mg@pay.example');
    leapTo(world, '2026-12-03T15:00:00Z');
    expect(receiptOf(world, 'pi_Apt')['Lease ID']).toBe('');
    const again = decide(world, 'q2', 'pi_Apt', match('L-1'));
    expect(again.keys).toEqual(['stripe:pi_Apt:again:1']);
    expect(undo(world, 'u2', 'q2').keys).toEqual(['stripe:pi_Apt:unmatched:2']);
    expect(decide(world, 'q3', 'pi_Apt', match('L-2')).keys).toEqual(['stripe:pi_Apt:again:2']);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });
});

describe('a split', () => {
  const parts = [
    { lease: 'L-1', amount: '1000.00', charge: 'rent:L-1:2026-12' },
    { lease: 'O-1', amount: '800.00' },
  ];

  it('puts each part on its lease', () => {
    const world = base.clone();
    const said = decide(world, 'q1', 'pi_Two', { kind: 'split', parts });
    expect(said).toMatchObject({
      says: 'Split pi_Two: 1,000.00 USD to L-1, 800.00 USD to O-1',
      keys: ['stripe:pi_Two/1', 'stripe:pi_Two/2'],
    });
    expect(receiptOf(world, 'pi_Two')).toMatchObject({ State: 'split', 'Lease ID': '' });
    expect(receiptOf(world, 'pi_Two/2')).toMatchObject({ 'Lease ID': 'O-1', Amount: '800', 'External ID': 'pi_Two/2' });
    expect(balances(world)).toMatchObject({ 'L-1': '0.00', 'O-1': '0.00' });
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('is found whole when a refund comes after its rows have left the open tail', () => {
    const world = withPayments([intentOf('pi_Two', '', 180_000, '2026-12-01T17:00:00Z')]);
    decide(world, 'q1', 'pi_Two', { kind: 'split', parts });
    for (const month of ['2027-01-01', '2027-02-01', '2027-03-01']) leapTo(world, `${month}T15:00:00Z`);
    const tail = tabOf(world, 'State').find((row) => row.Name === 'receiptsTailRow');
    expect(tail?.Value).toBe('5');
    const before = balances(world);
    loadStripe(world, [refundOf('re_Two', 'pi_Two', 180_000, '2027-03-01T16:00:00Z')]);
    leapTo(world, '2027-03-01T17:00:00Z');
    const more = (id: string) => Number(balances(world)[id]) - Number(before[id]);
    // What they had paid in December, and the late fee that the money had averted.
    expect([more('L-1'), more('O-1')]).toEqual([1050, 850]);
    expect(['pi_Two', 'pi_Two/1', 'pi_Two/2'].map((id) => receiptOf(world, id).State)).toEqual([
      'split',
      'refunded',
      'refunded',
    ]);
    expect(tabOf(world, 'Receipts')).toHaveLength(3);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('of which a part is refunded opens a task that names the parts', () => {
    const world = base.clone();
    decide(world, 'q1', 'pi_Two', { kind: 'split', parts });
    loadStripe(world, [refundOf('re_Two', 'pi_Two', 10_000, '2026-12-02T16:00:00Z')]);
    leapTo(world, '2026-12-02T17:00:00Z');
    expect(tabOf(world, 'Tasks').find((row) => row.Key?.startsWith('task:partly back:'))).toMatchObject({
      State: 'open',
      Owner: 'ann@example.com',
      Detail: expect.stringContaining(
        '100.00 USD of 1,800.00 USD went back. Its parts paid 1,000.00 USD of L-1, 800.00 USD of O-1.',
      ),
    });
    expect(balances(world)).toMatchObject({ 'L-1': '0.00', 'O-1': '0.00' });
  });

  it('undone waits as a whole, and can be split anew', () => {
    const world = base.clone();
    decide(world, 'q1', 'pi_Two', { kind: 'split', parts });
    expect(undo(world, 'u1', 'q1').keys).toEqual(['stripe:pi_Two/1:taken-back', 'stripe:pi_Two/2:taken-back']);
    expect(balances(world)).toEqual(STATE_BEFORE);
    expect(decide(world, 'q2', 'pi_Two', { kind: 'split', parts }).keys).toEqual([
      'stripe:pi_Two/3',
      'stripe:pi_Two/4',
    ]);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it.each([
    [
      'parts that come to less',
      [parts[0], { lease: 'O-1', amount: '799.99' }],
      /^The parts come to 1,799\.99 USD, but the payment is 1,800\.00 USD/,
    ],
    [
      'a charge that has less open',
      [
        { ...parts[0], amount: '1000.01' },
        { lease: 'O-1', amount: '799.99' },
      ],
      /^Only 1,000\.00 USD of rent:L-1:2026-12 is open/,
    ],
    [
      'a charge of another lease',
      [{ ...parts[1], charge: 'rent:L-1:2026-12' }, parts[0]],
      /^There is no open charge rent:L-1:2026-12 on this lease/,
    ],
    ['a single part', [{ lease: 'L-1', amount: '1800.00' }], /^A split has at least two parts/],
    ['a part of nothing', [parts[0], parts[1], { lease: 'L-2', amount: '0' }], /must be a number above nothing/],
    ['an unknown lease', [parts[0], { lease: 'L-9', amount: '800.00' }], /^There is no lease "L-9"/],
  ])('with %s is refused', (_name, wrong, words) => {
    const world = base.clone();
    expect(decide(world, 'q1', 'pi_Two', { kind: 'split', parts: wrong }).refused).toMatch(words);
    expect(receiptOf(world, 'pi_Two').State).toBe('settled');
  });

  it('of money still under way is refused', () => {
    const said = decide(base.clone(), 'q1', 'pi_Slow', { kind: 'split', parts: [{ lease: 'L-1', amount: '42.00' }] });
    expect(said.refused).toMatch(/^pi_Slow is still under way/);
  });
});

describe('not rent', () => {
  it('is set aside with its reason, leaves the queue, and waits again when that is taken back', () => {
    const world = base.clone();
    expect(decide(world, 'q1', 'pi_Coin', { kind: 'not rent', reason: ' ' }).refused).toMatch(/^Say why/);
    decide(world, 'q1', 'pi_Coin', { kind: 'not rent', reason: 'laundry coins' });
    expect(receiptOf(world, 'pi_Coin')).toMatchObject({
      State: 'not rent',
      Matched: expect.stringMatching(/: laundry coins$/),
    });
    leapTo(world, '2026-12-03T15:00:00Z');
    expect(queueOf(world).map((item) => item.receipt.key)).not.toContain('stripe:pi_Coin');
    expect(undo(world, 'u1', 'q1').done).toBe(true);
    expect(queueOf(world).map((item) => item.receipt.key)).toContain('stripe:pi_Coin');
    expect(verdictOf(world).ok).toBe(true);
  });
});

describe('ask later', () => {
  const later = { kind: 'later', question: 'Whose aunt is it?', owner: 'mia@example.com', due: '2026-12-05' };

  it('is a task, the payment goes to the end of the queue, and a match answers it', () => {
    const world = base.clone();
    decide(world, 'q1', 'pi_Two', later);
    expect(
      queueOf(world)
        .map((item) => item.receipt.key)
        .pop(),
    ).toBe('stripe:pi_Two');
    expect(itemOf(world, 'pi_Two').asked).toBe('mia@example.com was asked, until Dec 5, 2026: Whose aunt is it?');
    const task = () => tabOf(world, 'Tasks').find((row) => row.Key === 'task:receipt:stripe:pi_Two');
    expect(task()).toMatchObject({
      State: 'open',
      Owner: 'mia@example.com',
      Due: '2026-12-05',
      Detail: 'Whose aunt is it?',
    });
    decide(world, 'q2', 'pi_Two', { ...later, question: 'Ask once more', owner: 'ann@example.com' });
    expect(tabOf(world, 'Tasks').filter((row) => row.Key === 'task:receipt:stripe:pi_Two')).toHaveLength(1);
    expect(task()).toMatchObject({ State: 'open', Owner: 'ann@example.com', Detail: 'Ask once more' });
    decide(world, 'q3', 'pi_Two', match('L-1'));
    expect(task()).toMatchObject({ State: 'closed by payment', Outcome: 'matched to L-1' });
    expect(verdictOf(world).ok).toBe(true);
  });

  it.each([
    ['nothing to find out', { question: ' ' }, /^Write what must be found out/],
    ['a day that is past', { due: '2026-12-01' }, /must be today or later/],
    ['a day that is none', { due: '2026-02-31' }, /is not a date/],
  ])('with %s is refused', (_name, more, words) => {
    const world = base.clone();
    expect(decide(world, 'q1', 'pi_Two', { ...later, ...more }).refused).toMatch(words);
    expect(tabOf(world, 'Tasks').filter((row) => row.Key?.startsWith('task:receipt:'))).toEqual([]);
  });
});

describe('money recorded by hand', () => {
  it('undone is reversed, and the same check can be recorded again as it was meant', () => {
    const world = base.clone();
    const check = { lease: 'L-1', amount: '100.00', method: 'check', reference: '7', on: '2026-12-02' };
    askApi(world, 'recordOne', [{ request: 'r1', ...check }]);
    expect(undo(world, 'u1', 'r1').keys).toEqual(['manual:L-1:2026-12-02:check-7:taken-back']);
    expect(balances(world)).toEqual(STATE_BEFORE);
    const right = askApi<Said>(world, 'recordOne', [{ request: 'r2', ...check, amount: '1000.00' }]);
    expect(right.keys).toEqual(['manual:L-1:2026-12-02:check-7:anew:1']);
    expect(undo(world, 'u2', 'r1').refused).toMatch(/check-7 is taken back/);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });
});
