/** A person's word on an address: try it again, or write to it no more. An opt-out is the resident's, and nobody else takes it back. */
import { type ContactRow, contactName, contactOf, isGood, type Way } from '../../domain/contacts';
import type { RunBook } from '../../domain/run-book';
import { logLine } from '../../domain/wishes';
import type { App } from '../../run/app';
import { runNow } from '../../run/app';
import { personAtKeys } from './act/approval';
import type { Calls } from './contract';
import { actOnce, type Done } from './once';
import type { Applied } from './override';
import { type Scope, scopeOf } from './scope';
import type { Refusal } from './told';

export function setContact(app: App, { request, kind, address, as }: Calls['setContact']['args']): Applied | Refusal {
  return actOnce(app, request, (acting, { book }): Done | Refusal => {
    const to = plain(kind, address);
    if (!isOfALease(book, scopeOf(acting, book), kind, to)) return { refused: `No lease has the address ${to}.` };
    const known = contactOf(book.contacts ?? [], kind, to);
    if (as === 'good' && known?.state === 'opted out') return { refused: ownWord(kind, to) };
    if (as === 'good' ? isGood(known) : known?.state === as) return { refused: `${to} is "${as}" already.` };
    const { now } = runNow(acting);
    const row: ContactRow = {
      row: known?.row ?? 0,
      address: to,
      kind,
      state: as,
      since: now,
      by: personAtKeys(acting),
      detail: as === 'good' ? 'tried again' : 'asked us to stop',
    };
    const says = as === 'good' ? `${to} is tried again.` : `Nothing is sent to ${to} any more.`;
    const log = [logLine(runNow(acting), 'contact', says, { before: known?.state ?? 'good', after: as })];
    return { changes: { contacts: [row], log }, applied: { done: true, says, keys: [] } };
  });
}

/** As platforms know it: a phone number in E.164, a mail address in small letters. */
const plain = (kind: Way, address: string): string => contactName(kind, address).slice(kind.length + 1);

/** Only of leases that the person may see; others are to them as if they were not there. */
const isOfALease = (book: RunBook, scope: Scope, kind: Way, address: string): boolean =>
  book.leases.some(
    (lease) =>
      scope.lease(lease.id) &&
      (kind === 'sms' ? [lease.phone] : lease.emails).some((each) => plain(kind, each) === address),
  );

const ownWord = (kind: Way, address: string): string =>
  kind === 'sms'
    ? `${address} has opted out. Only the resident can take that back, by answering START.`
    : `${address} wants no mail. Only the resident can take that back: then write "good" beside it on the Contacts tab.`;
