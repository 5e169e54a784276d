/** Charges, money and credit as invoices of Dynamics 365: their lines, their states, and what people have done to them. */
import * as people from '../../local/vendors/dynamics-365/people';
import type { Connector } from '../../src/connectors/connector';
import { dynamics365 } from '../../src/connectors/dynamics-365';
import { cents } from '../../src/domain/money';
import { currency, instant } from '../../src/domain/values';
import { CrmBench, creditOf, faultLike, INVOICE, invoiceOf, paymentOf, START } from './dynamics-365-rig';

describe('invoices', () => {
  const pair = (bench: CrmBench) => [bench.invoice().statecode, bench.invoice().statuscode];

  it('are a charge with one line, for the contact of the lease', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    expect(bench.invoice()).toMatchObject({
      ...{ invoicenumber: INVOICE, name: 'Rent December 2026', duedate: '2026-12-01' },
      ...{ totalamount: 1250.5, customerid: bench.contact().id, statecode: 0, statuscode: 1 },
    });
    expect(bench.rows('invoicedetail')).toMatchObject([{ productdescription: 'Rent December 2026', quantity: 1 }]);
  });

  it('go through the states that their payments make of them', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    bench.done('payment', paymentOf());
    expect(pair(bench)).toEqual([2, 100002]);
    expect(bench.invoice().description).toBe('RP-1A2B3C4D5E 500.00 on 2026-12-03, stripe pi_1');
    const rest = paymentOf({ number: 'RP-2A2B3C4D5E', amountCents: cents(75_050) });
    bench.done('payment', rest);
    expect(pair(bench)).toEqual([2, 100001]);
    bench.done('payment', { ...rest, gone: true });
    expect(pair(bench)).toEqual([2, 100002]);
    bench.done('payment', paymentOf({ gone: true }));
    expect(pair(bench)).toEqual([0, 4]);
    expect(bench.invoice().totalamount).toBe(1250.5);
  });

  it('take several payments at once, each seeing the one before', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    bench.done('payment', paymentOf(), paymentOf({ number: 'RP-2A2B3C4D5E', amountCents: cents(75_050) }));
    expect(pair(bench)).toEqual([2, 100001]);
    expect(String(bench.invoice().description).split('\n')).toHaveLength(2);
  });

  it('are less by a credit, which is a line, and more again when it is taken back', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    bench.done('payment', paymentOf({ amountCents: cents(120_025) }));
    expect(pair(bench)).toEqual([2, 100002]);
    bench.done('credit', creditOf());
    expect([bench.invoice().totalamount, ...pair(bench)]).toEqual([1200.25, 2, 100001]);
    bench.done('credit', creditOf({ amountCents: cents(3_000) }));
    expect([bench.invoice().totalamount, ...pair(bench)]).toEqual([1220.5, 2, 100002]);
    bench.done('credit', creditOf({ gone: true }));
    expect([bench.invoice().totalamount, ...pair(bench)]).toEqual([1250.5, 2, 100002]);
    expect(bench.rows('invoicedetail')).toHaveLength(1);
  });

  it('are changed, canceled and opened again, whatever state they are in', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    bench.done('payment', paymentOf());
    bench.done('invoice', invoiceOf({ amountCents: cents(50_000) }));
    expect([bench.invoice().totalamount, ...pair(bench)]).toEqual([500, 2, 100001]);
    bench.done('invoice', invoiceOf({ gone: true }));
    expect([bench.invoice().description, ...pair(bench)]).toEqual(['', 3, 100003]);
    expect(bench.done('payment', paymentOf({ gone: true }))).toEqual([
      expect.stringContaining(String(bench.invoice().id)),
    ]);
    bench.done('invoice', invoiceOf());
    expect([bench.invoice().totalamount, ...pair(bench)]).toEqual([1250.5, 0, 4]);
  });

  it('write nothing where everything is as it ought to be', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    const { version } = bench.state;
    bench.done('invoice', invoiceOf());
    expect(bench.state.version).toBe(version);
    expect(bench.done('invoice', invoiceOf({ number: 'RL-9A2B3C4D5E', gone: true }))).toEqual(['none']);
  });

  it('keep what people have written into the description', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    const id = String(bench.invoice().id);
    people.editRow(bench.state, 'invoice', id, { description: 'Call before Friday' }, bench.nowMs);
    bench.done('payment', paymentOf());
    bench.done('payment', paymentOf({ gone: true }));
    expect(bench.invoice().description).toBe('Call before Friday');
  });

  it('that somebody has canceled there take no payment', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    people.cancelInvoice(bench.state, String(bench.invoice().id), bench.nowMs);
    const says = expect.stringContaining('was canceled in Dynamics 365');
    expect(bench.tell('payment', paymentOf())).toEqual({ value: [faultLike('rejected', says)] });
  });

  it('that are not there yet, in another currency or of a state that is not documented are named', () => {
    const bench = new CrmBench();
    expect(bench.tell('payment', paymentOf())).toEqual({
      value: [faultLike('busy', expect.stringContaining(`Invoice ${INVOICE} is not in Dynamics 365 yet`))],
    });
    const pounds = invoiceOf({ currency: currency('GBP') });
    expect(bench.tell('invoice', pounds)).toEqual({
      value: [faultLike('rejected', expect.stringContaining('no currency GBP'))],
    });
    bench.done('invoice', invoiceOf());
    Object.assign(bench.state.rows.invoice![0]!.values, { statecode: 2, statuscode: 7 });
    expect(bench.tell('payment', paymentOf())).toEqual({
      value: [faultLike('malformed', expect.stringContaining('statuscode is 7'))],
    });
  });

  it('that change in the same moment are tried again and not written over', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf());
    bench.answer = (request, reply) => {
      if (/"description"/.test(request.body))
        people.editRow(bench.state, 'invoice', String(bench.invoice().id), { name: 'Mine' }, bench.nowMs);
      return reply();
    };
    expect(bench.tell('payment', paymentOf())).toEqual({
      value: [faultLike('busy', expect.stringContaining('same moment'))],
    });
    expect(bench.invoice().description ?? null).toBeNull();
  });

  it('are compared at night with what lies on them', () => {
    const bench = new CrmBench();
    bench.done('invoice', invoiceOf(), invoiceOf({ number: 'RL-2A2B3C4D5E', due: '2027-06-01' as never }));
    bench.done('payment', paymentOf());
    bench.done('credit', creditOf());
    const items = () => {
      const until = instant(bench.nowMs + 30 * 86_400_000);
      const context = {
        since: instant(START - 40 * 86_400_000),
        now: instant(bench.nowMs),
        until,
        account: bench.account,
      };
      const result = bench.run((dynamics365.books as NonNullable<Connector['books']>).items(context));
      if ('fault' in result) throw new Error(JSON.stringify(result.fault));
      return result.value;
    };
    expect(items()).toMatchObject([
      { kind: 'invoice', number: INVOICE, amountCents: 125_050, openCents: 70_025, currency: 'USD', gone: false },
      { kind: 'payment', number: 'RP-1A2B3C4D5E', amountCents: 50_000, on: INVOICE },
      { kind: 'credit', number: 'RC-1A2B3C4D5E', amountCents: 5_025, on: INVOICE },
    ]);
    people.editRow(bench.state, 'invoice', String(bench.invoice().id), { statecode: 0, statuscode: 1 }, bench.nowMs);
    people.payInvoice(bench.state, String(bench.invoice().id), false, bench.nowMs);
    expect(items()[0]).toMatchObject({ openCents: 0 });
  });
});
