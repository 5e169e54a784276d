/** Every operation of the connector against the sandbox, held against Xero's published description. */
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { HarEntry } from '../../local/har';
import { deleteXeroPayment, recordXeroPayment } from '../../local/vendors/people';
import { xero } from '../../src/connectors/xero';
import { Office } from '../connectors/xero-office';
import { creditWish, invoiceWish, offer, paymentWish } from '../connectors/xero-rig';
import { descriptionOf, fitsWhatIsPublished, itIfPublished } from './published';

const addressOf = ({ request }: HarEntry): string =>
  `${request.method} ${new URL(String(request.url)).pathname.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')}`;

/**
 * What the cut-down description leaves out, though Xero's own client has it: the calls on one credit note. And the
 * connections, whose server it names with the path, where the checker looks for all paths under one server.
 */
const LEFT_OUT = [
  'DELETE /api.xro/2.0/CreditNotes/ID/Allocations/ID',
  'GET /connections',
  'POST /api.xro/2.0/CreditNotes/ID',
  'PUT /api.xro/2.0/CreditNotes/ID/Allocations',
];

/** All that the connector can do. */
function tour(): Office {
  const office = new Office();
  office.run(xero.test!(office.account));
  office.done('invoice', invoiceWish());
  office.done('payment', paymentWish());
  office.done('credit', creditWish());
  office.wish('invoice', invoiceWish({ amountCents: 1 }));
  office.done('payment', paymentWish({ gone: true }));
  office.done('credit', creditWish({ gone: true }));
  office.done('invoice', invoiceWish({ due: '2026-12-15' }));
  const id = recordXeroPayment(office.state, { invoice: invoiceWish().number, reference: 'cheque 1' }, office.nowMs);
  office.drain();
  office.nowMs += 60_000;
  deleteXeroPayment(office.state, id, office.nowMs);
  office.drain();
  office.items();
  office.done('invoice', invoiceWish({ gone: true }));
  const autopay = office.done('repeat', offer());
  office.done('unrepeat', offer({ autopay }));
  // The token ends, and is renewed.
  office.nowMs += 1_800_000;
  office.drain();
  return office;
}

const isLeftOut = (entry: HarEntry): boolean => LEFT_OUT.includes(addressOf(entry));

describe('the traffic of every operation', () => {
  const office = tour();
  const { log } = office.har.toJSON();

  it('is of every kind', () => {
    expect([...new Set(log.entries.map(addressOf))].sort()).toEqual([
      ...LEFT_OUT.slice(0, 1),
      'GET /api.xro/2.0/Accounts',
      'GET /api.xro/2.0/Contacts',
      'GET /api.xro/2.0/CreditNotes',
      'GET /api.xro/2.0/Invoices',
      'GET /api.xro/2.0/Organisation',
      'GET /api.xro/2.0/Payments',
      'GET /api.xro/2.0/RepeatingInvoices',
      'GET /api.xro/2.0/RepeatingInvoices/ID',
      LEFT_OUT[1],
      LEFT_OUT[2],
      'POST /api.xro/2.0/Invoices/ID',
      'POST /api.xro/2.0/Payments/ID',
      'POST /api.xro/2.0/RepeatingInvoices/ID',
      'POST /connect/token',
      'PUT /api.xro/2.0/Contacts',
      'PUT /api.xro/2.0/CreditNotes',
      LEFT_OUT[3],
      'PUT /api.xro/2.0/Invoices',
      'PUT /api.xro/2.0/Payments',
      'PUT /api.xro/2.0/RepeatingInvoices',
    ]);
  });

  fitsWhatIsPublished('Xero', () => ({ log: { ...log, entries: log.entries.filter((each) => !isLeftOut(each)) } }), {
    platform: 'xero',
  });

  itIfPublished('and what the description leaves out is made of the objects that it has', () => {
    const { components } = JSON.parse(readFileSync(descriptionOf('xero'), 'utf8')) as { components: object };
    const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });
    addFormats(ajv);
    ajv.addSchema({ $id: 'xero', components });
    const fits = (name: string, value: unknown) =>
      ajv.validate({ $ref: `xero#/components/schemas/${name}` }, value) || JSON.stringify(ajv.errors);
    const sent = log.entries.filter(isLeftOut).map((entry) => {
      const { postData } = entry.request as { postData?: { text: string } };
      const answer = JSON.parse((entry.response.content as { text: string }).text) as unknown;
      return { address: addressOf(entry), body: postData && (JSON.parse(postData.text) as unknown), answer };
    });
    expect(new Set(sent.map(({ address }) => address)).size).toBe(LEFT_OUT.length);
    for (const { address, body, answer } of sent) {
      if (address === 'GET /connections')
        for (const each of answer as unknown[]) expect(fits('Connection', each)).toBe(true);
      if (address.startsWith('POST'))
        expect([fits('CreditNotes', body), fits('CreditNotes', answer)]).toEqual([true, true]);
      if (address.startsWith('PUT'))
        for (const each of (body as { Allocations: unknown[] }).Allocations)
          expect(fits('Allocation', each)).toBe(true);
    }
  });
});
