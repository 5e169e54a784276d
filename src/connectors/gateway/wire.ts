/** How a gateway is talked to: its key, how it writes days, amounts and ids, and what its errors mean. */
import { parseDay } from '../../domain/calendar';
import { base64, utf8 } from '../../domain/encoding';
import { cents, decimal, negate, toNumber } from '../../domain/money';
import type { Cents, Day } from '../../domain/values';
import { errorIn } from '../../http/body';
import { withHeaders } from '../../http/encode';
import { classify, isGood, refusal } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Fault } from '../../http/types';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Credentials } from '../connector';
import type { GatewayDefaults, Kind, Profile } from './profile';

export function sign(defaults: GatewayDefaults, request: HttpRequest, given: Credentials): HttpRequest {
  const { GATEWAY_SECRET: secret = '', GATEWAY_EXTRA: extra = '', GATEWAY_USER: user = '' } = given;
  const [, name, value] = /^([\w-]+)\s*:\s*(\S.*)$/.exec(extra) ?? [];
  const more = name && value ? { [name]: value } : {};
  const key = keyOf(given.GATEWAY_AUTH ?? defaults.auth, secret, user, given.GATEWAY_HEADER || defaults.header);
  return withHeaders(request, { Accept: 'application/json', ...more, ...key });
}

function keyOf(auth: string, secret: string, user: string, header = 'X-Api-Key'): Readonly<Record<string, string>> {
  if (auth === 'basic') return { Authorization: `Basic ${base64(utf8(`${user}:${secret}`))}` };
  return auth === 'header' ? { [header]: secret } : { Authorization: `Bearer ${secret}` };
}

/** The host of the address that the owner entered, which is the customer's own. */
export const ownHosts = ({ GATEWAY_URL: url = '' }: Credentials): readonly string[] =>
  /^https:\/\/([a-z0-9.-]+)/i
    .exec(url)
    ?.slice(1)
    .map((host) => host.toLowerCase()) ?? [];

/** Any of `message`, `error` and `errors`, which come with a good status too. What is refused is never sent again as it is. */
export function gatewayFault(reply: HttpReply): Fault | undefined {
  if (isGood(reply) && !/"errors?"\s*:/.test(reply.body)) return undefined;
  const message = wordsOf(errorIn(reply));
  if (isGood(reply)) return message === undefined ? undefined : refusal(reply, { message });
  return classify(reply, { message, ...(reply.status === 409 ? { kind: 'rejected' as const } : {}) });
}

function wordsOf(body: Json): string | undefined {
  const { value } = body.at('errors');
  const [first] = Array.isArray(value) ? (value as unknown[]) : [];
  const listed = typeof first === 'string' ? first : body.at('errors.0').word('message');
  return listed ?? body.word('error') ?? body.word('error.message') ?? body.word('message');
}

// ---------------------------------------------------------------- values

export function writtenDay({ days }: Profile, on: Day): string {
  if (days === 'yyyy-MM-dd') return on;
  const [year, month, date] = on.split('-');
  return days === 'MM/dd/yyyy' ? `${month}/${date}/${year}` : `${on}T00:00:00`;
}

export function dayIn({ days }: Profile, row: Json, name: string): Day {
  const text = row.str(name);
  const plain = days === 'MM/dd/yyyy' ? text.replace(/^(\d\d)\/(\d\d)\/(\d{4})$/, '$3-$1-$2') : text;
  const on = days === 'yyyy-MM-ddTHH:mm:ss' ? plain.replace(/T\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?$/, '') : plain;
  return parseDay(on) ?? row.at(name).wrong(`a day written as ${days}`);
}

const signed = (sign: 1 | -1, amount: Cents): Cents => (sign === 1 ? amount : negate(amount));

export function writtenAmount({ amounts, signs, currency }: Profile, kind: Kind, amount: Cents): string | number {
  const given = signed(signs[kind], amount);
  if (amounts === 'cents') return given;
  return amounts === 'number' ? toNumber(given, currency) : decimal(given, currency);
}

/** Without the gateway's sign. */
export function amountIn({ amounts, signs, currency }: Profile, kind: Kind, row: Json, name: string): Cents {
  const given = amounts === 'cents' ? row.minor(name) : row.decimal(name, currency);
  return signed(signs[kind], cents(given));
}

export const writtenId = ({ ids }: Profile, id: string): string | number =>
  ids === 'number' && /^\d{1,15}$/.test(id) ? Number(id) : id;

/** An id, which is a number in one place and text in the next. */
export function idIn(row: Json, name: string): string {
  const { value } = row.at(name);
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  return text === '' ? row.at(name).wrong('an id') : text;
}

/** Undefined where the gateway has no such part, or says nothing. */
export const idIf = (row: Json, name: string | undefined): string | undefined =>
  name && row.has(name) && row.at(name).value !== '' ? idIn(row, name) : undefined;

export const textIf = (row: Json, name: string | undefined): string | undefined => (name ? row.opt(name) : undefined);
