/** One real deal with every field that could be mapped, for the mapping's screen. */
import type { Json } from '../../http/json';
import { type Account, asked, type Flow } from '../connector';
import type { SampleOf, SampleRow } from '../mirror';
import { every, get, pageIn } from './api';
import { planIn } from './plan';
import { textOf } from './values';

/** The lease's deal where it has one, or the one that changed last. */
export function* sample(of: SampleOf | undefined, account: Account): Flow<SampleRow | undefined> {
  const deal = (yield* ofLease(of, account)) ?? (yield* anyDeal(account));
  if (!deal) return undefined;
  const fields = (yield* every(account, 'v2/dealFields', {}, 'deal field')).filter((field) =>
    field.bool('is_custom_field'),
  );
  return {
    id: String(deal.int('id')),
    name: deal.str('title'),
    fields: fields.map((field) => {
      const [code, type] = [field.str('field_code'), field.str('field_type')];
      const value = textOf({ type, words: labelsOf(field) }, deal.at(`custom_fields.${code}`).value);
      return { field: code, label: field.str('field_name'), value };
    }),
  };
}

const labelsOf = (field: Json): Readonly<Record<string, string>> =>
  Object.fromEntries(field.items('options').map((each) => [String(each.at('id').value), each.str('label')]));

function* ofLease(of: SampleOf | undefined, account: Account): Flow<Json | undefined> {
  if (!of || !/^\d{1,15}$/.test(of.customer)) return undefined;
  const { items } = pageIn(yield* asked(get(account, 'v2/deals', { ids: of.customer })), 'deal');
  const [deal] = items;
  const key = planIn(account)?.key;
  return key === undefined || deal?.at(`custom_fields.${key}`).value === of.leaseId ? deal : undefined;
}

function* anyDeal(account: Account): Flow<Json | undefined> {
  const pipeline = planIn(account)?.pipeline;
  const params = { pipeline_id: pipeline, sort_by: 'update_time', sort_direction: 'desc', limit: 1 };
  return pageIn(yield* asked(get(account, 'v2/deals', params)), 'deal').items[0];
}
