/** A person's hands at the grid: what is typed and pasted, what asks first, and what is turned away. */
import { type Entry, enter } from '../../local/page/server/hands';
import { readView, tabView } from '../../local/page/server/tab-view';
import { leaseOf, OWNER, smallWorld } from '../worlds';
import { clearDesks, deskOf } from './desk';

afterEach(clearDesks);

const world = () => smallWorld({ on: '2026-11-01', leases: [leaseOf('L-1'), leaseOf('L-2')] });
const entry = (more: Partial<Entry>): Entry => ({
  sheet: 'Leases',
  a1: 'D2',
  user: OWNER,
  typed: 'Ann',
  isConfirmed: false,
  ...more,
});

describe('typing', () => {
  it('sets off the script as that person and tells what stood there', () => {
    const desk = deskOf(world());
    const reply = enter(desk, entry({ user: 'manager@example.com' }));
    expect(reply).toMatchObject({ accepted: true, a1: 'D2', failures: [] });
    expect(desk.world.workbook.state.byTitle('Leases')?.cell(1, 3)).toBe('Ann');
    expect(desk.world.executions.at(-1)).toMatchObject({ handler: 'edited', trigger: 'edit' });
    const back = enter(desk, entry({ typed: reply.before[0]?.[0] ?? '' }));
    expect(back.before).toEqual([['Ann']]);
  });

  it('gives back texts that leave a cell as it was: days, money, and text that looks like a number', () => {
    const desk = deskOf(world());
    const sheet = () => desk.world.workbook.state.byTitle('Terms');
    const values = ['2026-12-24', '1234.5', "'007", '=1+2', 'TRUE', '5%'];
    enter(desk, entry({ sheet: 'Terms', a1: 'G2', typed: [values] }));
    const stored = values.map((_, at) => sheet()?.cell(1, 6 + at));
    const { before } = enter(desk, entry({ sheet: 'Terms', a1: 'G2:L2', typed: '' }));
    expect(sheet()?.cell(1, 7)).toBeNull();
    enter(desk, entry({ sheet: 'Terms', a1: 'G2', typed: before }));
    expect(values.map((_, at) => sheet()?.cell(1, 6 + at))).toEqual(stored);
  });

  it('asks before it touches what the add-on writes, and then goes on', () => {
    const desk = deskOf(world());
    const revision = desk.revision;
    const asked = enter(desk, entry({ sheet: 'Ledger', a1: 'A2' }));
    expect(asked).toMatchObject({ accepted: false, asks: expect.stringContaining('Edit anyway?') });
    expect([desk.world.workbook.state.byTitle('Ledger')?.cell(1, 0) ?? null, desk.revision]).toEqual([null, revision]);
    expect(enter(desk, entry({ sheet: 'Ledger', a1: 'A2', isConfirmed: true })).accepted).toBe(true);
    expect(enter(desk, entry({ a1: 'A1' })).asks).toBeDefined();
  });

  it('is turned away in the words of a strict rule, and marked by one that warns', () => {
    const desk = deskOf(world());
    const { workbook } = desk.world;
    const range = {
      sheetId: workbook.state.byTitle('Links')?.id,
      startRowIndex: 1,
      endRowIndex: 9,
      startColumnIndex: 1,
      endColumnIndex: 2,
    };
    const condition = { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'stripe' }] };
    const rule = { condition, strict: true, showCustomUi: true };
    workbook.api(
      'spreadsheets.batchUpdate',
      { spreadsheetId: workbook.id },
      { requests: [{ setDataValidation: { range, rule } }] },
    );
    const reply = enter(desk, entry({ sheet: 'Links', a1: 'B2', typed: 'paper' }));
    expect(reply).toMatchObject({ accepted: false, message: expect.stringContaining('B2') });
    expect(enter(desk, entry({ a1: 'H2', typed: 'now and then' }))).toMatchObject({
      accepted: true,
      message: expect.any(String),
    });
    const view = tabView(
      workbook.state,
      workbook.state.byTitle('Leases') as never,
      { offset: 0, limit: 9, view: readView('') },
      1,
    );
    const cell = view.rows[0]?.cells[7];
    expect(cell?.bad).toContain('H2');
    expect(view.rules.find(([id]) => id === cell?.rule)?.[1]).toMatchObject({ kind: 'list', isStrict: false });
  });

  it('refuses in words a place that is none, too much at once, and any work while the clock moves', async () => {
    const desk = deskOf(world());
    expect(() => enter(desk, entry({ a1: 'nowhere' }))).toThrow('nowhere is no place on a tab.');
    expect(() => enter(desk, entry({ sheet: 'Gone' }))).toThrow('There is no tab Gone any more.');
    expect(() => enter(desk, entry({ a1: 'A1:Z5000' }))).toThrow('more than 50,000 cells');
    const moving = desk.advance('2026-11-02');
    expect(() => enter(desk, entry({}))).toThrow('Until 2026-11-02 is still running.');
    await moving;
    expect(enter(desk, entry({})).accepted).toBe(true);
  });
});
