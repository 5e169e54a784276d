/** The Dashboard in a real browser: charts as Google draws them, sparklines, links, and the red line of a clock that stopped. */
import type { Page } from 'playwright-core';
import { applied } from '../api/desk-acts-world';
import { askApi, ELM, intentOf, leapTo, leaseOf, loadStripe, smallWorld, type World } from '../worlds';
import { violations } from './axe';
import { ServedBook } from './server';
import { cellOf, DESK, goTo, inBrowser, PHONE, Visitor } from './visitor';

const WIDE = { ...DESK, viewport: { width: 1440, height: 1000 } };

const OAK = { ...ELM, Property: 'Oak Court', Address: '2 Oak Street' };
const IDS = Array.from({ length: 12 }, (_, at) => `L-${at + 1}`);

/** Twelve leases of two buildings since October: most pay, later from month to month; one never does, and one payment is nobody's. */
function threeMonths(): World {
  const world = smallWorld({
    on: '2026-10-01',
    properties: [ELM, OAK],
    leases: IDS.map((id, at) =>
      leaseOf(id, {
        ...(at > 7 ? { Property: 'Oak Court' } : {}),
        ...(at === 5 ? { End: '2026-12-19' } : {}),
        ...(at === 6 ? { 'Due day': '15' } : {}),
        Rent: `${900 + at * 50}.00`,
      }),
    ),
    settings: { Reminders: 'on' },
  });
  for (const [month, paying] of [
    ['10', 11],
    ['11', 10],
    ['12', 7],
  ] as const) {
    leapTo(world, `2026-${month}-01T14:00:00Z`);
    const paid = IDS.slice(0, paying).map((id, at) =>
      intentOf(`pi_${month}${at}`, id, (900 + at * 50) * 100, `2026-${month}-0${2 + (at % 4)}T12:00:00Z`, {
        ...(month === '12' && at === 6 ? { status: 'processing' } : {}),
      }),
    );
    loadStripe(world, [...paid, intentOf(`pi_${month}x`, '', 12_345, `2026-${month}-04T12:00:00Z`)]);
    leapTo(world, `2026-${month}-08T14:00:00Z`);
  }
  askApi(world, 'daily');
  applied(world, 'plan-1', {
    kind: 'plan propose',
    lease: 'L-12',
    reason: 'agreed by phone',
    charges: ['rent:L-12:2026-10', 'rent:L-12:2026-11', 'rent:L-12:2026-12'],
    instalments: [
      { due: '2026-12-20', amount: '2350.00' },
      { due: '2027-01-20', amount: '2000.00' },
    ],
    feesPaused: true,
    graceDays: 3,
    missedAllowed: 0,
    agreed: 'on the page',
    note: 'Call us if a day does not suit you.',
  });
  return world;
}

/** What the tab lists as waiting for a person. */
function exceptionRows(world: World): readonly { readonly row: number; readonly what: string; readonly fix: string }[] {
  const { values = [] } = world.workbook.api('spreadsheets.values.get', { range: "'Dashboard'!A55:I70" }) as {
    values?: readonly (readonly string[])[];
  };
  return values.flatMap((cells, at) => {
    const [kind = '', , , , what = '', , , , fix = ''] = cells;
    return kind === '' || what === '' ? [] : [{ row: 55 + at, what, fix }];
  });
}

inBrowser('the Dashboard')('the Dashboard', () => {
  const book = new ServedBook();
  const visitor = new Visitor(book);

  beforeAll(async () => {
    await visitor.arrive();
    book.fillWith(threeMonths());
    await book.start();
  }, 300_000);

  afterAll(async () => {
    await visitor.leave();
    await book.stop();
    book.remove();
  });

  async function open(size = WIDE): Promise<Page> {
    const { page } = await visitor.open('tab/Dashboard', size);
    await cellOf(page, 2, 0).waitFor();
    if (size !== PHONE) {
      await page.getByRole('button', { name: 'Sidebar', exact: true }).click();
      await page.getByRole('img', { name: /bar of this month/ }).waitFor();
    }
    return page;
  }

  const picture = async (page: Page, name: string) => {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
  };

  it('draws the three charts, each with what it shows in words and its numbers beside it', async () => {
    const page = await open();
    const charts = page.locator('.chart-box svg');
    expect(await charts.count()).toBe(3);
    for (const words of [/numbers stand beside it, in H10/, /in H21/, /in H14/])
      await page.getByRole('img', { name: words }).waitFor();
    expect(await cellOf(page, 10, 7).textContent()).toBe("This month's charges");
    const parts = await page.getByRole('img', { name: /H10/ }).locator('rect[stroke]').count();
    expect(parts).toBeGreaterThan(2);
    expect(await violations(page)).toEqual([]);
    await picture(page, 'dashboard-top');
    await page.context().close();
  }, 60_000);

  it('lists what comes and what needs a person below, and leads to where it is worked on', async () => {
    const page = await open();
    await goTo(page, 'A90');
    await cellOf(page, 72, 0).filter({ hasText: 'by property' }).waitFor();
    expect(await page.locator('.spark rect').count()).toBeGreaterThan(2);
    await picture(page, 'dashboard-properties');
    await goTo(page, 'A58');
    await picture(page, 'dashboard-tables');
    await goTo(page, 'A2');
    await cellOf(page, 5, 3).getByRole('link', { name: 'Rent Roll' }).click();
    await page.getByRole('heading', { name: 'Rent Roll', exact: true }).waitFor();
    await page.context().close();
  }, 60_000);

  it('is read on a phone', async () => {
    const page = await open(PHONE);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await picture(page, 'dashboard-phone');
    await page.context().close();
  }, 60_000);

  it('shows what needs a person on a phone, each sentence whole', async () => {
    const page = await open(PHONE);
    const whole = page.locator('.whole-entry');
    const isCut =
      "(() => { const each = document.querySelector('.whole-entry'); return each.scrollHeight > each.clientHeight; })()";
    const rows = exceptionRows(book.world());
    expect(rows.length).toBeGreaterThan(3);
    for (const { row, what, fix } of rows) {
      for (const [column, text] of [
        ['E', what],
        ['I', fix],
      ] as const) {
        await goTo(page, `${column}${row}`);
        await whole.getByText(text, { exact: true }).waitFor();
        expect([text, await page.evaluate(isCut)]).toEqual([text, false]);
      }
    }
    expect(await violations(page)).toEqual([]);
    await picture(page, 'dashboard-phone-exceptions');
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await page.context().close();
  }, 60_000);

  it("shows a plan's numbers in the sidebar on a phone", async () => {
    const { page } = await visitor.open('tab/Leases', PHONE);
    await page.locator('#sidebar-button').click();
    const inside = page.frameLocator('iframe[title="Rent Ledger sidebar"]');
    await inside.getByRole('button', { name: 'All screens' }).click();
    await inside
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('button', { name: 'Find a lease', exact: true })
      .click();
    await inside.getByLabel('Find a lease').fill('L-12');
    await inside.getByRole('option').first().click();
    await inside.getByRole('heading', { name: 'Payment plan' }).scrollIntoViewIfNeeded();
    await picture(page, 'dashboard-phone-plan');
    const widths = await inside
      .locator('html')
      .evaluate((root: { scrollWidth: number; clientWidth: number }) => [root.scrollWidth, root.clientWidth]);
    expect(widths).toEqual([360, 360]);
    await page.context().close();
  }, 60_000);
});
