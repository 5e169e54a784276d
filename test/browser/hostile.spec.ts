/** Names, ids and messages that are markup or script, on every screen of the built sidebar: they are shown as the text they are. */
import type { Browser, Page } from 'playwright-core';
import { hostile } from '../hostile/hostile';
import { ELM, intentOf, leapTo, leaseOf, loadStripe, smallWorld, twisted, type World } from '../worlds';
import { launch } from './server';
import { inBrowser, openSidebar } from './sidebar-frame';

const IMAGE = '<img src=x onerror="document.title=1">';
const SCRIPT = '</script><script>google.script.run.api("repair")</script>';
const UNIT = '" onmouseover="document.title=1';
const ID = '\\u0027);document.title=1;(\\u0027';
const BODY = '<b>no</b><script>document.title=1</script>';

/** One lease with a hostile name and unit, money from a hostile payer, and a platform that answers with markup. */
function hostileWorld(): World {
  const line = twisted();
  const world = smallWorld({
    on: '2026-11-30',
    properties: [ELM],
    leases: [leaseOf('L-1', { Residents: `${IMAGE} ${SCRIPT}`, Unit: UNIT })],
    vendors: line.vendors,
  });
  leapTo(world, '2026-12-01T14:30:00Z');
  loadStripe(world, [intentOf('pi_1', '', 1_000, '2026-12-01T13:00:00Z', { description: `${SCRIPT} ${ID}` })]);
  leapTo(world, '2026-12-01T15:00:00Z');
  line.twist = (_request, reply) => ({
    ...reply,
    status: 400,
    body: JSON.stringify({ error: { message: BODY.repeat(40) } }),
  });
  leapTo(world, '2026-12-01T16:00:00Z');
  return world;
}

const SCREENS = [
  'today',
  'lease?lease=L-1',
  'reconcile',
  'log',
  'connections',
  'run',
  'record?lease=L-1',
  'override?lease=L-1',
];

inBrowser('a resident, a payer and a platform that write markup', () => {
  let browser: Browser;
  const world = hostileWorld();
  const pages = new Map<string, Page>();

  beforeAll(async () => {
    browser = await launch();
    for (const at of SCREENS) {
      const page = await openSidebar(browser, world, { at });
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.waitForFunction("!document.querySelector('[aria-busy=true]')");
      pages.set(at, page);
    }
  }, 120_000);
  afterAll(() => browser?.close());

  const texts = async () =>
    (await Promise.all([...pages.values()].map((page) => page.locator('body').textContent()))).join('\n');
  const counts = async (selector: string) =>
    Promise.all([...pages.values()].map((page) => page.locator(selector).count()));
  const titles = async () => Promise.all([...pages.values()].map((page) => page.title()));

  hostile('html-sidebar-01', 'a name that is an image is shown as text and makes no element', async () => {
    expect(await texts()).toContain(IMAGE);
    expect(await counts('img')).toEqual(SCREENS.map(() => 0));
    expect(new Set(await titles())).toEqual(new Set(['Rent Ledger']));
  });

  hostile('html-sidebar-02', 'a name that is a script runs nothing', async () => {
    expect(await texts()).toContain(SCRIPT);
    // The page's own script is the only one on it.
    expect(await counts('body script')).toEqual(SCREENS.map(() => 1));
    expect(world.executions.filter(({ handler }) => handler === 'api').length).toBeGreaterThan(SCREENS.length);
  });

  hostile(
    'html-sidebar-03',
    'a unit that would end an attribute ends none, and no element carries a handler',
    async () => {
      expect(await texts()).toContain(UNIT);
      for (const page of pages.values())
        expect(
          await page.evaluate(
            "[...document.querySelectorAll('*')].filter((e) => [...e.attributes].some((a) => /^on/.test(a.name))).length",
          ),
        ).toBe(0);
    },
  );

  hostile('html-sidebar-04', 'an id that would end a call is text, in buttons and beside them', async () => {
    expect(await texts()).toContain(ID);
    expect(new Set(await titles())).toEqual(new Set(['Rent Ledger']));
  });

  hostile('html-sidebar-06', "a platform's own markup in an error is text, and short", async () => {
    const page = pages.get('connections');
    const shown = (await page?.locator('body').textContent()) ?? '';
    expect(shown).toContain('<b>no</b>');
    expect(shown.split('<b>no</b>').length).toBeLessThan(12);
    expect(await page?.locator('b', { hasText: /^no$/ }).count()).toBe(0);
  });
});
