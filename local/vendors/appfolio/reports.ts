/** The Reports API: a report is asked for by POST, comes in pages, and its further pages can be had for half an hour. */
import { jsonBody, jsonReply, mediaType } from '../kit/reply';
import type { SandboxReply, SandboxRequest } from '../sandbox';
import { plainRefused, reportRefused } from './errors';
import { FILTERS, type Filters, filtersOf, projected } from './filters';
import { enterReports } from './gate';
import { delinquency, type Row, receivables, rentRoll, tenantLedger, unitDirectory } from './report-rows';
import { type Desk, nextOf } from './state';

const ADDRESS = [
  'property',
  'property_name',
  'property_id',
  'property_address',
  'property_street',
  'property_street2',
  'property_city',
  'property_state',
  'property_zip',
];

interface Report {
  readonly columns: readonly string[];
  rows(desk: Desk, filters: Filters): Row[];
}

/** Columns are those that the vendor names; the ones that this sandbox has nothing to say about are left out. */
export const REPORTS: Readonly<Record<string, Report>> = {
  rent_roll: {
    columns: [
      ...['property_id', 'property_name', 'unit_id', 'unit', 'sqft', 'status', 'market_rent', 'rent', 'lease_to'],
      ...['tenant_id', 'tenant'],
    ],
    rows: rentRoll,
  },
  delinquency: {
    columns: [
      ...['property_name', 'unit', 'name', 'tenant_status', '00_to30', '30_to60', '60_to90', '90_plus'],
      ...['in_collections', 'collections_agency', 'payment_plan', 'certified_funds_only', 'property_id', 'unit_id'],
      ...['occupancy_id', 'nsf', 'late'],
    ],
    rows: delinquency,
  },
  receivables_activity: {
    columns: [
      ...ADDRESS,
      ...['party', 'status', 'txn_amount', 'txn_remarks', 'txn_reference', 'txn_receipt_date', 'portal_activated'],
      ...['last_online_receipt_date', 'online_payments_recurring_count', 'online_payments_recurring_total'],
      ...['move_in', 'emails', 'phone_numbers', 'certified_funds_only', 'opted_out_of_portal', 'payment_type'],
      ...['must_pay_balance_in_full', 'property_list', 'txn_id', 'occupancy_id', 'selected_tenant_id', 'unit_id'],
    ],
    rows: receivables,
  },
  tenant_ledger: {
    columns: ['date', 'payer', 'description', 'debit', 'credit', 'credit_debit_balance'],
    rows: tenantLedger,
  },
  unit_directory: {
    columns: [
      ...['property', 'property_name', 'property_id', 'unit_address', 'unit_street', 'unit_street2', 'unit_city'],
      ...['unit_state', 'unit_zip', 'unit_name', 'market_rent', 'sqft', 'bedrooms', 'bathrooms', 'rentable'],
      ...['unit_id', 'visibility', 'rentable_uid'],
    ],
    rows: unitDirectory,
  },
};

const HALF_HOUR_MS = 30 * 60_000;
const PATH = /^\/api\/v2\/reports\/(\w+)\.json$/;

/** Whatever comes to the customer's own host. */
export function report(desk: Desk, request: SandboxRequest, url: URL): SandboxReply {
  const name = PATH.exec(url.pathname)?.[1] ?? '';
  const page = url.searchParams.get('page_token');
  enterReports(desk, request, page === null);
  if (!(name in REPORTS) || !(name in FILTERS)) throw reportRefused(404, 'Not Found');
  if (page !== null) return furtherPage(desk, name, url, page);
  if (request.method !== 'POST') throw reportRefused(405, 'Method Not Allowed');
  if (url.search !== '') throw reportRefused(400, 'Filters belong into the body');
  if (mediaType(request) !== 'application/json') throw plainRefused(406, 'Not Acceptable');
  const body = jsonBody(request);
  if (body === undefined) throw reportRefused(400, 'The body is no JSON.');
  const filters = filtersOf(name, body);
  const { columns, rows } = REPORTS[name]!;
  return firstPage(desk, name, url, projected(rows(desk, filters), filters, columns));
}

/** What is left of a report waits under a token; what was asked for does not change with the books any more. */
function firstPage({ state, nowMs }: Desk, name: string, url: URL, rows: Row[]): SandboxReply {
  dropOld({ state, nowMs });
  const size = state.rowsPerReportPage;
  if (rows.length <= size) return jsonReply(200, { results: rows, next_page_url: null });
  const token = `rp${nextOf(state, 'report')}`;
  state.snapshots[token] = { report: name, rows, untilMs: nowMs + HALF_HOUR_MS };
  return jsonReply(200, { results: rows.slice(0, size), next_page_url: addressOf(url, token, 2) });
}

function furtherPage({ state, nowMs }: Desk, name: string, url: URL, token: string): SandboxReply {
  dropOld({ state, nowMs });
  const kept = state.snapshots[token];
  const page = Number(url.searchParams.get('page'));
  if (kept?.report !== name || !Number.isSafeInteger(page) || page < 2)
    throw reportRefused(404, 'This page of the report is not available any more. Run the report again.');
  const size = state.rowsPerReportPage;
  const rows = kept.rows.slice((page - 1) * size, page * size);
  const isLast = page * size >= kept.rows.length;
  return jsonReply(200, { results: rows, next_page_url: isLast ? null : addressOf(url, token, page + 1) });
}

const addressOf = (url: URL, token: string, page: number): string =>
  `${url.origin}${url.pathname}?page_token=${token}&page=${page}`;

function dropOld({ state, nowMs }: Desk): void {
  for (const [token, { untilMs }] of Object.entries(state.snapshots))
    if (untilMs <= nowMs) delete state.snapshots[token];
}
