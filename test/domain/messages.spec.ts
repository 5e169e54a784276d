/** Templates as people edit them: what is refused, what is printed, and what hostile values can do (nothing). */
import fc from 'fast-check';
import type { MessageFields } from '../../src/domain/message-fields';
import { checkTemplate, MAX_HTML, type Message, render, templateFor } from '../../src/domain/messages';
import type { Template } from '../../src/domain/templates';
import { FULL } from './message-samples';

const template = (body: string, subject = 'Rent'): Template => ({ key: 'late', language: 'en', subject, body });

function sent(each: Template, fields: MessageFields = FULL): Message {
  const message = render(each, fields, each.language);
  if ('reason' in message) throw new Error(message.reason);
  return message;
}
const reason = (each: Template, fields: MessageFields = FULL) => {
  const message = render(each, fields, each.language);
  return 'reason' in message ? message.reason : 'sent';
};

describe('a template that cannot be sent', () => {
  it.each([
    ['Pay {{balance_owed}}', '{{balance_owed}}'],
    ['Pay {{Balance Due}}', 'Write {{balance_due}}.'],
    ['{{#charges}}{{label}}', '{{#charges}} is never closed'],
    ['a {{/charges}}', '{{/charges}} closes what was never opened'],
    ['{{#charges}}{{#due}}{{/charges}}{{/due}}', '{{#due}} is never closed'],
    ['{{{balance_due}}}', 'raw'],
    ['{{&balance_due}}', 'raw'],
    ['{{> footer}}', 'not a field'],
    ['{{=<% %>=}} <% balance_due %>', 'not a field'],
    ['Pay {{balance_due', 'has no }}'],
    ['{{charges}}', 'is a list'],
    ['{{label}}', '{{label}} is not a field'],
    ['{{#charges}}{{#charges}}x{{/charges}}{{/charges}}', 'inside a list'],
    ['{{#charges}}{{pay_link}}{{/charges}}', 'inside a list'],
    ['{{late_total}}', '{{late_total}} is not a field'],
    ['{{.}}', '{{.}} is not a field'],
    ['{{constructor}}', '{{constructor}} is not a field'],
    ['   ', 'empty'],
    ['Transfer to GB82 WEST 1234 5698 7654 32', 'bank account or card number'],
    ['Card 4242 4242 4242 4242', 'bank account or card number'],
    ['x'.repeat(8_001), '8000 characters'],
  ])('%j says %s', (body, words) => {
    const [first] = checkTemplate(template(body));
    expect(`${first?.column}: ${first?.what} ${first?.fix}`).toContain(words);
    expect(reason(template(body))).toContain('Template late (en): Body:');
  });

  it('names the faults of subject and body together', () => {
    expect(
      checkTemplate(template('{{x}} {{y}}', '{{pay_link}} {{#charges}}{{/charges}}')).map((each) => each.column),
    ).toEqual(['Subject', 'Subject', 'Body', 'Body']);
  });

  it('may hold phone numbers and references', () => {
    expect(checkTemplate(template('Call +1 512 555 0100 or 0800 123 456, ref 2026-12-000123'))).toEqual([]);
  });

  it('is refused when it prints what the message does not know, and not when it asks first', () => {
    expect(reason(template('Fee {{late_fee}}'), { property: 'Elm' })).toContain('{{late_fee}} has no value');
    expect(sent(template('Fee{{#late_fee}} {{late_fee}}{{/late_fee}}.'), { property: 'Elm' }).text).toMatch(/^Fee\.\n/);
    expect(reason(template('x', '{{#unit}}{{unit}}{{/unit}}'), { property: 'Elm' })).toContain('empty');
  });

  it.each([
    'http://pay.example',
    'javascript:alert(1)',
    'https://pay.example@evil.example/',
    'https://x/"onclick="y',
    'https://x/ y',
  ])('is refused with the payment link %s', (pay_link) => {
    expect(reason(template('{{pay_link}}'), { ...FULL, pay_link })).toContain('https');
  });
});

describe('sections', () => {
  it('speak when their field says something', () => {
    const body = '{{#late_fee}}fee{{/late_fee}}{{^late_fee}}none{{/late_fee}}{{#charges}}[{{label}}]{{/charges}}';
    expect(sent(template(body), { property: 'E', late_fee: '$5' }).text).toMatch(/^fee\n/);
    expect(sent(template(body), { property: 'E', late_fee: ' ', charges: [] }).text).toMatch(/^none\n/);
    expect(sent(template(body), { ...FULL, late_fee: '0' }).text).toMatch(/^none\[Rent December 2026\]\[Late fee\]\n/);
  });

  it('keep the words of a person around the fields of a row', () => {
    const { html } = sent(template('{{#charges}}\n* {{label}} (since {{due}}): {{amount}} open\n{{/charges}}'));
    const [row = ''] = html.match(/<tr><td class="r".*<\/tr>/) ?? [];
    expect(row.split(/<[^>]*>/).filter((text) => text !== '')).toEqual([
      'Rent December 2026',
      'since Dec 1, 2026',
      '$1,200.00 open',
    ]);
  });
});

describe('the payment link', () => {
  it('is one button with an escaped address, however often it is written', () => {
    const { html, text } = sent(template('Pay: {{pay_link}}.\n\nAgain {{pay_link}}'));
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(html).toContain('href="https://pay.example/c/123?a=1&#38;b=2"');
    expect(text).toContain('Pay: https://pay.example/c/123?a=1&b=2.');
  });

  it('has its words in the language of the template', () => {
    expect(sent({ ...template('{{pay_link}}'), language: 'es-MX' }).html).toContain('>Pagar ahora</a>');
  });
});

describe('hostile values', () => {
  const attacks = [
    '<img src=x onerror=alert(1)>',
    '</td></table><script>x()</script>',
    '" onmouseover="x()',
    '\'"><a href=x>',
    '{{pay_link}}',
    '&lt;b&gt;',
  ];

  it.each(attacks)('%s is only text', (attack) => {
    const fields = { ...FULL, resident_names: attack, charges: [{ label: attack, amount: attack, due: attack }] };
    const honest = sent(
      template(
        'Hello {{resident_names}}\n\n{{#charges}}\n{{label}} {{amount}} {{due}}\n{{/charges}}',
        '{{resident_names}}',
      ),
    );
    const { html, text, subject } = sent(
      template(
        'Hello {{resident_names}}\n\n{{#charges}}\n{{label}} {{amount}} {{due}}\n{{/charges}}',
        '{{resident_names}}',
      ),
      { ...fields, charges: [...(fields.charges ?? []), ...(fields.charges ?? [])] },
    );
    const tags = (page: string) => page.match(/<[^>]*>/g);
    expect(tags(html)).toEqual(tags(honest.html));
    expect(text).toContain(`Hello ${attack}`);
    expect(subject).toBe(attack);
  });

  it('cannot break the subject or a paragraph', () => {
    const { subject, text } = sent(template('Hello {{resident_names}}!', '{{resident_names}}'), {
      ...FULL,
      resident_names: 'Bob\r\nBcc: all@evil.example\u0000\u202e',
    });
    expect(subject).toBe('Bob, Bcc: all@evil.example');
    expect(text).toMatch(/^Hello Bob, Bcc: all@evil\.example!\n/);
  });

  it('never bring markup, whatever they are', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom('<', '>', '&', '"', "'", '\n', '{{', 'a')).map((all) => all.join('')),
    );
    const each = template('Hello {{resident_names}} {{unit}}.', 'S');
    const tags = (page: string) => page.replace(/<br>/g, '').match(/<[^>]*>/g);
    const honest = tags(sent(each).html);
    fc.assert(
      fc.property(value, value, (resident_names, unit) => {
        expect(tags(sent(each, { ...FULL, resident_names, unit }).html)).toEqual(honest);
      }),
    );
  });
});

describe('size', () => {
  it('cuts a subject of 4,000 emoji between characters', () => {
    const { subject } = sent(template('x', '😀'.repeat(4_000)));
    expect(subject.length).toBeLessThanOrEqual(250);
    expect(Buffer.from(subject).toString()).toBe(subject);
    expect(subject.endsWith('…')).toBe(true);
  });

  it('shows the first rows of a long list and says how many more there are', () => {
    const row = { label: '<'.repeat(400), amount: '$1.00', due: 'Dec 1, 2026' };
    const short = { label: 'Rent', amount: '$1.00', due: 'Dec 1, 2026' };
    const body = '{{#charges}}\n{{label}} {{amount}} {{due}}\n{{/charges}}';
    const many = sent(template(body), { ...FULL, charges: Array.from({ length: 300 }, () => short) });
    const huge = sent(template(body), { ...FULL, charges: Array.from({ length: 300 }, () => row) });
    expect(many.text).toContain('… + 250\n');
    expect(huge.text).toMatch(/… \+ 29\d\n/);
    for (const { html } of [many, huge]) expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MAX_HTML);
  });

  it('refuses a body that no list made too long', () => {
    expect(reason(template('<'.repeat(8_000)))).toContain('more than 30 KB');
  });
});

describe('the template for a resident', () => {
  const row = (key: string, language: string, body = 'tab'): Template => ({
    key,
    language,
    subject: `${language} tab`,
    body,
  });
  it.each([
    ['es-MX', [row('late', 'es-mx'), row('late', 'es')], 'es-mx tab'],
    ['es_MX', [row('late', 'es'), row('late', 'en')], 'es tab'],
    ['es', [row(' Late ', 'EN')], 'EN tab'],
    ['es', [row('late', 'es', ' '), row('late', 'en')], 'en tab'],
    ['pt', [], 'Rent is late: {{balance_due}} is outstanding'],
    ['es-MX', [], 'Alquiler atrasado: {{balance_due}} pendiente'],
    ['de', [row('receipt', 'de')], 'Miete überfällig: {{balance_due}} offen'],
  ])('in %s is chosen from the tab, then from the built-in ones (%#)', (language, rows, subject) => {
    expect(templateFor(rows, 'late', language)?.subject).toBe(subject);
  });

  it('may be one of their own, and is none when nobody wrote it', () => {
    expect(templateFor([row('parking', 'en')], 'parking', 'fr')?.body).toBe('tab');
    expect(templateFor([], 'parking', 'en')).toBeUndefined();
  });
});
