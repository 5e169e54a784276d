/** `npm run screens`: every screen of the demo portfolio as a picture in docs/screens, taken in Chromium as a person sees it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { chromiumPath, launch } from './chromium';
import { type Io, systemIo } from './cli/io';
import { main } from './cli/main';

const OUT = 'docs/screens';
const FRAME = 'iframe[title="Rent Ledger sidebar"]';
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
/** Milliseconds in which a screen that has its data comes to rest. */
const REST_MS = 700;

type Sidebar = (inside: Frame) => Promise<unknown>;

const opened =
  (name: string): Sidebar =>
  async (inside) => {
    await inside.getByRole('button', { name: 'All screens' }).click();
    await inside.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name, exact: true }).click();
  };

const lease =
  (id: string): Sidebar =>
  async (inside) => {
    await opened('Find a lease')(inside);
    await inside.getByLabel('Find a lease').fill(id);
    await inside.getByRole('option').first().click();
    await inside
      .getByRole('heading', { name: /What is open|Ledger/ })
      .first()
      .waitFor();
  };

/** What the sidebar shows, by the picture's name. */
const SIDEBAR: readonly (readonly [string, Sidebar])[] = [
  ['today', (inside) => inside.getByText('Needs you').first().waitFor()],
  ['lease', lease('BK-S2')],
  [
    'record',
    async (inside) => {
      await opened('Record payment')(inside);
      await inside.getByLabel('Who paid?').fill('BK-3D');
      await inside.getByRole('option').first().click();
      await inside.getByLabel('Check number').fill('1182');
    },
  ],
  [
    'override',
    async (inside) => {
      await lease('BK-3D')(inside);
      await inside.getByRole('button', { name: 'Change this charge' }).last().click();
      await inside.getByRole('button', { name: 'Waive a fee or charge' }).click();
      await inside.getByLabel('Common reasons').selectOption('First time late');
      await inside.getByRole('cell', { name: /USD/ }).first().waitFor();
    },
  ],
  ['reconcile', opened('Reconcile')],
  ['log', opened('Log')],
  ['connections', opened('Connections')],
  [
    'connect',
    async (inside) => {
      await opened('Connections')(inside);
      await inside.getByLabel('Find a platform').fill('Xero');
      await inside.getByRole('button', { name: 'Connect Xero' }).click();
      await inside.getByText('Step 1 of 2').waitFor();
    },
  ],
  ['run', opened('Runs')],
  ['setup', opened('Setup')],
  ['help', opened('Help')],
];

async function open(browser: Browser, address: string, size: { width: number; height: number }): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.goto(address);
  await page.locator('#time-button').waitFor();
  return page;
}

async function rested(page: Page): Promise<void> {
  await page.waitForFunction("!document.querySelector('.loading, [aria-busy=true]')");
  await page.waitForTimeout(REST_MS);
}

async function picture(page: Page, name: string): Promise<void> {
  await rested(page);
  await page.screenshot({ path: join(OUT, `${name}.png`) });
}

async function sidebarPictures(browser: Browser, url: string): Promise<void> {
  for (const [name, act] of SIDEBAR) {
    const page = await open(browser, `${url}#tab/Rent%20Roll`, { ...DESK, height: 860 });
    const frame = page.locator(FRAME);
    await frame.waitFor();
    const inside = await (await frame.elementHandle())?.contentFrame();
    if (!inside) throw new Error('The sidebar has no frame.');
    await act(inside);
    await inside.waitForFunction("!document.querySelector('[aria-busy=true]')");
    await rested(page);
    await frame.screenshot({ path: join(OUT, `sidebar-${name}.png`) });
    await page.close();
  }
}

const WIDE = { width: 1440, height: 900 };

/** Views of the page by the picture's name; without the sidebar where they tell enough by themselves. */
const VIEWS: readonly (readonly [string, string, { width: number; height: number }, 'sidebar' | 'alone'])[] = [
  ['workbook', 'tab/Rent%20Roll', WIDE, 'sidebar'],
  ['dashboard', 'tab/Dashboard', WIDE, 'alone'],
  ['mailbox', 'mail', DESK, 'alone'],
  ['slack', 'slack', DESK, 'alone'],
  ['executions', 'executions', DESK, 'alone'],
  ['phone', 'tab/Rent%20Roll', PHONE, 'alone'],
];

async function pictures(url: string): Promise<void> {
  const browser = await launch();
  try {
    for (const [name, view, size, beside] of VIEWS) {
      const page = await open(browser, `${url}#${view}`, size);
      if (beside === 'sidebar') await page.frameLocator(FRAME).getByText('Needs you').first().waitFor();
      else if (size !== PHONE) await page.getByRole('button', { name: 'Sidebar', exact: true }).click();
      await picture(page, name);
      await page.close();
    }
    const page = await open(browser, `${url}#tab/Rent%20Roll`, DESK);
    await page.locator('#time-button').click();
    await picture(page, 'time-machine');
    await page.close();
    await sidebarPictures(browser, url);
  } finally {
    await browser.close();
  }
}

/** Serves a book until the work is done; resolves when it is closed again. */
async function served(io: Io, book: string, work: (url: string) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  let told: (url: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => {
    told = resolve;
  });
  const heard = { ...io, out: (text: string) => told(text.trim()), stop: stopping.signal };
  const done = main(['serve', '--book', book, '--port', '0'], heard);
  try {
    await work(await address);
  } finally {
    stopping.abort();
    await done;
  }
}

async function run(io: Io, given: string | undefined): Promise<number> {
  if (chromiumPath() === undefined) {
    console.error('Chromium is not installed: apt-get install chromium, or name it in CHROMIUM_PATH.');
    return 1;
  }
  mkdirSync(OUT, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'rent-ledger-screens-'));
  const book = given ?? join(folder, 'demo');
  try {
    const exit = given === undefined ? await main(['demo', '--book', book], io) : 0;
    if (exit === 0) await served(io, book, pictures);
    return exit;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const io = systemIo();
process.exitCode = await run(io, process.argv[2]);
io.close();
