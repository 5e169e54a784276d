/** The built sidebar in a real browser, answered by the built add-on in a world of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { builtBundle, ROOT } from '../simulation/bundle';
import { askApi, smallWorld, type World } from '../worlds';
import { chromiumPath, launch } from './server';

const hasBrowser = chromiumPath() !== undefined;
if (!hasBrowser && process.env.CI !== 'true') {
  console.log('skipped: the sidebar in a real browser, because chromium is not installed (apt-get install chromium)');
}
const inBrowser = hasBrowser || process.env.CI === 'true' ? describe : describe.skip;

const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Stands where Google's frame puts its own: each call crosses to the script as JSON and comes back once. */
const RUNNER = `window.google = { script: { run: (function make(done, failed) {
  return {
    withSuccessHandler: (next) => make(next, failed),
    withFailureHandler: (next) => make(done, next),
    api: (name, args) => window.toScript(JSON.stringify([name, args])).then(
      (text) => { const reply = JSON.parse(text); reply.thrown ? failed(new Error(reply.thrown)) : done(reply.value); }),
  };
})() } };`;

inBrowser('the sidebar', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    browser = await launch();
    world = smallWorld({ on: '2026-11-01', leases: [], properties: [] });
  }, 60_000);

  afterAll(() => browser?.close());

  async function open(reply?: (name: string) => string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 300, height: 700 } });
    await page.exposeFunction('toScript', (text: string) => {
      const [name, args] = JSON.parse(text) as [string, unknown[]];
      if (reply) return reply(name);
      const result = world.run('api', [name, args], { trigger: 'sidebar' });
      return JSON.stringify(result.ok ? { value: result.value } : { thrown: result.error?.message ?? 'no answer' });
    });
    await page.addInitScript(RUNNER);
    await page.goto(
      `data:text/html;charset=utf-8,${encodeURIComponent(readFileSync(join(builtBundle(), 'sidebar.html'), 'utf8'))}`,
    );
    return page;
  }

  async function violations(page: Page): Promise<unknown> {
    await page.evaluate(AXE);
    return page.evaluate('axe.run().then((result) => result.violations.map((each) => each.id + each.nodes[0].html))');
  }

  it('says so when nothing needs a person', async () => {
    const page = await open();
    await page.getByText('Nothing needs you today.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it('shows problems, late residents and tasks as text, whatever their names hold, without a horizontal scroll', async () => {
    const name = '<img src=x onerror=document.title=1>';
    const row = `L-1,Maple,1A,"${name}",ann@example.com,1200.00,monthly,1,2026-11-01`;
    const text = `Lease ID,Property,Unit,Residents,Email,Rent,Frequency,Due day,Start\n${row}\n`;
    askApi(world, 'importCsv', [{ name: 'leases.csv', text }]);
    world.edit('Leases', 'A3', 'L-2');
    world.advanceTo(world.now + 2 * 86_400_000);
    const page = await open();
    await page.getByRole('region', { name: 'Late' }).waitFor();
    expect(await page.getByText(name).count()).toBe(1);
    expect(await page.getByRole('region', { name: 'Problems in cells' }).textContent()).toContain(
      'Leases row 3, Property',
    );
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(300);
    expect(await violations(page)).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, 'sidebar.png') });
    await page.close();
  }, 60_000);

  it('tells what to do when the script does not answer, and goes on after Refresh', async () => {
    let answers = 0;
    const page = await open(() => {
      answers++;
      return JSON.stringify({ thrown: 'We are sorry, a server error occurred.' });
    });
    expect(await page.getByRole('alert').textContent()).toBe(
      'The script did not answer. Nothing was changed; try again.',
    );
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.getByRole('alert').waitFor();
    expect(answers).toBe(2);
    await page.close();
  });
});
