/** Tasks at Salesforce: opened once, closed when the balance clears, opened again, whatever people do in between. */
import * as people from '../../local/vendors/salesforce/people';
import { taskMark } from '../../src/connectors/told';
import { day } from '../../src/domain/calendar';
import { key } from '../../src/domain/values';
import { CrmBench, statusOf, taskOf } from './salesforce-rig';

const closed = { state: 'closed', outcome: 'The balance cleared.' } as const;

describe('a task', () => {
  it('is opened on the contact of its lease, with its mark, and not a second time', () => {
    const bench = new CrmBench();
    const [customer] = bench.ids(...bench.tell('standing', statusOf('L-1')));
    const [ref] = bench.tell('task', taskOf('L-1'));
    expect(bench.tell('task', taskOf('L-1'))).toEqual([ref]);
    expect(bench.tasks()).toEqual([
      expect.objectContaining({
        WhoId: customer,
        Subject: 'Call about the rent',
        Status: 'Not Started',
        Priority: 'High',
        ActivityDate: '2026-12-08',
        Description: 'Six days late.\nAnn Mary Lee, Tom Lee (L-1), Elm House, 4B',
        Rent_Ledger_Id__c: taskMark(taskOf('L-1')),
      }),
    ]);
    expect(ref).toBe(`${bench.tasks()[0]?.Id} https://maple-street.my.salesforce.com/${bench.tasks()[0]?.Id}`);
  });

  it('makes the contact in the same call where there is none', () => {
    const bench = new CrmBench();
    bench.asked();
    bench.tell('task', taskOf('L-1'), taskOf('12/4'));
    expect(bench.asked()).toEqual(['POST /composite', 'POST /composite']);
    expect(bench.tasks().map(({ WhoId }) => WhoId)).toEqual([bench.contact('L-1').Id, bench.contact('12/4').Id]);
    expect(bench.contact('L-1')).toMatchObject({ FirstName: 'Ann Mary', LastName: 'Lee', Email: 'ann@example.com' });
    bench.tell('standing', statusOf('L-1'));
    expect(bench.contact('L-1').Rent_Status__c).toBe('late');
  });

  it('is closed when the balance clears and opened again when a payment bounces', () => {
    const bench = new CrmBench();
    const [opened] = bench.tell('task', taskOf('L-1'));
    expect(bench.tell('task', taskOf('L-1', closed))).toEqual([opened]);
    expect(bench.tasks()).toEqual([expect.objectContaining({ Status: 'Completed', IsClosed: true })]);
    expect(bench.tell('task', taskOf('L-1', { due: day('2026-12-20') }))).toEqual([opened]);
    expect(bench.tasks()).toEqual([
      expect.objectContaining({ Status: 'Not Started', IsClosed: false, ActivityDate: '2026-12-20' }),
    ]);
  });

  it('is left alone where a person has ticked it off or changed it, and is none of ours where it is not there', () => {
    const bench = new CrmBench();
    bench.tell('task', taskOf('L-1'));
    const [row] = bench.tasks();
    people.editTask(bench.state, String(row?.Id), { Subject: 'Call the sister', Status: 'In Progress' }, bench.nowMs);
    bench.tell('task', taskOf('L-1'));
    expect(bench.tasks()[0]).toMatchObject({ Subject: 'Call the sister', Status: 'In Progress' });
    people.completeTask(bench.state, String(row?.Id), bench.nowMs);
    const moment = bench.tasks()[0]?.SystemModstamp;
    bench.tell('task', taskOf('L-1', closed));
    expect(bench.tasks()[0]?.SystemModstamp).toBe(moment);
    expect(bench.tell('task', taskOf('L-2', closed))).toEqual(['none']);
    expect(bench.contacts()).toHaveLength(1);
  });

  it('goes by the words of the organisation for open and closed', () => {
    const bench = new CrmBench();
    people.renameTaskStatus(bench.state, 'Completed', 'Done');
    people.renameTaskStatus(bench.state, 'Not Started', 'New');
    bench.tell('task', taskOf('L-1'));
    expect(bench.tasks()[0]).toMatchObject({ Status: 'New', IsClosed: false });
    bench.tell('task', taskOf('L-1', closed));
    expect(bench.tasks()[0]).toMatchObject({ Status: 'Done', IsClosed: true });
  });

  it('is given to the user with the mail of who is to do it, where there is one', () => {
    const bench = new CrmBench();
    const org = people.orgAt(bench.state);
    bench.tell(
      'task',
      taskOf('L-1', { owner: 'Clara.Clerk@maple-street.example' }),
      taskOf('L-2', { owner: 'x@y.zz' }),
    );
    expect(bench.tasks().map(({ OwnerId }) => OwnerId)).toEqual([
      people.userNamed(org, 'Clara Clerk'),
      people.userNamed(org, 'Ada Administrator'),
    ]);
  });

  it('is told in one batch with others, of which only the refused one is lost', () => {
    const bench = new CrmBench();
    people.addRule(bench.state, { object: 'Task', field: 'Subject', like: 'rude', message: 'Be kind.' });
    const tasks = Array.from({ length: 12 }, (_, at) => taskOf(`L-${at}`, at === 5 ? { title: 'Be rude' } : {}));
    const outcomes = bench.tell('task', ...tasks);
    expect(outcomes[5]).toEqual(
      expect.objectContaining({ fault: 'rejected', message: expect.stringContaining('Be kind.') }),
    );
    expect(outcomes.filter((one) => typeof one === 'string')).toHaveLength(11);
    expect(bench.tasks()).toHaveLength(11);
    expect(bench.asked()).toHaveLength(3);
    expect(bench.tell('task', ...tasks.map((each) => ({ ...each, ...closed })))[5]).toBe('none');
    expect(bench.tasks().every(({ IsClosed }) => IsClosed)).toBe(true);
  });

  it('is told the newest of two states in one batch, and of two tasks of one lease each its own', () => {
    const bench = new CrmBench();
    const other = taskOf('L-1', { task: key('task:late-2:L-1:2026-12'), title: 'Visit' });
    bench.tell('task', taskOf('L-1'), taskOf('L-1', closed), other);
    expect(bench.tasks()).toEqual([expect.objectContaining({ Subject: 'Visit', IsClosed: false })]);
    expect(bench.contacts()).toHaveLength(1);
  });

  it('closes both where a copy stands there', () => {
    const bench = new CrmBench();
    bench.tell('task', taskOf('L-1'));
    people.addTask(bench.state, { Subject: 'Copy', Rent_Ledger_Id__c: taskMark(taskOf('L-1')) }, bench.nowMs);
    bench.tell('task', taskOf('L-1', closed));
    expect(bench.tasks().map(({ IsClosed }) => IsClosed)).toEqual([true, true]);
  });
});
