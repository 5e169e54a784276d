/**
 * The whole thing as a person uses it: the book is served as `npm start` serves it, and in the sidebar beside the workbook a
 * check is recorded, a fee waived, a payment matched and taken back. The workbook beside it then holds exactly that.
 */
import type { FrameLocator, Page } from 'playwright-core';
import type { World } from '../../local/world';
import { askApi, bookOf, ELM, importRows, intentOf, leapTo, leaseOf, loadStripe, tabOf, verdictOf } from '../worlds';
import { ServedBook } from './server';
import { inBrowser, Visitor } from './visitor';

const FRAME = 'iframe[title="Rent Ledger sidebar"]';

/** One lease that is late with a fee, one with rent open, and a stranger's payment that could be its. */
function november(world: World): void {
  importRows(world, 'Properties', [ELM]);
  importRows(world, 'Leases', [
    leaseOf('L-1', { Unit: '1A', Residents: 'Ada Brook' }),
    leaseOf('L-2', { Unit: '2B', Residents: 'Ben Cole', Start: '2026-10-01' }),
  ]);
  loadStripe(world, [
    intentOf('pi_ben', '', 100_000, '2026-10-09T12:00:00Z', {
      description: 'rent 2B',
      receipt_email: 'mum@example.net',
    }),
  ]);
  leapTo(world, '2026-10-02T14:00:00Z');
  leapTo(world, '2026-10-10T14:00:00Z');
}

inBrowser('a manager at the desk')('a manager at the desk', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);

  beforeAll(async () => {
    await visitor.arrive();
    await book.fillBy(november);
    await book.start();
  }, 120_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  const openScreen = async (page: Page, name: string): Promise<FrameLocator> => {
    const inside = page.frameLocator(FRAME);
    await inside.getByRole('button', { name: 'All screens' }).click();
    await inside.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true }).click();
    return inside;
  };

  async function recordCheck(page: Page): Promise<void> {
    const inside = await openScreen(page, 'Record payment');
    await inside.getByLabel('Who paid?').fill('brook');
    await inside.getByRole('option').first().click();
    await inside.getByLabel('Amount').fill('400.00');
    await inside.getByLabel('Check number').fill('1182');
    await inside.getByRole('button', { name: /^Record \$/ }).click();
    await inside
      .getByRole('status')
      .getByText(/Recorded/)
      .first()
      .waitFor();
  }

  async function waiveFee(page: Page): Promise<void> {
    const inside = await openScreen(page, 'Find a lease');
    await inside.getByLabel('Find a lease').fill('L-1');
    await inside.getByRole('option').first().click();
    await inside.getByRole('button', { name: 'Change this charge' }).last().click();
    await inside.getByRole('button', { name: 'Waive a fee or charge' }).click();
    await inside.getByLabel('Common reasons').selectOption('First time late');
    await inside.getByRole('button', { name: 'Apply' }).click();
    await inside
      .getByText(/^Waived/)
      .first()
      .waitFor();
  }

  async function matchAndUndo(page: Page): Promise<void> {
    const inside = await openScreen(page, 'Reconcile');
    await inside.getByRole('radio', { name: /2B/ }).check();
    await inside
      .getByRole('button', { name: /^Match/ })
      .first()
      .click();
    await inside.getByRole('button', { name: 'Undo' }).first().click();
    await inside
      .getByRole('region', { name: 'Undo' })
      .getByLabel('Reason', { exact: true })
      .fill('It was for somebody else');
    await inside.getByRole('button', { name: 'Undo it' }).click();
    await inside
      .getByText(/^Undone/)
      .first()
      .waitFor();
  }

  it('records a check, waives a fee, matches a receipt and undoes it, and Ledger and Log hold exactly that', async () => {
    const { page, said } = await visitor.open('tab/Ledger');
    await page
      .frameLocator(FRAME)
      .getByText(/Needs you/)
      .first()
      .waitFor();
    const world = book.world();
    const [ledgerBefore, logBefore] = [tabOf(world, 'Ledger').length, tabOf(world, 'Log').length];
    await recordCheck(page);
    await waiveFee(page);
    await matchAndUndo(page);

    expect(said).toEqual([]);
    await page.context().close();
    // Ctrl-C, as a person ends the day.
    expect(await book.stop()).toBe(0);
    const after = book.world();
    const rows = tabOf(after, 'Ledger').slice(ledgerBefore);
    expect(rows.map((row) => [row['Lease ID'], row.Kind, row.Type, row.Amount, row.By])).toEqual([
      ['L-1', 'receipt', '', '-400', 'owner@example.com'],
      ['L-1', 'credit', 'waiver', '-50', 'owner@example.com'],
      ['L-2', 'receipt', '', '-1000', 'owner@example.com'],
      ['L-2', 'reversal', 'entered in error', '1000', 'owner@example.com'],
    ]);
    const lines = tabOf(after, 'Log').slice(logBefore);
    const runs = [...new Set(lines.map((row) => row.Run))];
    expect(runs).toHaveLength(4);
    expect(lines.filter((row) => row.Kind === 'act').map((row) => row.What?.split(' ')[0])).toEqual([
      'Recorded',
      'Waived',
      expect.stringMatching(/Matched|1,000.00/),
      'Undone:',
    ]);
    expect(new Set(lines.map((row) => row.Who))).toEqual(new Set(['owner@example.com']));
    expect(bookOf(after).leases.map((lease) => [lease.id, lease.balance])).toEqual([
      ['L-1', '600.00'],
      ['L-2', '1050.00'],
    ]);
    expect(askApi<{ items: readonly unknown[] }>(after, 'queue').items).toHaveLength(1);
    expect(verdictOf(after).ok).toBe(true);
  }, 120_000);
});
