/** Where the ledger's values go in this account: pipeline, stages and fields as the test call has found them, kept with the account. */
import type { StandingWord } from '../../domain/standing';
import type { LeaseStatus } from '../../domain/status';
import { fail } from '../../http/faults';
import type { Json } from '../../http/json';
import type { Account } from '../connector';
import { type Field, textOf, wireOf } from './values';

export interface Plan {
  readonly pipeline: number;
  /** The code of the field that holds the lease's id. */
  readonly key: string;
  readonly fields: readonly Field[];
  /** Where a deal of that standing goes. */
  readonly stages: { readonly [Word in StandingWord]?: number };
  /** The stages of the pipeline by their ids. */
  readonly names: Readonly<Record<string, string>>;
}

const KEPT = 'PIPEDRIVE_PLAN_FOUND';

export const kept = (plan: Plan): Account => ({ [KEPT]: JSON.stringify(plan) });

export function planIn(account: Account): Plan | undefined {
  const text = account[KEPT];
  return text ? (JSON.parse(text) as Plan) : undefined;
}

export const planOf = (account: Account): Plan =>
  planIn(account) ??
  fail('rejected', 'It is not known yet where things go at Pipedrive: test the connection on its card.');

/** Under this name the stage stands among the fields that are ours. */
const STAGE = 'Stage';

/** The parameter that makes an answer hold our fields and no others. */
export const ourFields = ({ key, fields }: Plan): string => [key, ...fields.map(({ code }) => code)].join(',');

/** What a standing writes, by the field's name, as it reads back. */
export function written(status: LeaseStatus, account: Account): Readonly<Record<string, string>> {
  const plan = planIn(account);
  if (!plan) return {};
  const stage = plan.stages[status.standing];
  return {
    ...Object.fromEntries(plan.fields.map((field) => [field.name, textOf(field, wireOf(field, status))])),
    ...(stage === undefined ? {} : { [STAGE]: stageName(plan, stage) }),
  };
}

/** What stands in a deal, in the same words; a deal in another pipeline has no stage of ours. */
export const standingIn = (plan: Plan, deal: Json): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(
    plan.fields.map((field) => [field.name, textOf(field, deal.at(`custom_fields.${field.code}`).value)]),
  ),
  ...(deal.int('pipeline_id') === plan.pipeline ? { [STAGE]: stageName(plan, deal.int('stage_id')) } : {}),
});

/** True where a field of ours holds something else. */
export const differs = ({ fields }: Plan, deal: Json, status: LeaseStatus): boolean =>
  fields.some(
    (field) => textOf(field, wireOf(field, status)) !== textOf(field, deal.at(`custom_fields.${field.code}`).value),
  );

const stageName = ({ names }: Plan, stage: number): string => names[stage] ?? `stage ${stage}`;

/** The fields of a deal as Pipedrive takes them. */
export const fieldsFor = (plan: Plan, status: LeaseStatus): Readonly<Record<string, unknown>> =>
  Object.fromEntries(plan.fields.map((field) => [field.code, wireOf(field, status)]));
