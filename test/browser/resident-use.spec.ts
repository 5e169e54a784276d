/** The resident's page in use without scripts: by keyboard through every form, printed, and with hostile text in every place. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { accountPage, outcomePage, receiptPage, statementPage } from '../../sidebar/resident/render';
import type { PageAddress } from '../../src/api/resident/pages';
import type { ResidentView } from '../../src/api/resident/view';
import { day } from '../../src/domain/calendar';
import { cents } from '../../src/domain/money';
import { key } from '../../src/domain/values';
import { AT, FEE_OPEN, OWES, RECEIPT, RENT_OPEN, STATEMENT, STATES, viewOf } from '../resident/samples';
import { launch } from './server';
import { inBrowser } from './sidebar-frame';

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };

/** Answers every address with the page that was put on it, and each post with an outcome; keeps what was posted. */
class Desk {
  readonly posted: Record<string, string>[] = [];
  readonly asked: string[] = [];
  view: ResidentView = OWES;
  at: PageAddress = AT;
  private server: Server | undefined;

  async open(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.method === 'POST')
          this.posted.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
        else this.asked.push(request.url ?? '');
        const html =
          request.method === 'POST'
            ? outcomePage({ done: true, says: 'linkMailed' }, 'en', this.at)
            : accountPage(this.view, this.at);
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    this.server = server;
    this.at = { ...AT, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/exec` };
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

/** Everything that a keyboard comes to from the top of the page, as a person presses Tab. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
  }
  throw new Error(`no Tab leads to ${selector}`);
}

inBrowser("a resident's page without scripts", () => {
  const desk = new Desk();
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await desk.open();
    browser = await launch();
    page = await browser.newPage(PHONE);
  });
  afterAll(async () => {
    await browser?.close();
    desk.close();
  });

  async function show(view: ResidentView): Promise<void> {
    desk.view = view;
    desk.posted.length = 0;
    desk.asked.length = 0;
    await page.goto(`${desk.at.url}?page=${desk.at.page}`);
  }

  const sent = () => desk.posted.map(({ page: _page, request: _request, ...fields }) => fields);

  it('is read whole', async () => {
    await show(OWES);
    expect(await page.locator('h2.big').textContent()).toBe('You owe $450.00');
    expect(await page.locator('#strip li').count()).toBe(12);
    expect(await page.locator('#ledger details').count()).toBeGreaterThan(2);
    await page.getByText('March 2026', { exact: true }).click();
    expect(await page.locator('#ledger').textContent()).toContain('Mar 3, 2026');
  });

  it('is paid with the keyboard: the whole, one charge, or a part', async () => {
    await show(OWES);
    await tabTo(page, '#pay button.main');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([{ act: 'pay', what: 'all' }]);
    await tabTo(page, '.back a');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\?page=/);
    await tabTo(page, '#pay details:first-of-type summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#pay-charge');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()[1]).toEqual({ act: 'pay', what: 'charge', charge: FEE_OPEN.key });
    await show(OWES);
    await tabTo(page, '#pay details:first-of-type summary');
    await page.keyboard.press('Space');
    await tabTo(page, '#pay-amount');
    await page.keyboard.type('120.50');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([{ act: 'pay', what: 'part', amount: '120.50' }]);
  });

  it('takes a dispute, a promise, a request for a plan and preferences from the keyboard', async () => {
    await show(OWES);
    await tabTo(page, '#open li:nth-child(2) summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#dispute-1-text');
    await page.keyboard.type('Paid on the third');
    await tabTo(page, '#dispute-1-file');
    await page.keyboard.type('https://files.example/a.jpg');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([
      { act: 'dispute', charge: FEE_OPEN.key, text: 'Paid on the third', file: 'https://files.example/a.jpg' },
    ]);
    await show(OWES);
    await tabTo(page, '#ask details:nth-of-type(1) summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#promise-until');
    await page.keyboard.type('11152026');
    await tabTo(page, '#ask details:nth-of-type(1) button');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([{ act: 'promise', until: '2026-11-15', text: '' }]);
    await show(OWES);
    await tabTo(page, '#ask details:nth-of-type(2) summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#plan-text');
    await page.keyboard.type('Two parts');
    await tabTo(page, '#plan-month');
    await page.keyboard.type('225');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([{ act: 'planAsk', text: 'Two parts', perMonth: '225' }]);
    await show(OWES);
    await tabTo(page, '#reach summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#prefer-by');
    await page.keyboard.type('Text message');
    await tabTo(page, '#prefer-consent');
    await page.keyboard.press('Space');
    await tabTo(page, '#prefer-phone');
    await page.keyboard.type('+1 555 010 0199');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([
      { act: 'preferences', notifyBy: 'sms', language: 'en', smsConsent: 'yes', phone: '+1 555 010 0199' },
    ]);
  });

  it('takes the answer to a plan, the end of automatic payment, its beginning, and a withdrawal', async () => {
    const plan = STATES['plan proposed']?.plan;
    await show(viewOf('disputed', { ...(plan ? { plan } : {}), autopay: { state: 'on', by: 'Stripe', mayEnd: true } }));
    const url = page.url();
    for (const selector of ['#plan button.main', '#plan button.plain', '#requests button']) {
      await page.goto(url);
      await tabTo(page, selector);
      await page.keyboard.press('Enter');
      await page.waitForURL(desk.at.url);
    }
    await page.goto(url);
    await tabTo(page, '#autopay summary');
    await page.keyboard.press('Enter');
    await tabTo(page, '#autopay button');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    await show(OWES);
    expect(sent()).toEqual([]);
    await tabTo(page, '#autopay form:nth-of-type(2) button');
    await page.keyboard.press('Enter');
    await page.waitForURL(desk.at.url);
    expect(sent()).toEqual([{ act: 'autopayOn', platform: 'paypal' }]);
  });

  it('will not send what is needed and missing, or a file that is no https address', async () => {
    await show(OWES);
    await page.locator('#open summary').first().click();
    await page.locator('#open button').first().click();
    await page.locator('#dispute-0-text').fill('Wrong');
    await page.locator('#dispute-0-file').fill('http://files.example/a.jpg');
    await page.locator('#open button').first().click();
    expect(desk.posted).toEqual([]);
  });

  it('sends the same request on a second click, and another one from each form', async () => {
    await show(OWES);
    await page.locator('#pay button.main').click();
    await page.waitForURL(desk.at.url);
    await page.goBack();
    await page.locator('#pay button.main').click();
    await page.waitForURL(desk.at.url);
    const [first, second] = desk.posted;
    expect(first?.request).toBe(`${AT.request}-pay-all`);
    expect(second?.request).toBe(first?.request);
  });

  it('asks for a statement of the days that were chosen, and for another language', async () => {
    await show(OWES);
    await tabTo(page, '#statement-from');
    await page.keyboard.type('03052026');
    await tabTo(page, '#documents button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/show=statement/);
    const asked = new URL(page.url()).searchParams;
    expect(Object.fromEntries(asked)).toEqual({
      page: AT.page,
      show: 'statement',
      from: '2026-03-05',
      until: OWES.today,
    });
    await page.getByRole('link', { name: 'Español' }).click();
    await page.waitForURL(/lang=es/);
  });
});

inBrowser('a printed page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it('shows every month and no form', async () => {
    const page = await browser.newPage({ viewport: { width: 800, height: 1000 } });
    await page.emulateMedia({ media: 'print' });
    await page.setContent(accountPage(OWES, AT));
    const line = page.locator('#ledger').getByText('Dec 3, 2025');
    expect((await line.boundingBox())?.height ?? 0).toBeGreaterThan(5);
    expect(await page.locator('form:visible, button:visible, .languages:visible').count()).toBe(0);
    await page.setContent(statementPage(STATEMENT, AT));
    expect(await page.locator('a:visible, form:visible').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toBe('Statement, December 1, 2025 to November 7, 2026');
  });
});

const HOSTILE = [
  '<img src=x onerror="document.title=1">',
  '</script><script>google.script.run.voidPayment("p1")</script>',
  '" onmouseover="document.title=1" x="',
  '\\u0027);document.title=1;(\\u0027',
  '</title></style><style>body{display:none}</style><svg onload=document.title=1>',
  "' autofocus onfocus='document.title=1",
  '<!--',
  '\u202egnp.exe',
  '{{constructor}}<%= 7*7 %>',
];

inBrowser("hostile text on a resident's page", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  const view = (text: string): ResidentView => ({
    ...viewOf('disputed'),
    names: text,
    unit: text,
    property: { name: text, address: text, managerName: text, managerEmail: text },
    open: [
      { ...RENT_OPEN, key: key(text), type: text, memo: text },
      { ...FEE_OPEN, disputed: true },
    ],
    processing: [{ amountCents: cents(1), on: day('2026-11-01'), source: text }],
    people: [text, text].map((name) => ({ name, you: false, shareCents: cents(1), paidCents: cents(1) })),
    months: OWES.months.map((month) => ({
      ...month,
      lines: month.lines.map((line) => ({ ...line, memo: text, payer: text, type: text })),
    })),
    pay: {
      can: 'pay',
      by: text,
      wholeCents: cents(1),
      parts: true,
      leastCents: cents(1),
      words: text,
      open: { url: text, amountCents: cents(1) },
    },
    autopay: { state: 'waiting', by: text, url: text },
    requests: (STATES.disputed?.requests ?? []).map((each) => ({
      ...each,
      key: key(text),
      text,
      answer: text,
      file: text,
    })),
    contact: { email: text, phone: text, notifyBy: text, smsConsent: false, smsStopped: false },
  });

  it('is shown as the text it is, makes no element, runs nothing and goes nowhere', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const said: string[] = [];
    page.on('request', (request) => said.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    for (const text of HOSTILE) {
      const at = { ...AT, page: text, request: text };
      const screens = [
        accountPage(view(text), at),
        receiptPage({ ...RECEIPT, payer: text, reference: text, source: text, names: text }, at),
        statementPage({ ...STATEMENT, names: text, lines: view(text).months.flatMap((month) => month.lines) }, at),
        outcomePage({ done: true, says: text, with: { x: text }, open: { url: text, by: text } }, 'en', at),
      ];
      for (const html of screens) {
        await page.setContent(html);
        const counts = await page.evaluate(
          "[document.querySelectorAll('img,script,svg,iframe').length, document.querySelectorAll('style').length]",
        );
        expect(counts).toEqual([0, 1]);
        expect(
          await page.evaluate(
            "[...document.querySelectorAll('*')].some((each) => each.getAttributeNames().some((name) => name.startsWith('on') || name === 'autofocus'))",
          ),
        ).toBe(false);
        expect(await page.title()).not.toBe('1');
      }
      await page.setContent(screens[0] ?? '');
      expect(await page.locator('h1').textContent()).toBe(`Hello ${text}`);
      expect(await page.locator('blockquote').first().textContent()).toBe(text);
      const posted = await page.locator('#open input[name=charge]').first().inputValue();
      expect(posted).toBe(text);
    }
    expect(said).toEqual([]);
  });
});
