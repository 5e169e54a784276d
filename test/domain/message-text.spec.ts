/** Text messages: every built-in one in every language, what each costs in English, and what is refused with what to do. */
import fc from 'fast-check';
import { day } from '../../src/domain/calendar';
import { longDay, moneyWords } from '../../src/domain/dates';
import type { MessageFields } from '../../src/domain/message-fields';
import { MAX_TEXT, renderText } from '../../src/domain/message-text';
import { templateFor } from '../../src/domain/messages';
import { cents } from '../../src/domain/money';
import { segmentsOf } from '../../src/domain/sms';
import { builtInTemplates, MANAGER_KEYS, PACKS, PLAN_KEYS, packFor, type Template } from '../../src/domain/templates';
import { currency } from '../../src/domain/values';
import { FULL, MINIMAL } from './message-samples';

const all = builtInTemplates().filter(({ key }) => ![...MANAGER_KEYS, 'account-link'].includes(key));
const name = ({ key, language }: Template) => `${key} ${language}`;

function sent(template: Template, fields: MessageFields): string {
  const message = renderText(template, fields, template.language);
  if ('reason' in message) throw new Error(message.reason);
  return message.text;
}
const reason = (sms: string, fields: MessageFields = FULL) => {
  const message = renderText({ key: 'late', language: 'en', subject: 'Rent', body: 'Rent', sms }, fields, 'en');
  return 'reason' in message ? message.reason : `sent: ${message.text}`;
};

const cases: [string, Template, string, MessageFields][] = all.flatMap(
  (template): [string, Template, string, MessageFields][] => [
    [name(template), template, 'full', FULL],
    [name(template), template, 'minimal', MINIMAL[template.key] ?? {}],
  ],
);

const ACCOUNT = 'https://script.google.com/macros/s/x/exec?page=1';

/** Of a plan as a whole: its days stand in the mail. */
const NO_DAY: readonly string[] = PLAN_KEYS.filter((key) => key !== 'plan-instalment');

function linksOf({ key }: Template): readonly unknown[] {
  if (key === 'plan-offered') return [ACCOUNT];
  return key === 'receipt' || key === 'payment-refunded' || NO_DAY.includes(key) ? [] : [FULL.pay_link];
}

describe('every built-in text message', () => {
  it.each(cases)('%s reads well with %3$s fields', (_name, template, _kind, fields) => {
    const text = sent(template, fields);
    expect(text).toMatch(/^Elm Court ?: /);
    expect(text.endsWith(` ${packFor(template.language).smsFooter}`)).toBe(true);
    expect(text).not.toMatch(/\{\{|\}\}|undefined|\[object|[\r\n]| {2}| ,|,,|\(\)|: *\.|, *\.|\.\./);
    expect(text.length).toBeLessThanOrEqual(MAX_TEXT);
  });

  it.each(all.map((each): [string, Template] => [name(each), each]))('%s says amount, day and link', (_, template) => {
    const text = sent(template, { ...FULL, account_link: ACCOUNT });
    expect(text).toMatch(/\$1,2[05]0\.00/);
    if (!NO_DAY.includes(template.key)) expect(text).toContain('December 1, 2026');
    expect(text.match(/https:\S+/g) ?? []).toEqual(linksOf(template));
    expect(sent(template, { ...FULL, pay_link: '', account_link: '' })).not.toContain('https:');
  });

  it.each(all.map((each): [string, Template] => [name(each), each]))('%s names no resident and no unit', (_, each) => {
    expect(sent(each, FULL)).not.toMatch(/María|Okafor|4B/);
  });

  it.each(all.map((each): [string, Template] => [name(each), each]))('%s has cheap letters only', (_, each) => {
    const { language } = each;
    const money = (amount: number) => moneyWords(cents(amount), currency('USD'), language);
    const due = longDay(day('2026-12-01'), language);
    const own = {
      balance_due: money(125_000),
      amount_due: money(120_000),
      due_date: due,
      payment_date: due,
      request_date: due,
    };
    const text = sent(each, { ...FULL, ...own, payment_amount: money(120_000), remaining_balance: money(5_000) });
    if (!NO_DAY.includes(each.key)) expect(text).toContain(longDay(day('2026-12-01'), language));
    expect([segmentsOf(text).encoding, segmentsOf(text).segments <= 3]).toEqual(['GSM-7', true]);
  });

  it('has a way to opt out that every carrier knows', () => {
    for (const { smsFooter } of PACKS) {
      expect(smsFooter).toMatch(/\bSTOP\b/);
      expect(segmentsOf(smsFooter).encoding).toBe('GSM-7');
    }
  });
});

/** Addresses of pages to pay on: none, one as short as Square's, one of 60 characters, and one as long as Stripe's Checkout. */
const linkOf = (length: number) => (length === 0 ? '' : 'https://pay.example/c/'.padEnd(length, 'a'));
const LENGTHS = [0, 30, 60, 350];

describe('a text message in English', () => {
  it.each([
    ['before-due', 1, 2, 2, 4],
    ['due-today', 1, 2, 2, 4],
    ['late', 2, 2, 2, 4],
    ['late-second', 2, 2, 2, 4],
    ['final-notice', 2, 2, 2, 4],
    ['receipt', 1, 1, 1, 1],
    ['payment-failed', 1, 2, 2, 4],
    ['autopay-ended', 2, 2, 2, 4],
    ['signed', 1, 1, 2, 4],
  ])('%s costs %i parts without a link, %i and %i with a short one, %i with one of 350 characters', (key, ...parts) => {
    const template = all.find((each) => name(each) === `${key} en`) as Template;
    const cost = (length: number) => segmentsOf(sent(template, { ...FULL, pay_link: linkOf(length) })).segments;
    expect(LENGTHS.map(cost)).toEqual(parts);
  });

  it('costs no more because a person typed typographic signs', () => {
    expect(reason('“Rent” – it’s due…', {})).toBe(`sent: "Rent" - it's due... Reply STOP to opt out.`);
  });

  it('is one line, whatever stands in the cell and in the values', () => {
    expect(reason('Hello\n\n{{property}},\r\n\tpay', { property: 'Elm\r\nCourt' })).toBe(
      'sent: Hello Elm, Court, pay Reply STOP to opt out.',
    );
  });
});

describe('a text message that cannot be sent', () => {
  it.each([
    ['', FULL, 'It has no words for a text message. Write them in its SMS cell.'],
    [' \n', FULL, 'It has no words for a text message. Write them in its SMS cell.'],
    ['Pay {{balance_owed}}', FULL, 'SMS: {{balance_owed}} is not a field.'],
    ['Pay {{#pay_link}}{{pay_link}}', FULL, 'SMS: {{#pay_link}} is never closed. Write {{/pay_link}} where it ends'],
    ['{{late_total}}', FULL, 'SMS: {{late_total}} is not a field.'],
    ['Card 4242 4242 4242 4242', FULL, 'SMS: It holds a bank account or card number. Take it out'],
    ['x'.repeat(8_001), FULL, 'SMS: It has more than 8000 characters. Shorten it.'],
    [
      'Fee {{late_fee}}',
      { property: 'Elm' },
      '{{late_fee}} has no value here. Put {{#late_fee}} … {{/late_fee}} around it.',
    ],
    ['{{pay_link}}', { pay_link: 'http://pay.example' }, 'The payment link is not a plain https address. Correct it'],
    ['Rent', { pay_link: 'javascript:alert(1)' }, 'The payment link is not a plain https address. Correct it'],
    ['x'.repeat(1_578), FULL, 'It comes to 1601 characters, and 1600 fit into a text message. Shorten its SMS cell.'],
  ])('%.40j says what to do (%#)', (sms, fields, words) => {
    expect(reason(sms, fields)).toContain(words);
    expect(reason(sms, fields)).toMatch(/^Template late \(en\): /);
  });

  it('is still sent when only the words of its mail are broken', () => {
    const template: Template = { key: 'late', language: 'en', subject: '{{x}}', body: '{{y}}', sms: 'Rent is late.' };
    expect(renderText(template, FULL, 'en')).toEqual({ text: 'Rent is late. Reply STOP to opt out.' });
  });

  it('is never a reason to throw, whatever a person types', () => {
    const bits = fc.constantFrom(
      '{{',
      '}}',
      '{{#unit}}',
      '{{/unit}}',
      '{{property}}',
      '{',
      '}',
      '#',
      'a',
      ' ',
      '\n',
      '😀',
    );
    fc.assert(
      fc.property(
        fc.array(bits).map((some) => some.join('')),
        (sms) => {
          expect(reason(sms)).toMatch(/^(Template late \(en\): |sent: )/);
        },
      ),
    );
  });
});

describe('the words of a text message', () => {
  const tab = (language: string, sms?: string): Template => ({
    key: 'late',
    language,
    subject: 'Own',
    body: 'Own',
    ...(sms === undefined ? {} : { sms }),
  });

  it('are the built-in ones where a row of the tab has none, in the same language only', () => {
    const builtIn = (language: string) => all.find((each) => name(each) === `late ${language}`)?.sms;
    expect(templateFor([tab('en')], 'late', 'en')).toEqual({ ...tab('en'), sms: builtIn('en') });
    expect(templateFor([tab('es')], 'late', 'es-MX')?.sms).toBe(builtIn('es'));
    expect(templateFor([tab('en', 'Own words')], 'late', 'en')?.sms).toBe('Own words');
    expect(templateFor([tab('en')], 'late', 'de')).toEqual({ ...tab('en'), sms: builtIn('en') });
    expect(templateFor([{ ...tab('EN-gb'), key: ' Late ' }], 'late', 'en-GB')?.sms).toBe(builtIn('en'));
    expect(templateFor([tab('pt')], 'late', 'pt')?.sms).toBeUndefined();
    expect(templateFor([{ ...tab('en'), key: 'parking' }], 'parking', 'en')?.sms).toBeUndefined();
  });
});
