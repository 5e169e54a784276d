/** Registers our address with FreshBooks, so that it tells of payments and invoices within minutes. */
import { Json } from '../../http/json';
import { type Account, asked, type Effect, type Flow } from '../connector';
import { all, CALLBACKS, idOf, remove, written } from './api';

export const EVENTS = [
  'payment.create',
  'payment.update',
  'payment.delete',
  'invoice.create',
  'invoice.update',
  'invoice.delete',
];

/**
 * Payload `{ uri }`: the web app's address with its key. A callback of ours under an older key is taken away; one that is not
 * verified yet is sent its verifier anew, which {@link byHint} of the feed gives back. Gives the ids, parted by commas.
 */
export const callback: Effect = {
  once: 'lookup',
  *run({ account, payload, inbound }) {
    const wish = new Json(payload, 'payload');
    const uri = inbound ?? wish.str('uri');
    if (!/^https:\/\/\S+$/.test(uri)) return wish.at('uri').wrong('an https address');
    const known = yield* all(account, CALLBACKS, {});
    for (const row of known)
      if (isOutdated(row.str('uri'), uri)) yield* asked(remove(account, CALLBACKS, idOf(row, 'callbackid')));
    const ids: string[] = [];
    for (const event of EVENTS) {
      const there = known.find((row) => row.str('event') === event && row.str('uri') === uri);
      ids.push(there ? yield* woken(account, there) : yield* registered(account, event, uri));
    }
    return ids.join(',');
  },
};

const placeOf = (uri: string): string => uri.split('?', 1)[0] ?? '';
const isOutdated = (uri: string, wanted: string): boolean => uri !== wanted && placeOf(uri) === placeOf(wanted);

function* registered(account: Account, event: string, uri: string): Flow<string> {
  return idOf(yield* written(account, CALLBACKS, { event, uri }), 'callbackid');
}

function* woken(account: Account, row: Json): Flow<string> {
  const id = idOf(row, 'callbackid');
  if (!row.bool('verified')) yield* written(account, CALLBACKS, { resend: true }, id);
  return id;
}
