/** The mirror in another spreadsheet: which rows and cells are written, and what people do to the tab meanwhile. */
import fc from 'fast-check';
import * as people from '../../local/vendors/google-sheets/people';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';
import { fault, MirrorBench, noteOf, statusOf } from './google-sheets-rig';

const READ = 'GET /values:batchGet';
const WRITE = 'POST /values:batchUpdate';
const CHANGE = 'POST :batchUpdate';

/** Somebody acts in the moment after the tab was read and before it is written. */
function beforeWriting(bench: MirrorBench, act: () => void): void {
  let isDone = false;
  bench.answer = (request, reply) => {
    if (!isDone && request.url.endsWith('values:batchUpdate')) {
      isDone = true;
      act();
    }
    return reply();
  };
}

describe('a row for each lease', () => {
  it('has what the ledger knows in the columns that there are: numbers as numbers, days as ISO texts', () => {
    const bench = new MirrorBench();
    bench.tell('standing', statusOf('L-1'));
    expect(bench.residents()).toEqual([
      {
        Standing: 'late',
        Note: '',
        lease: 'L-1',
        Balance: '1250.5',
        'Days late': '6',
        'As of': '2026-12-07',
        Residents: 'Ann Lee',
        'Last payment': '2026-11-01',
        'Last amount': '1000',
      },
    ]);
    const range = 'Residents!A2:I2';
    const { values } = people
      .open(bench.state, bench.file, bench.nowMs)
      .api('spreadsheets.values.get', { range, valueRenderOption: 'UNFORMATTED_VALUE' });
    expect(values).toEqual([['late', '', 'L-1', 1250.5, 6, '2026-12-07', 'Ann Lee', '2026-11-01', 1000]]);
  });

  it('is changed in place, wherever it stands, and no cell of other columns is touched', () => {
    const bench = new MirrorBench();
    bench.tell('standing', statusOf('L-2'), statusOf('L-1'));
    const note = { tab: 'Residents', row: 3, column: 2, cells: ['calls back'] };
    people.typeRow(bench.state, bench.file, note, bench.nowMs);
    people.sortRows(bench.state, bench.file, { tab: 'Residents', header: 'lease' }, bench.nowMs);
    people.insertColumn(bench.state, bench.file, { tab: 'Residents', before: 'lease', header: 'Flat' }, bench.nowMs);
    people.insertRows(bench.state, bench.file, 'Residents', 1, bench.nowMs);
    const paid = { standing: 'paid', balanceCents: cents(-500), lastPayment: undefined } as const;
    bench.tell('standing', statusOf('L-1', paid));
    const rows = people.records(bench.state, bench.file, 'Residents', 2);
    expect(rows.map((row) => [row.lease, row.Standing, row.Balance, row.Note, row['Last payment'], row.Flat])).toEqual([
      ['L-1', 'paid', '-5', 'calls back', '', ''],
      ['L-2', 'late', '1250.5', '', '2026-11-01', ''],
    ]);
  });

  it('takes three calls for many leases that are there, and one more for all that are new', () => {
    const bench = new MirrorBench();
    const many = Array.from({ length: 150 }, (_, at) => statusOf(`L-${at}`));
    expect(bench.tell('standing', ...many)).toEqual({
      value: many.map(({ leaseId }) => expect.stringMatching(new RegExp(`^${leaseId} https://docs.google.com/\\S+`))),
    });
    expect(bench.asked()).toEqual(['GET', READ, CHANGE].map(named));
    bench.tell('standing', ...many, statusOf('L-150'));
    expect(bench.asked()).toEqual(['GET', READ, WRITE, CHANGE].map(named));
    expect(bench.residents().map((row) => row.lease)).toEqual([...many.map(({ leaseId }) => leaseId), 'L-150']);
  });

  it('finds a lease that a person has typed as a number, and one that stands twice in both places', () => {
    const bench = new MirrorBench();
    for (const row of [2, 5]) {
      const typed = { tab: 'Residents', row, column: 3, cells: ['104'] };
      people.typeRow(bench.state, bench.file, typed, bench.nowMs);
    }
    bench.tell('standing', statusOf('104'));
    expect(bench.residents().map((row) => row.Standing)).toEqual(['late', undefined, undefined, 'late'].map(orEmpty));
  });

  it('is told by the newest of several that leave together, and never goes back to an earlier day', () => {
    const bench = new MirrorBench();
    const on = (asOf: string, daysLate: number) => statusOf('L-1', { asOf: day(asOf), daysLate });
    bench.tell('standing', on('2026-12-08', 7), on('2026-12-09', 8), on('2026-12-07', 6));
    expect(bench.residents().map((row) => row['Days late'])).toEqual(['8']);
    bench.tell('standing', on('2026-12-08', 7));
    expect(bench.residents().map((row) => row['Days late'])).toEqual(['8']);
    bench.tell('standing', on('2026-12-09', 0));
    expect(bench.residents().map((row) => row['Days late'])).toEqual(['0']);
  });

  it('is appended below everything, so that nothing of the accountant’s is written over, and the grid grows', () => {
    const bench = new MirrorBench();
    people.typeRow(bench.state, bench.file, { tab: 'Residents', row: 4, column: 2, cells: ['Total'] }, bench.nowMs);
    people.trimTab(bench.state, bench.file, 'Residents', bench.nowMs);
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    expect(people.shown(bench.state, bench.file, 'Residents').map((row) => row[1] || row[2])).toEqual([
      'Note',
      undefined,
      undefined,
      'Total',
      'L-1',
      'L-2',
    ]);
  });

  it('knows the digits of each currency', () => {
    const bench = new MirrorBench();
    bench.tell('standing', statusOf('L-1', { currency: currency('JPY'), balanceCents: cents(125_000) }));
    expect(bench.residents()[0]?.Balance).toBe('125000');
  });
});

const named = (path: string): string => (path === 'GET' ? 'GET ' : path);
const orEmpty = (text: string | undefined): string => text ?? '';

describe('a row for each receipt', () => {
  it('says what became of it and which charges it pays, and is the same row in each state', () => {
    const bench = new MirrorBench();
    bench.tell('receipt', noteOf('stripe:pi_1', { state: 'pending' }), noteOf('paypal:7', { amountCents: cents(1) }));
    const returned = {
      state: 'returned',
      reversedCents: cents(100_000),
      allocated: ['rent due 2026-12-01 0.00', 'fee'],
    };
    bench.tell('receipt', noteOf('stripe:pi_1', returned));
    expect(bench.payments()).toEqual([
      {
        Receipt: 'stripe:pi_1',
        Amount: '1000',
        Checked: '',
        State: 'returned',
        Lease: 'L-1',
        Day: '2026-12-02',
        Pays: 'rent due 2026-12-01 0.00; fee',
        Matched: 'its metadata names the lease',
      },
      expect.objectContaining({ Receipt: 'paypal:7', Amount: '0.01', State: 'settled' }),
    ]);
  });

  it('that cannot be read is a fault of its own, and the others are written', () => {
    const bench = new MirrorBench();
    const wrong = { ...noteOf('stripe:pi_2'), amountCents: '12' };
    expect(bench.tell('receipt', noteOf('stripe:pi_1'), wrong)).toEqual({
      value: [
        expect.stringContaining('stripe:pi_1 https://'),
        expect.objectContaining({ fault: 'malformed', message: expect.stringContaining('payload.amountCents') }),
      ],
    });
    expect(bench.payments()).toHaveLength(1);
  });
});

it('what has no key is a fault and never the row of an empty key', () => {
  const bench = new MirrorBench();
  people.typeRow(bench.state, bench.file, { tab: 'Residents', row: 4, column: 2, cells: ['Total'] }, bench.nowMs);
  expect(bench.tell('standing', statusOf(' '))).toEqual({
    value: [expect.objectContaining({ fault: 'malformed', message: expect.stringContaining('has no Lease') })],
  });
  expect(people.shown(bench.state, bench.file, 'Residents').slice(1)).toEqual([[], [], ['', 'Total']]);
});

describe('text from outside', () => {
  const HOSTILE = [
    '=IMPORTXML("http://x")',
    '+1',
    '-2',
    '@SUM(A1)',
    '\t=1',
    "'=1",
    '=HYPERLINK("x";"y")',
    '1/2',
    '007',
  ];

  it('stays text letter by letter, in new rows and in known ones', () => {
    const bench = new MirrorBench({ Residents: ['Lease', 'Residents'], Payments: ['Receipt', 'Reference', 'Matched'] });
    for (const _ of ['new', 'known']) {
      bench.tell('standing', ...HOSTILE.map((residents, at) => statusOf(`=L-${at}`, { residents })));
      bench.tell('receipt', ...HOSTILE.map((text, at) => noteOf(`=r:${at}`, { reference: text, matched: text })));
      expect(bench.residents().map((row) => row.Residents)).toEqual(HOSTILE);
      expect(bench.payments().map((row) => [row.Reference, row.Matched])).toEqual(HOSTILE.map((text) => [text, text]));
      for (const tab of ['Residents', 'Payments']) expect(people.formulasIn(bench.state, bench.file, tab)).toEqual([]);
    }
    expect(bench.residents()).toHaveLength(HOSTILE.length);
  });

  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 8 }),
        (texts) => {
          const bench = new MirrorBench({ Residents: ['Lease', 'Unit', 'Residents'], Payments: [] });
          const told = texts.map((text, at) => statusOf(`L-${at}`, { unit: text, residents: text }));
          for (const _ of ['new', 'known']) bench.tell('standing', ...told);
          expect(bench.residents().map((row) => [row.Unit, row.Residents])).toEqual(texts.map((text) => [text, text]));
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('somebody who works in the tab at the same moment', () => {
  it('and sorts it has every figure in its own row when it is over', () => {
    const bench = new MirrorBench();
    const leases = ['L-1', 'L-2', 'L-3', 'L-4'];
    bench.tell('standing', ...leases.map((lease, at) => statusOf(lease, { daysLate: at, residents: lease })));
    beforeWriting(bench, () =>
      people.sortRows(bench.state, bench.file, { tab: 'Residents', header: 'lease', descending: true }, bench.nowMs),
    );
    expect(
      bench.tell('standing', ...leases.map((lease, at) => statusOf(lease, { daysLate: 10 + at, residents: lease }))),
    ).toEqual({ value: leases.map((lease) => expect.stringContaining(lease)) });
    expect(bench.residents().map((row) => [row.lease, row.Residents, row['Days late']])).toEqual([
      ['L-4', 'L-4', '13'],
      ['L-3', 'L-3', '12'],
      ['L-2', 'L-2', '11'],
      ['L-1', 'L-1', '10'],
    ]);
  });

  it('never leaves one resident’s figures in the row of another: a row that was met in error is emptied of ours', () => {
    const bench = new MirrorBench();
    bench.tell('standing', ...['L-1', 'L-2'].map((lease) => statusOf(lease, { residents: lease })));
    people.typeRow(bench.state, bench.file, { tab: 'Residents', row: 3, column: 2, cells: ['mine'] }, bench.nowMs);
    beforeWriting(bench, () =>
      people.sortRows(bench.state, bench.file, { tab: 'Residents', header: 'lease', descending: true }, bench.nowMs),
    );
    bench.tell('standing', statusOf('L-1', { residents: 'L-1', daysLate: 20 }));
    expect(bench.residents().map((row) => [row.lease, row.Residents, row['Days late'], row.Note])).toEqual([
      ['L-2', '', '', 'mine'],
      ['L-1', 'L-1', '20', ''],
    ]);
    bench.tell('standing', statusOf('L-2', { residents: 'L-2' }));
    expect(bench.residents()[0]).toMatchObject({ lease: 'L-2', Residents: 'L-2', Note: 'mine' });
  });

  it('and opens a column has every figure in its own column when it is over', () => {
    const bench = new MirrorBench();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    const place = { tab: 'Residents', before: 'Standing', header: 'Flat' };
    beforeWriting(bench, () => people.insertColumn(bench.state, bench.file, place, bench.nowMs));
    bench.tell('standing', statusOf('L-1', { standing: 'paid', daysLate: 0 }));
    expect(bench.residents().map((row) => [row.Flat, row.lease, row.Standing, row['Days late'], row.Note])).toEqual([
      ['', 'L-1', 'paid', '0', ''],
      ['', 'L-2', 'late', '6', ''],
    ]);
  });

  it('and deletes the row that is about to be written has the lease anew in the next run', () => {
    const bench = new MirrorBench();
    bench.tell('standing', statusOf('L-1'));
    people.trimTab(bench.state, bench.file, 'Residents', bench.nowMs);
    beforeWriting(bench, () => people.deleteRow(bench.state, bench.file, 'Residents', 2, bench.nowMs));
    expect(bench.tell('standing', statusOf('L-1'))).toEqual(fault('busy', expect.stringContaining('deletes rows')));
    bench.tell('standing', statusOf('L-1'));
    expect(bench.residents().map((row) => row.lease)).toEqual(['L-1']);
  });

  it('and does not stop is left alone: it is told again later', () => {
    const bench = new MirrorBench();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    let descending = false;
    bench.answer = (request, reply) => {
      descending = request.url.endsWith('values:batchUpdate') ? !descending : descending;
      const by = { tab: 'Residents', header: 'lease', descending };
      if (request.url.endsWith('values:batchUpdate')) people.sortRows(bench.state, bench.file, by, bench.nowMs);
      return reply();
    };
    expect(bench.tell('standing', statusOf('L-1'))).toEqual(fault('busy', expect.stringContaining('moves rows')));
  });
});
