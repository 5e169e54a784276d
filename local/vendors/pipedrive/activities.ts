/** Activities of v2: tasks with a day, open or done. */
import { anything, day, flag, listOf, object, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { invalid, notFound } from './errors';
import {
  isOneOf,
  isWithin,
  listReply,
  oneReply,
  orderBy,
  PAGE,
  type Params,
  paged,
  paramsOf,
  withoutNulls,
} from './lists';
import { type Activity, type Desk, iso, newId, type PipedriveState, toSecond } from './state';

const MEMBERS = object({
  'subject?': text({ max: 255 }),
  'type?': text(),
  'owner_id?': whole,
  'deal_id?': whole,
  'lead_id?': text(),
  'person_id?': whole,
  'org_id?': whole,
  'project_id?': whole,
  'due_date?': day,
  'due_time?': text({ like: /^\d{2}:\d{2}(?::\d{2})?$/ }),
  'duration?': text({ like: /^\d{2}:\d{2}(?::\d{2})?$/ }),
  'busy?': flag,
  'done?': flag,
  'location?': anything,
  'participants?': listOf(object({ person_id: whole, 'primary?': flag })),
  'attendees?': listOf(anything),
  'public_description?': text(),
  'priority?': whole,
  'note?': text(),
});

const SHOWN: Params = { include_fields: ['attendees'] };
const LIST: Params = {
  ...PAGE,
  ...orderBy('id', 'update_time', 'add_time', 'due_date'),
  ...SHOWN,
  ...{ ids: 'ids', owner_id: 'whole', deal_id: 'whole', person_id: 'whole', done: 'flag' },
  ...{ updated_since: 'time', updated_until: 'time' },
};

type Members = Readonly<Record<string, unknown>>;

/** What is kept as it was sent. The person is read from the participants: `person_id` cannot be written. */
const KEPT = ['subject', 'type', 'deal_id', 'due_date', 'due_time', 'duration', 'busy', 'priority', 'note'];

function checkFit({ state }: Desk, members: Members): void {
  const complaint = MEMBERS(members, '');
  if (complaint) throw invalid(`${complaint.at}: ${complaint.what}, ${complaint.wanted} expected`);
  const { type, deal_id: deal, owner_id: owner } = members;
  if (type !== undefined && !state.activityTypes.includes(String(type))) throw invalid(`type: no type ${String(type)}`);
  if (deal !== undefined && !state.deals.some(({ id, isDeleted }) => id === deal && !isDeleted))
    throw invalid(`deal_id: no deal ${String(deal)}`);
  if (owner !== undefined && !state.users.some(({ id }) => id === owner)) throw invalid('owner_id: no such user');
  const people = (members.participants ?? []) as { person_id: number }[];
  const stranger = people.find(({ person_id }) => !state.persons.some(({ id }) => id === person_id));
  if (stranger) throw invalid(`participants: no person ${stranger.person_id}`);
}

export function createActivity(desk: Desk, members: Members): Activity {
  checkFit(desk, members);
  const now = toSecond(desk.nowMs);
  const activity: Activity = {
    ...{ id: newId(desk.state, 'activity'), owner: desk.user, creator: desk.user, addedMs: now, updatedMs: now },
    ...{ doneMs: null, isDeleted: false, person: null },
    members: { subject: 'Call', type: desk.state.activityTypes[0] },
  };
  change(desk, activity, members);
  desk.state.activities.push(activity);
  return activity;
}

export function patchActivity(desk: Desk, activity: Activity, members: Members): Activity {
  checkFit(desk, members);
  change(desk, activity, members);
  return activity;
}

function change({ nowMs }: Desk, activity: Activity, members: Members): void {
  for (const name of KEPT) if (members[name] !== undefined) activity.members[name] = members[name];
  if (typeof members.owner_id === 'number') activity.owner = members.owner_id;
  if (Array.isArray(members.participants)) {
    const all = members.participants as { person_id: number; primary?: boolean }[];
    activity.person = (all.find(({ primary }) => primary) ?? all[0])?.person_id ?? null;
  }
  if (members.done === true) activity.doneMs ??= toSecond(nowMs);
  if (members.done === false) activity.doneMs = null;
  activity.updatedMs = toSecond(nowMs);
}

export function activityOf(state: PipedriveState, id: number): Activity {
  const activity = state.activities.find((one) => one.id === id && !one.isDeleted);
  if (!activity) throw notFound('Activity');
  return activity;
}

export const shownActivity = (activity: Activity): Record<string, unknown> =>
  withoutNulls({
    id: activity.id,
    ...activity.members,
    ...{ owner_id: activity.owner, creator_user_id: activity.creator, is_deleted: activity.isDeleted },
    ...{ add_time: iso(activity.addedMs), update_time: iso(activity.updatedMs), done: activity.doneMs !== null },
    marked_as_done_time: activity.doneMs === null ? null : iso(activity.doneMs),
    person_id: activity.person,
    participants: activity.person === null ? [] : [{ person_id: activity.person, primary: true }],
  });

export function getActivity(state: PipedriveState, id: number, url: URL): SandboxReply {
  paramsOf(url, SHOWN);
  return oneReply(shownActivity(activityOf(state, id)));
}

export function listActivities(state: PipedriveState, url: URL): SandboxReply {
  const given = paramsOf(url, LIST);
  const asked = (want: string | undefined, has: unknown): boolean => want === undefined || want === String(has);
  const rows = state.activities.filter(
    (one) =>
      !one.isDeleted &&
      isOneOf(given.ids, one.id) &&
      isWithin(one.updatedMs, given) &&
      asked(given.owner_id, one.owner) &&
      asked(given.deal_id, one.members.deal_id) &&
      asked(given.person_id, one.person) &&
      asked(given.done, one.doneMs !== null),
  );
  const sorts = {
    update_time: (one: Activity) => one.updatedMs,
    add_time: (one: Activity) => one.addedMs,
    due_date: (one: Activity) => String(one.members.due_date ?? ''),
  };
  const { page, next } = paged(rows, given, sorts);
  return listReply(page.map(shownActivity), next);
}
