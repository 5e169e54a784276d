/** Every operation of the QuickBooks connector against its sandbox, recorded and held against the lists of fields that Intuit publishes. */
import { deleteTypedPayment } from '../../local/vendors/quickbooks/people';
import { REALM } from '../../local/vendors/quickbooks/state';
import type { Flow } from '../../src/connectors/connector';
import { quickbooks } from '../../src/connectors/quickbooks';
import { instant } from '../../src/domain/values';
import { ACCOUNT, Books, CREDIT, INVOICE, PAYMENT, START } from '../connectors/quickbooks-rig';
import { fitsWhatIsPublished } from './published';

/** Everything that the connector can do, once at least. */
function tour(): Books {
  const books = new Books();
  const run = <T>(flow: Flow<T> | undefined): void => {
    const result = flow && books.run(flow);
    if (!result || 'fault' in result) throw new Error(JSON.stringify(result));
  };
  run(quickbooks.test?.({ REALM_ID: REALM, QUICKBOOKS_MODE: 'sandbox' }));
  books.done('invoice', INVOICE);
  books.done('invoice', { ...INVOICE, amountCents: 150_000, due: '2026-12-09' });
  books.done('payment', PAYMENT, { account: { ...ACCOUNT, QUICKBOOKS_DEPOSIT_ACCOUNT: 'Checking' } });
  books.done('payment', { ...PAYMENT, amountCents: 50_000 });
  books.done('credit', CREDIT);
  books.done('credit', { ...CREDIT, amountCents: 10_000 });
  const id = books.typed({ invoice: INVOICE.number, method: 'Check' });
  books.drain();
  const event = { realmId: REALM, dataChangeEvent: { entities: [{ name: 'Payment', id }] } };
  run(quickbooks.receipts?.byHint?.({ eventNotifications: [event] }, ACCOUNT));
  deleteTypedPayment(books.state, id, books.nowMs);
  books.drain();
  books.done('credit', { ...CREDIT, gone: true });
  books.done('payment', { ...PAYMENT, gone: true });
  books.done('invoice', { ...INVOICE, gone: true });
  const now = instant(books.nowMs);
  run(quickbooks.books?.items({ since: instant(START - 86_400_000), until: now, now, account: ACCOUNT }));
  return books;
}

describe('the traffic with QuickBooks', () => {
  const { har } = tour();
  const { entries } = har.toJSON().log;

  it('is of every kind, and nothing of it was refused', () => {
    const kinds = new Set(
      entries.map(({ request }) => {
        const { pathname, searchParams } = new URL(String(request.url));
        const path = pathname.replace(/^.*\/company\/\d+\//, '').replace(/\/\d+$/, '');
        return [request.method, path, searchParams.get('operation')].filter((part) => part).join(' ');
      }),
    );
    expect([...kinds].sort()).toEqual([
      'GET cdc',
      'GET companyinfo',
      'GET query',
      'POST creditmemo',
      'POST creditmemo delete',
      'POST customer',
      'POST invoice',
      'POST invoice void',
      'POST item',
      'POST payment',
      'POST payment update',
    ]);
    expect(new Set(entries.map(({ response }) => response.status))).toEqual(new Set([200]));
  });

  fitsWhatIsPublished('QuickBooks', () => har.toJSON());
});
