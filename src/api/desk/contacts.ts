/** A person's word on an address: try it again, or write to it no more. An opt-out is the resident's, and nobody else takes it back. */
import { type ContactRow, contactOf, isGood, type Way } from '../../domain/contacts';
import { logLine } from '../../domain/wishes';
import type { App } from '../../run/app';
import { runNow } from '../../run/app';
import { personAtKeys } from './act/approval';
import type { Calls } from './contract';
import { actOnce, type Done } from './once';
import type { Applied } from './override';
import type { Refusal } from './told';

export function setContact(app: App, { request, kind, address, as }: Calls['setContact']['args']): Applied | Refusal {
  return actOnce(app, request, (acting, { book }): Done | Refusal => {
    const known = contactOf(book.contacts ?? [], kind, address);
    if (as === 'good' && known?.state === 'opted out')
      return { refused: `${address} has opted out. Only the resident can take that back, by answering START.` };
    if (known?.state === as || (as === 'good' && isGood(known))) return { refused: `${address} is "${as}" already.` };
    const { now } = runNow(acting);
    const row: ContactRow = {
      row: known?.row ?? 0,
      address: kind === 'email' ? address.trim().toLowerCase() : address.trim(),
      kind: kind satisfies Way,
      state: as,
      since: now,
      by: personAtKeys(acting),
      detail: as === 'good' ? 'tried again' : 'asked us to stop',
    };
    const says = as === 'good' ? `${address} is tried again.` : `Nothing is sent to ${address} any more.`;
    const log = [logLine(runNow(acting), 'contact', says, { before: known?.state ?? 'good', after: as })];
    return { changes: { contacts: [row], log }, applied: { done: true, says, keys: [] } };
  });
}
