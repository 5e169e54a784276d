/** The QuickBooks sandbox by itself: money moves right, what may not be is refused, lists and changes are told as Intuit tells them. */
import { type QuickbooksState, quickbooks as sandbox } from '../../local/vendors/quickbooks';
import {
  bankPayments,
  correctPayment,
  deleteTypedPayment,
  editInvoice,
  takeDepositApart,
  typePayment,
  voidTypedPayment,
} from '../../local/vendors/quickbooks/people';
import type { Credentials } from '../../src/connectors/connector';
import { agreed, ask, company, START, signIn, tokenRequest } from '../connectors/quickbooks-rig';

type Body = Record<string, unknown>;
interface Thing extends Body {
  Id: string;
  SyncToken: string;
  Balance: number;
}

let state: QuickbooksState;
let credentials: Credentials;
let nowMs: number;

beforeEach(() => {
  nowMs = START;
  ({ state, credentials } = company(nowMs));
});

function send(method: string, path: string, body?: unknown): { status: number; body: Body } {
  nowMs += 1000;
  const reply = sandbox.handle(state, ask(credentials, method, path, body), nowMs);
  return { status: reply.status, body: JSON.parse(reply.body) as Body };
}

const codeOf = (reply: { body: Body }): string =>
  (reply.body.Fault as { Error: { code: string }[] } | undefined)?.Error[0]?.code ?? 'none';
function made(kind: string, body: unknown): Thing {
  const reply = send('POST', kind.toLowerCase(), body);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return reply.body[kind] as Thing;
}
const query = (text: string) =>
  (send('GET', `query?query=${encodeURIComponent(text)}`).body.QueryResponse ?? {}) as Record<string, Thing[]>;
const readInvoice = (id: string) => send('GET', `invoice/${id}`).body.Invoice as Thing;
const line = (Amount: number) => ({
  DetailType: 'SalesItemLineDetail',
  Amount,
  SalesItemLineDetail: { ItemRef: { value: '1' } },
});
const on = (id: string, Amount: number, TxnType = 'Invoice') => ({ Amount, LinkedTxn: [{ TxnId: id, TxnType }] });

function billed(amount = 1000, more: Body = {}): { customer: { value: string }; invoice: Thing } {
  const customer = { value: made('Customer', { DisplayName: `Ann ${nowMs}` }).Id };
  return { customer, invoice: made('Invoice', { CustomerRef: customer, Line: [line(amount)], ...more }) };
}

describe('money in the company', () => {
  it('lowers the balance of the invoice, and moves the tokens of both', () => {
    const { customer, invoice } = billed();
    const paid = made('Payment', { CustomerRef: customer, TotalAmt: 400, Line: [on(invoice.Id, 400)] });
    expect(paid).toMatchObject({ UnappliedAmt: 0, DepositToAccountRef: { value: '2' } });
    expect(readInvoice(invoice.Id)).toMatchObject({
      Balance: 600,
      TotalAmt: 1000,
      SyncToken: '1',
      LinkedTxn: [{ TxnId: paid.Id, TxnType: 'Payment' }],
    });
  });

  it('takes more than is owed without a word, and leaves it unapplied', () => {
    const { customer, invoice } = billed();
    const paid = made('Payment', { CustomerRef: customer, TotalAmt: 1200, Line: [on(invoice.Id, 1200)] });
    expect(paid).toMatchObject({ UnappliedAmt: 200, TotalAmt: 1200 });
    expect(readInvoice(invoice.Id).Balance).toBe(0);
  });

  it('goes back when the payment is voided, whose amount is then lost', () => {
    const { customer, invoice } = billed();
    const { Id } = made('Payment', {
      CustomerRef: customer,
      TotalAmt: 400,
      Line: [on(invoice.Id, 400)],
      PrivateNote: 'Dec',
    });
    const reply = send('POST', 'payment?operation=update&include=void', { Id, SyncToken: '0', sparse: true });
    expect(reply.body.Payment).toMatchObject({ TotalAmt: 0, PrivateNote: 'Voided - Dec', Line: [], SyncToken: '1' });
    expect(readInvoice(invoice.Id)).toMatchObject({ Balance: 1000, LinkedTxn: [] });
  });

  it('of a credit memo is put on an invoice by a payment of nothing', () => {
    const { customer, invoice } = billed();
    const memo = made('CreditMemo', { CustomerRef: customer, Line: [line(300)], DocNumber: 'C1' });
    expect(memo.RemainingCredit).toBe(300);
    const Line = [on(invoice.Id, 300), on(memo.Id, 300, 'CreditMemo')];
    expect(made('Payment', { CustomerRef: customer, TotalAmt: 0, Line }).UnappliedAmt).toBe(0);
    expect(readInvoice(invoice.Id).Balance).toBe(700);
    expect(query("select * from CreditMemo where DocNumber = 'C1'").CreditMemo?.[0]).toMatchObject({
      RemainingCredit: 0,
    });
  });

  it('that no longer fits an invoice made smaller is unapplied', () => {
    const { customer, invoice } = billed(1000, { DocNumber: 'N1' });
    const paid = made('Payment', { CustomerRef: customer, TotalAmt: 900, Line: [on(invoice.Id, 900)] });
    editInvoice(state, 'N1', { amountCents: 80_000 }, nowMs);
    expect(readInvoice(invoice.Id)).toMatchObject({ TotalAmt: 800, Balance: 0 });
    expect(send('GET', `payment/${paid.Id}`).body.Payment).toMatchObject({ UnappliedAmt: 100 });
  });

  it('is corrected, banked and deleted by a bookkeeper', () => {
    const { invoice } = billed(1000, { DocNumber: 'N1' });
    const customer = `Ann ${START}`;
    const id = typePayment(state, { customer, amountCents: 40_000, invoice: 'N1', method: 'Check' }, nowMs);
    correctPayment(state, id, 45_050, nowMs);
    expect(readInvoice(invoice.Id).Balance).toBe(549.5);
    const deposit = bankPayments(state, [id], nowMs);
    expect(() => deleteTypedPayment(state, id, nowMs)).toThrow();
    expect(() => voidTypedPayment(state, id, nowMs)).toThrow();
    takeDepositApart(state, deposit, nowMs);
    deleteTypedPayment(state, id, nowMs);
    expect(readInvoice(invoice.Id).Balance).toBe(1000);
    expect(codeOf(send('GET', `payment/${id}`))).toBe('610');
  });
});

describe('what is refused', () => {
  const tries: readonly (readonly [string, () => { status: number; body: Body }, string])[] = [
    ['a stale token', () => send('POST', 'invoice', { Id: billed().invoice.Id, SyncToken: '9', sparse: true }), '5010'],
    ['an object that is not there', () => send('POST', 'invoice', { Id: '9999', SyncToken: '0', sparse: true }), '610'],
    [
      'a name that another bears, or a supplier',
      () => send('POST', 'customer', { DisplayName: 'ace plumbing' }),
      '6240',
    ],
    [
      'a number that is given',
      () => {
        const { customer } = billed(10, { DocNumber: 'N1' });
        return send('POST', 'invoice', { CustomerRef: customer, DocNumber: 'N1', Line: [line(10)] });
      },
      '6140',
    ],
    [
      'voiding an invoice that was paid',
      () => {
        const { customer, invoice } = billed();
        made('Payment', { CustomerRef: customer, TotalAmt: 1, Line: [on(invoice.Id, 1)] });
        return send('POST', 'invoice?operation=void', { Id: invoice.Id, SyncToken: '1' });
      },
      '6000',
    ],
    [
      'voiding a payment as if it were an invoice',
      () => send('POST', 'payment?operation=void', { Id: '1', SyncToken: '0' }),
      '500',
    ],
    ['a reference that is too long', () => send('POST', 'payment', { PaymentRefNum: 'x'.repeat(22) }), '2050'],
    ['an item that is not there', () => send('POST', 'invoice', saleOf('99')), '2500'],
    ['a part of a cent', () => send('POST', 'invoice', saleOf('1', 1.005)), '2170'],
    ['a sale without a line', () => send('POST', 'invoice', { CustomerRef: billed().customer, Line: [] }), '2020'],
    ['the invoice of another customer', () => strangerPays(), '6000'],
    ['another currency', () => send('POST', 'customer', { DisplayName: 'Eve', CurrencyRef: { value: 'GBP' } }), '6000'],
    [
      'a statement with or',
      () => send('GET', `query?query=${encodeURIComponent("select * from Item where Name = 'a' or Name = 'b'")}`),
      '4000',
    ],
    [
      'changes of more than 30 days ago',
      () => send('GET', 'cdc?entities=Payment&changedSince=2026-10-01T00:00:00Z'),
      '4001',
    ],
  ];
  const saleOf = (item: string, Amount = 10) => ({
    CustomerRef: billed().customer,
    Line: [{ DetailType: 'SalesItemLineDetail', Amount, SalesItemLineDetail: { ItemRef: { value: item } } }],
  });
  const strangerPays = () => {
    const [{ invoice }, { customer }] = [billed(), billed()];
    return send('POST', 'payment', { CustomerRef: customer, TotalAmt: 10, Line: [on(invoice.Id, 10)] });
  };

  it.each(tries)('%s', (_, act, code) => {
    const reply = act();
    expect([reply.status, codeOf(reply)]).toEqual([400, code]);
  });

  it('the 501st call of a minute, in the words of the throttle', () => {
    for (let calls = 0; calls < 500; calls++) sandbox.handle(state, ask(credentials, 'GET', 'item/1'), nowMs);
    const reply = sandbox.handle(state, ask(credentials, 'GET', 'item/1'), nowMs);
    expect([reply.status, reply.body]).toEqual([429, 'message=ThrottleExceeded; errorCode=003001; statusCode=429']);
    expect(sandbox.handle(state, ask(credentials, 'GET', 'item/1'), nowMs + 61_000).status).toBe(200);
  });
});

describe('lists and changes', () => {
  it('are windows of what holds, in the order that was asked for', () => {
    for (let at = 1; at <= 7; at++) made('Customer', { DisplayName: `Resident ${at}` });
    const found = query(
      "select * from Customer where DisplayName like 'Resident%' orderby DisplayName desc startposition 3 maxresults 2",
    );
    expect(found.Customer?.map((one) => one.DisplayName)).toEqual(['Resident 5', 'Resident 4']);
    expect(query("select * from Customer where DisplayName = 'Nobody'")).toEqual({});
    expect(query('select count(*) from Customer')).toEqual({ totalCount: 7 });
  });

  it('take a name with a quotation mark', () => {
    made('Customer', { DisplayName: "Mary O'Neil" });
    expect(query("select * from Customer where DisplayName = 'Mary O\\'Neil'").Customer).toHaveLength(1);
  });

  it('tell of deletions, and of 1,000 objects at most', () => {
    made('Customer', { DisplayName: 'Bea' });
    const ids = Array.from({ length: 1001 }, () => typePayment(state, { customer: 'Bea', amountCents: 100 }, nowMs));
    const since = encodeURIComponent(new Date(nowMs - 1000).toISOString());
    const changes = (): Body[] => {
      const { CDCResponse } = send('GET', `cdc?entities=Customer,Payment&changedSince=${since}`).body;
      return (CDCResponse as [{ QueryResponse: [Body, Body] }])[0].QueryResponse[1].Payment as Body[];
    };
    expect(changes().length).toBe(999);
    for (const id of ids.slice(0, 1000)) deleteTypedPayment(state, id, nowMs);
    expect(changes()).toContainEqual(expect.objectContaining({ status: 'Deleted', Id: ids[0], domain: 'QBO' }));
  });

  it('answer a request id as they did before, even when the object is gone', () => {
    const body = { DisplayName: 'Once' };
    const [first, second] = [send('POST', 'customer?requestid=r1', body), send('POST', 'customer?requestid=r1', body)];
    expect(second.body).toEqual(first.body);
    expect(query("select * from Customer where DisplayName = 'Once'").Customer).toHaveLength(1);
  });
});

describe('sign-in', () => {
  it('brings the company along, and refuses a code that was used', () => {
    const back = agreed(state, nowMs);
    expect(back.get('realmId')).toBe(state.realm);
    const fields = {
      grant_type: 'authorization_code',
      code: back.get('code') ?? '',
      redirect_uri: 'https://script.google.com/macros/s/rig/exec',
    };
    expect(sandbox.handle(state, tokenRequest(fields), nowMs).status).toBe(200);
    expect(sandbox.handle(state, tokenRequest(fields), nowMs).body).toMatch(/invalid_grant/);
  });

  it('keeps the refresh token for a day; then its value changes and the old one ends', () => {
    const first = signIn(state, nowMs).refresh_token;
    const renew = (refresh_token: string) =>
      sandbox.handle(state, tokenRequest({ grant_type: 'refresh_token', refresh_token }), nowMs);
    nowMs += 3_600_000;
    expect(JSON.parse(renew(first).body)).toMatchObject({ refresh_token: first, expires_in: 3600 });
    nowMs += 86_400_000;
    const next = (JSON.parse(renew(first).body) as { refresh_token: string }).refresh_token;
    expect(next).not.toBe(first);
    expect(renew(first).status).toBe(400);
    expect(renew(next).status).toBe(200);
  });

  it('ends an access token after an hour', () => {
    expect(send('GET', 'item/1').status).toBe(200);
    nowMs += 3_600_000;
    expect(send('GET', 'item/1')).toMatchObject({ status: 401, body: { Fault: { type: 'AuthenticationFault' } } });
  });
});
