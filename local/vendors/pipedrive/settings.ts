/** What an account is made of: its pipelines, their stages, the fields of deals, and whoever asks. */
import { jsonReply } from '../kit/reply';
import type { SandboxReply } from '../sandbox';
import { shownField } from './fields';
import { listReply, orderBy, PAGE, type Params, paged, paramsOf } from './lists';
import { COMPANY, type Desk, iso, OWNER, type PipedriveState, type Pipeline, plain, type Stage } from './state';

const PIPELINES: Params = { ...PAGE, ...orderBy('id', 'update_time', 'add_time') };
const STAGES: Params = { ...PAGE, ...orderBy('id', 'update_time', 'add_time', 'order_nr'), pipeline_id: 'whole' };

const common = ({ id, name, order, isDeleted, changedMs }: Pipeline): Record<string, unknown> => ({
  ...{ id, name, order_nr: order, is_deleted: isDeleted },
  ...{ add_time: iso(changedMs), update_time: iso(changedMs) },
});

export function listPipelines(state: PipedriveState, url: URL): SandboxReply {
  const given = paramsOf(url, PIPELINES);
  const rows = state.pipelines.filter(({ isDeleted }) => !isDeleted);
  const { page, next } = paged(rows, given, { update_time: ({ changedMs }: Pipeline) => changedMs });
  return listReply(
    page.map((pipeline) => ({ ...common(pipeline), is_deal_probability_enabled: false })),
    next,
  );
}

export function listStages(state: PipedriveState, url: URL): SandboxReply {
  const given = paramsOf(url, STAGES);
  const rows = state.stages.filter(
    ({ pipeline, isDeleted }) =>
      !isDeleted && (given.pipeline_id === undefined || given.pipeline_id === String(pipeline)),
  );
  const { page, next } = paged(rows, given, { order_nr: ({ order }: Stage) => order });
  return listReply(
    page.map((stage) => ({
      ...common(stage),
      ...{ deal_probability: 100, pipeline_id: stage.pipeline, is_deal_rot_enabled: false, days_to_rotten: null },
    })),
    next,
  );
}

/** Fields have no number to sort by: their place in the account is their order. */
export function listDealFields(state: PipedriveState, url: URL): SandboxReply {
  const given = paramsOf(url, { ...PAGE, include_fields: 'text' });
  const rows = state.fields.map((field, at) => ({ id: at, field }));
  const { page, next } = paged(rows, given, {});
  const data = page.map(({ field }) => shownField(field));
  return jsonReply(200, { success: true, data, additional_data: { next_cursor: next } });
}

export function currentUser({ state, user, nowMs }: Desk): SandboxReply {
  const { id, name, email } = state.users.find((one) => one.id === user)!;
  return jsonReply(200, {
    success: true,
    data: {
      ...{ id, name, email, default_currency: 'USD', locale: 'en_US', lang: 1, phone: null, activated: true },
      ...{
        last_login: plain(nowMs),
        created: '2026-01-05 09:00:00',
        modified: null,
        has_created_company: id === OWNER,
      },
      ...{ access: [{ app: 'sales', admin: id === OWNER, permission_set_id: '62cc4d7f-0000-4000-8000-000000000001' }] },
      ...{
        active_flag: true,
        timezone_name: 'America/New_York',
        timezone_offset: '-05:00',
        role_id: 1,
        icon_url: null,
      },
      ...{ is_you: true, is_deleted: false, company_id: COMPANY.id, company_name: COMPANY.name },
      ...{ company_domain: COMPANY.domain, company_country: 'US', company_industry: 'Real Estate' },
      language: { language_code: 'en', country_code: 'US' },
    },
  });
}
