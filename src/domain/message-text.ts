/** A message as a text message: the template's own short words, filled in, with the way to opt out at its end. */
import { checkTemplate, isNodes, parseTemplate } from './message-check';
import type { MessageFields } from './message-fields';
import { fill, plainText } from './message-pieces';
import { isSafeLink } from './messages';
import { plainSms } from './sms';
import { packFor, type Template } from './templates';

/** Characters: what carriers and platforms take as one message. */
export const MAX_TEXT = 1600;

export type TextMessage = { readonly text: string } | { readonly reason: string };

/**
 * Renders the SMS words of a template; `language` is the template's own and gives the words about opting out. The reason tells
 * people why nothing can be sent: there are no such words, a fault in them, a field that they print and the message lacks, a link
 * that is not a plain https address, or a text that is too long.
 */
export function renderText(template: Template, fields: MessageFields, language: string): TextMessage {
  const sms = template.sms?.trim() ?? '';
  if (sms === '') return refuse(template, 'It has no words for a text message. Write them in its SMS cell.');
  const [fault] = checkTemplate(template).filter((each) => each.column === 'SMS');
  if (fault !== undefined) return refuse(template, `${fault.column}: ${fault.what} ${fault.fix}`);
  if (fields.pay_link && !isSafeLink(fields.pay_link.trim()))
    return refuse(template, 'The payment link is not a plain https address. Correct it at its source.');
  const nodes = parseTemplate(`${sms} ${packFor(language).smsFooter}`);
  const { pieces, missing } = fill(isNodes(nodes) ? nodes : [], fields, 3);
  if (missing[0] !== undefined)
    return refuse(
      template,
      `{{${missing[0]}}} has no value here. Put {{#${missing[0]}}} … {{/${missing[0]}}} around it.`,
    );
  const text = plainSms(plainText(pieces).replace(/\s+/g, ' ').trim());
  if (text.length > MAX_TEXT)
    return refuse(
      template,
      `It comes to ${text.length} characters, and ${MAX_TEXT} fit into a text message. Shorten its SMS cell.`,
    );
  return { text };
}

const refuse = (template: Template, why: string) => ({
  reason: `Template ${template.key} (${template.language || 'no language'}): ${why}`,
});
