/** The HTML of every built-in message, read back out of a whole mail: the words of the text, one button, small, and readable in the dark. */
import PostalMime from 'postal-mime';
import { escapeHtml, htmlPage } from '../../src/domain/message-html';
import { type Message, render } from '../../src/domain/messages';
import { type Address, buildMail } from '../../src/domain/mime';
import { builtInTemplates, PLAN_KEYS, packFor, type Template } from '../../src/domain/templates';
import { instant } from '../../src/domain/values';
import { FULL, MINIMAL } from './message-samples';

const all = builtInTemplates();
const named = all.map((each): [string, Template] => [`${each.key} ${each.language}`, each]);
const LINK = FULL.pay_link ?? '';
const SHEET = FULL.sheet_link ?? '';
/** Messages that ask for nothing have no button. */
const ASKS_NOTHING: readonly string[] = [
  'receipt',
  'digest',
  'plan-news',
  'failure',
  'account-link',
  'payment-refunded',
  ...PLAN_KEYS.filter((key) => key !== 'plan-instalment'),
];

function sent(template: Template, fields = FULL): Message {
  const message = render(template, fields, template.language);
  if ('reason' in message) throw new Error(message.reason);
  return message;
}

/** Text and HTML as a mail program has them. */
async function received(template: Template, fields = FULL): Promise<{ text: string; html: string }> {
  const parts = {
    fromName: 'Elm Court',
    from: 'rent@landlord.example' as Address,
    to: 'maria@example.com' as Address,
    ...sent(template, fields),
    headers: { messageIdRef: `email:${template.key}` },
    date: instant(0),
  };
  const { text = '', html = '' } = await PostalMime.parse(buildMail(parts));
  return { text, html };
}

const bodyOf = (html: string) => html.slice(html.indexOf('<body'));
const textsOf = (html: string) =>
  bodyOf(html)
    .replace(/<a .*?<\/a>/g, '')
    .split(/<[^>]*>/)
    .map((each) => each.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))));
const wordsOf = (text: string) => (text.match(/[\p{L}\p{N}\p{Sc}@'’]+/gu) ?? []).sort();

describe('a whole mail', () => {
  it.each(named)('%s says the same words in text and in HTML, as often', async (_, template) => {
    for (const fields of [FULL, MINIMAL[template.key] ?? {}]) {
      const { text, html } = await received(template, fields);
      expect(wordsOf(textsOf(html).join(' '))).toEqual(wordsOf(text.replaceAll(LINK, ' ').replaceAll(SHEET, ' ')));
    }
  });

  it.each(named)('%s has one button where there is a page to pay on, and no other link', async (_, template) => {
    const { text, html } = await received(template);
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map(([, href, label]) => [
      href,
      label,
    ]);
    const button = [escapeHtml(LINK), packFor(template.language).payButton];
    const sheet = [escapeHtml(SHEET), escapeHtml(SHEET)];
    expect(links).toEqual(template.key === 'failure' ? [sheet] : ASKS_NOTHING.includes(template.key) ? [] : [button]);
    expect(text.split(LINK)).toHaveLength(ASKS_NOTHING.includes(template.key) ? 1 : 2);
    expect((await received(template, { ...FULL, pay_link: '', sheet_link: '' })).html).not.toMatch(/<a |href/);
  });

  it.each(named)('%s fetches nothing and runs nothing', async (_, template) => {
    const { html } = await received(template);
    // The address of the account stands in the text as it is, and nothing is fetched by it.
    const bare = html
      .replace(`href="${escapeHtml(LINK)}"`, '')
      .replaceAll(escapeHtml(FULL.account_link ?? ''), '')
      .replaceAll(SHEET, '');
    expect(bare).not.toMatch(/<(img|script|link|iframe|form|input|svg|object|base)\b/i);
    expect(bare).not.toMatch(/https?:|\/\/|url\(|@import|src=|background=|\bon\w+=/i);
  });

  it.each(named)('%s is far below what mail programs cut', async (_, template) => {
    const { html } = await received(template);
    expect(Buffer.byteLength(html)).toBeLessThan(8 * 1024);
    const charges = Array.from({ length: 40 }, () => FULL.charges?.[0] ?? { label: '', amount: '', due: '' });
    expect(Buffer.byteLength((await received(template, { ...FULL, charges })).html)).toBeLessThan(30 * 1024);
  });

  it.each(named)('%s tells its language, its direction and its schemes', async (_, template) => {
    const { html } = await received(template);
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${template.language}" dir="ltr">`));
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html.match(/<title>/g)).toHaveLength(1);
  });
});

it('a language that is written from right to left turns the page', () => {
  const page = (language: string) =>
    htmlPage({ language, title: '', body: [], footer: [], accountLink: 'See your account', payButton: '' });
  expect(page('ar-EG')).toContain('<html lang="ar-EG" dir="rtl">');
  expect(page('he')).toContain('dir="rtl"');
  expect(page('de-CH')).toContain('<html lang="de-CH" dir="ltr">');
});

describe('the dark scheme', () => {
  const { html } = sent(all.find((each) => each.key === 'late') as Template);
  const dark = Object.fromEntries(
    [...html.matchAll(/\.(\w)\{([^}]*)\}/g)].map(([, name, rules]) => [name, rules ?? '']),
  );
  const tags = bodyOf(html).match(/<[a-z][^>]*>/g) ?? [];
  const classOf = (tag: string) => /class="([^"]*)"/.exec(tag)?.[1]?.split(' ') ?? [];

  it('has another value for each colour that stands in the page', () => {
    expect(Object.keys(dark).sort()).toEqual(['b', 'p', 'q', 'r', 't']);
    const needs: readonly (readonly [RegExp, readonly string[]])[] = [
      [/[;"]color:/, ['t', 'q', 'b']],
      [/[;"]background:/, ['p', 'b']],
      [/border-top:/, ['r']],
    ];
    for (const [style, names] of needs) {
      const styled = tags.filter((tag) => style.test(tag));
      expect(styled.length).toBeGreaterThan(0);
      expect(styled.filter((tag) => !classOf(tag).some((name) => names.includes(name)))).toEqual([]);
    }
  });

  it('keeps every text as easy to read as WCAG 2.2 asks, and so does the light one', () => {
    const colour = (rules: string | undefined, property: string) =>
      new RegExp(`(?:^|[;"])${property}:(#[0-9a-f]{6})`).exec(rules ?? '')?.[1] ?? '';
    const light = (name: string, property: string) =>
      colour(
        tags.filter((tag) => classOf(tag).includes(name)).find((tag) => colour(tag, property) !== ''),
        property,
      );
    const pairs = ['t', 'q'].flatMap((name) => [
      [light(name, 'color'), light('p', 'background')],
      [colour(dark[name], 'color'), colour(dark.p, 'background')],
    ]);
    pairs.push(
      [light('b', 'color'), light('b', 'background')],
      [colour(dark.b, 'color'), colour(dark.b, 'background')],
    );
    for (const [front = '', back = ''] of pairs)
      expect([front, back, contrast(front, back) >= 4.5]).toEqual([front, back, true]);
  });
});

/** WCAG 2.2, contrast ratio. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const [dark = 0, bright = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return bright / dark;
}

it('a colon after a blank, as French has it, never begins a line', () => {
  const french = all.filter((each) => each.language === 'fr');
  for (const each of french) expect(textsOf(sent(each).html).join('\n')).not.toMatch(/ [:;?!»]/);
  expect(sent(french[0] as Template).text).toMatch(/Payez ici : /);
});

describe('a row of a list', () => {
  const rows = (body: string, charges: NonNullable<typeof FULL.charges>) =>
    (
      sent({ key: 'late', language: 'en', subject: 'S', body }, { ...FULL, charges }).html.match(
        /<tr><td class="r".*<\/tr>/g,
      ) ?? []
    ).map((row) => row.split(/<[^>]*>/).filter((text) => text !== ''));
  const [rent] = FULL.charges ?? [];
  const charge = rent ?? { label: '', amount: '', due: '' };

  it('has what it is about, the rest below it, and its amount at the end', () => {
    expect(rows('{{#charges}}\n{{amount}}, {{label}}, due {{due}}\n{{/charges}}', [charge])).toEqual([
      ['Rent December 2026', 'due Dec 1, 2026', '$1,200.00'],
    ]);
  });

  it('has no empty cell, and its amount first where it has nothing else', () => {
    expect(
      rows('{{#charges}}\n{{label}} {{amount}} {{due}}\n{{/charges}}', [{ ...charge, amount: '', due: ' ' }]),
    ).toEqual([['Rent December 2026']]);
    expect(rows('{{#charges}}\n{{amount}}\n{{/charges}}', [charge])).toEqual([['$1,200.00']]);
    expect(rows('{{#charges}}\na charge\n{{/charges}}', [charge])).toEqual([['a charge']]);
  });

  it('keeps an amount on one line, but no sentence around it', () => {
    const html = (body: string) => sent({ key: 'late', language: 'en', subject: 'S', body }).html;
    expect(html('{{#charges}}\n{{label}} {{amount}}\n{{/charges}}')).toContain('white-space:nowrap">$1,200.00<');
    expect(html('{{#charges}}\n{{label}} {{amount}} is still open, please pay\n{{/charges}}')).not.toContain('nowrap');
  });
});
