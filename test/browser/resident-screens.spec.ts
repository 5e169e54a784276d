/** The resident's pages as Chromium shows them: every screen and state, narrow and wide, by axe, by size and by what is asked of the net. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import {
  accountPage,
  downPage,
  neutralPage,
  outcomePage,
  receiptPage,
  statementPage,
  yearPage,
} from '../../sidebar/resident/render';
import type { PageLanguage } from '../../src/api/resident/view';
import { AT, OWES, PLACES, RECEIPT, STATEMENT, STATES, viewOf, YEAR } from '../resident/samples';
import { violations } from './axe';
import { launch } from './server';
import { inBrowser } from './sidebar-frame';

const SHOTS = process.env.SHOTS;

type Screen = readonly [string, string];

const LANGUAGES: readonly PageLanguage[] = ['en', 'es', 'fr', 'de'];

/** Screens that are no account. */
const others = (language: PageLanguage): readonly Screen[] => {
  const place = language === 'en' ? {} : PLACES[language === 'es' ? 'es USD' : `${language} EUR`];
  return [
    [`statement ${language}`, statementPage({ ...STATEMENT, ...place }, AT)],
    [`year ${language}`, yearPage({ ...YEAR, ...place }, AT)],
    [`receipt ${language}`, receiptPage({ ...RECEIPT, ...place }, AT)],
    [`neutral ${language}`, neutralPage(language, { ...AT, page: '' })],
    [`busy ${language}`, downPage('busy', language, AT)],
    [`down ${language}`, downPage('down', language, AT)],
    [`not done ${language}`, outcomePage({ done: false, says: 'notUnderstood' }, language, AT)],
    [
      `go on ${language}`,
      outcomePage(
        { done: true, says: 'linkMailed', open: { url: 'https://checkout.stripe.example/c/pay/cs_1', by: 'Stripe' } },
        language,
        AT,
      ),
    ],
  ];
};

/** States in which less is asked for than is owed. */
const LESS_ASKED = ['disputed', 'all disputed', 'plan running', 'collected already'];

const SCREENS: readonly Screen[] = [
  ...Object.keys(STATES).map((state) => [state, accountPage(viewOf(state), AT)] as const),
  ...Object.entries(PLACES).map(([name, place]) => [name, accountPage({ ...OWES, ...place }, AT)] as const),
  // The longest sentences of the head.
  ...['es USD', 'fr EUR', 'de EUR'].flatMap((name) =>
    LESS_ASKED.map((state) => [`${state} ${name}`, accountPage(viewOf(state, PLACES[name]), AT)] as const),
  ),
  ...LANGUAGES.flatMap(others),
];

/** What is wrong with the layout: wider than the window, or a target smaller than 24 by 24 that does not stand in a sentence. */
const LAYOUT = `(() => {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['scrolls sideways'] : [];
  const small = [...document.querySelectorAll('a,button,input:not([type=hidden]),select,textarea,summary')].filter((each) => {
    const { width, height } = each.getBoundingClientRect();
    if (width === 0 || each.closest('details:not([open]) .inside') || each.classList.contains('skip')) return false;
    if (each.tagName === 'A' && getComputedStyle(each).display === 'inline') return false;
    return width < 24 || height < 24;
  });
  return [...wide, ...small.map((each) => 'small: ' + each.outerHTML.slice(0, 80))];
})()`;

inBrowser("a resident's pages", () => {
  let browser: Browser;
  const said: string[] = [];

  beforeAll(async () => {
    browser = await launch();
    if (SHOTS) mkdirSync(SHOTS, { recursive: true });
  });
  afterAll(() => browser?.close());

  async function pageOf(options: Parameters<Browser['newPage']>[0]): Promise<Page> {
    const page = await browser.newPage(options);
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    page.on('request', (request) => said.push(`asked for ${request.url()}`));
    return page;
  }

  /** Faults of layout of each screen, closed and opened; `axe` says which of them axe looks at as well. */
  async function faultsOf(page: Page, screens: readonly Screen[], looks: string, axe: (name: string) => boolean) {
    const faults: string[] = [];
    for (const [name, html] of screens) {
      await page.setContent(html);
      if (SHOTS)
        await page.screenshot({ path: join(SHOTS, `${name.replace(/\W+/g, '-')}-${looks}.png`), fullPage: true });
      const layout = (await page.evaluate(LAYOUT)) as string[];
      // Opened, everything that can be read or filled in is looked at.
      await page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
      const opened = (await page.evaluate(LAYOUT)) as string[];
      const found = axe(name) ? await violations(page) : [];
      faults.push(...[...layout, ...found, ...opened].map((fault) => `${name}: ${fault}`));
    }
    return faults;
  }

  /** The screens without an account are one in all languages but for their words. */
  const isOwn = (name: string) => !/ (es|fr)$/.test(name);
  const some = SCREENS.filter(([name]) =>
    ['owes', 'plan running', 'disputed', 'stale', 'neutral en', 'year en', 'statement de'].includes(name),
  );
  const isSome = (name: string) => some.some(([each]) => each === name);

  it('stand on a phone without a fault that axe knows, and ask for nothing', async () => {
    const page = await pageOf({ viewport: { width: 360, height: 800 } });
    expect(await faultsOf(page, SCREENS, '360', isOwn)).toEqual([]);
    expect(said).toEqual([]);
    expect(SCREENS.length).toBeGreaterThan(60);
  });

  it('stand on a wide screen', async () => {
    const page = await pageOf({ viewport: { width: 1280, height: 800 } });
    expect(await faultsOf(page, SCREENS, '1280', isSome)).toEqual([]);
    expect(said).toEqual([]);
  });

  it('say on paper, where no button is, what of the debt need not be paid now', async () => {
    const page = await pageOf({ viewport: { width: 800, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    for (const [state, said] of [
      ['disputed', '$50.00 of it is disputed and need not be paid until it is answered.'],
      ['plan running', '$150.00 of it is in your payment plan and not due yet.'],
      ['collected already', 'You can pay $400.00 now.'],
    ] as const) {
      await page.setContent(accountPage(viewOf(state), AT));
      expect(await page.locator('#balance').getByText(said).isVisible()).toBe(true);
      expect(await page.locator('#pay button').first().isVisible()).toBe(false);
      if (SHOTS)
        await page.screenshot({ path: join(SHOTS, `${state.replace(/\W+/g, '-')}-print.png`), fullPage: true });
    }
  });

  it('stand in the dark', async () => {
    const dark = await pageOf({ viewport: { width: 360, height: 800 }, colorScheme: 'dark' });
    expect(await faultsOf(dark, some, 'dark', isSome)).toEqual([]);
  });

  it('stand with letters twice as large, on a desk and on a phone', async () => {
    const page = await pageOf({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    const none = () => false;
    expect(await faultsOf(page, some, 'zoomed', none)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    const doubled = some.map(([name, html]) => [name, html.replace('<html', '<html style="font-size:200%"')] as const);
    expect(await faultsOf(page, doubled, 'doubled', none)).toEqual([]);
  });
});
