/** Voyager's interface: what a wish becomes there, batches that wait, receipts and residents read, and what its errors mean. */

import { yardiBreeze as sandbox, type YardiState } from '../../local/vendors/yardi-breeze';
import {
  changeVoyagerPassword,
  closeVoyagerMonths,
  postVoyagerBatches,
  returnVoyagerReceipt,
  setVoyagerPosting,
  typeVoyagerCharge,
  typeVoyagerReceipt,
  withholdVoyagerProperty,
} from '../../local/vendors/yardi-breeze/people';
import type { BookItem, EffectContext } from '../../src/connectors/connector';
import { yardiBreeze } from '../../src/connectors/yardi-breeze';
import { voyagerFault } from '../../src/connectors/yardi-breeze/soap';
import { parseXml } from '../../src/connectors/yardi-breeze/xml';
import { day } from '../../src/domain/calendar';
import { instant, key } from '../../src/domain/values';
import { effectOf } from './drive';
import { LawBench, type Rig } from './laws';
import { CUSTOMER, creditWish, invoiceWish, paymentWish, RL, RP, START, voyagerWorld } from './yardi-rig';

type Payload = Readonly<Record<string, unknown>>;
const DAY = 86_400_000;

class Bench extends LawBench<YardiState> {
  constructor(more: Readonly<Record<string, string>> = {}) {
    const rig = { connector: yardiBreeze, sandbox, startMs: START, currency: 'USD', start: () => voyagerWorld(more) };
    super(rig as unknown as Rig<YardiState>);
  }

  get voyager() {
    return this.state.voyager;
  }

  context(payload: Payload): EffectContext {
    return { key: key('books:1'), payload, now: instant(this.nowMs), account: this.account, attempt: 1 };
  }

  tell(kind: string, payload: Payload) {
    return this.run(effectOf(yardiBreeze, kind).run(this.context(payload)));
  }

  tellAll(kind: string, payloads: readonly Payload[]) {
    const result = this.run(effectOf(yardiBreeze, kind).batch!.run(payloads.map((each) => this.context(each))));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value.map((each) => (typeof each === 'string' ? each : each.message));
  }

  items(): readonly BookItem[] {
    const window = { since: instant(START - 20 * DAY), now: instant(this.nowMs), until: instant(this.nowMs) };
    const result = this.run(yardiBreeze.books!.items({ ...window, account: this.account }));
    if ('fault' in result) throw new Error(JSON.stringify(result.fault));
    return result.value;
  }

  get lines() {
    return this.voyager.lines.map(({ kind, cents, document, comment }) => [kind, cents, document ?? comment]);
  }

  /** Names of the operations that were called. */
  get called(): string[] {
    return this.sent.map(({ headers }) => headers.SOAPAction?.split('/').at(-1)?.replace('"', '') ?? '');
  }
}

const rejected = (words: RegExp) => ({ fault: { fault: 'rejected', message: expect.stringMatching(words) } });

describe('a wish', () => {
  it('becomes a charge and a receipt of the tenant, under our numbers', () => {
    const one = new Bench();
    expect(one.tell('invoice', invoiceWish())).toEqual({ value: RL });
    expect(one.tell('payment', paymentWish())).toEqual({ value: RP });
    expect(one.voyager.lines).toMatchObject([
      { kind: 'charge', tenant: '5001', cents: 125_000, day: '2026-12-01', code: 'rent', comment: RL },
      { kind: 'payment', tenant: '5001', cents: 125_000, day: '2026-12-02', type: 'Other', document: RP },
    ]);
    expect(one.items().map(({ kind, number, amountCents, gone }) => [kind, number, amountCents, gone])).toEqual([
      ['invoice', RL, 125_000, false],
      ['payment', RP, 125_000, false],
    ]);
  });

  it('that is taken back is reversed, and comes again under its number with a place behind it', () => {
    const one = new Bench();
    one.tell('invoice', invoiceWish());
    one.tell('payment', paymentWish());
    one.nowMs += 2 * DAY;
    expect(one.tell('payment', paymentWish({ gone: true }))).toEqual({ value: RP });
    expect(one.tell('payment', paymentWish({ gone: true }))).toEqual({ value: RP });
    expect(one.items().find(({ number }) => number === RP)).toMatchObject({ gone: true, amountCents: 125_000 });
    expect(one.tell('payment', paymentWish({ amountCents: 80_000 }))).toEqual({ value: RP });
    expect(one.tell('payment', paymentWish({ amountCents: 60_000 }))).toEqual({ value: RP });
    expect(one.lines).toEqual([
      ['charge', 125_000, RL],
      ['payment', 125_000, RP],
      ['payment', -125_000, RP],
      ['payment', 80_000, `${RP}/1`],
      ['payment', -80_000, `${RP}/1`],
      ['payment', 60_000, `${RP}/2`],
    ]);
    expect(one.items().find(({ number }) => number === RP)).toMatchObject({ gone: false, amountCents: 60_000 });
  });

  it('is not imported again after staff have reversed it', () => {
    const one = new Bench();
    one.tell('payment', paymentWish());
    returnVoyagerReceipt(one.voyager, one.voyager.lines[0]!.id, '2026-12-09');
    expect(one.tell('payment', paymentWish())).toMatchObject(rejected(/reversed in Voyager by its staff/));
    expect(one.tell('payment', paymentWish({ gone: true }))).toEqual({ value: RP });
  });

  it('is left to a person where it is credit, or a charge in error', () => {
    const one = new Bench();
    one.tell('invoice', invoiceWish());
    expect(one.tell('credit', creditWish())).toMatchObject(rejected(/by hand/));
    expect(one.tell('invoice', invoiceWish({ gone: true }))).toMatchObject(rejected(/by hand/));
    expect(one.tell('credit', creditWish({ gone: true }))).toHaveProperty('value');
  });

  it('finds its property by name, by code or by what the card says, and its household by unit and name', () => {
    const { id: _, ...unlinked } = CUSTOMER;
    const one = new Bench();
    expect(one.tell('payment', paymentWish({ customer: { ...unlinked, email: undefined } }))).toEqual({ value: RP });
    expect(one.voyager.lines[0]?.tenant).toBe('5001');
    expect(one.tell('invoice', invoiceWish({ customer: { ...CUSTOMER, property: '101' } }))).toEqual({ value: RL });
    const elsewhere = { ...CUSTOMER, property: 'The Harbor' };
    expect(one.tell('invoice', invoiceWish({ customer: elsewhere }))).toMatchObject(rejected(/"The Harbor"/));
    const told = new Bench({ VOYAGER_PROPERTIES: 'The Harbor = 101' });
    expect(told.tell('invoice', invoiceWish({ customer: elsewhere }))).toEqual({ value: RL });
    const stranger = { ...unlinked, residents: 'Eva Lind', email: 'eva@example.com' };
    expect(one.tell('payment', paymentWish({ customer: stranger }))).toMatchObject(rejected(/Links tab/));
  });

  it('carries a name with marks as it is', () => {
    const one = new Bench();
    one.tell('payment', paymentWish({ reference: `<&"'> \u0001 Ω` }));
    expect(one.voyager.lines[0]?.comment).toBe(`stripe <&"'>   Ω`);
  });

  it('says what Voyager said when it is refused', () => {
    const one = new Bench();
    closeVoyagerMonths(one.voyager, '2027-01');
    expect(one.tell('invoice', invoiceWish())).toMatchObject(rejected(/outside your allowable range/));
  });
});

describe('wishes that leave together', () => {
  const number = (at: number) => `RL-000000000${at}`;

  it('are one import in one batch of Voyager’s, and what is there is read once for a property', () => {
    const one = new Bench();
    const told = one.tellAll(
      'invoice',
      [1, 2, 3].map((at) => invoiceWish({ number: number(at) })),
    );
    expect(told).toEqual([1, 2, 3].map(number));
    expect(new Set(one.voyager.lines.map(({ batch }) => batch)).size).toBe(1);
    expect(one.called).toEqual([
      'GetPropertyConfigurations',
      'GetResidentTransactions_ByChargeDate_Login',
      'ImportCharge_Login',
    ]);
  });

  it('go alone where Voyager refuses one of them, and that one fails alone', () => {
    const one = new Bench();
    const bad = invoiceWish({ number: number(2), customer: { ...CUSTOMER, id: 't9' } });
    const told = one.tellAll('invoice', [invoiceWish({ number: number(1) }), bad, { number: 'nonsense' }]);
    expect(told).toEqual([
      number(1),
      expect.stringMatching(/Tenant t9 does not exist/),
      expect.stringMatching(/payload.gone is missing/),
    ]);
    expect(one.lines).toEqual([['charge', 125_000, number(1)]]);
  });

  it('about one number follow each other', () => {
    const one = new Bench();
    expect(one.tellAll('payment', [paymentWish(), paymentWish({ gone: true }), paymentWish()])).toEqual([RP, RP, RP]);
    expect(one.lines.map(([, amount]) => amount)).toEqual([125_000, -125_000, 125_000]);
  });

  it('are not repeated by themselves where imports wait in batches that staff post', () => {
    const { onceFor } = effectOf(yardiBreeze, 'payment');
    const waiting = new Bench({ VOYAGER_POSTS: 'staff post the batches' });
    setVoyagerPosting(waiting.voyager, 'payment', 'in a batch');
    expect(onceFor?.(waiting.account)).toBe('ask');
    expect(onceFor?.(new Bench().account)).toBe('lookup');
    expect(waiting.tell('payment', paymentWish())).toEqual({ value: RP });
    expect(waiting.items()).toEqual([]);
    expect(yardiBreeze.books!.takes!(waiting.account)).toEqual([]);
    expect(yardiBreeze.books!.takes!(new Bench().account)).toEqual(['invoice', 'payment']);
    postVoyagerBatches(waiting.voyager);
    expect(waiting.items()).toMatchObject([{ number: RP }]);
  });
});

describe('receipts typed in Voyager', () => {
  it('are seen of every property, applied or paid ahead, each once; ours are not', () => {
    const one = new Bench();
    typeVoyagerCharge(one.voyager, { tenant: '5001', cents: 5_000, day: '2026-12-01' });
    const part = typeVoyagerReceipt(one.voyager, { tenant: '5001', cents: 8_000, day: '2026-12-04', document: '17' });
    const ahead = typeVoyagerReceipt(one.voyager, { tenant: '5003', cents: 9_000, day: '2026-12-05', comment: 'desk' });
    one.tell('payment', paymentWish());
    const { payments, faults } = one.drain();
    expect(faults).toEqual([]);
    expect([...payments.keys()]).toEqual([part.id, ahead.id]);
    expect(payments.get(part.id)).toMatchObject({ amountCents: 8_000, customer: '5001', memo: 'Check, 17' });
    expect(payments.get(ahead.id)).toMatchObject({ customer: '5003', memo: 'Check, desk', state: 'settled' });
  });

  it('that the bank returned are taken back, and a reversal of nothing known is told', () => {
    const one = new Bench();
    const { id } = typeVoyagerReceipt(one.voyager, { tenant: '5001', cents: 8_000, day: '2026-12-04', document: '17' });
    one.drain();
    one.nowMs += 5 * DAY;
    returnVoyagerReceipt(one.voyager, id, '2026-12-14');
    expect(one.drain().payments.get(id)?.reversals).toMatchObject([
      { reason: 'returned', amountCents: 8_000, at: Date.UTC(2026, 11, 14, 12) },
    ]);
    const other = new Bench();
    typeVoyagerCharge(other.voyager, { tenant: '5001', cents: 8_000, day: '2026-12-01' });
    const old = typeVoyagerReceipt(other.voyager, { tenant: '5001', cents: 8_000, day: '2026-12-02', document: '17' });
    const back = returnVoyagerReceipt(other.voyager, old.id, '2026-12-03');
    other.voyager.lines.splice(other.voyager.lines.indexOf(old), 1);
    expect(other.drain().faults).toMatchObject([{ about: back.id, fault: { fault: 'malformed' } }]);
  });
});

describe('leases to be taken over', () => {
  it('have the rent that the lease charges, the balance, and the days', () => {
    const one = new Bench();
    typeVoyagerCharge(one.voyager, { tenant: '5001', cents: 125_000, day: '2026-12-01' });
    const result = one.run(yardiBreeze.roster!(one.account, day('2026-12-10')));
    expect(result).toMatchObject({
      value: {
        faults: [],
        leases: [
          {
            ...{ id: '5001', property: 'Harbor Court', propertyId: '101', unit: '11', residents: ['Ada Park'] },
            ...{ emails: ['ada@example.com'], phone: '+12175550111', state: 'current', rentCents: 125_000 },
            ...{ balanceCents: 125_000, start: '2026-03-01', end: '2027-02-28', currency: 'USD' },
          },
          { id: '5002', state: 'current' },
          { id: '5003', state: 'notice', property: 'Linden Row', end: '2026-12-31' },
        ],
      },
    });
  });

  it('leave out a property without anybody, and stop at one that may not be seen', () => {
    const one = new Bench();
    one.voyager.properties.push({ code: '103', name: 'New House' });
    expect(one.run(yardiBreeze.roster!(one.account, day('2026-12-10')))).toHaveProperty('value');
    one.answer = (request, reply) => {
      if (request.body.includes('GetResidents_Login')) withholdVoyagerProperty(one.voyager, '101');
      return reply();
    };
    expect(one.run(yardiBreeze.roster!(one.account, day('2026-12-10')))).toMatchObject(rejected(/no access to Yardi/));
  });

  it('show one resident with all that is told', () => {
    const one = new Bench();
    const sample = one.run(yardiBreeze.sample!({ leaseId: 'L-3', customer: '5003' }, one.account));
    expect(sample).toMatchObject({
      value: {
        id: '5003',
        name: 'Chi Wong',
        fields: expect.arrayContaining([
          { field: 'Customers.Customer.Email', label: 'Email', value: 'chi@example.com' },
        ]),
      },
    });
  });
});

describe('the connection', () => {
  it('names the properties', () => {
    const one = new Bench();
    expect(one.run(yardiBreeze.test!(one.account))).toEqual({
      value: { name: 'Voyager: Harbor Court, Linden Row', mode: 'live' },
    });
  });

  it('tells a changed password and a wrong licence as refused credentials', () => {
    const one = new Bench();
    changeVoyagerPassword(one.voyager, 'new');
    expect(one.run(yardiBreeze.test!(one.account))).toMatchObject({ fault: { fault: 'auth' } });
    const other = new Bench({ VOYAGER_LICENSE: 'none' });
    expect(other.run(yardiBreeze.test!(other.account))).toMatchObject({ fault: { fault: 'auth' } });
  });

  it('sends HTTP Basic besides where the host asks for it, and no secret in what is shown before', () => {
    const one = new Bench({ VOYAGER_BASIC: 'yes' });
    one.voyager.asksBasic = true;
    expect(one.run(yardiBreeze.test!(one.account))).toHaveProperty('value');
    const shown = yardiBreeze.rehearse!('payment', one.context(paymentWish()));
    expect(shown[0]?.body).toContain(`<DocumentNumber>${RP}</DocumentNumber>`);
    for (const secret of [one.credentials.VOYAGER_PASSWORD, one.credentials.VOYAGER_LICENSE])
      expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('puts a password with marks and dollar signs into the body as it is', () => {
    const one = new Bench({ VOYAGER_PASSWORD: "a$&b$'<c>" });
    changeVoyagerPassword(one.voyager, "a$&b$'<c>");
    expect(one.run(yardiBreeze.test!(one.account))).toHaveProperty('value');
  });

  it('never calls an address that is none', () => {
    const one = new Bench({ VOYAGER_URL: 'https://voyager.example/8223harbor?x=1' });
    expect(one.run(yardiBreeze.test!(one.account))).toMatchObject({ fault: { fault: 'rejected' } });
    expect(one.sent).toEqual([]);
  });
});

describe('what Voyager answers', () => {
  const reply = (status: number, body: string) => ({ status, headers: {}, body });

  it('is a fault of ours, of Voyager’s, or none', () => {
    const fault = (side: string) =>
      `<E><Fault><faultcode>soap:${side}</faultcode><faultstring>No.</faultstring></Fault></E>`;
    expect(voyagerFault(reply(500, fault('Client')))).toMatchObject({
      fault: 'rejected',
      message: expect.stringMatching(/No\./),
    });
    expect(voyagerFault(reply(500, fault('Server')))).toMatchObject({ fault: 'down' });
    expect(voyagerFault(reply(200, '<a><Message messageType="FYI">Done</Message></a>'))).toBeUndefined();
    expect(voyagerFault(reply(200, '<a><Message messageType="Error">Odd</Message></a>'))).toMatchObject({
      fault: 'rejected',
    });
    expect(voyagerFault(reply(200, '<a>fine</a>'))).toBeUndefined();
  });

  it.each([
    '',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    'text',
    '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    `${'<a>'.repeat(99)}${'</a>'.repeat(99)}`,
  ])('is malformed where it is no XML: %s', (text) => {
    expect(() => parseXml(text)).toThrow(/not XML/);
  });

  it('is read by local names, with references and character data', () => {
    const root = parseXml(
      '<?xml version="1.0"?><s:a xmlns:s="x" s:b="&lt;1"><!-- - --><c>&#65;&amp;<![CDATA[<&]]></c><d/></s:a>',
    );
    expect(root).toMatchObject({
      name: 'a',
      attributes: { b: '<1' },
      children: [{ name: 'c', text: 'A&<&' }, { name: 'd' }],
    });
  });
});
