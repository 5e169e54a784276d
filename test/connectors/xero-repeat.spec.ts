/** Repeating invoices at Xero: their schedules, their end, and the payments on what they write. */
import { recordXeroPayment } from '../../local/vendors/people';
import { xero } from '../../src/connectors/xero';
import { effectOf } from './drive';
import { Office } from './xero-office';
import { DAY_MS, offer } from './xero-rig';

describe('a repeating invoice', () => {
  it.each([
    ['weekly', 1, 'WEEKLY'],
    ['fortnightly', 2, 'WEEKLY'],
    ['monthly', 1, 'MONTHLY'],
    ['quarterly', 3, 'MONTHLY'],
    ['yearly', 12, 'MONTHLY'],
  ])('of a %s rent', (frequency, period, unit) => {
    const office = new Office();
    const id = office.done('repeat', offer({ frequency, end: '2028-12-31' }));
    expect(office.books.repeating).toMatchObject([
      { id, status: 'AUTHORISED', schedule: { period, unit, start: '2027-01-01', end: '2028-12-31' } },
    ]);
    expect(effectOf(xero, 'repeat').link?.(id)).toEqual({ kind: 'autopay', externalId: id });
  });

  it('of another rent ends the one before', () => {
    const office = new Office();
    office.done('repeat', offer());
    office.done('repeat', offer({ amountCents: 150_000 }));
    expect(office.books.repeating.map(({ status, lines }) => [status, lines[0]!.cents])).toEqual([
      ['DELETED', 145_000],
      ['AUTHORISED', 150_000],
    ]);
  });

  it('is ended once', () => {
    const office = new Office();
    const autopay = office.done('repeat', offer());
    expect(office.done('unrepeat', offer({ autopay }))).toBe(autopay);
    expect(office.done('unrepeat', offer({ autopay }))).toBe(autopay);
    expect(office.books.repeating).toMatchObject([{ status: 'DELETED' }]);
  });

  it('writes an invoice whose payment names the lease', () => {
    const office = new Office();
    office.done('repeat', offer({ due: '2026-12-03' }));
    office.nowMs += DAY_MS;
    office.drain();
    const [invoice] = office.books.invoices;
    expect(invoice).toMatchObject({ number: 'INV-0001', due: '2026-12-03', day: '2026-12-03' });
    recordXeroPayment(office.state, { invoice: 'INV-0001' }, office.nowMs);
    const [seen] = office.drain().payments.values();
    expect(seen).toMatchObject({ leaseRef: 'L-1', amountCents: 145_000 });
    expect(seen?.invoice).toBeUndefined();
  });
});
