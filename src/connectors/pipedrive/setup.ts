/** What the owner enters and chooses, and the test call that finds where everything goes. */
import type { StandingWord } from '../../domain/standing';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account, AccountSeen, Choice, CredentialField, Flow } from '../connector';
import { dataOf, domainOf, every, get, TOKEN } from './api';
import { kept, type Plan } from './plan';
import { type Field, isKeyType, suits, VALUES, WORDS } from './values';

/** A company's tokens for a day and one seat, in units of the lowest plan. */
const PLANS: Readonly<Record<string, number>> = { Lite: 1, Growth: 2, Premium: 5, Ultimate: 7 };

/** Half of what the lowest number of seats has, at ten tokens a call: the other half is for whatever else the company has connected. */
export const perDay = ({ PIPEDRIVE_PLAN: plan = 'Lite' }: Account): number => 1500 * (PLANS[plan] ?? 1);

export const isLite = ({ PIPEDRIVE_PLAN: plan = 'Lite' }: Account): boolean => plan === 'Lite';

const KEY = 'Rent Ledger ID';
const PIPELINE = 'Rent';
export const mapName = (value: string): string => `MAP_${value}`;
const stageField = (word: StandingWord): string => `MAP_STAGE_${word.toUpperCase()}`;

const open = { secret: false, optional: true } as const;

export const fields: readonly CredentialField[] = [
  {
    name: TOKEN,
    label: 'API token',
    help: 'Pipedrive > your name > Personal preferences > API. Leave it empty to sign in with an application of yours',
    optional: true,
  },
  {
    name: 'PIPEDRIVE_CLIENT_ID',
    label: 'Client ID',
    help: 'Pipedrive > Developer Hub > your app > OAuth & access scopes. Only without an API token',
    optional: true,
  },
  {
    name: 'PIPEDRIVE_CLIENT_SECRET',
    label: 'Client secret',
    help: 'Pipedrive > Developer Hub > your app > OAuth & access scopes. It stands below the client ID',
    optional: true,
  },
  {
    name: 'PIPEDRIVE_PLAN',
    label: 'Plan',
    help: 'Pipedrive > Company settings > Billing. It decides how many calls a day are allowed',
    secret: false,
    choices: Object.keys(PLANS),
  },
  {
    ...{ name: 'PIPEDRIVE_PIPELINE', label: 'Pipeline', pick: 'pipelines', ...open },
    help: 'In which each lease has a deal. When left empty: the one called "Rent", or the only one there is',
  },
  {
    ...{ name: 'PIPEDRIVE_TASK_TYPE', label: 'Type of tasks', ...open },
    help: 'Only if your account has no activity type "task": the key of another, such as "call"',
  },
  {
    ...{ name: mapName('KEY'), label: 'Lease ID', maps: 'Fields', pick: 'fields', ...open },
    help: `A text field of deals, by which a deal is known. "${KEY}" when left empty; it must be there`,
  },
  ...Object.entries(VALUES).map(([value, { label, usual }]) => ({
    ...{ name: mapName(value), label, maps: 'Fields', pick: 'fields', ...open },
    help: `"${usual}" when left empty; where deals have no such field it is not written`,
  })),
  ...WORDS.map((word) => ({
    ...{ name: stageField(word), label: word, maps: 'Stages', pick: 'stages', ...open },
    help: `The stage "${word}" when left empty${fallbackWords(word)}`,
  })),
];

// ---------------------------------------------------------------- stages

/** Pipelines have few stages: what has none of its own goes where it means the least harm. */
function fallbackOf(word: StandingWord): StandingWord | undefined {
  switch (word) {
    case 'partial':
    case 'notice':
      return 'late';
    case 'grace':
    case 'processing':
    case 'plan':
    case 'disputed':
    case 'hold':
      return 'due';
    case 'due':
      return 'paid';
    case 'paid':
    case 'late':
      return undefined;
  }
}

function fallbackWords(word: StandingWord): string {
  const other = fallbackOf(word);
  return other ? `, else that of "${other}"` : '; where there is none no deal is moved';
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

function stageFor(word: StandingWord, account: Account, names: Plan['names']): number | undefined {
  const chosen = account[stageField(word)];
  const wanted = chosen ?? word;
  const found = Object.entries(names).find(([id, name]) => id === wanted || same(name, wanted))?.[0];
  if (found !== undefined) return Number(found);
  if (chosen) return fail('rejected', `The pipeline has no stage "${chosen}" for "${word}"; it has: ${listed(names)}.`);
  const other = fallbackOf(word);
  return other && stageFor(other, account, names);
}

/** Without a stage for each of these a deal that has left the one would stand there for ever. */
const ROOTS: readonly StandingWord[] = ['paid', 'late'];

/** Where each standing goes; nowhere at all where deals could not come back. */
function stagesFor(account: Account, names: Plan['names']): Plan['stages'] {
  const found = WORDS.flatMap((word) => {
    const stage = stageFor(word, account, names);
    return stage === undefined ? [] : [[word, stage] as const];
  });
  const stages: Plan['stages'] = Object.fromEntries(found);
  return ROOTS.every((word) => stages[word] !== undefined) ? stages : {};
}

const listed = (names: Plan['names']): string => Object.values(names).join(', ');

function pipelineIn(account: Account, pipelines: readonly Json[]): Json {
  const wanted = account.PIPEDRIVE_PIPELINE;
  const names = pipelines.map((each) => each.str('name')).join(', ');
  const is = (each: Json, text: string) => String(each.int('id')) === text || same(each.str('name'), text);
  const found = pipelines.find((each) => is(each, wanted ?? PIPELINE));
  if (found) return found;
  if (wanted) return fail('rejected', `Pipedrive has no pipeline "${wanted}"; it has: ${names}.`);
  const [only, another] = pipelines;
  if (only && !another) return only;
  return fail('rejected', `Pipedrive has several pipelines: ${names}. Write the name of the one for rent.`);
}

// ---------------------------------------------------------------- fields

/** By its code or its name, in capitals or not. */
const fieldNamed = (there: readonly Json[], wanted: string): Json | undefined =>
  there.find((each) => each.str('field_code') === wanted) ??
  there.find((each) => isCustom(each) && same(each.str('field_name'), wanted));

const isCustom = (field: Json): boolean => field.bool('is_custom_field');

function keyIn(account: Account, there: readonly Json[]): string {
  const wanted = account[mapName('KEY')] ?? KEY;
  const found = fieldNamed(there, wanted);
  if (!found || !isKeyType(found.str('field_type')))
    return fail(
      'rejected',
      `Deals have no text field "${wanted}". Make one in Pipedrive under Company settings > Data fields > Deal, and connect again.`,
    );
  return found.str('field_code');
}

function fieldFor(value: string, usual: string, account: Account, there: readonly Json[]): Field[] {
  const chosen = account[mapName(value)];
  const found = fieldNamed(there, chosen ?? usual);
  if (!found) return chosen ? fail('rejected', `Deals have no field "${chosen}". Choose another one.`) : [];
  const [name, type] = [found.str('field_name'), found.str('field_type')];
  if (!isCustom(found) || !suits(value, type))
    return fail(
      'rejected',
      `The field "${name}" cannot hold "${usual}": it is of the type ${type}. Choose another one.`,
    );
  const words = type === 'enum' ? { words: wordsOf(name, found) } : {};
  return [{ value, code: found.str('field_code'), name, type, ...words }];
}

/** Every word must have its option: a standing that cannot be written would leave the one before it there. */
function wordsOf(name: string, field: Json): Readonly<Record<string, string>> {
  const options = field.items('options');
  const words = Object.fromEntries(
    options.map((each) => {
      const label = each.str('label');
      return [String(each.int('id')), WORDS.find((word) => same(word, label)) ?? label];
    }),
  );
  const lacking = WORDS.filter((word) => !Object.values(words).includes(word));
  if (lacking.length === 0) return words;
  return fail(
    'rejected',
    `The field "${name}" lacks options: ${lacking.join(', ')}. Add them, or choose a text field.`,
  );
}

// ---------------------------------------------------------------- the test call

const dealFields = (account: Account): Flow<Json[]> => every(account, 'v2/dealFields', {}, 'deal field');
const pipelinesOf = (account: Account): Flow<Json[]> => every(account, 'v2/pipelines', {}, 'pipeline');

function* stagesOf(account: Account, pipeline?: number): Flow<Json[]> {
  return yield* every(account, 'v2/stages', { pipeline_id: pipeline, sort_by: 'order_nr' }, 'stage');
}

/** Finds company, pipeline, stages and fields, and says where deals cannot be moved. */
export function* test(account: Account): Flow<AccountSeen> {
  const me = yield* dataOf(get(account, 'v1/users/me'), 'user');
  const domain = domainOf({ PIPEDRIVE_DOMAIN: `https://${me.str('company_domain')}.pipedrive.com` });
  const pipeline = pipelineIn(account, yield* pipelinesOf(account));
  const rows = yield* stagesOf(account, pipeline.int('id'));
  const names = Object.fromEntries(rows.map((stage) => [String(stage.int('id')), stage.str('name')]));
  const there = yield* dealFields(account);
  const stages = stagesFor(account, names);
  const plan: Plan = {
    pipeline: pipeline.int('id'),
    key: keyIn(account, there),
    fields: Object.entries(VALUES).flatMap(([value, { usual }]) => fieldFor(value, usual, account, there)),
    stages,
    names,
  };
  const moves = stages.paid === undefined ? `; deals are not moved: it needs stages for ${ROOTS.join(' and ')}` : '';
  return {
    name: `${me.str('company_name')}, pipeline ${pipeline.str('name')}${moves}`,
    mode: 'live',
    found: { PIPEDRIVE_DOMAIN: domain, ...kept(plan) },
  };
}

// ---------------------------------------------------------------- lists to choose from

const choiceOf = (row: Json): Choice => ({ id: String(row.int('id')), name: row.str('name') });

export const lists = {
  *pipelines(account: Account): Flow<readonly Choice[]> {
    return (yield* pipelinesOf(account)).map(choiceOf);
  },
  *stages(account: Account): Flow<readonly Choice[]> {
    const pipeline = pipelineIn(account, yield* pipelinesOf(account));
    return (yield* stagesOf(account, pipeline.int('id'))).map(choiceOf);
  },
  *fields(account: Account): Flow<readonly Choice[]> {
    return (yield* dealFields(account)).filter(isCustom).map((field) => ({
      ...{ id: field.str('field_code'), name: field.str('field_name'), note: noteOf(field.str('field_type')) },
    }));
  },
};

/** What could stand in a field of that type. */
function noteOf(type: string): string {
  const able = Object.keys(VALUES).filter((value) => suits(value, type));
  if (able.length === Object.keys(VALUES).length) return 'text: for anything';
  if (able.length === 0) return `${type}: for nothing of ours`;
  return `${type}: for ${able.map((value) => VALUES[value]?.label.toLowerCase()).join(', ')}`;
}
