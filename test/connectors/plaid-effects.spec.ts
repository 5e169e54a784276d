/** What Plaid is asked to do: debits that are judged first, and pages to pay by bank. */
import { authorisePlaidPayment, movePlaidPayment, refundPlaidPayment } from '../../local/vendors/people';
import { bearsOurReference, leaseIn, referenceOf } from '../../src/connectors/plaid/reference';
import { DAY, debited, faultOf, MINUTE, only, PlaidBench, pay, refOf } from './plaid-bench';

describe('a debit', () => {
  it('is judged, then made, with ten characters for the bank and our lease in its metadata', () => {
    const bench = new PlaidBench();
    const id = debited(bench);
    expect(bench.state.transfers[id]).toMatchObject({
      amount: '1450.00',
      description: 'Rent Elm H',
      metadata: { lease_id: 'L-1' },
      status: 'pending',
    });
  });

  it('keeps a lease id that is not ASCII as it was', () => {
    const bench = new PlaidBench();
    bench.effect('transfer', pay(bench.bank('pay'), { leaseId: 'Mühle 4%' }));
    expect(only(bench.later().payments).leaseRef).toBe('Mühle 4%');
  });

  it.each([1, 2])('says that it is retry %i', (retry) => {
    const bench = new PlaidBench();
    const id = refOf(bench.effect('transfer', pay(bench.bank('pay'), { retry })));
    expect(bench.state.transfers[id]?.description).toBe(`Retry ${retry}`);
  });

  it.each([
    ['NSF', { balance: 100 }, {}],
    ['TRANSFER_LIMIT_REACHED', { balance: 9_000_000 }, { amountCents: 150_000_000 }],
  ])('that is declined for %s collects nothing and says so', (code, bank, more) => {
    const bench = new PlaidBench();
    const fault = faultOf(bench.effect('transfer', pay(bench.bank('pay', bank), more)));
    expect(fault).toMatchObject({ fault: 'rejected', code });
    expect(fault.message).toMatch(/Nothing was collected/);
    expect(Object.keys(bench.state.transfers)).toEqual([]);
  });

  it('asks for the resident when their bank wants a new consent', () => {
    const bench = new PlaidBench();
    const item = bench.bank('pay');
    item.loginRequired = true;
    expect(faultOf(bench.effect('transfer', pay(item))).message).toMatch(/must link the bank again/);
  });

  it('is found by our key when its answer was lost, even after Plaid has forgotten the key', () => {
    const bench = new PlaidBench();
    const item = bench.bank('pay');
    const first = refOf(bench.effect('transfer', pay(item)));
    bench.nowMs += 5 * DAY;
    expect(refOf(bench.effect('transfer', pay(item), 2))).toBe(first);
    expect(Object.keys(bench.state.transfers)).toEqual([first]);
  });

  it.each([20, 200])('whose making was never heard of is made once when it is tried %i minutes later', (minutes) => {
    const bench = new PlaidBench();
    const item = bench.bank('pay');
    bench.twist = (request, reply) => (/transfer\/create/.test(request.url) ? new Error('no route') : reply());
    expect(faultOf(bench.effect('transfer', pay(item))).fault).toBe('down');
    bench.twist = (_, reply) => reply();
    bench.nowMs += minutes * MINUTE;
    const id = refOf(bench.effect('transfer', pay(item), 2));
    expect(Object.keys(bench.state.transfers)).toEqual([id]);
    expect(Object.keys(bench.state.authorizations)).toHaveLength(minutes < 60 ? 1 : 2);
  });

  it.each([
    ['another currency', { currency: 'EUR' }, /currency/],
    ['no bank', { autopay: 'item' }, /a linked item and its account/],
    ['nothing', { amountCents: 0 }, /1.00 or more/],
    ['a third retry', { retry: 3 }, /the first or second retry/],
    ['nobody', { name: undefined }, /name/],
  ])('of %s is refused before anything is sent', (_, more, says) => {
    const bench = new PlaidBench();
    const fault = faultOf(bench.effect('transfer', pay(bench.bank('pay'), more)));
    expect(fault.fault).toBe('malformed');
    expect(fault.message).toMatch(says);
    expect(bench.waves).toEqual([]);
  });
});

describe('a page to pay by bank', () => {
  const wanted = { amountCents: 95_050, currency: 'GBP', leaseId: 'L-104', property: 'Canal Wharf' };
  const page = (bench: PlaidBench, attempt = 1) => refOf(bench.effect('payLink', wanted, attempt)).split(' ');

  it('is for one payment whose reference carries the lease', () => {
    const bench = new PlaidBench();
    const [id = '', url = ''] = page(bench);
    expect(url).toMatch(/^https:\/\/secure\.plaid\.com\//);
    expect(bench.state.payments[id]).toMatchObject({ amount: { currency: 'GBP', value: 950.5 } });
    expect(leaseIn(bench.state.payments[id]?.reference ?? '')).toBe('L-104');
  });

  it('opens another page for the same payment when it is asked again, and makes one recipient', () => {
    const bench = new PlaidBench();
    const [first, again] = [page(bench), page(bench, 2)];
    expect(again[0]).toBe(first[0]);
    bench.effect('payLink', wanted, 1, 'paylink:another');
    expect([Object.keys(bench.state.payments).length, bench.state.recipients.length]).toEqual([2, 1]);
  });

  it('says where to enter the account that is paid', () => {
    const bench = new PlaidBench();
    bench.account = { PLAID_MODE: 'sandbox', PLAID_RECIPIENT_NAME: 'Elm' };
    expect(faultOf(bench.effect('payLink', wanted)).message).toMatch(/an IBAN or a sort code/);
  });

  it('is not made in dollars', () => {
    expect(faultOf(new PlaidBench().effect('payLink', { ...wanted, currency: 'USD' })).message).toMatch(/GBP, EUR/);
  });

  it.each([
    [[], undefined],
    [['PROCESSING'], 'pending'],
    [['INITIATED'], 'pending'],
    [['INITIATED', 'EXECUTED'], 'settled'],
    [['PROCESSING', 'INSUFFICIENT_FUNDS'], 'failed'],
    [['INITIATED', 'REJECTED'], 'failed'],
    [['BLOCKED'], 'failed'],
    [['AUTHORISING'], undefined],
    [['AUTHORISING', 'CANCELLED'], 'failed'],
  ] as const)('after %j it is %s', (steps, state) => {
    const bench = new PlaidBench();
    const [id = ''] = page(bench);
    for (const step of steps) movePlaidPayment(bench.state, id, step, bench.nowMs);
    const found = bench.later().payments.get(id);
    expect(found?.state).toBe(state);
    if (found) expect(found).toMatchObject({ leaseRef: 'L-104', amountCents: 95_050, currency: 'GBP' });
  });

  it('in euros the bank has said its last word when it accepts', () => {
    const bench = new PlaidBench();
    const [id = '', url = ''] = refOf(bench.effect('payLink', { ...wanted, currency: 'EUR' })).split(' ');
    authorisePlaidPayment(bench.state, url, bench.nowMs);
    expect(bench.later().payments.get(id)?.state).toBe('settled');
  });

  it('reads again what is open, over pages, and stops where nothing can be open any more', () => {
    const bench = new PlaidBench();
    for (let at = 0; at < 230; at++) {
      bench.effect('payLink', wanted, 1, `paylink:${at}`);
      bench.nowMs += MINUTE;
    }
    const [first = ''] = Object.keys(bench.state.payments);
    bench.drain();
    movePlaidPayment(bench.state, first, 'INITIATED', bench.nowMs);
    expect(only(bench.later().payments)).toMatchObject({ externalId: first, state: 'pending' });
    bench.nowMs += 40 * DAY;
    bench.waves.length = 0;
    bench.drain();
    expect(bench.waves.flat().filter((path) => path.endsWith('/payment/list'))).toHaveLength(1);
  });

  it('tells one refund, and names several as what it cannot tell apart', () => {
    const bench = new PlaidBench();
    const [id = '', url = ''] = page(bench);
    authorisePlaidPayment(bench.state, url, bench.nowMs);
    movePlaidPayment(bench.state, id, 'EXECUTED', bench.nowMs);
    refundPlaidPayment(bench.state, id, 10_000);
    expect(bench.later().payments.get(id)?.reversals).toMatchObject([{ reason: 'refunded', amountCents: 10_000 }]);
    refundPlaidPayment(bench.state, id, 5000);
    expect(bench.later().faults).toMatchObject([{ about: id, fault: { fault: 'malformed' } }]);
  });
});

describe('a reference', () => {
  it.each(['L-104', 'PL-3', '7', 'UNIT B', 'zoo'])('carries %s and comes back', (lease) => {
    const reference = referenceOf(lease, `paylink:${lease}`);
    expect(reference).toMatch(/^[0-9A-Z]{1,18}$/);
    expect(leaseIn(reference)).toBe(lease.toUpperCase());
    expect(bearsOurReference(`FPI ${reference.toLowerCase()} thanks`)).toBe(true);
  });

  it('leaves out a lease that does not fit, and knows words of others for what they are', () => {
    const reference = referenceOf('Building 14, unit 3', 'paylink:1');
    expect(reference).toHaveLength(18);
    expect([leaseIn(reference), bearsOurReference(reference)]).toEqual([undefined, true]);
    expect(['RENT DECEMBER', 'RLPL3', 'RL-8K2M4N7QPZ'].map(bearsOurReference)).toEqual([false, false, false]);
  });
});
