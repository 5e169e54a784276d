/** What a report may be asked: its filters, held to their values, and the columns that it has. */
import { type Complaint, listOf, object, oneOf, type Rule, text } from '../kit/strict';
import { reportRefused } from './errors';
import { type AppfolioState, isDay, type Occupancy, type Property, type Status } from './state';

const date: Rule = (value, at) => (isDay(value) ? undefined : { at, what: 'invalid', wanted: 'a date YYYY-MM-DD' });
const numbers = listOf(text({ like: /^\d+$/ }));
/** Current, past, future, evicted and on notice, as the vendor numbers them. */
const STATUSES: readonly Status[] = ['Current', 'Past', 'Future', 'Evict', 'Notice'];

const COMMON: Readonly<Record<string, Rule>> = {
  'properties?': object({
    'properties_ids?': numbers,
    'property_groups_ids?': numbers,
    'portfolios_ids?': numbers,
    'owners_ids?': numbers,
  }),
  'columns?': listOf(text({ min: 1 })),
};
const VISIBILITY = oneOf('active', 'hidden', 'all');
const statuses = listOf(oneOf('0', '1', '2', '3', '4'));
const balance = object({ 'amount?': text({ like: /^-?\d+(\.\d{1,2})?$/ }), 'comparator?': oneOf('>', '<', '=') });

export const FILTERS: Readonly<Record<string, Rule>> = {
  rent_roll: object({
    ...COMMON,
    'as_of_to?': date,
    'unit_visibility?': VISIBILITY,
    'non_revenue_units?': oneOf('0', '1'),
  }),
  delinquency: object({
    ...COMMON,
    'tenant_statuses?': statuses,
    'amount_owed_in_account?': text(),
    'balance_operator?': balance,
  }),
  receivables_activity: object({
    ...COMMON,
    'tenant_visibility?': oneOf('active', 'inactive', 'all'),
    'tenant_statuses?': statuses,
    'property_visibility?': VISIBILITY,
    receipt_date_from: date,
    receipt_date_to: date,
    'manually_entered_only?': oneOf('0', '1'),
  }),
  tenant_ledger: object({
    'columns?': COMMON['columns?']!,
    parties_ids: object({ occupancies_ids: listOf(text({ like: /^\d+$/ }), { min: 1 }) }),
    occurred_on_from: date,
    occurred_on_to: date,
    'transactions_shown?': oneOf('tenant', 'owner', 'all'),
  }),
  unit_directory: object({ ...COMMON, 'unit_visibility?': VISIBILITY, 'tags?': text() }),
};

/** Filters that have passed their rule. */
export interface Filters {
  readonly properties?: { readonly properties_ids?: readonly string[] };
  readonly columns?: readonly string[];
  readonly as_of_to?: string;
  readonly unit_visibility?: string;
  readonly property_visibility?: string;
  readonly tenant_visibility?: string;
  readonly tenant_statuses?: readonly string[];
  readonly balance_operator?: { readonly amount?: string; readonly comparator?: string };
  readonly receipt_date_from?: string;
  readonly receipt_date_to?: string;
  readonly manually_entered_only?: string;
  readonly parties_ids?: { readonly occupancies_ids: readonly string[] };
  readonly occurred_on_from?: string;
  readonly occurred_on_to?: string;
}

const worded = ({ at, what, wanted }: Complaint): string =>
  what === 'missing' ? `${at} is required` : what === 'unknown' ? `Unknown filter: ${at}` : `${at} must be ${wanted}`;

/** Throws the refusal of a filter that is not right. */
export function filtersOf(report: string, body: unknown): Filters {
  const complaint = FILTERS[report]!(body, '');
  if (complaint) throw reportRefused(400, worded(complaint));
  return body as Filters;
}

/** Whether what was hidden, or was not, is asked for. Only what is active, when nothing is said. */
export const isVisible = (wanted: string | undefined, hiddenMs: number | null): boolean =>
  wanted === 'all' || (wanted === 'hidden') === (hiddenMs !== null);

/** Whether the property is one of those asked for. */
export const isAsked = ({ properties }: Filters, { number }: Property): boolean =>
  (properties?.properties_ids?.length ?? 0) === 0 || properties!.properties_ids!.includes(String(number));

/** Whether somebody of that status is asked for; `none` is what holds when nothing is said. */
export function hasStatus(
  { tenant_statuses: wanted }: Filters,
  { status }: Occupancy,
  none: readonly string[],
): boolean {
  return (wanted ?? none).includes(String(STATUSES.indexOf(status)));
}

export const ALL_STATUSES: readonly string[] = STATUSES.map((_, at) => String(at));

/** The columns asked for, of those that the report has. */
export function projected(
  rows: readonly Record<string, unknown>[],
  { columns }: Filters,
  known: readonly string[],
): Record<string, unknown>[] {
  const unknown = columns?.find((column) => !known.includes(column));
  if (unknown !== undefined) throw reportRefused(400, `Unknown column: ${unknown}`);
  const wanted = columns === undefined || columns.length === 0 ? known : columns;
  return rows.map((row) => Object.fromEntries(wanted.map((column) => [column, row[column] ?? null])));
}

export const occupancyNumbered = (state: AppfolioState, number: string): Occupancy | undefined =>
  state.occupancies.find((occupancy) => String(occupancy.number) === number);
