/** The resident's pages as text: what is said in which state, where forms and links lead, and how large a page may be. */
import { hrefOf, isSafeHref } from '../../../sidebar/resident/address';
import { documentOf } from '../../../sidebar/resident/kit';
import * as render from '../../../sidebar/resident/render';
import { STYLE } from '../../../sidebar/resident/style';
import type { ResidentPages } from '../../../src/api/resident/pages';
import type { PageLanguage } from '../../../src/api/resident/view';
import { day } from '../../../src/domain/calendar';
import { cents } from '../../../src/domain/money';
import { key } from '../../../src/domain/values';
import {
  AT,
  ledgerOf,
  OWES,
  PLACES,
  RECEIPT,
  RENT_OPEN,
  STATEMENT,
  STATES,
  viewOf,
  YEAR,
} from '../../resident/samples';

const pages: ResidentPages = render;
const { accountPage, neutralPage, outcomePage, statementCsv, statementPage, yearPage, receiptPage, downPage } = pages;

/** The words of a page without its marks; spaces of numbers count as spaces. */
const textOf = (html: string): string =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/[\s\u00a0\u202f]+/g, ' ');

const page = (state: string, more = {}) => textOf(accountPage(viewOf(state, more), AT));

describe('the balance', () => {
  it.each([
    ['owes', 'You owe $450.00', 'The oldest part was due on November 1, 2026, 6 days ago.'],
    ['in grace', 'You owe $450.00', 'Pay by November 5, 2026 and no late fee is added.'],
    ['due today', 'You owe $450.00', 'It is due today.'],
    ['not due yet', 'You owe $450.00', 'It is due on December 1, 2026.'],
    ['ahead', 'You are $20.00 ahead', 'It is used for what falls due next.'],
    ['nothing owed', 'You owe nothing', 'Next: $1,030.00, due on December 1, 2026.'],
    ['processing', 'Payment of $900.00 processing', 'This usually takes 2 to 3 days.'],
    ['partly processing', 'You owe $450.00', 'Payment of $50.00 processing. You can pay $400.00 now.'],
    ['disputed', 'You owe $450.00', '$50.00 of it is disputed and need not be paid until it is answered.'],
    ['disputed', 'You owe $450.00', 'You can pay $400.00 now.'],
    ['all disputed', 'You owe $450.00', 'All of it is disputed and need not be paid until it is answered.'],
    ['plan running', 'You owe $450.00', '$150.00 of it is in your payment plan and not due yet.'],
    ['collected already', 'You owe $450.00', '$50.00 is being collected already. You can pay $400.00 now.'],
    ['hold', 'You owe $450.00', 'Reminders and late fees rest until November 30, 2026.'],
    ['ended', 'You owe $450.00', 'This lease ended on October 31, 2026.'],
  ])('says in plain words that somebody %s', (state, headline, sentence) => {
    expect(page(state)).toContain(headline);
    expect(page(state)).toContain(sentence);
  });

  it('takes money that lies there while a line is disputed off what is owed', () => {
    const told = (balance: number, ahead: number) =>
      page('owes', {
        account: { ...OWES.account, word: 'disputed', balanceCents: cents(balance), aheadCents: cents(ahead) },
      });
    expect(told(-3_200, 48_200)).toMatch(/You are \$32\.00 ahead (?!.*(You owe|oldest part))/);
    expect(told(0, 45_000)).toMatch(/You owe nothing (?!.*oldest part)/);
    expect(told(15_000, 30_000)).toMatch(/You owe \$150\.00 The oldest part was due on November 1, 2026, 6 days ago\./);
    expect(told(20_000, 45_000)).toContain('You owe $200.00');
    expect(told(35_000, 30_000)).toContain('With what is not due yet, you owe $350.00 in all.');
  });

  it('stands first on the page, before the way to pay it', () => {
    const text = page('owes');
    expect(text.indexOf('You owe')).toBeLessThan(text.indexOf('Pay now'));
    expect(text.indexOf('Pay now')).toBeLessThan(text.indexOf('What is open'));
  });

  it('says the amount of the button wherever that is another one, in the four languages', () => {
    for (const state of Object.keys(STATES)) {
      for (const place of Object.values(PLACES)) {
        const view = viewOf(state, place);
        if (view.pay?.can !== 'pay') continue;
        const html = accountPage(view, AT).replace(/<style>.*?<\/style>/s, '');
        const [, head = ''] = /<section class="balance"(.*?)<\/section>/s.exec(html) ?? [];
        const [, button = ''] = /<button[^>]*class="[^"]*main[^"]*"[^>]*>(.*?)<\/button>/s.exec(html) ?? [];
        const figure = /[\d.,\s\u00a0\u202f]*\d/.exec(button)?.[0].trim() ?? 'no figure';
        expect([state, textOf(head)]).toEqual([state, expect.stringContaining(textOf(figure).trim())]);
      }
    }
  });

  it('says how old it is, and warns where it may be too old', () => {
    expect(page('owes')).toContain('As of Nov 7, 2026, 9:05 AM EST');
    expect(page('stale')).toContain('These figures may be out of date: payments were last read on Nov 7, 2026');
    expect(page('never read')).toContain('payments were last read some time ago');
  });
});

describe('money and days', () => {
  it.each([
    ['es USD', 'Usted debe $450.00', '1 de noviembre de 2026'],
    ['fr EUR', 'Vous devez 450,00 €', '1er novembre 2026'],
    ['de EUR', 'Sie schulden 450,00 €', '1. November 2026'],
    ['en GBP', 'You owe £450.00', '1 November 2026'],
    ['fr CAD', 'Vous devez 450,00 $', '1er novembre 2026'],
    ['en JPY', 'You owe ¥45,000', 'November 1, 2026'],
  ])('are written for %s', (place, owed, on) => {
    const text = textOf(accountPage({ ...OWES, ...PLACES[place] }, AT));
    expect(text).toContain(owed);
    expect(text).toContain(on);
  });

  it('have their plural', () => {
    const late = (days: number) => page('owes', { account: { ...OWES.account, daysLate: days } });
    expect(late(1)).toContain('yesterday');
    expect(late(2)).toContain('2 days ago');
  });
});

describe('the terms of a late fee', () => {
  const feesOf = (place: string, state = 'owes') => textOf(accountPage(viewOf(state, PLACES[place]), AT));

  it('are told in the four languages', () => {
    expect(page('owes')).toContain('the late fee is the greater of $20.00 and 5% of the rent.');
    expect(feesOf('es USD')).toContain('lo que sea mayor de $20.00 y el 5% de la renta');
    expect(feesOf('fr EUR')).toContain('le plus élevé de 20,00 € et 5 % du loyer');
    expect(feesOf('de EUR')).toContain('den höheren Betrag von 20,00 € und 5 % der Miete');
  });

  it('are told of steps, sums and interest', () => {
    expect(page('other fees')).toContain(
      '$25.00 plus $5.00 for each day from day 6 after the due date, interest of 8.25% a year on the unpaid amount from day 30',
    );
    expect(page('ended')).toContain('No late fee is agreed in your lease.');
  });
});

const formsOf = (html: string) =>
  [...html.matchAll(/<form.*?<\/form>/gs)].map(([form]) => {
    const fields = [...form.matchAll(/<(?:input|select|textarea)\b[^>]*?\bname="([^"]+)"[^>]*?>/g)];
    const textIn = (tag: string) => /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '';
    return {
      method: /method="(\w+)"/.exec(form)?.[1],
      action: /action="([^"]+)"/.exec(form)?.[1],
      target: /target="(\w+)"/.exec(form)?.[1],
      fields: Object.fromEntries(fields.map(([tag, name]) => [name, textIn(tag)])),
    };
  });

describe('the forms', () => {
  const forms = formsOf(accountPage(viewOf('disputed', { plan: STATES['plan proposed']?.plan }), AT));
  const acts = forms.filter(({ method }) => method === 'post');

  it('post to the web address in the top window, with the token, the act and a request', () => {
    for (const { action, target, fields } of acts) {
      expect([action, target, fields.page]).toEqual([AT.url, '_top', AT.page]);
      expect(fields.request).toMatch(new RegExp(`^${AT.request}-[a-z0-9-]+$`, 'i'));
    }
    expect(new Set(acts.map(({ fields }) => fields.act))).toEqual(
      new Set(['pay', 'planAccept', 'planDecline', 'disputeWithdraw', 'dispute', 'autopayOn', 'preferences']),
    );
    expect(new Set(acts.map(({ fields }) => fields.request)).size).toBe(acts.length);
  });

  it('carry what each act asks for', () => {
    const fieldsOf = (html: string, act: string) =>
      formsOf(html)
        .filter(({ fields }) => fields.act === act)
        .map(({ fields: { page: _page, act: _act, request: _request, ...own } }) => own);
    const owes = accountPage(viewOf('owes'), AT);
    expect(fieldsOf(owes, 'pay')).toEqual([
      { what: 'all' },
      { what: 'charge', charge: '' },
      { what: 'part', amount: '' },
    ]);
    expect(fieldsOf(owes, 'dispute')[0]).toEqual({ charge: RENT_OPEN.key, text: '', file: '' });
    expect(fieldsOf(owes, 'promise')).toEqual([{ until: '', text: '' }]);
    expect(fieldsOf(owes, 'planAsk')).toEqual([{ text: '', perMonth: '' }]);
    expect(fieldsOf(owes, 'preferences')).toEqual([{ notifyBy: '', language: '', smsConsent: 'yes', phone: '' }]);
    expect(fieldsOf(owes, 'autopayOn')).toEqual([{ platform: 'stripe' }, { platform: 'paypal' }]);
    const processing = accountPage(viewOf('processing'), AT);
    expect(fieldsOf(processing, 'autopayOff')).toEqual([{}]);
    expect(fieldsOf(processing, 'pay')).toEqual([]);
    expect(fieldsOf(neutralPage('en', { ...AT, page: '' }), 'newLink')).toEqual([{ address: '' }]);
  });

  it('offer no part while only the whole may be paid, and no way to pay while none may', () => {
    const whats = (state: string) =>
      formsOf(accountPage(viewOf(state), AT)).flatMap(({ fields }) => (fields.act === 'pay' ? [fields.what] : []));
    expect(whats('notice, whole only')).toEqual(['all']);
    expect(page('notice, whole only')).toContain('While the notice runs, only the whole balance can be paid here.');
    expect(whats('notice, blocked')).toEqual([]);
    expect(page('no platform')).toContain('Checks to Elm Management.');
  });

  it('keep the language that was chosen', () => {
    const chosen = formsOf(accountPage(OWES, { ...AT, lang: 'fr' }));
    for (const { fields } of chosen) expect(fields.lang).toBe('fr');
  });
});

it('says what a resident can pay each month in the language of the page', () => {
  const [plan] = (STATES.disputed?.requests ?? []).map((each) => ({
    ...each,
    kind: 'plan' as const,
    text: 'In parts?',
    perMonthCents: cents(30_000),
  }));
  const page = (language: 'en' | 'de') =>
    accountPage(viewOf('disputed', { language, tag: language, requests: plan ? [plan] : [] }), AT);
  expect(page('en')).toContain('300.00 each month');
  expect(page('de')).toMatch(/300,00\s\S+ jeden Monat/);
});

describe('addresses', () => {
  const all = [
    ...Object.keys(STATES).map((state) => accountPage(viewOf(state), AT)),
    statementPage(STATEMENT, AT),
    yearPage(YEAR, AT),
    receiptPage(RECEIPT, AT),
  ].join('\n');
  const hrefs = [...all.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');

  it('name no person, no mail and no lease', () => {
    const own = hrefs.filter((href) => href.startsWith(AT.url));
    expect(own.length).toBeGreaterThan(50);
    for (const href of own) {
      expect(href).toMatch(
        /^https:\/\/script\.example\/[^?]*\?page=[\w.]+(&amp;(lang|show|from|until|year|receipt)=[\w-]+)*$/,
      );
      expect(href).not.toMatch(/L-1|maria|silva|%40|@/i);
    }
  });

  it('lead to https, to a mail program, or to the balance of the same page', () => {
    const others = hrefs.filter((href) => !href.startsWith('https://'));
    expect(new Set(others)).toEqual(new Set(['#balance', 'mailto:ann@example.com']));
  });

  it('are left out where they are not plain https', () => {
    const bad = [
      'javascript:alert(1)',
      'http://a.example',
      'https://a.example/"onclick=x',
      'data:text/html,x',
      ' https://a.example',
    ];
    for (const url of bad) {
      expect(isSafeHref(url)).toBe(false);
      const html = accountPage(
        viewOf('disputed', { requests: (STATES.disputed?.requests ?? []).map((each) => ({ ...each, file: url })) }),
        AT,
      );
      expect(html).not.toContain('rel="noopener noreferrer nofollow"');
      expect(outcomePage({ done: true, says: 'linkMailed', open: { url, by: 'X' } }, 'en', AT)).not.toContain(
        'class="button"',
      );
    }
    expect(isSafeHref('https://a.example/b?c=d')).toBe(true);
  });

  it('say what is shown in one place', () => {
    expect(hrefOf({ ...AT, lang: 'de' }, { show: 'statement', from: '2026-01-01', until: '2026-02-01' })).toBe(
      `${AT.url}?page=${AT.page}&lang=de&show=statement&from=2026-01-01&until=2026-02-01`,
    );
    expect(hrefOf({ ...AT, page: '' })).toBe(AT.url);
  });
});

describe('every page', () => {
  const every = [
    ...Object.keys(STATES).map((state) => accountPage(viewOf(state), AT)),
    ...Object.values(PLACES).map((place) => accountPage({ ...OWES, ...place }, AT)),
    statementPage(STATEMENT, AT),
    yearPage(YEAR, AT),
    receiptPage(RECEIPT, AT),
    neutralPage('es', AT),
    downPage('busy', 'fr', AT),
    outcomePage({ done: false, says: 'busy' }, 'de', AT),
  ];

  it('is below 100 KB, without scripts, pictures or anything from elsewhere, and hidden from search', () => {
    for (const html of every) {
      expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
      expect(html).not.toMatch(/<(script|img|iframe|link|object|embed)\b|\bon\w+=|@import|url\(/i);
      expect(html).toContain('<meta name="robots" content="noindex, nofollow, noarchive"');
      expect(html).toContain('<meta name="referrer" content="no-referrer"');
      expect(html).toContain('<base target="_top"');
    }
  });

  it('bears the style as it was written', () => {
    expect(documentOf('en', 'x', 'y')).toContain(`<style>${STYLE}</style>`);
  });

  it('is below 100 KB also for a lease of many open charges and lines', () => {
    const open = [...Array(90).keys()].map((index) => ({
      ...RENT_OPEN,
      key: key(`rent:${index}`),
      memo: 'm'.repeat(60),
    }));
    const html = accountPage(viewOf('forty lines', { open, months: ledgerOf(400) }), AT);
    expect(Buffer.byteLength(html)).toBeLessThan(100 * 1024);
    const text = textOf(html);
    expect(text).toContain('And 30 more charges: see the statement.');
    expect(text).toContain('Older lines are in the statement.');
    expect(formsOf(html).filter(({ fields }) => fields.act === 'dispute')).toHaveLength(1);
    expect(html.match(/<option value="rent:89"/g)).toHaveLength(2);
  });
});

describe('the neutral page', () => {
  it('is the same whatever was asked, and names nobody', () => {
    const { page: _page, ...rest } = AT;
    const one = neutralPage('en', { ...rest, page: 'wrong-token' });
    expect(one).toBe(neutralPage('en', { ...rest, page: '' }));
    expect(one).not.toMatch(/wrong-token|Elm|Silva/);
  });
});

describe('an outcome', () => {
  it('fills its fields, and is told in general where nobody wrote its sentence', () => {
    const said = (outcome: Parameters<typeof outcomePage>[0]) => textOf(outcomePage(outcome, 'en', AT));
    expect(said({ done: true, says: 'linkMailed' })).toContain('A new link is on its way to you.');
    expect(said({ done: true, says: 'constructor' })).toContain('It is done.');
    expect(said({ done: false, says: 'nobody wrote this' })).toContain('It was not done.');
  });

  it('says days as the reader writes them', () => {
    const no = { done: false, says: 'promiseDay', with: { from: '2026-11-09', until: '2026-11-19' } } as const;
    const said = (language: PageLanguage, tag?: string) => textOf(outcomePage(no, language, AT, tag));
    expect(said('en', 'en-US')).toContain('a day from November 9, 2026 to November 19, 2026.');
    expect(said('en', 'en-GB')).toContain('a day from 9 November 2026 to 19 November 2026.');
    expect(said('de')).toContain('9. November 2026');
    for (const language of ['en', 'es', 'fr', 'de'] as const) expect(said(language)).not.toContain('2026-11');
  });

  it('is not called done where it is only begun', () => {
    const open = { url: 'https://checkout.stripe.example/c/pay/cs_1', by: 'Stripe' };
    const html = outcomePage({ done: true, says: 'payOpen', with: { by: 'Stripe' }, open }, 'en', AT);
    expect(html).toContain('<title>One step left</title>');
    expect(textOf(html)).not.toContain('Done');
  });

  it('leads on to the processor, and back', () => {
    const open = { url: 'https://checkout.stripe.example/c/pay/cs_1', by: 'Stripe' };
    const html = outcomePage({ done: true, says: 'linkMailed', open }, 'en', AT);
    expect(html).toContain(`href="${open.url}"`);
    expect(textOf(html)).toContain('Go on to Stripe');
    expect(html).toContain(`href="${AT.url}?page=${AT.page}"`);
    expect(outcomePage({ done: true, says: 'linkAsked' }, 'en', { ...AT, page: '' })).not.toContain(
      'Back to your account',
    );
  });
});

describe('a statement as a file', () => {
  it('has plain numbers and days, and cells that no spreadsheet computes', () => {
    const line = { ...STATEMENT.lines[0], type: 'repair', memo: '=1+1' } as (typeof STATEMENT.lines)[number];
    const evil = { ...line, kind: 'charge' as const, type: '=HYPERLINK("https://evil.example")', memo: '' };
    const { name, text } = statementCsv({
      ...STATEMENT,
      lines: [line, evil],
      openingCents: cents(-2_000),
      closingCents: cents(5),
    });
    expect(name).toBe('statement-2025-12-01-2026-11-07.csv');
    const rows = text.split('\r\n');
    expect(rows[0]).toBe('\ufeff"Date","What","Amount","Balance (USD)"');
    expect(rows[1]).toBe('"2025-12-01","Balance before 2025-12-01","",-20.00');
    expect(rows[2]).toContain('"Repair, ');
    expect(rows[3]).toContain(`"'=HYPERLINK(""https://evil.example"")`);
    expect(rows[4]).toContain('0.05');
    expect(rows[2]).toContain('1000.00,1000.00');
  });

  it('has the headers of the reader', () => {
    const { text } = statementCsv({ ...STATEMENT, ...PLACES['de EUR'], from: day('2026-01-01') });
    expect(text).toContain('"Datum","Vorgang","Betrag","Stand (EUR)"');
    expect(text).toContain('Zahlung, Scheck');
  });
});
