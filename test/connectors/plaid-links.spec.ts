/** Banks linked at Plaid, its webhooks, its test call and its errors. */
import {
  authorisePlaidPayment,
  endPlaidConsent,
  linkPlaidBank,
  receiveAtPlaidBank,
  settledPlaidTransfer,
} from '../../local/vendors/people';
import { plaid } from '../../src/connectors/plaid';
import { key } from '../../src/domain/values';
import { faultOf, PlaidBench, refOf, START } from './plaid-bench';

describe('a link to a bank', () => {
  const begin = (bench: PlaidBench, more: object = {}) => {
    if (!plaid.banks) throw new Error('no banks');
    return bench.result(
      plaid.banks.begin({
        purpose: 'feed',
        name: 'Elm House',
        redirect: 'https://script.google.com/macros/s/x/exec',
        state: 'bank1',
        key: key('bank:1'),
        account: bench.account,
        ...more,
      }),
    );
  };
  const finish = (bench: PlaidBench, token: string, item?: string) => {
    if (!plaid.banks) throw new Error('no banks');
    return bench.result(plaid.banks.finish(token, bench.account, item));
  };
  const begun = (bench: PlaidBench, more: object = {}) => {
    const result = begin(bench, more);
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  };

  it('leads to a page and back to ours, and then opens the bank', () => {
    const bench = new PlaidBench();
    const { open, token } = begun(bench);
    expect(finish(bench, token)).toEqual({ value: undefined });
    const { item, account, back } = linkPlaidBank(
      bench.state,
      open,
      { account: 'Checking', mask: '4417' },
      bench.nowMs,
    );
    expect(back).toBe('https://script.google.com/macros/s/x/exec?state=bank1');
    const secret = bench.state.items[item]?.access_token;
    const name = 'First Platypus Bank Checking …4417';
    expect(finish(bench, token)).toEqual({ value: { item, secret, name, accountId: account } });
  });

  it('keeps the secret though the bank cannot be looked at', () => {
    const bench = new PlaidBench();
    const { open, token } = begun(bench, { purpose: 'pay', leaseId: 'L-1' });
    const { item } = linkPlaidBank(bench.state, open, { account: 'Checking' }, bench.nowMs);
    endPlaidConsent(bench.state, item);
    expect(finish(bench, token)).toMatchObject({ value: { item, name: 'First Platypus Bank Checking …0000' } });
  });

  it('renews the consent of a bank under the link it has', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    endPlaidConsent(bench.state, item.item_id);
    const { open, token } = begun(bench, { item: item.item_id });
    expect(finish(bench, token, item.item_id)).toEqual({ value: undefined });
    linkPlaidBank(bench.state, open, {}, bench.nowMs);
    expect(finish(bench, token, item.item_id)).toMatchObject({ value: { item: item.item_id, secret: '' } });
    expect(bench.drain().faults).toEqual([]);
  });
});

describe('hints', () => {
  const hinted = (bench: PlaidBench, body: object) => {
    const flow = plaid.receipts?.byHint?.({ ...body }, bench.account);
    return flow && bench.value(flow).map((payment) => payment.externalId);
  };

  it('of transfers, of a payment and of a linked bank find what makes the next poll come sooner', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const transfer = settledPlaidTransfer(bench.state, { lease: 'L-1', amountCents: 5000 }, START);
    const entry = receiveAtPlaidBank(bench.state, item.item_id, { amountCents: 100, name: 'Zelle' }, START);
    const [payment = '', url = ''] = refOf(
      bench.effect('payLink', { amountCents: 900, currency: 'GBP', leaseId: 'L-1' }),
    ).split(' ');
    const told = { webhook_type: 'PAYMENT_INITIATION', webhook_code: 'PAYMENT_STATUS_UPDATE', payment_id: payment };
    expect(hinted(bench, told)).toEqual([]);
    authorisePlaidPayment(bench.state, url, bench.nowMs);
    expect(hinted(bench, told)).toEqual([payment]);
    expect(hinted(bench, { webhook_type: 'TRANSFER', webhook_code: 'TRANSFER_EVENTS_UPDATE' })).toEqual([transfer]);
    const code = 'SYNC_UPDATES_AVAILABLE';
    expect(hinted(bench, { webhook_type: 'TRANSACTIONS', webhook_code: code, item_id: item.item_id })).toEqual([entry]);
  });

  it.each([
    ['a bank that is not linked here', { webhook_type: 'TRANSACTIONS', item_id: 'itemElse' }],
    ['a path for an id', { webhook_type: 'PAYMENT_INITIATION', payment_id: '../x' }],
    ['anything else', { webhook_type: 'ITEM', webhook_code: 'ERROR' }],
  ])('of %s ask for nothing', (_, body) => {
    const bench = new PlaidBench();
    bench.bank('feed');
    expect(hinted(bench, body)).toBeUndefined();
    expect(bench.waves).toEqual([]);
  });
});

describe('the test call', () => {
  const test = (bench: PlaidBench) => {
    if (!plaid.test) throw new Error('no test');
    return bench.result(plaid.test(bench.account));
  };

  it('finds the mode, and which products Plaid has opened to the account', () => {
    const bench = new PlaidBench();
    const seen = { name: 'Plaid, sandbox', mode: 'sandbox' };
    expect(test(bench)).toEqual({ value: { ...seen, found: { TRANSFERS: 'yes', PAYMENTS: 'yes' } } });
    bench.state.products = ['transactions'];
    expect(test(bench)).toEqual({ value: { ...seen, found: { TRANSFERS: 'no', PAYMENTS: 'no' } } });
  });

  it('refuses keys of the other mode', () => {
    const bench = new PlaidBench();
    bench.account = { PLAID_MODE: 'production' };
    expect(faultOf(test(bench))).toMatchObject({ fault: 'auth', code: 'INVALID_INPUT/INVALID_API_KEYS' });
  });

  it('a product that was not opened is not asked for', () => {
    const bench = new PlaidBench();
    bench.state.products = ['transactions'];
    bench.account = { ...bench.account, TRANSFERS: 'no', PAYMENTS: 'no' };
    bench.bank('feed');
    expect(bench.drain().faults).toEqual([]);
    expect(bench.waves).toEqual([['/transactions/sync']]);
  });
});

describe('faults', () => {
  it.each([
    [429, 'RATE_LIMIT_EXCEEDED', 'TRANSACTIONS_SYNC_LIMIT', 'busy'],
    [400, 'INVALID_INPUT', 'INVALID_API_KEYS', 'auth'],
    [400, 'ITEM_ERROR', 'ITEM_LOGIN_REQUIRED', 'auth'],
    [400, 'INSTITUTION_ERROR', 'INSTITUTION_DOWN', 'down'],
    [500, 'API_ERROR', 'INTERNAL_SERVER_ERROR', 'down'],
    [404, 'INVALID_INPUT', 'NOT_FOUND', 'missing'],
    [400, 'TRANSFER_ERROR', 'TRANSFER_NOT_CANCELLABLE', 'rejected'],
  ])('HTTP %i with %s %s is %s', (status, error_type, error_code, fault) => {
    const body = JSON.stringify({ error_type, error_code, error_message: 'No.', request_id: 'r1' });
    expect(plaid.fault({ status, headers: {}, body })).toMatchObject({
      fault,
      code: `${error_type}/${error_code}`,
      requestId: 'r1',
    });
  });

  it('a source that fails alone leaves the others be', () => {
    const bench = new PlaidBench();
    const item = bench.bank('feed');
    const entry = receiveAtPlaidBank(bench.state, item.item_id, { amountCents: 100, name: 'Zelle' }, START);
    const down = { error_type: 'API_ERROR', error_code: 'INTERNAL_SERVER_ERROR', error_message: 'Sorry.' };
    bench.twist = (request, reply) =>
      /event\/sync/.test(request.url) ? { status: 500, headers: {}, body: JSON.stringify(down) } : reply();
    const { payments, faults } = bench.drain();
    expect([...payments.keys()]).toEqual([entry]);
    expect(faults).toMatchObject([{ about: 'transfers', fault: { fault: 'down' } }]);
  });

  it('an error that prints a secret is told without it', () => {
    const error_message = 'access-sandbox-1234-5678 and public-production-abc and link-sandbox-9 are gone';
    const body = JSON.stringify({ error_type: 'ITEM_ERROR', error_code: 'ITEM_NOT_FOUND', error_message });
    const told = plaid.fault({ status: 400, headers: {}, body })?.message ?? '';
    expect(told).not.toMatch(/1234|abc|-9/);
    expect(told).toMatch(/access-\[redacted\] and public-\[redacted\] and link-\[redacted\] are gone/);
  });

  it('keys that are missing are told before anything is sent', () => {
    const request = { method: 'POST' as const, url: 'https://sandbox.plaid.com/x', headers: {}, body: '{}' };
    expect(() => plaid.sign(request, {})).toThrow(/Connect Plaid again/);
  });
});
