/** The mirror's feed: contacts of ours that changed, by Dataverse's change tracking. A link that has ended begins anew. */
import { type Instant, instant } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import type { HttpReply } from '../../ports';
import { type Account, asked, type FeedState, type Flow, type Lost, type PullContext } from '../connector';
import type { MirrorPage, MirrorRow } from '../mirror';
import { following, get, keyColumn, odataIn } from './api';
import { mapped, plain } from './columns';

const PREFER = 'odata.track-changes,odata.maxpagesize=1000';
/** The link is older than the environment keeps changes, or is none. */
const ENDED = ['0x80044352'];

/** Other columns than those that the link was made for want a new one. */
const selectOf = (account: Account): string =>
  [keyColumn(account), 'modifiedon', 'emailaddress1', 'mobilephone', 'statecode', ...columnsOf(account)].join(',');

const columnsOf = (account: Account): readonly string[] => mapped(account).map(({ column }) => column);

export function* pull(state: FeedState | undefined, { account, now }: PullContext): Flow<MirrorPage> {
  const select = selectOf(account);
  const link = state?.select === select && typeof state.link === 'string' ? state.link : undefined;
  const reply = yield* pageAt(account, select, link);
  const body = bodyOf(reply, 'changes');
  const next = odataIn(body, 'nextLink');
  const delta = next ?? odataIn(body, 'deltaLink') ?? body.wrong('an answer with a link to what follows');
  return { ...rowsIn(body, account, now), state: { select, link: delta }, more: next !== undefined };
}

/** All contacts first; by a link what follows it. Reading a page twice is harmless, and so is beginning anew. */
function* pageAt(account: Account, select: string, link: string | undefined): Flow<HttpReply> {
  const anew = get(account, `contacts?$select=${select}`, PREFER);
  if (link === undefined) return yield* asked(anew);
  try {
    return yield* asked(following(account, link, PREFER));
  } catch (error) {
    if (!ENDED.includes(faultOf(error).code ?? '')) throw error;
    return yield* asked(anew);
  }
}

function rowsIn(body: Json, account: Account, now: Instant): { rows: readonly MirrorRow[]; faults: readonly Lost[] } {
  const faults: Lost[] = [];
  const rows = body.list('value').flatMap((row): readonly MirrorRow[] => {
    if (/\$deletedEntity$/.test(odataIn(row, 'context') ?? '')) return [deleted(row, now)];
    try {
      return contactOf(row, account);
    } catch (error) {
      faults.push({ about: row.opt('contactid') ?? 'contact', fault: faultOf(error) });
      return [];
    }
  });
  return { rows, faults };
}

/** Of a deletion the id alone is told: the Links tab knows which lease it was. */
const deleted = (row: Json, now: Instant): MirrorRow => ({
  id: row.str('id'),
  leaseId: '',
  changedAt: now,
  fields: {},
  gone: true,
});

const ACTIVE: Readonly<Record<string, boolean>> = { 0: true, 1: false };

function contactOf(row: Json, account: Account): readonly MirrorRow[] {
  const leaseId = row.opt(keyColumn(account)) ?? '';
  if (leaseId === '') return [];
  const isActive = ACTIVE[String(row.int('statecode'))] ?? row.at('statecode').wrong('0 or 1');
  return [
    {
      id: row.str('contactid'),
      leaseId,
      changedAt: instant(row.isoInstant('modifiedon')),
      email: row.opt('emailaddress1') ?? '',
      phone: row.opt('mobilephone') ?? '',
      fields: Object.fromEntries(columnsOf(account).map((column) => [column, plain(row.at(column).value)])),
      ...(isActive ? {} : { gone: true }),
    },
  ];
}
