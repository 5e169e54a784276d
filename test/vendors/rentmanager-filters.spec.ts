/** Rent Manager's query language: each operator that there is, the forms of values, and the refusal of what there is not. */
import * as people from '../../local/vendors/rentmanager/people';
import { RentmanagerTalk } from './rentmanager-talk';

const talk = RentmanagerTalk.loggedIn();
const pay = (cents: number, day: string, reference?: string): number =>
  people.recordPayment(talk.state, { tenant: 5001, cents, day, ...(reference ? { reference } : {}) }, talk.hand);
const [first, second, third, bare] = [
  pay(10_000, '2026-11-01', 'CHK 1001'),
  pay(20_050, '2026-11-15', 'CHK 1002'),
  pay(30_000, '2026-12-01', 'ACH-77'),
  pay(40_000, '2026-12-02'),
];
people.reversePayment(talk.state, second, {}, talk.hand);

describe('a filter', () => {
  it.each([
    ['Amount,eq,200.5', [second]],
    ['Amount,ne,200.50', [first, third, bare]],
    ['Amount,in,(100,300)', [first, third]],
    ['Amount,ni,(100,300)', [second, bare]],
    ['Amount,lt,300', [first, second]],
    ['Amount,le,300', [first, second, third]],
    ['Amount,gt,300', [bare]],
    ['Amount,ge,300', [third, bare]],
    ['Amount,bt,(200.5,300)', [second, third]],
    ['Reference,ct,chk', [first, second]],
    ['Reference,sw,ACH', [third]],
    ['Reference,ew,1002', [second]],
    ['Reference,len,6', [third]],
    ['Reference,hv,false', [bare]],
    ['Reference,hv,true', [first, second, third]],
    ['Reference,eq,chk 1001', [first]],
    ['ReversalDate,hv,true', [second]],
    ['ReversalDate,gtn,2026-12-31', [first, third, bare]],
    ['ReversalDate,gen,2026-12-02', [first, second, third, bare]],
    ['ReversalDate,ltn,2026-12-02', [first, third, bare]],
    ['ReversalDate,lt,2026-12-31', [second]],
    ['TransactionDate,ge,2026-11-15;TransactionDate,lt,2026-12-02', [second, third]],
    ['AccountID,eq,5001;AccountType,eq,Customer;TransactionDate,bt,(2026-11-01,2026-11-30)', [first, second]],
    ['Tenant.LastName,eq,Park;Amount,eq,400', [bare]],
    ['Tenant.Property.Name,sw,Linden', []],
    ['PaymentReversal.ReversalType,eq,NSF', [second]],
    ['', [first, second, third, bare]],
  ])('%s', (filters, wanted) => {
    expect(talk.found('Payments', filters)).toEqual(wanted);
  });

  it.each([
    ['Amount,gte,300', "The operator 'gte' is not valid."],
    ['Amount,lte,300', "The operator 'lte' is not valid."],
    ['Amount,=,300', "The operator '=' is not valid."],
    ['Amount', "The filter 'Amount' is not 'Field,operator,value'."],
    ['Amount,eq', "The filter 'Amount,eq' is not 'Field,operator,value'."],
    ['Amount,in,300', "The value '300' does not suit 'in'."],
    ['Amount,eq,(1,2)', "The value '(1,2)' does not suit 'eq'."],
    ['Amount,bt,(1,2,3)', "'bt' wants two values, not '(1,2,3)'."],
    ['Amount,eq,much', "The value 'much' is not valid for Amount."],
    ['Amount,ct,3', "The operator 'ct' is not valid for Amount."],
    ['TransactionDate,ge,2026-02-30', "The value '2026-02-30' is not valid for TransactionDate."],
    ['TransactionDate,ge,yesterday', "The value 'yesterday' is not valid for TransactionDate."],
    ['AccountID,eq,5001.5', "The value '5001.5' is not valid for AccountID."],
    ['IsFullyAllocated,eq,yes', "The value 'yes' is not valid for IsFullyAllocated."],
    ['ReversalDate,hv,maybe', "The value 'maybe' is not valid for hv."],
    ['Reference,len,long', "The value 'long' is not valid for len."],
    ['Tenant.Shoe,eq,1', "The field 'Shoe' is not valid for a filter of Tenants."],
    ['Reference.Part,eq,1', "The field 'Reference.Part' is not valid for a filter of Payments."],
  ])('%s is refused', (filters, words) => {
    const { status, json } = talk.get('/Payments', { filters });
    expect(status).toBe(400);
    expect(json).toEqual({ Message: 'The request is invalid.', ModelState: { filters: [words] } });
  });

  it('reads a time with a zone as the server’s own, where rows have none', () => {
    // Ten in the morning in New York is 15:00 UTC.
    expect(talk.found('Payments', 'UpdateDate,ge,2026-12-02T15:00:00Z')).toHaveLength(4);
    expect(talk.found('Payments', 'UpdateDate,gt,2026-12-02T15:00:00.000Z')).toEqual([]);
    expect(talk.found('Payments', 'UpdateDate,ge,2026-12-02T16:00:00+01:00')).toHaveLength(4);
    expect(talk.found('Payments', 'UpdateDate,eq,2026-12-02T10:00:00')).toHaveLength(4);
    expect(talk.found('Payments', 'UpdateDate,ge,2026-12-02T10:00:01')).toEqual([]);
  });

  it('goes by calculated fields of tenants too', () => {
    people.postRecurring(talk.state, '2026-12-01', talk.hand);
    expect(talk.found('Tenants', 'OpenBalance,gt,1000', 'TenantID')).toEqual([5002, 5003]);
    expect(talk.found('Tenants', 'OpenBalance,bt,(1,999)', 'TenantID')).toEqual([5001]);
    expect(talk.found('Tenants', 'LastNameFirstName,sw,Ortiz', 'TenantID')).toEqual([5002]);
  });
});
