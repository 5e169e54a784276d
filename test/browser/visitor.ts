/** Somebody who opens the page of a served book: windows of a size and what the console said. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromiumPath, launch, type ServedBook } from './server';

export const DESK = { viewport: { width: 1280, height: 800 } };
export const PHONE = { viewport: { width: 360, height: 740 } };
export const DARK = { ...DESK, colorScheme: 'dark' as const };

/** `describe` where there is a browser; in CI also without one, because there a silent gap would look like a pass. */
export function inBrowser(what: string): jest.Describe | jest.Describe['skip'] {
  const hasBrowser = chromiumPath() !== undefined;
  if (hasBrowser || process.env.CI === 'true') return describe;
  console.log(`skipped: ${what} in a real browser, because chromium is not installed (apt-get install chromium)`);
  return describe.skip;
}

export interface Visit {
  readonly page: Page;
  /** Errors on the console, and requests to anywhere else. */
  readonly said: string[];
}

export class Visitor {
  private browser: Browser | undefined;

  constructor(private readonly book: ServedBook) {}

  async arrive(): Promise<void> {
    this.browser = await launch();
  }

  async leave(): Promise<void> {
    await this.browser?.close();
  }

  /** Opens a view; scripts may be put in past the page's own policy, for axe only. */
  async open(view: string, options: BrowserContextOptions = DESK): Promise<Visit> {
    if (this.browser === undefined) throw new Error('The visitor has not arrived yet');
    const context = await this.browser.newContext({ ...options, bypassCSP: true });
    const page = await context.newPage();
    const said: string[] = [];
    page.on('console', (message) => message.type() === 'error' && said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(this.book.url)) said.push(`went out to ${request.url()}`);
    });
    await page.goto(`${this.book.url}#${view}`);
    await page.locator('#time-button').waitFor();
    return { page, said };
  }
}

/** The cell of the grid at a row of the sheet and a 0-based column. */
export const cellOf = (page: Page, row: number, column: number) =>
  page.locator(`[data-place="${row - 1}"][data-column="${column}"]`);

export const grid = (page: Page) => page.locator('#grid');

/** Goes to a cell by its name, as people do with the name box. */
export async function goTo(page: Page, a1: string): Promise<void> {
  const box = page.getByRole('textbox', { name: /Cell or range/ });
  await box.fill(a1);
  await box.press('Enter');
}
