/** The Yardi sandbox's Voyager: what it reads out, what an import makes, and what stands in which batch. */

import { GATEWAY_HOST } from '../../local/vendors/yardi-breeze';
import {
  acceptVoyagerPayments,
  addVoyagerTenant,
  changeVoyagerTenant,
  closeVoyagerMonths,
  dropVoyagerBatches,
  postVoyagerBatches,
  returnVoyagerReceipt,
  setVoyagerPosting,
  typeVoyagerCharge,
  typeVoyagerReceipt,
  withholdVoyagerProperty,
} from '../../local/vendors/yardi-breeze/people';
import { allOf, CHARGE, chargeXml, RECEIPT, receiptXml, textsOf, transactionXml, YardiTalk } from './yardi-talk';

const CHARGES = 'GetResidentTransactions_ByChargeDate_Login';
const RECEIPTS = 'GetResidentTransactions_ByApplicationDate_Login';

describe('what Voyager reads out', () => {
  it('lists the properties of the interface and its charge codes', () => {
    const talk = new YardiTalk();
    expect(textsOf(talk.call('GetPropertyConfigurations').result, 'Code')).toEqual(['101', '102']);
    withholdVoyagerProperty(talk.voyager, '102');
    expect(textsOf(talk.call('GetPropertyConfigurations').result, 'Code')).toEqual(['101']);
    expect(textsOf(talk.call('GetChargeTypes_Login').result, 'Code')).toContain('late');
  });

  it('lists residents with contact, lease and unit, by who lives there now', () => {
    const talk = new YardiTalk();
    addVoyagerTenant(talk.voyager, {
      ...{ code: '5009', property: '101', unit: '12', firstName: 'Dee', lastName: 'Fox', rentCents: 130_000 },
      leaseFrom: '2027-02-01',
    });
    changeVoyagerTenant(talk.voyager, '5002', { email: 'new@example.com', moveOut: '2026-11-30' });
    const result = talk.of('GetResidents_Login');
    expect(textsOf(result, 'Customer CustomerID')).toEqual(['5001', '5002', '5009']);
    expect(allOf(result, 'Customer').map((one) => one.attributes.Type)).toEqual([
      'current resident',
      'former resident',
      'future resident',
    ]);
    expect(textsOf(result, 'Email')).toEqual(['ada@example.com', 'new@example.com']);
    expect(textsOf(result, 'PhoneNumber')).toEqual(['+12175550111']);
    expect(textsOf(result, 'CurrentRent')).toEqual(['1250.00', '1280.00', '1300.00']);
    expect(textsOf(result, 'LeaseToDate')).toEqual(['2027-02-28']);
    expect(textsOf(result, 'ActualMoveOut')).toEqual(['2026-11-30']);
  });

  it('lists units, those that stand empty too', () => {
    const result = new YardiTalk().of('GetUnitInformation_Login', '102');
    expect(result.name).toBe('PhysicalProperty');
    expect(textsOf(result, 'Information UnitID')).toEqual(['21', '22']);
    expect(textsOf(result, 'UnitOccupancyStatus')).toEqual(['occupied', 'vacant']);
    expect(textsOf(result, 'MarketRent')).toEqual(['1650.00', '1650.00']);
  });

  it('lists what leases charge in a month, without those that have ended', () => {
    const talk = new YardiTalk();
    const month = (PostMonth: string) =>
      talk.call('GetResidentsLeaseCharges_Login', { YardiPropertyId: '102', PostMonth }).result;
    expect(textsOf(month('2026-12-01T00:00:00'), 'Charge Detail Amount')).toEqual(['1600.00']);
    expect(textsOf(month('2026-12-01T00:00:00'), 'ServiceToDate')).toEqual(['2026-12-31']);
    expect(textsOf(month('2027-01-01T00:00:00'), 'Charge Detail Amount')).toEqual([]);
  });

  it('tells of a property without anybody, of one that is not there, and of one that it may not see', () => {
    const talk = new YardiTalk();
    talk.voyager.properties.push({ code: '103', name: 'New House' });
    const asked = (YardiPropertyId: string) => talk.told('GetResidents_Login', { YardiPropertyId });
    expect(asked('103')).toEqual(['Error: No tenants exist with the given search criteria.']);
    expect(asked('104')).toEqual(['Error: Invalid Yardi Property Code.']);
    withholdVoyagerProperty(talk.voyager, '101');
    expect(asked('101')).toEqual(['Error: Invalid or no access to Yardi Property 101.']);
  });
});

describe('what an import makes', () => {
  it('puts a charge and a receipt into the books and applies the one to the other', () => {
    const talk = new YardiTalk();
    expect(talk.told('ImportCharge_Login', transactionXml(chargeXml(CHARGE)))).toEqual([
      expect.stringMatching(/^FYI: Xml Import Successful: 1 of 1 transactions, batch \d+\.$/),
    ]);
    talk.told('ImportReceipt_Login', transactionXml(receiptXml(RECEIPT)));
    const charges = talk.window(CHARGES);
    expect(textsOf(charges, 'BalanceDue')).toEqual(['250.00']);
    expect(textsOf(charges, 'AmountPaid')).toEqual(['1000.00']);
    expect(textsOf(charges, 'PostMonth')).toEqual(['2026-12-01T00:00:00']);
    expect(textsOf(charges, 'Payment')).toEqual([]);
    const receipts = talk.window(RECEIPTS);
    expect(allOf(receipts, 'Payment').map((one) => one.attributes.Type)).toEqual(['ACH']);
    expect(textsOf(receipts, 'DocumentNumber')).toEqual(['RL-444']);
    expect(textsOf(receipts, 'Charge')).toEqual([]);
    expect(textsOf(talk.of('GetResidentBalances'), 'Balance')).toEqual(['250.00', '0.00']);
    expect(textsOf(talk.of('GetResidentCharges_Login'), 'BalanceDue')).toEqual(['250.00']);
  });

  it('makes a repeat a second time: nothing here knows a number again', () => {
    const talk = new YardiTalk();
    talk.told('ImportReceipt_Login', transactionXml(receiptXml(RECEIPT)));
    talk.told('ImportReceipt_Login', transactionXml(receiptXml(RECEIPT)));
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'DocumentNumber')).toEqual(['RL-444', 'RL-444']);
  });

  it('keeps a receipt that nothing is open for as a prepayment until a charge comes', () => {
    const talk = new YardiTalk();
    typeVoyagerReceipt(talk.voyager, { tenant: '5001', cents: 50_000, day: '2026-12-02', document: '17' });
    expect(textsOf(talk.window(RECEIPTS), 'DocumentNumber')).toEqual([]);
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'DocumentNumber')).toEqual(['17']);
    typeVoyagerCharge(talk.voyager, { tenant: '5001', cents: 125_000, day: '2026-12-05' });
    expect(textsOf(talk.window(RECEIPTS, '101', '2026-12-05'), 'DocumentNumber')).toEqual(['17']);
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'DocumentNumber')).toEqual([]);
  });

  it('lists only what lies inside the dates', () => {
    const talk = new YardiTalk();
    for (const day of ['2026-11-30', '2026-12-01', '2026-12-31', '2027-01-01'])
      typeVoyagerCharge(talk.voyager, { tenant: '5001', cents: 100, day });
    expect(textsOf(talk.window(CHARGES), 'TransactionDate')).toEqual(['2026-12-01', '2026-12-31']);
    expect(textsOf(talk.window(CHARGES, '102'), 'TransactionDate')).toEqual([]);
  });

  it('takes all lines of a call or none', () => {
    const talk = new YardiTalk();
    const bad = { ...CHARGE, CustomerID: '9' };
    const worse = { ...CHARGE, ChargeCode: 'fun' };
    expect(talk.told('ImportCharge_Login', transactionXml(...[CHARGE, bad, worse].map(chargeXml)))).toEqual([
      'Error: Tenant 9 does not exist in property 101.',
      'Error: Charge code fun does not exist.',
    ]);
    expect(talk.voyager.lines).toEqual([]);
    talk.told('ImportCharge_Login', transactionXml(...[CHARGE, { ...CHARGE, CustomerID: '5002' }].map(chargeXml)));
    expect(new Set(talk.voyager.lines.map(({ batch }) => batch)).size).toBe(1);
  });

  it('reverses a receipt by its number, once, and opens the charge again', () => {
    const talk = new YardiTalk();
    talk.told('ImportCharge_Login', transactionXml(chargeXml(CHARGE)));
    talk.told('ImportReceipt_Login', transactionXml(receiptXml(RECEIPT)));
    const { DocumentNumber, ...rest } = RECEIPT;
    const back = (more = {}) =>
      transactionXml(receiptXml({ DocumentNumber: DocumentNumber!, Reversal: 'NSF', ...rest, ...more }));
    expect(talk.told('ImportResidentTransactions_Login', back({ Amount: '1.00' }))).toEqual([
      'Error: The amount of receipt RL-444 is another one.',
    ]);
    talk.told('ImportResidentTransactions_Login', back({ TransactionDate: '2026-12-09' }));
    expect(textsOf(talk.window(CHARGES), 'BalanceDue')).toEqual(['1250.00']);
    expect(textsOf(talk.window(RECEIPTS), 'Payment Detail Amount')).toEqual(['1000.00', '-1000.00']);
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'Payment Detail Amount')).toEqual([]);
    expect(talk.told('ImportResidentTransactions_Login', back())).toEqual([
      'Error: Receipt has already been reversed.',
    ]);
  });

  it('shows a check that the bank returned', () => {
    const talk = new YardiTalk();
    const { id } = typeVoyagerReceipt(talk.voyager, { tenant: '5001', cents: 5000, day: '2026-12-02', document: '9' });
    returnVoyagerReceipt(talk.voyager, id, '2026-12-07');
    const rows = talk.window(RECEIPTS);
    expect(textsOf(rows, 'Payment Detail Amount')).toEqual(['50.00', '-50.00']);
    expect(allOf(rows, 'Reversal').map((one) => one.attributes.Type)).toEqual(['NSF']);
  });

  it('leaves what came in a batch out of sight until staff post it, or throw it away', () => {
    const talk = new YardiTalk();
    setVoyagerPosting(talk.voyager, 'payment', 'in a batch');
    talk.told('ImportReceipt_Login', transactionXml(receiptXml(RECEIPT)));
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'DocumentNumber')).toEqual([]);
    postVoyagerBatches(talk.voyager);
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'DocumentNumber')).toEqual(['RL-444']);
    talk.told('ImportReceipt_Login', transactionXml(receiptXml({ ...RECEIPT, DocumentNumber: 'RL-445' })));
    dropVoyagerBatches(talk.voyager);
    postVoyagerBatches(talk.voyager);
    expect(textsOf(talk.of('GetResidentPrepays_Login'), 'DocumentNumber')).toEqual(['RL-444']);
  });

  it('takes no payment of somebody whose payments are not accepted, and cash of one who has to pay in cash', () => {
    const talk = new YardiTalk();
    const pay = (type: string) => talk.told('ImportReceipt_Login', transactionXml(receiptXml(RECEIPT, type)));
    acceptVoyagerPayments(talk.voyager, '5001', 2);
    expect(pay('Cash')).toEqual(['Error: Payments are not accepted for this resident.']);
    acceptVoyagerPayments(talk.voyager, '5001', 1);
    expect(pay('Check')).toEqual(['Error: Payments are not accepted for this resident.']);
    expect(pay('Cash')).toEqual([expect.stringMatching(/^FYI/)]);
  });

  it('takes nothing into a closed month', () => {
    const talk = new YardiTalk();
    closeVoyagerMonths(talk.voyager, '2027-01');
    expect(talk.told('ImportCharge_Login', transactionXml(chargeXml(CHARGE)))).toEqual([
      'Error: The post month 2026-12 is outside your allowable range.',
    ]);
  });
});

describe('the gateway of the same customer', () => {
  it('answers at a host of its own', () => {
    const talk = new YardiTalk();
    const key = { authorization: 'Bearer gw-breeze-4fd1b6' };
    expect(talk.send('GET', `https://${GATEWAY_HOST}/api/tenants`, key).status).toBe(200);
    expect(talk.send('GET', 'https://other.example/api/tenants', key).status).toBe(404);
  });
});
