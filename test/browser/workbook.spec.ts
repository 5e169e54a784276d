/** The workbook of the page in a real browser: typing, pasting, choosing, protection, filters, menus and the sidebar. */
import type { Page } from 'playwright-core';
import { violations } from './axe';
import { ServedBook } from './server';
import { soon } from './soon';
import { cellOf, DESK, goTo, grid, inBrowser, Visitor } from './visitor';

inBrowser('the workbook')('the workbook', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);

  beforeAll(async () => {
    await visitor.arrive();
    await book.fill('2026-10-01');
    await book.start();
  }, 120_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  /** Opens a tab and stands in its grid. */
  async function openTab(title: string, a1 = 'A2'): Promise<Page> {
    const { page } = await visitor.open(`tab/${encodeURIComponent(title)}`);
    await cellOf(page, 2, 0).waitFor();
    await goTo(page, a1);
    return page;
  }

  const shownTip = (page: Page) => page.getByRole('tooltip');

  it('is edited by keyboard alone, tells the script of it, and goes back with Ctrl+Z', async () => {
    const page = await openTab('Leases', 'G4');
    const [before, after] = [await cellOf(page, 4, 6).textContent(), '2,680.50'];
    await page.keyboard.type('2680.50');
    await page.keyboard.press('Enter');
    await page.locator('[data-place="3"][data-column="6"]', { hasText: after }).waitFor();
    await soon(async () => expect(await grid(page).getAttribute('aria-activedescendant')).toBe('c4-6'));
    await page.getByRole('link', { name: 'Executions' }).click();
    await page.getByRole('rowheader', { name: 'edited' }).first().waitFor();
    await page.getByRole('link', { name: 'Sheet' }).click();
    await grid(page).focus();
    await page.keyboard.press('Control+z');
    await page.locator('[data-place="3"][data-column="6"]', { hasText: before ?? '' }).waitFor();
    await page.context().close();
  }, 60_000);

  it('leaves a trace of an edit that matters in the Log tab', async () => {
    const page = await openTab('Leases', 'G5');
    const rows = async () =>
      Number(/^([\d,]+) rows/.exec((await page.locator('.tab-status').textContent()) ?? '')?.[1]?.replace(',', ''));
    await page.getByRole('link', { name: /^Log/ }).click();
    await page.getByRole('grid', { name: 'Log' }).waitFor();
    const before = await rows();
    await page.getByRole('link', { name: 'Leases' }).click();
    await page.getByRole('grid', { name: 'Leases' }).waitFor();
    await goTo(page, 'A5');
    await page.keyboard.press('F2');
    await page.keyboard.type('X');
    await page.keyboard.press('Enter');
    await page.locator('[data-place="4"][data-column="0"]', { hasText: /X$/ }).waitFor();
    await page.getByRole('link', { name: /^Log/ }).click();
    await page.getByRole('grid', { name: 'Log' }).waitFor();
    await page.waitForFunction(
      `Number(document.querySelector('.tab-status').textContent.replace(/\\D/g, '')) > ${before}`,
    );
    await page.context().close();
  }, 60_000);

  it('cancels with Escape and clears with Delete', async () => {
    const page = await openTab('Leases', 'D6');
    const before = await cellOf(page, 6, 3).textContent();
    await page.keyboard.press('F2');
    await page.keyboard.type(' and others');
    await page.keyboard.press('Escape');
    await soon(async () => expect(await cellOf(page, 6, 3).textContent()).toBe(before));
    await goTo(page, 'F6');
    await page.keyboard.press('Delete');
    await page.waitForFunction(`document.querySelector('[data-place="5"][data-column="5"]').textContent === ''`);
    await page.context().close();
  }, 60_000);

  it('takes a block from the clipboard and gives one back', async () => {
    const page = await openTab('Terms', 'A40');
    await page.evaluate(`{
      const data = new DataTransfer();
      data.setData('text/plain', 'BK-1A\\t2026-12-01\\n"BK\\n1B"\\t2026-12-02\\n');
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }`);
    await page.locator('[data-place="40"][data-column="0"]', { hasText: 'BK\n1B' }).waitFor();
    await soon(async () =>
      expect(await page.getByRole('textbox', { name: /Cell or range/ }).inputValue()).toBe('A40:B41'),
    );
    const copied = await page.evaluate(`{
      const data = new DataTransfer();
      document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }));
      data.getData('text/plain');
    }`);
    expect(copied).toBe('BK-1A\t2026-12-01\n"BK\n1B"\t2026-12-02');
    await page.context().close();
  }, 60_000);

  it('offers the choices of a cell, and marks an entry that is none of them', async () => {
    const page = await openTab('Leases', 'H7');
    await page.keyboard.press('Alt+ArrowDown');
    const choices = page.getByRole('listbox', { name: 'Choices' });
    await choices.getByRole('option', { name: 'weekly', exact: true }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[data-place="6"][data-column="7"]', { hasText: 'weekly' }).waitFor();
    await goTo(page, 'H7');
    await page.keyboard.type('now and then');
    await page.keyboard.press('Enter');
    await page.locator('[data-place="6"][data-column="7"][aria-invalid="true"]').waitFor();
    await page.keyboard.press('ArrowUp');
    await shownTip(page)
      .getByText(/^Invalid: .*H7/)
      .waitFor();
    await page.context().close();
  }, 60_000);

  it('asks before it edits what the add-on writes, and does nothing when the person says no', async () => {
    const page = await openTab('Ledger', 'C2');
    const before = await cellOf(page, 2, 2).textContent();
    await page.keyboard.type('2026-01-01');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Heads up!' });
    await dialog.waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await soon(async () => expect(await cellOf(page, 2, 2).textContent()).toBe(before));
    await goTo(page, 'C2');
    await page.keyboard.type('2026-01-01');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'OK' }).click();
    await page.locator('[data-place="1"][data-column="2"]', { hasText: '2026-01-01' }).waitFor();
    await grid(page).focus();
    await page.keyboard.press('Control+z');
    await dialog.getByRole('button', { name: 'OK' }).click();
    await page.locator('[data-place="1"][data-column="2"]', { hasText: before ?? '' }).waitFor();
    await page.context().close();
  }, 60_000);

  it('shows the note of a header to who comes by keyboard', async () => {
    const page = await openTab('Leases', 'I1');
    await shownTip(page)
      .getByText(/Date of the month/)
      .waitFor();
    await page.keyboard.press('Escape');
    await shownTip(page).waitFor({ state: 'detached' });
    await page.context().close();
  }, 60_000);

  it('searches rows, and says so when none fits', async () => {
    const page = await openTab('Leases');
    const search = page.getByRole('searchbox', { name: 'Search the rows of Leases' });
    await search.fill('okafor');
    await page.getByText('1 of 48 rows').waitFor();
    await soon(async () => expect(await page.getByRole('gridcell', { name: 'Maya Okafor' }).count()).toBe(1));
    await search.fill('nobody of that name');
    await page.getByText('No row holds “nobody of that name”.').waitFor();
    await page.getByRole('button', { name: 'Show all rows' }).first().click();
    await page.getByText('48 rows', { exact: true }).waitFor();
    await page.context().close();
  }, 60_000);

  it('filters and sorts by a column for this person, and moves no row of the sheet', async () => {
    const page = await openTab('Leases', 'B1');
    await page.keyboard.press('Alt+ArrowDown');
    const menu = page.getByRole('dialog', { name: 'Filter Property' });
    await menu.getByRole('checkbox', { name: /Mesquite Flats/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await menu.getByRole('button', { name: 'Clear' }).click();
    await menu.getByRole('checkbox', { name: /Mesquite Flats/ }).check();
    await menu.getByRole('button', { name: 'Apply' }).click();
    await page.getByText(/^\d+ of 48 rows/).waitFor();
    const names = page.locator('.grid-body [data-column="1"]');
    expect(new Set(await names.allTextContents())).toEqual(new Set(['Mesquite Flats']));
    await goTo(page, 'G1');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('dialog', { name: 'Filter Rent' }).getByRole('button', { name: 'Sort Z to A' }).click();
    await page.locator('.filter-button.on').nth(1).waitFor();
    await page.waitForFunction(`(() => {
      const rents = [...document.querySelectorAll('.grid-body [data-column="6"]')].map((cell) => Number(cell.textContent.replace(',', '')));
      return rents.length > 3 && rents.every((rent, at) => at === 0 || rent <= rents[at - 1]);
    })()`);
    await page.getByRole('button', { name: 'Show all rows' }).click();
    await page.getByText('48 rows', { exact: true }).waitFor();
    await soon(async () => expect(await cellOf(page, 2, 0).textContent()).toBe('BK-1A'));
    await page.context().close();
  }, 60_000);

  it('runs an item of the menu by keyboard, and the sidebar opens where it says', async () => {
    const page = await openTab('Leases');
    await page.getByRole('button', { name: 'Rent Ledger' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('menuitem', { name: 'Open sidebar' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('menuitem', { name: 'Check', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('menuitem', { name: 'Verify ledger and log' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('menuitem', { name: 'Connect platforms' }).focus();
    await page.keyboard.press('Enter');
    const sidebar = page.frameLocator('iframe[title="Rent Ledger sidebar"]');
    await sidebar.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    await page.context().close();
  }, 60_000);

  it('shows the sidebar of the add-on in a frame without an origin, and answers its calls as the person chosen', async () => {
    const page = await openTab('Leases', 'A3');
    const frame = page.locator('iframe[title="Rent Ledger sidebar"]');
    await frame.waitFor();
    const sandbox = await frame.getAttribute('sandbox');
    expect(sandbox).not.toContain('allow-same-origin');
    const inside = page.frameLocator('iframe[title="Rent Ledger sidebar"]');
    await inside.getByRole('heading', { level: 1 }).waitFor();
    await inside
      .getByText(/Needs you|Nothing needs you/)
      .first()
      .waitFor();
    const child = page.frames().find((each) => each.url().includes('/frame/sidebar'));
    const ask = (call: string) =>
      child?.evaluate(`new Promise((done) => google.script.run.withSuccessHandler((value) => done({ value }))
        .withFailureHandler((error) => done({ error: error.message })).${call})`);
    expect(await ask("api('today', [{}])")).toMatchObject({ value: { ok: true } });
    expect(await ask('menuSidebar_()')).toMatchObject({ error: expect.stringContaining('is not a function') });
    expect(await ask('nothingOfThatName()')).toMatchObject({ error: expect.stringContaining('not found') });
    const blocked = await child?.evaluate(`fetch('/api/state').then(() => 'it came through', () => 'blocked')`);
    expect(blocked).toBe('blocked');
    expect(await child?.evaluate('self.origin')).toBe('null');
    await page.getByRole('combobox', { name: 'You are' }).selectOption('manager@example.com');
    await page.locator('iframe[title="Rent Ledger sidebar"]').waitFor();
    await page.getByRole('link', { name: 'Executions' }).click();
    await page.getByText('manager@example.com').nth(1).waitFor();
    await page.context().close();
  }, 60_000);

  it('folds reads that the sidebar repeats, and reads no window anew for them', async () => {
    const page = await openTab('Leases');
    const inside = page.frameLocator('iframe[title="Rent Ledger sidebar"]');
    await inside
      .getByText(/Needs you|Nothing needs you/)
      .first()
      .waitFor();
    const windows: string[] = [];
    page.on('request', (request) => request.url().includes('/api/tab/') && windows.push(request.url()));
    const child = page.frames().find((each) => each.url().includes('/frame/sidebar'));
    for (let times = 0; times < 3; times++) {
      await child?.evaluate("new Promise((done) => google.script.run.withSuccessHandler(done).api('today', [{}]))");
    }
    expect(windows).toEqual([]);
    await page.getByRole('link', { name: 'Executions' }).click();
    await page
      .getByRole('rowheader', { name: /api today × [4-9]/ })
      .first()
      .waitFor();
    await page.context().close();
  }, 60_000);

  it('draws the charts where they lie on the Dashboard', async () => {
    const { page } = await visitor.open('tab/Dashboard', { ...DESK, viewport: { width: 1440, height: 900 } });
    const chart = page.getByRole('img', { name: /./ }).first();
    await chart.waitFor();
    const [box, column] = [
      await page.locator('.chart-box').first().boundingBox(),
      await cellOf(page, 10, 0).boundingBox(),
    ];
    expect(Math.abs((box?.x ?? 0) - (column?.x ?? -100))).toBeLessThan(2);
    await page.context().close();
  }, 60_000);
});

inBrowser('the workbook with 10,000 leases')('the workbook with 10,000 leases', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);
  const LEASES = 10_000;

  beforeAll(async () => {
    await visitor.arrive();
    await book.fillBy((world) => {
      const rows = Array.from({ length: LEASES }, (_, at) => [
        `L-${at}`,
        'Maple',
        String(at),
        `Resident ${at}`,
        '',
        '',
        '1200',
      ]);
      world.workbook.paste('Leases', 'A2', rows);
    });
    await book.start();
  }, 120_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  it('holds only what is in sight, and reaches the last row', async () => {
    const { page } = await visitor.open('tab/Leases');
    await cellOf(page, 2, 0).waitFor();
    const nodes = () => page.evaluate('document.querySelectorAll("#grid *").length') as Promise<number>;
    expect(await nodes()).toBeLessThan(1_500);
    await grid(page).focus();
    await page.keyboard.press('Control+End');
    await page.getByRole('rowheader', { name: String(LEASES + 1), exact: true }).waitFor();
    await page.keyboard.press('Home');
    await cellOf(page, LEASES + 1, 0)
      .getByText(`L-${LEASES - 1}`)
      .waitFor();
    expect(await nodes()).toBeLessThan(1_500);
    await page.keyboard.press('Control+ArrowUp');
    await page.waitForFunction(`document.querySelector('#grid').getAttribute('aria-activedescendant') === 'c0-0'`);
    await page.context().close();
  }, 60_000);

  it('finds one lease among them', async () => {
    const { page } = await visitor.open('tab/Leases');
    await cellOf(page, 2, 0).waitFor();
    await page.getByRole('searchbox').fill('Resident 7351');
    await page.getByText('1 of 10,000 rows').waitFor();
    await page.context().close();
  }, 60_000);
});
