/** A message to a person: the template chosen, its fields filled in, as subject, plain text and HTML. */
import { baseLanguage, languageTag } from './dates';
import { utf8Length } from './encoding';
import { checkTemplate, isNodes, parseTemplate, readerOf } from './message-check';
import type { MessageFields } from './message-fields';
import { htmlPage } from './message-html';
import { cut, fill, type Piece, plainText } from './message-pieces';
import { builtInTemplates, type LanguagePack, type ManagerKey, packFor, type Template } from './templates';
import { EN } from './templates/en';

export { checkTemplate, type TemplateReason } from './message-check';
export type { Template, TemplateKey } from './templates';

export interface Message {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** UTF-16 units; longer subjects are cut by mail programs anyway. */
const MAX_SUBJECT = 250;
/** Bytes. Gmail hides what is beyond 102 KB; this keeps far from it and loads on a poor line. */
export const MAX_HTML = 30 * 1024;
/** Rows that a list shows; fewer are tried until the HTML fits. */
const ROW_LIMITS = [50, 20, 8, 3];

/**
 * The template for a message: the tab's row in the language, in its base language (`es` for `es-MX`), in English, else
 * the built-in words. Rows without a body do not count. Undefined only for a key that nobody has written.
 */
export function templateFor(templates: readonly Template[], key: string, language: string): Template | undefined {
  const wanted = [plain(language), baseLanguage(language), 'en'];
  const find = (from: readonly Template[]) => {
    const rows = from.filter((row) => plain(row.key) === plain(key) && row.body.trim() !== '');
    return wanted.map((each) => rows.find((row) => plain(row.language) === each)).find((row) => row !== undefined);
  };
  const own = find(templates);
  return own ? withSms(own) : find(builtInTemplates());
}

/** A tab from before there were text messages has no words for them: they are the built-in ones of the row's language. */
function withSms(own: Template): Template {
  if (own.sms !== undefined) return own;
  const isSame = ({ key, language }: Template) => key === plain(own.key) && language === baseLanguage(own.language);
  const sms = builtInTemplates().find(isSame)?.sms;
  return sms === undefined ? own : { ...own, sms };
}

const plain = (text: string): string => text.trim().toLowerCase().replace(/_/g, '-');

/**
 * Renders one message; `language` is the template's own and gives the footer, the button and the `lang` of the HTML.
 * The reason tells people why nothing can be sent: a fault of the template, a field that it prints and the message
 * lacks, or a payment link that is not a plain https address.
 */
export function render(
  template: Template,
  fields: MessageFields,
  language: string,
): Message | { readonly reason: string } {
  const [fault] = checkTemplate(template);
  if (fault !== undefined) return refuse(template, `${fault.column}: ${fault.what} ${fault.fix}`);
  if (fields.pay_link && !isSafeLink(fields.pay_link.trim()))
    return refuse(template, 'The payment link is not a plain https address. Correct it at its source.');
  for (const maxRows of ROW_LIMITS) {
    const message = renderWith(template, fields, language, maxRows);
    if ('reason' in message || utf8Length(message.html) <= MAX_HTML) return message;
  }
  return refuse(template, `It comes to more than ${MAX_HTML / 1024} KB. Shorten its body.`);
}

function renderWith(template: Template, fields: MessageFields, language: string, maxRows: number) {
  const pack = packFor(language);
  const subject = filled(template.subject, fields, maxRows);
  const body = filled(template.body, fields, maxRows);
  // A message that has the link in its body does not say it again.
  const below = /\{\{\s*account_link/.test(template.body) ? { ...fields, account_link: '' } : fields;
  const footer = filled(footerOf(template, pack), below, maxRows);
  const [missing] = [...subject.missing, ...body.missing, ...footer.missing];
  if (missing !== undefined)
    return refuse(template, `{{${missing}}} has no value here. Put {{#${missing}}} … {{/${missing}}} around it.`);
  const line = cut(plainText(subject.pieces).replace(/\s*[\r\n]+\s*/g, ' '), MAX_SUBJECT);
  if (line === '') return refuse(template, 'The subject comes out empty. Write words around its fields.');
  const html = {
    language: languageTag(language),
    title: line,
    payButton: pack.payButton,
    accountLink: pack.accountLink,
  };
  return {
    subject: line,
    text: `${plainText(body.pieces)}\n\n${plainText(footer.pieces)}\n`,
    html: htmlPage({ ...html, body: body.pieces, footer: footer.pieces }),
  };
}

/** What stands at the foot of a message; of a language without words for the manager the English ones. */
function footerOf({ key }: Template, pack: LanguagePack): string {
  if (readerOf(key) === 'resident') return pack.footer;
  return (pack.managerFooters ?? EN.managerFooters)?.[plain(key) as ManagerKey] ?? '';
}

function filled(text: string, fields: MessageFields, maxRows: number): { pieces: Piece[]; missing: string[] } {
  const nodes = parseTemplate(text);
  return isNodes(nodes) ? fill(nodes, fields, maxRows) : { pieces: [], missing: [] };
}

const refuse = (template: Template, why: string) => ({
  reason: `Template ${template.key} (${template.language || 'no language'}): ${why}`,
});

/** https, no name or password before the host, no character that could end an attribute or a line. */
export const isSafeLink = (url: string): boolean =>
  /^https:\/\/[A-Za-z0-9.-]+(:\d+)?([/?#][^\s"'<>\\^`{}|\p{C}]*)?$/u.test(url) && url.length <= 2_000;
