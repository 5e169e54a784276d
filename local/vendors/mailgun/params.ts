/** What POST /messages takes: names, their values, and the limits of a message. */
import { badRequest, refusal } from './errors';
import { type Form, fieldOf, fieldsOf } from './form';

const SWITCH = ['yes', 'no', 'true', 'false'];
const TRACKING = [...SWITCH, 'htmlonly'];

/** Fields with a fixed set of values. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'o:testmode': ['yes'],
  'o:dkim': SWITCH,
  'o:tracking': TRACKING,
  'o:tracking-clicks': TRACKING,
  'o:tracking-opens': SWITCH,
  'o:require-tls': SWITCH,
  'o:skip-verification': SWITCH,
};

const PLAIN = ['from', 'to', 'cc', 'bcc', 'subject', 'text', 'html', 'amp-html', 'recipient-variables'];
/** Known to Mailgun and not played here: stored templates, send-time optimisation, addresses and keys of one's own. */
const NOT_PLAYED = ['template', 't:version', 't:text', 't:variables'];
const REPEATED = ['to', 'cc', 'bcc', 'o:tag'];
const OPTIONS = [...Object.keys(CHOICES), 'o:tag', 'o:deliverytime'];

const OPTION_BYTES = 16 * 1024;
const MESSAGE_BYTES = 25 * 1024 * 1024;
/** One page of the vendor says three, a newer one ten: who keeps to three is right with both. */
const MAX_TAGS = 3;
const MAX_TAG_CHARS = 128;

/** Throws Mailgun's refusal for a form that is no message. */
export function checkMessage(form: Form): void {
  for (const [name, value] of form.fields) checkField(form, name, value);
  const stray = form.files.find(([name]) => name !== 'attachment' && name !== 'inline');
  if (stray) throw badRequest(`${stray[0]} is no file parameter`);
  for (const name of ['from', 'to', 'subject'])
    if (!fieldsOf(form, name).some((value) => value.trim() !== '')) throw badRequest(`${name} parameter is missing`);
  if (!['text', 'html', 'amp-html'].some((name) => fieldOf(form, name)))
    throw badRequest("Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified");
  checkSizes(form);
  checkTags(fieldsOf(form, 'o:tag'));
}

function checkField(form: Form, name: string, value: string): void {
  if (NOT_PLAYED.includes(name)) throw badRequest(`template not found: this sandbox keeps none (${name})`);
  const isOwn = /^v:.+$/.test(name) || /^h:[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
  // Mailgun lets an unknown parameter pass and forgets it. Here it is refused: whoever sent it meant something by it.
  if (!isOwn && !PLAIN.includes(name) && !OPTIONS.includes(name)) throw badRequest(`unknown parameter ${name}`);
  if (!REPEATED.includes(name)) fieldOf(form, name);
  if (/^h:/.test(name) && /[\r\n]/.test(value)) throw badRequest(`${name} parameter is not a valid header`);
  const choices = CHOICES[name];
  if (choices && !choices.includes(value)) throw badRequest(`${name} parameter must be one of ${choices.join(', ')}`);
}

function checkSizes({ fields, files }: Form): void {
  const bytes = (list: readonly (readonly [string, string])[]) =>
    list.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes(fields.filter(([name]) => /^[ohvt]:/.test(name))) > OPTION_BYTES)
    throw badRequest('Send options (parameters starting with o:, h:, or v:) are limited to 16KB total');
  const attached = files.reduce((sum, [, { size }]) => sum + size, 0);
  if (bytes(fields) + attached > MESSAGE_BYTES) throw refusal(413, 'Message size exceeds the limit of 25MB');
}

function checkTags(tags: readonly string[]): void {
  if (tags.length > MAX_TAGS) throw badRequest(`o:tag parameter: a message takes at most ${MAX_TAGS} tags`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
  const wrong = tags.find((tag) => tag === '' || tag.length > MAX_TAG_CHARS || !/^[\x00-\x7f]*$/.test(tag));
  if (wrong !== undefined) throw badRequest(`o:tag parameter is not a valid tag: ${wrong}`);
}
