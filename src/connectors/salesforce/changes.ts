/** Contacts of ours that have changed there, in the order of their change: who changed them is not asked. */
import { instant } from '../../domain/values';
import { utcSeconds } from '../../http/encode';
import { faultOf } from '../../http/faults';
import type { Json } from '../../http/json';
import { asked, type FeedState, type Flow, type PullContext } from '../connector';
import type { MirrorPage, MirrorRow } from '../mirror';
import { query, quoted, rowsOf } from './api';
import { fieldsIn, keyField, mapped, phoneField } from './mapping';

const PAGE = 500;
/** A change is stamped when it is saved and seen when its transaction ends. */
const OVERLAP_MS = 10 * 60_000;

interface Place {
  /** From here on everything is read again in the next drain. */
  readonly sinceMs: number;
  /** When this drain began. */
  readonly beganMs: number;
  /** The last row that was read: its stamp and its id, for several rows have the same second. */
  readonly at: string;
  readonly id: string;
}

function placeIn(state: FeedState | undefined, { since, now }: PullContext): Place {
  const began = typeof state?.began === 'number' ? state.began : now;
  return {
    sinceMs: typeof state?.since === 'number' ? state.since : since,
    beganMs: began,
    at: typeof state?.at === 'string' ? state.at : '',
    id: typeof state?.id === 'string' ? state.id : '',
  };
}

function soqlOf({ sinceMs, at, id }: Place, { account }: PullContext): string {
  const fields = new Set(['Id', keyField(account), 'Email', phoneField(account), 'IsDeleted', 'SystemModstamp']);
  for (const [field] of mapped(account)) fields.add(field);
  const from =
    at === ''
      ? `SystemModstamp >= ${utcSeconds(sinceMs)}`
      : `(SystemModstamp > ${at} OR (SystemModstamp = ${at} AND Id > ${quoted(id)}))`;
  const where = `${keyField(account)} != null AND ${from}`;
  return `SELECT ${[...fields].join(', ')} FROM Contact WHERE ${where} ORDER BY SystemModstamp, Id LIMIT ${PAGE}`;
}

export function* pull(state: FeedState | undefined, context: PullContext): Flow<MirrorPage> {
  const place = placeIn(state, context);
  // Deleted contacts are told too.
  const rows = rowsOf(yield* asked(query(context.account, soqlOf(place, context), true)), 'contacts');
  const read = rows.map((row) => rowIn(row, context));
  const last = rows[rows.length - 1];
  const more = rows.length === PAGE && last !== undefined;
  return {
    rows: stillThere(read.flatMap((one) => ('fault' in one ? [] : [one]))),
    faults: read.flatMap((one) => ('fault' in one ? [one] : [])),
    state: more
      ? {
          since: place.sinceMs,
          began: place.beganMs,
          at: utcSeconds(last.isoInstant('SystemModstamp')),
          id: last.str('Id'),
        }
      : { since: Math.max(place.sinceMs, place.beganMs - OVERLAP_MS) },
    more,
  };
}

/** A contact that was deleted and made anew is not gone. */
function stillThere(rows: readonly MirrorRow[]): readonly MirrorRow[] {
  const there = new Set(rows.flatMap(({ leaseId, gone }) => (gone ? [] : [leaseId])));
  return rows.filter(({ leaseId, gone }) => !gone || !there.has(leaseId));
}

function rowIn(row: Json, { account }: PullContext): MirrorRow | MirrorPage['faults'][number] {
  const id = row.word('Id') ?? '';
  try {
    return {
      id: row.str('Id'),
      leaseId: row.str(keyField(account)),
      changedAt: instant(row.isoInstant('SystemModstamp')),
      email: row.opt('Email') ?? '',
      phone: row.opt(phoneField(account)) ?? '',
      fields: fieldsIn(row.as(`contact ${id}`), account),
      ...(row.bool('IsDeleted') ? { gone: true } : {}),
    };
  } catch (error) {
    return { about: `contact ${id}`, fault: faultOf(error) };
  }
}
