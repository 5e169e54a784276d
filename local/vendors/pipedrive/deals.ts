/** Deals of v2: made, moved from stage to stage, won or lost, read and listed. */
import { amount, anything, day, flag, listOf, object, type Rule, text, whole } from '../kit/strict';
import type { SandboxReply } from '../sandbox';
import { invalid, notFound } from './errors';
import { checkCustom } from './fields';
import {
  type Given,
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
import { remember } from './search-index';
import { type Deal, type Desk, iso, newId, type PipedriveState, type Stage, toSecond } from './state';

const orNull =
  (rule: Rule): Rule =>
  (value, at) =>
    value === null ? undefined : rule(value, at);

const STATUSES = ['open', 'won', 'lost'];
const title = text({ min: 1, max: 255 });

const MEMBERS: Readonly<Record<string, Rule>> = {
  'owner_id?': whole,
  'person_id?': orNull(whole),
  'org_id?': orNull(whole),
  'pipeline_id?': whole,
  'stage_id?': whole,
  'value?': amount(10),
  'currency?': text({ like: /^[A-Z]{3}$/ }),
  'is_deleted?': flag,
  'is_archived?': flag,
  'archive_time?': text(),
  'status?': text(),
  'probability?': orNull(amount()),
  'lost_reason?': orNull(text({ max: 150 })),
  'visible_to?': whole,
  'close_time?': orNull(text()),
  'won_time?': text(),
  'lost_time?': text(),
  'expected_close_date?': orNull(day),
  'label_ids?': listOf(whole),
  'custom_fields?': anything,
};
const CREATE = object({ title, ...MEMBERS });
const PATCH = object({ 'title?': title, ...MEMBERS });

const SHOWN: Params = {
  include_fields: 'text',
  custom_fields: 'text',
  include_option_labels: ['false'],
  include_labels: ['false'],
};
const MOST_KEYS = 15;

export const DEAL_LIST: Params = {
  ...PAGE,
  ...orderBy('id', 'update_time', 'add_time'),
  ...SHOWN,
  ids: 'ids',
  owner_id: 'whole',
  person_id: 'whole',
  pipeline_id: 'whole',
  stage_id: 'whole',
  status: ['open', 'won', 'lost', 'deleted'],
  updated_since: 'time',
  updated_until: 'time',
};

type Members = Readonly<Record<string, unknown>>;

export function createDeal(desk: Desk, members: Members): Deal {
  const { state, user, nowMs } = desk;
  checkFit(CREATE, members);
  const pipeline = (members.pipeline_id as number | undefined) ?? pipelineOf(state, members.stage_id) ?? 1;
  const first = state.stages.find((one) => one.pipeline === pipeline && !one.isDeleted);
  const deal: Deal = {
    ...{
      id: newId(state, 'deal'),
      title: String(members.title),
      owner: user,
      creator: user,
      value: 0,
      currency: 'USD',
    },
    ...{ person: null, pipeline, stage: first?.id ?? 0, status: 'open', visibleTo: 3, labels: [], custom: {} },
    ...{ addedMs: toSecond(nowMs), updatedMs: toSecond(nowMs), stageChangedMs: toSecond(nowMs) },
    ...{ isDeleted: false, isArchived: false, archivedMs: null, probability: null },
    ...{ lostReason: null, closedMs: null, expectedClose: null },
  };
  change(desk, deal, members);
  state.deals.push(deal);
  return deal;
}

export function patchDeal(desk: Desk, deal: Deal, members: Members): Deal {
  checkFit(PATCH, members);
  change(desk, deal, members);
  return deal;
}

function checkFit(rule: Rule, members: Members): void {
  const complaint = rule(members, '');
  if (complaint) throw invalid(`${complaint.at}: ${complaint.what}, ${complaint.wanted} expected`);
}

const pipelineOf = (state: PipedriveState, stage: unknown): number | undefined =>
  state.stages.find(({ id }) => id === stage)?.pipeline;

/** All is checked before anything is changed. */
function change(desk: Desk, deal: Deal, members: Members): void {
  const { state, nowMs } = desk;
  const custom = members.custom_fields === undefined ? {} : checkCustom(state.fields, members.custom_fields);
  const stage = stageFor(state, deal, members);
  checkLinks(state, members);
  const status = statusFor(deal, members);
  if (stage.id !== deal.stage) deal.stageChangedMs = toSecond(nowMs);
  if (status !== deal.status) deal.closedMs = status === 'open' ? null : toSecond(nowMs);
  Object.assign(deal, { pipeline: stage.pipeline, stage: stage.id, status });
  if (status !== 'lost') deal.lostReason = null;
  copy(deal, members);
  for (const [code, value] of Object.entries(custom)) {
    if (value === null) delete deal.custom[code];
    else deal.custom[code] = value;
  }
  if (members.is_archived !== undefined) deal.archivedMs = deal.isArchived ? toSecond(nowMs) : null;
  deal.updatedMs = toSecond(nowMs);
  remember(state, 'deal', deal, nowMs);
}

const COPIED: Readonly<Record<string, keyof Deal>> = {
  title: 'title',
  owner_id: 'owner',
  person_id: 'person',
  value: 'value',
  currency: 'currency',
  is_deleted: 'isDeleted',
  is_archived: 'isArchived',
  probability: 'probability',
  lost_reason: 'lostReason',
  visible_to: 'visibleTo',
  expected_close_date: 'expectedClose',
  label_ids: 'labels',
};

function copy(deal: Deal, members: Members): void {
  for (const [from, to] of Object.entries(COPIED))
    if (members[from] !== undefined) Object.assign(deal, { [to]: members[from] });
}

/** Into another pipeline a deal goes only where both are named and belong together. */
function stageFor(state: PipedriveState, deal: Deal, { stage_id: to, pipeline_id: pipeline }: Members): Stage {
  const all = state.stages.filter(({ isDeleted }) => !isDeleted);
  const wanted = pipeline ?? deal.pipeline;
  if (!state.pipelines.some(({ id, isDeleted }) => id === wanted && !isDeleted))
    throw invalid(`pipeline_id: no pipeline ${wanted}`);
  const target = to ?? (wanted === deal.pipeline ? deal.stage : undefined);
  const found = all.find((one) => (target === undefined ? one.pipeline === wanted : one.id === target));
  if (!found) throw invalid(`stage_id: no stage ${String(to)}`);
  if (found.pipeline !== wanted) throw invalid(`stage_id: stage ${found.id} is not in pipeline ${wanted}`);
  return found;
}

function checkLinks(state: PipedriveState, { person_id: person, owner_id: owner, org_id: org }: Members): void {
  if (typeof person === 'number' && !state.persons.some(({ id, isDeleted }) => id === person && !isDeleted))
    throw invalid(`person_id: no person ${person}`);
  if (typeof org === 'number') throw invalid(`org_id: no organization ${org}`);
  if (typeof owner === 'number' && !state.users.some(({ id }) => id === owner))
    throw invalid(`owner_id: no user ${owner}`);
}

function statusFor(deal: Deal, members: Members): string {
  const status = String(members.status ?? deal.status);
  if (!STATUSES.includes(status)) throw invalid('status: open, won or lost expected');
  if (typeof members.lost_reason === 'string' && status !== 'lost')
    throw invalid('lost_reason: it can be set for a lost deal only');
  const times = { won_time: ['won'], lost_time: ['lost'], close_time: ['won', 'lost'] };
  for (const [name, allowed] of Object.entries(times))
    if (typeof members[name] === 'string' && !allowed.includes(status)) throw invalid(`${name}: the deal is ${status}`);
  return status;
}

export function dealOf(state: PipedriveState, id: number): Deal {
  const deal = state.deals.find((one) => one.id === id);
  if (!deal) throw notFound('Deal');
  return deal;
}

/** With the custom fields that are asked for, or with all; what is not set is null. */
export function shownDeal(state: PipedriveState, deal: Deal, keys?: string): Record<string, unknown> {
  const wanted =
    keys === undefined ? state.fields.filter(({ isCustom }) => isCustom).map(({ code }) => code) : split(keys);
  const closed = (status: string) => (deal.status === status && deal.closedMs !== null ? iso(deal.closedMs) : null);
  return {
    ...{ lost_reason: deal.lostReason, probability: deal.probability },
    close_time: deal.closedMs === null ? null : iso(deal.closedMs),
    ...withoutNulls({
      ...{ id: deal.id, title: deal.title, creator_user_id: deal.creator, owner_id: deal.owner },
      ...{ value: deal.value, currency: deal.currency, person_id: deal.person },
      ...{ pipeline_id: deal.pipeline, stage_id: deal.stage, status: deal.status },
      ...{ add_time: iso(deal.addedMs), update_time: iso(deal.updatedMs), stage_change_time: iso(deal.stageChangedMs) },
      ...{ is_deleted: deal.isDeleted, is_archived: deal.isArchived, visible_to: deal.visibleTo },
      archive_time: deal.archivedMs === null ? null : iso(deal.archivedMs),
      ...{ won_time: closed('won'), lost_time: closed('lost'), expected_close_date: deal.expectedClose },
      ...{ label_ids: deal.labels, origin: 'API' },
    }),
    custom_fields: Object.fromEntries(wanted.map((code) => [code, deal.custom[code] ?? null])),
  };
}

function split(keys: string): string[] {
  const all = keys.split(',');
  if (all.length > MOST_KEYS) throw invalid(`custom_fields: at most ${MOST_KEYS} keys`);
  return all;
}

export function getDeal(state: PipedriveState, id: number, url: URL): SandboxReply {
  const given = paramsOf(url, SHOWN);
  return oneReply(shownDeal(state, dealOf(state, id), given.custom_fields));
}

export function listDeals(state: PipedriveState, url: URL): SandboxReply {
  const given = paramsOf(url, DEAL_LIST);
  const rows = state.deals.filter((deal) => !deal.isArchived && isWithin(deal.updatedMs, given) && passes(deal, given));
  const sorts = { update_time: (deal: Deal) => deal.updatedMs, add_time: (deal: Deal) => deal.addedMs };
  const { page, next } = paged(rows, given, sorts);
  return listReply(
    page.map((deal) => shownDeal(state, deal, given.custom_fields)),
    next,
  );
}

function passes(deal: Deal, given: Given): boolean {
  if (deal.isDeleted !== (given.status === 'deleted')) return false;
  if (given.status !== undefined && !deal.isDeleted && deal.status !== given.status) return false;
  const asked = [
    [given.owner_id, deal.owner],
    [given.person_id, deal.person],
    [given.pipeline_id, deal.pipeline],
    [given.stage_id, deal.stage],
  ];
  return isOneOf(given.ids, deal.id) && asked.every(([want, has]) => want === undefined || want === String(has));
}
