/** The Yardi sandbox's refusals: what Voyager does not let in, and files of Breeze. */

import { reverseGatewayLine, takeGatewayPayment } from '../../local/vendors/gateway/people';
import { exportFromBreeze, importIntoBreeze, TEMPLATE } from '../../local/vendors/yardi-breeze/files';
import { parsed, XmlError } from '../../local/vendors/yardi-breeze/xml';
import { CHARGE, chargeXml, type Detail, RECEIPT, receiptXml, transactionXml, YardiTalk } from './yardi-talk';

describe('Voyager’s log-in', () => {
  it('tells of wrong credentials and of a wrong interface with HTTP 200', () => {
    const talk = new YardiTalk();
    const told = (credentials: object) => talk.told('GetPropertyConfigurations', {}, credentials);
    expect(told({ Password: 'old' })).toEqual([expect.stringMatching(/^Error: Login failed/)]);
    expect(told({ Database: 'other' })).toEqual([expect.stringMatching(/^Error: Login failed/)]);
    expect(told({ InterfaceEntity: 'Other' })).toEqual([expect.stringMatching(/^Error: Invalid Interface/)]);
    expect(told({ InterfaceLicense: 'x' })).toEqual([expect.stringMatching(/^Error: Invalid Interface/)]);
  });

  it('asks for HTTP Basic besides where the host does', () => {
    const talk = new YardiTalk();
    talk.voyager.asksBasic = true;
    const body = talk.envelope('GetPropertyConfigurations', { ...talk.voyager.credentials });
    expect(talk.raw('GetPropertyConfigurations', body).status).toBe(401);
    const { UserName, Password } = talk.voyager.credentials;
    const authorization = `Basic ${Buffer.from(`${UserName}:${Password}`).toString('base64')}`;
    expect(talk.raw('GetPropertyConfigurations', body, { authorization }).status).toBe(200);
  });
});

describe('what is no call of the service', () => {
  const talk = new YardiTalk();
  const envelope = talk.envelope('GetPropertyConfigurations', { ...talk.voyager.credentials });

  it.each<[string, string, string, Record<string, string>, RegExp]>([
    ['an unknown action', 'Fly', envelope, {}, /did not recognize/],
    ['an action without quotes', 'X', envelope, { soapaction: 'GetPropertyConfigurations' }, /did not recognize/],
    ['another operation’s body', 'GetChargeTypes_Login', envelope, {}, /has to hold GetChargeTypes_Login/],
    ['a body cut short', 'GetPropertyConfigurations', envelope.slice(0, -9), {}, /error in XML document/],
    ['JSON', 'GetPropertyConfigurations', '{}', {}, /error in XML document/],
    ['another envelope', 'GetPropertyConfigurations', '<Envelope/>', {}, /envelope is not of SOAP 1.1/],
  ])('answers %s with a fault', (_name, operation, body, headers, words) => {
    const { status, root } = talk.raw(operation, body, headers);
    expect(status).toBe(500);
    expect(root?.children[0]?.children[0]?.children[1]?.text).toEqual(expect.stringMatching(words));
  });

  it('answers a missing, a doubled and an unknown parameter with a fault', () => {
    expect(talk.call('GetResidents_Login').fault).toMatch(/YardiPropertyId is not as expected/);
    expect(talk.call('GetResidents_Login', { YardiPropertyId: '101', Colour: 'red' }).fault).toMatch(/Colour/);
    const twice = envelope.replace('<UserName>', '<UserName>a</UserName><UserName>');
    expect(talk.raw('GetPropertyConfigurations', twice).status).toBe(500);
  });

  it('answers a date that is none with a fault', () => {
    const values = { YardiPropertyId: '101', FromDate: '12/01/2026', ToDate: '2026-12-31T00:00:00' };
    expect(talk.call('GetResidentTransactions_ByChargeDate_Login', values).fault).toMatch(/not a valid dateTime/);
  });

  it('has one path, one method and one content type', () => {
    expect(talk.raw('GetPropertyConfigurations', envelope, { 'content-type': 'application/soap+xml' }).status).toBe(
      415,
    );
    expect(talk.send('GET', talk.url, {}).status).toBe(405);
    expect(talk.send('POST', talk.url.replace('8223harbor', 'other'), {}, envelope).status).toBe(404);
  });
});

describe('what no import takes', () => {
  const without = (detail: Detail, name: string): Detail =>
    Object.fromEntries(Object.entries(detail).filter(([each]) => each !== name));

  it.each<[string, string, string, RegExp]>([
    ['a receipt as a charge', 'ImportCharge_Login', receiptXml(RECEIPT), /Payment is not expected/],
    ['a charge as a receipt', 'ImportReceipt_Login', chargeXml(CHARGE), /Charge is not expected/],
    ['no code', 'ImportCharge_Login', chargeXml(without(CHARGE, 'ChargeCode')), /ChargeCode is missing/],
    [
      'an empty number',
      'ImportReceipt_Login',
      receiptXml({ ...RECEIPT, DocumentNumber: '' }),
      /DocumentNumber is miss/,
    ],
    ['an unknown element', 'ImportCharge_Login', chargeXml({ ...CHARGE, Zebra: '1' }), /Zebra is not expected/],
    ['a wrong order', 'ImportReceipt_Login', receiptXml({ Amount: '1.00', ...RECEIPT }), /not expected at its place/],
    ['an amount in cents', 'ImportReceipt_Login', receiptXml({ ...RECEIPT, Amount: '100000' }), /amount 100000/],
    ['a negative amount', 'ImportCharge_Login', chargeXml({ ...CHARGE, Amount: '-1.00' }), /amount -1.00/],
    ['31 November', 'ImportCharge_Login', chargeXml({ ...CHARGE, ServiceToDate: '2026-11-31' }), /no date/],
    ['an unknown type', 'ImportReceipt_Login', receiptXml(RECEIPT, 'Barter'), /payment type Barter/],
    ['another property', 'ImportCharge_Login', chargeXml({ ...CHARGE, PropertyPrimaryID: '102' }), /does not exist/],
    ['no property', 'ImportCharge_Login', chargeXml({ ...CHARGE, PropertyPrimaryID: '109' }), /Invalid Yardi Prop/],
  ])('refuses %s', (_name, operation, line, words) => {
    const talk = new YardiTalk();
    const [told] = talk.told(operation, transactionXml(line));
    expect(told).toMatch(/^Error: /);
    expect(told).toMatch(words);
    expect(talk.voyager.lines).toEqual([]);
  });

  it('refuses another document, a strange level and an empty one', () => {
    const talk = new YardiTalk();
    const told = (xml: string) => talk.told('ImportCharge_Login', { TransactionXml: { xml } })[0];
    expect(told('<Other />')).toMatch(/no ResidentTransactions/);
    expect(told('<ResidentTransactions><House /></ResidentTransactions>')).toMatch(/House is not expected/);
    expect(told('<ResidentTransactions />')).toMatch(/no transactions/);
  });
});

describe('the XML reader', () => {
  it('reads namespaces, entities and character data', () => {
    const root = parsed(
      '<?xml version="1.0"?><!-- x --><a:b xmlns:a="n" c="&quot;1"><d>&lt;&#65;<![CDATA[<&]]></d></a:b>',
    );
    expect(root).toMatchObject({ name: 'b', namespace: 'n', attributes: { c: '"1' }, text: '' });
    expect(root.children[0]).toMatchObject({ name: 'd', namespace: '', text: '<A<&' });
  });

  it.each([
    '',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a b="1" b="2"/>',
    '<x:a/>',
    '<a>&nope;</a>',
    '<a>& b</a>',
    'text',
    '<a b=1/>',
  ])('refuses %s', (text) => {
    expect(() => parsed(text)).toThrow(XmlError);
  });
});

describe('files of Breeze', () => {
  const HEAD = TEMPLATE.join(',');

  it('exports what staff read, with grouped amounts and parentheses', () => {
    const { gateway } = new YardiTalk().state;
    const payment = takeGatewayPayment(gateway, { tenant: '5001', cents: 125_000, day: '2026-12-02', reference: '88' });
    reverseGatewayLine(gateway, payment.id, '2026-12-05');
    const lines = exportFromBreeze(gateway, 'receipt register').split('\r\n');
    expect(lines[0]).toBe('Property,Unit,Tenant Code,Date,Post Month,Control,Reference,Amount,Notes');
    expect(lines[1]).toBe('101,11,5001,12/02/2026,12/2026,700100001,88,"1,250.00",');
    expect(lines[2]).toBe('101,11,5001,12/05/2026,12/2026,700100002,88,"(1,250.00)",NSF');
    expect(exportFromBreeze(gateway, 'rent roll')).toContain('Ada,Park,ada@example.com,+12175550111,"1,250.00"');
    expect(exportFromBreeze(gateway, 'tenant ledger')).toContain('5001,12/02/2026,700100001,,,,"1,250.00",88');
  });

  it('imports rows of the customer’s template and names those that do not fit', () => {
    const { gateway } = new YardiTalk().state;
    const rows = [
      'Charge,101,11,5001,12/01/2026,12/2026,R1,1250.00,rent,,December',
      'Receipt,101,11,5001,12/02/2026,12/2026,R2,1250.00,,,',
      'Receipt,101,12,5001,12/02/2026,12/2026,R3,1.00,,,',
      'Receipt,101,11,5001,2026-12-02,12/2026,R4,1.00,,,',
      'Receipt,101,11,5001,12/02/2026,12/2026,R5,"1,250.00",,,',
      'Charge,101,11,5001,12/01/2026,12/2026,R6,1.00,fun,,',
      'Refund,101,11,5001,12/01/2026,12/2026,R7,1.00,,,',
    ];
    const report = importIntoBreeze(gateway, [HEAD, ...rows].join('\r\n'));
    expect(report).toMatchObject({ loaded: 2, refused: [2, 3, 4, 5, 6].map((index) => ({ index })) });
    expect(gateway.lines.map(({ kind, cents, day }) => [kind, cents, day])).toEqual([
      ['charge', 125_000, '2026-12-01'],
      ['payment', 125_000, '2026-12-02'],
    ]);
    expect(importIntoBreeze(gateway, 'Amount,Date\r\n1.00,12/01/2026').loaded).toBe(0);
  });
});
