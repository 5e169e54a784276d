/** The laws of what is read back from Salesforce: every change once at least, in order, from any page on, and none of it lost. */
import * as people from '../../local/vendors/salesforce/people';
import { instant } from '../../src/domain/values';
import { CrmBench, statusOf } from './salesforce-rig';

describe('the changes', () => {
  it('are read over many pages, and again from any of them', () => {
    const bench = new CrmBench();
    for (let at = 0; at < 1203; at++)
      people.addContact(bench.state, { LastName: 'X', Rent_Ledger_Id__c: `L-${at}` }, bench.nowMs + (at % 7) * 60_000);
    people.addContact(bench.state, { LastName: 'Nobody of ours' }, bench.nowMs);
    bench.nowMs += 3_600_000;
    const { rows, states } = bench.drainRows();
    expect(new Set(rows.map(({ leaseId }) => leaseId)).size).toBe(1203);
    expect(rows).toHaveLength(1203);
    expect(states).toHaveLength(4);
    const second = bench.drainRows().rows;
    expect(second).toEqual([]);
    for (const [at, from] of states.slice(0, 3).entries()) {
      bench.feed = from;
      expect(bench.drainRows().rows).toEqual(rows.slice(at * 500));
    }
  });

  it('are the same when a page is read twice', () => {
    const bench = new CrmBench();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2', { email: 'b@example.com' }));
    const before = bench.feed;
    const first = bench.look();
    bench.feed = before;
    expect(bench.look()).toEqual(first);
  });

  it('tell what a clerk has corrected and typed over, and a contact that was deleted', () => {
    const bench = new CrmBench();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2', { email: 'b@example.com' }));
    bench.drainRows();
    bench.nowMs += 3_600_000;
    bench.drainRows();
    bench.nowMs += 60_000;
    const id = String(bench.contact('L-1').Id);
    people.editContact(
      bench.state,
      id,
      { Email: 'new@example.com', MobilePhone: '555', Rent_Status__c: 'paid' },
      bench.nowMs,
    );
    people.deleteRecord(bench.state, 'Contact', String(bench.contact('L-2').Id), bench.nowMs + 60_000);
    bench.nowMs += 3_600_000;
    const { rows } = bench.drainRows();
    expect(rows).toEqual([
      expect.objectContaining({
        id,
        leaseId: 'L-1',
        email: 'new@example.com',
        phone: '555',
        changedAt: instant(bench.nowMs - 3_600_000),
      }),
      expect.objectContaining({ leaseId: 'L-2', gone: true }),
    ]);
    expect(rows[0]?.fields.Rent_Status__c).toBe('paid');
    expect(rows[0]).not.toHaveProperty('gone');
  });

  it('do not call a contact gone that was made anew', () => {
    const bench = new CrmBench();
    const [customer = ''] = bench.ids(...bench.tell('standing', statusOf('L-1')));
    people.deleteRecord(bench.state, 'Contact', customer, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { customer }));
    expect(bench.drainRows().rows).toEqual([expect.objectContaining({ id: bench.contact('L-1').Id, leaseId: 'L-1' })]);
  });

  it('do not lose a change that is seen late, nor several of one second', () => {
    const bench = new CrmBench();
    bench.tell('standing', statusOf('L-1'));
    bench.nowMs += 3_600_000;
    bench.drainRows();
    const late = bench.nowMs - 9 * 60_000;
    for (const lease of ['L-7', 'L-8'])
      people.addContact(bench.state, { LastName: 'X', Rent_Ledger_Id__c: lease }, late);
    expect(bench.drainRows().rows.map(({ leaseId }) => leaseId)).toEqual(['L-7', 'L-8']);
  });

  it('name a row of which a field has become another', () => {
    const bench = new CrmBench();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2', { email: 'b@example.com' }));
    const row = bench.contact('L-1');
    row.Rent_Balance__c = 'much';
    const page = bench.look();
    expect(page.rows.map(({ leaseId }) => leaseId)).toEqual(['L-2']);
    expect(page.faults).toEqual([
      {
        about: `contact ${row.Id}`,
        fault: expect.objectContaining({
          fault: 'malformed',
          message: expect.stringContaining('Rent_Balance__c is "much"'),
        }),
      },
    ]);
  });
});
