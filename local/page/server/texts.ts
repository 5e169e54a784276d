/** The residents' phones at Twilio: what was texted to each and from it, and an answer as the resident gives it. */
import { zoneOf } from '../../cli/advance';
import { Refused } from '../../cli/errors';
import { rowsOf } from '../../cli/tabs';
import { timeText } from '../../cli/words';
import { twilioPeople } from '../../vendors/people';
import { passTime } from '../../vendors/twilio/delivery';
import type { Message, TwilioState } from '../../vendors/twilio/state';
import type { World } from '../../world';
import type { PhoneInfo, TextView } from '../types';
import { accountNow } from './carried';

const TWILIO = 'twilio';

const phoneOf = ({ direction, from, to }: Message): string => (direction === 'inbound' ? (from ?? '') : to);

/** Oldest first, as Twilio has them. */
const textsNow = (world: World): readonly Message[] =>
  Object.values(accountNow<TwilioState>(world, TWILIO, passTime)?.messages ?? {});

export const textCount = ({ state: { vendors } }: World): number =>
  Object.keys((vendors[TWILIO] as TwilioState | undefined)?.messages ?? {}).length;

const digits = (phone: string): string => phone.replace(/\D/g, '').replace(/^00/, '');

/** Whose phone it is, as the Leases tab has it; '' for nobody's. */
function residentsOf(world: World): ReadonlyMap<string, string> {
  const named = [...rowsOf(world, 'Leases')].filter(({ Phone = '' }) => digits(Phone) !== '');
  return new Map(named.map(({ Phone = '', Residents = '', Unit = '' }) => [digits(Phone), `${Residents}, ${Unit}`]));
}

/** The phone that was texted last comes first. */
export function phoneList(world: World): PhoneInfo[] {
  const residents = residentsOf(world);
  const phones = new Map<string, Message[]>();
  for (const text of textsNow(world)) {
    const phone = phoneOf(text);
    const mine = phones.get(phone) ?? [];
    phones.delete(phone);
    phones.set(phone, [...mine, text]);
  }
  return [...phones].reverse().map(([phone, texts]) => {
    const last = texts.at(-1);
    return {
      phone,
      who: residents.get(digits(phone)) ?? '',
      last: last?.body ?? '',
      at: timeText(last?.createdMs ?? 0, zoneOf(world)),
      count: texts.length,
    };
  });
}

/** What stands on the phone, and what has not got there; the oldest first. */
export const textsOf = (world: World, phone: string): TextView[] =>
  textsNow(world)
    .filter((text) => phoneOf(text) === phone)
    .map((text) => ({
      id: text.sid,
      by: text.direction === 'inbound' ? 'resident' : text.direction === 'outbound-reply' ? 'Twilio' : 'Rent Ledger',
      text: text.body,
      at: timeText(text.sentMs ?? text.createdMs, zoneOf(world)),
      state: stateOf(world, text),
      parts: text.segments,
    }));

function stateOf(world: World, { direction, status, next, errorCode }: Message): string {
  if (direction === 'inbound') return '';
  if (status === 'scheduled' && next) return `waits until ${timeText(next.atMs, zoneOf(world))}`;
  return errorCode === null ? status : `${status}: error ${errorCode}`;
}

/** The resident answers the number that texted last. Throws {@link Refused} where nothing was ever sent to that phone. */
export function answerAs(world: World, phone: string, words: string): void {
  const text = words.trim();
  if (text === '') throw new Refused('There is nothing to send: write something first.');
  if (!textsNow(world).some(({ to, sentMs }) => to === phone && sentMs !== null))
    throw new Refused(`Nobody has texted ${phone} yet, so that it cannot answer.`);
  twilioPeople.textBack(world.vendorState<TwilioState>(TWILIO), phone, text.slice(0, 1600), world.now);
}
