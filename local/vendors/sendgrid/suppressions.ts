/** The suppression lists: addresses that get no more mail, newest first, by pages. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { refuse } from './errors';
import { type Call, queryOf, wholeOf } from './gate';
import type { ListName, Suppression } from './state';

const PAGE = 500;
const NAMES = ['start_time', 'end_time', 'limit', 'offset', 'email'];
const TIME = { least: 0, most: 99_999_999_999 };

/** The address is looked for by how it begins, but among invalid ones by the whole of it. */
function fits(list: ListName, { email }: Suppression, wanted: string): boolean {
  const [given, sought] = [email.toLowerCase(), wanted.toLowerCase()];
  return list === 'invalid_emails' ? given === sought : given.startsWith(sought);
}

export function listSuppressions(call: Call, list: ListName): SandboxReply {
  // The header is demanded for this one list.
  const accept = call.request.headers.accept ?? '';
  if (list === 'bounces' && !/application\/json|\*\/\*/.test(accept)) refuse(400, 'Accept is required', 'Accept');
  const query = queryOf(call, NAMES);
  const from = wholeOf(query, 'start_time', { ...TIME, otherwise: 0 });
  const to = wholeOf(query, 'end_time', { ...TIME, otherwise: TIME.most });
  const limit = wholeOf(query, 'limit', { least: 1, most: PAGE, otherwise: PAGE });
  const offset = wholeOf(query, 'offset', { ...TIME, otherwise: 0 });
  const rows = call.account.lists[list]
    .filter((row) => row.created >= from && row.created <= to && fits(list, row, query.email ?? row.email))
    .reverse()
    .sort((a, b) => b.created - a.created);
  return jsonReply(200, rows.slice(offset, offset + limit));
}
