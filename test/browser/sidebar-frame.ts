/** The built sidebar in a frame of 300 px, answered by the built add-on of a world; its line can be cut, slowed or silenced. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { builtBundle } from '../simulation/bundle';
import type { World } from '../worlds';
import { violations } from './axe';
import { chromiumPath } from './server';
import { soon } from './soon';

const hasBrowser = chromiumPath() !== undefined;
if (!hasBrowser && process.env.CI !== 'true') {
  console.log('skipped: the sidebar in a real browser, because chromium is not installed (apt-get install chromium)');
}
/** A `describe` that is skipped where there is no browser, and never in CI. */
export const inBrowser = hasBrowser || process.env.CI === 'true' ? describe : describe.skip;

/** Stands where Google's frame puts its own: each call crosses to the script as JSON and comes back once. */
const RUNNER = `window.google = { script: { run: (function make(done, failed) {
  return {
    withSuccessHandler: (next) => make(next, failed),
    withFailureHandler: (next) => make(done, next),
    api: (name, args) => window.toScript(JSON.stringify([name, args])).then(
      (text) => { const reply = JSON.parse(text); reply.thrown ? failed(new Error(reply.thrown)) : done(reply.value); }),
  };
})() } };`;

/** What the line does with a call: `deliver` runs it in the world and gives the reply, which may then be lost. */
export type Line = (name: string, deliver: () => string, args: readonly unknown[]) => string | Promise<string>;

/** A reply that never comes. */
export const silence = (): Promise<string> => new Promise(() => undefined);
/** What Google's own frame says instead of a reply. */
export const thrown = (message: string): string => JSON.stringify({ thrown: message });

export interface Opening {
  /** `lease?lease=L-1`; Today where it is left out. */
  readonly at?: string;
  readonly user?: string;
  readonly line?: Line;
  readonly height?: number;
  /** The page's clock can be moved on. */
  readonly clock?: boolean;
}

export async function openSidebar(browser: Browser, world: World, opening: Opening = {}): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 300, height: opening.height ?? 700 } });
  if (opening.clock) await page.clock.install();
  const { user, line = (_name, deliver) => deliver() } = opening;
  await page.exposeFunction('toScript', (text: string) => {
    const [name, args] = JSON.parse(text) as [string, unknown[]];
    const deliver = () => {
      const result = world.run('api', [name, args], { trigger: 'sidebar', ...(user ? { user } : {}) });
      return JSON.stringify(result.ok ? { value: result.value } : { thrown: result.error?.message ?? 'no answer' });
    };
    return line(name, deliver, args);
  });
  await page.addInitScript(RUNNER);
  const html = readFileSync(join(builtBundle(), 'sidebar.html'), 'utf8');
  const linked = opening.at ? html.replace('<body>', `<body data-screen="${opening.at}">`) : html;
  // What is to run first runs where a page begins: an empty one, which then takes its content.
  await page.goto('about:blank');
  await page.setContent(linked);
  return page;
}

const width = (page: Page) => page.evaluate<number>('document.documentElement.scrollWidth');

/** How wide the page is at usual and at double size of text; more than 300 would scroll sideways. */
export async function widths(page: Page): Promise<readonly number[]> {
  const usual = await width(page);
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const large = await width(page);
  await page.evaluate("document.documentElement.style.fontSize = ''");
  return [usual, large];
}

/** Everything that holds of every screen: no violation, no sideways scroll, one coloured button at most, targets of 24 px. */
export async function expectSound(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
  expect(Math.max(...(await widths(page)))).toBeLessThanOrEqual(300);
  await soon(async () => expect(await page.locator('.button.primary:visible').count()).toBeLessThanOrEqual(1));
  const small = await page.evaluate(`[...document.querySelectorAll('button, summary, [role=tab], select, input')]
    .map((each) => [each.getBoundingClientRect(), each]).filter(([box, each]) => box.width > 0 &&
      (box.height < 24 || box.width < 24) && each.type !== 'checkbox' && each.type !== 'radio').map(([, each]) => each.outerHTML.slice(0, 120))`);
  expect(small).toEqual([]);
}

/** A picture of the page, or of a part of it, for whoever looks, into the folder that SHOTS names. */
export async function shot(page: Page, name: string, of?: Locator): Promise<void> {
  if (!process.env.SHOTS) return;
  const path = join(process.env.SHOTS, `${name}.png`);
  await (of ? of.screenshot({ path }) : page.screenshot({ path, fullPage: true }));
}
