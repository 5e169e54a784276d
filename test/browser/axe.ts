/** axe-core on a page of a browser: put in once, asked as often as somebody likes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../simulation/bundle';

const AXE = readFileSync(join(ROOT, 'node_modules/axe-core/axe.min.js'), 'utf8');

/** Frames of others are left out; of what is right only the count is kept, which takes half the time. */
const USUAL = { iframes: false, resultTypes: ['violations'] };

/** What axe finds wrong on the whole page, each with the first place; nothing, everywhere. */
export async function violations(page: Page, options: Readonly<Record<string, unknown>> = {}): Promise<string[]> {
  // Half a megabyte, which a page would otherwise read anew for each look.
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(AXE);
  const asked = JSON.stringify({ ...USUAL, ...options });
  const found = await page.evaluate(
    `axe.run(document, ${asked}).then(({ violations }) => violations.map((each) => each.id + ': ' + each.nodes[0].html))`,
  );
  return found as string[];
}
