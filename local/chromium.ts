/** Debian's Chromium, for the pictures and for the tests that look at pages: where its shell without windows is installed, that. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The shell is the same engine and draws the same; it opens a page in a third of the time, having no window to keep. */
const PATHS = [
  process.env.CHROMIUM_PATH,
  process.env.CHROMIUM,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
];
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where chromium is; undefined when it is not installed. */
export const chromiumPath = (): string | undefined => PATHS.find((path) => path !== undefined && existsSync(path));

export const launch = (): Promise<Browser> => chromium.launch({ executablePath: chromiumPath() ?? '', args: FLAGS });
