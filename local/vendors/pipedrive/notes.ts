/** Notes, which only v1 has: HTML on a deal or a person, cleaned before it is kept, and listed by an offset. */
import { jsonBody, jsonReply, mediaType } from '../kit/reply';
import { object, type Rule, text, whole } from '../kit/strict';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { refusedV1 } from './errors';
import { type Desk, type Note, newId, type PipedriveState, plain, toSecond } from './state';

const zeroOrOne: Rule = (value, at) =>
  value === 0 || value === 1 ? undefined : { at, what: 'invalid', wanted: '0 or 1' };

const MEMBERS = object({
  content: text({ min: 1, max: 100_000 }),
  'deal_id?': whole,
  'person_id?': whole,
  'user_id?': whole,
  'add_time?': text({ like: /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/ }),
  'pinned_to_deal_flag?': zeroOrOne,
  'pinned_to_person_flag?': zeroOrOne,
});

const KEPT_TAGS = ['p', 'br', 'b', 'strong', 'i', 'em', 'u', 'ul', 'ol', 'li', 'a', 'div', 'span'];

/** Scripts, comments, strange tags and what elements do by themselves are taken out. */
export const cleaned = (html: string): string =>
  html
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<\/?([a-z0-9]+)([^>]*)>/gi, (tag, name: string, rest: string) => {
      if (!KEPT_TAGS.includes(name.toLowerCase())) return '';
      return tag.replace(rest, rest.replace(/\s(?:on\w+|style|class)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, ''));
    });

export function createNote(desk: Desk, request: SandboxRequest): SandboxReply {
  const { state, user, nowMs } = desk;
  const body = mediaType(request) === 'application/json' ? jsonBody(request) : undefined;
  const complaint = MEMBERS(body, '');
  if (complaint) throw refusedV1(400, `${complaint.at || 'body'}: ${complaint.what}, ${complaint.wanted} expected`);
  const members = body as Record<string, unknown>;
  const deal = (members.deal_id as number | undefined) ?? null;
  const person = (members.person_id as number | undefined) ?? null;
  if (deal === null && person === null)
    throw refusedV1(400, 'One of deal_id, person_id, org_id or lead_id is required');
  if (deal !== null && !state.deals.some(({ id, isDeleted }) => id === deal && !isDeleted))
    throw refusedV1(404, 'Deal not found');
  if (person !== null && !state.persons.some(({ id, isDeleted }) => id === person && !isDeleted))
    throw refusedV1(404, 'Person not found');
  const now = toSecond(nowMs);
  const note: Note = {
    ...{ id: newId(state, 'note'), content: cleaned(String(members.content)), user, deal, person, isActive: true },
    ...{ isPinnedToDeal: members.pinned_to_deal_flag === 1, isPinnedToPerson: members.pinned_to_person_flag === 1 },
    ...{ addedMs: now, updatedMs: now },
  };
  state.notes.push(note);
  return jsonReply(200, { success: true, data: shownNote(desk, note) });
}

function shownNote({ state, user }: Desk, note: Note): Record<string, unknown> {
  const author = state.users.find(({ id }) => id === note.user);
  const deal = state.deals.find(({ id }) => id === note.deal);
  const person = state.persons.find(({ id }) => id === note.person);
  return {
    ...{ id: note.id, active_flag: note.isActive, content: note.content, user_id: note.user },
    ...{ add_time: plain(note.addedMs), update_time: plain(note.updatedMs), last_update_user_id: note.user },
    ...(deal ? { deal_id: deal.id, deal: { title: deal.title } } : {}),
    ...(person ? { person_id: person.id, person: { name: `${person.first} ${person.last}`.trim() } } : {}),
    ...{ pinned_to_deal_flag: note.isPinnedToDeal, pinned_to_person_flag: note.isPinnedToPerson },
    ...{ pinned_to_organization_flag: false, pinned_to_project_flag: false },
    user: { email: author?.email ?? '', icon_url: '', is_you: note.user === user, name: author?.name ?? '' },
  };
}

const FILTERS = [
  'user_id',
  'deal_id',
  'person_id',
  'start',
  'limit',
  'sort',
  'start_date',
  'end_date',
  'updated_since',
];
const SORTS: Readonly<Record<string, (note: Note) => number>> = {
  id: ({ id }) => id,
  add_time: ({ addedMs }) => addedMs,
  update_time: ({ updatedMs }) => updatedMs,
};

export function listNotes(desk: Desk, url: URL): SandboxReply {
  const query = url.searchParams;
  for (const name of query.keys()) if (!FILTERS.includes(name)) throw refusedV1(400, `Unknown parameter ${name}`);
  const rows = sorted(desk.state, query.get('sort') ?? 'id ASC').filter((note) => passes(note, query));
  const start = numberIn(query, 'start') ?? 0;
  const limit = Math.min(500, numberIn(query, 'limit') ?? 100);
  const more = rows.length > start + limit;
  const pagination = { start, limit, more_items_in_collection: more, ...(more ? { next_start: start + limit } : {}) };
  const data = rows.slice(start, start + limit).map((note) => shownNote(desk, note));
  return jsonReply(200, { success: true, data, additional_data: { pagination } });
}

function numberIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw refusedV1(400, `${name} must be a whole number`);
  return Number(value);
}

function sorted(state: PipedriveState, sort: string): Note[] {
  const [, field = '', direction] = /^(\w+) (ASC|DESC)$/i.exec(sort) ?? [];
  const of = SORTS[field];
  if (!of) throw refusedV1(400, 'sort must be a field name and ASC or DESC');
  const sign = direction?.toUpperCase() === 'DESC' ? -1 : 1;
  return [...state.notes].sort((a, b) => sign * (of(a) - of(b) || a.id - b.id));
}

function passes(note: Note, query: URLSearchParams): boolean {
  const asked = (name: string, has: number | null) => !query.has(name) || query.get(name) === String(has);
  const since = query.get('updated_since');
  const day = plain(note.addedMs).slice(0, 10);
  return (
    note.isActive &&
    asked('user_id', note.user) &&
    asked('deal_id', note.deal) &&
    asked('person_id', note.person) &&
    (since === null || note.updatedMs >= Date.parse(since)) &&
    (query.get('start_date') ?? '') <= day &&
    day <= (query.get('end_date') ?? '9')
  );
}
