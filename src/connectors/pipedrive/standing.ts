/** The standing of leases: each has a deal, which goes to the stage of its standing and bears our figures. */
import type { LeaseStatus } from '../../domain/status';
import type { LeaseId } from '../../domain/values';
import { faultOf, raise } from '../../http/faults';
import type { Json } from '../../http/json';
import { together } from '../../http/paging';
import type { Fault } from '../../http/types';
import type { Account, Effect, EffectContext, Flow } from '../connector';
import { standingTold } from '../told';
import { dataOf, pageOf, send } from './api';
import { type Deal, dealsOf, oneOf } from './deals';
import { changesOf, personsBy, personsFor, residentOf } from './persons';
import { differs, fieldsFor, type Plan, planOf } from './plan';

/** A wave of three takes some tenths of a second, and a personal token has twenty calls in two. */
const MOST = 20;

interface Row {
  readonly status: LeaseStatus;
  readonly deal: Deal | undefined;
}

type Result = { readonly value: string } | { readonly fault: Fault };

function* run(contexts: readonly EffectContext[]): Flow<readonly (string | Fault)[]> {
  const { account, now } = contexts[0] as EffectContext;
  const told = contexts.map(({ payload }) => valueOr(() => standingTold(payload)));
  const newest = new Map(told.flatMap((each) => ('leaseId' in each ? [[each.leaseId, each] as const] : [])));
  const found = yield* dealsOf(account, [...newest.values()], now);
  const results = new Map<LeaseId, Result>();
  const rows: Row[] = [];
  for (const [lease, status] of newest) {
    const row = valueOr((): Row => ({ status, deal: oneOf(found, lease) }));
    if ('deal' in row) rows.push(row);
    else results.set(lease, { fault: row as Fault });
  }
  const contacts = yield* contactsOf(account, rows);
  const outcomes = yield* together(rows.map((row) => write(account, row, contacts(row))));
  rows.forEach(({ status }, at) => {
    results.set(status.leaseId, outcomes[at] as Result);
  });
  return told.map((status) => {
    if (!('leaseId' in status)) return status;
    const result = results.get(status.leaseId) as Result;
    return 'value' in result ? result.value : result.fault;
  });
}

/** What is wrong with one row is that row's. */
function valueOr<T>(read: () => T): T | Fault {
  try {
    return read();
  } catch (error) {
    return faultOf(error);
  }
}

/** The contacts of deals that are made now, and of those where the lease says that they have changed here. */
function* contactsOf(account: Account, rows: readonly Row[]): Flow<(row: Row) => Contact> {
  const telling = rows.filter(({ status, deal }) => !deal || (status.contact === 'write' && !deal.isArchived));
  const ids = telling.flatMap(({ deal }) => deal?.person ?? []);
  const there = ids.length > 0 ? yield* personsBy(account, ids) : new Map<number, Json>();
  const personOf = ({ deal }: Row) => (deal?.person === undefined ? undefined : there.get(deal.person));
  const without = telling.filter((row) => personOf(row) === undefined);
  const made = yield* personsFor(
    account,
    without.map(({ status }) => residentOf(status)),
  );
  return (row) => {
    if (!telling.includes(row)) return {};
    const resident = residentOf(row.status);
    const person = personOf(row);
    if (person) return { person: person.int('id'), changes: changesOf(person, resident) };
    const result = made.get(resident.email);
    if (result && 'fault' in result) return { fault: result.fault };
    return { link: result?.value };
  };
}

interface Contact {
  /** A contact that the deal is to have. */
  readonly link?: number | undefined;
  /** What is to be changed in the one that it has. */
  readonly person?: number;
  readonly changes?: object | undefined;
  readonly fault?: Fault;
}

function* write(account: Account, { status, deal }: Row, contact: Contact): Flow<string> {
  const plan = planOf(account);
  if (contact.fault) return raise(contact.fault);
  if (contact.changes) yield* dataOf(send('PATCH', account, `v2/persons/${contact.person}`, contact.changes), 'person');
  if (!deal) {
    const made = yield* dataOf(send('POST', account, 'v2/deals', newDeal(plan, status, contact)), 'deal');
    return refOf(account, made.int('id'));
  }
  // A person has put it away: it is left alone until a person gets it back.
  const body = deal.isArchived ? undefined : changeOf(plan, status, deal, contact);
  if (body) yield* dataOf(send('PATCH', account, `v2/deals/${deal.id}`, body), `deal ${deal.id}`);
  return refOf(account, deal.id);
}

const refOf = (account: Account, deal: number): string => `${deal} ${pageOf(account, deal)}`;

const MOST_TITLE = 255;

function titleOf({ residents, unit, property }: LeaseStatus): string {
  const place = unit === '' ? property : `${unit}, ${property}`;
  return (residents === '' ? place : `${place}: ${residents}`).slice(0, MOST_TITLE);
}

const newDeal = (plan: Plan, status: LeaseStatus, { link }: Contact): object => ({
  title: titleOf(status),
  pipeline_id: plan.pipeline,
  ...stageOf(plan, status),
  ...(link === undefined ? {} : { person_id: link }),
  custom_fields: { [plan.key]: status.leaseId, ...fieldsFor(plan, status) },
});

const stageOf = ({ stages }: Plan, { standing }: LeaseStatus): { readonly stage_id?: number } => {
  const stage = stages[standing];
  return stage === undefined ? {} : { stage_id: stage };
};

/**
 * What is to be changed; undefined where all stands there already. A deal that a person has taken into another pipeline keeps its
 * stage, and a title that somebody has written is kept with the contact.
 */
function changeOf(plan: Plan, status: LeaseStatus, deal: Deal, { link }: Contact): object | undefined {
  const stage = stageOf(plan, status).stage_id;
  const moves = stage !== undefined && stage !== deal.stage && deal.pipeline === plan.pipeline;
  const title = titleOf(status);
  const renames = status.contact === 'write' && deal.json.opt('title') !== title;
  const body = {
    ...(moves ? { stage_id: stage } : {}),
    ...(differs(plan, deal.json, status) ? { custom_fields: fieldsFor(plan, status) } : {}),
    ...(link === undefined || link === deal.person ? {} : { person_id: link }),
    ...(renames ? { title } : {}),
  };
  return Object.keys(body).length > 0 ? body : undefined;
}

export const standing: Effect = {
  once: 'lookup',
  batch: { most: MOST, together: () => 'standing', run },
  *run(context) {
    const [outcome] = yield* run([context]);
    return typeof outcome === 'string' ? outcome : raise(outcome as Fault);
  },
  link: (ref) => ({ kind: 'customer', externalId: ref.split(' ')[0] as string }),
};
