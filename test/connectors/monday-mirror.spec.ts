/** Monday.com's board read back: what we write reads as it was written, people's changes are found, and pages go on from anywhere. */
import fc from 'fast-check';
import { RESIDENTS_BOARD } from '../../local/vendors/monday/state';
import { mondayPeople } from '../../local/vendors/people';
import type { MirrorRow } from '../../src/connectors/mirror';
import { monday } from '../../src/connectors/monday';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import type { LeaseStatus } from '../../src/domain/status';
import { currency } from '../../src/domain/values';
import { MondayBench, statusOf } from './monday-rig';

const MINUTE = 60_000;
const { written } = monday.mirror!;

/** What was written, as far as the board has a column for it. */
const writtenThere = (bench: MondayBench, row: MirrorRow, status: LeaseStatus) => {
  const all = written(status, bench.account);
  return Object.fromEntries(Object.keys(row.fields).map((name) => [name, all[name]]));
};

const standings = [
  'paid',
  'due',
  'grace',
  'late',
  'partial',
  'processing',
  'plan',
  'disputed',
  'hold',
  'notice',
] as const;

const anyStatus = fc
  .record({
    balance: fc.integer({ min: -5_000_000, max: 500_000_000 }),
    late: fc.integer({ min: 0, max: 400 }),
    standing: fc.constantFrom(...standings),
    paid: fc.boolean(),
    money: fc.constantFrom('USD', 'JPY', 'KWD'),
    unit: fc.constantFrom('4B', '0012', ' 7 ', '', '1.50', '-'),
    next: fc.constantFrom('', '2027-01-01'),
  })
  .map(({ balance, late, standing, paid, money, unit, next }) => {
    const { lastPayment, ...rest } = statusOf('L-1');
    return {
      ...rest,
      ...{ balanceCents: cents(balance), unpaidCents: cents(balance), rentCents: cents(Math.abs(balance)) },
      ...{ daysLate: late, standing, unit, currency: currency(money), nextDue: next === '' ? '' : day(next) },
      ...(paid && lastPayment ? { lastPayment: { ...lastPayment, amountCents: cents(late * 100) } } : {}),
    } as LeaseStatus;
  });

describe('what we write', () => {
  it('reads back as it was written, whatever it is, with made columns and with mapped ones', () => {
    fc.assert(
      fc.property(anyStatus, fc.boolean(), (status, isMade) => {
        const bench = new MondayBench(isMade ? { MAP_BALANCE: '', MAP_STANDING: '', MAP_UNIT: '' } : {});
        bench.tellOk('columns');
        bench.tellOk('standing', status);
        const [row] = bench.read().rows;
        expect(Object.keys(row!.fields)).toHaveLength(12);
        expect(row!.fields).toEqual(written(status, bench.account));
        expect([row!.leaseId, row!.email, row!.phone]).toEqual(['L-1', 'ann@example.com', '+15125550123']);
      }),
      { numRuns: 40 },
    );
  });

  it('reads back from texts as well: a balance in a text column is the same amount', () => {
    const bench = new MondayBench({
      MAP_BALANCE: 'long_text_mkrl09',
      MAP_STANDING: 'dropdown_mkrl11',
      MAP_LAST_PAID: 'rent_day',
    });
    mondayPeople.addColumnAs(bench.state, RESIDENTS_BOARD, 'rent_day', 'text');
    bench.tellOk('standing', statusOf('L-1'));
    const [row] = bench.read().rows;
    expect(row!.fields).toEqual(writtenThere(bench, row!, statusOf('L-1')));
    expect(row!.fields).toMatchObject({ Balance: '1250.5', Standing: 'late', 'Last payment': '2026-11-01' });
  });
});

describe('what people change', () => {
  it('is found: an amount typed over, another label, mail and phone put right', () => {
    const bench = new MondayBench();
    bench.tellOk('standing', statusOf('L-1'));
    bench.read();
    bench.nowMs += 30 * MINUTE;
    const { id } = bench.rows('L-1')[0]!;
    const type = (column: string, value: unknown) => mondayPeople.typeOver(bench.state, id, column, value, bench.nowMs);
    type('numeric_mkrl04', '9');
    type('color_mkrl03', { label: 'On hold' });
    type('email_mkrl07', { email: 'new@example.com', text: 'Ann' });
    type('phone_mkrl08', { phone: '+442079460018', countryShortName: 'GB' });
    const { rows } = bench.read();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ id, email: 'new@example.com', phone: '+442079460018', changedAt: bench.nowMs });
    expect(rows[0]!.fields).toMatchObject({ Balance: '9', Standing: 'On hold' });
    expect(rows[0]!.fields).not.toEqual(writtenThere(bench, rows[0]!, statusOf('L-1')));
  });

  it('is not asked for again once it was read, and costs one call where nothing has changed', () => {
    const bench = new MondayBench();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    bench.nowMs += 30 * MINUTE;
    expect(bench.read().rows).toHaveLength(2);
    bench.nowMs += 30 * MINUTE;
    const before = bench.calls;
    expect(bench.read()).toEqual({ rows: [], pages: 1 });
    expect(bench.calls - before).toBe(1);
  });

  it('that shows late inside the overlap is not lost', () => {
    const bench = new MondayBench();
    bench.tellOk('standing', statusOf('L-1'));
    bench.nowMs += 30 * MINUTE;
    bench.read();
    bench.nowMs += MINUTE;
    mondayPeople.typeOver(bench.state, bench.rows('L-1')[0]!.id, 'numeric_mkrl04', '9', bench.nowMs - 2 * MINUTE);
    expect(bench.read().rows.map(({ fields }) => fields.Balance)).toEqual(['9']);
  });

  it('is left out where the row is nobody’s of ours, or a column is gone', () => {
    const bench = new MondayBench();
    bench.tellOk('standing', statusOf('L-1'));
    mondayPeople.addItem(bench.state, { board: RESIDENTS_BOARD, name: 'Shopping' }, bench.nowMs);
    mondayPeople.removeColumn(bench.state, RESIDENTS_BOARD, 'Balance');
    const { rows } = bench.read();
    expect(rows.map(({ leaseId }) => leaseId)).toEqual(['L-1']);
    expect(rows[0]!.fields).not.toHaveProperty('Balance');
  });
});

describe('a long board', () => {
  const LEASES = 450;
  /** Rows made by hand are cheap; a minute lies between any two. */
  const filled = (): MondayBench => {
    const bench = new MondayBench();
    for (let at = 0; at < LEASES; at++) {
      const values = { text_mkrl01: `L-${at}`, numeric_mkrl04: String(at) };
      mondayPeople.addItem(bench.state, { board: RESIDENTS_BOARD, name: `R ${at}`, values }, bench.nowMs);
    }
    bench.nowMs += 10 * MINUTE;
    return bench;
  };
  const leasesIn = (rows: readonly MirrorRow[]) => rows.map(({ leaseId }) => leaseId).sort();

  it('is read over all its pages, each row once, and the same from any page on', () => {
    const bench = filled();
    const { rows, pages } = bench.read();
    expect([rows.length, new Set(leasesIn(rows)).size, pages]).toEqual([LEASES, LEASES, 3]);
    const again = filled();
    const first = again.pull();
    const place = again.place;
    const second = again.pull();
    again.place = place;
    expect(again.pull().rows).toEqual(second.rows);
    const rest = again.read();
    expect(leasesIn([...first.rows, ...second.rows, ...rest.rows])).toEqual(leasesIn(rows));
  });

  it('is read again from its beginning where the cursor has ended, and nothing is lost', () => {
    const bench = filled();
    bench.pull();
    bench.nowMs += 2 * 60 * MINUTE;
    expect(new Set(leasesIn(bench.read().rows)).size).toBe(LEASES);
  });

  it('meets a change that was made while it was read, at the latest the next time', () => {
    const bench = filled();
    bench.pull();
    bench.nowMs += 20 * MINUTE;
    const late = bench.rows('L-449')[0]!.id;
    mondayPeople.typeOver(bench.state, late, 'numeric_mkrl04', '7', bench.nowMs);
    bench.read();
    bench.nowMs += 20 * MINUTE;
    expect(bench.read().rows.map(({ leaseId, fields }) => [leaseId, fields.Balance])).toEqual([['L-449', '7']]);
  });

  it('ends as busy on 429, and goes on from the page that it had', () => {
    const bench = filled();
    bench.pull();
    bench.answer = () => ({ status: 429, headers: { 'retry-after': '58' }, body: '{"errors":[]}' });
    const context = { since: bench.nowMs as never, now: bench.nowMs as never, account: bench.account };
    expect(bench.run(monday.mirror!.pull!(bench.place, context))).toMatchObject({
      fault: { fault: 'busy', retryAfterSeconds: 58 },
    });
    bench.answer = (_request, reply) => reply();
    expect(bench.read().rows).toHaveLength(LEASES - 200);
  });

  it('names a row that cannot be read, and reads the others', () => {
    const bench = filled();
    bench.answer = (_request, reply) => {
      const given = reply();
      const body = JSON.parse(given.body);
      const items = (body.data.boards?.[0].items_page ?? body.data.next_items_page).items;
      items[0].updated_at = 'yesterday';
      return { ...given, body: JSON.stringify(body) };
    };
    const page = bench.pull();
    expect(page.rows).toHaveLength(199);
    expect(page.faults).toEqual([
      { about: expect.stringMatching(/^item \d+$/), fault: expect.objectContaining({ fault: 'malformed' }) },
    ]);
  });
});
