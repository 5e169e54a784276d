/** What people change in HubSpot: contacts of ours by their day of change, and one contact beside what we write into it. */
import { type Instant, instant } from '../../domain/values';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import { type Account, asked, type FeedState, type Flow, type PullContext } from '../connector';
import type { MirrorPage, MirrorRow, SampleOf, SampleRow } from '../mirror';
import { MINUTE_MS, readRows } from '../seen';
import { answerIn, KEY, readContacts, searchContacts, textIn } from './api';
import { asWritten, type Place, placesOf, TAKEN } from './fields';
import { knownProperties } from './setup';

const CHANGED = 'lastmodifieddate';
const PAGE = 200;
/** The search's index lags; seconds are what people see. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** The search gives no more than ten thousand results, so it never pages far: each page begins at the moment where the last one ended. */
const MOST_RESULTS = 10_000;

interface Point {
  /** Changed at or after this moment. */
  readonly since: number;
  /** How many of that very moment were read. */
  readonly after: number;
  /** When this drain began. */
  readonly began: number;
}

const placeIn = (state: FeedState | undefined, { since, now }: PullContext): Point => ({
  since: Number(state?.since ?? since),
  after: Number(state?.after ?? 0),
  began: Number(state?.began ?? 0) || now,
});

export function* pull(state: FeedState | undefined, context: PullContext): Flow<MirrorPage> {
  const places = placesOf(context.account);
  const { since, after, began } = placeIn(state, context);
  const reply = yield* asked(
    searchContacts({
      filters: [
        { propertyName: KEY, operator: 'HAS_PROPERTY' },
        { propertyName: CHANGED, operator: 'GTE', value: String(since) },
      ],
      sorts: [CHANGED],
      properties: [KEY, CHANGED, 'email', 'phone', ...places.map(({ to }) => to)],
      limit: PAGE,
      after,
    }),
  );
  const body = answerIn(reply);
  const contacts = body.list('results');
  const { found, faults } = readRows(
    contacts,
    (contact) => `contact ${contact.word('id') ?? '?'}`,
    (contact) => rowIn(contact.as(`contact ${contact.word('id') ?? '?'}`), places),
  );
  const more = body.has('paging.next.after');
  const next = more ? further(contacts, { since, after, began }) : { since: began - OVERLAP_MS, after: 0, began: 0 };
  return { rows: found, state: next, more, faults };
}

/** Results are sorted by change: the next page begins at the last moment, or goes on within it where a page holds no other. */
function further(contacts: readonly Json[], { since, after, began }: Point): FeedState {
  const last = contacts[contacts.length - 1];
  if (!last) return { since, after: bounded(after + PAGE), began };
  const ms = changedAt(last);
  return ms > since ? { since: ms, after: 0, began } : { since, after: bounded(after + contacts.length), began };
}

const bounded = (after: number): number =>
  after + PAGE <= MOST_RESULTS
    ? after
    : fail('malformed', `HubSpot says that more than ${MOST_RESULTS} contacts were changed in one moment.`);

const changedAt = (contact: Json): Instant =>
  contact.at('properties').has(CHANGED)
    ? contact.at('properties').isoInstant(CHANGED)
    : contact.isoInstant('updatedAt');

function rowIn(contact: Json, places: readonly Place[]): MirrorRow | undefined {
  const leaseId = textIn(contact, KEY).trim();
  if (leaseId === '') return undefined;
  const [email, phone] = [textIn(contact, 'email'), textIn(contact, 'phone')];
  return {
    id: contact.str('id'),
    leaseId,
    changedAt: instant(changedAt(contact)),
    ...(email ? { email } : {}),
    ...(phone ? { phone } : {}),
    fields: Object.fromEntries(places.map((place) => [place.to, asWritten(place, textIn(contact, place.to))])),
  };
}

// ---------------------------------------------------------------- one real contact

/** The lease's own contact, or any; with every property that a value can go to. */
export function* sample(of: SampleOf | undefined, _account: Account): Flow<SampleRow | undefined> {
  const known = (yield* knownProperties()).filter(({ name, isReadOnly }) => !isReadOnly && !TAKEN.includes(name));
  const contact = yield* contactFor(of, [...TAKEN, ...known.map(({ name }) => name)]);
  if (!contact) return undefined;
  const name = [textIn(contact, 'firstname'), textIn(contact, 'lastname')].filter((part) => part).join(' ');
  return {
    id: contact.str('id'),
    name: name || textIn(contact, 'email') || contact.str('id'),
    fields: known.map(({ name: field, label }) => ({ field, label, value: textIn(contact, field) })),
  };
}

function* contactFor(of: SampleOf | undefined, properties: readonly string[]): Flow<Json | undefined> {
  if (!of) {
    const any = yield* asked(
      searchContacts({
        filters: [{ propertyName: 'email', operator: 'HAS_PROPERTY' }],
        sorts: [],
        properties,
        limit: 1,
      }),
    );
    return answerIn(any).list('results')[0];
  }
  const [byKey] = answerIn(yield* asked(readContacts([of.leaseId], properties, KEY))).list('results');
  if (byKey || !of.customer) return byKey;
  return answerIn(yield* asked(readContacts([of.customer], properties))).list('results')[0];
}
