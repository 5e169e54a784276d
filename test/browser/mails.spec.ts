/** Mails as a phone and a desk show them: nothing runs off the side, the button is as large as a thumb, light and dark can be read. */
import type { Browser, Page } from 'playwright-core';
import type { MessageFields } from '../../src/domain/message-fields';
import { render } from '../../src/domain/messages';
import { builtInTemplates, packFor, type Template } from '../../src/domain/templates';
import { FULL } from '../domain/message-samples';
import { violations } from './axe';
import { launch } from './server';
import { inBrowser } from './visitor';

const WCAG = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] };

/** Long names, long words, large amounts. */
const LONG: MessageFields = {
  ...FULL,
  property: 'Wohnanlage Ulmenhof an der Alten Schmiede',
  unit: 'Hinterhaus, drittes Obergeschoss links',
  manager_email: 'hausverwaltung-ulmenhof-schmiedegasse@immobilienverwaltung-musterstadt.example',
  charges: [
    {
      label: 'Nebenkostenvorauszahlung für Heizung und Warmwasser',
      amount: '1.234.250,00 US$',
      due: '1. Dezember 2026',
    },
    { label: `X${'x'.repeat(80)}`, amount: '50,00 US$', due: '6. Dezember 2026' },
  ],
};

const templates = builtInTemplates();
const htmlOf = (template: Template, fields: MessageFields): string => {
  const message = render(template, fields, template.language);
  if ('reason' in message) throw new Error(message.reason);
  return message.html;
};

inBrowser('mails')('a mail', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 640 }, colorScheme, bypassCSP: true });
    return context.newPage();
  }

  it.each([320, 360, 800])('fits into %i pixels, whatever names and amounts it holds', async (width) => {
    const page = await open(width, 'light');
    for (const template of templates) {
      for (const fields of [FULL, LONG]) {
        await page.setContent(htmlOf(template, fields));
        const wide = Number(await page.evaluate('document.documentElement.scrollWidth'));
        expect([template.key, template.language, wide]).toEqual([template.key, template.language, width]);
      }
    }
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('can be read in the %s scheme, and its button be hit', async (scheme) => {
    const page = await open(360, scheme);
    for (const template of templates.filter(({ key }) => key === 'late' || key === 'digest')) {
      await page.setContent(htmlOf(template, FULL));
      const found = await violations(page, WCAG);
      expect([template.key, template.language, found]).toEqual([template.key, template.language, []]);
      if (template.key === 'digest') continue;
      const box = await page.getByRole('link', { name: packFor(template.language).payButton }).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
    await page.context().close();
  });
});
