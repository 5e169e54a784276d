/** Reads a template and says, before anything is sent, what is wrong with it. */
import Mustache from 'mustache';
import { fieldFor, namesFor, type Reader } from './message-fields';
import { cut, oneLine } from './message-pieces';
import { nearest } from './nearest';
import { MANAGER_KEYS, type Template } from './templates';

/** A part of a parsed template. Text between tags keeps its line breaks. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'section'; readonly name: string; readonly when: boolean; readonly inside: readonly Node[] };

type Part = 'Subject' | 'Body' | 'SMS';

/** What is wrong with a template: a Problem but for the tab and the row, which the caller knows. */
export interface TemplateReason {
  readonly column: Part;
  readonly what: string;
  readonly fix: string;
}

/** Longer than any letter; a longer one could not be kept under the size at which mail programs cut. */
const MAX_BODY = 8_000;

type Token = readonly [type: string, value: string, start: number, end: number, inside?: readonly Token[]];

/** The parts of a template, or why it is none. Raw tags, partials and changed delimiters are not ours. */
export function parseTemplate(text: string): readonly Node[] | { readonly what: string; readonly fix: string } {
  try {
    const nodes: Node[] = [];
    const refused = collect(Mustache.parse(text.replace(/\r\n?/g, '\n')) as unknown as readonly Token[], nodes);
    return refused ?? nodes;
  } catch (error) {
    const told = /^(Unclosed section|Unopened section|Unclosed tag)(?: "([^"]*)")?/.exec(
      String((error as Error).message),
    );
    return unbalanced(told?.[1], told?.[2] ?? '');
  }
}

/** A tag as a sentence about it names it: on one line, and not longer than people name fields. */
const shown = (tag: string): string => cut(oneLine(tag), 60);

function unbalanced(kind: string | undefined, tag: string) {
  const name = shown(tag);
  if (kind === 'Unclosed section')
    return { what: `{{#${name}}} is never closed.`, fix: `Write {{/${name}}} where it ends, inside what it began in.` };
  if (kind === 'Unopened section')
    return { what: `{{/${name}}} closes what was never opened.`, fix: `Write {{#${name}}} before it, or take it out.` };
  return { what: 'A {{ has no }}.', fix: 'Close every field with two braces.' };
}

function collect(tokens: readonly Token[], into: Node[]): { what: string; fix: string } | undefined {
  for (const [type, value, , , inside] of tokens) {
    if (type === 'text') into.push({ kind: 'text', text: value });
    else if (type === 'name') into.push({ kind: 'field', name: value });
    else if (type === '#' || type === '^') {
      const nodes: Node[] = [];
      const refused = collect(inside ?? [], nodes);
      if (refused) return refused;
      into.push({ kind: 'section', name: value, when: type === '#', inside: nodes });
    } else if (type === '&') {
      const name = shown(value);
      return { what: `{{{${name}}}} or {{&${name}}} prints a value raw.`, fix: `Write {{${name}}}.` };
    } else if (type !== '!') {
      return { what: `{{${type}${shown(value)}}} is not a field.`, fix: 'Use fields and sections only.' };
    }
  }
  return undefined;
}

/** Whose message a template is: its key tells. */
export const readerOf = (key: string): Reader =>
  MANAGER_KEYS.some((each) => each === key.trim().toLowerCase()) ? 'manager' : 'resident';

/** Everything that keeps a template from being sent, all at once; none when it is good. */
export function checkTemplate(template: Template): TemplateReason[] {
  const sms = template.sms?.trim() ? checkPart(template, 'SMS') : [];
  return [...checkPart(template, 'Subject'), ...checkPart(template, 'Body'), ...sms, ...checkSecrets(template)];
}

const partOf = ({ subject, body, sms = '' }: Template, column: Part): string =>
  column === 'Subject' ? subject : column === 'Body' ? body : sms;

function checkPart(template: Template, column: Part): TemplateReason[] {
  const text = partOf(template, column);
  if (text.trim() === '') return [{ column, what: 'It is empty.', fix: 'Write it, or delete the whole row.' }];
  if (text.length > MAX_BODY) return [{ column, what: `It has more than ${MAX_BODY} characters.`, fix: 'Shorten it.' }];
  const nodes = parseTemplate(text);
  if (!isNodes(nodes)) return [{ column, ...nodes }];
  const reasons: TemplateReason[] = [];
  checkNodes(nodes, readerOf(template.key), column, [], reasons);
  return reasons;
}

/** Tells the parts of a template from the reason why there are none. */
export const isNodes = (parsed: ReturnType<typeof parseTemplate>): parsed is readonly Node[] => Array.isArray(parsed);

function checkNodes(
  nodes: readonly Node[],
  reader: Reader,
  column: Part,
  rowFields: readonly string[],
  reasons: TemplateReason[],
): void {
  for (const node of nodes) {
    if (node.kind === 'text') continue;
    const field = fieldFor(node.name, reader);
    const list = field?.row !== undefined;
    const add = (what: string, fix: string) => reasons.push({ column, what, fix });
    const inRow = rowFields.includes(node.name);
    if (field === undefined && !inRow)
      add(`{{${shown(node.name)}}} is not a field.`, suggestion(node.name, reader, rowFields));
    else if (column === 'Subject' && (list || node.name === 'pay_link'))
      add(`A subject cannot hold {{${node.name}}}.`, 'Take it out of the subject.');
    else if (list && rowFields.length > 0) add(`{{${node.name}}} stands inside a list.`, 'Move it out of the list.');
    else if (list && node.kind === 'field')
      add(`{{${node.name}}} is a list.`, `Write {{#${node.name}}} … {{/${node.name}}} around what each row says.`);
    else if (node.name === 'pay_link' && node.kind === 'field' && rowFields.length > 0)
      add('{{pay_link}} stands inside a list.', 'Move it out of the list: a message has one button.');
    if (node.kind === 'section') {
      const opens = node.when && field?.row !== undefined && rowFields.length === 0;
      checkNodes(node.inside, reader, column, opens ? (field.row ?? []) : rowFields, reasons);
    }
  }
}

function suggestion(name: string, reader: Reader, rowFields: readonly string[]): string {
  const near = nearest(name, [...rowFields, ...namesFor(reader)]);
  return near === undefined ? 'Use a field of the note on the header of the Templates tab.' : `Write {{${near}}}.`;
}

/** Account and card numbers in mail are what fraud looks like, so a template that holds one is never sent. */
function checkSecrets(template: Template): TemplateReason[] {
  return (['Subject', 'Body', 'SMS'] as const).flatMap((column) => {
    const text = partOf(template, column);
    const ibans = text.match(/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g) ?? [];
    const cards = text.match(/\b\d(?:[ -]?\d){12,18}\b/g) ?? [];
    const found = ibans.some(isIban) || cards.some(isCard);
    const fix = 'Take it out: mail about rent never holds bank details. Use {{pay_link}}.';
    return found ? [{ column, what: 'It holds a bank account or card number.', fix }] : [];
  });
}

/** ISO 13616: the rearranged number leaves 1 when divided by 97. */
function isIban(text: string): boolean {
  const bare = text.replace(/ /g, '');
  const turned = bare.slice(4) + bare.slice(0, 4);
  let rest = 0;
  for (const character of turned) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return bare.length >= 15 && rest === 1;
}

/** ISO/IEC 7812: the Luhn sum is a multiple of ten. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => {
      const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return digits.length >= 13 && sum > 0 && sum % 10 === 0;
}
