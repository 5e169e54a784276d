/** POST /messages: one call makes one mail, or with recipient variables one mail for each recipient. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { enqueue, firstTry } from './delivery';
import { badRequest, refusal } from './errors';
import { type Form, fieldOf, fieldsOf, formOf } from './form';
import { checkMessage } from './params';
import { type Domain, type Mail, type MailgunState, plainAddress, rfcInstant, serialDigest } from './state';

const MAX_RECIPIENTS = 1000;
const DAY_MS = 86_400_000;
const ADDRESS = /^[^\s@<>",;:]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

type Variables = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function send(state: MailgunState, domain: Domain, request: SandboxRequest, nowMs: number): SandboxReply {
  maySend(state, domain, nowMs);
  const form = formOf(request);
  checkMessage(form);
  addresses(form, 'from');
  const [to, cc, bcc] = [addresses(form, 'to'), addresses(form, 'cc'), addresses(form, 'bcc')];
  const variables = variablesOf(form);
  if (to.length + cc.length + bcc.length > MAX_RECIPIENTS)
    throw badRequest(`to parameter: a message takes at most ${MAX_RECIPIENTS} recipients`);
  const scheduledMs = deliveryTime(state, form, nowMs);
  const messageId = newMessageId(state, domain, nowMs);
  const draft = { form, domain, messageId, scheduledMs, nowMs };
  // In a batch everybody sees only themselves, and those in copy get one mail for each of them.
  const copies = variables
    ? to.flatMap((spec) => [spec, ...cc, ...bcc].map((recipient) => ({ recipient, to: spec })))
    : [...to, ...cc, ...bcc].map((recipient) => ({ recipient, to: to.join(', ') }));
  for (const copy of copies) enqueue(state, domain, mailOf(state, draft, copy, variables), nowMs);
  return jsonReply(200, { id: `<${messageId}>`, message: 'Queued. Thank you.' });
}

function maySend(state: MailgunState, domain: Domain, nowMs: number): void {
  const refuse = (status: number, why: string) =>
    refusal(status, `Domain ${domain.name} is not allowed to send: ${why}`);
  if (domain.state === 'unverified') throw refuse(403, 'The domain is unverified and requires DNS configuration.');
  const waitSeconds = Math.ceil((state.account.sendsFromMs - nowMs) / 1000);
  if (waitSeconds > 0)
    throw refuse(429, `account-requests-per-sec limit exceeded, try again after ${waitSeconds} seconds`);
}

/** `Ada <ada@home.example>, bob@home.example`, each once. Commas within quotes part nothing. */
function addresses(form: Form, name: string): string[] {
  const specs = fieldsOf(form, name).flatMap((value) => value.match(/(?:"(?:\\.|[^"\\])*"|[^",])+/g) ?? []);
  const known = new Map<string, string>();
  for (const spec of specs.map((each) => each.trim()).filter((each) => each !== '')) {
    const plain = plainAddress(spec);
    if (!ADDRESS.test(plain)) throw badRequest(`${name} parameter is not a valid address. please check documentation`);
    if (!known.has(plain)) known.set(plain, spec);
  }
  return [...known.values()];
}

function variablesOf(form: Form): Variables | undefined {
  const text = fieldOf(form, 'recipient-variables');
  if (text === undefined) return undefined;
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (!isObject(parsed) || !Object.values(parsed as object).every(isObject))
    throw badRequest('recipient-variables parameter is not a valid JSON dictionary of dictionaries');
  const pairs = Object.entries(parsed as Variables).map(([address, own]) => [address.toLowerCase(), own] as const);
  return Object.fromEntries(pairs);
}

function deliveryTime(state: MailgunState, form: Form, nowMs: number): number | null {
  const text = fieldOf(form, 'o:deliverytime');
  if (text === undefined) return null;
  const atMs = rfcInstant(text);
  if (atMs === undefined) throw badRequest('o:deliverytime parameter is not a valid RFC 2822 date');
  const { scheduleDays } = state.account;
  if (atMs > nowMs + scheduleDays * DAY_MS)
    throw badRequest(`o:deliverytime parameter is more than ${scheduleDays} days ahead`);
  return atMs;
}

function newMessageId(state: MailgunState, domain: Domain, nowMs: number): string {
  const digits = new Date(nowMs).toISOString().replace(/\D/g, '').slice(0, 14);
  return `${digits}.${serialDigest(state, 'message').slice(0, 16)}@${domain.name}`;
}

interface Draft {
  readonly form: Form;
  readonly domain: Domain;
  readonly messageId: string;
  readonly scheduledMs: number | null;
  readonly nowMs: number;
}

interface Copy {
  readonly recipient: string;
  readonly to: string;
}

/** Replaces `%recipient.name%` in a batch. A variable that the recipient lacks stays as it stands, for all to see. */
function filler({ to }: Copy, variables: Variables | undefined): (text: string) => string {
  if (!variables) return (text) => text;
  const address = plainAddress(to);
  const own = variables[address] ?? {};
  const name = to.replace(/<[^<>]*>\s*$/, '').trim();
  const known: Readonly<Record<string, string>> = { recipient: to, recipient_email: address, recipient_name: name };
  return (text) =>
    text
      .replace(/%recipient\.([\w-]+)%/g, (whole, key: string) => (key in own ? String(own[key]) : whole))
      .replace(/%(recipient|recipient_email|recipient_name)%/g, (whole, key: string) => known[key] ?? whole);
}

function mailOf(state: MailgunState, draft: Draft, copy: Copy, variables: Variables | undefined): Mail {
  const { form, domain, messageId, scheduledMs, nowMs } = draft;
  const fill = filler(copy, variables);
  const filled = (name: string) => fill(fieldOf(form, name) ?? '');
  const prefixed = (prefix: string) =>
    Object.fromEntries(
      form.fields
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), fill(value)]),
    );
  const [text, html] = [filled('text'), filled('html')];
  const attachments = form.files.map(([, file]) => file);
  return {
    domain: domain.name,
    messageId,
    recipient: plainAddress(copy.recipient),
    from: filled('from'),
    to: copy.to,
    subject: filled('subject'),
    text,
    html,
    headers: prefixed('h:'),
    tags: fieldsOf(form, 'o:tag'),
    variables: prefixed('v:'),
    attachments,
    size: Buffer.byteLength(text + html) + attachments.reduce((sum, { size }) => sum + size, 500),
    storageKey: `BAAB${serialDigest(state, 'storage').slice(0, 28)}`,
    isTest: fieldOf(form, 'o:testmode') === 'yes',
    scheduledMs,
    state: 'queued',
    dueMs: firstTry(nowMs, scheduledMs),
    attempts: 0,
    deliveredMs: null,
  };
}
