/**
 * How Voyager's Billing and Payments 2.0 is talked to: one address, one operation a call, the interface's credentials in every body.
 * They are put there as the request is signed, so that none is in what a flow builds or a dry run shows.
 */
import { base64, utf8 } from '../../domain/encoding';
import { classify, fail, isGood, refusal } from '../../http/faults';
import type { Fault, FaultKind } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import { type Account, asked, type Credentials, type Flow } from '../connector';
import { allIn, type Element, el, firstIn, parseXml, textIn } from './xml';

const NAMESPACE = 'http://tempuri.org/YSI.Interfaces.WebServices/ItfResidentTransactions20';
const LOGIN = '<!--login-->';
const ADDRESS = /^https:\/\/[a-z0-9.-]+(?:\/[\w.~-]+)*$/i;

/** By the name of each element, what the owner entered. */
const CREDENTIALS: readonly (readonly [string, string])[] = [
  ['UserName', 'VOYAGER_USER'],
  ['Password', 'VOYAGER_PASSWORD'],
  ['ServerName', 'VOYAGER_SERVER'],
  ['Database', 'VOYAGER_DATABASE'],
  ['Platform', 'VOYAGER_PLATFORM'],
  ['InterfaceEntity', 'VOYAGER_ENTITY'],
  ['InterfaceLicense', 'VOYAGER_LICENSE'],
];

const SPACE = 'http://schemas.xmlsoap.org/soap/envelope/';
const HEAD = `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${SPACE}"><soap:Body>`;

/** `parameters` are elements that are written already. Imports act, all else only reads. */
export function request(account: Account, operation: string, parameters: string): HttpRequest {
  const base = (account.VOYAGER_URL ?? '').replace(/\/+$/, '');
  if (!ADDRESS.test(base))
    return fail('rejected', `The address of Voyager has to be https://host/client, not "${base}".`);
  const body = `<${operation} xmlns="${NAMESPACE}">${LOGIN}${parameters}</${operation}>`;
  return {
    method: 'POST',
    url: `${base}/webservices/ItfResidentTransactions20.asmx`,
    headers: { SOAPAction: `"${NAMESPACE}/${operation}"` },
    contentType: 'text/xml; charset=utf-8',
    body: `${HEAD}${body}</soap:Body></soap:Envelope>`,
    ...(operation.startsWith('Import') ? {} : { reads: true as const }),
  };
}

export function sign(plain: HttpRequest, credentials: Credentials): HttpRequest {
  const login = CREDENTIALS.map(([name, field]) => el(name, credentials[field] ?? '')).join('');
  const { VOYAGER_USER: user = '', VOYAGER_PASSWORD: password = '', VOYAGER_BASIC: basic } = credentials;
  const more: Readonly<Record<string, string>> =
    basic === 'yes' ? { Authorization: `Basic ${base64(utf8(`${user}:${password}`))}` } : {};
  // A replacement text would read the dollar signs of a password.
  return { ...plain, headers: { ...plain.headers, ...more }, body: plain.body?.replace(LOGIN, () => login) };
}

export const ownHosts = ({ VOYAGER_URL: url = '' }: Credentials): readonly string[] =>
  /^https:\/\/([a-z0-9.-]+)/i
    .exec(url)
    ?.slice(1)
    .map((host) => host.toLowerCase()) ?? [];

/** What the operation's result holds. */
export function* resultOf(asking: HttpRequest): Flow<Element> {
  const root = parseXml((yield* asked(asking)).body);
  const body = firstIn(root, 'Body');
  const result = body?.children[0]?.children[0];
  const [inner] = result?.children ?? [];
  return inner ?? fail('malformed', 'Voyager’s answer holds no result.');
}

// ---------------------------------------------------------------- faults

/** What the interface says of a call comes with HTTP 200. Words that were met in public; others are a plain refusal. */
const MEANINGS: readonly (readonly [RegExp, FaultKind])[] = [
  [/log-?in|password|user ?name|invalid interface|interface (?:license|entity)|license/i, 'auth'],
  [/no (?:tenants|residents) exist/i, 'missing'],
];

export function voyagerFault(reply: HttpReply): Fault | undefined {
  const isMessage = /<Message\b/i.test(reply.body);
  if (isGood(reply) && !isMessage && !/Fault>/.test(reply.body)) return undefined;
  const message = wordsOf(reply.body);
  if (isGood(reply)) {
    if (message === undefined) return undefined;
    return refusal(reply, { message, kind: MEANINGS.find(([words]) => words.test(message))?.[1] });
  }
  // A fault that says Client is about what we sent: asking again would bring the same.
  const isOurs = /faultcode>[^<]*Client/i.test(reply.body);
  return classify(reply, { message, ...(isOurs ? { kind: 'rejected' as const } : {}) });
}

function wordsOf(body: string): string | undefined {
  try {
    const root = parseXml(body);
    const errors = allIn(root, 'Message').filter(
      ({ attributes }) => !/^(?:FYI|information)$/i.test(attributes.messageType ?? ''),
    );
    return errors.map(({ text }) => text.trim()).join(' ') || textIn(root, 'faultstring');
  } catch {
    return undefined;
  }
}
