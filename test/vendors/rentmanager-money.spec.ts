/** The Rent Manager sandbox: charges, payments, reversals, credits and the ledger, and what it takes from outside. */
import * as people from '../../local/vendors/rentmanager/people';
import { CHARGE, PAYMENT, RentmanagerTalk } from './rentmanager-talk';

const balanceOf = (talk: RentmanagerTalk, tenant = 5001) => {
  const { json } = talk.get(`/Tenants/${tenant}`, { fields: 'Balance,OpenBalance' });
  return [json?.Balance, json?.OpenBalance];
};

describe('what is posted', () => {
  it('is saved without an answer, and is found again by its reference', () => {
    const talk = RentmanagerTalk.loggedIn();
    const posted = talk.call('POST', '/Charges', [{ ...CHARGE, Reference: 'RL-8K2M', Comment: 'Rent December' }]);
    expect(posted).toMatchObject({ status: 200, json: undefined });
    expect(talk.get('/Charges', { filters: 'AccountID,eq,5001;Reference,eq,RL-8K2M' }).rows).toMatchObject([
      {
        ...CHARGE,
        ID: 4001,
        ChargeID: 4001,
        TransactionType: 'Charge',
        IsFullyAllocated: false,
        CreateUserID: 7,
        CreateDate: '2026-12-02T10:00:00',
      },
    ]);
    expect(balanceOf(talk)).toEqual([1250, 1250]);
  });

  it('comes back as models where the server is one of those', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.serverIs(talk.state, { answersPosts: 'models' });
    const { rows } = talk.call('POST', '/Payments', [
      { ...PAYMENT, Reference: 'A' },
      { ...PAYMENT, AccountID: 5002, Reference: 'B' },
    ]);
    expect(rows.map(({ ID, PaymentID, Reference }) => [ID, PaymentID, Reference])).toEqual([
      [4001, 4001, 'A'],
      [4002, 4002, 'B'],
    ]);
  });

  it('loses the reference of a payment where that is read-only', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.serverIs(talk.state, { takesPaymentReference: false });
    talk.call('POST', '/Payments', [{ ...PAYMENT, Reference: 'A', Comment: 'Ours: A' }]);
    expect(talk.get('/Payments').rows).toMatchObject([{ Reference: null, Comment: 'Ours: A' }]);
  });

  it('changes what is there when it has a number', () => {
    const talk = RentmanagerTalk.loggedIn();
    talk.call('POST', '/Charges', [CHARGE]);
    talk.wait(60);
    expect(talk.call('POST', '/Charges', [{ ...CHARGE, ID: 4001, Amount: 1300 }]).status).toBe(200);
    expect(talk.get('/Charges').rows).toMatchObject([
      { ID: 4001, Amount: 1300, CreateDate: '2026-12-02T10:00:00', UpdateDate: '2026-12-02T10:01:00' },
    ]);
    expect(talk.call('POST', '/Charges', [{ ...CHARGE, ID: 4999 }]).status).toBe(404);
  });

  it('is saved whole or not at all', () => {
    const talk = RentmanagerTalk.loggedIn();
    expect(talk.call('POST', '/Charges', [CHARGE, { ...CHARGE, UnitID: 21 }]).status).toBe(400);
    expect(talk.get('/Charges').json).toBeUndefined();
  });

  it.each([
    ['no array', CHARGE, 'models'],
    ['an empty array', [], 'models'],
    ['an unknown member', [{ ...CHARGE, TenantID: 5001 }], 'models[0].TenantID'],
    ['no amount', [{ ...CHARGE, Amount: undefined }], 'models[0].Amount'],
    ['an amount as text', [{ ...CHARGE, Amount: '1250.00' }], 'models[0].Amount'],
    ['a third decimal', [{ ...CHARGE, Amount: 12.345 }], 'models[0].Amount'],
    ['a date of no calendar', [{ ...CHARGE, TransactionDate: '2026-02-30' }], 'models[0].TransactionDate'],
    ['another kind of account', [{ ...CHARGE, AccountType: 'Tenant' }], 'models[0].AccountType'],
    ['a long reference', [{ ...CHARGE, Reference: 'x'.repeat(51) }], 'models[0].Reference'],
    ['no property', [{ ...CHARGE, PropertyID: undefined }], 'models[0].PropertyID'],
  ])('is refused as a charge with %s', (_what, body, at) => {
    const { status, json } = RentmanagerTalk.loggedIn().call('POST', '/Charges', body);
    expect(status).toBe(400);
    expect(Object.keys(json?.ModelState)).toEqual([at]);
  });

  it.each([
    ['of nobody', '/Charges', { ...CHARGE, AccountID: 5999 }, 'The account 5999 is not valid.'],
    ['of nothing', '/Charges', { ...CHARGE, Amount: 0 }, 'The amount must be greater than zero.'],
    ['in no house', '/Charges', { ...CHARGE, PropertyID: 7 }, 'The property 7 is not valid.'],
    ['in another house', '/Charges', { ...CHARGE, UnitID: 21 }, 'The unit 21 does not belong to the property 101.'],
    ['of no type', '/Charges', { ...CHARGE, ChargeTypeID: 99 }, 'The charge type 99 is not valid.'],
    [
      'that allocates too much',
      '/Payments',
      { ...PAYMENT, Allocations: [{ ChargeID: 4001, Amount: 2000 }] },
      'More is allocated than the amount of the payment.',
    ],
    [
      'that pays another’s charge',
      '/Payments',
      { ...PAYMENT, Allocations: [{ ChargeID: 4001, Amount: 100 }] },
      'The charge 4001 is not of this account.',
    ],
  ])('is refused when it is %s', (_what, path, body, words) => {
    const answer = RentmanagerTalk.loggedIn().call('POST', path, [body]);
    expect(answer).toMatchObject({ status: 400, json: { UserMessage: words } });
  });

  it('is refused in a closed month, unless the closing may be ignored', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.closeBooks(talk.state, '2026-12-01', talk.hand);
    const refused = talk.call('POST', '/Charges', [CHARGE]);
    expect(refused.status).toBe(500);
    expect(refused.json).toMatchObject({
      UserMessage: 'The accounting period is closed through 2026-12-01.',
      DeveloperMessage: 'HardCloseException',
    });
    expect(talk.call('POST', '/Charges?SaveOptions=IgnoreHardClose,true', [CHARGE]).status).toBe(200);
    expect(talk.call('POST', '/Charges?SaveOptions=Anything,true', [CHARGE]).status).toBe(400);
    expect(talk.call('DELETE', '/Charges/4001').status).toBe(500);
    expect(talk.call('POST', '/Payments', [PAYMENT]).status).toBe(200);
  });

  it('is refused with a charge type that is no longer used', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.retireChargeType(talk.state, 1, talk.hand);
    expect(talk.call('POST', '/Charges', [CHARGE]).status).toBe(400);
    expect(talk.found('ChargeTypes', 'IsActive,eq,true', 'ChargeTypeID')).toEqual([2, 3, 4, 5]);
  });
});

describe('money', () => {
  it('goes to the oldest charge first, or where it was sent', () => {
    const talk = RentmanagerTalk.loggedIn();
    const [old, young] = ['2026-11-01', '2026-12-01'].map(
      (day) => people.postRecurring(talk.state, day, talk.hand)[0] as number,
    ) as [number, number];
    talk.call('POST', '/Payments', [{ ...PAYMENT, Amount: 300, Allocations: [{ ChargeID: young, Amount: 200 }] }]);
    const { json } = talk.get(`/Charges/${old}`, { embeds: 'Allocations' });
    expect(json).toMatchObject({ AmountAllocated: 100, IsFullyAllocated: false, Allocations: [{ Amount: 100 }] });
    expect(talk.get(`/Charges/${young}`).json).toMatchObject({ AmountAllocated: 200 });
    expect(balanceOf(talk)).toEqual([2200, 2200]);
    people.recordPayment(talk.state, { tenant: 5001, cents: 300_000, day: '2026-12-02' }, talk.hand);
    expect(balanceOf(talk)).toEqual([-800, 0]);
    people.giveCredit(talk.state, { tenant: 5001, cents: 5000, day: '2026-12-02' }, talk.hand);
    expect(balanceOf(talk)).toEqual([-850, 0]);
    expect(talk.get('/Credits').rows).toMatchObject([{ Amount: 50, TransactionType: 'Credit' }]);
  });

  it('that a bank returned is a reversal: the payment says so, and its own stamp has not moved', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.postRecurring(talk.state, '2026-12-01', talk.hand);
    const id = people.recordPayment(talk.state, { tenant: 5001, cents: 125_000, day: '2026-12-02' }, talk.hand);
    expect(balanceOf(talk)).toEqual([0, 0]);
    talk.wait(3 * 86_400);
    talk.token = String(talk.logIn().json);
    people.reversePayment(talk.state, id, { reason: 'Insufficient funds', day: '2026-12-04' }, talk.hand);
    expect(balanceOf(talk)).toEqual([1250, 1250]);
    expect(talk.get(`/Payments/${id}`, { embeds: 'PaymentReversal' }).json).toMatchObject({
      ReversalDate: '2026-12-04T00:00:00',
      ReversalType: 'NSF',
      UpdateDate: '2026-12-02T10:00:00',
      PaymentReversal: { ReversalReason: 'Insufficient funds', CreateDate: '2026-12-05T10:00:00' },
    });
    expect(talk.found('PaymentReversals', 'CreateDate,ge,2026-12-05', 'PaymentID')).toEqual([id]);
    expect(talk.call('DELETE', `/Payments/${id}`).status).toBe(409);
    expect(talk.call('POST', '/Payments', [{ ...PAYMENT, ID: id }]).status).toBe(400);
  });

  it('is one ledger by day, with all of it', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.postRecurring(talk.state, '2026-12-01', talk.hand);
    const id = people.recordPayment(talk.state, { tenant: 5001, cents: 125_000, day: '2026-12-02' }, talk.hand);
    people.giveCredit(talk.state, { tenant: 5001, cents: 2500, day: '2026-12-02', text: 'Paint' }, talk.hand);
    people.reversePayment(talk.state, id, { day: '2026-12-04' }, talk.hand);
    const rows = talk.get('/Tenants/5001/Transactions').rows;
    expect(rows.map((row) => [row.TransactionDate.slice(0, 10), row.TransactionType, row.Amount])).toEqual([
      ['2026-12-01', 'Charge', 1250],
      ['2026-12-02', 'Payment', 1250],
      ['2026-12-02', 'Credit', 25],
      ['2026-12-04', 'PaymentReversal', 1250],
    ]);
    expect(rows[0]).toMatchObject({ AccountName: 'Ada Park', Description: 'Rent', UnitID: 11 });
    const since = { filters: 'TransactionDate,ge,2026-12-03' };
    expect(talk.get('/Tenants/5001/Transactions', since).rows).toHaveLength(1);
  });

  it('may be given as a credit by us, and taken back', () => {
    const talk = RentmanagerTalk.loggedIn();
    people.postRecurring(talk.state, '2026-12-01', talk.hand);
    const credit = { ...PAYMENT, Amount: 50, ChargeTypeID: 1, PropertyID: 101, UnitID: 11, Reference: 'RC-1' };
    expect(talk.call('POST', '/Credits', [credit]).status).toBe(200);
    expect(balanceOf(talk)).toEqual([1200, 1200]);
    const [id = 0] = talk.found('Credits', 'Reference,eq,RC-1');
    expect(talk.call('DELETE', `/Credits/${id}`).status).toBe(200);
    expect(balanceOf(talk)).toEqual([1250, 1250]);
    expect(talk.call('POST', '/Credits', [{ ...credit, ChargeTypeID: undefined }]).status).toBe(400);
  });

  it('is corrected and deleted by people, and deleted by us', () => {
    const talk = RentmanagerTalk.loggedIn();
    const [kept, gone, ours] = [1, 2, 3].map((at) =>
      people.recordPayment(talk.state, { tenant: 5001, cents: at * 10_000, day: '2026-12-01' }, talk.hand),
    ) as [number, number, number];
    talk.wait(60);
    people.correctPayment(talk.state, kept, { cents: 15_000, day: '2026-11-30' }, talk.hand);
    people.deleteLine(talk.state, 'Payments', gone, talk.hand);
    expect(talk.call('DELETE', `/Payments/${ours}`).status).toBe(200);
    expect(talk.call('DELETE', `/Payments/${ours}`).status).toBe(404);
    expect(talk.get('/Payments').rows).toMatchObject([
      { ID: kept, Amount: 150, TransactionDate: '2026-11-30T00:00:00', UpdateDate: '2026-12-02T10:01:00' },
    ]);
  });
});
