/** The evidence packet in a real browser: made on the lease screen, looked at on paper, checked on the screen Log. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Evidence } from '../../src/api/desk/evidence';
import { call } from '../api/desk-acts-world';
import { intentOf, leapTo, leaseOf, loadStripe, smallWorld, tabOf, typeInto, type World } from '../worlds';
import { violations } from './axe';
import { launch } from './server';
import { expectSound, inBrowser, openSidebar, shot, silence, thrown } from './sidebar-frame';
import { soon } from './soon';

inBrowser('the evidence packet', () => {
  let browser: Browser;
  let base: World;
  let packet: Evidence;

  beforeAll(async () => {
    browser = await launch();
    base = smallWorld({
      on: '2026-11-01',
      leases: [leaseOf('L-1', { Start: '2026-11-01', Deposit: '500.00' })],
      settings: { Reminders: 'on', Viewers: 'vic@example.com' },
    });
    leapTo(base, '2026-11-08T15:00:00Z');
    loadStripe(base, [intentOf('pi_1', 'L-1', 60_000, '2026-11-08T12:00:00Z')]);
    leapTo(base, '2026-11-09T15:00:00Z');
    packet = call<Evidence>(base, 'evidence', { request: 'first', lease: 'L-1' });
  }, 120_000);

  afterAll(() => browser?.close());

  const opened = async (page: Page, summary: string) => {
    const fold = page.locator('summary', { hasText: summary });
    await fold.waitFor();
    await fold.press('Enter');
  };

  it('is made with the keyboard and comes as two files', async () => {
    const world = base.clone();
    const page = await openSidebar(browser, world, { at: 'lease?lease=L-1', height: 900 });
    await opened(page, 'Evidence packet');
    await expectSound(page);
    await page.getByLabel('From').fill('2026-11-01');
    const [html] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Make the packet' }).press('Enter'),
    ]);
    expect(html.suggestedFilename()).toBe('evidence-L-1-2026-11-09.html');
    const text = readFileSync(await html.path(), 'utf8');
    await page.getByText('Saved as evidence-L-1-2026-11-09.html').waitFor();
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as CSV' }).press('Enter'),
    ]);
    expect(csv.suggestedFilename()).toBe('evidence-L-1-2026-11-09.csv');
    for (const file of [text, readFileSync(await csv.path(), 'utf8')])
      expect(call(world, 'verifyPacket', { text: file })).toMatchObject({ ok: true });
    expect(tabOf(world, 'Log').filter((row) => row.Kind === 'packet')).toHaveLength(2);
    await expectSound(page);
    await shot(page, 'evidence-made');
    await page.close();
  });

  it('says what is wrong with the days, and what came in between', async () => {
    let asked = 0;
    const page = await openSidebar(browser, base.clone(), {
      at: 'lease?lease=L-1',
      line: (name, deliver) => (name === 'evidence' && asked++ === 1 ? thrown('server error') : deliver()),
    });
    await opened(page, 'Evidence packet');
    await page.getByLabel('From').fill('2026-11-05');
    await page.getByLabel('Until').fill('2026-11-01');
    await page.getByRole('button', { name: 'Make the packet' }).click();
    await page.getByText('The last day lies before the first one.').waitFor();
    await expectSound(page);
    await page.getByLabel('Until').fill('2026-11-30');
    await page.getByRole('button', { name: 'Make the packet' }).click();
    await page.getByRole('alert').waitFor();
    await expectSound(page);
    await shot(page, 'evidence-trouble');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Try again' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.html$/);
    await page.close();
  });

  it('says that it reads while it reads', async () => {
    const line = (name: string, deliver: () => string) => (name === 'evidence' ? silence() : deliver());
    const page = await openSidebar(browser, base.clone(), { at: 'lease?lease=L-1', line });
    await opened(page, 'Evidence packet');
    await page.getByRole('button', { name: 'Make the packet' }).click();
    await page.getByText('Reading all rows of this lease').waitFor();
    await expectSound(page);
    await page.close();
  });

  it('is not offered to somebody who only looks', async () => {
    const page = await openSidebar(browser, base.clone(), { at: 'lease?lease=L-1', user: 'vic@example.com' });
    await page.getByRole('tab', { name: 'Ledger' }).waitFor();
    await soon(async () => expect(await page.getByText('Evidence packet').count()).toBe(0));
    await page.close();
  });

  const check = async (world: World, text: string, name: string) => {
    const page = await openSidebar(browser, world, { at: 'log', height: 900 });
    await opened(page, 'Check a packet');
    await page.getByLabel('Evidence packet').setInputFiles({ name, mimeType: 'text/html', buffer: Buffer.from(text) });
    // The file is read in its own time, and a key pressed on a button that waits for it is lost.
    const button = page.getByRole('button', { name: 'Check the packet', disabled: false });
    await button.press('Enter');
    return page;
  };

  it('is checked and found whole', async () => {
    const page = await check(base.clone(), packet.html, 'packet.html');
    await page.getByText('The file is as it was made, and all').waitFor();
    await expectSound(page);
    await shot(page, 'packet-whole');
    await page.close();
  });

  it('is checked and what was changed in it is named', async () => {
    const page = await check(base.clone(), packet.html.split('-600.00').join('-900.00'), 'packet.html');
    await page.getByText('The file is not as it was made').waitFor();
    await page.getByText('Rows of the Ledger, row stripe:pi_1, Amount').first().waitFor();
    await expectSound(page);
    await shot(page, 'packet-changed');
    await page.close();
  });

  it('is cleared where the book was changed', async () => {
    const world = base.clone();
    typeInto(world, 'Ledger', 'stripe:pi_1', 'Why', 'paid by somebody');
    const page = await check(world, packet.csv, 'packet.csv');
    await page.getByText('The file is as it was made, but the book was changed since').waitFor();
    await expectSound(page);
    await page.close();
  });

  it('is refused when it is another file', async () => {
    const page = await check(base.clone(), 'a,b\n1,2\n', 'other.csv');
    await page.getByText('This is no evidence packet').waitFor();
    await expectSound(page);
    await page.close();
  });

  it.each([360, 1200])('is read without violation at %i px, and asks nobody for anything', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url().slice(0, 40)));
    await page.setContent(packet.html);
    // axe is a script, which the page itself forbids: it is looked at without its own rule.
    expect(await page.evaluate('document.querySelectorAll("script").length')).toBe(0);
    await shot(page, `packet-${width}`);
    await page.setContent(packet.html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(asked).toEqual([]);
    await page.close();
  });

  it('shows hostile names and memos as the text that they are', async () => {
    const evil = '<img src=x onerror="window.hacked=1"></td></tr><script>window.hacked=1</script>';
    const world = smallWorld({
      on: '2026-11-01',
      leases: [leaseOf('L-1', { Residents: evil, Unit: "4'B<svg onload=x>" })],
    });
    loadStripe(world, [intentOf('pi_1', 'L-1', 60_000, '2026-11-01T15:00:00Z', { description: evil })]);
    leapTo(world, '2026-11-02T15:00:00Z');
    const { html, csv } = call<Evidence>(world, 'evidence', { request: 'r', lease: 'L-1' });
    const page = await browser.newPage();
    await page.setContent(html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''));
    expect(await page.evaluate('window.hacked')).toBeUndefined();
    expect(await page.locator('img, script, svg').count()).toBe(0);
    expect(await page.locator('#cover td', { hasText: '<img src=x' }).count()).toBe(1);
    for (const text of [html, csv]) expect(call(world, 'verifyPacket', { text })).toMatchObject({ ok: true });
    await page.close();
    const sidebar = await check(world, html.replace('4&#39;B', '4&#39;C'), 'packet.html');
    await sidebar.getByText('The file is not as it was made').waitFor();
    expect(await sidebar.locator('main img, main script').count()).toBe(0);
    expect(await sidebar.evaluate('window.hacked')).toBeUndefined();
    await sidebar.close();
  });

  it('is printed with every row', async () => {
    const page = await browser.newPage();
    await page.setContent(packet.html);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.length).toBeGreaterThan(10_000);
    if (process.env.SHOTS) writeFileSync(join(process.env.SHOTS, 'packet.pdf'), pdf);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 1032, height: 720 });
    await shot(page, 'packet-print');
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1032);
    expect(await page.locator('#ledger tr').last().isVisible()).toBe(true);
    await page.close();
  });
});
