/** The Yardi sandbox held against what is known of Voyager: the lists of operations and parameters, and payloads that were observed. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NAMESPACE } from '../../local/vendors/yardi-breeze/soap';
import { CREDENTIALS, OPERATIONS } from '../../local/vendors/yardi-breeze/voyager';
import { type Element, parsed } from '../../local/vendors/yardi-breeze/xml';
import { descriptionOf, itIfPublished } from './published';
import type { Json } from './talk';
import { CHARGE, chargeXml, RECEIPT, receiptXml, textsOf, transactionXml, YardiTalk } from './yardi-talk';

const read = (file: string): Json =>
  JSON.parse(readFileSync(join(dirname(descriptionOf('yardi-breeze')), file), 'utf8')) as Json;

/** Every way down that the element has: `Property PropertyID Identification`. */
function waysOf(element: Element, above = ''): Set<string> {
  const ways = new Set<string>();
  for (const child of element.children) {
    const way = `${above} ${child.name}`.trim();
    ways.add(way);
    for (const deeper of waysOf(child, way)) ways.add(deeper);
  }
  return ways;
}

describe('the Yardi sandbox', () => {
  itIfPublished('has the listed operations with their parameters and the SOAP action', () => {
    const { namespace, credentialParams, operations } = read('soap-operations.json');
    expect(NAMESPACE).toBe(namespace);
    expect([...CREDENTIALS]).toEqual(credentialParams);
    for (const [name, { parameters }] of Object.entries(OPERATIONS))
      expect([name, parameters]).toEqual([name, operations[name]?.params]);
  });

  itIfPublished('gives a charge every element that was observed, in the same order', () => {
    const observed = parsed(read('fixtures.json').getResidentTransactions_response);
    const talk = new YardiTalk();
    talk.told('ImportCharge_Login', transactionXml(chargeXml({ ...CHARGE })));
    const ours = talk.window('GetResidentTransactions_ByChargeDate_Login');
    expect([ours.name, ours.namespace]).toEqual([observed.name, observed.namespace]);
    // A middle name and a number of occupants are not kept here.
    const missing = [...waysOf(observed)].filter((way) => !waysOf(ours).has(way));
    expect(missing).toEqual([
      'Property RT_Customer Customers Customer Description',
      'Property RT_Customer Customers Customer Name MiddleName',
      'Property RT_Customer RT_Unit NumberOccupants',
    ]);
    const detail = (root: Element) => [...waysOf(root)].filter((way) => way.includes('Charge Detail '));
    expect(detail(ours)).toEqual(detail(observed));
  });

  itIfPublished('takes the receipt and the charge that were observed', () => {
    const { import_receipt_request: receipt, import_charge_request: charge } = read('fixtures.json');
    const talk = new YardiTalk();
    talk.state.voyager.codes.push({ code: 'insur', description: 'Insurance', account: '53500000' });
    const tenant = { ...talk.state.voyager.tenants[0]!, code: 't0012027', property: 'rnttrk01' };
    talk.state.voyager.properties.push({ code: 'rnttrk01', name: 'A' }, { code: 'getcov02', name: 'B' });
    talk.state.voyager.tenants.push(tenant, { ...tenant, code: 't0067659', property: 'getcov02' });
    const inner = parsed(receipt).name === 'TransactionXml' ? receipt : `<TransactionXml>${receipt}</TransactionXml>`;
    expect(talk.told('ImportReceipt_Login', { TransactionXml: { xml: inner } })).toEqual([
      expect.stringMatching(/^FYI/),
    ]);
    expect(talk.told('ImportCharge_Login', { TransactionXml: { xml: charge } })).toEqual([
      expect.stringMatching(/^FYI/),
    ]);
    expect(talk.voyager.lines.map(({ cents }) => cents)).toEqual([130_000, 4500]);
  });

  it('answers every operation with its own envelope', () => {
    const talk = new YardiTalk();
    const values: Json = {
      YardiPropertyId: '101',
      PostMonth: '2026-12-01T00:00:00',
      FromDate: '2026-12-01T00:00:00',
      ToDate: '2026-12-31T00:00:00',
    };
    for (const [name, { parameters }] of Object.entries(OPERATIONS)) {
      const line = name === 'ImportCharge_Login' ? chargeXml(CHARGE) : receiptXml(RECEIPT);
      const given: Json = { ...values, ...transactionXml(line) };
      const { status, body, result } = talk.call(
        name,
        Object.fromEntries(parameters.map((each) => [each, given[each]])),
      );
      expect([name, status, textsOf(parsed(body), 'faultstring')]).toEqual([name, 200, []]);
      expect(result.name).not.toBe('Fault');
    }
  });
});
