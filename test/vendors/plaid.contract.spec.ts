/** Every call that the Plaid connector makes, and what the sandbox answers, held against Plaid's own published description. */
import { HarRecorder } from '../../local/har';
import {
  authorisePlaidPayment,
  endPlaidConsent,
  linkPlaidBank,
  movePlaidPayment,
  movePlaidTransfer,
  receiveAtPlaidBank,
  refundPlaidPayment,
  refundPlaidTransfer,
  removePlaidEntry,
} from '../../local/vendors/people';
import { plaid } from '../../src/connectors/plaid';
import { key } from '../../src/domain/values';
import { MINUTE, PlaidBench, pay, refOf } from '../connectors/plaid-bench';
import { fitsWhatIsPublished } from './published';

function linked(bench: PlaidBench, purpose: 'feed' | 'pay', item?: string): string {
  const { banks } = plaid;
  if (!banks) throw new Error('no banks');
  const { open, token } = bench.value(
    banks.begin({
      purpose,
      name: 'Anne Charleston',
      redirect: 'https://script.google.com/macros/s/x/exec',
      state: 'bank1',
      key: key('bank:1'),
      account: bench.account,
      ...(purpose === 'pay' ? { leaseId: 'L-1' } : {}),
      ...(item ? { item } : {}),
    }),
  );
  linkPlaidBank(bench.state, open, { account: 'Checking' }, bench.nowMs);
  const bank = bench.value(banks.finish(token, bench.account, item));
  if (!bank) throw new Error('not linked');
  if (bank.secret) bench.know(bank.item, bank.secret, purpose);
  return bank.item;
}

/** All that the connector can do, some of it refused. */
function tour(bench: PlaidBench): void {
  if (plaid.test) bench.value(plaid.test(bench.account));
  const [feed, resident] = [linked(bench, 'feed'), linked(bench, 'pay')];
  const bank = bench.state.items[resident];
  if (!bank) throw new Error('no bank');
  bench.drain();
  const entry = receiveAtPlaidBank(bench.state, feed, { amountCents: 120_050, name: 'Zelle' }, bench.nowMs);
  const transfer = refOf(bench.effect('transfer', pay(bank)));
  bench.effect('transfer', pay(bank, { amountCents: 99_000_000 }), 1, 'autopay:too-much');
  refOf(bench.effect('transfer', pay(bank), 2));
  const page = { amountCents: 95_050, currency: 'GBP', leaseId: 'L-2', property: 'Canal Wharf' };
  const [payment = '', url = ''] = refOf(bench.effect('payLink', page)).split(' ');
  refOf(bench.effect('payLink', page, 2));
  refOf(bench.effect('payLink', page, 1, 'paylink:again'));
  authorisePlaidPayment(bench.state, url, bench.nowMs);
  bench.later();
  for (const step of ['posted', 'settled'] as const) movePlaidTransfer(bench.state, transfer, step, bench.nowMs);
  movePlaidPayment(bench.state, payment, 'EXECUTED', bench.nowMs);
  removePlaidEntry(bench.state, feed, entry);
  bench.later();
  refundPlaidTransfer(bench.state, transfer, 10_000, bench.nowMs);
  refundPlaidPayment(bench.state, payment, 5000);
  for (let at = 0; at < 5; at++) {
    const id = refOf(bench.effect('transfer', pay(bank, { amountCents: 1000 + at }), 1, `autopay:${at}`));
    movePlaidTransfer(bench.state, id, 'failed', bench.nowMs);
    bench.nowMs += MINUTE;
  }
  bench.later();
  endPlaidConsent(bench.state, feed);
  bench.later();
  linked(bench, 'feed', feed);
  hints(bench, feed, payment);
  movePlaidTransfer(bench.state, transfer, 'returned', bench.nowMs);
  bench.later();
  const account = bank.accounts[0]?.account_id;
  refOf(bench.effect('removeBank', { autopay: `${resident} ${account}` }, 1, 'autopay-off:1'));
}

function hints(bench: PlaidBench, item_id: string, payment_id: string): void {
  const told = [
    { webhook_type: 'TRANSFER', webhook_code: 'TRANSFER_EVENTS_UPDATE' },
    { webhook_type: 'PAYMENT_INITIATION', webhook_code: 'PAYMENT_STATUS_UPDATE', payment_id },
    { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE', item_id },
  ];
  for (const hint of told) {
    const flow = plaid.receipts?.byHint?.(hint, bench.account);
    if (!flow) throw new Error(`nobody hears ${hint.webhook_code}`);
    bench.value(flow);
  }
}

const recorder = new HarRecorder();
const bench = new PlaidBench(recorder);
tour(bench);

it('the tour makes every call that the connector can make', () => {
  expect([...new Set(bench.waves.flat())].sort()).toEqual([
    '/accounts/get',
    '/item/public_token/exchange',
    '/item/remove',
    '/link/token/create',
    '/link/token/get',
    '/payment_initiation/payment/create',
    '/payment_initiation/payment/get',
    '/payment_initiation/payment/list',
    '/payment_initiation/recipient/create',
    '/payment_initiation/recipient/list',
    '/transactions/sync',
    '/transfer/authorization/create',
    '/transfer/create',
    '/transfer/event/sync',
    '/transfer/get',
    '/transfer/list',
  ]);
});

it('no secret is in the recording', () => {
  const text = JSON.stringify(recorder.toJSON());
  for (const secret of [...Object.values(bench.secrets), bench.state.secrets.sandbox ?? ''])
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
});

fitsWhatIsPublished('Plaid', () => recorder.toJSON());
