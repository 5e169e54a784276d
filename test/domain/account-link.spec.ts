/** The link to a resident's page in messages: at the foot of every mail, once, and in a message of its own. */

import type { MessageFields } from '../../src/domain/message-fields';
import { renderText } from '../../src/domain/message-text';
import { render } from '../../src/domain/messages';
import { segmentsOf } from '../../src/domain/sms';
import { builtInTemplates, type Template } from '../../src/domain/templates';
import { FULL } from './message-samples';

const LINK = `https://script.google.com/macros/s/AKfycb${'x'.repeat(66)}/exec?page=rl_${'Ab-_'.repeat(12)}0`;
const fields: MessageFields = { ...FULL, account_link: LINK };
const name = ({ key, language }: Template) => `${key} ${language}`;
const all = builtInTemplates().map((each): [string, Template] => [name(each), each]);
const residents = all.filter(([, { key }]) => key !== 'digest' && key !== 'failure');

function sent(template: Template, more = fields) {
  const message = render(template, more, template.language);
  if ('reason' in message) throw new Error(message.reason);
  return message;
}

describe('the link to the account', () => {
  it.each(residents)('stands once in %s, as an address and as a link with words', (_name, template) => {
    const { text, html } = sent(template);
    expect(text.split(LINK)).toHaveLength(2);
    expect(html.split(`href="${LINK.replace(/&/g, '&#38;')}"`)).toHaveLength(2);
    expect(html).toMatch(/<a class="t" [^>]*>[^<]{5,}<\/a>/);
  });

  it.each(residents)('leaves nothing behind in %s where there is none', (_name, template) => {
    const { text, html } = sent(template, FULL);
    expect(text).not.toContain('script.google');
    expect(html).not.toContain('<a class="t"');
  });

  it('is in no digest', () => {
    for (const [, each] of all.filter(([, { key }]) => key === 'digest')) expect(sent(each).text).not.toContain(LINK);
  });

  it.each(residents.filter(([, { key }]) => key === 'account-link'))(
    'fits into a few parts of %s as a text',
    (_, each) => {
      const message = renderText(each, fields, each.language);
      expect(message).toHaveProperty('text', expect.stringContaining(LINK));
      const { encoding, segments } = segmentsOf('text' in message ? message.text : '');
      expect([encoding, segments <= 2]).toEqual(['GSM-7', true]);
    },
  );

  it('goes into no other text by itself', () => {
    // An offer is answered on the page.
    const own = ['account-link', 'plan-offered'];
    for (const [, each] of residents.filter(([, { key }]) => !own.includes(key))) {
      expect(renderText(each, fields, each.language)).toHaveProperty('text', expect.not.stringContaining(LINK));
    }
  });
});
