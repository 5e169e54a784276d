/** How the residents of a lease can be reached: which ways a message takes, which one stands by, and why there is none. */
import type { Lease, NotifyBy, OutboxRow } from './book';
import { type ContactRow, contactName, shut, type Way } from './contacts';
import type { Rung } from './ladder';
import { e164 } from './phone';
import type { RunBook, Settings } from './run-book';

/** What a message asks for: the resident's own choice, or ways that its rung names. */
export type Wish = Exclude<Rung['channel'], 'task'>;

export interface Reach {
  /** One message, by these ways. */
  readonly ways: readonly Way[];
  /** Taken when the others fail. */
  readonly standby?: Way;
  /** Why a way that is wanted cannot be taken. */
  readonly reasons: readonly string[];
}

const ASKED: Readonly<Record<Exclude<NotifyBy, 'none'> | Exclude<Wish, 'resident'>, readonly Way[]>> = {
  email: ['email'],
  sms: ['sms'],
  both: ['email', 'sms'],
  'email, else sms': ['email', 'sms'],
  'sms, else email': ['sms', 'email'],
};

const isElse = (asked: string): boolean => asked.includes('else');

type Reachable = Pick<RunBook, 'settings' | 'contacts'>;

/** A rung that names its ways overrules the resident's choice, but never "none". */
export function reachOf({ settings, contacts }: Reachable, lease: Lease, wish: Wish = 'resident'): Reach {
  if (!settings.reminders) return nobody('Reminders are off in Settings');
  if (lease.notifyBy === 'none') return nobody('Notify by is "none"');
  const asked = wish === 'resident' ? lease.notifyBy : wish;
  const ways = ASKED[asked];
  const why = new Map(ways.map((way) => [way, closed(settings, contacts ?? [], lease, way)]));
  const open = ways.filter((way) => why.get(way) === undefined);
  const reasons = ways.flatMap((way) => why.get(way) ?? []);
  if (!isElse(asked)) return { ways: open, reasons };
  const [first, standby] = open;
  return { ways: first ? [first] : [], reasons, ...(standby ? { standby } : {}) };
}

const nobody = (reason: string): Reach => ({ ways: [], reasons: [reason] });

/** Why a way cannot be taken. */
function closed(settings: Settings, contacts: readonly ContactRow[], lease: Lease, way: Way): string | undefined {
  return way === 'email' ? noMail(contacts, lease) : noText(settings, contacts, lease);
}

function noMail(contacts: readonly ContactRow[], lease: Lease): string | undefined {
  if (lease.emails.length === 0) return 'there is no e-mail address on the lease';
  return mailsOf(contacts, lease).length > 0 ? undefined : shut(contacts, 'email', lease.emails[0] ?? '');
}

/** Addresses of the lease that take mail. */
export const mailsOf = (contacts: readonly ContactRow[], lease: Pick<Lease, 'emails'>): readonly string[] =>
  lease.emails.filter((address) => shut(contacts, 'email', address) === undefined);

/** To whom a mail goes: to the one person whom it is about, where one is named and takes mail, else to all. */
export function mailsFor(
  contacts: readonly ContactRow[],
  lease: Pick<Lease, 'emails'>,
  payload: OutboxRow['payload'] = {},
): readonly string[] {
  const open = mailsOf(contacts, lease);
  const own = open.filter((address) => address === payload.payer);
  return own.length > 0 ? own : open;
}

function noText(settings: Settings, contacts: readonly ContactRow[], lease: Lease): string | undefined {
  if (settings.textsBy === '') return 'text messages are off in Settings (Texts by)';
  if (lease.smsConsent === '') return 'nobody recorded under "SMS consent" that the resident agreed to text messages';
  const phone = e164(lease.phone);
  if ('reason' in phone) return phone.reason.replace(/\.$/, '');
  return shut(contacts, 'sms', phone.number);
}

/**
 * To whom a message goes that leaves now. Its addresses may have been corrected or closed since it was wanted; one that was tried
 * keeps those that are open, for it is looked for there.
 */
export function addressedNow(
  { contacts = [] }: Pick<Reachable, 'contacts'>,
  lease: Pick<Lease, 'emails' | 'phone'>,
  way: Way,
  { to, attempts, payload }: Pick<OutboxRow, 'to' | 'attempts' | 'payload'>,
): string {
  const { only } = payload;
  if (typeof only === 'string') return onlyTo(contacts, lease, way, only);
  const phone = e164(lease.phone);
  const now = way === 'email' ? mailsFor(contacts, lease, payload) : 'number' in phone ? [phone.number] : [];
  const tried = attempts > 0 ? to.split(',').map((each) => each.trim()) : [];
  const kept = tried.filter((address) => address !== '' && shut(contacts, way, address) === undefined);
  return (kept.length > 0 ? kept : now).join(', ');
}

/** What is meant for one address goes nowhere else; '' once that is not on the lease any more, or takes nothing. */
function onlyTo(
  contacts: readonly ContactRow[],
  lease: Pick<Lease, 'emails' | 'phone'>,
  way: Way,
  only: string,
): string {
  const own = way === 'email' ? lease.emails : [lease.phone];
  const names = new Set(own.map((address) => contactName(way, address)));
  const wanted = only.split(',').map((each) => each.trim());
  const open = wanted.every((each) => names.has(contactName(way, each)) && shut(contacts, way, each) === undefined);
  return open ? only : '';
}

const WISHES: readonly Wish[] = ['email', 'sms', 'both'];

/** The ways that the rung of a message names; the resident's own choice where it names none. */
export const wishIn = (payload: OutboxRow['payload']): Wish =>
  WISHES.find((each) => each === payload.wish) ?? 'resident';

/** May this resident be written to at all? Else the reason, in words. */
export function unreachable(book: Reachable, lease: Lease, wish: Wish = 'resident'): string | undefined {
  const { ways, reasons } = reachOf(book, lease, wish);
  return ways.length > 0 ? undefined : reasons.join('; ');
}
