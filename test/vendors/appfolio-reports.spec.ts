/** AppFolio's Reports API: filters and columns, money as printed, pages that can be had for half an hour, limits of its own. */
import {
  hideProperty,
  moveIn,
  moveOut,
  payInPortal,
  returnReceipt,
  startMaintenance,
  typeCharge,
  typeReceipt,
} from '../../local/vendors/appfolio/people';
import { AppfolioTalk, basic } from './appfolio-talk';

const DECEMBER = { receipt_date_from: '2026-12-01', receipt_date_to: '2026-12-31' };

function withMoney(): AppfolioTalk {
  const talk = new AppfolioTalk();
  const { state, nowMs } = talk;
  typeCharge(state, 'Ada Park', { amount: '1250.00', on: '2026-12-01', description: 'Rent' }, nowMs);
  typeCharge(state, 'Ben Ortiz', { amount: '1280.00', on: '2026-10-01', description: 'Rent' }, nowMs);
  typeCharge(
    state,
    'Ben Ortiz',
    { amount: '75.00', on: '2026-10-06', description: 'Late fee', account: '4110' },
    nowMs,
  );
  typeReceipt(state, 'Ada Park', { amount: '1000.00', on: '2026-12-02', reference: '1044' }, nowMs);
  payInPortal(state, 'Ben Ortiz', { amount: '200.00', on: '2026-12-02', reference: 'A7Q' }, nowMs);
  return talk;
}

describe('the door of the Reports API', () => {
  it('has keys of its own, takes POST and JSON only, and knows the reports by name', () => {
    const talk = new AppfolioTalk();
    const other = { authorization: basic(talk.state.databaseApi) };
    expect(talk.report('rent_roll', {}, other).status).toBe(401);
    expect(talk.report('rent_rolls').status).toBe(404);
    expect(talk.report('rent_roll', {}, { 'content-type': 'application/x-www-form-urlencoded' }).status).toBe(406);
    expect(talk.report('https://maplestreet.appfolio.com/api/v2/reports/rent_roll.json').status).toBe(405);
    expect(talk.report('https://maplestreet.appfolio.com/api/v1/payments').status).toBe(404);
  });

  it('takes seven reports in fifteen seconds', () => {
    const talk = new AppfolioTalk();
    const asked = (waitMs: number) => talk.report('rent_roll', {}, {}, waitMs);
    for (let at = 0; at < 7; at++) expect(asked(0).status).toBe(200);
    const eighth = asked(1000);
    expect([eighth.status, eighth.text, eighth.headers['retry-after']]).toEqual([429, 'Retry later\n', '14']);
    expect(asked(14_000).status).toBe(200);
  });

  it('is closed during maintenance', () => {
    const talk = new AppfolioTalk();
    startMaintenance(talk.state, talk.nowMs + 60_000);
    expect(talk.report('rent_roll').status).toBe(503);
  });

  it.each([
    ['rent_roll', { as_of: '2026-12-01' }, 'Unknown filter: as_of'],
    ['rent_roll', { as_of_to: '1 Dec' }, 'as_of_to must be a date YYYY-MM-DD'],
    ['rent_roll', { properties: { properties_ids: [17] } }, 'properties.properties_ids[0] must be a string'],
    ['rent_roll', { columns: ['rent', 'colour'] }, 'Unknown column: colour'],
    ['receivables_activity', { receipt_date_from: '2026-12-01' }, 'receipt_date_to is required'],
    [
      'receivables_activity',
      { ...DECEMBER, tenant_visibility: 'past' },
      'tenant_visibility must be active, inactive, all',
    ],
    ['tenant_ledger', { occurred_on_from: '2026-12-01', occurred_on_to: '2026-12-31' }, 'parties_ids is required'],
  ])('refuses %s with %j', (name, filters, error) => {
    const { status, json } = new AppfolioTalk().report(name, filters);
    expect([status, json]).toEqual([400, { error }]);
  });

  it('says when there is no such occupancy', () => {
    const filters = { occurred_on_from: '2026-12-01', occurred_on_to: '2026-12-31' };
    const asked = { ...filters, parties_ids: { occupancies_ids: ['99999'] } };
    expect(new AppfolioTalk().report('tenant_ledger', asked).status).toBe(404);
  });
});

describe('reports', () => {
  it('list units with who lives there, and vacant ones', () => {
    const talk = withMoney();
    const roll = talk.rows('rent_roll', { as_of_to: '2026-12-02' });
    expect(roll[0]).toEqual({
      property_id: 17,
      property_name: 'Harbor Court',
      unit_id: 241,
      unit: '11',
      sqft: 800,
      status: 'Current',
      market_rent: '1,300.00',
      rent: '1,250.00',
      lease_to: '2027-02-28',
      tenant_id: 901,
      tenant: 'Park, Ada',
    });
    expect(roll[2]).toMatchObject({ status: 'Notice-Unrented' });
    expect(roll[3]).toMatchObject({ status: 'Vacant-Unrented', tenant: null, rent: '', lease_to: null });
  });

  it('name the same unit in both spaces of ids', () => {
    const talk = new AppfolioTalk();
    const [unit] = talk.rows('unit_directory');
    expect(unit).toMatchObject({ unit_id: 241, unit_name: '11', property_name: 'Harbor Court', bedrooms: 2 });
    expect(talk.list('units').find(({ Id }) => Id === unit!.rentable_uid)).toMatchObject({ Name: '11' });
  });

  it('show who owes by age, only who lives there unless asked otherwise', () => {
    const talk = withMoney();
    expect(talk.rows('delinquency')).toEqual([
      expect.objectContaining({
        ...{ name: 'Park, Ada', occupancy_id: 501, tenant_status: 'Current', late: 0 },
        ...{ '00_to30': '250.00', '30_to60': '', '60_to90': '', '90_plus': '' },
      }),
      expect.objectContaining({
        ...{ name: 'Ortiz, Ben', late: 1 },
        ...{ '00_to30': '', '30_to60': '75.00', '60_to90': '1,080.00', '90_plus': '' },
      }),
    ]);
    const large = { balance_operator: { amount: '500.00', comparator: '>' } };
    expect(talk.rows('delinquency', large).map(({ name }) => name)).toEqual(['Ortiz, Ben']);
    moveOut(talk.state, 'Ben Ortiz', '2026-12-02', talk.nowMs);
    expect(talk.rows('delinquency').map(({ name }) => name)).toEqual(['Park, Ada']);
    expect(talk.rows('delinquency', { tenant_statuses: ['1'] }).map(({ name }) => name)).toEqual(['Ortiz, Ben']);
  });

  it('list receipts by day with their transaction, and take a returned one back by another', () => {
    const talk = withMoney();
    const rows = talk.rows('receivables_activity', DECEMBER);
    expect(rows).toEqual([
      expect.objectContaining({
        ...{ txn_id: 40_214, txn_amount: '1,000.00', txn_reference: '1044', txn_receipt_date: '2026-12-02' },
        ...{ payment_type: 'Check', party: 'Park, Ada', occupancy_id: 501, unit_id: 241, emails: 'ada@example.com' },
      }),
      expect.objectContaining({
        txn_amount: '200.00',
        payment_type: 'eCheck',
        portal_activated: 'Yes',
        txn_remarks: null,
      }),
    ]);
    returnReceipt(talk.state, rows[0]!.txn_id, '2026-12-05', talk.nowMs);
    expect(talk.rows('receivables_activity', { ...DECEMBER, receipt_date_from: '2026-12-03' })).toEqual([
      expect.objectContaining({ txn_id: 40_216, txn_amount: '-1,000.00', txn_remarks: 'NSF receipt 1044' }),
    ]);
    const manual = talk.rows('receivables_activity', { ...DECEMBER, manually_entered_only: '1' });
    expect(manual.map(({ txn_amount }) => txn_amount)).toEqual(['1,000.00', '-1,000.00']);
  });

  it('leave out receipts of former tenants and of hidden properties unless all are asked for', () => {
    const talk = withMoney();
    moveOut(talk.state, 'Ada Park', '2026-12-02', talk.nowMs);
    expect(talk.rows('receivables_activity', DECEMBER)).toHaveLength(1);
    hideProperty(talk.state, 'Harbor Court', talk.nowMs);
    expect(talk.rows('receivables_activity', DECEMBER)).toHaveLength(0);
    const all = { ...DECEMBER, tenant_visibility: 'all', property_visibility: 'all' };
    expect(talk.rows('receivables_activity', all)).toHaveLength(2);
  });

  it('show one account with its balance from row to row', () => {
    const talk = withMoney();
    const filters = { occurred_on_from: '2026-10-05', occurred_on_to: '2026-12-31' };
    const rows = talk.rows('tenant_ledger', { ...filters, parties_ids: { occupancies_ids: ['502'] } });
    expect(
      rows.map(({ date, debit, credit, credit_debit_balance }) => [date, debit, credit, credit_debit_balance]),
    ).toEqual([
      [null, null, null, '1280.00'],
      ['2026-10-06', '75.00', null, '1,355.00'],
      ['2026-12-02', null, '200.00', '1,155.00'],
    ]);
  });

  it('keep to the columns and the properties asked for', () => {
    const talk = new AppfolioTalk();
    const asked = { columns: ['unit', 'rent'], properties: { properties_ids: ['18'] } };
    expect(talk.rows('rent_roll', asked)).toEqual([
      { unit: '21', rent: '1,600.00' },
      { unit: '22', rent: '' },
    ]);
  });
});

describe('pages of a report', () => {
  it('are fetched by an address that is good for half an hour, and do not change with the books', () => {
    const talk = withMoney();
    talk.state.rowsPerReportPage = 3;
    const first = talk.report('rent_roll', {}).json;
    expect(first.results).toHaveLength(3);
    expect(first.next_page_url).toMatch(/^https:\/\/maplestreet\.appfolio\.com\/api\/v2\/reports\/rent_roll\.json\?/);
    const typed = { property: 'Linden Row', unit: '22', rent: '1650.00', leaseFrom: '2026-12-02' };
    moveIn(talk.state, { ...typed, people: [{ firstName: 'Dee', lastName: 'Lund' }] }, talk.nowMs);
    const next = first.next_page_url as string;
    for (let at = 0; at < 10; at++) expect(talk.report(next, undefined, {}, 0).status).toBe(200);
    expect(talk.report(next).json).toMatchObject({ results: [{ unit: '22', tenant: null }], next_page_url: null });
    expect(talk.report(next.replace('rent_roll', 'delinquency')).status).toBe(404);
    expect(talk.report(next, undefined, { authorization: 'Basic bm86bm8=' }).status).toBe(401);
    expect(talk.report(next, undefined, {}, 30 * 60_000).status).toBe(404);
    expect(talk.state.snapshots).toEqual({});
  });
});
