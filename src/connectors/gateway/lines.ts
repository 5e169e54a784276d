/** Charges and payments as a gateway lists them, page by page, and each as a line in words of our own. */
import type { Cents, Day } from '../../domain/values';
import { bodyOf } from '../../http/body';
import { getFrom, type Param, withQuery } from '../../http/encode';
import { fail } from '../../http/faults';
import { Json } from '../../http/json';
import { everyPage, type Page } from '../../http/paging';
import type { HttpReply, HttpRequest } from '../../ports';
import type { Flow } from '../connector';
import type { Asked, Kind, Profile } from './profile';
import { amountIn, dayIn, idIf, idIn, textIf } from './wire';

const PAGE = 100;
const MAX_PAGES = 400;

export type LineState = 'settled' | 'pending' | 'returned' | 'reversed';

export interface Line {
  readonly id: string;
  readonly kind: Kind;
  /** The tenant or lease that it is of, whichever the system keeps money by. */
  readonly customer: string | undefined;
  readonly amountCents: Cents;
  readonly day: Day;
  readonly state: LineState;
  readonly reference: string | undefined;
  readonly reverses: string | undefined;
  readonly method: string | undefined;
  readonly text: string | undefined;
}

// ---------------------------------------------------------------- lists

export type Question = { readonly [Part in Asked]?: string | number };

const origin = (base: string): string => /^https:\/\/[^/]+/.exec(base)?.[0] ?? base;

/** One page; `next` is what the page before led on by. */
function ask(profile: Profile, path: string, question: Question, next?: string | number): HttpRequest {
  const { base, list, ask: names } = profile;
  if (list.nextIs === 'path' && next !== undefined) return getFrom(followed(base, String(next)));
  const all: Question = { ...question, page: next ?? 1, pageSize: PAGE };
  const asked = Object.entries(all).flatMap(([part, value]): [string, Param][] => {
    const name = names[part as Asked];
    return name ? [[name, value]] : [];
  });
  return getFrom(withQuery(base + path, Object.fromEntries(asked)));
}

/** Never to another host than the one that has the key. */
function followed(base: string, next: string): string {
  if (next.startsWith('/') && !next.startsWith('//')) return origin(base) + next;
  if (next === origin(base) || next.startsWith(`${origin(base)}/`)) return next;
  return fail('malformed', `The next page is at ${next}, which is not at the gateway.`);
}

function pageOf({ list }: Profile, root: string, reply: HttpReply, at?: string | number): Page<Json, string | number> {
  const body = bodyOf(reply, 'list');
  const items = root === '.' ? new Json({ rows: body.value }, 'list').list('rows') : body.list(root);
  if (root === '.' || !body.has(list.next)) return { items };
  if (list.nextIs === 'pages') {
    const page = Number(at ?? 1);
    return { items, next: page < body.int(list.next) ? page + 1 : undefined };
  }
  const { value } = body.at(list.next);
  if (value === '' || value === false) return { items };
  if (typeof value === 'number' || typeof value === 'string') return { items, next: value };
  return body.at(list.next).wrong('what leads to the next page');
}

/** All rows of a list. */
export const everyRow = (profile: Profile, path: string, root: string, question: Question): Flow<readonly Json[]> =>
  everyPage<Json, string | number>(
    (next) => ask(profile, path, question, next),
    (reply, at) => pageOf(profile, root, reply, at),
    MAX_PAGES,
  );

/** The rows of one page. */
export function* firstRows(profile: Profile, path: string, root: string): Flow<readonly Json[]> {
  const [reply] = yield [ask(profile, path, {})];
  return pageOf(profile, root, reply as HttpReply).items;
}

/** Rows of one kind between two days, or with one reference. Where both kinds lie on one path those of the other are left out. */
export function* rowsOf(
  profile: Profile,
  kind: Kind,
  question: { readonly from?: Day; readonly to?: Day; readonly reference?: string },
): Flow<readonly Json[]> {
  const { from, to, reference } = question;
  const asked = { ...(from ? { from, since: from } : {}), ...(to ? { to } : {}), ...(reference ? { reference } : {}) };
  const rows = yield* everyRow(profile, profile.paths[kind], profile.list.lines, asked);
  return rows.filter((row) => isOf(profile, kind, row)).map((row) => named(profile, row));
}

/** Neither is another kind than ours taken for one of the two, nor left out unseen: {@link lineIn} refuses it. */
function isOf({ paths, charge, payment }: Profile, kind: Kind, row: Json): boolean {
  const name = kind === 'charge' ? charge.type : payment.type;
  if (paths.charge !== paths.payment || !name) return true;
  return String(row.at(name).value).toLowerCase() !== (kind === 'charge' ? 'payment' : 'charge');
}

const named = ({ answer }: Profile, row: Json): Json => row.as(`line ${aboutRow(row, answer.id)}`);

/** How a row is called in a fault, whatever it is. */
export const aboutRow = (row: Json, name: string): string => {
  const { value } = name === '' ? row : row.at(name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '(without an id)';
};

// ---------------------------------------------------------------- one line

/** In lower case. What staff take back themselves is no return by a bank, for which a fee could be due. */
const STATES: Readonly<Record<string, LineState>> = {
  posted: 'settled',
  settled: 'settled',
  cleared: 'settled',
  complete: 'settled',
  completed: 'settled',
  open: 'settled',
  paid: 'settled',
  partial: 'settled',
  pending: 'pending',
  unposted: 'pending',
  processing: 'pending',
  nsf: 'returned',
  returned: 'returned',
  bounced: 'returned',
  reversed: 'reversed',
  void: 'reversed',
  voided: 'reversed',
  deleted: 'reversed',
  cancelled: 'reversed',
  canceled: 'reversed',
};

/** Throws a `malformed` fault that names the field. */
export function lineIn(profile: Profile, kind: Kind, row: Json): Line {
  const names = profile[kind];
  const { id, status, reverses } = profile.answer;
  const needed = (part: 'amount' | 'date'): string =>
    names[part] ?? fail('rejected', `The mapping has no name for the ${part} of a ${kind}.`);
  if (names.type && profile.paths.charge === profile.paths.payment) wordIn(row, names.type, { [kind]: kind });
  return {
    id: idIn(row, id),
    kind,
    customer: idIf(row, names[profile.key]),
    amountCents: amountIn(profile, kind, row, needed('amount')),
    day: dayIn(profile, row, needed('date')),
    state: status === '' ? 'settled' : wordIn(row, status, STATES),
    reference: textIf(row, names.reference),
    reverses: idIf(row, reverses),
    method: textIf(row, names.method),
    text: textIf(row, names.text),
  };
}

/** What the map says of a word, whatever its case. One that it does not name is a fault, never a default. */
export function wordIn<T>(row: Json, name: string, map: Readonly<Record<string, T>>): T {
  const word = row.str(name).trim().toLowerCase();
  const found = Object.entries(map).find(([each]) => each === word);
  return found ? found[1] : row.at(name).wrong(`one of ${Object.keys(map).join(', ')}`);
}
