/** Holds a tour of the AppFolio sandbox against the lists of operations, fields, filters and columns that are public. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { payInPortal, returnReceipt } from '../../local/vendors/appfolio/people';
import { AppfolioTalk, EVER } from './appfolio-talk';
import type { Exchange, Json } from './talk';

const FOLDER = join(__dirname, '../../../shared/contracts/appfolio');
const isThere = existsSync(FOLDER);
const itIfThere = isThere ? it : it.skip;
if (!isThere) console.log('skipped: AppFolio against its lists, because ../shared/contracts/appfolio is absent');

const listed = (file: string): Json => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Json;

const LISTS = ['properties', 'units', 'tenants', 'leases', 'charges', 'delinquent_charges', 'tenant_ledgers'];
const SPAN = { occurred_on_from: '2026-12-01', occurred_on_to: '2026-12-31' };
const REPORTS: readonly (readonly [string, Json])[] = [
  ['rent_roll', { as_of_to: '2026-12-02', unit_visibility: 'active', non_revenue_units: '0' }],
  ['delinquency', { tenant_statuses: ['0', '4'], balance_operator: { amount: '1.00', comparator: '>' } }],
  [
    'receivables_activity',
    {
      ...{ receipt_date_from: '2026-12-01', receipt_date_to: '2026-12-31', tenant_visibility: 'all' },
      ...{ property_visibility: 'all', manually_entered_only: '0', properties: { properties_ids: ['17', '18'] } },
    },
  ],
  ['tenant_ledger', { ...SPAN, transactions_shown: 'tenant', parties_ids: { occupancies_ids: ['501'] } }],
  ['unit_directory', { unit_visibility: 'all', columns: ['unit_id', 'unit_name'] }],
];

function tour(): Exchange[] {
  const talk = new AppfolioTalk();
  talk.call('POST', 'charges', talk.charge(), { 'idempotency-key': 'rent:L-1:2026-12' });
  talk.call('POST', 'charges/bulk', { data: [talk.charge({ ReferenceId: 'a' })] });
  const paid = payInPortal(talk.state, 'Ada Park', { amount: '1250.00', on: '2026-12-02' }, talk.nowMs);
  returnReceipt(talk.state, paid, '2026-12-04', talk.nowMs);
  for (const path of LISTS) expect(talk.list(path).length).toBeGreaterThan(0);
  talk.call('GET', 'gl_accounts');
  talk.call('POST', `tenants/${talk.list('tenants')[0]!.Id}/notes`, { Body: 'Paid elsewhere' });
  for (const [name, filters] of REPORTS) expect(talk.rows(name, filters).length).toBeGreaterThan(0);
  expect(talk.call('GET', `units?${EVER}&filters[Name]=11`).status).toBe(400);
  expect(talk.report('receivables_activity', {}).status).toBe(400);
  return talk.exchanges;
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isSafeInteger(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
};

/** Filters as paths: `balance_operator.amount`. */
const pathsOf = (filters: Json): string[] =>
  Object.entries(filters).flatMap(([name, value]) =>
    typeof value === 'object' && !Array.isArray(value)
      ? Object.keys(value as Json).map((each) => `${name}.${each}`)
      : [name],
  );

const bodyOf = ({ request }: Exchange): Json => JSON.parse(request.body) as Json;
const isReport = ({ request }: Exchange): boolean => request.url.includes('/api/v2/reports/');

describe('the recorded traffic of the AppFolio sandbox', () => {
  const exchanges = tour();
  const answered = exchanges.filter(({ reply }) => reply.status === 200);

  itIfThere('calls only operations that AppFolio lists, and none of those that it lacks', () => {
    const { relevant, baseUrl } = listed('operations.json');
    const known = relevant.map(({ method, path }: Json) => {
      const pattern = `${path}`.replace(/\{\w+\}/g, '[^/]+');
      return new RegExp(`^${method} ${baseUrl.replace(/\./g, '\\.')}${pattern}$`);
    }) as RegExp[];
    const called = answered.filter((one) => !isReport(one)).map(({ request }) => `${request.method} ${request.url}`);
    expect(called.length).toBeGreaterThan(10);
    for (const call of called) {
      const path = call.split('?')[0]!;
      expect({ path, isKnown: known.some((one) => one.test(path)) }).toEqual({ path, isKnown: true });
    }
    expect(new AppfolioTalk().call('GET', `payments?${EVER}`).status).toBe(404);
    expect(new AppfolioTalk().call('GET', `receipts?${EVER}`).status).toBe(404);
  });

  itIfThere('writes the fields of a charge that AppFolio names, and reads them back', () => {
    const { write, readAlso } = listed('operations.json').chargeFields;
    const posts = exchanges.filter(({ request }) => /charges(\/bulk)?$/.test(request.url) && request.method === 'POST');
    const bodies = posts.map(bodyOf).flatMap((body) => (body.data ?? [body]) as Json[]);
    for (const body of bodies) for (const name of Object.keys(body)) expect(Object.keys(write)).toContain(name);
    const rows = answered.filter(({ request }) => /\/charges\?/.test(request.url));
    const [row] = (JSON.parse(rows[0]!.reply.body) as Json).data as Json[];
    const { ReferenceId: _reference, ...named } = write;
    expect(Object.keys(row!)).toEqual(expect.arrayContaining([...Object.keys(named), ...readAlso]));
  });

  itIfThere.each(REPORTS)('asks and answers the report %s as it is described', (name) => {
    const all = listed('reports.json');
    const described = all.reports[name];
    const common = ['columns', ...Object.keys(all.commonFilters.properties).map((each) => `properties.${each}`)];
    const known = [...described.filters, ...common, 'unit_visibility'] as string[];
    const found = answered.filter(({ request }) => request.url.endsWith(`/${name}.json`));
    expect(found.length).toBeGreaterThan(0);
    for (const exchange of found) {
      for (const path of pathsOf(bodyOf(exchange))) expect(known).toContain(path);
      const { results, next_page_url } = JSON.parse(exchange.reply.body) as Json;
      expect(next_page_url).toBeNull();
      for (const row of results as Json[])
        for (const [column, value] of Object.entries(row)) {
          const type = String(described.columns[column] ?? 'not described').replace('?', '');
          const fits = value === null || TYPES[type]?.(value) === true;
          expect({ column, type, value, fits }).toEqual({ column, type, value, fits: true });
        }
    }
  });
});
