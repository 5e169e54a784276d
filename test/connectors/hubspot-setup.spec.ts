/** What the HubSpot account has and lacks: the test call, the act that makes properties, the mapping and its row to try. */
import * as people from '../../local/vendors/hubspot/people';
import type { Account, Flow } from '../../src/connectors/connector';
import { hubspot } from '../../src/connectors/hubspot';
import { HubspotBench, statusOf } from './hubspot-rig';

function value<T>(bench: HubspotBench, flow: Flow<T>): T {
  const result = bench.run(flow);
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.value;
}
const seen = (bench: HubspotBench, account: Account = bench.account): string =>
  value(bench, hubspot.test!(account)).name;

describe('the test call', () => {
  it('succeeds before anything is there, and says what the act will make', () => {
    const bench = new HubspotBench();
    expect(seen(bench)).toBe('HubSpot account 48120337; 12 properties are still to be made');
    bench.setUp();
    expect(seen(bench)).toBe('HubSpot account 48120337');
    expect(seen(bench, {})).toBe('HubSpot');
  });

  it('names what a person must put right', () => {
    const bench = new HubspotBench();
    bench.setUp();
    people.removeOption(bench.state, 'rent_status', 'hold');
    people.removeOption(bench.state, 'rent_status', 'notice');
    const account = { MAP_BALANCE: 'nowhere', MAP_RENT: 'createdate', MAP_HOME: 'rent_next_due', MAP_NEXT_DUE: 'none' };
    expect(seen(bench, account)).toBe(
      'HubSpot; rent_status lacks the options hold, notice; no property "nowhere" for Balance; createdate is read only; ' +
        'rent_next_due is a date',
    );
  });

  it('refuses a mapping that would write over the resident, or two values into one place', () => {
    const bench = new HubspotBench();
    const said = (account: Account) => bench.run(hubspot.test!(account));
    const refused = (message: string) => ({ fault: expect.objectContaining({ fault: 'rejected', message }) });
    expect(said({ MAP_STANDING: 'email' })).toEqual(
      refused('Standing cannot go to the property "email", which holds something else.'),
    );
    expect(said({ MAP_STANDING: 'x', MAP_RENT: 'x' })).toEqual(
      refused('Standing and Rent cannot both go to the property "x".'),
    );
  });
});

describe('making the properties', () => {
  it('makes those that are missing and leaves what is there', () => {
    const bench = new HubspotBench();
    bench.setUp();
    people.renameProperty(bench.state, 'rent_balance', 'Owed');
    people.deleteProperty(bench.state, 'rent_unpaid');
    bench.asked();
    expect(bench.setUp()).toEqual({ value: '12 properties' });
    expect(bench.asked()).toEqual(['GET /crm/v3/properties/contacts', 'POST /crm/v3/properties/contacts']);
    const named = (name: string) => bench.state.properties.contacts.find((one) => one.name === name);
    expect([named('rent_balance')?.label, named('rent_unpaid')?.type]).toEqual(['Owed', 'number']);
    expect(named('rent_ledger_id')).toMatchObject({ hasUniqueValue: true, type: 'string' });
    expect(
      named('rent_status')
        ?.options.map((option) => option.label)
        .slice(0, 3),
    ).toEqual(['Paid', 'Due', 'Grace']);
  });

  it('makes nothing for a value that goes elsewhere or nowhere', () => {
    const bench = new HubspotBench({ MAP_BALANCE: 'firstname_of_nobody', MAP_HOME: 'none' });
    expect(bench.setUp()).toEqual({
      fault: expect.objectContaining({ message: 'In HubSpot no property "firstname_of_nobody" for Balance.' }),
    });
    const names = bench.state.properties.contacts.map((one) => one.name);
    expect(names.filter((name) => name.startsWith('rent_'))).toHaveLength(10);
  });

  it('says so where the key is there and does not require unique values', () => {
    const bench = new HubspotBench();
    bench.setUp();
    bench.state.properties.contacts = bench.state.properties.contacts.map((one) =>
      one.name === 'rent_ledger_id' ? { ...one, hasUniqueValue: false } : one,
    );
    expect(seen(bench)).toContain('rent_ledger_id does not require unique values');
    expect(() => bench.tell('standing', statusOf('L-1'))).toThrow('does not require unique values');
  });

  it('goes well where somebody makes one of them in the same moment', () => {
    const bench = new HubspotBench();
    const other = new HubspotBench();
    other.setUp();
    let isDone = false;
    bench.answer = (request, reply) => {
      if (!isDone && request.method === 'POST') {
        isDone = true;
        bench.state.properties.contacts.push(
          other.state.properties.contacts.find((one) => one.name === 'rent_status')!,
        );
      }
      return reply();
    };
    expect(bench.setUp()).toEqual({ value: '12 properties' });
    expect(bench.state.properties.contacts.filter((one) => one.name === 'rent_status')).toHaveLength(1);
  });
});

describe('the mapping', () => {
  it('has a line for each value, and chooses from the account’s properties', () => {
    const lines = hubspot.credentials.filter((field) => field.maps !== undefined);
    expect(lines.map(({ name, pick }) => [name, pick])).toContainEqual(['MAP_STANDING', 'fields']);
    expect(lines).toHaveLength(11);
    const bench = new HubspotBench();
    bench.setUp();
    const choices = value(bench, hubspot.lists!.fields!(bench.account));
    expect(choices).toContainEqual({ id: 'rent_balance', name: 'Rent: balance', note: 'number' });
    expect(choices).toContainEqual({ id: 'createdate', name: 'createdate', note: 'datetime, read only' });
    expect(choices.at(-1)).toEqual({ id: 'none', name: 'None', note: 'it is not written' });
    expect(choices.map(({ id }) => id)).not.toContain('email');
  });

  it('is tried on the lease’s own contact, or on any', () => {
    const bench = new HubspotBench();
    bench.setUp();
    expect(value(bench, hubspot.sample!(undefined, bench.account))).toBeUndefined();
    expect(value(bench, hubspot.sample!({ leaseId: 'L-1', customer: '' }, bench.account))).toBeUndefined();
    const id = people.addContact(bench.state, { email: 'zoe@example.com', city: 'Austin' }, bench.nowMs);
    bench.tell('standing', statusOf('L-1'));
    const own = value(bench, hubspot.sample!({ leaseId: 'L-1', customer: '' }, bench.account));
    expect(own).toMatchObject({ id: bench.contact('L-1')?.id, name: 'Ann Lee' });
    expect(own?.fields).toContainEqual({ field: 'rent_status', label: 'Rent: standing', value: 'late' });
    expect(own?.fields.map(({ field }) => field)).not.toContain('lastmodifieddate');
    const linked = value(bench, hubspot.sample!({ leaseId: 'L-9', customer: id }, bench.account));
    expect(linked).toMatchObject({ id, name: 'zoe@example.com' });
    bench.nowMs += 60_000;
    expect(value(bench, hubspot.sample!(undefined, bench.account))?.fields).toContainEqual({
      field: 'city',
      label: 'city',
      value: 'Austin',
    });
  });
});
