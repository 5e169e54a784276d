/** HubSpot's contacts: how they are found, made and taken over, what is written into them, and what a refusal concerns. */
import * as people from '../../local/vendors/hubspot/people';
import { READ, SANDBOX_TOKEN } from '../../local/vendors/hubspot/state';
import { hubspot } from '../../src/connectors/hubspot';
import { STANDINGS } from '../../src/connectors/told';
import { cents } from '../../src/domain/money';
import { currency } from '../../src/domain/values';
import { HubspotBench, statusOf } from './hubspot-rig';

const ID = expect.stringMatching(/^\d+ https:\/\/app\.hubspot\.com\/contacts\/48120337\/record\/0-1\/\d+$/);
const refused = (message: string) =>
  expect.objectContaining({ fault: 'rejected', message: expect.stringContaining(message) });

/** A bench whose account has the properties already. */
function ready(settings = {}): HubspotBench {
  const bench = new HubspotBench(settings);
  expect(bench.setUp()).toEqual({ value: '12 properties' });
  bench.asked();
  return bench;
}

describe('a contact for each lease', () => {
  it('is made with names, mail, phone and how the lease stands', () => {
    const bench = ready();
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([ID]);
    expect(bench.contact('L-1')?.properties).toMatchObject({
      firstname: 'Ann',
      lastname: 'Lee',
      email: 'l-1@example.com',
      phone: '+15125550123',
      rent_status: 'late',
      rent_balance: '1250.5',
      rent_unpaid: '1250',
      rent_days_late: '6',
      rent_next_due: '2027-01-01',
      rent_last_payment: '2026-11-01',
      rent_last_amount: '1000',
      rent_amount: '1250',
      rent_as_of: '2026-12-07',
      rent_residents: 'Ann Lee, Bob Lee',
      rent_home: 'Elm House 4B',
    });
  });

  it('is changed by our key, and what the ledger has no more is emptied', () => {
    const bench = ready();
    const [first] = bench.tell('standing', statusOf('L-1'));
    const paid = { standing: 'paid', balanceCents: cents(-500), lastPayment: undefined, nextDue: '' } as const;
    expect(bench.tell('standing', statusOf('L-1', paid))).toEqual([first]);
    const { properties } = bench.contact('L-1')!;
    expect(properties).toMatchObject({ rent_status: 'paid', rent_balance: '-5' });
    expect(Object.keys(properties)).not.toEqual(expect.arrayContaining(['rent_next_due']));
    expect(bench.state.contacts).toHaveLength(1);
  });

  it('takes three calls for a hundred', () => {
    const bench = ready();
    const many = Array.from({ length: 100 }, (_, at) => statusOf(`L-${at}`));
    expect(bench.tell('standing', ...many)).toEqual(many.map(() => ID));
    const [reads, upsert] = ['read', 'upsert'].map((what) => `POST /crm/v3/objects/contacts/batch/${what}`);
    expect(bench.asked()).toEqual([reads, reads, upsert]);
    bench.tell('standing', ...many.map((one) => ({ ...one, contact: 'keep' })));
    expect(bench.asked()).toEqual([reads, upsert]);
    expect(bench.state.contacts).toHaveLength(100);
  });

  it('each gets its own reference, though the answer has another order', () => {
    const bench = ready();
    const refs = bench.tell('standing', statusOf('L-1'), statusOf('L-2'), statusOf('L-3'));
    expect(refs.map((ref) => String(ref).split(' ')[0])).toEqual(
      ['L-1', 'L-2', 'L-3'].map((lease) => bench.contact(lease)?.id),
    );
    expect(hubspot.effects?.standing?.link?.(String(refs[0]))).toEqual({
      kind: 'customer',
      externalId: bench.contact('L-1')?.id,
    });
  });

  it('knows the digits of each currency', () => {
    const bench = ready();
    const yen = { currency: currency('JPY'), balanceCents: cents(125_000) };
    const dinar = { currency: currency('KWD'), balanceCents: cents(1_250_125) };
    bench.tell('standing', statusOf('L-1', yen), statusOf('L-2', dinar));
    expect(['L-1', 'L-2'].map((lease) => bench.contact(lease)?.properties.rent_balance)).toEqual([
      '125000',
      '1250.125',
    ]);
  });

  it('can stand in every way there is', () => {
    const bench = ready();
    const each = STANDINGS.map((standing) => statusOf(`L-${standing}`, { standing }));
    expect(bench.tell('standing', ...each)).toEqual(each.map(() => ID));
    expect(each.map((one) => bench.contact(one.leaseId)?.properties.rent_status)).toEqual(STANDINGS);
  });

  it('keeps what people have written of the resident, unless it is new or changed here', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'));
    const typed = { email: 'ann@new.example', phone: '+15125550199', firstname: 'Anna' };
    people.editContact(bench.state, bench.contact('L-1')!.id, typed, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { contact: 'keep', standing: 'paid' }));
    expect(bench.contact('L-1')?.properties).toMatchObject({ ...typed, rent_status: 'paid' });
    bench.tell('standing', statusOf('L-1', { phone: '+15125550100', email: 'ann@here.example', contact: 'write' }));
    expect(bench.contact('L-1')?.properties).toMatchObject({ phone: '+15125550100', email: 'ann@here.example' });
    bench.tell('standing', statusOf('L-1', { phone: '', contact: 'write' }));
    expect(bench.contact('L-1')?.properties.phone).toBe('+15125550100');
  });

  it('is written once where one lease is told twice in one go: the last holds', () => {
    const bench = ready();
    const refs = bench.tell('standing', statusOf('L-1'), statusOf('L-1', { standing: 'paid' }));
    expect([refs[0] === refs[1], bench.contact('L-1')?.properties.rent_status]).toEqual([true, 'paid']);
  });
});

describe('a contact that the office has already', () => {
  it('is taken over by its mail; its own names stay, and only what is empty is filled', () => {
    const bench = ready();
    const id = people.addContact(bench.state, { email: 'l-1@example.com', firstname: 'Annie' }, bench.nowMs);
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([expect.stringContaining(`${id} `)]);
    expect(bench.contact('L-1')).toMatchObject({
      id,
      properties: { firstname: 'Annie', lastname: 'Lee', phone: '+15125550123', rent_status: 'late' },
    });
    expect(bench.state.contacts).toHaveLength(1);
  });

  it('is taken over by the id on the Links tab', () => {
    const bench = ready();
    const id = people.addContact(bench.state, { email: 'ann@other.example' }, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { customer: id }));
    expect(bench.contact('L-1')).toMatchObject({ id, properties: { email: 'ann@other.example' } });
  });

  it('is looked for by mail where the Links tab names no id that HubSpot could have', () => {
    const bench = ready();
    const id = people.addContact(bench.state, { email: 'l-1@example.com' }, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { customer: 'Ann Lee' }));
    expect(bench.contact('L-1')?.id).toBe(id);
    expect(bench.sent.filter(({ body }) => body?.includes('Ann Lee"}]'))).toEqual([]);
  });

  it('is left to the lease that has it: a second lease of one person has a contact of its own, without the mail', () => {
    const bench = ready();
    const email = 'ann@example.com';
    bench.tell('standing', statusOf('L-1', { email }), statusOf('L-2', { email }));
    bench.tell('standing', statusOf('L-3', { email, customer: bench.contact('L-1')!.id }));
    expect(['L-1', 'L-2', 'L-3'].map((lease) => bench.contact(lease)?.properties.email)).toEqual([
      email,
      undefined,
      undefined,
    ]);
    expect(bench.state.contacts).toHaveLength(3);
    bench.tell('standing', statusOf('L-2', { email, standing: 'paid' }));
    expect(bench.contact('L-2')?.properties.rent_status).toBe('paid');
  });

  it('is taken over by one lease only, where two of one mail come in one go', () => {
    const bench = ready();
    const id = people.addContact(bench.state, { email: 'ann@example.com' }, bench.nowMs);
    bench.tell(
      'standing',
      statusOf('L-1', { email: 'ann@example.com' }),
      statusOf('L-2', { email: 'ann@example.com' }),
    );
    expect([bench.contact('L-1')?.id === id, bench.contact('L-2')?.id === id]).toEqual([true, false]);
  });
});

describe('a contact that is gone', () => {
  it('is made anew, with names and mail, whatever the Links tab says', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'));
    const { id } = bench.contact('L-1')!;
    people.deleteContact(bench.state, id, bench.nowMs);
    bench.tell('standing', statusOf('L-1', { customer: id, contact: 'keep' }));
    expect(bench.contact('L-1')?.id).not.toBe(id);
    expect(bench.contact('L-1')?.properties).toMatchObject({ firstname: 'Ann', email: 'l-1@example.com' });
  });

  it('because it was merged into that of another lease is made anew, and the other keeps its own', () => {
    const bench = ready();
    bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    const [kept, other] = [bench.contact('L-1')!.id, bench.contact('L-2')!.id];
    people.mergeContacts(bench.state, kept, other, bench.nowMs);
    bench.tell('standing', statusOf('L-1'), statusOf('L-2', { customer: other, standing: 'paid' }));
    expect(['L-1', 'L-2'].map((lease) => bench.contact(lease)?.properties.rent_status)).toEqual(['late', 'paid']);
    expect(bench.contact('L-1')?.id).toBe(kept);
  });
});

describe('a refusal', () => {
  it('concerns its own row, where HubSpot answers in parts', () => {
    const bench = ready();
    people.removeOption(bench.state, 'rent_status', 'disputed');
    const told = bench.tell('standing', statusOf('L-1'), statusOf('L-2', { standing: 'disputed' }), statusOf('L-3'));
    expect(told).toEqual([ID, refused('not one of the allowed options'), ID]);
  });

  it('concerns its own row, where HubSpot refuses the batch as a whole', () => {
    const bench = ready();
    people.removeOption(bench.state, 'rent_status', 'disputed');
    // As an account would that knows no trace ids.
    bench.answer = (request, reply) => {
      if (!request.url.endsWith('/upsert')) return reply();
      const body = JSON.parse(request.body) as { inputs: Record<string, unknown>[] };
      for (const input of body.inputs) delete input.objectWriteTraceId;
      return bench.rig.sandbox.handle(bench.state, { ...request, body: JSON.stringify(body) }, bench.nowMs);
    };
    const standings = ['late', 'late', 'late', 'disputed', 'late'] as const;
    const told = bench.tell('standing', ...standings.map((standing, at) => statusOf(`L-${at}`, { standing })));
    expect(told).toEqual([ID, ID, ID, refused('not one of the allowed options'), ID]);
    expect(bench.asked().filter((path) => path.endsWith('/upsert'))).toHaveLength(5);
  });

  it('concerns all rows, where a property is missing, and says which', () => {
    const bench = ready();
    people.deleteProperty(bench.state, 'rent_home');
    const told = bench.tell('standing', statusOf('L-1'), statusOf('L-2'));
    const missing = refused('Property "rent_home" does not exist');
    expect(told).toEqual([missing, missing]);
    expect(bench.setUp()).toEqual({ value: '12 properties' });
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([ID]);
  });

  it('of a payload that cannot be read concerns that one', () => {
    const told = ready().tell('standing', { ...statusOf('L-1'), standing: 'unheard' }, statusOf('L-2'));
    expect(told).toEqual([expect.objectContaining({ fault: 'malformed' }), ID]);
  });

  it('for want of a scope names the scope', () => {
    const bench = ready();
    bench.credentials = { HUBSPOT_TOKEN: people.makePrivateApp(bench.state, 'Reader', [READ]), EXPIRES_AT: '9e15' };
    expect(() => bench.tell('standing', statusOf('L-1'))).toThrow(/"fault":"auth".*crm\.objects\.contacts\.write/);
  });

  it('for too many calls is a matter of waiting: seconds, or an hour where the day is used up', () => {
    const bench = ready();
    bench.credentials = { HUBSPOT_TOKEN: SANDBOX_TOKEN, EXPIRES_AT: '9e15' };
    people.useUpTheDay(bench.state, 0, bench.nowMs);
    const busy = (code: string, seconds: number) =>
      new RegExp(`"fault":"busy".*"code":"${code}".*"retryAfterSeconds":${seconds}`);
    expect(() => bench.tell('standing', statusOf('L-1'))).toThrow(busy('DAILY', 3600));
    people.useUpTheDay(bench.state, 200, bench.nowMs);
    bench.state.plan.perTenSeconds = 0;
    expect(() => bench.tell('standing', statusOf('L-1'))).toThrow(busy('TEN_SECONDLY_ROLLING', 10));
    expect(bench.state.contacts).toEqual([]);
  });
});

describe('the credentials', () => {
  const request = { method: 'GET', url: 'https://api.hubapi.com/crm/v3/properties/contacts', headers: {} } as const;

  it('are the private app’s token where there is one, else that of the sign-in', () => {
    const bearer = (credentials: Record<string, string>) => hubspot.sign(request, credentials).headers.Authorization;
    expect(bearer({ HUBSPOT_TOKEN: 'pat-1', ACCESS_TOKEN: 'at-1' })).toBe('Bearer pat-1');
    expect(bearer({ ACCESS_TOKEN: 'at-1' })).toBe('Bearer at-1');
    expect(() => bearer({})).toThrow('HubSpot has given no access yet');
    expect(hubspot.oauth?.instead).toBe('HUBSPOT_TOKEN');
  });

  it('are renewed by time, and the number of the account comes with them', () => {
    const bench = ready();
    bench.nowMs += 31 * 60_000;
    expect(bench.tell('standing', statusOf('L-1'))).toEqual([ID]);
    expect(bench.renewals).toBe(1);
    const body = { access_token: 'a', refresh_token: 'r', expires_in: 1800, hub_id: 48_120_337 };
    expect(hubspot.oauth?.read({ status: 200, headers: {}, body: JSON.stringify(body) }).found).toEqual({
      HUBSPOT_PORTAL: '48120337',
    });
  });

  it('never stand in what is recorded', () => {
    const bench = ready();
    bench.nowMs += 31 * 60_000;
    bench.tell('standing', statusOf('L-1'));
    const recorded = JSON.stringify(bench.har.toJSON());
    for (const secret of ['hs-at-', 'hs-rt-', 'hs-secret-'])
      expect([secret, recorded.includes(secret)]).toEqual([secret, false]);
  });
});
