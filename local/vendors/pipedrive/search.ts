/** The searches: deals and persons by some of their texts, and any of the two by one field. */
import type { SandboxReply } from '../sandbox';
import { invalid } from './errors';
import { type Given, listReply, PAGE, type Params, paged, paramsOf, sizeOf } from './lists';
import { knownTexts } from './search-index';
import type { Deal, Person, PipedriveState } from './state';

const MOST = 100;

const DEALS: Params = {
  ...PAGE,
  ...{ term: 'text', fields: 'text', exact_match: 'flag', person_id: 'whole', organization_id: 'whole' },
  ...{ status: ['open', 'won', 'lost'], include_fields: ['deal.cc_email'] },
};
const PERSONS: Params = {
  ...PAGE,
  ...{
    term: 'text',
    fields: 'text',
    exact_match: 'flag',
    organization_id: 'whole',
    include_fields: ['person.picture'],
  },
};
const BY_FIELD: Params = {
  ...PAGE,
  ...{ term: 'text', field: 'text', match: ['exact', 'beginning', 'middle'], entity_type: ['deal', 'person'] },
};

/** The term, long enough for its kind of search. */
function termOf({ term = '' }: Given, isExact: boolean): string {
  const least = isExact ? 1 : 2;
  if (term.trim().length < least) throw invalid(`query parameter "term" must have at least ${least} characters`);
  return term;
}

function fieldsOf({ fields }: Given, allowed: readonly string[]): readonly string[] {
  const wanted = fields?.split(',') ?? allowed;
  const stranger = wanted.find((field) => !allowed.includes(field));
  if (stranger !== undefined) throw invalid(`query parameter "fields" must not have ${stranger}`);
  return wanted;
}

interface Found<Row> {
  readonly id: number;
  readonly row: Row;
}

function found<Row extends Deal | Person>(
  state: PipedriveState,
  kind: 'deal' | 'person',
  rows: readonly Row[],
  given: Given,
  allowed: readonly string[],
  nowMs: number,
): readonly Found<Row>[] {
  const isExact = given.exact_match === 'true';
  const term = termOf(given, isExact).toLowerCase();
  const fields = fieldsOf(given, allowed);
  return rows.flatMap((row) => {
    const texts = knownTexts(state, `${kind} ${row.id}`, nowMs);
    const said = texts ? fields.flatMap((field) => texts[field] ?? []).map((each) => each.toLowerCase()) : [];
    return said.some((each) => (isExact ? each === term : each.includes(term))) ? [{ id: row.id, row }] : [];
  });
}

/** A wide net is cast over the order of ids: how Pipedrive ranks is nobody's business but its own. */
function reply<Row>(hits: readonly Found<Row>[], given: Given, shown: (row: Row) => unknown): SandboxReply {
  sizeOf(given, MOST);
  const { page, next } = paged(hits, given, {});
  return listReply({ items: page.map(({ row }) => ({ result_score: 1.2, item: shown(row) })) }, next);
}

export function searchDeals(state: PipedriveState, url: URL, nowMs: number): SandboxReply {
  const given = paramsOf(url, DEALS);
  const hits = found(state, 'deal', state.deals, given, ['title', 'notes', 'custom_fields'], nowMs).filter(
    ({ row }) =>
      (given.person_id === undefined || given.person_id === String(row.person)) &&
      (given.status === undefined || given.status === row.status),
  );
  return reply(hits, given, (deal) => shownHit(state, deal, nowMs));
}

/** A hit tells the texts of the custom fields, and not which field each is of. */
function shownHit(state: PipedriveState, deal: Deal, nowMs: number): Record<string, unknown> {
  const person = state.persons.find(({ id }) => id === deal.person);
  const stage = state.stages.find(({ id }) => id === deal.stage);
  return {
    ...{ id: deal.id, type: 'deal', title: deal.title, value: deal.value, currency: deal.currency },
    ...{ status: deal.status, visible_to: deal.visibleTo, owner: { id: deal.owner } },
    stage: { id: deal.stage, name: stage?.name ?? '' },
    person: person ? { id: person.id, name: `${person.first} ${person.last}`.trim() } : null,
    organization: null,
    custom_fields: knownTexts(state, `deal ${deal.id}`, nowMs)?.custom_fields ?? [],
    notes: [],
    is_archived: deal.isArchived,
  };
}

export function searchPersons(state: PipedriveState, url: URL, nowMs: number): SandboxReply {
  const given = paramsOf(url, PERSONS);
  const allowed = ['custom_fields', 'email', 'notes', 'phone', 'name'];
  const hits = found(state, 'person', state.persons, given, allowed, nowMs);
  return reply(hits, given, ({ id, first, last, phones, emails, owner }) => ({
    ...{ id, type: 'person', name: `${first} ${last}`.trim(), visible_to: 3, owner: { id: owner } },
    ...{ phones: phones.map(({ value }) => value), emails: emails.map(({ value }) => value) },
    ...{ custom_fields: [], notes: [] },
  }));
}

/** By one field, where small and capital letters differ. Each hit has its id and the field's text. */
export function searchByField(state: PipedriveState, url: URL, nowMs: number): SandboxReply {
  const given = paramsOf(url, BY_FIELD);
  const { entity_type: kind, field, match = 'exact' } = given;
  if (kind === undefined || field === undefined)
    throw invalid('query parameters "entity_type" and "field" are required');
  const term = termOf(given, match === 'exact');
  const fits = (text: string): boolean =>
    match === 'exact' ? text === term : match === 'beginning' ? text.startsWith(term) : text.includes(term);
  const rows = kind === 'deal' ? state.deals : state.persons;
  const hits = rows.flatMap(({ id }) => {
    const text = knownTexts(state, `${kind} ${id}`, nowMs)?.[field]?.find(fits);
    return text === undefined ? [] : [{ id, text }];
  });
  sizeOf(given, MOST);
  const { page, next } = paged(hits, given, {});
  return listReply(
    page.map(({ id, text }) => ({ id, [field]: text })),
    next,
  );
}
