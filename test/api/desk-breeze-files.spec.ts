/** Files for Breeze and from it: to the cent there and back, a payment of theirs recorded once, and nothing taken for somebody else. */
import fc from 'fast-check';
import { SMALL_PORTFOLIO } from '../../local/vendors/gateway/portfolio';
import { GATEWAY_HOST, yardiBreeze as sandbox } from '../../local/vendors/yardi-breeze';
import { exportFromBreeze, importIntoBreeze } from '../../local/vendors/yardi-breeze/files';
import type { Recorded, RecordMany } from '../../src/api/desk/acts';
import type { BreezeCheck, BreezeFile } from '../../src/api/desk/breeze/files';
import type { Act } from '../../src/api/desk/override';
import type { Refusal } from '../../src/api/desk/told';
import { askApi, bookOf, ELM, leapTo, leaseOf, liveDays, smallWorld, tabOf, verdictOf, type World } from '../worlds';
import { answerTo, applied, call } from './desk-acts-world';

const CODES = { 'L-1': '5001', 'L-2': '5002' } as const;
const base = smallWorld({
  on: '2026-12-01',
  properties: [ELM, { ...ELM, Property: 'Oak Court' }],
  leases: [
    leaseOf('L-1', { Unit: '4A', Residents: 'Ada Brook' }),
    leaseOf('L-2', { Unit: '4B', Residents: 'Ben Cole' }),
    leaseOf('O-1', { Property: 'Oak Court', Unit: '9', Residents: 'Dan Ash' }),
  ],
  links: Object.entries(CODES).map(([lease, code]) => ({
    'Lease ID': lease,
    Platform: 'yardi-breeze',
    Kind: 'customer',
    'External ID': code,
  })),
  settings: { 'Quiet hours': 'none', Managers: 'mia@example.com (Oak Court)' },
});
liveDays(base, '2026-12-01', '2026-12-02');
leapTo(base, '2026-12-10T15:00:00Z');

const DECEMBER = { from: '2026-12-01', until: '2026-12-31' };
const fileOf = (world: World, kind: string, more: object = {}, user?: string): BreezeFile => {
  const file = call<BreezeFile | Refusal>(world, 'breezeFile', { kind, ...DECEMBER, ...more }, user);
  if ('refused' in file) throw new Error(file.refused);
  return file;
};
const check = (world: World, text: string, user?: string): BreezeCheck =>
  call<BreezeCheck>(world, 'breezeCheck', { text }, user);
const says = ({ rows }: BreezeCheck): readonly string[] =>
  rows.map(({ kind, line, lease, says: text }) => `${kind} ${line ?? '-'} ${lease ?? '?'}: ${text}`);
const check1042 = { lease: 'L-1', amount: '1000.00', method: 'check', reference: '1042', on: '2026-12-03' };
const record = (world: World, request: string, more: object = {}): Recorded =>
  call<Recorded>(world, 'recordOne', { request, ...check1042, ...more });
const recordAll = (world: World, request: string, { record: list }: BreezeCheck): Recorded =>
  call<Recorded>(world, 'recordMany', { request, text: list?.text ?? '', digest: list?.read.digest ?? '' });
const bounce = (world: World, receipt: string) => {
  const act: Act = { kind: 'reverse', lease: 'L-1', receipt, because: 'returned', reason: 'no funds' };
  return applied(world, 'bounce', act);
};
const receiptsOf = (world: World) => bookOf(world).receipts.map(({ lease, state, key }) => [lease, state, key]);

const HEAD = 'Property,Unit,Tenant Code,Date,Control,Reference,Amount,Notes';
const register = (...lines: readonly string[]): string => ['Receipt Register', HEAD, ...lines, ''].join('\r\n');
const PAID = '101,11,5002,12/04/2026,4711,1182,"1,000.00",Lockbox';

describe('a file for Breeze', () => {
  it('has charges by the day they are due, under our numbers and the tenant’s code', () => {
    const file = fileOf(base.clone(), 'charges');
    expect(file).toMatchObject({ name: 'breeze-charges-2026-12-01-2026-12-31.csv', lines: 6 });
    const rents = file.text.split('\r\n').filter((line) => line.includes(',rent,'));
    expect(rents).toHaveLength(3);
    expect(rents[0]).toMatch(/^Charge,Elm House,4A,5001,12\/01\/2026,12\/2026,RL-[0-9A-Z]{10},1000\.00,rent,,/);
    expect(file.text.match(/,50\.00,late,/g)).toHaveLength(3);
    expect(file.remarks).toEqual(['No tenant code is on the Links tab for O-1: the lease id stands in its place.']);
  });

  it('leaves deposits out, and says so', () => {
    const world = base.clone();
    applied(world, 'deposit', { kind: 'charge', lease: 'L-1', type: 'deposit', amount: '500.00', reason: 'new' });
    const file = fileOf(world, 'charges');
    expect(file).toMatchObject({ lines: 6 });
    expect(file.remarks).toContain('1 line of deposits is left out.');
    expect(file.text).not.toContain('500.00');
  });

  it('has credit as a charge below nothing, and takes it back under the same number', () => {
    const world = base.clone();
    const fee = tabOf(world, 'Ledger').find((row) => row['Lease ID'] === 'L-1' && row.Type === 'late fee')?.Key ?? '';
    const waived = applied(world, 'waive', { kind: 'waive', lease: 'L-1', charge: fee, reason: 'goodwill' });
    const [credit = ''] = /RC-\w+,-50\.00,late/.exec(fileOf(world, 'charges').text) ?? [];
    expect(credit).not.toBe('');
    const undo = 'undo' in waived ? waived.undo : '';
    const { version } = call<{ version: string }>(world, 'previewUndo', { what: undo });
    call(world, 'undo', { request: 'u1', what: undo, reason: 'a slip', before: { version } });
    expect(fileOf(world, 'charges').text).toContain(`${credit.slice(0, 13)}/1,50.00,late`);
    expect(check(world, fileOf(world, 'charges').text)).toMatchObject({ agree: 8, rows: [], problems: [] });
  });

  it('has what bounced below nothing, and money ahead only once it lies on a charge', () => {
    const world = base.clone();
    const [receipt = ''] = record(world, 'r1', { amount: '1200.00' }).keys;
    expect(fileOf(world, 'receipts').remarks).toContain(
      'Money ahead is not in the file until it lies on a charge: 200.00 USD.',
    );
    bounce(world, receipt);
    const { text, lines } = fileOf(world, 'receipts');
    expect(lines).toBe(4);
    const amounts = [...text.matchAll(/(RP-\w{10})(\/1)?,(-?[\d.]+),/g)].map(([, , again, amount]) => [again, amount]);
    expect(amounts).toEqual([
      [undefined, '1000.00'],
      [undefined, '50.00'],
      ['/1', '-50.00'],
      ['/1', '-1000.00'],
    ]);
  });

  it('as a journal has two sides that agree, on the accounts that were named', () => {
    const world = base.clone();
    record(world, 'r1');
    const accounts = { cash: '1010', receivable: '=1300', income: '4100' };
    const rows = fileOf(world, 'journal', accounts)
      .text.trim()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','));
    const side = (at: number) => rows.reduce((total, row) => total + Number(row[at]), 0);
    // Three rents and their fees, the fee that is given up because the check came in time, and the check.
    expect(rows).toHaveLength(16);
    expect(side(5)).toBe(side(6));
    expect(new Set(rows.map((row) => row[4]))).toEqual(new Set(['1010', "'=1300", '4100']));
  });

  it('holds nothing of other days or of properties that are not the person’s, and wants days in order', () => {
    const world = base.clone();
    expect(fileOf(world, 'charges', { from: '2026-12-02', until: '2026-12-05' }).lines).toBe(0);
    const mine = fileOf(world, 'charges', {}, 'mia@example.com');
    expect(mine.lines).toBe(2);
    expect(mine.text).not.toContain('Elm House');
    const turned = { kind: 'charges', from: '2026-12-31', until: '2026-12-01' };
    expect(call(world, 'breezeFile', turned)).toEqual({
      refused: 'Choose a first day, and a last one that is not before it.',
    });
    expect(answerTo(world, 'breezeFile', { kind: 'charges', ...DECEMBER }, 'nobody@example.com').ok).toBe(false);
  });
});

describe('a file from Breeze', () => {
  it('agrees wholly where it is the one that was made here', () => {
    const world = base.clone();
    const [receipt = ''] = record(world, 'r1').keys;
    bounce(world, receipt);
    record(world, 'r2', { lease: 'O-1', amount: '700.00', reference: '9' });
    for (const kind of ['receipts', 'charges']) {
      const { text, lines } = fileOf(world, kind);
      expect(check(world, text)).toMatchObject({ agree: lines, rows: [], problems: [], remarks: [] });
    }
  });

  it('agrees after Breeze has imported and exported it', () => {
    const world = smallWorld({
      on: '2026-12-01',
      properties: [{ ...ELM, Property: '101' }],
      leases: [leaseOf('L-1', { Property: '101', Unit: '11' })],
      links: [{ 'Lease ID': 'L-1', Platform: 'yardi-breeze', Kind: 'customer', 'External ID': '5001' }],
    });
    liveDays(world, '2026-12-01', '2026-12-02');
    leapTo(world, '2026-12-04T15:00:00Z');
    record(world, 'r1');
    const state = sandbox.start();
    sandbox.load!(state, SMALL_PORTFOLIO, 0);
    const { text, lines } = fileOf(world, 'receipts');
    expect(importIntoBreeze(state.gateway, text)).toEqual({ loaded: lines, refused: [] });
    const told = check(world, exportFromBreeze(state.gateway, 'receipt register'));
    expect([told.agree, says(told).filter((each) => each.startsWith('differs'))]).toEqual([lines, []]);
  });

  it('says what is there with another amount or day, under another lease, twice, or not at all', () => {
    const world = base.clone();
    record(world, 'r1');
    record(world, 'r2', { lease: 'L-2', reference: '77' });
    const [head = '', first = '', second = ''] = fileOf(world, 'receipts').text.split('\r\n');
    const changed = first
      .replace('1000.00', '900.00')
      .replace('12/03/2026,12', '12/05/2026,12')
      .replace('5001', '5002');
    const told = check(world, [head, changed, first.replace('1000.00', '1.00')].join('\r\n'));
    const twice = 'The file has this number more often than the ledger: it may be there twice.';
    const differs = '1,000.00 USD here. Its day is Dec 3, 2026 here. It is of lease L-1 here, and of L-2 there.';
    expect(says(told)).toEqual([
      `differs 2 L-1: ${differs}`,
      `differs 3 ?: ${twice}`,
      'not there - L-2: The file does not have it.',
    ]);
    expect(told).toMatchObject({ from: '2026-12-03', until: '2026-12-05', properties: ['Elm House'], agree: 0 });
    expect(second).toContain('5002');
    const strange = check(world, [head, first.replace(/RP-\w{10}/, 'RP-0000000000')].join('\r\n'));
    expect(says(strange)[0]).toContain('The ledger has no line with this number');
  });

  it('records a payment that is not here once, however often the file is checked', () => {
    const world = base.clone();
    const told = check(world, register(PAID));
    expect(told).toMatchObject({ agree: 0, rows: [], record: { read: { good: 1 } } });
    expect(told.record?.read.rows[0]).toMatchObject({ lease: 'L-2', on: '2026-12-04', reference: 'Breeze 4711' });
    expect(recordAll(world, 'm1', told)).toMatchObject({ recorded: 1 });
    const again = check(world, register(PAID));
    expect(again).toMatchObject({ agree: 1, rows: [] });
    expect(again.record).toBeUndefined();
    expect(call<RecordMany>(world, 'previewMany', { text: told.record?.text }).good).toBe(0);
    const answer = call<Refusal>(world, 'recordMany', { request: 'm2', text: told.record?.text, digest: 'x' });
    expect(answer.refused).toBeDefined();
    expect(receiptsOf(world)).toEqual([['L-2', 'settled', 'manual:L-2:2026-12-04:other-Breeze-4711']]);
    // It is Breeze's own: a file for Breeze does not hold it.
    expect(fileOf(world, 'receipts').lines).toBe(0);
    // Another one of the same amount is no look-alike of what the file tells apart from it.
    const next = check(world, register(PAID.replace('4711', '4710'), PAID));
    expect(next).toMatchObject({ agree: 1, rows: [], record: { read: { good: 1 } } });
    const moved = check(world, register(PAID.replace('12/04', '12/05').replace('1,000', '1,001')));
    expect(says(moved)).toEqual(['differs 3 L-2: 1,000.00 USD here. Its day is Dec 4, 2026 here.']);
    expect(verdictOf(world)).toMatchObject({ ok: true, problems: [] });
  });

  it('takes the lines of one receipt as one, and tells what is gone from a later file', () => {
    const world = base.clone();
    const part = (amount: string) => PAID.replace('"1,000.00"', amount);
    expect(recordAll(world, 'm1', check(world, register(part('600.00'), part('400.00'))))).toMatchObject({
      recorded: 1,
    });
    expect(bookOf(world).receipts.map(({ amount }) => amount)).toEqual(['1000.00']);
    const later = check(world, register(PAID.replace('4711', '4712').replace('"1,000.00"', '20.00')));
    expect(says(later)).toEqual(['not there - L-2: It came from Breeze, and the file does not have it any more.']);
  });

  it('tells of a payment that went back there, and offers none that did', () => {
    const world = base.clone();
    const back = '101,11,5002,12/08/2026,4790,1182,"(1,000.00)",NSF';
    const fresh = check(world, register(PAID, back));
    expect(says(fresh)).toEqual(['look 3 L-2: It came and went back. There is nothing to record.']);
    expect(fresh.record).toBeUndefined();
    recordAll(world, 'm1', check(world, register(PAID)));
    expect(says(check(world, register(PAID, back)))).toEqual([
      'differs 3 L-2: It went back there on Dec 8, 2026 (line 4), and still counts here. Take it back on its lease.',
    ]);
    const receipt = 'manual:L-2:2026-12-04:other-Breeze-4711';
    applied(world, 'b', { kind: 'reverse', lease: 'L-2', receipt, because: 'returned', reason: 'NSF' });
    expect(check(world, register(PAID, back))).toMatchObject({ agree: 1, rows: [] });
    expect(says(check(world, register(back)))[0]).toContain('It takes back a payment that the file does not have.');
  });

  it('offers none that looks like one that is here, and none whose lease only a unit names', () => {
    const world = base.clone();
    record(world, 'r1', { lease: 'L-2', reference: '1182', on: '2026-12-05' });
    const twin = says(check(world, register(PAID)));
    expect(twin[0]).toBe(
      'look 3 L-2: 1,000.00 USD (check-1182) is here, near that day. If it is another payment, record it by hand.',
    );
    const lines = [
      'Oak Court,9,t0009,12/04/2026,1,,10.00,',
      'Harbor,4A,t0009,12/04/2026,2,,10.00,',
      'Elm House,4A,Dan Ash,12/04/2026,3,,10.00,',
      'Oak Court,9,Dan Ash,12/04/2026,4,,10.00,',
      ',,5001,12/04/2026,,,10.00,',
      ',,5001,13/45/2026,5,,10.00,',
    ];
    const told = check(world, register(...lines));
    const link = 'on the Links tab, as customer of yardi-breeze.';
    expect(says(told).slice(0, 4)).toEqual([
      `look 3 ?: Only the unit is that of O-1. If it is this lease, write "t0009" ${link}`,
      `look 4 ?: No lease is known as "t0009". Write it ${link}`,
      `look 5 ?: Only the unit is that of L-1. If it is this lease, write "Dan Ash" ${link}`,
      'look 7 L-1: It has neither a control number nor a reference. Record it by hand.',
    ]);
    expect(told.record?.read.rows.map(({ lease, reference }) => [lease, reference])).toEqual([['O-1', 'Breeze 4']]);
    expect(told.problems).toEqual([{ line: 8, what: '"13/45/2026" is not a day such as 12/31/2026.' }]);
  });

  it('does not offer again what a person took back here', () => {
    const world = base.clone();
    const said = recordAll(world, 'm1', check(world, register(PAID)));
    const { version } = call<{ version: string }>(world, 'previewUndo', { what: said.undo });
    call(world, 'undo', { request: 'u1', what: said.undo, reason: 'a slip', before: { version } });
    const told = check(world, register(PAID));
    expect(says(told)).toEqual(['look 3 L-2: It was taken back here, and is not offered again.']);
    expect(told.record).toBeUndefined();
  });

  it('offers nothing while Yardi Breeze is connected, which brings payments by itself', () => {
    const world = base.clone();
    const credentials = {
      YARDI_PROFILE: 'gateway',
      GATEWAY_URL: `https://${GATEWAY_HOST}`,
      GATEWAY_SECRET: 'gw-breeze-4fd1b6',
    };
    expect(askApi(world, 'connect', [{ platform: 'yardi-breeze', credentials }])).toMatchObject({ connected: true });
    const told = check(world, register(PAID));
    expect(told.record).toBeUndefined();
    expect(told.remarks[0]).toContain('1 payment is not here. Yardi Breeze is connected');
  });

  it('is no list where it has no headers, and leaves Breeze’s own charges alone', () => {
    expect(check(base, 'hello').problems).toEqual([
      { line: 1, what: 'No line has headers for the day, the tenant and the amount.' },
    ]);
    const ledger = 'Tenant Code,Date,Control,Charges,Payments\r\n5001,12/01/2026,1,5.00,\r\n';
    expect(check(base, ledger)).toMatchObject({ charges: 1, agree: 0, rows: [] });
  });

  it('comes to the same whatever is written in it', () => {
    const world = base.clone();
    const texts = fc.oneof(
      fc.constantFrom('=1+1', '+1', '-1', '@x', "'=2", '\t=1', '"', 'a,b', 'a;b', 'x\r\n=y', '', ' '),
      fc.string({ maxLength: 12 }),
    );
    const quoted = (text: string) => `"${text.replace(/"/g, '""')}"`;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 99_999_999 }),
        texts,
        texts,
        fc.integer({ min: 1, max: 9999 }),
        (cents, reference, notes, id) => {
          const amount = (cents / 100).toFixed(2);
          const line = ['101', '11', '5002', '12/04/2026', String(id), reference, amount, notes].map(quoted).join(',');
          const told = check(world, register(line));
          expect(told.problems).toEqual([]);
          expect(told.record?.read).toMatchObject({
            good: 1,
            rows: [{ lease: 'L-2', amount: { cents, currency: 'USD' }, reference: `Breeze ${id}`, on: '2026-12-04' }],
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes there and back to the cent, whatever was recorded', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('L-1', 'L-2', 'O-1'), fc.integer({ min: 1, max: 300_000 }), fc.boolean()), {
          minLength: 1,
          maxLength: 5,
        }),
        (payments) => {
          const world = base.clone();
          payments.forEach(([lease, cents, bounced], index) => {
            const amount = (cents / 100).toFixed(2);
            const said = record(world, `r${index}`, { lease, amount, reference: `=${index}`, twice: true });
            if (!bounced) return;
            const [receipt = ''] = said.keys;
            applied(world, `b${index}`, { kind: 'reverse', lease, receipt, because: 'returned', reason: '=no' });
          });
          const { text, lines } = fileOf(world, 'receipts');
          expect(text).not.toMatch(/(^|,)"?[=+@]/m);
          expect(check(world, text)).toMatchObject({ agree: lines, rows: [], problems: [] });
        },
      ),
      { numRuns: 6 },
    );
  });
});
