/** How SendGrid words what is wrong with the shape of a mail. */
import type { Complaint } from '../kit/strict';

const EXAMPLE = '{"email": "example@example.com"} or {"email": "example@example.com", "name": "Example Recipient"}';
const FROM =
  'The from object must be provided for every email send. It is an object that requires the email parameter, ' +
  `but may also contain a name parameter. e.g. ${EXAMPLE}`;
const TO =
  'The to array is required for all personalization objects, ' +
  'and must have at least one email object with a valid email address.';
const SEND_AT =
  'The send_at parameter is expecting a UNIX timestamp as an integer. ' +
  'We will send immediately if you include a send_at timestamp that is in the past.';
const STRING_ARGS = 'All values of custom arguments object must be strings';
const STRING_HEADERS = 'The header values must be strings.';

/** By the place, its indexes as stars; the first part of a place that is named here counts. */
const WORDS: readonly (readonly [RegExp, string | ((given: unknown) => string)])[] = [
  [/^personalizations$/, 'The personalizations field is required and must have at least one personalization.'],
  [/^personalizations\.\*\.to$/, TO],
  [/^from$/, FROM],
  [/\.?send_at$/, SEND_AT],
  [/\.?custom_args\b/, STRING_ARGS],
  [/\.?headers\b/, STRING_HEADERS],
  [/\.?subject$/, 'The subject of your email must be a string at least one character in length.'],
  [/^content$/, 'There must be at least one defined content block.'],
  [/^content\.\*\.type$/, "Cannot contain ';', or CRLF characters."],
  [/^content\.\*\.value$/, 'The content value must be a string at least one character in length.'],
  [/^categories$/, (given) => tooMany(given)],
  [/^categories\.\*$/, (given) => `Each category must not be longer than 255 characters. ${given} exceeds this limit.`],
  [/^batch_id$/, 'The batch_id must be a string.'],
  [/^asm\.group_id$/, 'The ASM group ID must be an integer.'],
  [/^mail_settings\.sandbox_mode\.enable$/, 'The sandbox mode enable param should be a boolean value.'],
  [/^attachments\.\*\.content$/, 'The attachment content must be base64 encoded.'],
  [/\.name$/, "The name cannot contain ';', ',' or CRLF characters."],
  [/\.email$/, 'Does not contain a valid address.'],
];

const tooMany = (given: unknown): string =>
  Array.isArray(given)
    ? `There is a limit of 10 categories for each email that is sent. You provided ${given.length} categories.`
    : 'Categories must be an array of strings.';

const typeOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : Number.isSafeInteger(value) ? 'integer' : typeof value;

function valueAt(body: unknown, parts: readonly string[]): unknown {
  return parts.reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], body);
}

/** The message and the field, in SendGrid's own way of naming places: `personalizations.0.to`. */
export function wordsFor(body: unknown, { at, what, wanted }: Complaint): { message: string; field: string } {
  const field = at.replace(/\[(\d+)\]/g, '.$1');
  const parts = field.split('.');
  const leaf = parts.at(-1) ?? '';
  if (what === 'unknown') return { message: `Additional property ${leaf} is not allowed`, field };
  const given = valueAt(body, parts);
  const known = WORDS.find(([place]) => place.test(parts.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.')));
  if (known && (what !== 'missing' || /^(?:personalizations(?:\.\d+\.to)?|from)$/.test(field)))
    return { message: typeof known[1] === 'string' ? known[1] : known[1](given), field };
  if (what === 'missing') return { message: `${leaf} is required`, field };
  if (what === 'wrong type') return { message: `Invalid type. Expected: ${wanted}, given: ${typeOf(given)}.`, field };
  return { message: `${leaf} must be ${wanted}`, field };
}
